//! An element as HTML, for what the server sends.

use super::{Element, Node};

/// Elements without an end.
const VOID: [&str; 4] = ["img", "input", "br", "link"];

impl Element {
    /// The element as HTML; what it asks for, and what the browser half alone sets, is left out.
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        self.write(&mut html);
        html
    }

    fn write(&self, html: &mut String) {
        html.push('<');
        html.push_str(self.tag);
        for (name, value) in self.attributes.iter().filter(|(name, _)| !name.starts_with("--")) {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value, html);
            html.push('"');
        }
        html.push('>');
        if VOID.contains(&self.tag) {
            return;
        }
        html.push_str(self.markup.unwrap_or_default());
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(html),
                Node::Text(text) => escape(text, html),
            }
        }
        html.push_str("</");
        html.push_str(self.tag);
        html.push('>');
    }
}

/// Writes a text so that it is nothing but a text, in an attribute too.
pub fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            letter => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{button, element};

    #[test]
    fn texts_and_attributes_can_be_nothing_but_that() {
        let written = button("a").with("title", "\"><b>").child("<i>&").child(element("img", "").with("alt", ""));
        let expected =
            r#"<button class="a" type="button" title="&quot;&gt;&lt;b&gt;">&lt;i&gt;&amp;<img alt=""></button>"#;
        assert_eq!(written.to_html(), expected);
    }

    #[test]
    fn a_class_is_added_only_where_it_applies() {
        let written = element("p", "a").class("b", true).class("c", false);
        assert_eq!(written.attribute("class"), Some("a b"));
    }
}
