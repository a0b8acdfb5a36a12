//! Functions and a server on one table that is spread over several shards.

use chrono::{TimeDelta, Utc};
use civicforge_lambda_emulator::Gateway;
use civicforge_testing::{Loopback, TestApp, TestMember};
use serde_json::{Value, json};

use super::support::json as body;
use super::support::{World, get_as, send};

const QUESTS: &str = "/api/v1/quests";

/// The titles in a list that one page holds, as the server answers it, and as the function does.
async fn both(world: &World, member: &TestMember, query: &str) -> (Vec<String>, Vec<String>) {
    let path = format!("{QUESTS}?limit=100&{query}");
    let titles = |list: &Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap_or_else(|| panic!("{list}"));
        let titles = items.iter().filter_map(|quest| quest["title"].as_str());
        titles.map(str::to_owned).collect()
    };
    let server = world.app.get(&path).member(member).send().await.json();
    let function = world.function("api");
    let answer = send(&function, Gateway::RestApi, &get_as(member, &path), QUESTS).await;
    (titles(&server), titles(&body(&answer)))
}

#[tokio::test]
async fn functions_and_a_server_list_search_and_expire_the_same_quests_of_four_shards() {
    let app = TestApp::setup().shards(4).start().await;
    let table = Loopback::of(&app.app.table);
    let world = World { app, table };
    let app = &world.app;
    // Two hours ago; the functions go by the clock on the wall.
    let begin = Utc::now() - TimeDelta::hours(2);
    app.advance(begin - app.clock.now());
    for name in ["ada", "bob"] {
        let member = app.register(name).await;
        for number in 0..10 {
            let mut draft = json!({
                "title": format!("Chairs {name} {number}"),
                "description": "Carry the chairs from the cellar to the garden.",
            });
            if number < 8 {
                draft["expiresAt"] = json!(begin + TimeDelta::hours(1));
            }
            let reply = app.post(QUESTS).member(&member).json(&draft).send().await;
            assert_eq!(reply.status, 201, "{reply:?}");
        }
    }
    app.advance(Utc::now() - app.clock.now());
    let reader = app.login("ada@example.org").await;
    for (query, count) in [("status=OPEN", 20), ("", 20), ("search=bob", 10)] {
        let (server, function) = both(&world, &reader, query).await;
        assert_eq!(server.len(), count, "{query}");
        assert_eq!(server, function, "{query}");
    }
    let expire = world.function("expireQuests");
    let round = expire.invoke("{}").await;
    let round = round.unwrap_or_else(|error| panic!("{error}: {:#?}", expire.output()));
    let round: Value = serde_json::from_slice(&round).expect("JSON");
    assert_eq!(round["expired"], 16, "{round}");
    for (query, count) in [("status=OPEN", 4), ("status=EXPIRED", 16), ("", 20)] {
        let (server, function) = both(&world, &reader, query).await;
        assert_eq!(server.len(), count, "{query}");
        assert_eq!(server, function, "{query}");
    }
}

#[tokio::test]
async fn a_function_refuses_a_table_of_a_newer_format_by_name() {
    let app = TestApp::setup().shards(2).start().await;
    let table = Loopback::of(&app.app.table);
    let world = World { app, table };
    let member = world.member("ada").await;
    use civicforge_kernel::table::{Write, key};
    let newer = Write::update(key::meta::config()).set("format", 2);
    world.app.app.table.write(newer).await.expect("a change");
    let function = world.function("api");
    let answer = send(
        &function,
        Gateway::RestApi,
        &get_as(&member, QUESTS),
        QUESTS,
    )
    .await;
    assert_eq!(answer.status(), 500);
    let said = function.output().join("\n");
    assert!(
        said.contains("META#CONFIG / CONFIG") && said.contains("`format` is 2"),
        "{said}"
    );
}
