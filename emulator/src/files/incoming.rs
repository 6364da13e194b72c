//! A file on its way in. Until it is kept it removes itself, wherever the request ends.

use std::{io, path::PathBuf};

use tokio::{fs::File, io::AsyncWriteExt};

use super::folder::{Folder, PART};

/// A file that is being written.
pub(crate) struct Incoming {
    id: String,
    file: File,
    size: u64,
    target: PathBuf,
    guard: Guard,
}

/// A file that arrived whole and is safe on the disk.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub id: String,
    /// In bytes.
    pub size: u64,
    guard: Guard,
}

#[derive(Debug)]
struct Guard(Option<PathBuf>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(path) = &self.0
            && let Err(error) = std::fs::remove_file(path)
        {
            tracing::warn!(error.cause = %error, "a file that nobody wants could not be removed");
        }
    }
}

impl Incoming {
    /// Begins a file under a new id.
    pub(crate) async fn create(folder: &Folder) -> io::Result<Self> {
        Self::create_as(folder, hex::encode(rand::random::<[u8; 16]>())).await
    }

    /// Begins a file under an id that was given out before.
    pub(crate) async fn create_as(folder: &Folder, id: String) -> io::Result<Self> {
        folder.ensure().await?;
        let target = folder.path().join(&id);
        let path = folder.path().join(format!("{id}-{:016x}.{PART}", rand::random::<u64>()));
        let file = File::create_new(&path).await?;
        Ok(Self { id, file, size: 0, target, guard: Guard(Some(path)) })
    }

    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.file.write_all(bytes).await
    }

    /// Brings the file to the disk: what is acknowledged outlives a killed process and a lost machine.
    pub(crate) async fn sync(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await
    }

    /// Puts the file in its place, over whatever was there.
    pub(crate) async fn finish(mut self) -> io::Result<Arrived> {
        self.sync().await?;
        if let Some(path) = self.guard.0.take() {
            tokio::fs::rename(path, &self.target).await?;
        }
        Ok(Arrived { id: self.id, size: self.size, guard: Guard(Some(self.target)) })
    }
}

impl Arrived {
    /// The file is in the store now, and stays.
    pub(crate) fn keep(mut self) {
        self.guard.0 = None;
    }
}
