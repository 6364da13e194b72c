//! JSON as one loose value. Every reader of the browser half goes through it: a text is parsed in one way, and what
//! its fields mean is said by plain functions. Readers that are generated for each type would be most of the WASM's
//! wire code.

mod parse;
mod read;
mod write;

pub(crate) use self::read::deserialize_from_json;
pub use self::{
    read::FromJson,
    write::{JsonRecord, list, text},
};

/// One value. Numbers are whole: a fraction of a second, or of an id, says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`, a field that is not there, a number that is too large.
    #[default]
    Nothing,
    Flag(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    /// The fields in their order; of two with one name the first counts.
    Record(Vec<(String, Json)>),
}

/// Names what is missing or not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("missing or not understood: {0}")]
pub struct Malformed(pub &'static str);

static NOTHING: Json = Json::Nothing;

impl Json {
    /// The value that the text is; none where it is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        parse::parse(text)
    }

    /// The field of a record; nothing where there is no such field, or no record.
    pub fn get(&self, name: &str) -> &Self {
        let Self::Record(fields) = self else { return &NOTHING };
        fields.iter().find(|(field, _)| field == name).map_or(&NOTHING, |(_, value)| value)
    }

    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }

    /// Whether it is exactly this text.
    pub fn is(&self, expected: &str) -> bool {
        self.as_text() == Some(expected)
    }

    /// The text, be it empty; a number is none.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text; a number by its digits. Empty text is none.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => (!text.is_empty()).then(|| text.clone()),
            other => other.number().map(|number| number.to_string()),
        }
    }

    /// The number; text that is one counts.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            Self::Flag(flag) => Some((*flag).into()),
            _ => None,
        }
    }

    /// A time in unix seconds; zero, the SDK's word for never (4.2.0), is none.
    pub fn time(&self) -> Option<i64> {
        self.number().filter(|seconds| *seconds > 0)
    }

    /// A count, which the cloud sends as text or as a number; nothing is none.
    pub fn count(&self) -> u32 {
        self.number().and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
    }

    /// Whether it is `true`.
    pub fn flag(&self) -> bool {
        matches!(self, Self::Flag(true))
    }

    /// The entries of a list.
    pub fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(entries) => Some(entries),
            _ => None,
        }
    }

    /// The fields of a record.
    pub fn fields(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Record(fields) => Some(fields),
            _ => None,
        }
    }

    /// A field that must be a text, be it empty; else it is named as malformed.
    pub fn required(&self, name: &'static str) -> Result<String, Malformed> {
        self.get(name).as_text().map(str::to_owned).ok_or(Malformed(name))
    }

    /// A field that may be missing.
    pub fn optional<T: FromJson>(&self, name: &str) -> Result<Option<T>, Malformed> {
        let value = self.get(name);
        if value.is_nothing() { Ok(None) } else { T::from_json(value).map(Some) }
    }
}

#[cfg(test)]
mod tests;
