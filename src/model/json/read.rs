//! From a text to a value, and from a value to a type of ours.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};

use super::{Json, Malformed};

/// What can be read out of a value.
pub trait FromJson: Sized {
    /// The value's meaning, or what of it is missing.
    fn from_json(json: &Json) -> Result<Self, Malformed>;
}

impl FromJson for String {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        json.as_text().map(str::to_owned).ok_or(Malformed("a text"))
    }
}

/// Gives a type that is [`FromJson`] the `Deserialize` that server functions ask for, with no reader of its own.
macro_rules! deserialize_from_json {
    ($($type:ty),+ $(,)?) => {$(
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let json = <$crate::model::json::Json as ::serde::Deserialize>::deserialize(deserializer)?;
                <$type as $crate::model::json::FromJson>::from_json(&json).map_err(::serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use deserialize_from_json;

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(i64::try_from(value).map_or(Json::Nothing, Json::Number))
    }

    #[expect(clippy::cast_possible_truncation, reason = "numbers are whole here")]
    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value as i64))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            fields.push(entry);
        }
        Ok(Json::Record(fields))
    }
}
