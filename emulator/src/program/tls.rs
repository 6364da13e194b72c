//! `https://` and `wss://`, which are all that the SDK knows, with a certificate of our own making.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    net::TcpListener,
    path::Path,
    sync::Arc,
};

use axum::Router;
use axum_server::{Handle, tls_rustls::RustlsConfig};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

/// Certificate and key, as PEM.
struct Pair {
    certificate: String,
    key: String,
}

/// A server for `router` on this listener, and the handle that ends it.
pub(crate) struct Server {
    listener: TcpListener,
    config: RustlsConfig,
    pub(crate) handle: Handle<std::net::SocketAddr>,
}

impl Server {
    /// With a certificate for `names` and for this machine, out of `folder` where it keeps one.
    pub(crate) fn open(
        listener: TcpListener,
        names: Vec<String>,
        folder: Option<&Path>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        listener.set_nonblocking(true)?;
        let pair = match folder {
            Some(folder) => kept(folder, names)?,
            None => make(names)?,
        };
        let chain = CertificateDer::pem_slice_iter(pair.certificate.as_bytes()).collect::<Result<Vec<_>, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes())?;
        // Named, because a program may have several and then no default.
        let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { listener, config: RustlsConfig::from_config(Arc::new(config)), handle: Handle::new() })
    }

    pub(crate) async fn serve(self, router: Router) -> io::Result<()> {
        let server = axum_server::from_tcp_rustls(self.listener, self.config)?;
        server.handle(self.handle).serve(router.into_make_service()).await
    }
}

fn make(mut names: Vec<String>) -> Result<Pair, rcgen::Error> {
    names.extend(["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()]);
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names)?;
    Ok(Pair { certificate: cert.pem(), key: signing_key.serialize_pem() })
}

/// The pair that the folder keeps, made at its first use.
fn kept(folder: &Path, names: Vec<String>) -> Result<Pair, Box<dyn std::error::Error>> {
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    if certificate.exists() && key.exists() {
        return Ok(Pair { certificate: fs::read_to_string(certificate)?, key: fs::read_to_string(key)? });
    }
    fs::create_dir_all(folder)?;
    let pair = make(names)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // For its owner alone.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(key)?.write_all(pair.key.as_bytes())?;
    fs::write(certificate, &pair.certificate)?;
    Ok(pair)
}
