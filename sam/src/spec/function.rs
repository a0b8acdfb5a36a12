//! A function, and what invokes it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Architecture, BucketGrant, Grant, Stages};

/// A Lambda function. It serves operations of the contract, or it handles events.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Function {
    /// What it is for: a sentence. Lambda takes 256 characters, of which the revision needs 65.
    #[schemars(length(min = 1, max = 190))]
    pub description: String,
    /// Memory in MB.
    #[serde(default)]
    #[schemars(range(min = 128, max = 10240))]
    pub memory: Option<u32>,
    /// Seconds until Lambda stops an invocation. A REST API gives up after 29, an HTTP API after 30.
    #[serde(default)]
    #[schemars(range(min = 1, max = 900))]
    pub timeout: Option<u32>,
    /// The processor.
    #[serde(default)]
    pub architecture: Option<Architecture>,
    /// The program that it runs, of `programs`.
    #[serde(default)]
    pub program: Option<String>,
    /// How many instances are kept warm, by stage.
    #[serde(default)]
    pub provisioned_concurrency: Stages,
    /// When more or fewer instances are kept warm in `prod`, such as before a spike that is known to come.
    #[serde(default)]
    pub scheduled_concurrency: Vec<ScheduledConcurrency>,
    /// How many instances are reserved, by stage. It never has more, so that a flood of its calls leaves the rest of the account to
    /// other functions.
    #[serde(default)]
    pub reserved_concurrency: Stages,
    /// The `operationId`s that it serves.
    #[serde(default)]
    pub operations: Vec<String>,
    /// What invokes it, where that is not a request.
    #[serde(default)]
    pub events: Vec<Trigger>,
    /// Secrets that it reads, of `secrets`.
    #[serde(default)]
    pub secrets: Vec<String>,
    /// What it may do with the table.
    #[serde(default)]
    pub access: Vec<Grant>,
    /// Queues that it sends to.
    #[serde(default)]
    pub sends: Vec<String>,
    /// Buses that it publishes on.
    #[serde(default)]
    pub publishes: Vec<String>,
    /// Whether it sends mails by Amazon SES.
    #[serde(default)]
    pub sends_mails: bool,
    /// What it may do with objects in buckets.
    #[serde(default)]
    pub buckets: Vec<BucketGrant>,
}

impl Function {
    /// Whether it answers requests.
    #[must_use]
    pub fn serves(&self) -> bool {
        !self.operations.is_empty()
    }

    /// Whether something asks it for an answer at once, and does not come again by itself: a request, or the user pool.
    #[must_use]
    pub fn is_waited_for(&self) -> bool {
        self.serves() || self.events.iter().any(|event| event.cognito.is_some())
    }
}

/// How many instances are kept warm from a time on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduledConcurrency {
    /// The time, in UTC: `cron(30 16 ? * FRI *)`.
    pub schedule: String,
    /// The instances.
    #[schemars(range(min = 1, max = 1000))]
    pub instances: u32,
}

/// What invokes a function: exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trigger {
    /// A trigger of the Cognito user pool.
    #[serde(default)]
    pub cognito: Option<CognitoTrigger>,
    /// EventBridge Scheduler: `rate(15 minutes)`.
    #[serde(default)]
    pub schedule: Option<String>,
    /// A queue of this file, in batches with partial failures.
    #[serde(default)]
    pub queue: Option<String>,
    /// The most messages of a batch. Only with `queue`.
    #[serde(default)]
    #[schemars(range(min = 1, max = 10))]
    pub batch_size: Option<u32>,
    /// The most batches that are worked on at once. Only with `queue`.
    #[serde(default)]
    #[schemars(range(min = 2, max = 1000))]
    pub maximum_concurrency: Option<u32>,
    /// An object of a bucket of this file.
    #[serde(default)]
    pub object: Option<ObjectTrigger>,
}

/// A trigger of the Cognito user pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
pub enum CognitoTrigger {
    /// Before a user gets an account.
    PreSignUp,
    /// After a user has confirmed an account, or a new password.
    PostConfirmation,
    /// Before a user logs in.
    PreAuthentication,
    /// After a user has logged in.
    PostAuthentication,
    /// Before a token is made.
    PreTokenGeneration,
}

impl CognitoTrigger {
    /// Its name in a template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PreSignUp => "PreSignUp",
            Self::PostConfirmation => "PostConfirmation",
            Self::PreAuthentication => "PreAuthentication",
            Self::PostAuthentication => "PostAuthentication",
            Self::PreTokenGeneration => "PreTokenGeneration",
        }
    }
}

/// Objects of a bucket that a function is told of, by EventBridge.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObjectTrigger {
    /// The bucket, of `buckets`.
    pub bucket: String,
    /// What happens to them.
    #[serde(default)]
    pub event: ObjectEvent,
    /// What their names start with.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[A-Za-z0-9!_.()/-]+$"))]
    pub prefix: Option<String>,
}

/// What happens to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
pub enum ObjectEvent {
    /// It is put.
    #[default]
    Created,
    /// It is deleted.
    Deleted,
}

impl ObjectEvent {
    /// What EventBridge calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "Object Created",
            Self::Deleted => "Object Deleted",
        }
    }
}
