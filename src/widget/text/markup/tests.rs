//! What is markup, what is not, and that nothing is lost.

use super::*;

fn written(spans: &[Span<'_>]) -> String {
    let one = |span: &Span<'_>| match span {
        Span::Text(text) => (*text).to_owned(),
        Span::Styled(style, spans) => [style.mark(), &written(spans), style.mark()].concat(),
        Span::Code(text) => format!("`{text}`"),
        Span::Link { href, label } if href == label || *href == format!("https://{label}") => (*label).to_owned(),
        Span::Link { href, label } => format!("[{label}]({href})"),
        Span::Mention("all") => "<@all:all>".to_owned(),
        Span::Mention(id) => format!("<@uid:{id}>"),
    };
    spans.iter().map(one).collect()
}

/// Marks as one sees them: `B(bold)`.
fn drawn(text: &str) -> String {
    fn all(spans: &[Span<'_>]) -> String {
        let one = |span: &Span<'_>| match span {
            Span::Text(text) => (*text).to_owned(),
            Span::Styled(Style::Bold, spans) => format!("B({})", all(spans)),
            Span::Styled(Style::Strike, spans) => format!("S({})", all(spans)),
            Span::Styled(_, spans) => format!("I({})", all(spans)),
            Span::Code(text) => format!("C({text})"),
            Span::Link { href, label } => format!("L({label}|{href})"),
            Span::Mention(id) => format!("M({id})"),
        };
        spans.iter().map(one).collect()
    }
    all(&spans(text))
}

fn one_paragraph(text: &str) -> bool {
    matches!(blocks(text).as_slice(), [Block::Paragraph(_)])
}

#[test]
fn pairs_of_marks_style_what_they_hold() {
    assert_eq!(drawn("a **b** _c_ *d* ~~e~~ `f`"), "a B(b) I(c) I(d) S(e) C(f)");
    assert_eq!(drawn("***x*** **a *b* c** *a **b** c*"), "B(I(x)) B(a I(b) c) I(a B(b) c)");
    assert_eq!(drawn("这是**粗体**文字"), "这是B(粗体)文字");
    assert_eq!(drawn("**two\nlines**"), "B(two\nlines)");
}

#[test]
fn what_is_no_pair_stays_as_it_was_written() {
    for text in [
        "**a",
        "a * b * c",
        "2*3*4",
        "snake_case_name",
        "****",
        "~~",
        "~a~",
        "`",
        "``",
        "* a",
        "_ a _",
        "**a *b",
        "`a\nb`",
    ] {
        assert_eq!(drawn(text), text);
    }
    assert_eq!(drawn("**a *b** c"), "B(a *b) c");
}

#[test]
fn no_mark_counts_within_code_and_addresses() {
    assert_eq!(drawn("`**a**`"), "C(**a**)");
    assert_eq!(drawn("https://a.b/c_d_e *x*"), "L(https://a.b/c_d_e|https://a.b/c_d_e) I(x)");
    assert_eq!(drawn("**see https://a.b**"), "B(see L(https://a.b|https://a.b))");
}

#[test]
fn a_link_leads_to_http_only_and_never_claims_another_address() {
    assert_eq!(drawn("[the page](https://a.b/c_(d)) x"), "L(the page|https://a.b/c_(d)) x");
    for text in ["[x](javascript:alert(1))", "[x](//a.b)", "[x] (y)", "[x](data:text/html,y)", "[](y)", "[x]("] {
        assert_eq!(drawn(text), text);
    }
    let spans = spans("[https://bank.com](https://evil.com)");
    assert!(spans.iter().all(|span| !matches!(span, Span::Link { href, label } if href != label)), "{spans:?}");
}

#[test]
fn a_mention_is_a_node_of_its_own() {
    assert_eq!(drawn("hi <@uid:user_2>, **<@all:all>**"), "hi M(user_2), B(M(all))");
    for text in ["<@uid:>", "<@uid:a b>", "<@uid:a", "<@who:a>", "<@"] {
        assert_eq!(drawn(text), text);
    }
}

#[test]
fn quotes_lists_and_code_are_blocks() {
    let text = |text| vec![Span::Text(text)];
    let expected = vec![
        Block::Paragraph(text("before")),
        Block::Quote(vec![text("one"), text("two")]),
        Block::List(vec![(None, text("a")), (None, vec![Span::Styled(Style::Bold, text("b"))])]),
        Block::List(vec![(Some(3), text("c")), (Some(4), text("d"))]),
        Block::Code { language: "rust", text: "let x = 1;" },
        Block::Paragraph(text("after")),
    ];
    let source = "before\n> one\n> two\n- a\n- **b**\n3. c\n4. d\n```rust\nlet x = 1;\n```\nafter";
    assert_eq!(blocks(source), expected);
    assert_eq!(blocks("```a b```"), vec![Block::Code { language: "", text: "a b" }]);
}

#[test]
fn an_empty_line_ends_a_paragraph() {
    let text = |text| Block::Paragraph(vec![Span::Text(text)]);
    assert_eq!(blocks("a\nb\n\nc"), vec![text("a\nb"), text("c")]);
    assert_eq!(blocks("> a\n\n> b").len(), 2);
}

#[test]
fn what_only_looks_like_a_block_is_a_paragraph() {
    for text in [">:(", "-5", "-", "- ", "1.", "1.5 l", "007. Bond", "```", "``` ```", "a\n```b", "2024 was good"] {
        assert!(one_paragraph(text), "{text}");
    }
}

/// The time is that of their length, not of its square: that would be minutes.
#[test]
fn a_hostile_text_costs_no_more_than_a_long_one() {
    let begin = std::time::Instant::now();
    for text in [
        "[",
        "*",
        "**",
        "_a",
        "`",
        "``",
        "```",
        "~~",
        "<@uid:",
        "[a](",
        "[a](https://",
        "](http://a",
        "> ",
        "- ",
        "1. a\n",
        "```\n",
        "\n",
        "a\n\n",
        "*a _b ~~c **d ",
        "[https://a.b](",
        "***a",
        "> a\n\n",
    ] {
        let text = text.repeat(60_000 / text.len());
        let _ = blocks(&text);
        assert_eq!(written(&spans(&text)), text);
    }
    assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
}

/// Letters that no mark is made of.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphabetic()).collect()
}

fn shown(text: &str) -> String {
    let shown = |block: Block<'_>| match block {
        Block::Paragraph(spans) => written(&spans),
        Block::Quote(lines) => lines.iter().map(|line| written(line)).collect(),
        Block::List(items) => items
            .iter()
            .map(|(number, item)| format!("{number:?}{}", written(item)).replace("None", "").replace("Some", ""))
            .collect(),
        Block::Code { language, text } => [language, text].concat(),
    };
    blocks(text).into_iter().map(shown).collect()
}

proptest::proptest! {
    #[test]
    fn any_line_is_read_without_loss(text in r"([*_~`\[\]()<>@:.\- a-cé💬\n0-9]|\*\*|~~|```|https://a\.b|<@uid:bob>|\[a\]\(https://b\.c\)){0,60}") {
        proptest::prop_assert_eq!(written(&spans(&text)), text);
    }

    #[test]
    fn any_text_keeps_its_letters(text in r"([*_~`>\-. a-cé💬\n0-9]|\n> |\n- |\n1\. |```|```rs\n|<@uid:bob>){0,60}") {
        proptest::prop_assert_eq!(letters(&shown(&text)), letters(&text));
    }

    #[test]
    fn no_text_makes_it_panic(text in proptest::prelude::any::<String>()) {
        proptest::prop_assert_eq!(written(&spans(&text)), text.clone());
        let _ = blocks(&text);
    }
}
