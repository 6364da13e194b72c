//! Inlines the used Lucide icons: writes `$OUT_DIR/icons.rs`, one constant per name in `src/widget/icons.list`.
//! It never runs npm; without `node_modules` it says so in one sentence.

use std::{env, fmt::Write as _, fs, path::Path};

const LIST: &str = "src/widget/icons.list";
const ICONS: &str = "node_modules/lucide-static/icons";

fn main() {
    println!("cargo::rerun-if-changed={LIST}");
    if let Err(sentence) = generate() {
        println!("cargo::error={sentence}");
    }
}

fn generate() -> Result<(), String> {
    if !Path::new(ICONS).is_dir() {
        println!("cargo::rerun-if-changed={ICONS}");
        return Err(format!("{ICONS} is missing: run `npm ci` in the project's folder, then build again"));
    }
    let list = fs::read_to_string(LIST).map_err(|error| format!("cannot read {LIST}: {error}"))?;
    let mut module = String::new();
    for name in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let path = format!("{ICONS}/{name}.svg");
        println!("cargo::rerun-if-changed={path}");
        let svg = fs::read_to_string(&path).map_err(|error| format!("{LIST} names `{name}`: {path}: {error}"))?;
        let markup = inner_markup(&svg).ok_or_else(|| format!("{path} is not an <svg> element"))?;
        let constant = name.replace('-', "_").to_uppercase();
        let _ = writeln!(module, "/// Lucide's `{name}`.\npub const {constant}: &str = r#\"{markup}\"#;");
    }
    let output = Path::new(&env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?).join("icons.rs");
    fs::write(&output, module).map_err(|error| format!("cannot write {}: {error}", output.display()))
}

/// What stands between `<svg …>` and `</svg>`, without the indentation.
fn inner_markup(svg: &str) -> Option<String> {
    let (_, element) = svg.split_once("<svg")?;
    let (inner, _) = element.split_once('>')?.1.rsplit_once("</svg>")?;
    Some(inner.lines().map(str::trim).collect())
}
