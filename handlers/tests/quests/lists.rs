//! Lists: everything once, in order, whatever the page size; and tokens that nobody can make.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::quests;
use civicforge_handlers::quests::item::Quest;
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_kernel::searches::Searches;
use civicforge_kernel::table::cursor::TokenContext;
use civicforge_kernel::table::{Shards, Write};
use civicforge_testing::{TestApp, TestMember};
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{DESCRIPTION, QUESTS, crowd, draft, with};

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

/// Put quests that somebody has posted, without the points that it would take. Newest last.
async fn put(app: &TestApp, count: usize) -> Vec<Quest> {
    let mut quests = Vec::new();
    for n in 0..count {
        let created = app.clock.now() + TimeDelta::milliseconds(i64::try_from(n).unwrap());
        let quest = Quest {
            quest_id: Uuid::now_v7(),
            title: format!("Number {n} of many"),
            description: DESCRIPTION.to_owned(),
            status: QuestStatus::Open,
            creator_id: Uuid::now_v7(),
            performer_id: None,
            reward_xp: 0,
            reward_reputation: 0,
            attestations: Vec::new(),
            submission_text: None,
            dispute_reason: None,
            resolution: None,
            created_at: created,
            claimed_at: None,
            submitted_at: None,
            completed_at: None,
            expires_at: None,
            updated_at: created,
            version: 1,
        };
        let item = quest.item(Shards::ONE).unwrap();
        app.app.table.write(Write::create(item)).await.unwrap();
        quests.push(quest);
    }
    quests
}

#[tokio::test]
async fn a_search_looks_at_two_hundred_quests_for_a_page_and_goes_on_from_there() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let quests = put(&app, 450).await;
    let path = format!("{QUESTS}?search=number%2010%20of&limit=100");
    let (mut pages, mut found, mut token) = (0, Vec::new(), String::new());
    loop {
        let reply = with(&app, &ada).list(&format!("{path}{token}")).await;
        let body = reply.json();
        found.extend(body["items"].as_array().unwrap().clone());
        pages += 1;
        match body.get("nextPageToken") {
            Some(next) => token = format!("&pageToken={}", next.as_str().unwrap()),
            None => break,
        }
    }
    assert_eq!(pages, 3);
    assert_eq!(ids(&found), [quests[10].quest_id.to_string()]);
}

#[tokio::test]
async fn searches_wait_for_their_turn_a_moment_and_hold_up_nothing_else() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    with(&app, &ada).quest().await;
    let search = format!("{QUESTS}?search=chairs");
    let mut turns = Vec::new();
    for _ in 0..Searches::AT_ONCE {
        turns.push(app.app.quests.searches.permit().await.unwrap());
    }
    let refused = with(&app, &ada).list(&search).await;
    assert_eq!(refused.problem(), (503, "service_unavailable".to_owned()));
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(with(&app, &ada).list(QUESTS).await.status, 200);

    // One that waits has the turn of one that ends.
    let player = with(&app, &ada);
    let (answered, ()) = tokio::join!(player.list(&search), async {
        tokio::task::yield_now().await;
        turns.pop();
    });
    assert_eq!(answered.status, 200, "{answered:?}");
    assert_eq!(answered.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_damaged_quest_does_not_hide_the_others_of_a_list() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let mut quests = Vec::new();
    for _ in 0..3 {
        let quest = with(&app, &ada).quest().await;
        with(&app, &bob).does(&quest, "claim").await;
        quests.push(quest);
        app.advance(TimeDelta::seconds(1));
    }
    let damaged = quests.remove(1);
    let key = quests::keys::key(damaged.parse().unwrap());
    let write = Write::update(key).remove("description").set("title", 5);
    app.app.table.write(write).await.unwrap();
    quests.reverse();
    for (member, path) in [
        (&ada, format!("{QUESTS}?")),
        (&ada, format!("{QUESTS}?status=CLAIMED&")),
        (&ada, format!("{QUESTS}?search=chairs&")),
        (&ada, format!("{MINE}?role=creator&")),
        (&bob, format!("{MINE}?role=performer&")),
    ] {
        for limit in [1, 20] {
            let found = all(&app, member, &path, limit).await;
            assert_eq!(ids(&found), quests, "{path}");
        }
    }
}

/// Tokens live in clients for as long as those like, so what one holds must not change, or its version must.
#[tokio::test]
async fn page_tokens_of_earlier_versions_still_work() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let older = with(&app, &ada).quest().await;
    app.advance(TimeDelta::seconds(1));
    let newer = with(&app, &ada).quest().await;
    let at = app
        .clock
        .now()
        .to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let quest = format!("QUEST#{newer}");
    let principal = ada.id.to_string();
    for (path, operation, filters, index_key) in [
        (
            format!("{QUESTS}?"),
            "listQuests",
            [("status", ""), ("search", "")].as_slice(),
            format!("{at}#{newer}"),
        ),
        (
            format!("{MINE}?role=creator&"),
            "listMyQuests",
            &[("role", "creator")],
            format!("QUEST#{at}#{newer}"),
        ),
    ] {
        let position = json!({"p": quest, "k": quest, "i": index_key});
        let position = serde_json::from_value(position).unwrap();
        let binding = TokenContext {
            operation,
            principal: &principal,
            filters,
        };
        let keys = app.app.keys.now();
        let tokens = keys.page_tokens().unwrap();
        let token = tokens.sign(&position, &binding).unwrap();
        let path = format!("{path}pageToken={token}");
        let body = with(&app, &ada).list(&path).await.json();
        assert_eq!(
            ids(body["items"].as_array().unwrap()),
            [older.as_str()],
            "{body}"
        );
    }
}
