//! A server beside a ClickUp, each on a port of its own.

use std::net::SocketAddr;

use chrono::{TimeDelta, Utc};
use civicforge_demo_vendors::clickup::{ClickUp, LIST, SPACE, Setup, TEAM, TOKEN};
use civicforge_handlers::sync::connect;
use civicforge_handlers::tasks::mapping::Mapping;
use civicforge_handlers::vendors::clickup::{self as client, Settings};
use civicforge_handlers::vendors::http::Shared;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::secret_text::SecretText;
use civicforge_runtime::host::dropshot;
use civicforge_testing::{TestApp, TestMember};
use serde_json::{Value, json};

/// The field of shops in the list of problems.
pub const SHOP_FIELD: &str = "6d0f3a52-0000-4000-8000-00000000a001";
/// The field of those tasks that are major repairs.
pub const MAJOR_FIELD: &str = "6d0f3a52-0000-4000-8000-00000000a006";
/// The option of that field of shops that is the woodshop.
pub const WOODSHOP: &str = "0b7e1c00-0000-4000-8000-000000000000";

/// Both, in sync.
pub struct World {
    pub app: TestApp,
    pub click_up: ClickUp,
    pub client: client::ClickUp,
    pub mapping: Mapping,
    pub endpoint: url::Url,
    _server: dropshot::Server,
}

pub fn mapping() -> Value {
    json!({
        "shops": {
            "woodshop": {"name": "Woodshop"},
            "lasers": {"name": "Lasers"},
        },
        "clickUp": {
            "team": TEAM,
            "space": SPACE,
            "lists": [{"list": LIST}],
            "statuses": {"open": ["to do"], "inProgress": ["in progress"], "done": ["complete"]},
            "fields": {"shop": SHOP_FIELD, "majorRepair": MAJOR_FIELD},
        },
    })
}

impl World {
    pub async fn new() -> Self {
        Self::with(json!({}), mapping()).await
    }

    /// With settings of other systems too, and this mapping.
    pub async fn with(mut vendors: Value, mapping: Value) -> Self {
        let click_up = ClickUp::start(Setup::default()).await.unwrap();
        let address = click_up.url();
        vendors["clickUp"] = json!({"token": TOKEN, "address": address});
        let app = TestApp::setup().vendors(&vendors).start().await;
        click_up.shift_clock(app.clock.now() - Utc::now());
        let mapping: Mapping = serde_json::from_value(mapping).unwrap();
        assert_eq!(mapping.errors(), []);
        mapping.save(&app.app.table).await.unwrap();
        for shop in mapping.shops.keys() {
            app.open_shop(shop).await;
        }
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let server = dropshot::start(app.service.clone(), anywhere).unwrap();
        let endpoint = format!("http://{}/webhooks/clickup", server.address());
        let endpoint: url::Url = endpoint.parse().unwrap();
        let settings = Settings {
            address: address.parse().unwrap(),
            token: SecretText::new(TOKEN.to_owned()),
        };
        let client = client::ClickUp::new(&settings, Shared::new(Clock::system())).unwrap();
        let by = mapping.click_up.as_ref().unwrap();
        let connected = connect::connect(&client, &app.app.table, by, &endpoint).await;
        assert_eq!(connected.unwrap().len(), 1);
        Self {
            app,
            click_up,
            client,
            mapping,
            endpoint,
            _server: server,
        }
    }

    /// Has everything that has come in worked on, and everything that has happened told, until nothing is left.
    pub async fn settle(&self) {
        loop {
            self.click_up.delivered().await;
            let round = self.app.app.relay().round().await.unwrap();
            assert_eq!((round.failed, round.dead), (0, 0), "{round:?}");
            if round.delivered == 0 {
                return;
            }
        }
    }

    /// A task that somebody creates in ClickUp: its id there.
    pub fn created(&self, name: &str) -> String {
        let fields = [(SHOP_FIELD, json!(WOODSHOP))];
        let by = civicforge_demo_vendors::clickup::RIVER;
        let created = self
            .click_up
            .create_task(by, LIST, name, "It hums.", &fields);
        created.unwrap()
    }

    /// The tasks of all shops and statuses.
    pub async fn tasks(&self) -> Vec<Value> {
        let reply = self
            .app
            .get("/api/v1/tasks?status=ALL&limit=100")
            .send()
            .await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["items"].as_array().unwrap().clone()
    }

    /// The one task that there is.
    pub async fn task(&self) -> Value {
        let tasks = self.tasks().await;
        assert_eq!(tasks.len(), 1, "{tasks:?}");
        tasks[0].clone()
    }

    /// What a volunteer does.
    pub async fn act(&self, who: &TestMember, task: &Value, verb: &str) -> Value {
        let path = format!("/api/v1/tasks/{}/{verb}", task["taskId"].as_str().unwrap());
        let reply = self.app.post(&path).member(who).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// Another mapping, before anything has gone by the first one.
    pub async fn map(&self, mapping: Value) {
        let mapping: Mapping = serde_json::from_value(mapping).unwrap();
        mapping.save(&self.app.app.table).await.unwrap();
    }

    /// A problem that a member reports.
    pub async fn report(&self, who: &TestMember, problem: &Value) {
        let call = self.app.post("/api/v1/problem-reports").member(who);
        let reply = call.json(problem).send().await;
        assert_eq!(reply.status, 202, "{reply:?}");
    }

    /// An hour, in which what waits is tried again and again.
    pub async fn hour(&self) {
        for _ in 0..12 {
            self.app.app.relay().round().await.unwrap();
            self.app.clock.advance(TimeDelta::minutes(5));
        }
    }

    /// Has a system that was left alone be tried again. That goes by a clock which tests do not move.
    pub fn mended(&self, destination: &str, vendor: &str) {
        self.app.clock.advance(TimeDelta::hours(1));
        self.app.app.relay().breakers().succeeded(destination);
        self.app.app.vendors.breakers().succeeded(vendor);
    }

    /// The status of a task in ClickUp.
    pub fn status_there(&self, id: &str) -> String {
        let task = self.click_up.task(id).unwrap();
        task["status"]["status"].as_str().unwrap().to_owned()
    }
}
