//! `functions.yaml` as types. Its JSON Schema is made of them, so a comment here is what an editor shows there.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// What runs where, and what it may touch. Everything else of the AWS stack follows from this and from the contract.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spec {
    /// What of API Gateway stands before the functions.
    #[serde(default)]
    pub api: Api,
    /// What holds for functions that do not say otherwise.
    pub defaults: Defaults,
    /// Quotas of the account that AWS has raised. The generator refuses what would pass them.
    #[serde(default)]
    pub quotas: Quotas,
    /// How the parts of transactions are granted.
    #[serde(default)]
    pub transaction_grants: TransactionGrants,
    /// How requests go over to new versions of the functions that serve them, by stage. Where no stage says it, they go over at once,
    /// and nobody looks.
    #[serde(default)]
    pub rollouts: Rollouts,
    /// Lists of attributes by name, for `attributes` of a grant: `$name` there stands for the list.
    #[serde(default)]
    pub attributes: IndexMap<String, Attributes>,
    /// SQS queues. Each gets a dead-letter queue, and an alarm on it.
    #[serde(default)]
    pub queues: IndexMap<String, Queue>,
    /// The Lambda functions, by name. The order is that of the template.
    #[schemars(length(min = 1))]
    pub functions: IndexMap<String, Function>,
}

/// What of API Gateway stands before the functions. docs/operations.md says what is lost and won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Api {
    /// A REST API: it knows API keys and plans, and answers problems itself.
    #[default]
    Rest,
    /// An HTTP API: it costs less than a third, and knows routes and limits alone. Functions check that a request has come by the
    /// distribution.
    Http,
}

impl Api {
    /// The logical id of its resource. They are two, because a stack may go from one to the other, and CloudFormation refuses
    /// another type under the same id.
    #[must_use]
    pub fn resource(self) -> &'static str {
        match self {
            Self::Rest => "Api",
            Self::Http => "HttpApi",
        }
    }

    /// The header in which the distribution shows its key to API Gateway, or to the functions.
    #[must_use]
    pub fn header(self) -> &'static str {
        match self {
            Self::Rest => "x-api-key",
            Self::Http => "x-edge-key",
        }
    }
}

/// Names of attributes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Attributes(
    #[schemars(length(min = 1), inner(regex(pattern = r"^[A-Za-z][A-Za-z0-9_]*$")))] pub Vec<String>,
);

/// What holds for functions that do not say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Defaults {
    /// Memory in MB. Lambda gives processor time in proportion: 1,769 MB are one core.
    #[schemars(range(min = 128, max = 10240))]
    pub memory: u32,
    /// Seconds until Lambda stops an invocation.
    #[schemars(range(min = 1, max = 900))]
    pub timeout: u32,
    /// The processor.
    #[serde(default)]
    pub architecture: Architecture,
}

/// Quotas of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Quotas {
    /// Resources (path segments) of one REST API. 300 where AWS has not raised it.
    #[schemars(range(min = 300))]
    pub api_resources: usize,
    /// Routes of one HTTP API: one for each operation and each path. 300 where AWS has not raised it.
    #[schemars(range(min = 300))]
    pub api_routes: usize,
    /// Cache behaviors of one CloudFront distribution. 25 where AWS has not raised it.
    #[schemars(range(min = 25))]
    pub cache_behaviors: usize,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            api_resources: 300,
            api_routes: 300,
            cache_behaviors: 25,
        }
    }
}

/// A way for requests to go over to a new version, for each stage that has one. `AllAtOnce` for one that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rollouts {
    /// Development.
    #[serde(default)]
    pub dev: Option<Rollout>,
    /// The rehearsal for production.
    #[serde(default)]
    pub staging: Option<Rollout>,
    /// Production.
    #[serde(default)]
    pub prod: Option<Rollout>,
}

/// A way for requests to go over to a new version, with CodeDeploy. They go back by themselves where an alarm goes off meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Rollout {
    /// All at once.
    AllAtOnce,
    /// A tenth of them, and the rest after five minutes.
    Canary10Percent5Minutes,
    /// A tenth of them, and the rest after a quarter of an hour.
    Canary10Percent15Minutes,
    /// A tenth more each minute.
    Linear10PercentEvery1Minute,
}

impl Rollout {
    /// Its name in a template of SAM.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AllAtOnce => "AllAtOnce",
            Self::Canary10Percent5Minutes => "Canary10Percent5Minutes",
            Self::Canary10Percent15Minutes => "Canary10Percent15Minutes",
            Self::Linear10PercentEvery1Minute => "Linear10PercentEvery1Minute",
        }
    }
}

/// How the parts of transactions are granted. AWS does not document what `dynamodb:LeadingKeys` and `dynamodb:Attributes` hold for one
/// of several parts of a transaction that do the same, such as two puts: what that part names, or what all of them name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TransactionGrants {
    /// Each grant is a statement: for the case that each part is authorised by itself.
    #[default]
    PerItem,
    /// What a function may do in transactions is one statement for each action, with the keys and attributes of all its grants: for
    /// the case that parts are authorised together. It allows more combinations of keys and attributes.
    Merged,
}

/// A processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
pub enum Architecture {
    /// AWS Graviton: cheaper for the same work.
    #[default]
    #[serde(rename = "arm64")]
    Arm64,
    /// Intel or AMD.
    #[serde(rename = "x86_64")]
    X86_64,
}

impl Architecture {
    /// Its name in a template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }
}

/// An SQS queue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Queue {
    /// What its messages are: a sentence.
    #[schemars(length(min = 1, max = 256))]
    pub description: String,
    /// How often a message is received before it goes to the dead-letter queue.
    #[schemars(range(min = 1, max = 1000))]
    pub max_receives: u32,
    /// The environment variable that tells its URL to functions that send to it.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[A-Z][A-Z0-9_]*$"))]
    pub variable: Option<String>,
}

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
    /// Secrets that it reads when it starts.
    #[serde(default)]
    pub secrets: Vec<Secret>,
    /// What it may do with the table.
    #[serde(default)]
    pub access: Vec<Grant>,
    /// Queues that it sends to.
    #[serde(default)]
    pub sends: Vec<String>,
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

    /// The secrets that it reads: those of its own, and what the distribution shows, where that is the function's to check.
    #[must_use]
    pub fn all_secrets(&self, api: Api) -> Vec<Secret> {
        let edge = (api == Api::Http && self.serves()).then_some(Secret::EdgeKeys);
        self.secrets.iter().copied().chain(edge).collect()
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

/// A number for each stage that has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// Development.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    pub dev: Option<u32>,
    /// The rehearsal for production.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    pub staging: Option<u32>,
    /// Production.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    pub prod: Option<u32>,
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
    pub max_concurrency: Option<u32>,
}

/// A trigger of the Cognito user pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum CognitoTrigger {
    /// After a user has confirmed an account, or a new password.
    PostConfirmation,
}

/// A secret of the stack, in Secrets Manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Secret {
    /// The private keys that sign access tokens.
    SigningKeys,
    /// The public halves of those keys.
    PublicKeys,
    /// What authenticates page tokens and fingerprints.
    Secret,
    /// What the distribution shows to functions behind an HTTP API. Each that serves operations reads it, without being told to.
    #[serde(skip)]
    #[schemars(skip)]
    EdgeKeys,
}

impl Secret {
    /// The logical id of its resource.
    #[must_use]
    pub fn resource(self) -> &'static str {
        match self {
            Self::SigningKeys => "SigningKeys",
            Self::PublicKeys => "PublicKeys",
            Self::Secret => "Secret",
            Self::EdgeKeys => "EdgeKeys",
        }
    }

    /// The environment variable that holds its ARN.
    #[must_use]
    pub fn variable(self) -> &'static str {
        match self {
            Self::SigningKeys => "CIVICFORGE_SIGNING_KEYS_ARN",
            Self::PublicKeys => "CIVICFORGE_PUBLIC_KEYS_ARN",
            Self::Secret => "CIVICFORGE_SECRET_ARN",
            Self::EdgeKeys => "CIVICFORGE_EDGE_KEYS_ARN",
        }
    }
}

/// Permission to do something with some items of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grant {
    /// What for: a phrase. It stands above the statement in the template.
    #[schemars(length(min = 1, max = 200))]
    pub purpose: String,
    /// The table, or one of its indexes.
    #[serde(default)]
    pub on: Place,
    /// What may be done. A transaction is authorised as its parts.
    #[schemars(length(min = 1))]
    pub actions: Vec<Action>,
    /// Patterns of the partition keys: `*` stands for any text, `?` for one character.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[^*?$\s][^$\s]*$")))]
    pub keys: Vec<String>,
    /// The attributes that a write or its condition may name, besides the table's key. `$name` stands for a named list.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^\$?[A-Za-z][A-Za-z0-9_]*$")))]
    pub attributes: Vec<String>,
    /// Only as a part of `TransactWriteItems`.
    #[serde(default)]
    pub transaction: bool,
}

/// The table, or one of its indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
pub enum Place {
    /// The table itself.
    #[default]
    #[serde(rename = "table")]
    Table,
    /// What belongs to somebody, by time.
    #[serde(rename = "GSI1")]
    Gsi1,
    /// Feeds and work to do, by time.
    #[serde(rename = "GSI2")]
    Gsi2,
}

impl Place {
    /// The index's name.
    #[must_use]
    pub fn index(self) -> Option<&'static str> {
        match self {
            Self::Table => None,
            Self::Gsi1 => Some("GSI1"),
            Self::Gsi2 => Some("GSI2"),
        }
    }
}

/// An action of DynamoDB that is authorised by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[allow(missing_docs, reason = "the names are those of DynamoDB")]
pub enum Action {
    GetItem,
    BatchGetItem,
    Query,
    PutItem,
    UpdateItem,
    DeleteItem,
    ConditionCheckItem,
    DescribeTable,
}

impl Action {
    /// Its name in a policy.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GetItem => "dynamodb:GetItem",
            Self::BatchGetItem => "dynamodb:BatchGetItem",
            Self::Query => "dynamodb:Query",
            Self::PutItem => "dynamodb:PutItem",
            Self::UpdateItem => "dynamodb:UpdateItem",
            Self::DeleteItem => "dynamodb:DeleteItem",
            Self::ConditionCheckItem => "dynamodb:ConditionCheckItem",
            Self::DescribeTable => "dynamodb:DescribeTable",
        }
    }

    /// Whether it is about items, and so about keys.
    #[must_use]
    pub fn has_keys(self) -> bool {
        self != Self::DescribeTable
    }

    /// Whether it can be a part of a transaction that writes.
    #[must_use]
    pub fn is_write(self) -> bool {
        matches!(
            self,
            Self::PutItem | Self::UpdateItem | Self::DeleteItem | Self::ConditionCheckItem
        )
    }
}

/// Permission to do something with some objects of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BucketGrant {
    /// What for: a phrase.
    #[schemars(length(min = 1, max = 200))]
    pub purpose: String,
    /// The bucket.
    pub bucket: Bucket,
    /// What may be done.
    #[schemars(length(min = 1))]
    pub actions: Vec<ObjectAction>,
    /// What the objects' names start with.
    #[schemars(regex(pattern = r"^[A-Za-z0-9!_.()/-]+$"))]
    pub prefix: String,
}

/// A bucket of the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Bucket {
    /// The published contract and its documentation.
    PublishedSpec,
}

impl Bucket {
    /// The logical id of its resource.
    #[must_use]
    pub fn resource(self) -> &'static str {
        match self {
            Self::PublishedSpec => "PublishedSpecBucket",
        }
    }
}

/// An action on an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[allow(missing_docs, reason = "the names are those of S3")]
pub enum ObjectAction {
    GetObject,
    PutObject,
    DeleteObject,
}

impl ObjectAction {
    /// Its name in a policy.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GetObject => "s3:GetObject",
            Self::PutObject => "s3:PutObject",
            Self::DeleteObject => "s3:DeleteObject",
        }
    }
}
