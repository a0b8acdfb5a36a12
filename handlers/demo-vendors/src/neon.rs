//! Neon CRM's API v2, of one organization, as far as accounts and memberships are read, and its webhooks.

mod api;
mod deliver;
mod event;
mod state;

use std::io;
use std::time::Duration;

use chrono::NaiveDate;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::delivering::Delivering;
use crate::fault::{Fault, Faults};
use crate::server::{Server, Traffic};
use crate::watched::Watched;

pub use deliver::Delivery;
pub use state::{Account, Membership, State, Webhook};

/// The organization.
pub const ORGANIZATION: &str = "exampleorg";
/// An API key. It opens nothing but such a server.
pub const KEY: &str = "example-key";

/// What a server begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The port that it is to have; 0 for any.
    pub port: u16,
    /// The organization's id.
    pub organization: String,
    /// The API key that is taken.
    pub key: String,
    /// The webhooks that somebody has set up. More can be added.
    pub webhooks: Vec<Webhook>,
    /// The status of a success: 200, or 222, which is one as well.
    pub success: u16,
    /// How long a search takes. Another one meanwhile is refused.
    pub search_takes: Duration,
    /// How long an endpoint may take to answer.
    pub answer: Duration,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            port: 0,
            organization: ORGANIZATION.to_owned(),
            key: KEY.to_owned(),
            webhooks: Vec::new(),
            success: 200,
            search_takes: Duration::ZERO,
            answer: Duration::from_secs(10),
        }
    }
}

/// A server of Neon CRM. It stops when it is dropped.
#[derive(Debug)]
pub struct Neon {
    server: Server,
    state: Watched<State>,
    delivering: JoinHandle<()>,
}

impl Drop for Neon {
    fn drop(&mut self) {
        self.delivering.abort();
    }
}

impl Neon {
    /// Starts one, on a free port of the loopback address.
    ///
    /// # Errors
    ///
    /// There is no port.
    pub async fn start(setup: Setup) -> io::Result<Self> {
        let port = setup.port;
        let (queue, deliveries) = mpsc::unbounded_channel();
        let answer = setup.answer;
        let state = Watched::new(State::new(setup, queue));
        let server = Server::start(api::router(state.clone()), port).await?;
        let delivering = deliver::run(state.clone(), deliveries, answer);
        Ok(Self {
            server,
            state,
            delivering: tokio::spawn(delivering),
        })
    }

    /// Where its API is.
    pub fn url(&self) -> String {
        format!("{}/v2", self.server.url)
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

    /// Sets up a webhook, as somebody does in the app.
    pub fn add_webhook(&self, webhook: Webhook) {
        self.state
            .change(|state| state.setup.webhooks.push(webhook));
    }

    /// Creates an account, and gives its id.
    pub fn create_account(&self, account: Account) -> String {
        self.state.change(|state| state.create_account(account))
    }

    /// Changes an account.
    pub fn edit_account(&self, id: &str, change: impl FnOnce(&mut Account)) {
        self.state.change(|state| state.edit_account(id, change));
    }

    /// Merges an account into another one, which gets its memberships.
    pub fn merge_account(&self, id: &str, into: &str) {
        self.state.change(|state| state.merge_account(id, into));
    }

    /// Deletes an account, with its memberships.
    pub fn delete_account(&self, id: &str) {
        self.state.change(|state| state.delete_account(id));
    }

    /// Gives an account a paid term, and gives its id.
    pub fn create_membership(&self, account: &str, start: NaiveDate, end: NaiveDate) -> String {
        let term = Membership::paid(account, start, Some(end));
        self.state.change(|state| state.create_membership(term))
    }

    /// Changes a term.
    pub fn edit_membership(&self, id: &str, change: impl FnOnce(&mut Membership)) {
        self.state.change(|state| state.edit_membership(id, change));
    }

    /// Deletes a term. What is told of it names nothing else.
    pub fn delete_membership(&self, id: &str) {
        self.state.change(|state| state.delete_membership(id));
    }

    /// How deliveries are made from now on.
    pub fn deliver(&self, how: Delivering) {
        self.state.change(|state| state.delivering = how);
    }

    /// Waits until nothing is left to be delivered.
    pub async fn delivered(&self) {
        let is_idle = |state: &State| state.pending.eq(&0).then_some(());
        self.state.until(is_idle).await;
    }

    /// What is answered to who has too many requests in flight.
    pub fn rate_limited() -> Fault {
        Fault::Answer {
            status: 429,
            headers: vec![("content-type", "application/json".to_owned())],
            body: errors("429", "Too many requests").to_string(),
        }
    }
}

/// Errors are a list.
fn errors(code: &str, message: &str) -> Value {
    json!([{ "code": code, "message": message }])
}
