//! Where a visitor goes back to after signing in: a path of this site, and nothing else.

/// The path with its query, when it is one of this site; else the home page. What a browser would take for another
/// host (`//host`, `/\host`, a scheme) is none.
pub fn local_path(text: &str) -> &str {
    let hostile = |character: char| character.is_control() || character == '\\';
    let is_path = text.starts_with('/') && !text.starts_with("//") && !text.contains(hostile) && text.len() <= 1000;
    let is_page = !text.starts_with("/api/");
    if is_path && is_page && text.is_ascii() { text } else { "/" }
}

/// The same for after signing in: not the forms for that again.
pub fn safe_path(text: &str) -> &str {
    let path = local_path(text);
    let page = path.split(['?', '#']).next().unwrap_or_default();
    if ["/login", "/register"].contains(&page) { "/" } else { path }
}

/// The address of the log-in form that comes back to `path`.
pub fn sign_in_url(path: &str) -> String {
    form_url("/login", path)
}

/// The address of the form to make an account that comes back to `path`.
pub fn register_url(path: &str) -> String {
    form_url("/register", path)
}

fn form_url(form: &str, path: &str) -> String {
    let path = safe_path(path);
    let mut url = format!("{form}?next=");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            url.push('%');
            url.push(char::from(DIGITS[usize::from(byte >> 4)]));
            url.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        for good in ["/", "/account", "/account?tab=1#top", "/logins"] {
            assert_eq!(safe_path(good), good);
        }
        for evil in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil",
            "javascript:x",
            "/a\r\nb",
            "/\t/evil",
            "/login?next=/",
            "/register#top",
            "/api/logout",
        ] {
            assert_eq!(safe_path(evil), "/", "{evil:?}");
        }
    }

    #[test]
    fn the_way_back_is_escaped() {
        assert_eq!(sign_in_url("/a?b=c&d"), "/login?next=/a%3Fb%3Dc%26d");
    }
}
