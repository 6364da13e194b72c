//! The table of settings in the README: what clap knows, as Markdown. `scripts/configuration-table.sh` writes it there,
//! and without that a README of yesterday fails the test.

use std::{env, fmt::Write, fs, path::Path};

use clap::{Arg, CommandFactory};

use super::Options;

const BEGIN: &str = "<!-- configuration: written by scripts/configuration-table.sh -->\n";
const END: &str = "<!-- configuration: end -->";

/// One row for each setting, in the order of `--help`.
fn table() -> String {
    let mut table = String::from("| variable | default | meaning |\n| --- | --- | --- |\n");
    for setting in Options::command().get_arguments() {
        let Some(variable) = setting.get_env() else { continue };
        let default = default(setting).map(|default| format!("`{default}`")).unwrap_or_default();
        let meaning = setting.get_help().map(ToString::to_string).unwrap_or_default();
        let meaning = if meaning.ends_with('.') { meaning } else { format!("{meaning}.") };
        writeln!(table, "| `{}` | {default} | {} |", variable.display(), meaning.replace('|', "\\|")).unwrap();
    }
    table
}

fn default(setting: &Arg) -> Option<String> {
    let default = setting.get_default_values().first()?.to_str()?;
    (!default.is_empty()).then(|| default.to_owned())
}

#[test]
fn the_readme_lists_the_settings_as_the_program_knows_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    if env::var_os("WRITE_CONFIGURATION_TABLE").is_some() {
        fs::write(&path, [before, BEGIN, "\n", &table(), "\n", END, after].concat()).unwrap();
    } else {
        assert_eq!(found.trim(), table().trim(), "run scripts/configuration-table.sh");
    }
}
