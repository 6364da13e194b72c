//! The one folder in which uploads lie, each under an id of ours: no name that a client gave ever becomes a path.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
};

/// Of a file that has not arrived whole.
pub(super) const PART: &str = "part";

/// The folder of an emulator.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Goes with the emulator, as a state in memory does.
    temporary: bool,
}

impl Folder {
    /// Beside the data file, under its name with the ending `.files`; without one in the machine's temporary folder,
    /// where it is made with the first file: an emulator that is killed before leaves nothing there.
    pub(crate) fn open(data: Option<&Path>) -> io::Result<Self> {
        let Some(data) = data else {
            let name = format!("cometchat-emulator-{}", hex::encode(rand::random::<[u8; 8]>()));
            return Ok(Self { path: std::env::temp_dir().join(name), temporary: true });
        };
        let path = data.with_extension("files");
        std::fs::create_dir_all(&path)?;
        Ok(Self { path, temporary: false })
    }

    /// Makes the folder where it is not there yet.
    pub(super) async fn ensure(&self) -> io::Result<()> {
        if self.temporary { tokio::fs::create_dir_all(&self.path).await } else { Ok(()) }
    }

    /// Where the file of this id lies; none for what is no id.
    pub(crate) fn path_of(&self, id: &str) -> Option<PathBuf> {
        is_id(id).then(|| self.path.join(id))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes files that no message has any more. One that cannot be removed now is swept at the next start.
    pub(crate) fn remove(&self, ids: &[String]) {
        for path in ids.iter().filter_map(|id| self.path_of(id)) {
            if let Err(error) = std::fs::remove_file(&path) {
                tracing::warn!(error.cause = %error, "a file could not be removed");
            }
        }
    }

    /// Removes what is left of an earlier run: whatever is not `known`.
    pub(crate) fn sweep(&self, known: &HashSet<String>) -> io::Result<()> {
        let entries = match std::fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            if !entry.file_name().to_str().is_some_and(|name| known.contains(name)) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.temporary {
            // It is the temporary folder of the machine: what stays goes at its next cleaning.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// 32 hexadecimal digits, as ids are made.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;
    use crate::files::incoming::Incoming;

    #[tokio::test]
    async fn a_temporary_folder_comes_with_the_first_file_and_goes_with_the_emulator() {
        let folder = Folder::open(None).unwrap();
        assert!(!folder.path.exists());
        Incoming::create(&folder).await.unwrap().finish().await.unwrap().keep();
        let path = folder.path.clone();
        assert_eq!(std::fs::read_dir(&path).unwrap().count(), 1);
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn only_an_id_becomes_a_path() {
        assert!(is_id("0123456789abcdef0123456789abcdef"));
        for text in ["", "..", "../0123456789abcdef0123456789abcd", "0123456789ABCDEF0123456789abcdef", "/etc/passwd"] {
            assert!(!is_id(text), "{text}");
        }
    }
}
