//! The features, put together.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use civicforge_kernel::aws::queue::Queue;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::destinations::event_bus::EventBus;
use civicforge_kernel::destinations::log::Log;
use civicforge_kernel::destinations::webhook::Webhooks;
use civicforge_kernel::destinations::{Destination, Destinations};
use civicforge_kernel::jobs::Job;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::searches::Searches;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::outbox::{EventType, Relay, RelayLimits, records};
use civicforge_kernel::table::{Current, CurrentShards, Table};
use civicforge_kernel::telemetry::Counted;
use civicforge_kernel::trigger::{self, TriggerError};
use civicforge_runtime::operation::Route;
use serde_json::{Value, json};

use crate::auth::access_token::TokenNames;
use crate::auth::issuers::{TokenVerifier, TrustedIssuer};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::lifetimes::TokenLifetimes;
use crate::auth::password::Passwords;
use crate::auth::{self, Auth, sign_up};
use crate::health::{Health, ReadinessChecks};
use crate::inquiries::{self, Inquiries};
use crate::mail::deliver::{MailSettings, ToMail};
use crate::mail::{self, Notifications, feedback};
use crate::media::Media;
use crate::members::{Authenticated, Callers};
use crate::properties::{self, Properties, images};
use crate::quests::{self, Quests};
use crate::sync::clickup::FromClickUp;
use crate::sync::discourse::ToDiscourse;
use crate::sync::neon::FromNeon;
use crate::sync::push::ToClickUp;
use crate::sync::reconcile;
use crate::sync::slack::ToSlack;
use crate::sync::state::Recorder;
use crate::sync::vendors::Vendors;
use crate::sync::webhooks::Senders;
use crate::sync::{self, Sync};
use crate::tasks::{self, Tasks};
use crate::users::jobs::Eraser;
use crate::users::{self, Users};

/// What [`CivicForge`] is made of.
pub struct Parts {
    /// The table.
    pub table: Table,
    /// Over how many partitions a shared list is spread, as the table says.
    pub shards: CurrentShards,
    /// The keys that tokens are signed, verified and authenticated with.
    pub keys: CurrentKeys,
    /// What access tokens say of issuer and audience.
    pub token_names: TokenNames,
    /// How long tokens are good for.
    pub token_lifetimes: TokenLifetimes,
    /// Whose tokens are accepted besides our own.
    pub trusted_issuers: Vec<TrustedIssuer>,
    /// When their keys are fetched.
    pub jwks: JwksPolicy,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// Where sign-ups go that could not be made members of; only the function that makes them needs it.
    pub failed_sign_ups: Option<Queue>,
    /// Where events are published; where there is no bus, the log has a line for each.
    pub event_bus: Option<EventBus>,
    /// The other systems that tasks are kept in sync with.
    pub vendors: Vendors,
    /// How mails are sent.
    pub mail: MailSettings,
    /// Where files of members are.
    pub media: Media,
    /// What must hold for the process to be ready.
    pub readiness: ReadinessChecks,
    /// Tells the time.
    pub clock: Clock,
}

/// Every feature, and what they share. Clones are the same.
#[derive(Clone)]
pub struct CivicForge {
    /// The table.
    pub table: Table,
    /// Over how many partitions a shared list is spread, as the table says.
    pub shards: CurrentShards,
    /// The keys that tokens are signed, verified and authenticated with.
    pub keys: CurrentKeys,
    /// Tells the time.
    pub clock: Clock,
    /// Whether the process can do its work.
    pub health: Arc<Health>,
    /// Accounts and tokens.
    pub auth: Arc<Authenticated<Auth>>,
    /// Members.
    pub users: Arc<Authenticated<Users>>,
    /// Which mails members get.
    pub notifications: Arc<Authenticated<Notifications>>,
    /// Quests.
    pub quests: Arc<Authenticated<Quests>>,
    /// Tasks.
    pub tasks: Arc<Authenticated<Tasks>>,
    /// Properties.
    pub properties: Arc<Authenticated<Properties>>,
    /// Inquiries about them.
    pub inquiries: Arc<Authenticated<Inquiries>>,
    /// What keeps tasks in sync with other systems.
    pub sync: Arc<Authenticated<Sync>>,
    /// The other systems that tasks are kept in sync with.
    pub vendors: Vendors,
    mail: Arc<MailSettings>,
    event_bus: Option<EventBus>,
    /// What delivers messages, once something is to be delivered.
    relay: Arc<OnceLock<Relay<Destinations>>>,
}

/// Every kind of events that is told to the world outside.
pub fn event_types() -> Vec<EventType> {
    [
        users::events::types(),
        quests::events::types(),
        tasks::events::types(),
        properties::events::types(),
        inquiries::events::types(),
    ]
    .concat()
}

/// What the features count.
pub fn counted() -> Vec<Counted> {
    [
        &auth::COUNTED[..],
        &users::COUNTED[..],
        &quests::COUNTED[..],
        &tasks::COUNTED[..],
        &properties::COUNTED[..],
        &inquiries::COUNTED[..],
        &sync::COUNTED[..],
        &mail::COUNTED[..],
    ]
    .concat()
}

/// The function that delivers messages to the world outside.
const DELIVER: &str = "deliverOutbox";
/// The function that works on what has come in from other systems, and keeps them in sync.
const SYNC: &str = "syncWorker";
/// The function that sends mails.
pub(crate) const MAILS: &str = "sendMails";
/// The function that is told of mails that were not taken.
const FEEDBACK: &str = "mailFeedback";
/// The functions that deliver what waits in the index, and whose lane that is.
const WAITING: [(&str, Lane); 3] = [
    ("redeliverOutbox", Lane::Out),
    (SYNC, Lane::Sync),
    (MAILS, Lane::Mail),
];

impl fmt::Debug for CivicForge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CivicForge")
            .field("table", &self.table.name())
            .finish_non_exhaustive()
    }
}

impl CivicForge {
    /// Puts it together.
    pub fn new(parts: Parts) -> Self {
        let Parts {
            table,
            shards,
            keys,
            clock,
            ..
        } = parts;
        let table = table.with_clock(clock.clone());
        let notifications = Arc::new(Notifications {
            table: table.clone(),
            keys: keys.clone(),
        });
        let searches = Searches::default();
        let quests = Arc::new(Quests {
            table: table.clone(),
            shards: shards.clone(),
            keys: keys.clone(),
            clock: clock.clone(),
            searches: searches.clone(),
        });
        let tasks = Arc::new(Tasks {
            table: table.clone(),
            shards: shards.clone(),
            keys: keys.clone(),
            clock: clock.clone(),
        });
        let properties = Arc::new(Properties {
            table: table.clone(),
            shards: shards.clone(),
            keys: keys.clone(),
            clock: clock.clone(),
            searches,
            media: parts.media.clone(),
        });
        let inquiries = Arc::new(Inquiries {
            table: table.clone(),
            keys: keys.clone(),
            clock: clock.clone(),
        });
        let verifier = TokenVerifier::new(
            keys.clone(),
            parts.token_names.clone(),
            parts.trusted_issuers,
            parts.jwks,
        );
        let auth = Arc::new(Auth {
            table: table.clone(),
            keys: keys.clone(),
            clock: clock.clone(),
            passwords: parts.passwords,
            token_names: parts.token_names,
            token_lifetimes: parts.token_lifetimes,
            refused: Current::new(table.clone(), shards.freshness()),
            verifier,
            failed_sign_ups: parts.failed_sign_ups,
            media: parts.media,
            exports: vec![
                quests.clone(),
                tasks.clone(),
                properties.clone(),
                inquiries.clone(),
            ],
        });
        let users = Arc::new(Users {
            table: table.clone(),
            keys: keys.clone(),
            addresses: auth.clone(),
        });
        let sync = Arc::new(Sync {
            table: table.clone(),
            clock: clock.clone(),
        });
        let callers = Callers {
            members: auth.clone(),
            senders: Senders::new(table.clone(), clock.clone()),
        };
        Self {
            health: Arc::new(Health::new(
                table.clone(),
                shards.clone(),
                keys.clone(),
                parts.readiness,
            )),
            users: Authenticated::new(users, &callers),
            notifications: Authenticated::new(notifications, &callers),
            quests: Authenticated::new(quests, &callers),
            tasks: Authenticated::new(tasks, &callers),
            properties: Authenticated::new(properties, &callers),
            inquiries: Authenticated::new(inquiries, &callers),
            sync: Authenticated::new(sync, &callers),
            auth: Authenticated::new(auth, &callers),
            event_bus: parts.event_bus,
            vendors: parts.vendors,
            mail: Arc::new(parts.mail),
            relay: Arc::default(),
            table,
            shards,
            keys,
            clock,
        }
    }

    /// Every operation of the contract.
    pub fn routes(&self) -> Vec<Route> {
        [
            civicforge_api::health::routes(&self.health),
            civicforge_api::auth::routes(&self.auth),
            civicforge_api::users::routes(&self.users),
            civicforge_api::notifications::routes(&self.notifications),
            civicforge_api::quests::routes(&self.quests),
            civicforge_api::tasks::routes(&self.tasks),
            civicforge_api::properties::routes(&self.properties),
            civicforge_api::inquiries::routes(&self.inquiries),
            civicforge_api::sync::routes(&self.sync),
        ]
        .concat()
    }
}

/// What happens without a request.
impl CivicForge {
    /// What is done again and again.
    pub fn jobs(&self) -> Vec<Job> {
        let mut jobs: Vec<Job> = quests::jobs::jobs(self.quests.feature()).into();
        jobs.push(reconcile::job(self.follower()));
        jobs.push(inquiries::jobs::job(self.inquiries.feature()));
        jobs.push(images::job(self.properties.feature()));
        jobs.push(users::jobs::job(self.eraser()));
        jobs
    }

    fn eraser(&self) -> Eraser {
        Eraser {
            table: self.table.clone(),
            clock: self.clock.clone(),
            features: vec![
                self.quests.feature().clone(),
                // Before the tasks, with which it goes that a member is a volunteer.
                self.sync.feature().clone(),
                self.tasks.feature().clone(),
                self.properties.feature().clone(),
                self.inquiries.feature().clone(),
                self.auth.feature().clone(),
            ],
        }
    }

    /// What delivers messages.
    pub fn relay(&self) -> &Relay<Destinations> {
        self.relay.get_or_init(|| {
            let webhooks = Webhooks::new(self.table.clone(), self.clock.clone());
            let log = Log {
                takes: self.event_bus.is_none(),
            };
            let mut fixed: Vec<Arc<dyn Destination>> = vec![Arc::new(log)];
            if let Some(bus) = &self.event_bus {
                fixed.push(Arc::new(bus.clone()));
            }
            let from = self.follower();
            let recorder =
                Recorder::new(self.table.clone(), self.clock.clone(), self.vendors.clone());
            fixed.push(recorder.of(ToClickUp::new(from.clone())));
            fixed.push(recorder.of(ToSlack::new(from.clone())));
            fixed.push(recorder.of(ToDiscourse::new(from.clone())));
            fixed.push(recorder.of(FromNeon::new(from.clone())));
            fixed.push(recorder.of(from));
            fixed.push(Arc::new(self.mails()));
            let destinations = Destinations::new(fixed, webhooks);
            let relay = Relay::new(self.table.clone(), destinations, RelayLimits::default());
            relay.with_clock(self.clock.clone())
        })
    }

    fn follower(&self) -> FromClickUp {
        FromClickUp::new(self.tasks.feature().clone(), self.vendors.clone())
    }

    fn mails(&self) -> ToMail {
        ToMail::new(
            self.table.clone(),
            self.keys.clone(),
            self.clock.clone(),
            self.inquiries.feature().clone(),
            self.mail.clone(),
        )
    }

    async fn deliver_due(&self, lane: Lane, until: Instant) -> Result<Value, TriggerError> {
        let round = self.relay().round_of(&[lane], until).await?;
        Ok(json!({
            "delivered": round.delivered,
            "later": round.later,
            "dead": round.dead,
            "failed": round.failed,
        }))
    }

    /// Does what the function of this name is for, because of this event. It may be done twice, at once, and cut off anywhere: every
    /// effect is one conditional write or transaction. Nothing is begun shortly before the deadline; what is left comes again.
    ///
    /// | function | payload | answer |
    /// |---|---|---|
    /// | `createUser` | Cognito's PostConfirmation event; or an SQS batch of such events | the event as it came; or the batch's failures |
    /// | `deliverOutbox` | an SQS batch of records of the table's stream, of which only the keys are read | the batch's failures |
    /// | `redeliverOutbox` | anything that is an object: messages that wait in the index are delivered | what the round did |
    /// | `syncWorker` | the same as of the two before, of messages from other systems and to them | the same |
    /// | `sendMails` | anything that is an object: mails that wait are sent | what the round did |
    /// | `mailFeedback` | an SQS batch of events of Amazon SES | the batch's failures |
    /// | that of a [job](Self::jobs) | anything that is an object; `limit` bounds the round | what the round did |
    ///
    /// # Errors
    ///
    /// There is no such function, the event is none for it, or the table fails.
    pub async fn run(
        &self,
        function: &str,
        payload: Value,
        deadline: Instant,
    ) -> Result<Value, TriggerError> {
        let until = trigger::shortly_before(deadline);
        let now = self.clock.stamp();
        match function {
            sign_up::FUNCTION => sign_up::run(&self.auth, payload, until).await,
            DELIVER => records::deliver(DELIVER, self.relay(), &payload, until).await,
            SYNC if payload.get("Records").is_some() => {
                records::deliver(SYNC, self.relay(), &payload, until).await
            }
            FEEDBACK => feedback::take_in(FEEDBACK, &self.table, now, &payload, until).await,
            other => {
                if let Some((name, lane)) = WAITING.iter().find(|(name, _)| *name == other) {
                    return match payload.is_object() {
                        true => self.deliver_due(*lane, until).await,
                        false => Err(TriggerError::malformed(name, "", "is not an object")),
                    };
                }
                let job = self.jobs().into_iter().find(|job| job.name == other);
                let job = job.ok_or_else(|| TriggerError::Unknown(other.to_owned()))?;
                job.triggered(&payload, until).await
            }
        }
    }
}

/// Making images.
#[cfg(feature = "images")]
impl CivicForge {
    /// Does what [`RENDER`](images::render::FUNCTION) is for, because EventBridge tells of a file that was put. It may be done twice, at
    /// once, and cut off anywhere.
    ///
    /// # Errors
    ///
    /// It is another function, the event is none for it, or it is to be tried again.
    pub async fn render(&self, function: &str, payload: Value) -> Result<Value, TriggerError> {
        if function != images::render::FUNCTION {
            return Err(TriggerError::Unknown(function.to_owned()));
        }
        self.properties.render_told(&payload).await?;
        Ok(Value::Null)
    }
}

#[cfg(test)]
#[path = "app_tests.rs"]
mod tests;
