//! Finds the addresses in a text. Only `http` and `https` ever become links; the text itself is never markup. Texts come
//! from strangers: whatever they hold, each character is looked at a few times at most.

use super::letters::{before, behind, between, is_of_word};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// `label` is the text as it was written.
    Link {
        href: String,
        label: &'a str,
    },
}

/// What nobody writes by hand stays text: a message of thousands of links would only slow the page down.
const MOST_LINKS: usize = 100;

/// Cuts a text into plain pieces and links.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    let mut links = 0;
    while links < MOST_LINKS
        && let Some((found, start)) = next_start(text, at)
    {
        let Some((href, length)) = address(behind(text, found), start) else {
            at = found + start.len();
            continue;
        };
        let end = found + length;
        if plain_from < found {
            pieces.push(Piece::Text(between(text, plain_from, found)));
        }
        pieces.push(Piece::Link { href, label: between(text, found, end) });
        (plain_from, at) = (end, end);
        links += 1;
    }
    if plain_from < text.len() {
        pieces.push(Piece::Text(behind(text, plain_from)));
    }
    pieces
}

const BARE: &str = "www.";
const STARTS: [&str; 3] = ["https://", "http://", BARE];

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Where the next address may begin, and with what: at the beginning of a word, and not within another name
/// (`foo@www.example.com`, `a.www.example.com`).
fn next_start(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let mut previous = before(text, from).chars().next_back();
    for (index, character) in behind(text, from).char_indices() {
        let index = from + index;
        let joins = |letter: char| is_of_word(letter) || letter == '@';
        if matches!(character, 'h' | 'H' | 'w' | 'W')
            && !previous.is_some_and(joins)
            && let Some(start) = STARTS.into_iter().find(|start| starts_with(behind(text, index), start))
            && !(start == BARE && matches!(previous, Some('.' | '-' | '/')))
        {
            return Some((index, start));
        }
        previous = Some(character);
    }
    None
}

/// The address at the beginning of `text`, and how long it is written.
fn address(text: &str, start: &'static str) -> Option<(String, usize)> {
    // Before anything is measured: of a thousand false beginnings each costs as much as a host is long.
    has_host(text, start).then_some(())?;
    let length = length(text);
    let address = before(text, length);
    // Without the punctuation after it, there may be no host left.
    has_host(address, start)
        .then(|| if start == BARE { ["https://", address].concat() } else { address.to_owned() })
        .map(|href| (href, length))
}

/// The address that `text` begins with and a closing bracket ends: as it is written in `[label](address)`. What begins
/// another link ends it, so that of many beginnings each is looked at once.
pub fn address_of(text: &str) -> Option<&str> {
    let start = STARTS[..2].iter().find(|start| starts_with(text, start))?;
    let mut open = 0_i32;
    let is_end = |character: char| {
        open += bracket(character).filter(|(kind, _)| *kind == 0).map_or(0, |(_, step)| if step > 0 { 1 } else { -1 });
        open < 0 || ends(character) || matches!(character, '[' | ']')
    };
    let address = before(text, text.find(is_end)?);
    has_host(address, start).then_some(address)
}

/// A host after the scheme; after "www." something with another dot.
fn has_host(text: &str, start: &str) -> bool {
    /// No name in the DNS is longer.
    const LONGEST: usize = 255;
    let Some(rest) = text.get(start.len()..) else { return false };
    let mut host =
        rest.chars().take(LONGEST).take_while(|character| !matches!(character, '/' | '?' | '#') && !ends(*character));
    host.next().is_some_and(|first| is_of_word(first) || first == '[' && start != BARE)
        && (start != BARE || host.any(|character| character == '.'))
}

/// What no address goes on after.
fn ends(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '<' | '>' | '"' | '«' | '»' | '“' | '”')
}

/// How far the address goes: to the next space, without the punctuation of the sentence round it.
fn length(text: &str) -> usize {
    let address = before(text, text.find(ends).unwrap_or(text.len()));
    // How many of each bracket are closed more often than opened, kept while the end is cut off.
    let mut open = [0_i64; BRACKETS.len()];
    for character in address.chars() {
        if let Some((kind, step)) = bracket(character) {
            open[kind] += step;
        }
    }
    let mut length = address.len();
    for last in address.chars().rev() {
        let is_outside = match bracket(last) {
            Some((kind, step @ -1)) if open[kind] < 0 => {
                open[kind] -= step;
                true
            }
            Some(_) => false,
            None => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' | '_' | '`'),
        };
        if !is_outside {
            break;
        }
        length -= last.len_utf8();
    }
    length
}

const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// Which pair a bracket is of, and by how much it opens.
fn bracket(character: char) -> Option<(usize, i64)> {
    BRACKETS.iter().enumerate().find_map(|(kind, (open, close))| match character {
        _ if character == *open => Some((kind, 1)),
        _ if character == *close => Some((kind, -1)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let link = |piece| match piece {
            Piece::Link { href, .. } => Some(href),
            Piece::Text(_) => None,
        };
        pieces(text).into_iter().filter_map(link).collect()
    }

    fn rejoined(text: &str) -> String {
        let written = |piece: &Piece<'_>| match piece {
            Piece::Text(text) | Piece::Link { label: text, .. } => (*text).to_owned(),
        };
        pieces(text).iter().map(written).collect()
    }

    #[test]
    fn only_http_and_https_become_links() {
        let text = "javascript:alert(1) data:text/html,x file:///etc/passwd JaVaScRiPt://x ftp://x.y mailto:a@b.c";
        assert_eq!(links(text), Vec::<String>::new());
        assert_eq!(links("HTTPS://Example.com"), vec!["HTTPS://Example.com"]);
    }

    #[test]
    fn the_punctuation_of_the_sentence_stays_outside() {
        assert_eq!(
            links("See (https://a.b/c_(d)), really: https://e.f/?g=h."),
            vec!["https://a.b/c_(d)", "https://e.f/?g=h"]
        );
        assert_eq!(links("«https://a.b» et “http://c.d”"), vec!["https://a.b", "http://c.d"]);
    }

    #[test]
    fn a_bare_www_address_is_a_link_over_https() {
        assert_eq!(links("www.example.com and www.nothing"), vec!["https://www.example.com"]);
    }

    #[test]
    fn a_scheme_without_a_host_or_within_a_word_is_text() {
        assert_eq!(links("https:// http://, xhttps://a.b"), Vec::<String>::new());
    }

    #[test]
    fn the_tail_of_another_name_is_no_address() {
        for text in ["foo@www.example.com", "foo@http://a.b", "my-www.example.com", "a.www.example.com"] {
            assert_eq!(links(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn quotation_marks_of_code_stay_outside() {
        assert_eq!(links("`https://a.b/c`"), vec!["https://a.b/c"]);
    }

    /// The time is that of their length, not of its square: that would be minutes.
    #[test]
    fn a_hostile_text_costs_no_more_than_a_long_one() {
        let begin = std::time::Instant::now();
        for text in [
            format!("https://a.b/{}", ")".repeat(60_000)),
            "http://(".repeat(10_000),
            "www.a/".repeat(10_000),
            "http://a.b ".repeat(10_000),
            format!("www.a{}", ".".repeat(60_000)),
            "h".repeat(60_000),
        ] {
            assert_eq!(rejoined(&text), text);
        }
        assert!(begin.elapsed().as_secs() < 5, "{:?}", begin.elapsed());
    }

    #[test]
    fn a_message_has_no_more_links_than_anybody_writes() {
        assert_eq!(links(&"http://a.b ".repeat(500)).len(), MOST_LINKS);
    }

    #[test]
    fn no_letter_is_lost() {
        for text in
            ["", "é https://a.b/é!", "www.", "https://", "a\nhttp://b.c\nd", "<img src=x onerror=alert(1)>", "ßwww.a.b"]
        {
            assert_eq!(rejoined(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_without_loss(text in "[ -~éß💬\n]{0,80}", tail in "(https://|http://|www\\.)?[a-z.:/()]{0,20}") {
            let text = text + &tail;
            proptest::prop_assert_eq!(rejoined(&text), text);
        }
    }
}
