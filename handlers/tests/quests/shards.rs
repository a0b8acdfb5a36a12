//! Raising the number of shards while members work: no list misses a quest at any moment.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use civicforge_handlers::quests;
use civicforge_kernel::table::Freshness;
use civicforge_kernel::table::shards::{Progress, raise};
use civicforge_kernel::table::{Index, Query, Shards, Table};
use civicforge_testing::{TestApp, TestMember, memory};
use serde_json::json;
use tokio::task::JoinHandle;

use super::audit::audit;
use super::support::{QUESTS, crowd, draft, expire_quests, with};

/// How old the readers' copies of the number become here. The writers' are much younger, so that a raise that does not wait
/// for the readers is seen.
const BOUND: Duration = Duration::from_millis(1500);
/// The bound, and what lists may take on a busy machine.
const SETTLE: Duration = Duration::from_secs(4);

/// A server on a table, with a copy of its own that becomes so old.
async fn server(table: &Table, bound: Duration) -> TestApp {
    let freshness = Freshness {
        bound,
        refresh_after: bound,
    };
    TestApp::setup()
        .table(table.clone())
        .freshness(freshness)
        .start()
        .await
}

/// The ids in a whole list, page by page.
async fn list(app: &TestApp, member: &TestMember, query: &str) -> BTreeSet<String> {
    let (mut ids, mut token) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("{QUESTS}?limit=100&{query}{token}");
        let reply = with(app, member).list(&path).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let body = reply.json();
        for quest in body["items"].as_array().unwrap() {
            let id = quest["questId"].as_str().unwrap().to_owned();
            assert!(ids.insert(id), "twice in one list: {quest}");
        }
        match body.get("nextPageToken") {
            Some(next) => token = format!("&pageToken={}", next.as_str().unwrap()),
            None => return ids,
        }
    }
}

/// The ids of what follows a page.
async fn list_from(app: &TestApp, member: &TestMember, token: &str) -> BTreeSet<String> {
    let path = format!("{QUESTS}?limit=100&pageToken={token}");
    let reply = with(app, member).list(&path).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let body = reply.json();
    assert!(body.get("nextPageToken").is_none(), "{body}");
    let items = body["items"].as_array().unwrap();
    let ids = items.iter().map(|one| one["questId"].as_str().unwrap());
    ids.map(str::to_owned).collect()
}

/// In how many shards the quests of a status are.
async fn spread(table: &Table, status: &str) -> usize {
    let mut used = 0;
    for partition in quests::keys::feed(status, Shards::new(64)) {
        let query = Query::new(Index::Gsi2, &partition).limit(1);
        let page = table.query(&query).await.unwrap();
        used += usize::from(!page.items.is_empty());
    }
    used
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_list_misses_a_quest_while_the_number_is_raised() {
    const WRITERS: usize = 8;
    let table = memory().await;
    let first = server(&table, BOUND).await;
    let members = crowd(&first, "member", WRITERS * 2).await;
    let done = Arc::new(AtomicBool::new(false));
    // Quests that nobody changes any more, by the status that they stay in.
    let settled: Arc<Mutex<Vec<(&'static str, String)>>> = Arc::default();
    let lists = Arc::new(AtomicUsize::new(0));
    let mut tasks = Vec::new();
    for pair in members.chunks(2) {
        let app = server(&table, Duration::from_millis(20)).await;
        let (mut creator, mut performer) = (pair[0].clone(), pair[1].clone());
        let (done, settled) = (done.clone(), settled.clone());
        tasks.push(tokio::spawn(async move {
            let mut count = 0;
            while !done.load(Ordering::SeqCst) {
                // A completed quest pays its performer the point that the next one costs.
                std::mem::swap(&mut creator, &mut performer);
                let quest = with(&app, &creator).quest().await;
                let open = list(&app, &performer, "status=OPEN").await;
                assert!(open.contains(&quest), "its own list misses a new quest");
                count += 1;
                if count % 4 == 0 && count < 24 {
                    settled.lock().unwrap().push(("OPEN", quest));
                    continue;
                }
                with(&app, &performer).does(&quest, "claim").await;
                let claimed = list(&app, &creator, "status=CLAIMED").await;
                assert!(claimed.contains(&quest), "its own list misses a claim");
                with(&app, &performer).does(&quest, "submit").await;
                with(&app, &creator).does(&quest, "attest").await;
                with(&app, &performer).does(&quest, "attest").await;
                settled.lock().unwrap().push(("COMPLETE", quest));
            }
        }));
    }
    for member in &members[..4] {
        let app = server(&table, BOUND).await;
        let member = member.clone();
        let (done, settled, lists) = (done.clone(), settled.clone(), lists.clone());
        tasks.push(tokio::spawn(async move {
            while !done.load(Ordering::SeqCst) {
                let expected = settled.lock().unwrap().clone();
                for status in ["OPEN", "COMPLETE"] {
                    let found = list(&app, &member, &format!("status={status}")).await;
                    for (_, quest) in expected.iter().filter(|(of, _)| *of == status) {
                        assert!(found.contains(quest), "a list of {status} misses {quest}");
                    }
                }
                lists.fetch_add(1, Ordering::SeqCst);
            }
        }));
    }
    let enough = async |lists_before: usize| {
        while lists.load(Ordering::SeqCst) < lists_before + 4 {
            assert!(!tasks.iter().any(JoinHandle::is_finished), "one has failed");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let mut steps = Vec::new();
    for to in [3, 8] {
        enough(lists.load(Ordering::SeqCst)).await;
        let raised = raise(&table, Shards::new(to), SETTLE, |step| steps.push(step));
        raised.await.unwrap();
        enough(lists.load(Ordering::SeqCst)).await;
    }
    done.store(true, Ordering::SeqCst);
    for task in tasks {
        task.await.unwrap();
    }
    steps.retain(|step| !matches!(step, Progress::Waiting(_)));
    assert_eq!(steps.len(), 4, "{steps:?}");
    let spread = spread(&table, "COMPLETE").await;
    assert!(spread > 1, "all of it is in {spread} shard");
    let everybody: Vec<_> = members.iter().collect();
    audit(&table, &everybody).await;
}

#[tokio::test]
async fn a_page_token_of_before_the_raise_goes_on_after_it() {
    let app = TestApp::new().await;
    let members = crowd(&app, "member", 3).await;
    let mut posted = BTreeSet::new();
    for _ in 0..6 {
        for member in &members {
            posted.insert(with(&app, member).quest().await);
            app.advance(TimeDelta::milliseconds(1));
        }
    }
    let reader = &members[0];
    let page = with(&app, reader).list(&format!("{QUESTS}?limit=7")).await;
    let body = page.json();
    let token = body["nextPageToken"].as_str().unwrap();
    let mut seen: Vec<String> = Vec::new();
    let ids = |body: &serde_json::Value| -> Vec<String> {
        let items = body["items"].as_array().unwrap();
        let ids = items.iter().map(|one| one["questId"].as_str().unwrap());
        ids.map(str::to_owned).collect()
    };
    seen.extend(ids(&body));
    let table = &app.app.table;
    raise(table, Shards::new(5), Duration::ZERO, |_| {})
        .await
        .unwrap();
    // A server that knows of the new number writes to it; what is newer than the first page is not on the next ones.
    let raised = server(table, BOUND).await;
    raised.advance(app.clock.now() - raised.clock.now());
    let newer = with(&raised, reader).quest().await;
    // And one that moves on to another status, and to another shard of it, stays where it was in the list.
    let oldest = posted.iter().next().unwrap().clone();
    with(&raised, &members[1]).does(&oldest, "claim").await;
    let rest = list_from(&raised, reader, token);
    let rest = rest.await;
    assert!(!rest.contains(&newer));
    seen.extend(rest);
    assert_eq!(seen.len(), posted.len());
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), posted);
}

#[tokio::test]
async fn dates_of_before_and_after_a_raise_all_come_due() {
    let app = TestApp::new().await;
    let table = &app.app.table;
    let members = crowd(&app, "member", 4).await;
    let soon = app.clock.now() + TimeDelta::minutes(1);
    let post = async |app: &TestApp, count: usize| {
        for member in &members {
            for _ in 0..count {
                let mut dated = draft("Chairs to the garden");
                dated["expiresAt"] = json!(soon);
                with(app, member).posted(&dated).await;
            }
        }
    };
    post(&app, 4).await;
    raise(table, Shards::new(4), Duration::ZERO, |_| {})
        .await
        .unwrap();
    let raised = server(table, BOUND).await;
    post(&raised, 4).await;
    raised.advance(TimeDelta::minutes(1));
    let deadline = std::time::Instant::now() + Duration::from_secs(30);
    let round = expire_quests(&raised.app, 100, deadline).await.unwrap();
    assert_eq!((round["expired"], round["skipped"]), (32, 0));
    let expired = list(&raised, &members[0], "status=EXPIRED").await;
    assert_eq!(expired.len(), 32);
    let everybody: Vec<_> = members.iter().collect();
    audit(table, &everybody).await;
}
