//! What ends with a session.

use super::*;
use crate::server::store::sessions::{Ending, PasswordChange};

#[tokio::test]
async fn logout_revokes_the_token_upstream() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (here, there) = (world.log_in(&ada, "here").await, world.log_in(&ada, "there").await);
    token_of(&world.chat, &here).await;
    let kept = token_of(&world.chat, &there).await;
    world.sessions().end(&Ending::One(here.session)).await.unwrap();
    eventually("the token is revoked", async || world.recorded("ended").await == 1).await;
    assert!(world.upstream.state().tokens.iter().eq([&kept]));
    let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT sealed FROM chat_tokens WHERE state = 'ended'")
        .fetch_one(world.store.readers())
        .await
        .unwrap();
    assert_eq!(sealed, None);
}

#[tokio::test]
async fn signing_out_everywhere_revokes_every_token_of_the_user_and_nobody_elses() {
    let world = World::new().await;
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    for id in ["one", "two", "three"] {
        let visitor = world.log_in(&ada, id).await;
        token_of(&world.chat, &visitor).await;
    }
    let bobs = world.log_in(&bob, "bob").await;
    let kept = token_of(&world.chat, &bobs).await;
    world.sessions().end(&Ending::AllOf(ada.user_id)).await.unwrap();
    eventually("the tokens are revoked", async || world.recorded("ended").await == 3).await;
    assert!(world.upstream.state().tokens.iter().eq([&kept]));
}

#[tokio::test]
async fn a_changed_password_revokes_the_tokens_of_the_other_sessions() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (here, there) = (world.log_in(&ada, "here").await, world.log_in(&ada, "there").await);
    let kept = token_of(&world.chat, &here).await;
    token_of(&world.chat, &there).await;
    let hash = |text: &str| PasswordHash(text.into());
    let change = PasswordChange { user: ada.user_id, known: hash("unused"), new: hash("another") };
    assert_eq!(world.sessions().change_password(&change, &here.session).await.unwrap(), Some(1));
    eventually("the other token is revoked", async || world.recorded("ended").await == 1).await;
    assert!(world.upstream.state().tokens.iter().eq([&kept]));
}

#[tokio::test]
async fn a_password_that_was_changed_meanwhile_is_not_changed_again_and_ends_nothing() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (here, there) = (world.log_in(&ada, "here").await, world.log_in(&ada, "there").await);
    let hash = |text: &str| PasswordHash(text.into());
    let late = PasswordChange { user: ada.user_id, known: hash("yesterday's"), new: hash("another") };
    assert_eq!(world.sessions().change_password(&late, &here.session).await.unwrap(), None);
    assert_eq!(world.store.password_hash(ada.user_id).await.unwrap(), Some(hash("unused")));
    assert!(world.store.session(&there.session, BEGIN).await.unwrap().is_some());
}

#[tokio::test]
async fn a_token_sealed_with_a_secret_that_is_gone_is_revoked_with_all_of_its_user() {
    let world = World::new().await;
    let (ada, bob) = (world.visitor().await, world.person("bob").await);
    token_of(&world.chat, &ada).await;
    let bobs = token_of(&world.chat, &world.log_in(&bob, "bob").await).await;
    world.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    let calls = world.upstream.calls().await;
    world.sessions().end(&Ending::One(ada.session)).await.unwrap();
    eventually("one attempt is made", async || world.upstream.calls().await == calls + 1).await;
    world.upstream.state().failing = None;

    world.server_with_another_secret().revoke_leftovers_in_background();
    eventually("the token has ended", async || world.recorded("ended").await == 1).await;
    assert!(world.upstream.state().tokens.iter().eq([&bobs]));
}

#[tokio::test]
async fn a_token_of_a_day_ends_though_nobody_asks_and_so_does_what_a_dead_cloud_kept() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let old = world.log_in(&ada, "old").await;
    token_of(&world.chat, &old).await;
    world.pass(86_399);
    world.chat.end_old_tokens().await.unwrap();
    assert_eq!(world.recorded("live").await, 1);
    let young = token_of(&world.chat, &world.log_in(&ada, "young").await).await;
    world.pass(1);
    world.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    let calls = world.upstream.calls().await;
    world.chat.end_old_tokens().await.unwrap();
    eventually("one attempt is made", async || world.upstream.calls().await == calls + 1).await;
    world.upstream.state().failing = None;
    world.chat.end_old_tokens().await.unwrap();
    eventually("the old token has ended", async || world.recorded("ended").await == 1).await;
    assert!(world.upstream.state().tokens.iter().eq([&young]));

    world.pass(31 * 86_400);
    world.chat.end_old_tokens().await.unwrap();
    eventually("the young one has ended too, and the old one is forgotten", async || {
        world.recorded("ending").await == 0 && world.recorded("ended").await == 1
    })
    .await;
}

#[tokio::test]
async fn a_token_that_the_cloud_does_not_know_any_more_counts_as_revoked() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    world.upstream.state().tokens.clear();
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    eventually("the token has ended", async || world.recorded("ended").await == 1).await;
}

#[tokio::test]
async fn what_a_dead_cloud_did_not_revoke_stays_recorded_and_is_revoked_at_the_next_start() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    let calls = world.upstream.calls().await;
    world.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    eventually("one attempt is made", async || world.upstream.calls().await == calls + 1).await;
    assert_eq!(world.recorded("ending").await, 1);

    world.upstream.state().failing = None;
    world.another_server().revoke_leftovers_in_background();
    eventually("the token is revoked", async || world.recorded("ended").await == 1).await;
    assert!(world.upstream.state().tokens.is_empty());
    assert_eq!(world.upstream.calls().await, calls + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_in_the_middle_of_a_mint_leaves_no_live_token() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.upstream.state().delay = Duration::from_millis(300);
    let request = tokio::spawn({
        let (chat, visitor) = (world.chat.clone(), visitor.clone());
        async move { chat.credentials(&visitor, None).await }
    });
    eventually("the mint is under way", async || world.upstream.state().minted == 1).await;
    world.sessions().end(&Ending::One(visitor.session.clone())).await.unwrap();
    assert!(matches!(request.await.unwrap().unwrap_err(), ChatError::SessionEnded));
    eventually("the token is revoked", async || world.recorded("ended").await == 1).await;
    assert!(world.upstream.state().tokens.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_goes_away_in_the_middle_of_a_mint_leaves_the_token_recorded() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.upstream.state().delay = Duration::from_millis(300);
    let request = tokio::spawn({
        let (chat, visitor) = (world.chat.clone(), visitor.clone());
        async move { chat.credentials(&visitor, None).await }
    });
    eventually("the mint is under way", async || world.upstream.state().minted == 1).await;
    request.abort();
    eventually("the token is recorded", async || world.recorded("live").await == 1).await;
}
