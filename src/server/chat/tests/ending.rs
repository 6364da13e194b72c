//! What ends with a session, and that nothing of it is forgotten.

use std::time::Instant;

use super::*;
use crate::server::store::{chat_tokens::Lease, endings::PasswordChange, sessions::Ending};

const DOWN: Option<(u16, &str)> = Some((503, "ERR_EXCEPTION"));

#[tokio::test]
async fn logout_revokes_the_token_upstream() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (here, there) = (world.log_in(&ada, "here").await, world.log_in(&ada, "there").await);
    token_of(&world.chat, &here).await;
    let kept = token_of(&world.chat, &there).await;
    world.sessions().end(&Ending::One(here.session)).await.unwrap();
    world.work().await;
    assert_eq!(world.alive(), [kept]);
    let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT sealed FROM chat_tokens WHERE state = 'ended'")
        .fetch_one(world.store.readers())
        .await
        .unwrap();
    assert_eq!(sealed, None);
}

#[tokio::test]
async fn a_session_whose_time_is_over_ends_with_its_token_and_no_other() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let token = token_of(&world.chat, &visitor).await;
    let end = BEGIN + 100 * 86_400;
    assert_eq!(world.sessions().end(&Ending::ExpiredAt(end - 1)).await.unwrap(), 0);
    world.work().await;
    assert_eq!(world.alive(), [token]);
    assert_eq!(world.sessions().end(&Ending::ExpiredAt(end)).await.unwrap(), 1);
    world.work().await;
    assert!(world.alive().is_empty());
}

#[tokio::test]
async fn the_worker_is_woken_by_an_ending() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    let worker = tokio::spawn(world.chat.clone().work());
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    eventually("the token is revoked", async || world.alive().is_empty()).await;
    worker.abort();
}

#[tokio::test]
async fn signing_out_everywhere_revokes_every_token_of_the_user_and_nobody_elses() {
    let world = World::new().await;
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    // More than the worker takes at once.
    for id in 0..20 {
        let visitor = world.log_in(&ada, &id.to_string()).await;
        token_of(&world.chat, &visitor).await;
    }
    let bobs = world.log_in(&bob, "bob").await;
    let kept = token_of(&world.chat, &bobs).await;
    world.sessions().end(&Ending::AllOf(ada.user_id)).await.unwrap();
    world.work().await;
    assert_eq!(world.recorded("ended").await, 20);
    assert_eq!(world.alive(), [kept]);
}

#[tokio::test]
async fn a_server_asks_the_cloud_for_no_more_than_eight_revocations_at_once() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    for id in 0..20 {
        let visitor = world.log_in(&ada, &id.to_string()).await;
        token_of(&world.chat, &visitor).await;
    }
    world.sessions().end(&Ending::AllOf(ada.user_id)).await.unwrap();
    let delay = Duration::from_millis(100);
    world.upstream.state().delay = delay;
    let started = Instant::now();
    world.work().await;
    assert!(started.elapsed() >= 3 * delay, "twenty in less than three turns");
    assert_eq!(world.recorded("ended").await, 20);
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
    world.work().await;
    assert_eq!(world.alive(), [kept]);
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
async fn a_token_sealed_with_a_secret_that_is_gone_is_found_by_its_digest_and_revoked_alone() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (here, there) = (world.log_in(&ada, "here").await, world.log_in(&ada, "there").await);
    token_of(&world.chat, &here).await;
    let kept = token_of(&world.chat, &there).await;
    world.sessions().end(&Ending::One(here.session)).await.unwrap();
    world.server_with_another_secret().work_off().await.unwrap();
    assert_eq!(world.recorded("ended").await, 1);
    assert_eq!(world.alive(), [kept]);
}

#[tokio::test]
async fn a_token_of_a_day_ends_though_nobody_asks_and_is_forgotten_after_a_month() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let old = world.log_in(&ada, "old").await;
    token_of(&world.chat, &old).await;
    world.pass(86_399);
    world.chat.end_old_tokens().await.unwrap();
    assert_eq!(world.recorded("live").await, 1);
    let young = token_of(&world.chat, &world.log_in(&ada, "young").await).await;
    world.pass(1);
    world.chat.end_old_tokens().await.unwrap();
    world.work().await;
    assert_eq!(world.alive(), [young]);

    world.pass(31 * 86_400);
    world.chat.end_old_tokens().await.unwrap();
    world.work().await;
    assert_eq!((world.recorded("ending").await, world.recorded("ended").await), (0, 1));
}

#[tokio::test]
async fn a_token_that_the_cloud_does_not_know_any_more_counts_as_revoked() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    world.upstream.state().tokens.clear();
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    world.work().await;
    assert_eq!(world.recorded("ended").await, 1);
}

#[tokio::test]
async fn a_cloud_that_is_down_for_an_hour_is_asked_ever_less_often_and_forgets_nothing() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    world.upstream.state().failing = DOWN;
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    let calls = world.upstream.calls().await;
    for _ in 0..3600 {
        world.work().await;
        world.pass(1);
    }
    let attempts = world.upstream.calls().await - calls;
    // Pauses of 1, 2, 4 … 256, 300 seconds, each at least half as long.
    assert!((16..=36).contains(&attempts), "{attempts}");
    assert_eq!(world.recorded("ending").await, 1);
    world.upstream.state().failing = None;
    world.pass(300);
    world.another_server().work_off().await.unwrap();
    assert!(world.alive().is_empty());
}

#[tokio::test]
async fn a_cloud_that_asks_to_slow_down_is_left_alone_for_as_long_as_it_says() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    world.upstream.state().failing = Some((429, "ERR_TOO_MANY_REQUESTS"));
    world.upstream.state().retry_after = Some(120);
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    world.work().await;
    world.upstream.state().failing = None;
    world.pass(119);
    world.work().await;
    assert_eq!(world.alive().len(), 1);
    world.pass(1);
    world.work().await;
    assert!(world.alive().is_empty());
}

#[tokio::test]
async fn what_a_killed_server_had_taken_is_taken_again_when_its_lease_is_over() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    let lease = |now| Lease { now, until: now + 60, most: 8 };
    assert_eq!(world.store.take_ending_chat_tokens(lease(BEGIN)).await.unwrap().len(), 1);
    world.pass(59);
    world.another_server().work_off().await.unwrap();
    assert_eq!(world.alive().len(), 1, "it is the other server's work");
    world.pass(1);
    world.another_server().work_off().await.unwrap();
    assert!(world.alive().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn three_servers_revoke_each_token_once() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    for id in 0..30 {
        let visitor = world.log_in(&ada, &id.to_string()).await;
        token_of(&world.chat, &visitor).await;
    }
    world.sessions().end(&Ending::AllOf(ada.user_id)).await.unwrap();
    let (one, two) = (world.another_server(), world.another_server());
    let (first, second, third) = tokio::join!(world.chat.work_off(), one.work_off(), two.work_off());
    first.and(second).and(third).unwrap();
    eventually("all have ended", async || world.recorded("ended").await == 30).await;
    assert_eq!(world.upstream.state().deleted, 30);
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
    world.work().await;
    assert!(world.alive().is_empty());
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
