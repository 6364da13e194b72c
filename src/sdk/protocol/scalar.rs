//! A value of the SDK whose type is not certain: the cloud sends ids and counts as numbers or as text, and getters
//! answer `null` or an object where there is nothing.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A number, a text, or nothing that is of use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scalar {
    #[default]
    Nothing,
    Number(i64),
    Text(String),
}

impl Scalar {
    /// The text; a number by its digits. Empty text is none.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) if !text.is_empty() => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The number; text that is one counts.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            Self::Nothing => None,
        }
    }

    /// A time in unix seconds; the SDK says 0 for never.
    pub fn time(&self) -> Option<i64> {
        self.number().filter(|seconds| *seconds > 0)
    }

    pub fn is(&self, expected: &str) -> bool {
        matches!(self, Self::Text(text) if text == expected)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(i64::try_from(value).map_or(Scalar::Nothing, Scalar::Number))
    }

    #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second, or of an id, says nothing")]
    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value as i64))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalar, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalar, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::Scalar;

    fn parse(json: &str) -> Scalar {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_number_in_quotes_is_a_number_and_a_bare_one_has_a_text() {
        assert_eq!(parse("\"7\"").number(), Some(7));
        assert_eq!(parse("7").text(), Some("7".into()));
        assert_eq!(parse("1795346845.5").number(), Some(1_795_346_845));
        assert_eq!(parse("-1").text(), Some("-1".into()));
    }

    #[test]
    fn objects_lists_and_null_are_nothing() {
        for json in ["null", "{\"a\":[1,{}]}", "[1,\"b\"]", "18446744073709551615"] {
            assert_eq!(parse(json), Scalar::Nothing, "{json}");
        }
    }

    #[test]
    fn never_is_no_time() {
        assert_eq!(parse("0").time(), None);
        assert_eq!(parse("\"1795346845\"").time(), Some(1_795_346_845));
    }
}
