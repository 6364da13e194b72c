//! The small Markdown of messages, read into plain data: paragraphs, quotes, lists and code, and within them bold, italic,
//! strike, code, links and mentions. Texts come from strangers: whatever they hold, each character is looked at a few
//! times at most, what is no markup stays as it was written, and no letter is ever lost.

mod inline;
#[cfg(test)]
mod tests;

pub use self::inline::{Span, Style, spans};
use super::letters::{before, behind, between, place_of};

/// What stands below one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'a> {
    /// Lines in their own breaks.
    Paragraph(Vec<Span<'a>>),
    /// Line by line.
    Quote(Vec<Vec<Span<'a>>>),
    /// Each item with its number, where it has one.
    List(Vec<(Option<u32>, Vec<Span<'a>>)>),
    Code {
        language: &'a str,
        text: &'a str,
    },
}

const FENCE: &str = "```";

/// What a line is a part of.
enum Line<'a> {
    Quoted(&'a str),
    Item(Option<u32>, &'a str),
    Plain,
}

/// Reads a text.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let (mut at, mut plain_from) = (0, 0);
    // Once none closes, none does further on.
    let mut may_be_fenced = true;
    // Whether anything but spaces stands between `plain_from` and `at`.
    let mut has_plain = false;
    while at < text.len() {
        let rest = behind(text, at);
        let fenced = rest.strip_prefix(FENCE).filter(|_| may_be_fenced);
        match fenced.map(|body| (body, place_of(FENCE, body))) {
            Some((body, Some(length))) if !before(body, length).trim().is_empty() => {
                paragraph(between(text, plain_from, at), &mut found);
                found.push(code(before(body, length)));
                at += length + 2 * FENCE.len();
                at += usize::from(behind(text, at).starts_with('\n'));
                (plain_from, has_plain) = (at, false);
                continue;
            }
            Some((_, None)) => may_be_fenced = false,
            _ => {}
        }
        let end = rest.find('\n').map_or(text.len(), |length| at + length);
        let next = (end + 1).min(text.len());
        let line = line(between(text, at, end));
        if !matches!(line, Line::Plain) {
            paragraph(between(text, plain_from, at), &mut found);
            (plain_from, has_plain) = (next, false);
        }
        match (line, found.last_mut()) {
            (Line::Quoted(said), Some(Block::Quote(lines))) if joins(text, at) => lines.push(spans(said)),
            (Line::Quoted(said), _) => found.push(Block::Quote(vec![spans(said)])),
            (Line::Item(number, said), Some(Block::List(items)))
                if joins(text, at) && items.last().is_some_and(|(last, _)| last.is_some() == number.is_some()) =>
            {
                items.push((number, spans(said)));
            }
            (Line::Item(number, said), _) => found.push(Block::List(vec![(number, spans(said))])),
            // An empty line ends a paragraph; further ones are the next one's own.
            (Line::Plain, _) if !between(text, at, end).trim().is_empty() => has_plain = true,
            (Line::Plain, _) if has_plain => {
                paragraph(between(text, plain_from, at), &mut found);
                (plain_from, has_plain) = (next, false);
            }
            (Line::Plain, _) => {}
        }
        at = next;
    }
    paragraph(behind(text, plain_from), &mut found);
    found
}

/// Whether the line that begins here follows the one before it: no empty line stands between.
fn joins(text: &str, at: usize) -> bool {
    !before(text, at).ends_with("\n\n")
}

fn paragraph<'a>(text: &'a str, found: &mut Vec<Block<'a>>) {
    if !text.trim().is_empty() {
        found.push(Block::Paragraph(spans(text.strip_suffix('\n').unwrap_or(text))));
    }
}

fn line(line: &str) -> Line<'_> {
    if let Some(said) = line.strip_prefix("> ").or_else(|| line.strip_prefix('>').filter(|rest| rest.is_empty())) {
        return Line::Quoted(said);
    }
    if let Some(said) = line.strip_prefix("- ").filter(|said| !said.trim().is_empty()) {
        return Line::Item(None, said);
    }
    let digits = line.bytes().take(9).take_while(u8::is_ascii_digit).count();
    // A zero in front would not be shown again.
    let number = before(line, digits).parse().ok().filter(|_| !line.starts_with('0'));
    match (number, behind(line, digits).strip_prefix(". ")) {
        (Some(number), Some(said)) if !said.trim().is_empty() => Line::Item(Some(number), said),
        _ => Line::Plain,
    }
}

/// What stands between the fences; a first line of one word alone is the language.
fn code(body: &str) -> Block<'_> {
    let is_word = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#.".contains(&byte));
    let (language, text) = match body.split_once('\n') {
        Some((first, text)) if first.len() <= 20 && is_word(first) && !text.trim().is_empty() => (first, text),
        _ => ("", body.strip_prefix('\n').unwrap_or(body)),
    };
    Block::Code { language, text: text.strip_suffix('\n').unwrap_or(text) }
}
