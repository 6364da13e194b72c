//! Formats what is selected in the composer: puts the marks round it, or takes them away. Places in a field are counted
//! in UTF-16 units, as browsers do.

/// What a key or a button of the composer does to the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Bold,
    Italic,
    Strike,
    Code,
    Link,
    Quote,
    List,
    Numbers,
}

/// What is to be done to the field: `text` takes the place of what stands from `from` to `to`, then `select` is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub from: u32,
    pub to: u32,
    pub text: String,
    pub select: (u32, u32),
}

/// The selection from `start` to `end` of `text`, formatted or no longer so.
pub fn toggle(text: &str, start: u32, end: u32, format: Format) -> Change {
    let (start, end) = (byte_at(text, start), byte_at(text, end.max(start)));
    match format {
        Format::Bold => wrap(text, start, end, "**", "**"),
        Format::Italic => wrap(text, start, end, "_", "_"),
        Format::Strike => wrap(text, start, end, "~~", "~~"),
        Format::Code if text[start..end].contains('\n') => wrap(text, start, end, "```\n", "\n```"),
        Format::Code => wrap(text, start, end, "`", "`"),
        Format::Link => link(text, start, end),
        Format::Quote => prefix(text, start, end, |_| "> ".to_owned()),
        Format::List => prefix(text, start, end, |_| "- ".to_owned()),
        Format::Numbers => prefix(text, start, end, |index| [&(index + 1).to_string(), ". "].concat()),
    }
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// Where this unit stands; within a character, its end.
fn byte_at(text: &str, unit: u32) -> usize {
    let mut passed = 0;
    for (at, character) in text.char_indices() {
        if passed >= unit {
            return at;
        }
        passed += if character.len_utf16() == 2 { 2 } else { 1 };
    }
    text.len()
}

/// A replacement of bytes, with the selection as bytes of the replacement.
fn change(text: &str, (from, to): (usize, usize), new: String, (begin, end): (usize, usize)) -> Change {
    let before = units(&text[..from]);
    let select = (before + units(&new[..begin]), before + units(&new[..end]));
    Change { from: before, to: units(&text[..to]), text: new, select }
}

fn wrap(text: &str, start: usize, end: usize, open: &str, close: &str) -> Change {
    // A mark beside a space is none.
    let chosen = &text[start..end];
    let start = start + (chosen.len() - chosen.trim_start().len()).min(chosen.trim_end().len());
    let chosen = text[start..end].trim_end();
    let end = start + chosen.len();
    if text[..start].ends_with(open) && text[end..].starts_with(close) {
        return change(text, (start - open.len(), end + close.len()), chosen.to_owned(), (0, chosen.len()));
    }
    if let Some(inner) = chosen.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
        return change(text, (start, end), inner.to_owned(), (0, inner.len()));
    }
    change(text, (start, end), [open, chosen, close].concat(), (open.len(), open.len() + chosen.len()))
}

/// The selection becomes the label; the address is what is to be written next.
fn link(text: &str, start: usize, end: usize) -> Change {
    const ADDRESS: &str = "https://";
    let label = &text[start..end];
    let new = ["[", label, "](", ADDRESS, ")"].concat();
    let select = if label.is_empty() { (1, 1) } else { (label.len() + 3, new.len() - 1) };
    change(text, (start, end), new, select)
}

/// Whole lines: taken away where each has it, else put before each.
fn prefix(text: &str, start: usize, end: usize, mark: impl Fn(usize) -> String) -> Change {
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let lines = || text[from..to].split('\n').enumerate();
    let is_set = lines().all(|(index, line)| line.starts_with(&mark(index)));
    let changed = lines().map(|(index, line)| {
        let mark = mark(index);
        if is_set { line[mark.len()..].to_owned() } else { mark + line }
    });
    let new = changed.collect::<Vec<_>>().join("\n");
    let length = new.len();
    let begin = if start == end { length } else { 0 };
    change(text, (from, to), new, (begin, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The selection in brackets, formatted: the same with what comes of it.
    fn formatted(text: &str, format: Format) -> String {
        let start = text.find('⟨').unwrap();
        let end = text.find('⟩').unwrap() - '⟨'.len_utf8();
        let plain = text.replace(['⟨', '⟩'], "");
        let made = toggle(&plain, units(&plain[..start]), units(&plain[..end]), format);
        let mut whole = plain.clone();
        whole.replace_range(byte_at(&plain, made.from)..byte_at(&plain, made.to), &made.text);
        let (begin, end) = (byte_at(&whole, made.select.0), byte_at(&whole, made.select.1));
        [&whole[..begin], "⟨", &whole[begin..end], "⟩", &whole[end..]].concat()
    }

    #[test]
    fn marks_are_put_round_the_selection_and_taken_away_again() {
        for (format, mark) in [(Format::Bold, "**"), (Format::Italic, "_"), (Format::Strike, "~~"), (Format::Code, "`")]
        {
            let set = formatted("💬 ⟨é💬⟩ b", format);
            assert_eq!(set, format!("💬 {mark}⟨é💬⟩{mark} b"));
            assert_eq!(formatted(&set, format), "💬 ⟨é💬⟩ b");
            assert_eq!(formatted(&format!("⟨{mark}a{mark}⟩"), format), "⟨a⟩");
        }
    }

    #[test]
    fn spaces_at_the_edges_stay_outside() {
        assert_eq!(formatted("a⟨ b ⟩c", Format::Bold), "a **⟨b⟩** c");
        assert_eq!(formatted("⟨  ⟩", Format::Bold), "**⟨⟩**  ");
    }

    #[test]
    fn without_a_selection_one_writes_between_the_marks() {
        assert_eq!(formatted("a ⟨⟩", Format::Bold), "a **⟨⟩**");
        assert_eq!(formatted("a **⟨⟩**", Format::Bold), "a ⟨⟩");
    }

    #[test]
    fn code_of_several_lines_is_a_block() {
        assert_eq!(formatted("⟨a\nb⟩", Format::Code), "```\n⟨a\nb⟩\n```");
    }

    #[test]
    fn a_link_asks_for_its_address() {
        assert_eq!(formatted("see ⟨here⟩", Format::Link), "see [here](⟨https://⟩)");
        assert_eq!(formatted("⟨⟩", Format::Link), "[⟨⟩](https://)");
    }

    #[test]
    fn whole_lines_are_quoted_listed_and_numbered() {
        assert_eq!(formatted("x\na⟨a\nb⟩b\ny", Format::Quote), "x\n⟨> aa\n> bb⟩\ny");
        assert_eq!(formatted("x\n⟨> aa\n> bb⟩\ny", Format::Quote), "x\n⟨aa\nbb⟩\ny");
        assert_eq!(formatted("⟨a\nb⟩", Format::Numbers), "⟨1. a\n2. b⟩");
        assert_eq!(formatted("a⟨⟩", Format::List), "- a⟨⟩");
    }

    proptest::proptest! {
        #[test]
        fn no_place_makes_it_panic(text in "[*_~` a💬\n]{0,12}", start in 0_u32..30, end in 0_u32..30, which in 0_usize..8) {
            use Format::*;
            let format = [Bold, Italic, Strike, Code, Link, Quote, List, Numbers][which];
            let _ = toggle(&text, start, end, format);
        }
    }
}
