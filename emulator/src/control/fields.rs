//! Reading a JSON object field by field. What is wrong or unknown is refused by its name.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::error::ApiError;

/// An object that is being read.
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) const fn new(object: &'a Map<String, Value>) -> Self {
        Self { object, known: Vec::new() }
    }

    pub(super) fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.object.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<&'a str>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
            Some(_) => Err(ApiError::field(name, format!("The {name} must be a text that is not empty."))),
        }
    }

    pub(super) fn number(&mut self, name: &'static str, range: RangeInclusive<u64>) -> Result<Option<u64>, ApiError> {
        let Some(value) = self.value(name) else { return Ok(None) };
        match value.as_u64() {
            Some(number) if range.contains(&number) => Ok(Some(number)),
            _ => {
                let (least, most) = range.into_inner();
                Err(ApiError::field(name, format!("The {name} must be a whole number from {least} to {most}.")))
            }
        }
    }

    /// A share of a whole: above 0, up to 1.
    pub(super) fn share(&mut self, name: &'static str) -> Result<Option<f64>, ApiError> {
        let Some(value) = self.value(name) else { return Ok(None) };
        match value.as_f64() {
            Some(share) if share > 0.0 && share <= 1.0 => Ok(Some(share)),
            _ => Err(ApiError::field(name, format!("The {name} must be a number above 0, up to 1."))),
        }
    }

    /// A list of objects; none is an empty one.
    pub(super) fn objects(&mut self, name: &'static str) -> Result<Vec<&'a Map<String, Value>>, ApiError> {
        let refusal = || ApiError::field(name, format!("The {name} must be a list of objects."));
        match self.value(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items.iter().map(|item| item.as_object().ok_or_else(refusal)).collect(),
            Some(_) => Err(refusal()),
        }
    }

    /// Refuses what nobody asked for.
    pub(super) fn finish(self) -> Result<(), ApiError> {
        match self.object.keys().find(|name| !self.known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => Err(ApiError::field(name, format!("There is no {name} here."))),
        }
    }
}
