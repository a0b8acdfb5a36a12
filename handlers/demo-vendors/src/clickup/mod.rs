//! ClickUp's API v2, of one workspace.

mod api;
mod deliver;
mod event;
mod fields;
mod model;
mod show;
mod state;
mod webhooks;

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::fault::{Fault, Faults};
use crate::server::{Server, Traffic};
use crate::watched::Watched;

pub use crate::delivering::Delivering;
pub use deliver::{Delivery, signature};
pub use model::{Act, List, Member, Refused, Status, TaskRecord, Webhook};
pub use state::State;

/// What a server begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The port that it is to have; 0 for any.
    pub port: u16,
    /// The id of the workspace.
    pub team: String,
    /// Its name.
    pub name: String,
    /// Who belongs to it.
    pub members: Vec<Member>,
    /// Its lists, by their ids.
    pub lists: BTreeMap<String, List>,
    /// Whole values of `Authorization` that are taken, with whom they belong to.
    pub tokens: BTreeMap<String, i64>,
    /// How many requests a token has in a minute.
    pub requests: u32,
    /// How long an endpoint may take to answer.
    pub answer: Duration,
    /// The wait between two tries of a delivery.
    pub wait: Duration,
}

/// The owner of [`TOKEN`].
pub const SERVICE: i64 = 5_100_099;
/// A member.
pub const RIVER: i64 = 5_100_001;
/// Another one.
pub const SKY: i64 = 5_100_002;
/// A personal token of [`SERVICE`]. It opens nothing but such a server.
pub const TOKEN: &str = "pk_5100099_EXAMPLE";
/// The workspace.
pub const TEAM: &str = "9000100";
/// Its space.
pub const SPACE: &str = "900400100";
/// A list of problems in it.
pub const LIST: &str = "900200300400";

impl Default for Setup {
    /// A workspace with a list of problems in its shops.
    fn default() -> Self {
        let member = |id, username: &str, email: &str, role| Member {
            id,
            username: Some(username.to_owned()),
            email: email.to_owned(),
            role,
        };
        let pending = Member {
            username: None,
            ..member(5_100_003, "", "pending@example.org", 4)
        };
        Self {
            port: 0,
            team: TEAM.to_owned(),
            name: "Example Workshop".to_owned(),
            members: vec![
                member(SERVICE, "Dashboard Service", "service@example.org", 2),
                member(RIVER, "River Example", "river@example.org", 3),
                member(SKY, "Sky Sample", "sky@example.org", 3),
                pending,
            ],
            lists: BTreeMap::from([(LIST.to_owned(), List::of_problems())]),
            tokens: BTreeMap::from([(TOKEN.to_owned(), SERVICE)]),
            requests: 10_000,
            answer: Duration::from_secs(7),
            wait: Duration::ZERO,
        }
    }
}

/// A server of ClickUp. It stops when it is dropped.
#[derive(Debug)]
pub struct ClickUp {
    server: Server,
    state: Watched<State>,
    delivering: JoinHandle<()>,
}

impl Drop for ClickUp {
    fn drop(&mut self) {
        self.delivering.abort();
    }
}

impl ClickUp {
    /// Starts one, on a free port of the loopback address.
    ///
    /// # Errors
    ///
    /// There is no port.
    pub async fn start(setup: Setup) -> io::Result<Self> {
        let port = setup.port;
        let (queue, deliveries) = mpsc::unbounded_channel();
        let (answer, wait) = (setup.answer, setup.wait);
        let state = Watched::new(State::new(setup, queue));
        let server = Server::start(api::router(state.clone()), port).await?;
        let delivering = deliver::run(state.clone(), deliveries, answer, wait);
        Ok(Self {
            server,
            state,
            delivering: tokio::spawn(delivering),
        })
    }

    /// Where its API is.
    pub fn url(&self) -> String {
        format!("{}/api/v2", self.server.url)
    }

    /// How it misbehaves.
    pub fn faults(&self) -> &Faults {
        &self.server.faults
    }

    /// What it was asked.
    pub fn traffic(&self) -> &Traffic {
        &self.server.traffic
    }

    /// What it holds.
    pub fn state(&self) -> &Watched<State> {
        &self.state
    }

    /// A task as the API shows it.
    pub fn task(&self, id: &str) -> Option<Value> {
        self.state.look(|state| state.show(id))
    }

    /// Creates a task as a person does, and gives its id. `fields` are values in the form in which they are written, by the ids of
    /// the fields.
    ///
    /// # Errors
    ///
    /// The API would refuse it too.
    pub fn create_task(
        &self,
        by: i64,
        list: &str,
        name: &str,
        description: &str,
        fields: &[(&str, Value)],
    ) -> Result<String, Refused> {
        let fields: Vec<_> = fields
            .iter()
            .map(|(id, value)| json!({ "id": id, "value": value }))
            .collect();
        let body = json!({ "name": name, "description": description, "custom_fields": fields });
        self.state.change(|state| state.create(by, list, &body))
    }

    /// Changes a task as a person does.
    ///
    /// # Errors
    ///
    /// The API would refuse it too.
    pub fn act(&self, by: i64, task: &str, act: Act<'_>) -> Result<(), Refused> {
        self.state.change(|state| state.act(by, task, act))
    }

    /// How deliveries are made from now on.
    pub fn deliver(&self, how: Delivering) {
        self.state.change(|state| state.delivering = how);
    }

    /// Its clock goes on from here: this much ahead of the machine's.
    pub fn shift_clock(&self, by: TimeDelta) {
        self.state.change(|state| state.clock_ahead = by);
    }

    /// From now on a task that does not exist is answered with 404 `ITEM_013`; without it, with 401 `OAUTH_027`.
    pub fn answer_404(&self, does: bool) {
        self.state.change(|state| state.answers_404 = does);
    }

    /// Waits until nothing is left to be delivered.
    pub async fn delivered(&self) {
        let is_idle = |state: &State| state.pending.eq(&0).then_some(());
        self.state.until(is_idle).await;
    }

    /// What is answered to a token with no requests left in this minute.
    pub fn rate_limited(&self, wait: Duration) -> Fault {
        let now = self.state.look(State::now);
        let reset = now.timestamp() + i64::try_from(wait.as_secs()).unwrap_or_default();
        Fault::Answer {
            status: 429,
            headers: vec![
                ("content-type", "application/json; charset=utf-8".to_owned()),
                ("x-ratelimit-limit", "100".to_owned()),
                ("x-ratelimit-remaining", "0".to_owned()),
                ("x-ratelimit-reset", reset.to_string()),
            ],
            body: json!({ "err": "Rate limit reached", "ECODE": "APP_002" }).to_string(),
        }
    }
}
