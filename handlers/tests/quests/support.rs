//! What the tests of quests share.

use std::time::{Duration, Instant};

use civicforge_handlers::app::CivicForge;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::jobs::{Bounds, Round};
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::{Backoff, StoreError, Table};
use civicforge_testing::fault::Faults;
use civicforge_testing::{Call, Reply, Setup, TestApp, TestMember};
use futures::stream::{self, StreamExt};
use serde_json::{Value, json};

/// The path of quests.
pub const QUESTS: &str = "/api/v1/quests";

/// A description that no rule minds.
pub const DESCRIPTION: &str = "Carry the chairs from the cellar to the garden.";

/// A draft with a title.
pub fn draft(title: &str) -> Value {
    json!({"title": title, "description": DESCRIPTION})
}

/// Somebody who does things to quests.
pub struct Player<'a> {
    pub app: &'a TestApp,
    pub member: &'a TestMember,
}

/// A member of an app.
pub fn with<'a>(app: &'a TestApp, member: &'a TestMember) -> Player<'a> {
    Player { app, member }
}

impl<'a> Player<'a> {
    /// Post a quest.
    pub async fn post(&self, draft: &Value) -> Reply {
        self.app
            .post(QUESTS)
            .member(self.member)
            .json(draft)
            .send()
            .await
    }

    /// Post a quest that nothing is wrong with; its id.
    pub async fn quest(&self) -> String {
        self.posted(&draft("Chairs to the garden")).await
    }

    /// Post a quest that nothing is wrong with; its id.
    pub async fn posted(&self, draft: &Value) -> String {
        let reply = self.post(draft).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        id(&reply)
    }

    /// An action without a body, to be sent.
    pub fn action(&self, quest: &str, verb: &str) -> Call<'a> {
        self.app
            .post(&format!("{QUESTS}/{quest}/{verb}"))
            .member(self.member)
    }

    /// An action with the body that its kind needs.
    pub async fn act(&self, quest: &str, verb: &str) -> Reply {
        let call = self.action(quest, verb);
        match body(verb) {
            Some(body) => call.json(&body).send().await,
            None => call.send().await,
        }
    }

    /// An action that must be allowed; the quest afterwards.
    pub async fn does(&self, quest: &str, verb: &str) -> Value {
        let reply = self.act(quest, verb).await;
        assert_eq!(reply.status, 200, "{verb}: {reply:?}");
        reply.json()
    }

    /// Read a quest.
    pub async fn reads(&self, quest: &str) -> Reply {
        self.app
            .get(&format!("{QUESTS}/{quest}"))
            .member(self.member)
            .send()
            .await
    }

    /// Delete a quest, to be sent.
    pub fn deletes(&self, quest: &str) -> Call<'a> {
        self.app
            .delete(&format!("{QUESTS}/{quest}"))
            .member(self.member)
    }

    /// A page of a list.
    pub async fn list(&self, path: &str) -> Reply {
        self.app.get(path).member(self.member).send().await
    }

    /// The member's own account.
    pub async fn account(&self) -> Value {
        let reply = self
            .app
            .get("/api/v1/users/me")
            .member(self.member)
            .send()
            .await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// The member's quest-creation points.
    pub async fn points(&self) -> i64 {
        self.account().await["questCreationPoints"]
            .as_i64()
            .unwrap()
    }
}

/// A body that an action takes, where it takes one.
pub fn body(verb: &str) -> Option<Value> {
    match verb {
        "submit" => Some(json!({"submissionText": "All chairs are in the garden."})),
        "attest" => Some(json!({"notes": "Well done."})),
        "dispute" => Some(json!({"reason": "Half of the chairs are still in the cellar."})),
        "resolve" => Some(json!({"outcome": "complete"})),
        _ => None,
    }
}

/// The id in an answer.
pub fn id(reply: &Reply) -> String {
    reply.json()["questId"].as_str().unwrap().to_owned()
}

/// Register many members.
pub async fn crowd(app: &TestApp, name: &str, count: usize) -> Vec<TestMember> {
    let names = (0..count).map(|n| format!("{name}{n}"));
    // Not all at once: hashing passwords is not what is tested, and those who wait for it too long are turned away.
    stream::iter(names)
        .map(|name| async move { app.register(&name).await })
        .buffered(8)
        .collect()
        .await
}

/// A quest of the first member that the second has claimed and submitted.
pub async fn submitted(app: &TestApp, creator: &TestMember, performer: &TestMember) -> String {
    let quest = with(app, creator).quest().await;
    with(app, performer).does(&quest, "claim").await;
    with(app, performer).does(&quest, "submit").await;
    quest
}

/// A server whose connection to the table can be made faulty, and the same table without faults.
pub struct Faulty {
    pub app: TestApp,
    pub faults: Faults,
    pub table: Table,
}

/// How long conflicts are waited for in tests with faults: short enough to be outlasted.
pub const IMPATIENT: Backoff = Backoff {
    base: Duration::from_millis(1),
    cap: Duration::from_millis(4),
    retries: 3,
    budget: Duration::from_millis(50),
};

/// A server whose connection to the table can be made faulty.
pub async fn faulty() -> Faulty {
    faulty_setup(TestApp::setup()).await
}

/// The same with other settings.
pub async fn faulty_setup(setup: Setup) -> Faulty {
    let embedded = Embedded::in_memory().unwrap();
    let table = embedded.table("test").await.unwrap();
    let faults = Faults::none();
    let http = faults.wrap(embedded.http_client());
    let limits = Limits {
        backoff: Duration::from_millis(1),
        ..Limits::default()
    };
    let through = embedded.table_through(http, "test", &limits);
    let app = setup
        .table(through.with_conflict_backoff(IMPATIENT))
        .start()
        .await;
    Faulty { app, faults, table }
}

/// Expires about so many overdue quests.
pub async fn expire_quests(
    app: &CivicForge,
    limit: usize,
    until: Instant,
) -> Result<Round, StoreError> {
    app.quests.expire_overdue(Bounds { limit, until }).await
}

/// Gives about so many rewards that are owed.
pub async fn reprocess_failed_rewards(
    app: &CivicForge,
    limit: usize,
    until: Instant,
) -> Result<Round, StoreError> {
    let bounds = Bounds { limit, until };
    app.quests.reprocess_failed_rewards(bounds).await
}
