//! The file `.env`: lines of it stand for environment variables that are not set.

use std::fs;

use dotenvy::Error;

const FILE: &str = ".env";

/// Reads `.env` of the working folder or of one above. A missing one is no error; one that cannot be read is, in a
/// sentence that shows no value.
pub fn read() -> Result<(), String> {
    match dotenvy::dotenv() {
        Err(error) if !error.not_found() => {
            Err(format!("{FILE}: {}", sentence(&error, &fs::read_to_string(FILE).unwrap_or_default())))
        }
        _ => Ok(()),
    }
}

/// Of a malformed line its number only: dotenvy (0.15) shows the value, which may be a secret.
fn sentence(error: &Error, file: &str) -> String {
    match error {
        Error::LineParse(text, _) => {
            let number = file.lines().position(|line| line.contains(text.trim())).map(|index| index + 1);
            let line = number.map_or("a line".to_owned(), |number| format!("line {number}"));
            format!("{line} cannot be read: it has to be NAME=value, with quotes round a value with blanks or `#`")
        }
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_cannot_be_read_is_told_by_its_number_and_without_its_value() {
        for line in ["APP_SECRET=correct horse battery staple", "correct horse battery staple"] {
            let file = format!("# ours\nCOMETCHAT_REGION=eu\n{line}\n");
            let error = dotenvy::from_read_iter(file.as_bytes()).find_map(Result::err).unwrap();
            let sentence = sentence(&error, &file);
            assert!(sentence.starts_with("line 3 ") && !sentence.contains("horse"), "{sentence}");
        }
    }
}
