//! With the emulator in the program.

use std::path::Path;

use axum::Router;
use cometchat_emulator::{Config, Control, Emulator};
use secrecy::SecretString;

use super::{LocalCloudError, MOUNT_PATH};

/// The emulator's file in the data folder.
const FILE_NAME: &str = "emulator.db";

/// The running emulator; clones share it.
#[derive(Clone, Debug)]
pub struct LocalCloud(Emulator);

impl LocalCloud {
    /// Opens it with its people and messages of earlier starts, and with demo people. The key is for this process: it
    /// is stored nowhere. With a token for it there is the emulator's control API, too.
    pub async fn open(
        app_id: &str,
        api_key: &SecretString,
        folder: &Path,
        control: Option<&SecretString>,
    ) -> Result<Self, LocalCloudError> {
        let mut config = Config::new(app_id, api_key.clone());
        MOUNT_PATH.clone_into(&mut config.mount_path);
        config.data = Some(folder.join(FILE_NAME));
        config.demo = true;
        config.control = control.map(|token| Control { token: Some(token.clone()) });
        Emulator::open(config).await.map(Self).map_err(|error| LocalCloudError(error.to_string()))
    }

    /// Puts it beside a finished site: outside the site's own layers, since it is another server with its own rules.
    pub fn mount(&self, site: Router) -> Router {
        Router::new().nest(MOUNT_PATH, self.0.router()).merge(site)
    }

    /// Ends all chat sockets and closes the file. Open sockets do not end by themselves: call it when the server is
    /// told to stop.
    pub async fn close(&self) {
        self.0.close().await;
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::{net::TcpListener, task::JoinHandle};

    use super::*;
    use crate::{
        model::ids::Uid,
        server::chat::rest::{ChatProfile, Creation, RestClient, RestError, RestLimits, RestSettings},
    };

    async fn start(folder: &Path, key: &str) -> (LocalCloud, SocketAddr, JoinHandle<()>) {
        let cloud = LocalCloud::open("emuapp", &key.into(), folder, None).await.unwrap();
        let site = Router::new().fallback(|| async { "the site" });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = cloud.mount(site);
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (cloud, address, server)
    }

    fn client(address: SocketAddr, key: &str) -> RestClient {
        let base_url = format!("http://{address}{MOUNT_PATH}/v3").parse().unwrap();
        let limits = RestLimits::default();
        RestClient::new(RestSettings { base_url, app_id: "emuapp".into(), api_key: key.into(), limits }).unwrap()
    }

    fn ada() -> ChatProfile {
        ChatProfile { uid: Uid::parse("user_1").unwrap(), name: "Ada".into(), avatar: None }
    }

    #[tokio::test]
    async fn the_rest_client_finds_the_cloud_beside_the_site() {
        let folder = tempfile::tempdir().unwrap();
        let (cloud, address, server) = start(folder.path(), "key of this start").await;
        let rest = client(address, "key of this start");
        assert_eq!(rest.create_user(&ada()).await.unwrap(), Creation::Created);
        assert_eq!(rest.create_user(&ada()).await.unwrap(), Creation::AlreadyThere);
        rest.update_user(&ChatProfile { name: "Ada L.".into(), ..ada() }).await.unwrap();
        rest.reactivate_user(&ada().uid).await.unwrap();
        let (one, two) = (rest.mint_token(&ada().uid).await.unwrap(), rest.mint_token(&ada().uid).await.unwrap());
        assert_ne!(one.digest(), two.digest());
        rest.delete_token(&ada().uid, &one).await.unwrap();
        assert!(matches!(rest.delete_token(&ada().uid, &one).await.unwrap_err(), RestError::TokenNotFound));
        let stranger = client(address, "some other key");
        assert!(matches!(stranger.mint_token(&ada().uid).await.unwrap_err(), RestError::KeyRefused { .. }));

        let page = reqwest::get(format!("http://{address}/")).await.unwrap().text().await.unwrap();
        assert_eq!(page, "the site");
        cloud.close().await;
        server.abort();
    }

    #[tokio::test]
    async fn its_people_outlive_a_restart_under_another_key() {
        let folder = tempfile::tempdir().unwrap();
        let (cloud, address, server) = start(folder.path(), "first").await;
        client(address, "first").create_user(&ada()).await.unwrap();
        cloud.close().await;
        server.abort();
        let (cloud, address, server) = start(folder.path(), "second").await;
        assert_eq!(client(address, "second").create_user(&ada()).await.unwrap(), Creation::AlreadyThere);
        cloud.close().await;
        server.abort();
    }
}
