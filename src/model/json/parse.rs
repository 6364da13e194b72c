//! From a text to a value (RFC 8259). The reader of `serde_json` would be a fiftieth of the WASM, for one kind of value; a
//! property test holds this one to it.

use super::Json;

/// Deeper than anything that is meant; a text cannot make the stack run out.
const DEEPEST: u32 = 64;

/// The value that the text is; none where it is no JSON. A half of a surrogate pair, which JavaScript's own writer
/// escapes, becomes the sign for what cannot be shown.
pub fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    /// The next byte, not yet taken; zero at the end.
    fn peek(&self) -> u8 {
        self.rest.bytes().next().unwrap_or(0)
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Takes the byte, if it is the next one after any space.
    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        let is_next = self.peek() == byte;
        if is_next {
            self.skip(1);
        }
        is_next
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        self.space();
        if depth > DEEPEST {
            return None;
        }
        match self.peek() {
            b'{' => self.record(depth),
            b'[' => self.list(depth),
            b'"' => self.text().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self
                .word("null", Json::Nothing)
                .or_else(|| self.word("true", Json::Flag(true)))
                .or_else(|| self.word("false", Json::Flag(false))),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(value)
    }

    fn list(&mut self, depth: u32) -> Option<Json> {
        self.skip(1);
        let mut list = Vec::new();
        if self.takes(b']') {
            return Some(Json::List(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            if self.takes(b']') {
                return Some(Json::List(list));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn record(&mut self, depth: u32) -> Option<Json> {
        self.skip(1);
        let mut fields = Vec::new();
        if self.takes(b'}') {
            return Some(Json::Record(fields));
        }
        loop {
            self.space();
            let name = self.text()?;
            if !self.takes(b':') {
                return None;
            }
            fields.push((name, self.value(depth + 1)?));
            if self.takes(b'}') {
                return Some(Json::Record(fields));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        self.rest = self.rest.strip_prefix('"')?;
        let mut text = String::new();
        loop {
            let plain = self.rest.find(['"', '\\'])?;
            let (piece, rest) = self.rest.split_at_checked(plain)?;
            if piece.bytes().any(|byte| byte < b' ') {
                return None;
            }
            text.push_str(piece);
            self.rest = rest;
            let is_end = self.peek() == b'"';
            self.skip(1);
            if is_end {
                return Some(text);
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let escape = self.peek();
        self.skip(1);
        Some(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let after = self.rest;
                if (0xd800..0xdc00).contains(&first)
                    && let Some(rest) = after.strip_prefix("\\u")
                {
                    self.rest = rest;
                    let second = self.unit()?;
                    if (0xdc00..0xe000).contains(&second) {
                        return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
                    }
                    // It stands for itself.
                    self.rest = after;
                }
                char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits.chars().try_fold(0, |unit, digit| Some(unit * 16 + digit.to_digit(16)?))
    }

    fn digits(&mut self) -> &[u8] {
        let rest = self.rest;
        self.rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
        &rest.as_bytes()[..rest.len() - self.rest.len()]
    }

    /// Whole numbers alone mean anything here: what is behind the point is left out, what is too large is nothing.
    fn number(&mut self) -> Option<Json> {
        let sign = if self.peek() == b'-' { -1 } else { 1 };
        if sign < 0 {
            self.skip(1);
        }
        let is_zero = self.peek() == b'0';
        let whole = self.digits().to_vec();
        if whole.is_empty() || is_zero && whole.len() > 1 {
            return None;
        }
        let mut fraction = Vec::new();
        if self.peek() == b'.' {
            self.skip(1);
            fraction = self.digits().to_vec();
            if fraction.is_empty() {
                return None;
            }
        }
        let mut exponent = 0_i32;
        if matches!(self.peek(), b'e' | b'E') {
            self.skip(1);
            let is_negative = self.peek() == b'-';
            if matches!(self.peek(), b'-' | b'+') {
                self.skip(1);
            }
            let digits = self.digits();
            if digits.is_empty() {
                return None;
            }
            let places = digits
                .iter()
                .fold(0_i32, |places, digit| places.saturating_mul(10).saturating_add((digit - b'0').into()));
            exponent = if is_negative { -places } else { places };
        }
        let places = i64::try_from(whole.len()).unwrap_or(i64::MAX).saturating_add(exponent.into());
        let digits = whole.iter().chain(&fraction).chain(std::iter::repeat(&b'0'));
        let mut value = Some(0_i64);
        if whole.iter().chain(&fraction).any(|digit| *digit != b'0') {
            for (_, digit) in (0..places).zip(digits) {
                let grown = value.and_then(|value| value.checked_mul(10));
                value = grown.and_then(|value| value.checked_add(sign * i64::from(digit - b'0')));
                if value.is_none() {
                    break;
                }
            }
        }
        Some(value.map_or(Json::Nothing, Json::Number))
    }
}
