//! Tasks: from a reported problem to one that is done, and what is refused on the way.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use civicforge_testing::TestMember;
use serde_json::{Value, json};

use crate::harness::Suite;
use crate::transport::{Call, Host, Transport};
use crate::world::{every, items, violates};

const TASKS: &str = "/api/v1/tasks";
const MINE: &str = "/api/v1/users/me/tasks";
const SHOP: &str = "woodshop";

pub fn cases(suite: &mut Suite) {
    suite.each("tasks::from_a_report_to_done", from_a_report_to_done);
    suite.each("tasks::reports_are_held_to_their_rules", reports);
    suite.each("tasks::what_the_rules_refuse", refusals);
    suite.each("tasks::others_cannot_move_them", foreign);
    suite.each("tasks::people_are_known_to_members_alone", people);
    suite.each("tasks::lists", lists);
    suite.each("tasks::pages_of_a_list_and_their_tokens", pages);
    suite.each("tasks::shops_and_their_open_tasks", shops);
    suite.each("tasks::repeated_commands_are_answered_alike", replay);
    suite.each("tasks::of_many_who_claim_one_wins", race);
    suite.each("tasks::what_is_known_is_not_sent_again", conditional);
}

/// A host with a shop.
async fn host(transport: Transport) -> Host {
    let host = transport.host().await;
    host.app.open_shop(SHOP).await;
    host
}

fn problem() -> Value {
    json!({"title": "The band saw does not start", "shop": SHOP})
}

async fn report(host: &Host, member: &TestMember, problem: &Value) -> Value {
    let call = host.post("/api/v1/problem-reports").member(member);
    let reply = call.json(problem).send().await;
    assert_eq!(reply.status, 202, "{reply:?}");
    reply.json()
}

fn path(task: &Value) -> String {
    format!("{TASKS}/{}", task["taskId"].as_str().expect("a task"))
}

fn act<'h>(host: &'h Host, task: &Value, verb: &str) -> Call<'h> {
    host.post(format!("{}/{verb}", path(task)))
}

async fn does(host: &Host, member: &TestMember, task: &Value, verb: &str) -> Value {
    let reply = act(host, task, verb).member(member).send().await;
    assert_eq!(reply.status, 200, "{verb}: {reply:?}");
    reply.json()
}

async fn page(host: &Host, path: &str) -> Vec<Value> {
    let reply = host.get(path).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    items(&reply)
}

fn ids(tasks: &[Value]) -> Vec<String> {
    let id = |task: &Value| task["taskId"].as_str().expect("a task").to_owned();
    tasks.iter().map(id).collect()
}

async fn from_a_report_to_done(transport: Transport) {
    let host = host(transport).await;
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let everything = json!({
        "title": "  The band  saw does not start ",
        "description": "It hums.\nIt trips the breaker, < 1 s.",
        "shop": SHOP,
        "urgency": "high",
        "problemType": "Equipment",
        "majorRepair": true,
    });
    let call = host.post("/api/v1/problem-reports").member(&ada);
    let reply = call.json(&everything).send().await;
    assert_eq!(reply.status, 202, "{reply:?}");
    let task = reply.json();
    assert_eq!(reply.header("location"), Some(path(&task).as_str()));
    for (name, value) in [
        ("title", json!("The band saw does not start")),
        ("description", everything["description"].clone()),
        ("status", json!("OPEN")),
        ("urgency", json!("high")),
        ("problemType", json!("Equipment")),
        ("majorRepair", json!(true)),
        ("version", json!(1)),
    ] {
        assert_eq!(task[name], value, "{name}");
    }
    // Anyone reads it.
    assert_eq!(host.get(path(&task)).send().await.json(), task);
    host.advance(TimeDelta::minutes(1));
    let claimed = does(&host, &vera, &task, "claim").await;
    assert_eq!(claimed["status"], "IN_PROGRESS");
    let mine = host.get(MINE).member(&vera).send().await;
    assert_eq!(items(&mine), [claimed]);
    let open = does(&host, &vera, &task, "release").await;
    assert_eq!(open["status"], "OPEN");
    assert!(items(&host.get(MINE).member(&vera).send().await).is_empty());
    does(&host, &vera, &task, "claim").await;
    let done = does(&host, &vera, &task, "complete").await;
    assert_eq!(done["status"], "DONE");
    assert_eq!(
        (&done["version"], &done["createdAt"]),
        (&json!(5), &task["createdAt"])
    );
    let mine = host.get(MINE).member(&vera).send().await;
    assert_eq!(items(&mine), [done]);
    assert!(items(&host.get(MINE).member(&ada).send().await).is_empty());
}

async fn reports(transport: Transport) {
    let host = host(transport).await;
    let ada = host.member("ada").await;
    let plain = report(&host, &ada, &problem()).await;
    assert_eq!(
        (&plain["urgency"], &plain["majorRepair"]),
        (&json!("medium"), &json!(false))
    );
    assert_eq!(plain.get("description"), None);
    let send = |change: Value| {
        let mut body = problem();
        let change = change.as_object().expect("members");
        for (name, value) in change {
            body[name] = value.clone();
        }
        host.post("/api/v1/problem-reports")
            .member(&ada)
            .json(&body)
            .send()
    };
    for (change, place) in [
        (json!({"title": " \t "}), "/title"),
        (json!({"title": "<b>x</b>"}), "/title"),
        (json!({"title": "x".repeat(201)}), "/title"),
        (json!({"description": "x".repeat(5001)}), "/description"),
        (json!({"description": "a\u{0}b"}), "/description"),
        (json!({"urgency": "now"}), "/urgency"),
        (json!({"shop": "Wood shop"}), "/shop"),
        (json!({"shop": "a#b"}), "/shop"),
        (json!({"status": "DONE"}), "/status"),
    ] {
        violates(&send(change).await, "body", place);
    }
    let reply = send(json!({"shop": "no-such-shop"})).await;
    assert_eq!(reply.problem(), (409, "unknown_shop".to_owned()));
    assert_eq!(page(&host, &format!("{TASKS}?status=ALL")).await.len(), 1);
}

async fn refusals(transport: Transport) {
    let host = host(transport).await;
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let task = report(&host, &ada, &problem()).await;
    let tries = async |member: &TestMember, verb: &str| {
        act(&host, &task, verb)
            .member(member)
            .send()
            .await
            .problem()
    };
    let refused = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(tries(&ada, "claim").await, refused(403, "not_volunteer"));
    for verb in ["release", "complete"] {
        assert_eq!(
            tries(&vera, verb).await,
            refused(409, "task_not_in_progress")
        );
    }
    does(&host, &vera, &task, "claim").await;
    assert_eq!(tries(&vera, "claim").await, refused(409, "task_not_open"));
    // Who is not entitled learns only that.
    assert_eq!(tries(&ada, "claim").await, refused(403, "not_volunteer"));
    // Whoever has a task can give it back, whatever has become of the membership.
    host.app.let_volunteer(&vera, false).await;
    does(&host, &vera, &task, "release").await;
    assert_eq!(tries(&vera, "claim").await, refused(403, "not_volunteer"));
    host.app.let_volunteer(&vera, true).await;
    does(&host, &vera, &task, "claim").await;
    does(&host, &vera, &task, "complete").await;
    for verb in ["release", "complete"] {
        assert_eq!(
            tries(&vera, verb).await,
            refused(409, "task_not_in_progress")
        );
    }
    assert_eq!(tries(&vera, "claim").await, refused(409, "task_not_open"));
    let nowhere = json!({"taskId": "019cadd4-5620-7b25-8b4c-9a1f0e6f7a11"});
    for verb in ["claim", "release", "complete"] {
        let reply = act(&host, &nowhere, verb).member(&vera).send().await;
        assert_eq!(reply.problem(), refused(404, "not_found"));
    }
}

async fn foreign(transport: Transport) {
    let host = host(transport).await;
    let (ada, vera, eve) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
        host.app.register_volunteer("eve").await,
    );
    let task = report(&host, &ada, &problem()).await;
    let claimed = does(&host, &vera, &task, "claim").await;
    for verb in ["release", "complete"] {
        let reply = act(&host, &task, verb).stranger(&eve).send().await;
        assert_eq!(reply.problem(), (403, "not_assigned".to_owned()), "{verb}");
    }
    let reply = act(&host, &task, "claim").stranger(&eve).send().await;
    assert_eq!(reply.problem(), (409, "task_not_open".to_owned()));
    assert_eq!(host.get(path(&task)).send().await.json(), claimed);
    assert!(items(&host.get(MINE).stranger(&eve).send().await).is_empty());
}

async fn people(transport: Transport) {
    let host = host(transport).await;
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let task = report(&host, &ada, &problem()).await;
    let of = format!("{}/people", path(&task));
    let read = async || host.get(&of).member(&vera).send().await.json();
    let reporter = json!({"userId": ada.id, "name": "ada"});
    let id = &task["taskId"];
    assert_eq!(read().await, json!({"taskId": id, "reporter": reporter}));
    does(&host, &vera, &task, "claim").await;
    let volunteer = json!({"userId": vera.id, "name": "vera"});
    let both = json!({"taskId": id, "volunteer": volunteer, "reporter": reporter});
    assert_eq!(read().await, both);
    assert_eq!(host.get(&of).send().await.status, 401);
    // What anyone may read has nobody in it.
    for open in [
        path(&task),
        format!("{TASKS}?status=ALL"),
        format!("{TASKS}?shop={SHOP}&status=ALL"),
    ] {
        let reply = host.get(&open).send().await;
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        for private in [ada.id.to_string(), vera.id.to_string(), "vera".to_owned()] {
            assert!(!text.contains(&private), "{open}: {text}");
        }
    }
    let nowhere = format!("{TASKS}/019cadd4-5620-7b25-8b4c-9a1f0e6f7a11/people");
    let reply = host.get(nowhere).member(&ada).send().await;
    assert_eq!(reply.problem(), (404, "not_found".to_owned()));
}

async fn lists(transport: Transport) {
    let host = host(transport).await;
    host.app.open_shop("metalshop").await;
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let mut made = Vec::new();
    for (shop, urgency) in [
        (SHOP, "low"),
        (SHOP, "high"),
        ("metalshop", "high"),
        (SHOP, "high"),
    ] {
        host.advance(TimeDelta::seconds(1));
        let problem = json!({"title": "Broken", "shop": shop, "urgency": urgency});
        made.push(report(&host, &ada, &problem).await);
    }
    let [low, claimed, metal, high] = &ids(&made)[..] else {
        panic!("four tasks")
    };
    does(&host, &vera, &made[1], "claim").await;
    for (query, expected) in [
        ("", vec![high, metal, low]),
        ("?status=OPEN&urgency=high", vec![high, metal]),
        ("?status=IN_PROGRESS", vec![claimed]),
        ("?status=DONE", vec![]),
        ("?status=ALL", vec![high, metal, claimed, low]),
        ("?shop=woodshop", vec![high, low]),
        ("?shop=woodshop&status=ALL", vec![high, claimed, low]),
        (
            "?shop=woodshop&status=ALL&urgency=high",
            vec![high, claimed],
        ),
        ("?shop=woodshop&urgency=critical", vec![]),
        ("?shop=metalshop", vec![metal]),
        ("?shop=no-such-shop", vec![]),
    ] {
        let reply = host.get(format!("{TASKS}{query}")).send().await;
        assert_eq!(reply.header("cache-control"), Some("public, max-age=5"));
        let found = ids(&items(&reply));
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query}");
    }
    for wrong in ["shop=WOOD", "status=open", "urgency=now"] {
        let reply = host.get(format!("{TASKS}?{wrong}")).send().await;
        let name = wrong.split('=').next().expect("a name");
        violates(&reply, "query", name);
    }
}

async fn pages(transport: Transport) {
    let host = host(transport).await;
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let mut made = BTreeSet::new();
    for n in 0..7 {
        let urgency = if n % 3 == 0 { "high" } else { "low" };
        let problem = json!({"title": "Broken", "shop": SHOP, "urgency": urgency});
        let task = report(&host, &ada, &problem).await;
        does(&host, &vera, &task, "claim").await;
        made.extend(ids(&[task]));
    }
    for (path, member, count) in [
        (format!("{TASKS}?status=IN_PROGRESS&"), None, 7),
        (format!("{TASKS}?status=ALL&urgency=high&"), None, 3),
        (format!("{TASKS}?shop={SHOP}&status=ALL&"), None, 7),
        (
            format!("{TASKS}?shop={SHOP}&status=ALL&urgency=high&"),
            None,
            3,
        ),
        (format!("{MINE}?"), Some(&vera), 7),
    ] {
        let found = ids(&every(&host, &path, member).await);
        let distinct: BTreeSet<_> = found.iter().cloned().collect();
        assert_eq!((found.len(), distinct.len()), (count, count), "{path}");
        assert!(distinct.is_subset(&made));
    }
    // A token is for its query, and for its member.
    let refused = (400, "invalid_page_token".to_owned());
    let reply = host.get(format!("{TASKS}?status=ALL&limit=2")).send().await;
    let public = reply.json()["nextPageToken"]
        .as_str()
        .expect("a token")
        .to_owned();
    for query in [
        "status=IN_PROGRESS",
        "status=ALL&urgency=low",
        "status=ALL&shop=woodshop",
    ] {
        let path = format!("{TASKS}?{query}&limit=2&pageToken={public}");
        assert_eq!(host.get(path).send().await.problem(), refused, "{query}");
    }
    let reply = host
        .get(format!("{MINE}?limit=2"))
        .member(&vera)
        .send()
        .await;
    let own = reply.json()["nextPageToken"]
        .as_str()
        .expect("a token")
        .to_owned();
    let path = format!("{MINE}?limit=2&pageToken={own}");
    let reply = host.get(path).stranger(&ada).send().await;
    assert_eq!(reply.problem(), refused);
}

async fn shops(transport: Transport) {
    let host = host(transport).await;
    host.app.open_shop("metalshop").await;
    // Opened again, it keeps its tasks.
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(report(&host, &ada, &problem()).await);
    }
    host.app.open_shop(SHOP).await;
    does(&host, &vera, &made[0], "claim").await;
    does(&host, &vera, &made[1], "claim").await;
    does(&host, &vera, &made[1], "release").await;
    does(&host, &vera, &made[2], "claim").await;
    does(&host, &vera, &made[2], "complete").await;
    let reply = host.get("/api/v1/shops").send().await;
    assert_eq!(reply.header("cache-control"), Some("public, max-age=5"));
    let expected = [
        json!({"shop": "metalshop", "name": "The metalshop", "openTasks": 0}),
        json!({"shop": SHOP, "name": "The woodshop", "openTasks": 3}),
    ];
    assert_eq!(items(&reply), expected);
    let first = host.get("/api/v1/shops?limit=1").send().await;
    let token = first.json()["nextPageToken"]
        .as_str()
        .expect("a token")
        .to_owned();
    let second = host
        .get(format!("/api/v1/shops?limit=1&pageToken={token}"))
        .send()
        .await;
    assert_eq!([items(&first), items(&second)].concat(), expected);
    let reply = host.get(format!("{TASKS}?pageToken={token}")).send().await;
    assert_eq!(reply.problem(), (400, "invalid_page_token".to_owned()));
    let reply = host.get("/api/v1/shops?pageToken=x").send().await;
    assert_eq!(reply.problem(), (400, "invalid_page_token".to_owned()));
}

async fn replay(transport: Transport) {
    let host = host(transport).await;
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let call = host.post("/api/v1/problem-reports").member(&ada).key("k");
    let task = crate::replay::twice(call.clone().json(&problem()))
        .await
        .json();
    let other = json!({"title": "Another", "shop": SHOP});
    let reply = call.json(&other).send().await;
    assert_eq!(reply.problem(), (422, "idempotency_key_reused".to_owned()));
    for (key, verb) in [
        ("1", "claim"),
        ("2", "release"),
        ("3", "claim"),
        ("4", "complete"),
    ] {
        let call = act(&host, &task, verb).member(&vera).key(key);
        crate::replay::twice(call).await;
        let reply = act(&host, &task, "release")
            .member(&vera)
            .key("1")
            .send()
            .await;
        assert_eq!(reply.problem(), (422, "idempotency_key_reused".to_owned()));
    }
    assert_eq!(page(&host, &format!("{TASKS}?status=ALL")).await.len(), 1);
}

async fn race(transport: Transport) {
    let host = host(transport).await;
    let ada = host.member("ada").await;
    let task = report(&host, &ada, &problem()).await;
    let mut volunteers = Vec::new();
    for n in 0..6 {
        volunteers.push(host.app.register_volunteer(&format!("v{n}")).await);
    }
    let claims = volunteers
        .iter()
        .map(|who| act(&host, &task, "claim").member(who).send());
    let replies = futures::future::join_all(claims).await;
    let won: Vec<_> = (0..6).filter(|n| replies[*n].status == 200).collect();
    assert_eq!(won.len(), 1, "{replies:?}");
    for (n, who) in volunteers.iter().enumerate() {
        let mine = items(&host.get(MINE).member(who).send().await);
        assert_eq!(mine.len(), usize::from(won == [n]));
        if won != [n] {
            assert_eq!(replies[n].problem(), (409, "task_not_open".to_owned()));
        }
    }
    assert_eq!(page(&host, "/api/v1/shops").await[0]["openTasks"], 0);
}

async fn conditional(transport: Transport) {
    let host = host(transport).await;
    let (ada, vera) = (
        host.member("ada").await,
        host.app.register_volunteer("vera").await,
    );
    let task = report(&host, &ada, &problem()).await;
    let reply = host.get(path(&task)).send().await;
    let etag = reply.header("etag").expect("a tag").to_owned();
    let known = || host.get(path(&task)).header("if-none-match", &etag).send();
    let reply = known().await;
    assert_eq!((reply.status, reply.body.len()), (304, 0));
    does(&host, &vera, &task, "claim").await;
    assert_eq!(known().await.status, 200);
}
