//! What a value of uncertain type says, and that what is written can be read.

use super::*;

fn parse(text: &str) -> Json {
    Json::parse(text).unwrap()
}

#[test]
fn a_number_in_quotes_is_a_number_and_a_bare_one_has_a_text() {
    assert_eq!(parse("\"7\"").number(), Some(7));
    assert_eq!(parse("7").text(), Some("7".into()));
    assert_eq!(parse("1795346845.5").number(), Some(1_795_346_845));
    assert_eq!(parse("-1").text(), Some("-1".into()));
}

#[test]
fn objects_lists_and_null_are_no_text_and_no_number() {
    for json in ["null", "{\"a\":[1,{}]}", "[1,\"b\"]", "18446744073709551615"] {
        assert_eq!((parse(json).text(), parse(json).number()), (None, None), "{json}");
    }
}

#[test]
fn never_is_no_time() {
    assert_eq!(parse("0").time(), None);
    assert_eq!(parse("\"1795346845\"").time(), Some(1_795_346_845));
}

#[test]
fn a_count_may_be_a_text_and_is_never_negative() {
    assert_eq!((parse("\"3\"").count(), parse("3").count(), parse("-3").count(), parse("null").count()), (3, 3, 0, 0));
}

#[test]
fn only_true_is_a_flag_that_is_set() {
    assert!(parse("true").flag());
    for json in ["false", "1", "\"true\"", "null"] {
        assert!(!parse(json).flag(), "{json}");
    }
}

#[test]
fn a_field_that_is_not_there_is_nothing_and_so_is_every_field_of_what_is_no_record() {
    let json = parse(r#"{"a":{"b":1},"c":null}"#);
    assert_eq!(json.get("a").get("b"), &Json::Number(1));
    for nothing in [json.get("b"), json.get("c"), json.get("a").get("b").get("c"), parse("[]").get("a")] {
        assert!(nothing.is_nothing());
    }
}

#[test]
fn an_empty_text_is_no_text_but_fulfils_a_required_field() {
    let json = parse(r#"{"name":"","age":7}"#);
    assert_eq!((json.get("name").text(), json.required("name")), (None, Ok(String::new())));
    assert_eq!((json.required("age"), json.required("place")), (Err(Malformed("age")), Err(Malformed("place"))));
}

#[test]
fn an_optional_field_may_be_missing_but_not_malformed() {
    let json = parse(r#"{"name":"Bob","age":7,"place":null}"#);
    assert_eq!(json.optional::<String>("name"), Ok(Some("Bob".into())));
    assert_eq!((json.optional::<String>("place"), json.optional::<String>("none")), (Ok(None), Ok(None)));
    assert!(json.optional::<String>("age").is_err());
}

#[test]
fn what_is_no_json_is_no_value() {
    for text in ["", "not json", "{\"a\":}", "1 2"] {
        assert_eq!(Json::parse(text), None, "{text}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let awkward = "a \"quoted\" \\ back\u{0}\u{1f}\n\t/ é 🙂\u{2028}";
    let entries = [text(awkward), JsonRecord::new().finish()];
    let written = JsonRecord::new()
        .text(awkward, awkward)
        .number("number", -7)
        .flag("yes", true)
        .flag("no", false)
        .json("list", &list(&entries))
        .json("empty", &list(&[]))
        .finish();
    let expected = serde_json::json!({
        awkward: awkward, "number": -7, "yes": true, "no": false, "list": [awkward, {}], "empty": []
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), expected);
    assert_eq!(Json::parse(&written).unwrap().get(awkward), &Json::Text(awkward.into()));
}

mod against_serde {
    use proptest::prelude::*;

    use super::Json;

    /// As `serde_json` reads it, through the same value.
    fn expected(text: &str) -> Option<Json> {
        serde_json::from_str(text).ok()
    }

    fn value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            (-1_000_000.0..1_000_000.0_f64).prop_map(Into::into),
            "\\PC{0,12}".prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::vec(("\\PC{0,6}", inner), 0..6).prop_map(|fields| fields.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_serde_writes_is_read_as_serde_reads_it(value in value(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            prop_assert_eq!(Json::parse(&text), expected(&text));
        }

        #[test]
        fn a_broken_text_is_no_json_where_serde_says_so(value in value(), at in any::<prop::sample::Index>(), byte in 0..128_u8) {
            let mut text = serde_json::to_string(&value).unwrap().into_bytes();
            let at = at.index(text.len());
            text[at] = byte;
            if let Ok(text) = String::from_utf8(text) {
                // Grammar alone: a changed exponent may name a number beyond serde's range, which is JSON all the same.
                let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
                prop_assert_eq!(Json::parse(&text).is_some(), is_json, "{}", text);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Json::parse(&text);
        }
    }

    #[test]
    fn every_form_of_number_is_read_as_serde_reads_it() {
        for text in [
            "0",
            "-0",
            "7",
            "-12",
            "1.9",
            "-1.9",
            "1e3",
            "1.25e1",
            "12e-1",
            "0.5",
            "9223372036854775807",
            "-9223372036854775808",
            "1E+2",
            "00",
            "01",
            "1.",
            ".5",
            "-",
            "1e",
            "+1",
            "0x1",
            "1e400",
            "0e999999999999",
        ] {
            let read = Json::parse(text);
            if text != "1e400" {
                assert_eq!(read, expected(text), "{text}");
            }
        }
        assert_eq!(Json::parse("9223372036854775808"), Some(Json::Nothing));
    }

    #[test]
    fn a_text_that_is_too_deep_is_none_and_half_a_pair_of_surrogates_is_shown_as_what_it_is() {
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
        assert_eq!(Json::parse(r#""\ud83d\ude00 \ud83d x \ude00""#), Some(Json::Text("😀 \u{fffd} x \u{fffd}".into())));
    }
}
