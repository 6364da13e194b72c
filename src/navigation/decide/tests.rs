use super::*;

const SHOWN: &str = "https://chat.example/account?tab=1";

fn link(href: &str) -> Link<'_> {
    Link { href, target: "", rel: "", is_download: false, is_plain_press: true }
}

fn form(action: &str) -> Form<'_> {
    let encoding = "application/x-www-form-urlencoded";
    Form { action, method: "post", encoding, target: "", is_left_alone: false }
}

#[test]
fn a_plain_press_on_a_link_of_the_site_is_followed_here() {
    for href in ["https://chat.example/", "https://chat.example/login?next=/#top", "https://chat.example/account?tab=1"]
    {
        assert!(follows(&link(href), SHOWN), "{href}");
    }
    assert!(follows(&Link { target: "_self", rel: "nofollow", ..link("https://chat.example/") }, SHOWN));
}

#[test]
fn other_origins_and_other_schemes_are_the_browsers() {
    for href in [
        "https://chat.example.evil/",
        "https://chat.example:8443/",
        "http://chat.example/",
        "https://elsewhere.example/",
        "mailto:ada@chat.example",
        "javascript:void 0",
        "",
    ] {
        assert!(!follows(&link(href), SHOWN), "{href}");
        assert!(!sends(&form(href), SHOWN), "{href}");
    }
}

#[test]
fn a_place_on_the_page_on_screen_is_the_browsers() {
    assert!(!follows(&link("https://chat.example/account?tab=1#content"), SHOWN));
    assert!(!follows(&link("https://chat.example/account?tab=1#"), SHOWN));
    assert!(follows(&link("https://chat.example/account?tab=2#content"), SHOWN));
}

#[test]
fn what_asks_for_more_than_a_page_here_is_the_browsers() {
    let home = link("https://chat.example/");
    for other in [
        Link { target: "_blank", ..home },
        Link { rel: "noopener External", ..home },
        Link { is_download: true, ..home },
        Link { is_plain_press: false, ..home },
    ] {
        assert!(!follows(&other, SHOWN), "{other:?}");
    }
}

#[test]
fn only_a_plain_post_is_sent_here() {
    let log_in = form("https://chat.example/login");
    assert!(sends(&log_in, SHOWN));
    for other in [
        Form { method: "get", ..log_in },
        Form { method: "dialog", ..log_in },
        Form { encoding: "multipart/form-data", ..log_in },
        Form { target: "_blank", ..log_in },
        Form { is_left_alone: true, ..log_in },
    ] {
        assert!(!sends(&other, SHOWN), "{other:?}");
    }
}

fn answer(is_akin: bool, was_redirected: bool) -> Answer<'static> {
    Answer { address: "https://chat.example/there", was_redirected, is_akin }
}

#[test]
fn a_page_of_the_same_session_language_and_build_is_swapped_in() {
    for asked in [Asked::Link("https://chat.example/there"), Asked::History, Asked::Form] {
        assert_eq!(next_step(asked, Some(answer(true, true))), Step::Swap);
        assert_eq!(next_step(asked, Some(answer(true, false))), Step::Swap);
    }
}

#[test]
fn a_page_of_another_session_is_loaded_in_full() {
    let there = Step::Load("https://chat.example/there".into());
    assert_eq!(next_step(Asked::Form, Some(answer(false, true))), there);
    assert_eq!(next_step(Asked::Form, Some(answer(false, false))), Step::LoadHere);
    assert_eq!(next_step(Asked::History, Some(answer(false, false))), Step::LoadHere);
    let asked = Asked::Link("https://chat.example/here#top");
    assert_eq!(next_step(asked, Some(answer(false, true))), Step::Load("https://chat.example/there#top".into()));
}

#[test]
fn without_a_page_a_link_is_the_browsers_and_a_form_says_so() {
    let asked = "https://chat.example/manual.pdf";
    assert_eq!(next_step(Asked::Link(asked), None), Step::Load(asked.into()));
    assert_eq!(next_step(Asked::History, None), Step::LoadHere);
    assert_eq!(next_step(Asked::Form, None), Step::Complain);
}

#[test]
fn the_fragment_that_was_asked_for_stays() {
    assert_eq!(with_fragment("https://a.example/b", "https://a.example/#c"), "https://a.example/b#c");
    assert_eq!(with_fragment("https://a.example/b#d", "https://a.example/#c"), "https://a.example/b#d");
    assert_eq!(with_fragment("https://a.example/b", "https://a.example/"), "https://a.example/b");
    assert_eq!(page_of("https://a.example/b?c#d"), "https://a.example/b?c");
}

#[test]
fn only_html_is_a_page() {
    assert!(is_page("text/html; charset=utf-8"));
    assert!(!is_page("application/json") && !is_page(""));
}
