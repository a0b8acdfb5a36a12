//! Lists: everything once, in order, whatever the page size; and tokens that nobody can make.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::testing::{TestApp, TestMember};
use serde_json::{Value, json};

use crate::support::{QUESTS, crowd, draft, with};

const MINE: &str = "/api/v1/users/me/quests";

/// All quests of a list, page by page. Fails where a page has more than asked for, or one follows that is not there.
async fn all(app: &TestApp, member: &TestMember, path: &str, limit: usize) -> Vec<Value> {
    let (mut quests, mut token) = (Vec::new(), String::new());
    for _ in 0..200 {
        let reply = with(app, member)
            .list(&format!("{path}limit={limit}{token}"))
            .await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let body = reply.json();
        let items = body["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        quests.extend(items.iter().cloned());
        match body.get("nextPageToken") {
            Some(next) => token = format!("&pageToken={}", next.as_str().unwrap()),
            None => return quests,
        }
    }
    panic!("the list has no end");
}

fn ids(quests: &[Value]) -> Vec<&str> {
    quests
        .iter()
        .map(|quest| quest["questId"].as_str().unwrap())
        .collect()
}

/// That a list is newest first, ties by id, and has nothing twice.
fn sorted(quests: &[Value]) {
    let key = |quest: &Value| {
        let time: DateTime<Utc> = quest["createdAt"].as_str().unwrap().parse().unwrap();
        (time, quest["questId"].as_str().unwrap().to_owned())
    };
    let keys: Vec<_> = quests.iter().map(key).collect();
    assert!(keys.windows(2).all(|pair| pair[0] > pair[1]), "{keys:?}");
}

#[tokio::test]
async fn over_a_hundred_quests_page_by_page_with_ties() {
    let app = TestApp::setup().shards(3).start().await;
    let members = crowd(&app, "member", 13).await;
    let mut posted = Vec::new();
    for round in 0..10 {
        for member in &members {
            posted.push(with(&app, member).quest().await);
        }
        // Half of them share a time.
        if round % 2 == 0 {
            app.advance(TimeDelta::milliseconds(1));
        }
    }
    let reader = &members[0];
    let everything = all(&app, reader, &format!("{QUESTS}?"), 100).await;
    sorted(&everything);
    assert_eq!(
        ids(&everything).into_iter().collect::<BTreeSet<_>>().len(),
        130
    );
    for limit in [1, 7, 13, 20, 65, 99] {
        assert_eq!(
            all(&app, reader, &format!("{QUESTS}?"), limit).await,
            everything,
            "{limit}"
        );
    }

    // Some of them move on, and each list has what belongs into it.
    for quest in posted.iter().step_by(4) {
        let taker = members.iter().find(|m| {
            let creator = everything
                .iter()
                .find(|q| q["questId"] == quest.as_str())
                .unwrap();
            creator["creatorId"] != m.id.to_string()
        });
        with(&app, taker.unwrap()).does(quest, "claim").await;
    }
    let open = all(&app, reader, &format!("{QUESTS}?status=OPEN&"), 9).await;
    let claimed = all(&app, reader, &format!("{QUESTS}?status=CLAIMED&"), 9).await;
    let none = all(&app, reader, &format!("{QUESTS}?status=DISPUTED&"), 9).await;
    assert_eq!((open.len(), claimed.len(), none.len()), (130 - 33, 33, 0));
    sorted(&open);
    sorted(&claimed);
    assert!(claimed.iter().all(|quest| quest["status"] == "CLAIMED"));
    let both = all(&app, reader, &format!("{QUESTS}?"), 50).await;
    assert_eq!(ids(&both), ids(&everything));

    let mut performed = 0;
    for member in &members {
        let mine = all(&app, member, &format!("{MINE}?role=creator&"), 3).await;
        sorted(&mine);
        assert_eq!(mine.len(), 10);
        assert!(
            mine.iter()
                .all(|quest| quest["creatorId"] == member.id.to_string())
        );
        let taken = all(&app, member, &format!("{MINE}?role=performer&"), 4).await;
        sorted(&taken);
        assert!(
            taken
                .iter()
                .all(|quest| quest["performerId"] == member.id.to_string())
        );
        performed += taken.len();
    }
    assert_eq!(performed, 33);
}

#[tokio::test]
async fn searches_find_text_in_any_case_and_form() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let player = with(&app, &ada);
    for (title, description) in [
        (
            "Café aufräumen",
            "Tische <b>ab</b>wischen, und dann den Boden.",
        ),
        (
            "Plant an OAK tree",
            "Behind the shed, where the old one stood.",
        ),
        (
            "Paint the shed",
            "Green &amp; white, two coats of it please.",
        ),
    ] {
        player
            .posted(&json!({"title": title, "description": description}))
            .await;
    }
    let titles = async |search: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("search", search);
        let found = all(&app, &ada, &format!("{QUESTS}?{}&", query.finish()), 2).await;
        found
            .iter()
            .map(|q| q["title"].as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>()
    };
    for (search, expected) in [
        ("CAFE\u{301}", &["Café aufräumen"][..]),
        ("  abwischen ", &["Café aufräumen"]),
        ("shed", &["Paint the shed", "Plant an OAK tree"]),
        ("oak", &["Plant an OAK tree"]),
        ("green & WHITE", &["Paint the shed"]),
        ("<b>", &[]),
        ("amp;", &[]),
        ("%", &[]),
        (
            " ",
            &["Café aufräumen", "Paint the shed", "Plant an OAK tree"],
        ),
    ] {
        let expected: BTreeSet<_> = expected.iter().map(|title| (*title).to_owned()).collect();
        assert_eq!(titles(search).await, expected, "{search}");
    }
    let long = "x".repeat(101);
    for query in [
        format!("search={long}"),
        "search=".to_owned(),
        "status=open".to_owned(),
        "limit=0".to_owned(),
        "limit=101".to_owned(),
    ] {
        let reply = player.list(&format!("{QUESTS}?{query}")).await;
        assert_eq!(
            reply.problem(),
            (400, "invalid_request".to_owned()),
            "{query}"
        );
    }
    assert_eq!(player.list(MINE).await.status, 400, "a role is required");
}

#[tokio::test]
async fn a_search_in_vain_ends_and_one_that_finds_little_goes_on() {
    let app = TestApp::new().await;
    let members = crowd(&app, "member", 3).await;
    for member in &members {
        for n in 0..10 {
            with(&app, member)
                .posted(&draft(&format!("Quest {n} of many")))
                .await;
        }
    }
    let needle = with(&app, &members[0])
        .list(&format!("{QUESTS}?search=nowhere"))
        .await;
    assert_eq!(needle.json(), json!({"items": []}));
    let found = all(&app, &members[0], &format!("{QUESTS}?search=quest%203&"), 2).await;
    assert_eq!(found.len(), 3);
}

#[tokio::test]
async fn tokens_that_were_altered_or_are_of_another_list_are_refused() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let player = with(&app, &ada);
    for _ in 0..5 {
        player.quest().await;
    }
    let token = async |path: &str| {
        player.list(path).await.json()["nextPageToken"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let open = token(&format!("{QUESTS}?status=OPEN&limit=2")).await;
    let search = token(&format!("{QUESTS}?search=chairs&limit=2")).await;
    let mine = token(&format!("{MINE}?role=creator&limit=2")).await;
    let refused = (400, "invalid_page_token".to_owned());
    for path in [
        format!("{QUESTS}?pageToken={open}"),
        format!("{QUESTS}?status=CLAIMED&pageToken={open}"),
        format!("{QUESTS}?status=OPEN&search=chairs&pageToken={open}"),
        format!("{QUESTS}?status=OPEN&pageToken={search}"),
        format!("{QUESTS}?search=tables&pageToken={search}"),
        format!("{QUESTS}?pageToken={mine}"),
        format!("{MINE}?role=performer&pageToken={mine}"),
        format!("{MINE}?role=creator&pageToken={open}"),
        format!("{QUESTS}?status=OPEN&pageToken=x"),
        format!("{QUESTS}?status=OPEN&pageToken={}", "A".repeat(1024)),
        format!("{QUESTS}?status=OPEN&pageToken={open}A"),
    ] {
        assert_eq!(player.list(&path).await.problem(), refused, "{path}");
    }
    for at in (0..open.len()).step_by(7) {
        let mut altered = open.clone().into_bytes();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        let reply = player
            .list(&format!("{QUESTS}?status=OPEN&pageToken={altered}"))
            .await;
        assert_eq!(reply.problem(), refused, "{at}");
    }
    // The page's size may change, and so may the case and form of what is searched for.
    for path in [
        format!("{QUESTS}?status=OPEN&limit=5&pageToken={open}"),
        format!("{QUESTS}?search=%20CHAIRS&pageToken={search}"),
    ] {
        assert_eq!(
            player.list(&path).await.json()["items"]
                .as_array()
                .unwrap()
                .len(),
            3,
            "{path}"
        );
    }
}
