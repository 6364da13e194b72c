//! What is decided: which link and which form are ours, and what is to be done with an answer. Pure, and so tested
//! without a browser. Addresses are absolute, as a browser gives them.

/// A link that was pressed.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    pub href: &'a str,
    pub target: &'a str,
    pub rel: &'a str,
    pub is_download: bool,
    /// The main button or the Enter key, with no modifier and by nobody else's leave.
    pub is_plain_press: bool,
}

/// A form that is being sent.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    pub action: &'a str,
    pub method: &'a str,
    pub encoding: &'a str,
    pub target: &'a str,
    /// Marked `data-reload`, or its button has a mind of its own (`formaction` and the like).
    pub is_left_alone: bool,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// The address of a link, with its fragment.
    Link(&'a str),
    /// Back or forward: the browser shows the address already.
    History,
    Form,
}

/// A page of the site that came back.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Where it was found in the end.
    pub address: &'a str,
    pub was_redirected: bool,
    /// Of the same session, language and build as the page on screen.
    pub is_akin: bool,
}

/// What to do with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Put it in the place of the page on screen.
    Swap,
    /// Load this address as a document of its own.
    Load(String),
    /// The same with the address that the browser shows.
    LoadHere,
    /// Say in the form that it did not get through.
    Complain,
}

/// Whether the link is followed here, seen from the page at the address `shown`.
pub fn follows(link: &Link, shown: &str) -> bool {
    let is_external = link.rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("external"));
    let leads_within = page_of(link.href) == page_of(shown) && has_fragment(link.href);
    link.is_plain_press
        && !link.is_download
        && !is_external
        && !leads_within
        && stays_here(link.target)
        && is_same_origin(link.href, shown)
}

/// Whether the form is sent here, seen from the page at the address `shown`.
pub fn sends(form: &Form, shown: &str) -> bool {
    form.method == "post"
        && form.encoding == "application/x-www-form-urlencoded"
        && !form.is_left_alone
        && stays_here(form.target)
        && is_same_origin(form.action, shown)
}

/// What to do, where `answer` is none when no page of the site came back.
pub fn next_step(asked: Asked, answer: Option<Answer>) -> Step {
    match (asked, answer) {
        (_, Some(answer)) if answer.is_akin => Step::Swap,
        (Asked::Link(address), None) => Step::Load(address.to_owned()),
        (Asked::Link(asked), Some(answer)) => Step::Load(with_fragment(answer.address, asked)),
        (Asked::Form, Some(answer)) if answer.was_redirected => Step::Load(answer.address.to_owned()),
        // What a form is sent to need be no page by itself.
        (Asked::History, _) | (Asked::Form, Some(_)) => Step::LoadHere,
        (Asked::Form, None) => Step::Complain,
    }
}

/// The address without its fragment.
pub fn page_of(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

fn has_fragment(address: &str) -> bool {
    address.bytes().any(|byte| byte == b'#')
}

/// The address where an answer was found, with the fragment that was asked for: a browser keeps it through redirects.
pub fn with_fragment(answered: &str, asked: &str) -> String {
    match asked.split_once('#') {
        Some((_, fragment)) if !has_fragment(answered) => [answered, "#", fragment].concat(),
        _ => answered.to_owned(),
    }
}

/// Whether an answer of this content type is a page.
pub fn is_page(content_type: &str) -> bool {
    content_type.starts_with("text/html")
}

fn stays_here(target: &str) -> bool {
    target.is_empty() || target.eq_ignore_ascii_case("_self")
}

fn is_same_origin(address: &str, shown: &str) -> bool {
    origin_of(address).is_some_and(|origin| origin_of(shown) == Some(origin))
}

/// Scheme, host and port of an `http` address.
fn origin_of(address: &str) -> Option<&str> {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let path = host.find(['/', '?', '#']).unwrap_or(host.len());
    address.get(..address.len() - host.len() + path)
}

#[cfg(test)]
mod tests;
