//! From fields to a text, written as they come.

/// A record that is being written: each field's name must be given once.
#[derive(Clone, Debug, Default)]
pub struct JsonRecord(String);

impl JsonRecord {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn text(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        quote(&mut self.0, value);
        self
    }

    #[must_use]
    pub fn number(self, name: &str, value: i64) -> Self {
        self.json(name, &value.to_string())
    }

    #[must_use]
    pub fn flag(self, name: &str, value: bool) -> Self {
        self.json(name, if value { "true" } else { "false" })
    }

    /// A field whose value is JSON already: another record, or a [`list`].
    #[must_use]
    pub fn json(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        self.0.push_str(value);
        self
    }

    /// The JSON.
    pub fn finish(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }

    fn name(&mut self, name: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        quote(&mut self.0, name);
        self.0.push(':');
    }
}

/// A list of values that are JSON already.
pub fn list(values: &[String]) -> String {
    ["[", &values.join(","), "]"].concat()
}

/// A text as JSON (RFC 8259, section 7: quotes, backslashes and control characters are escaped).
pub fn text(value: &str) -> String {
    let mut quoted = String::new();
    quote(&mut quoted, value);
    quoted
}

fn quote(out: &mut String, value: &str) {
    out.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.extend([u32::from(character) >> 4, u32::from(character) & 15].map(hexadecimal));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

fn hexadecimal(digit: u32) -> char {
    char::from_digit(digit, 16).unwrap_or('0')
}
