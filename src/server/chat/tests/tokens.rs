//! Which token a session gets, and what it costs the cloud.

use tokio::task::JoinSet;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_concurrent_first_requests_mint_once() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let mut requests = JoinSet::new();
    for _ in 0..200 {
        let (chat, visitor) = (world.chat.clone(), visitor.clone());
        requests.spawn(async move { token_of(&chat, &visitor).await });
    }
    let mut tokens = requests.join_all().await;
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    let state = world.upstream.state();
    assert_eq!((state.created, state.minted), (1, 1));
    assert!(state.tokens.contains(&tokens[0]));
}

#[tokio::test]
async fn the_answer_names_user_app_and_region() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let credentials = world.chat.credentials(&visitor, None).await.unwrap();
    assert_eq!(credentials.uid, visitor.person.user_id.uid());
    assert_eq!((credentials.app_id.as_str(), credentials.region.as_str()), ("emuapp", "eu"));
}

#[tokio::test]
async fn a_token_comes_out_of_memory_then_out_of_the_database_and_the_cloud_is_not_asked() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let token = token_of(&world.chat, &visitor).await;
    let calls = world.upstream.calls().await;
    world.pass(299);
    assert_eq!(token_of(&world.chat, &visitor).await, token);
    world.pass(2);
    assert_eq!(token_of(&world.chat, &visitor).await, token);
    assert_eq!(token_of(&world.another_server(), &visitor).await, token);
    assert_eq!(world.upstream.calls().await, calls);
}

#[tokio::test]
async fn a_token_that_another_server_replaced_is_not_handed_out_of_memory() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let token = token_of(&world.chat, &visitor).await;
    // Another server replaces it.
    let rejected = TokenDigest::of(&token);
    let newer = world.another_server().credentials(&visitor, Some(&rejected)).await.unwrap().auth_token;
    assert_eq!(token_of(&world.chat, &visitor).await, newer);
}

#[tokio::test]
async fn every_session_has_a_token_of_its_own() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (phone, desk) = (world.log_in(&ada, "phone").await, world.log_in(&ada, "desk").await);
    assert_ne!(token_of(&world.chat, &phone).await, token_of(&world.chat, &desk).await);
    assert_eq!(world.upstream.state().tokens.len(), 2);
}

#[tokio::test]
async fn a_token_of_a_day_is_replaced_and_the_old_one_is_revoked() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let old = token_of(&world.chat, &visitor).await;
    world.pass(86_399);
    assert_eq!(token_of(&world.chat, &visitor).await, old);
    // Cached a second ago, and yet too old.
    world.pass(1);
    let new = token_of(&world.chat, &visitor).await;
    assert_ne!(new, old);
    // For a minute both are good: pages are still moving to the new one.
    world.pass(59);
    world.work().await;
    assert_eq!(world.alive().len(), 2);
    world.pass(1);
    world.work().await;
    assert_eq!(world.alive(), [new]);
}

#[tokio::test]
async fn a_rejected_token_is_not_handed_out_again_and_any_other_rejection_changes_nothing() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let dead = token_of(&world.chat, &visitor).await;
    world.upstream.state().tokens.clear();

    let other = TokenDigest::of("some older token");
    assert_eq!(world.chat.credentials(&visitor, Some(&other)).await.unwrap().auth_token, dead);

    let rejected = TokenDigest::of(&dead);
    let fresh = world.chat.credentials(&visitor, Some(&rejected)).await.unwrap().auth_token;
    assert_ne!(fresh, dead);
    // A second tab that found the same token dead gets the fresh one.
    assert_eq!(world.chat.credentials(&visitor, Some(&rejected)).await.unwrap().auth_token, fresh);
    assert_eq!(token_of(&world.chat, &visitor).await, fresh);
    assert_eq!(world.upstream.state().minted, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_tabs_that_find_the_same_token_dead_mint_once() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let dead = TokenDigest::of(&token_of(&world.chat, &visitor).await);
    let mut tabs = JoinSet::new();
    for tab in 0..20 {
        let (chat, visitor) = (world.chat.clone(), visitor.clone());
        let rejected = (tab % 2 == 0).then(|| dead.clone());
        tabs.spawn(async move { chat.credentials(&visitor, rejected.as_ref()).await.unwrap() });
    }
    tabs.join_all().await;
    assert_eq!(world.upstream.state().minted, 2);
    assert_eq!(world.recorded("live").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_requests_of_one_session_over_three_servers_mint_once() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.upstream.state().delay = Duration::from_millis(200);
    let servers = [world.chat.clone(), world.another_server(), world.another_server()];
    let mut requests = JoinSet::new();
    for server in servers.iter().cycle().take(200) {
        let (chat, visitor) = (server.clone(), visitor.clone());
        requests.spawn(async move { token_of(&chat, &visitor).await });
    }
    let mut tokens = requests.join_all().await;
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    assert_eq!(world.upstream.state().minted, 1);
    assert_eq!((world.recorded("live").await, world.recorded("minting").await), (1, 0));
}

#[tokio::test]
async fn the_eleventh_request_within_an_hour_is_refused_and_nothing_goes_upstream() {
    let world = World::with_limit(10).await;
    let visitor = world.visitor().await;
    for _ in 0..10 {
        token_of(&world.chat, &visitor).await;
        world.pass(60);
    }
    let calls = world.upstream.calls().await;
    let refused = world.chat.credentials(&visitor, None).await.unwrap_err();
    assert!(matches!(refused, ChatError::Limited { retry_after_seconds: 3000 }), "{refused:?}");
    assert_eq!(world.upstream.calls().await, calls);
    // What was refused did not count: the first slot is free when the first request is an hour old.
    world.pass(3000);
    token_of(&world.chat, &visitor).await;
}

#[tokio::test]
async fn a_dead_cloud_is_not_remembered() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    world.upstream.state().failing = Some((503, "ERR_EXCEPTION"));
    let error = world.chat.credentials(&visitor, None).await.unwrap_err();
    assert!(matches!(crate::api::ApiError::from(error), crate::api::ApiError::Unavailable { .. }));
    world.upstream.state().failing = None;
    token_of(&world.chat, &visitor).await;
}

#[tokio::test]
async fn a_known_session_gets_its_token_while_the_cloud_is_down() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let token = token_of(&world.chat, &visitor).await;
    world.upstream.state().failing = Some((500, "ERR_EXCEPTION"));
    assert_eq!(token_of(&world.chat, &visitor).await, token);
    assert_eq!(token_of(&world.another_server(), &visitor).await, token);
}

#[tokio::test]
async fn a_token_sealed_with_another_key_is_replaced() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let token = token_of(&world.chat, &visitor).await;
    let foreign = Sealer::new(&vec![9; 32].into(), None).unwrap();
    let row = world.store.live_chat_token(&visitor.session).await.unwrap().unwrap();
    let sealed = foreign.seal(&AuthToken::from(token.clone()), &row.row.id).unwrap();
    sqlx::query("UPDATE chat_tokens SET sealed = $1").bind(sealed).execute(world.store.writer()).await.unwrap();
    assert_ne!(token_of(&world.another_server(), &visitor).await, token);
}

/// What only SQLite has: left out where the tests run on PostgreSQL (`scripts/test.sh`).
mod on_sqlite {
    use super::*;

    #[tokio::test]
    async fn a_copy_of_the_database_holds_no_usable_token() {
        let world = World::new().await;
        let visitor = world.visitor().await;
        let token = token_of(&world.chat, &visitor).await;
        world.store.close().await;
        let secret = token.get(token.len() - 20..).unwrap();
        let mut read = 0;
        for entry in std::fs::read_dir(world.folder.path()).unwrap() {
            let content = std::fs::read(entry.unwrap().path()).unwrap();
            read += content.len();
            assert!(!content.windows(secret.len()).any(|window| window == secret.as_bytes()));
        }
        assert!(read > 10_000, "the database was there to be searched");
    }
}
