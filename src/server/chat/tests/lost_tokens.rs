//! Mints that are cut short: by a crash, or by an answer that never came.

use super::*;
use crate::server::store::{
    chat_tokens::Lease,
    mints::{MintBegin, NewMint},
};

impl World {
    /// What a server leaves behind that is killed right after the cloud has minted.
    async fn crash_in_a_mint(&self, visitor: &ChatVisitor) -> NewMint {
        let now = self.clock.load(Ordering::SeqCst);
        let (user, session) = (visitor.person.user_id, visitor.session.clone());
        let mint = NewMint { id: "crashed".into(), user, session, begun_at: now, until: now + 15 };
        assert_eq!(self.store.begin_mint(&mint).await.unwrap(), MintBegin::Begun);
        self.upstream.state().mint_elsewhere(user.uid().as_str());
        mint
    }
}

#[tokio::test]
async fn a_token_that_a_crash_left_unrecorded_is_found_and_revoked_and_no_other() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (visitor, other) = (world.log_in(&ada, "first").await, world.log_in(&ada, "other").await);
    let known = token_of(&world.chat, &other).await;
    let foreign = world.upstream.state().mint_elsewhere(ada.user_id.uid().as_str());
    world.pass(3600);
    world.crash_in_a_mint(&visitor).await;
    world.pass(14);
    world.work().await;
    assert_eq!(world.alive().len(), 3, "the mint may still be under way");
    world.pass(1);
    world.work().await;
    assert_eq!(world.alive(), [known.clone(), foreign.clone()]);
    assert_eq!(world.recorded("ended").await, 0, "a slow cloud may still come up with one");
    world.pass(75);
    world.work().await;
    assert_eq!(world.alive(), [known, foreign]);
    assert_eq!((world.recorded("minting").await, world.recorded("ended").await), (0, 1));
}

#[tokio::test]
async fn a_token_that_a_slow_cloud_makes_after_nobody_waits_any_more_is_found_too() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.chat.create_user(&ada).await.unwrap();
    let visitor = world.log_in(&ada, "first").await;
    let now = world.clock.load(Ordering::SeqCst);
    let (user, session) = (ada.user_id, visitor.session.clone());
    let mint = NewMint { id: "late".into(), user, session, begun_at: now, until: now + 15 };
    world.store.begin_mint(&mint).await.unwrap();
    world.store.doubt_mint("late").await.unwrap();
    world.work().await;
    world.pass(20);
    world.upstream.state().mint_elsewhere(user.uid().as_str());
    world.pass(60);
    world.work().await;
    assert!(world.alive().is_empty());
    assert_eq!(world.recorded("ended").await, 1);
}

#[tokio::test]
async fn a_token_that_is_recorded_while_it_is_looked_for_stays_to_be_revoked() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.chat.create_user(&visitor.person).await.unwrap();
    world.crash_in_a_mint(&visitor).await;
    world.pass(100);
    let now = world.clock.load(Ordering::SeqCst);
    let taken = world.store.take_ending_chat_tokens(Lease { now, until: now + 20, most: 8 }).await.unwrap();
    sqlx::query("UPDATE chat_tokens SET state = 'ending', digest = $1, sealed = $2, due_at = 0 WHERE id = 'crashed'")
        .bind("0123456789abcdef0123456789abcdef")
        .bind(vec![1_u8])
        .execute(world.store.writer())
        .await
        .unwrap();
    world.store.chat_token_ended(&taken[0], now).await.unwrap();
    assert_eq!((world.recorded("ending").await, world.recorded("ended").await), (1, 0));
}

#[tokio::test]
async fn a_session_whose_mint_a_crash_cut_short_gets_a_token_when_its_time_is_over() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.chat.create_user(&visitor.person).await.unwrap();
    world.crash_in_a_mint(&visitor).await;
    world.pass(30);
    let token = token_of(&world.another_server(), &visitor).await;
    world.work().await;
    assert_eq!(world.alive(), [token]);
}

#[tokio::test]
async fn while_another_mint_of_the_user_is_under_way_nothing_is_taken_for_lost() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.chat.create_user(&ada).await.unwrap();
    let (first, second) = (world.log_in(&ada, "first").await, world.log_in(&ada, "second").await);
    world.crash_in_a_mint(&first).await;
    world.pass(10);
    let now = BEGIN + 10;
    let mint = NewMint {
        id: "slow".into(),
        user: ada.user_id,
        session: second.session.clone(),
        begun_at: now,
        until: now + 30,
    };
    world.store.begin_mint(&mint).await.unwrap();
    world.pass(5);
    world.work().await;
    assert_eq!(world.alive().len(), 1);
    // The slow one is over too; whoever had to wait comes back within minutes.
    world.pass(20);
    world.work().await;
    world.pass(300);
    world.work().await;
    assert!(world.alive().is_empty());
}

#[tokio::test]
async fn a_token_whose_answer_was_lost_is_revoked_and_the_next_request_mints_another() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.upstream.state().losing_mints = Some((500, "ERR_EXCEPTION"));
    world.chat.credentials(&visitor, None).await.unwrap_err();
    assert_eq!(world.alive().len(), 1);
    world.upstream.state().losing_mints = None;
    let token = token_of(&world.chat, &visitor).await;
    world.work().await;
    assert_eq!(world.alive(), [token]);
}

#[tokio::test]
async fn a_mint_that_the_cloud_refused_leaves_nothing_behind() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.upstream.state().failing = Some((401, "AUTH_ERR_APIKEY_NOT_FOUND"));
    world.chat.credentials(&visitor, None).await.unwrap_err();
    let (rows,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM chat_tokens").fetch_one(world.store.readers()).await.unwrap();
    assert_eq!(rows, 0);
}
