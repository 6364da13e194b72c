//! Query parameters, the way the SDK and the admin API write them.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use url::form_urlencoded;

use crate::{error::ApiError, render::list::Page};

/// The query of a request.
pub(crate) struct Parameters(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
}

impl Parameters {
    pub(crate) fn parse(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// The first value that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name), Some("1" | "true"))
    }

    /// A list: joined by commas as the SDK does it, or repeated as `name[]`.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let repeated = format!("{name}[]");
        self.0
            .iter()
            .filter(|(key, _)| key == name || *key == repeated)
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    }

    /// A whole number of 0 or more.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.text(name)
            .map(|text| {
                text.parse()
                    .ok()
                    .filter(|number| *number >= 0)
                    .ok_or_else(|| ApiError::field(name, format!("The {name} must be a number of 0 or more.")))
            })
            .transpose()
    }

    /// How many items: `per_page` of the SDK, `perPage` of the admin API.
    pub(crate) fn per_page(&self, default: i64, most: i64) -> Result<i64, ApiError> {
        let size = match self.number("per_page")? {
            Some(size) => size,
            None => self.number("perPage")?.or(self.number("limit")?).unwrap_or(default),
        };
        if (1..=most).contains(&size) {
            Ok(size)
        } else {
            Err(ApiError::field("per_page", format!("The per_page must be between 1 and {most}.")))
        }
    }

    pub(crate) fn page(&self, default: i64, most: i64) -> Result<Page, ApiError> {
        Ok(Page { number: self.number("page")?.unwrap_or(1).max(1), size: self.per_page(default, most)? })
    }

    /// The search key. On its second page SDK 4.2.0 encodes it twice, which only its cursor gives away.
    pub(crate) fn search(&self) -> Option<String> {
        let text = self.text("searchKey")?;
        if self.text("id").is_none() {
            return Some(text.to_owned());
        }
        Some(percent_encoding::percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn a_search_key_is_decoded_once_and_twice_where_a_cursor_shows_the_second_page() {
        assert_eq!(Parameters::parse("searchKey=caf%C3%A9").search().unwrap(), "café");
        assert_eq!(Parameters::parse("searchKey=caf%25C3%25A9&id=7").search().unwrap(), "café");
        assert_eq!(Parameters::parse("searchKey=50%25").search().unwrap(), "50%");
    }

    #[test]
    fn lists_are_joined_by_commas_or_repeated() {
        assert_eq!(Parameters::parse("types=text,image").list("types"), ["text", "image"]);
        assert_eq!(Parameters::parse("roles[]=a&roles[]=b").list("roles"), ["a", "b"]);
    }

    #[test]
    fn a_page_size_outside_its_limits_is_refused() {
        assert!(Parameters::parse("per_page=101").per_page(30, 100).is_err());
        assert!(Parameters::parse("per_page=0").per_page(30, 100).is_err());
        assert!(Parameters::parse("per_page=x").per_page(30, 100).is_err());
        assert_eq!(Parameters::parse("").per_page(30, 100).unwrap(), 30);
    }
}
