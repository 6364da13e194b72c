//! Link previews: what the cloud's link-preview extension adds to a message that has a link in it.

use serde_json::{Map, Value, json};

/// The extension's list of links, each with `url`, `title`, `description`, `image` and `favicon`.
#[derive(Clone, Debug)]
pub(crate) struct Preview(pub Value);

impl Preview {
    /// Puts it where the extension does: `metadata["@injected"].extensions["link-preview"].links`. Metadata that is no
    /// object stays as it is.
    pub(crate) fn inject(self, data: &mut Map<String, Value>) {
        let mut place = data.entry("metadata").or_insert_with(|| json!({}));
        if place.is_null() {
            *place = json!({});
        }
        for key in ["@injected", "extensions"] {
            let Some(object) = place.as_object_mut() else { return };
            place = object.entry(key).or_insert_with(|| json!({}));
        }
        if let Some(extensions) = place.as_object_mut() {
            extensions.insert("link-preview".into(), json!({ "links": self.0 }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_else_stands_in_the_metadata_stays() {
        let mut data = Map::new();
        data.insert("metadata".into(), json!({ "mine": 1, "@injected": { "extensions": { "other": 2 } } }));
        Preview(json!([{ "url": "https://example.org" }])).inject(&mut data);
        let extensions = json!({ "other": 2, "link-preview": { "links": [{ "url": "https://example.org" }] } });
        assert_eq!(data["metadata"], json!({ "mine": 1, "@injected": { "extensions": extensions } }));
        data.insert("metadata".into(), json!([1]));
        Preview(json!([])).inject(&mut data);
        assert_eq!(data["metadata"], json!([1]));
    }
}
