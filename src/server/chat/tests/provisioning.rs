//! What the cloud is told of a person, and when.

use super::*;
use crate::server::store::sessions::Ending;

#[tokio::test]
async fn a_user_is_created_once_and_the_answer_says_so() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    assert!(world.chat.create_user(&ada).await.unwrap().created);
    assert!(!world.chat.create_user(&ada).await.unwrap().created);
    assert!(!world.another_server().create_user(&ada).await.unwrap().created);
    assert_eq!(world.upstream.calls().await, 1);
}

#[tokio::test]
async fn a_user_that_exists_already_is_no_error_and_gets_todays_name() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let stranger = upstream::CloudUser { name: "old".into(), ..Default::default() };
    world.upstream.state().users.insert(ada.user_id.uid().to_string(), stranger);
    assert!(!world.chat.create_user(&ada).await.unwrap().created);
    assert_eq!(world.upstream.state().users[ada.user_id.uid().as_str()].name, "ada");
}

#[tokio::test]
async fn a_deactivated_user_is_reactivated_on_the_way_to_a_token() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let deactivated = upstream::CloudUser { name: "ada".into(), deactivated: true, avatar: None };
    world.upstream.state().users.insert(ada.user_id.uid().to_string(), deactivated);
    let visitor = world.log_in(&ada, "first").await;
    token_of(&world.chat, &visitor).await;
    assert!(!world.upstream.state().users[ada.user_id.uid().as_str()].deactivated);
}

#[tokio::test]
async fn a_user_deactivated_or_deleted_after_we_provisioned_it_comes_back_with_the_next_mint() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let uid = ada.user_id.uid().to_string();
    let first = world.log_in(&ada, "first").await;
    token_of(&world.chat, &first).await;

    world.upstream.state().users.get_mut(&uid).unwrap().deactivated = true;
    let second = world.log_in(&ada, "second").await;
    token_of(&world.chat, &second).await;
    assert!(!world.upstream.state().users[&uid].deactivated);

    world.upstream.state().users.clear();
    let third = world.log_in(&ada, "third").await;
    token_of(&world.chat, &third).await;
    assert!(world.upstream.state().users.contains_key(&uid));
}

#[tokio::test]
async fn with_a_reactivated_user_no_token_comes_back_and_every_session_gets_another() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (here, there) = (world.log_in(&ada, "here").await, world.log_in(&ada, "there").await);
    let old = token_of(&world.chat, &here).await;
    let ended = token_of(&world.chat, &there).await;
    world.upstream.state().users.get_mut("user_1").unwrap().deactivated = true;
    world.sessions().end(&Ending::One(there.session)).await.unwrap();
    world.work().await;
    assert_eq!(world.alive(), [old.clone(), ended], "the cloud finds no token of a deactivated user");

    let third = token_of(&world.chat, &world.log_in(&ada, "third").await).await;
    assert_eq!(world.alive(), std::slice::from_ref(&third));
    let another = token_of(&world.chat, &here).await;
    assert_eq!(world.alive(), [third, another]);
}

#[tokio::test]
async fn a_reactivation_that_breaks_off_leaves_its_tokens_to_the_comparison() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let first = world.log_in(&ada, "first").await;
    token_of(&world.chat, &first).await;
    world.upstream.state().users.get_mut("user_1").unwrap().deactivated = true;
    world.sessions().end(&Ending::One(first.session)).await.unwrap();
    world.work().await;
    world.upstream.state().failing_after_reactivation = Some((500, "ERR_EXCEPTION"));
    let second = world.log_in(&ada, "second").await;
    world.chat.credentials(&second, None).await.unwrap_err();
    assert_eq!(world.alive().len(), 1);
    world.upstream.state().failing = None;
    world.chat.compare_some().await.unwrap();
    assert!(world.alive().is_empty());
}

#[tokio::test]
async fn a_changed_name_and_avatar_are_followed_even_for_a_cached_token() {
    let world = World::new().await;
    let mut visitor = world.visitor().await;
    let uid = visitor.person.user_id.uid().to_string();
    token_of(&world.chat, &visitor).await;
    visitor.person = world.rename(&visitor.person, "Ada L.", Some("https://example.com/ada.png")).await;
    token_of(&world.chat, &visitor).await;
    eventually("the new name is in the cloud", async || world.upstream.state().users[&uid].name == "Ada L.").await;
    assert_eq!(world.upstream.state().users[&uid].avatar.as_deref(), Some("https://example.com/ada.png"));

    visitor.person = world.rename(&visitor.person, "Ada L.", None).await;
    world.chat.create_user(&visitor.person).await.unwrap();
    assert_eq!(world.upstream.state().users[&uid].avatar, None);
    assert_eq!(world.upstream.state().minted, 1);
}

#[tokio::test]
async fn a_name_changed_back_is_followed_too() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    for name in ["ada", "bee", "ada"] {
        let ada = world.rename(&ada, name, None).await;
        world.chat.create_user(&ada).await.unwrap();
        assert_eq!(world.upstream.state().users[ada.user_id.uid().as_str()].name, name);
    }
}

#[tokio::test]
async fn whoever_comes_with_yesterdays_name_brings_todays_to_the_cloud() {
    let world = World::new().await;
    let yesterdays = world.person("ada").await;
    let todays = world.rename(&yesterdays, "Ada L.", None).await;
    world.chat.create_user(&todays).await.unwrap();
    world.chat.create_user(&yesterdays).await.unwrap();
    assert_eq!(world.upstream.state().users[todays.user_id.uid().as_str()].name, "Ada L.");
}

#[tokio::test]
async fn an_avatar_that_the_cloud_refuses_is_left_out() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let ada = world.rename(&ada, "ada", Some("https://refused.example/ada.png")).await;
    assert!(world.chat.create_user(&ada).await.unwrap().created);
    assert_eq!(world.upstream.state().users[ada.user_id.uid().as_str()].avatar, None);
}

#[tokio::test]
async fn a_known_user_whose_new_name_cannot_be_brought_over_keeps_the_chat() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    token_of(&world.chat, &visitor).await;
    world.rename(&visitor.person, "Ada L.", None).await;
    world.upstream.state().failing = Some((500, "ERR_EXCEPTION"));
    assert!(!world.chat.create_user(&visitor.person).await.unwrap().created);
    world.upstream.state().failing = None;
    world.chat.create_user(&visitor.person).await.unwrap();
    assert_eq!(world.upstream.state().users[visitor.person.user_id.uid().as_str()].name, "Ada L.");
}

#[tokio::test]
async fn registration_goes_on_without_the_cloud_and_the_token_road_makes_up_for_it() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.upstream.state().failing = Some((500, "ERR_EXCEPTION"));
    world.chat.create_user_in_background(ada.clone());
    eventually("the attempts were made", async || world.upstream.calls().await == 3).await;
    world.upstream.state().failing = None;
    let visitor = world.log_in(&ada, "first").await;
    token_of(&world.chat, &visitor).await;
    assert_eq!(world.upstream.state().created, 1);
}
