//! The round that compares the cloud's tokens with the ledger.

use super::*;
use crate::server::store::{
    chat_tokens::Lease,
    mints::{MintBegin, NewMint},
    sessions::Ending,
};

const DAY: i64 = 86_400;

impl World {
    /// All who are due.
    async fn compare(&self) {
        while self.chat.compare_some().await.unwrap() > 0 {}
    }

    /// A person with a live token, and a token of theirs that the ledger does not know.
    async fn with_a_stray_token(&self, name: &str) -> (ChatVisitor, String, String) {
        let visitor = self.log_in(&self.person(name).await, name).await;
        let known = token_of(&self.chat, &visitor).await;
        let stray = self.upstream.state().mint_elsewhere(visitor.person.user_id.uid().as_str());
        (visitor, known, stray)
    }
}

#[tokio::test]
async fn within_a_day_a_token_ends_that_the_ledger_does_not_know_and_those_it_knows_stay() {
    let world = World::new().await;
    let (_, known, stray) = world.with_a_stray_token("ada").await;
    world.compare().await;
    assert_eq!(world.alive(), [known.clone(), stray], "a new user is not due at once");
    world.pass(DAY);
    world.compare().await;
    assert_eq!(world.alive(), [known]);
    assert_eq!(world.recorded("live").await, 1);
}

#[tokio::test]
async fn the_round_goes_on_day_after_day_and_asks_the_cloud_once_for_each_user() {
    let world = World::new().await;
    for name in ["ada", "bob", "eve"] {
        world.with_a_stray_token(name).await;
    }
    for day in 1..=3 {
        world.pass(DAY);
        world.compare().await;
        world.compare().await;
        assert_eq!(world.upstream.state().lists, 3 * day);
    }
}

#[tokio::test]
async fn beside_another_back_end_only_those_end_that_are_known_to_have_ended() {
    let world = World::new().await;
    let (visitor, ours, foreign) = world.with_a_stray_token("ada").await;
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    world.work().await;
    world.upstream.state().revive(&ours);
    world.pass(DAY);
    let server = world.server_beside_another_back_end();
    while server.compare_some().await.unwrap() > 0 {}
    assert_eq!(world.alive(), [foreign]);
}

/// The owner deactivates somebody in the dashboard, and activates them again later.
#[tokio::test]
async fn a_token_that_could_not_be_found_when_it_was_to_be_revoked_ends_once_the_user_is_back() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let token = token_of(&world.chat, &visitor).await;
    let deactivate = |is| world.upstream.state().users.get_mut("user_1").unwrap().deactivated = is;
    deactivate(true);
    world.sessions().end(&Ending::One(visitor.session)).await.unwrap();
    world.work().await;
    assert_eq!(world.recorded("ended").await, 1);
    world.pass(DAY);
    world.compare().await;
    deactivate(false);
    assert_eq!(world.alive(), [token]);
    // Whoever was not found is looked for every hour.
    world.pass(3600);
    world.compare().await;
    assert!(world.alive().is_empty());
}

#[tokio::test]
async fn while_a_mint_is_under_way_nothing_is_taken_for_a_stranger() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.chat.create_user(&ada).await.unwrap();
    let visitor = world.log_in(&ada, "first").await;
    world.pass(DAY);
    let now = BEGIN + DAY;
    let mint = NewMint {
        id: "under way".into(),
        user: ada.user_id,
        session: visitor.session.clone(),
        begun_at: now,
        until: now + 15,
    };
    assert_eq!(world.store.begin_mint(&mint).await.unwrap(), MintBegin::Begun);
    let token = world.upstream.state().mint_elsewhere("user_1");
    world.compare().await;
    assert_eq!(world.alive(), [token]);
    assert_eq!(world.upstream.state().lists, 1);
    // It never came to its end.
    world.pass(1000);
    world.work().await;
    world.compare().await;
    assert!(world.alive().is_empty());
}

#[tokio::test]
async fn whom_a_killed_server_was_comparing_another_one_compares_when_the_lease_is_over() {
    let world = World::new().await;
    let (_, known, _) = world.with_a_stray_token("ada").await;
    world.pass(DAY);
    let now = BEGIN + DAY;
    let taken = world.store.take_comparisons(Lease { now, until: now + 600, most: 4 }).await.unwrap();
    assert_eq!(taken.len(), 1);
    let another = world.another_server();
    world.pass(599);
    assert_eq!(another.compare_some().await.unwrap(), 0);
    world.pass(1);
    assert_eq!(another.compare_some().await.unwrap(), 1);
    assert_eq!(world.alive(), [known]);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_servers_share_a_round_and_take_four_users_each_at_a_time() {
    let world = World::new().await;
    for number in 0..12 {
        world.with_a_stray_token(&format!("person {number}")).await;
    }
    world.pass(DAY);
    let (one, two) = (world.another_server(), world.another_server());
    let (first, second, third) = tokio::join!(world.chat.compare_some(), one.compare_some(), two.compare_some());
    for taken in [first, second, third] {
        assert!(taken.unwrap() <= 4);
    }
    world.compare().await;
    assert_eq!(world.upstream.state().lists, 12);
    assert_eq!(world.alive().len(), 12);
}

#[tokio::test]
async fn a_cloud_that_is_down_is_left_alone_for_a_while_and_nobody_is_forgotten() {
    let world = World::new().await;
    let (_, known, _) = world.with_a_stray_token("ada").await;
    world.pass(DAY);
    world.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    world.chat.compare_some().await.unwrap_err();
    let calls = world.upstream.calls().await;
    world.pass(299);
    assert_eq!(world.chat.compare_some().await.unwrap(), 0);
    assert_eq!(world.upstream.calls().await, calls);
    world.upstream.state().failing = None;
    world.pass(1);
    world.compare().await;
    assert_eq!(world.alive(), [known]);
}

#[tokio::test]
async fn a_server_that_starts_compares_whoever_had_a_token_lately_but_not_twice_in_an_hour() {
    let world = World::new().await;
    let (_, known, _) = world.with_a_stray_token("ada").await;
    let bob = world.person("bob").await;
    world.chat.create_user(&bob).await.unwrap();
    world.pass(3600);
    world.chat.demand_recent_comparisons().await.unwrap();
    world.compare().await;
    assert_eq!(world.alive(), [known]);
    assert_eq!(world.upstream.state().lists, 1, "who never had a token has time");
    world.another_server().demand_recent_comparisons().await.unwrap();
    world.compare().await;
    assert_eq!(world.upstream.state().lists, 1);
}

#[tokio::test]
async fn the_background_compares_by_itself() {
    let world = World::new().await;
    let (_, known, _) = world.with_a_stray_token("ada").await;
    world.pass(DAY);
    let background = tokio::spawn(world.chat.clone().compare());
    eventually("the stray token has ended", async || world.alive() == std::slice::from_ref(&known)).await;
    background.abort();
}

/// The server died after the creation and before it saw that the account had been deleted meanwhile.
#[tokio::test]
async fn a_chat_user_that_came_behind_the_deletion_of_the_account_is_removed_by_the_next_round() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.chat.create_user(&ada).await.unwrap();
    sqlx::query("DELETE FROM users").execute(world.store.writer()).await.unwrap();
    world.pass(DAY);
    world.compare().await;
    world.work().await;
    assert!(world.upstream.state().users["user_1"].deactivated);
}
