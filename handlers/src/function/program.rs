//! What a program is made of.
//!
//! A program's entry names its [`Program`], and that names what it does by functions of its own. Nothing else leads to an
//! operation or to an event, so the linker leaves out of each program what only the others do, with all libraries behind it.

use std::fmt;
use std::time::Instant;

use aws_types::SdkConfig;
use civicforge_kernel::aws::queue::Queue;
use civicforge_kernel::aws::{SharedCredentialsProvider, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::destinations::event_bus::{BusAddress, EventBus};
use civicforge_kernel::trigger::TriggerError;
use civicforge_runtime::operation::Route;
use futures::future::BoxFuture;
use lettre::message::Mailbox;
use serde_json::Value;
use url::Url;

use crate::app::CivicForge;
use crate::vendors::mail::{Mailer, Ses};

/// A program: what those functions do that run it.
pub struct Program {
    /// The operations.
    pub routes: fn(&CivicForge) -> Vec<Route>,
    /// What handles events that are not requests, where a function does.
    pub events: Option<&'static Events>,
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").finish_non_exhaustive()
    }
}

/// What handles events that are not requests.
pub struct Events {
    /// [`CivicForge::run`].
    pub(super) run: Run,
    /// [`Queue::new`], for sign-ups that failed.
    pub(super) queue: fn(&SdkConfig, &Url) -> Queue,
    /// [`EventBus::new`], for what is published.
    pub(super) event_bus: fn(BusAddress, SharedCredentialsProvider, Trust, Clock) -> EventBus,
    /// [`Mailer::ses`], for what is sent to members.
    pub(super) mailer: fn(Mailbox, Ses) -> Mailer,
}

type Run = for<'a> fn(
    &'a CivicForge,
    &'a str,
    Value,
    Instant,
) -> BoxFuture<'a, Result<Value, TriggerError>>;

/// Every kind of them.
pub static EVENTS: Events = Events {
    run: |app, function, payload, deadline| Box::pin(app.run(function, payload, deadline)),
    queue: Queue::new,
    event_bus: EventBus::new,
    mailer: Mailer::ses,
};
