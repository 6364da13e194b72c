//! Where the static files lie, and the routes that serve them: precompressed where the browser takes it, with 304s and
//! ranges, and a plain 404 for what is not there.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use thiserror::Error;
use tower_http::services::{ServeDir, ServeFile};

use super::{Assets, caching::cache_by_name};

const SDK: &str = "node_modules/@cometchat/chat-sdk-javascript/CometChat.js";

/// Why the server cannot start: its static files are not as `make` leaves them.
#[derive(Debug, Error)]
pub enum AssetsError {
    #[error("the browser half is not built: {path} is missing; start with `make run`, in the project's folder", path = .0.display())]
    NotBuilt(PathBuf),
    #[error("cannot read {path}: {source}", path = path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{path} is not as `make release` writes it: {source}", path = path.display())]
    BadNames { path: PathBuf, source: serde_json::Error },
}

/// The static files of one start of the server.
#[derive(Clone, Debug)]
pub struct StaticFiles {
    names: Assets,
    /// Holds what was built, under `/pkg`.
    package: PathBuf,
    /// Each file in it has its own address at the site's root: the favicon and its like.
    public: PathBuf,
    /// In development, the project's folder: style sheets and the SDK are served out of it as they are.
    sources: Option<PathBuf>,
}

impl StaticFiles {
    /// Those of the release that the running program belongs to, or else those of development in the working folder.
    pub fn locate() -> Result<Self, AssetsError> {
        let program = env::current_exe().unwrap_or_default();
        let beside = program.parent().unwrap_or(Path::new("."));
        if beside.join("assets.json").exists() {
            return Self::release(beside);
        }
        let files = Self::development(Path::new("."));
        let wasm = files.package.join("leptos-cometchat.wasm");
        if wasm.exists() { Ok(files) } else { Err(AssetsError::NotBuilt(wasm)) }
    }

    /// The files that `make release` puts into `folder`, beside the server.
    pub fn release(folder: &Path) -> Result<Self, AssetsError> {
        let path = folder.join("assets.json");
        let unreadable = |source| AssetsError::Unreadable { path: path.clone(), source };
        let text = fs::read_to_string(&path).map_err(unreadable)?;
        let names = serde_json::from_str(&text).map_err(|source| AssetsError::BadNames { path, source })?;
        let site = folder.join("site");
        Ok(Self { names, package: site.join("pkg"), public: site, sources: None })
    }

    /// The project's own files and what `make run` or `cargo leptos watch` builds of them.
    pub fn development(project: &Path) -> Self {
        Self {
            names: Assets::development(),
            package: project.join("target/site/pkg"),
            public: project.join("public"),
            sources: Some(project.to_path_buf()),
        }
    }

    /// The addresses for the HTML and for the widget's settings.
    pub fn names(&self) -> &Assets {
        &self.names
    }

    /// The routes of all of them. A file that appears in the public folder later is served after the next start.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let mut router = Router::new().nest_service("/pkg", folder(&self.package));
        if let Some(project) = &self.sources {
            router = router
                .nest_service("/style", folder(&project.join("style")))
                .route_service(&self.names.sdk, ServeFile::new(project.join(SDK)));
        }
        for (address, path) in public_files(&self.public) {
            router = router.route_service(&address, ServeFile::new(path).precompressed_br().precompressed_gzip());
        }
        router.layer(middleware::from_fn(plain_names_only)).layer(middleware::from_fn(cache_by_name))
    }
}

/// No file of ours has a longer name, in bytes.
const LONGEST_NAME: usize = 128;
/// Nor a longer address.
const LONGEST_PATH: usize = 1024;

/// What can be no file of ours is not looked for: what a file system takes for no name at all (too long, with a zero in
/// it) `ServeDir` (0.6) would answer with 500, and what is escaped or begins with a dot is nobody's business.
async fn plain_names_only(request: Request, next: Next) -> Response {
    if is_plain(request.uri().path()) { next.run(request).await } else { StatusCode::NOT_FOUND.into_response() }
}

fn is_plain(path: &str) -> bool {
    let is_name = |name: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        (1..=LONGEST_NAME).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(plain)
    };
    path.len() <= LONGEST_PATH && path.split('/').skip(1).all(is_name)
}

fn folder(path: &Path) -> ServeDir {
    ServeDir::new(path).append_index_html_on_directories(false).precompressed_br().precompressed_gzip()
}

/// The files right in `folder`, each with its address; the compressed forms of another file have none of their own.
fn public_files(folder: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let compressed = |path: &Path| path.extension().is_some_and(|extension| extension == "br" || extension == "gz");
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && !compressed(path))
        .filter_map(|path| Some((format!("/{}", path.file_name()?.to_str()?), path)))
        .filter(|(address, _)| !address.starts_with("/.") && !address.contains(['{', '}']))
        .collect()
}

#[cfg(test)]
mod tests;
