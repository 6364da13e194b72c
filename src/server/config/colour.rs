//! Whether a text is an opaque CSS colour: it goes into the page of everybody, so nothing else may. Through a colour
//! with an alpha shows what lies behind it, and no text colour could be computed for it.

/// The named colours of CSS Color Module Level 4, section 6.1.
const NAMES: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet \
    brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan \
    darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred \
    darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue \
    dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray \
    green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen \
    lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink \
    lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen \
    linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue \
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy \
    oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip \
    peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown \
    seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal \
    thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen";

/// A hexadecimal colour, a named one, or a function of three numbers.
pub fn is_opaque_css_colour(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    match text.split_once('(') {
        Some((function, rest)) => is_function(function) && rest.strip_suffix(')').is_some_and(are_numbers),
        None => NAMES.split_ascii_whitespace().any(|name| name == text),
    }
}

fn is_function(name: &str) -> bool {
    matches!(name, "rgb" | "hsl" | "hwb" | "lab" | "lch" | "oklab" | "oklch")
}

/// Three numbers with optional `%` or `deg`, between spaces and commas.
fn are_numbers(arguments: &str) -> bool {
    let numbers: Vec<_> = arguments.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| {
        let digits = part.strip_suffix('%').or_else(|| part.strip_suffix("deg")).unwrap_or(part);
        digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'))
            && digits.parse::<f32>().is_ok()
    };
    numbers.len() == 3 && numbers.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::is_opaque_css_colour;

    #[test]
    fn colours_are_colours() {
        for colour in ["#7c3aed", "#fff", "Teal", "rgb(124 58 237)", "hsl(1, 2%, 3%)", "oklch(60% 0.2 280deg)"] {
            assert!(is_opaque_css_colour(colour), "{colour}");
        }
    }

    #[test]
    fn what_lies_behind_does_not_show_through() {
        for colour in ["#7c3aed80", "#fff8", "rgba(1, 2, 3, .5)", "oklch(60% 0.2 280deg / 0.9)", "transparent"] {
            assert!(!is_opaque_css_colour(colour), "{colour}");
        }
    }

    #[test]
    fn nothing_else_gets_into_the_page() {
        for other in [
            "bleu",
            "#12",
            "url(https://evil.example)",
            "red;background:blue",
            "rgb(1 2)",
            "rgb(a b c)",
            "var(--x)",
            "",
        ] {
            assert!(!is_opaque_css_colour(other), "{other}");
        }
    }
}
