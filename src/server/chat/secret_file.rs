//! The secret that seals tokens when `APP_SECRET` is not set: a file beside the database, made at the first start,
//! readable by nobody else. To rotate it, rename it to `secret.key.previous` and start anew: what it sealed still opens.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use aws_lc_rs::rand;
use secrecy::SecretSlice;

/// Its length in bytes; in the file it stands in hexadecimal digits.
const SECRET_LENGTH: usize = 32;
/// The name of the file in the data folder.
pub const FILE_NAME: &str = "secret.key";
/// The name of the one of before.
const PREVIOUS_FILE_NAME: &str = "secret.key.previous";

/// Why there is no secret. Each is one sentence for whoever starts the server.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    #[error("the key file {path} cannot be read or made: {cause}")]
    Unusable { path: PathBuf, cause: io::Error },
    #[error("the key file {0} can be read by other users of this machine: run `chmod 600` on it, or make a new one")]
    Exposed(PathBuf),
    #[error("the key file {0} is not 64 hexadecimal digits: put the right file back, or remove it for a new one")]
    Malformed(PathBuf),
}

/// Reads the secret of this data folder, and makes it at the first start.
pub fn read_or_create(folder: &Path) -> Result<SecretSlice<u8>, SecretFileError> {
    let path = folder.join(FILE_NAME);
    let unusable = |cause| SecretFileError::Unusable { path: path.clone(), cause };
    if !path.try_exists().map_err(unusable)? {
        create(folder, &path).map_err(unusable)?;
    }
    read(path)
}

/// The secret of before, where there is one.
pub fn read_previous(folder: &Path) -> Result<Option<SecretSlice<u8>>, SecretFileError> {
    let path = folder.join(PREVIOUS_FILE_NAME);
    match path.try_exists() {
        Ok(true) => read(path).map(Some),
        Ok(false) => Ok(None),
        Err(cause) => Err(SecretFileError::Unusable { path, cause }),
    }
}

fn read(path: PathBuf) -> Result<SecretSlice<u8>, SecretFileError> {
    let unusable = |cause| SecretFileError::Unusable { path: path.clone(), cause };
    let file = fs::File::open(&path).map_err(unusable)?;
    if is_exposed(&file.metadata().map_err(unusable)?) {
        return Err(SecretFileError::Exposed(path));
    }
    let text = io::read_to_string(file).map_err(|_| SecretFileError::Malformed(path.clone()))?;
    match hex::decode(text.trim()) {
        Ok(secret) if secret.len() == SECRET_LENGTH => Ok(secret.into()),
        _ => Err(SecretFileError::Malformed(path)),
    }
}

/// Writes the whole file under another name first, then links it: of two starting servers one wins, and a crash leaves
/// no half a key.
fn create(folder: &Path, path: &Path) -> io::Result<()> {
    let (mut secret, mut name) = ([0; SECRET_LENGTH], [0; 8]);
    rand::fill(&mut secret).and_then(|()| rand::fill(&mut name)).map_err(|_| io::Error::other("no random numbers"))?;
    let draft = folder.join(format!("{FILE_NAME}.{}", hex::encode(name)));
    let written = private_file(&draft).and_then(|mut file| {
        writeln!(file, "{}", hex::encode(secret))?;
        file.sync_all()?;
        fs::hard_link(&draft, path)
    });
    let _ = fs::remove_file(&draft);
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        written => written,
    }
}

fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn is_exposed(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(metadata) & 0o077 != 0
}

#[cfg(not(unix))]
fn is_exposed(_metadata: &fs::Metadata) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_first_start_makes_a_private_file_and_the_next_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = read_or_create(folder.path()).unwrap();
        let path = folder.path().join(FILE_NAME);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(read_or_create(folder.path()).unwrap().expose_secret(), first.expose_secret());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_renamed_file_is_the_secret_of_before_beside_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let old = read_or_create(folder.path()).unwrap();
        assert!(read_previous(folder.path()).unwrap().is_none());
        fs::rename(folder.path().join(FILE_NAME), folder.path().join(PREVIOUS_FILE_NAME)).unwrap();
        let new = read_or_create(folder.path()).unwrap();
        assert_ne!(new.expose_secret(), old.expose_secret());
        assert_eq!(read_previous(folder.path()).unwrap().unwrap().expose_secret(), old.expose_secret());
    }

    #[test]
    fn a_file_that_others_can_read_is_refused_in_a_sentence_that_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        read_or_create(folder.path()).unwrap();
        let path = folder.path().join(FILE_NAME);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = read_or_create(folder.path()).unwrap_err();
        assert!(matches!(error, SecretFileError::Exposed(_)) && error.to_string().contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_file_with_anything_else_in_it_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for content in ["", "abc", &"g".repeat(64), &"a".repeat(66)] {
            let path = folder.path().join(FILE_NAME);
            fs::write(&path, content).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            let error = read_or_create(folder.path()).unwrap_err();
            assert!(matches!(error, SecretFileError::Malformed(_)), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
    }

    #[test]
    fn of_two_starting_servers_both_get_the_same_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        create(folder.path(), &path).unwrap();
        let first = fs::read_to_string(&path).unwrap();
        create(folder.path(), &path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
    }
}
