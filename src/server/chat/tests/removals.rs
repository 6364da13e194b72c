//! The chat users of deleted accounts.

use super::*;
use crate::server::store::chat_tokens::Lease;

impl World {
    async fn delete_account(&self, person: &ChatPerson, removal: Removal) -> bool {
        let known = PasswordHash("unused".into());
        self.sessions().delete_account(person.user_id, &known, removal).await.unwrap()
    }

    async fn removals(&self) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM chat_removals").fetch_one(self.store.readers()).await.unwrap()
    }
}

#[tokio::test]
async fn a_deleted_account_is_deactivated_in_the_cloud_and_its_tokens_end() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    assert!(world.delete_account(&visitor.person, Removal::Deactivate).await);
    world.work().await;
    assert!(world.alive().is_empty());
    assert!(world.upstream.state().users[visitor.person.user_id.uid().as_str()].deactivated);
    assert_eq!((world.recorded("ended").await, world.removals().await), (1, 1));
    world.pass(120);
    world.work().await;
    assert_eq!(world.removals().await, 0, "nothing under way can bring the user back any more");
    assert_eq!(world.store.user(visitor.person.user_id).await.unwrap(), None);
}

#[tokio::test]
async fn or_deleted_with_all_that_they_wrote_where_the_owner_chose_that() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.chat.create_user(&ada).await.unwrap();
    world.delete_account(&ada, Removal::DeleteWithMessages).await;
    world.work().await;
    assert!(world.upstream.state().users.is_empty());
}

#[tokio::test]
async fn a_cloud_that_is_down_removes_the_user_later() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.chat.create_user(&ada).await.unwrap();
    world.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    world.delete_account(&ada, Removal::DeleteWithMessages).await;
    world.work().await;
    assert_eq!(world.removals().await, 1);
    world.upstream.state().failing = None;
    world.pass(2);
    world.another_server().work_off().await.unwrap();
    assert!(world.upstream.state().users.is_empty());
}

/// The cloud took longer than the server waited, or the server was killed meanwhile.
#[tokio::test]
async fn a_chat_user_that_the_cloud_makes_after_its_removal_is_removed_once_more() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.delete_account(&ada, Removal::DeleteWithMessages).await;
    world.work().await;
    let late = upstream::CloudUser { name: "ada".into(), ..Default::default() };
    world.upstream.state().users.insert("user_1".into(), late);
    world.pass(119);
    world.work().await;
    assert_eq!(world.upstream.state().users.len(), 1, "it may still come");
    world.pass(1);
    world.another_server().work_off().await.unwrap();
    assert!(world.upstream.state().users.is_empty());
    assert_eq!(world.removals().await, 0);
}

/// The cloud finds no token of a deactivated user, and has them all again should the owner reactivate the user.
#[tokio::test]
async fn a_user_is_removed_only_after_all_tokens_have_ended_in_the_cloud() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    let now = world.clock.load(Ordering::SeqCst);
    let stray = world.upstream.state().mint_elsewhere("user_1");
    world.delete_account(&visitor.person, Removal::Deactivate).await;
    // Another server is at the token.
    let lease = Lease { now, until: now + 20, most: 8 };
    assert_eq!(world.store.take_ending_chat_tokens(lease).await.unwrap().len(), 1);
    world.work().await;
    assert!(!world.upstream.state().users["user_1"].deactivated);
    world.pass(20);
    world.work().await;
    assert!(world.upstream.state().users["user_1"].deactivated);
    assert!(world.alive().is_empty(), "the one that nobody knew, {stray}, too");
}

#[tokio::test]
async fn a_password_that_was_changed_meanwhile_deletes_nothing() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let (sessions, known) = (world.sessions(), PasswordHash("yesterday's".into()));
    assert!(!sessions.delete_account(visitor.person.user_id, &known, Removal::Deactivate).await.unwrap());
    assert!(world.store.session(&visitor.session, BEGIN).await.unwrap().is_some());
    assert_eq!(world.removals().await, 0);
}

/// The account goes while its user is being created.
#[tokio::test(flavor = "multi_thread")]
async fn a_chat_user_that_is_created_behind_the_deletion_is_removed_again() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.upstream.state().delay = Duration::from_millis(300);
    let creation = tokio::spawn({
        let (chat, ada) = (world.chat.clone(), ada.clone());
        async move { chat.create_user(&ada).await }
    });
    eventually("it is being created", async || world.upstream.state().created == 1).await;
    world.delete_account(&ada, Removal::DeleteWithMessages).await;
    // It is done before the creation's answer is here; the creation then finds the account gone.
    creation.await.unwrap().unwrap_err();
    world.work().await;
    assert!(world.upstream.state().users.values().all(|user| user.deactivated));
}
