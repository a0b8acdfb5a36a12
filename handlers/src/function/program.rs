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
    /// Does what the function of this name is for.
    pub(super) run: Run,
    /// How it reaches others, where it does.
    pub(super) services: Option<&'static Services>,
}

/// How services of AWS are reached beside the table and buckets.
pub(super) struct Services {
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

/// Every kind of them but those of images.
pub static EVENTS: Events = Events {
    run: |app, function, payload, deadline| Box::pin(app.run(function, payload, deadline)),
    services: Some(&Services {
        queue: Queue::new,
        event_bus: EventBus::new,
        mailer: Mailer::ses,
    }),
};

/// Making images, and nothing else: no other program has what that takes.
#[cfg(feature = "images")]
pub static IMAGES_EVENTS: Events = Events {
    run: |app, function, payload, _| Box::pin(app.render(function, payload)),
    services: None,
};
