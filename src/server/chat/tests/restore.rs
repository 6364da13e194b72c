//! A database that was restored from a backup: the cloud and the visitors' browsers remember what it has forgotten.

use super::*;
use crate::server::commands::{Action, Command, run_on};

impl World {
    async fn after_restore(&self, newcomers: u32) {
        run_on(&self.store, Command::Admin { action: Action::AfterRestore { newcomers } }).await.unwrap();
    }

    /// Somebody whom the cloud knows and this database does not: they registered after the backup.
    fn newcomer(&self, uid: &str) -> String {
        let mut state = self.upstream.state();
        state.users.insert(uid.into(), upstream::CloudUser { name: "Eve".into(), ..Default::default() });
        state.mint_elsewhere(uid)
    }
}

#[tokio::test]
async fn after_a_restore_nobody_gets_the_chat_identity_of_a_former_newcomer_whose_tokens_end() {
    let world = World::new().await;
    world.person("ada").await;
    world.newcomer("user_2");
    world.newcomer("user_3");
    let elsewhere = world.newcomer("somebody_elses");
    world.after_restore(2).await;
    assert_eq!(world.store.audit_records(None, 1).await.unwrap()[0].event, "restoration");
    let next = world.person("bob").await;
    assert!(next.user_id.0 > 1_000_000, "{:?}", next.user_id);
    world.work().await;
    assert_eq!(world.alive(), [elsewhere]);
    for uid in ["user_2", "user_3"] {
        assert!(world.upstream.state().users[uid].deactivated, "{uid}");
    }
    assert!(!world.upstream.state().users["somebody_elses"].deactivated);
}

#[tokio::test]
async fn after_a_restore_no_session_of_the_backup_is_good_and_no_token_of_before_or_since_lives() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    // Minted after the backup: the ledger that came back does not know it.
    world.upstream.state().mint_elsewhere(visitor.person.user_id.uid().as_str());
    world.after_restore(0).await;
    assert!(world.store.session(&visitor.session, BEGIN).await.unwrap().is_none());
    world.work().await;
    world.chat.compare_some().await.unwrap();
    assert!(world.alive().is_empty());
    assert!(matches!(world.chat.credentials(&visitor, None).await.unwrap_err(), ChatError::SessionEnded));
}

#[tokio::test]
async fn after_a_restore_the_name_that_the_site_has_is_told_to_the_cloud_again() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.chat.create_user(&ada).await.unwrap();
    world.upstream.state().users.get_mut("user_1").unwrap().name = "Ada after the backup".into();
    world.after_restore(0).await;
    token_of(&world.chat, &world.log_in(&ada, "again").await).await;
    assert_eq!(world.upstream.state().users["user_1"].name, "ada");
}

#[tokio::test]
async fn a_restored_database_in_which_nobody_had_registered_moves_on_too() {
    let world = World::new().await;
    world.after_restore(1000).await;
    assert!(world.person("ada").await.user_id.0 > 1_000_000);
}

/// What only SQLite has: left out where the tests run on PostgreSQL (`scripts/test.sh`).
mod on_sqlite {
    use super::*;
    use crate::server::config::{DatabaseConfig, DatabaseLocation};

    #[tokio::test]
    async fn a_backup_that_is_restored_gives_no_id_away_that_was_given_since() {
        let world = World::new().await;
        world.person("ada").await;
        let file = world.folder.path().join("copy.db");
        world.store.back_up(&file).await.unwrap();
        let since = world.person("eve").await.user_id;
        let location = DatabaseLocation::Sqlite(file);
        let config = DatabaseConfig { location, app_secret: None, previous_app_secret: None };
        let restored = World { store: Store::open(&config).await.unwrap(), ..world };
        restored.after_restore(1000).await;
        assert_ne!(restored.person("bob").await.user_id, since);
    }
}
