//! Finds the addresses in a text. Only `http` and `https` ever become links; the text itself is never markup.

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

/// Cuts a text into plain pieces and links.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(found) = next_start(text, at) {
        let end = found + address_length(&text[found..]);
        match href(&text[found..end]) {
            Some(href) => {
                if plain_from < found {
                    pieces.push(Piece::Text(&text[plain_from..found]));
                }
                pieces.push(Piece::Link { href, label: &text[found..end] });
                plain_from = end;
                at = end;
            }
            None => at = found + 1,
        }
    }
    if plain_from < text.len() {
        pieces.push(Piece::Text(&text[plain_from..]));
    }
    pieces
}

const STARTS: [&str; 3] = ["https://", "http://", "www."];

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Where the next address may begin: at the beginning of a word.
fn next_start(text: &str, from: usize) -> Option<usize> {
    text.char_indices()
        .filter(|(index, first)| *index >= from && matches!(first, 'h' | 'H' | 'w' | 'W'))
        .filter(|(index, _)| !text[..*index].chars().next_back().is_some_and(char::is_alphanumeric))
        .find(|(index, _)| STARTS.iter().any(|start| starts_with(&text[*index..], start)))
        .map(|(index, _)| index)
}

/// How far the address goes: to the next space, without the punctuation of the sentence round it.
fn address_length(text: &str) -> usize {
    let ends = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '<' | '>' | '"' | '«' | '»' | '“' | '”')
    };
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    while let Some(last) = address.chars().next_back() {
        let closes = |open: char| address.matches(last).count() > address.matches(open).count();
        let is_outside = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' | '_' => true,
            ')' => closes('('),
            ']' => closes('['),
            '}' => closes('{'),
            _ => false,
        };
        if !is_outside {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}

fn href(address: &str) -> Option<String> {
    let start = STARTS.into_iter().find(|start| starts_with(address, start))?;
    let is_bare = start == "www.";
    let rest = if is_bare { address } else { &address[start.len()..] };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Something after "www." with another dot, or any host after a scheme.
    let has_host = host.chars().next().is_some_and(|first| first.is_alphanumeric() || first == '[')
        && (!is_bare || host[4..].contains('.'));
    has_host.then(|| if is_bare { format!("https://{address}") } else { address.to_owned() })
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
