//! Streams over pages.

use civicforge_client::types::QuestStatus;
use civicforge_client::{Error, types};
use futures::{StreamExt, TryStreamExt};

use crate::peer::{Answer, Peer, page};

fn titles(quests: Vec<types::Quest>) -> Vec<String> {
    quests.into_iter().map(|quest| quest.title).collect()
}

/// Three pages, the second of them empty.
async fn three_pages() -> Peer {
    Peer::start(|seen, _| {
        let answer = if seen.target.contains("pageToken=second") {
            page(&[], Some("third&more"))
        } else if seen.target.contains("pageToken=third%26more") {
            page(&["Three", "Four"], None)
        } else {
            page(&["One", "Two"], Some("second"))
        };
        Answer::json(200, &answer)
    })
    .await
}

#[tokio::test]
async fn a_stream_has_the_items_of_all_pages_in_order() {
    let peer = three_pages().await;
    let client = peer.member();
    let quests = client
        .list_quests()
        .status(QuestStatus::Open)
        .search("a garden")
        .limit(2)
        .stream();
    let quests: Vec<_> = quests.try_collect().await.unwrap();
    assert_eq!(titles(quests), ["One", "Two", "Three", "Four"]);
    let targets: Vec<String> = peer.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(
        targets,
        [
            "/api/v1/quests?limit=2&search=a+garden&status=OPEN",
            "/api/v1/quests?limit=2&pageToken=second&search=a+garden&status=OPEN",
            "/api/v1/quests?limit=2&pageToken=third%26more&search=a+garden&status=OPEN",
        ]
    );
}

#[tokio::test]
async fn a_page_is_asked_for_when_it_is_needed() {
    let peer = three_pages().await;
    let client = peer.member();
    let mut quests = client.list_quests().stream();
    assert_eq!(peer.seen().len(), 0);
    quests.next().await.unwrap().unwrap();
    quests.next().await.unwrap().unwrap();
    assert_eq!(peer.seen().len(), 1);
    quests.next().await.unwrap().unwrap();
    assert_eq!(peer.seen().len(), 3);
}

#[tokio::test]
async fn a_stream_can_start_in_the_middle() {
    let peer = three_pages().await;
    let client = peer.member();
    let quests = client.list_quests().page_token("second").stream();
    let quests: Vec<_> = quests.try_collect().await.unwrap();
    assert_eq!(titles(quests), ["Three", "Four"]);
}

#[tokio::test]
async fn a_stream_ends_after_an_error() {
    let peer = Peer::start(|_, before| match before {
        0 => Answer::json(200, &page(&["One"], Some("second"))),
        _ => Answer::problem(400, "invalid_page_token"),
    })
    .await;
    let client = peer.member();
    let quests: Vec<_> = client
        .list_my_quests()
        .role(types::QuestRole::Creator)
        .stream()
        .collect()
        .await;
    assert_eq!(quests.len(), 2);
    assert!(quests[0].is_ok());
    let code = quests[1].as_ref().unwrap_err().code();
    assert_eq!(code, Some(&types::ProblemCode::InvalidPageToken));
}

#[tokio::test]
async fn a_server_that_sends_in_circles_is_noticed() {
    let peer = Peer::start(|_, _| Answer::json(200, &page(&["One"], Some("again")))).await;
    let client = peer.member();
    let quests: Vec<_> = client.list_quests().stream().take(10).collect().await;
    assert_eq!(quests.len(), 2);
    assert!(matches!(quests[1], Err(Error::InvalidAnswer { .. })));
    assert_eq!(peer.seen().len(), 2);
}

/// Calls and streams can be used in tasks.
#[tokio::test]
async fn calls_and_streams_are_send() {
    let peer = three_pages().await;
    let client = peer.member();
    let task = tokio::spawn(async move {
        let quests: Vec<_> = client.list_quests().stream().try_collect().await.unwrap();
        quests.len() + client.list_quests().send().await.unwrap().items.len()
    });
    assert_eq!(task.await.unwrap(), 6);
}
