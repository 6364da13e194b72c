//! Markup within a line: marks that come in pairs, code, links and mentions.

use crate::widget::text::letters::{before, behind, between, is_of_word};
use crate::widget::text::links::{Piece, address_of, pieces};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span<'a> {
    Text(&'a str),
    Styled(Style, Vec<Span<'a>>),
    Code(&'a str),
    Link {
        href: String,
        label: &'a str,
    },
    /// The uid that `<@uid:…>` names, or `all`.
    Mention(&'a str),
}

/// What a pair of marks means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Bold,
    Strike,
    /// Italic, by `*`.
    Star,
    /// Italic, by `_`.
    Under,
}

impl Style {
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Bold => "**",
            Self::Strike => "~~",
            Self::Star => "*",
            Self::Under => "_",
        }
    }

    /// Whether a mark within a word is none: `snake_case_names`, `2*3*4`.
    const fn is_of_words(self) -> bool {
        matches!(self, Self::Star | Self::Under)
    }
}

/// Of each style one is open at a time: there are never more of these than styles.
struct Open<'a> {
    style: Option<Style>,
    /// Where what it holds begins.
    from: usize,
    spans: Vec<Span<'a>>,
}

struct Reader<'a> {
    text: &'a str,
    open: Vec<Open<'a>>,
    /// What was read before this has its span.
    plain_from: usize,
}

/// Reads the inside of a paragraph.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut reader = Reader { text, open: vec![Open { style: None, from: 0, spans: Vec::new() }], plain_from: 0 };
    let mut addresses = addresses(text).into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        while addresses.next_if(|(begin, ..)| *begin < at).is_some() {}
        if let Some((_, label, href)) = addresses.next_if(|(begin, ..)| *begin == at) {
            at = reader.take(at, label.len(), Span::Link { href, label });
            continue;
        }
        // Byte by byte: each mark is one, and begins a character.
        let found = match text.as_bytes()[at] {
            b'`' => code(behind(text, at)),
            b'[' => link(behind(text, at)),
            b'<' => mention(behind(text, at)),
            b'*' | b'_' | b'~' => {
                at = reader.mark(at);
                continue;
            }
            _ => None,
        };
        at = match found {
            Some((length, span)) => reader.take(at, length, span),
            None => at + 1,
        };
    }
    reader.finish()
}

/// The addresses in a text: where, how they are written, and where they lead.
fn addresses(text: &str) -> Vec<(usize, &str, String)> {
    let mut at = 0;
    let mut found = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => at += text.len(),
            Piece::Link { href, label } => {
                found.push((at, label, href));
                at += label.len();
            }
        }
    }
    found
}

/// Each search ends at the next mark of its kind or with the line: together they are as long as the text.
fn code(rest: &str) -> Option<(usize, Span<'_>)> {
    let body = behind(rest, 1);
    let length = body.find(['`', '\n'])?;
    (length > 0 && behind(body, length).starts_with('`')).then(|| (length + 2, Span::Code(before(body, length))))
}

/// `[label](https://…)`. A label that is an address itself would say where it does not lead: such a one stays text.
fn link(rest: &str) -> Option<(usize, Span<'_>)> {
    let body = behind(rest, 1);
    let length = body.find(['[', ']', '\n'])?;
    let (label, tail) = body.split_at_checked(length)?;
    let tail = tail.strip_prefix("](")?;
    let href = address_of(tail)?;
    behind(tail, href.len()).starts_with(')').then_some(())?;
    let is_plain = !label.trim().is_empty() && pieces(label).iter().all(|piece| matches!(piece, Piece::Text(_)));
    is_plain.then(|| (length + href.len() + 4, Span::Link { href: href.to_owned(), label }))
}

/// `<@uid:…>` names one user, `<@all:…>` everybody.
fn mention(rest: &str) -> Option<(usize, Span<'_>)> {
    const LONGEST: usize = 100;
    let (kind, body) = rest.strip_prefix("<@")?.split_at_checked(4)?;
    let length =
        body.bytes().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count();
    let id = match kind {
        "uid:" => before(body, length),
        "all:" => "all",
        _ => return None,
    };
    (length > 0 && behind(body, length).starts_with('>')).then(|| (length + 7, Span::Mention(id)))
}

impl<'a> Reader<'a> {
    fn add(&mut self, span: Span<'a>) {
        if let Some(open) = self.open.last_mut() {
            open.spans.push(span);
        }
    }

    /// What was plain up to here becomes a span.
    fn flush(&mut self, to: usize) {
        if self.plain_from < to {
            self.add(Span::Text(between(self.text, self.plain_from, to)));
        }
        self.plain_from = to;
    }

    fn take(&mut self, at: usize, length: usize, span: Span<'a>) -> usize {
        self.flush(at);
        self.add(span);
        self.plain_from = at + length;
        self.plain_from
    }

    /// A mark opens, closes, or is a letter like any other; the answer is where to go on.
    fn mark(&mut self, at: usize) -> usize {
        let rest = behind(self.text, at);
        let innermost = self.open.last().and_then(|open| open.style);
        let style = if rest.starts_with('_') {
            Style::Under
        } else if rest.starts_with("~~") {
            Style::Strike
        } else if rest.starts_with("***") && innermost == Some(Style::Star) {
            Style::Star
        } else if rest.starts_with("**") {
            Style::Bold
        } else if rest.starts_with('*') {
            Style::Star
        } else {
            return at + 1;
        };
        let after = at + style.mark().len();
        let before = before(self.text, at).chars().next_back();
        let next = behind(self.text, after).chars().next();
        let is_word = |letter: Option<char>| style.is_of_words() && letter.is_some_and(is_of_word);
        let is_letter = |letter: Option<char>| letter.is_some_and(|letter| !letter.is_whitespace());
        match self.place_of(style) {
            Some(place) if is_letter(before) && !is_word(next) && self.open[place].from < at => {
                self.flush(at);
                self.give_up(place + 1);
                if let Some(open) = self.open.pop() {
                    self.add(Span::Styled(style, open.spans));
                }
                self.plain_from = after;
            }
            None if is_letter(next) && !is_word(before) => {
                self.flush(at);
                self.open.push(Open { style: Some(style), from: after, spans: Vec::new() });
                self.plain_from = after;
            }
            _ => {}
        }
        after
    }

    fn place_of(&self, style: Style) -> Option<usize> {
        self.open.iter().position(|open| open.style == Some(style))
    }

    /// What was opened from this place on and never closed was no markup.
    fn give_up(&mut self, place: usize) {
        while self.open.len() > place.max(1) {
            let Some(open) = self.open.pop() else { return };
            if let Some(style) = open.style {
                self.add(Span::Text(style.mark()));
            }
            if let Some(outer) = self.open.last_mut() {
                outer.spans.extend(open.spans);
            }
        }
    }

    fn finish(mut self) -> Vec<Span<'a>> {
        self.flush(self.text.len());
        self.give_up(1);
        self.open.pop().map(|open| open.spans).unwrap_or_default()
    }
}
