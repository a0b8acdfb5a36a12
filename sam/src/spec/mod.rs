//! `functions.yaml` as types. Its JSON Schema is made of them, so a comment here is what an editor shows there.

mod declared;
mod function;
mod grants;

pub use declared::*;
pub use function::*;
pub use grants::*;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::template::logical;

/// What runs where, and what it may touch. Everything else of the AWS stack follows from this and from the contract.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spec {
    /// What of API Gateway stands before the functions.
    #[serde(default)]
    pub api: Api,
    /// Operations with limits of their own, by what their paths start with, such as `/webhooks/`; the longest that fits holds. All
    /// others share the stage's.
    #[serde(default)]
    pub limits: IndexMap<String, Limit>,
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
    /// The programs that functions run, by name. Without any there is one, `bootstrap`.
    #[serde(default)]
    pub programs: IndexMap<String, Program>,
    /// The user pool of the stack.
    #[serde(default)]
    pub user_pool: UserPool,
    /// Secrets in Secrets Manager.
    #[serde(default)]
    pub secrets: IndexMap<String, Secret>,
    /// Metrics that the functions count themselves, by name, such as `things.created`.
    #[serde(default)]
    pub metrics: IndexMap<String, OwnMetric>,
    /// S3 buckets. They are private and encrypted, take no requests without TLS, and outlive the stack.
    #[serde(default)]
    pub buckets: IndexMap<String, Bucket>,
    /// SQS queues. Each gets a dead-letter queue, and an alarm on it.
    #[serde(default)]
    pub queues: IndexMap<String, Queue>,
    /// Buses of EventBridge. Other stacks make rules on them.
    #[serde(default)]
    pub buses: IndexMap<String, Bus>,
    /// The Lambda functions, by name. The order is that of the template.
    #[schemars(length(min = 1))]
    pub functions: IndexMap<String, Function>,
}

/// The program of a function that names none.
pub const DEFAULT_PROGRAM: &str = "bootstrap";

impl Spec {
    /// The program that a function runs.
    #[must_use]
    pub fn program<'a>(&'a self, function: &'a Function) -> &'a str {
        let named = function.program.as_deref();
        named
            .or(self.defaults.program.as_deref())
            .unwrap_or(DEFAULT_PROGRAM)
    }

    /// The limit that an operation with this path has for itself.
    pub(crate) fn limit_of(&self, path: &str) -> Option<Limit> {
        let fitting = self
            .limits
            .iter()
            .filter(|(start, _)| path.starts_with(*start));
        fitting
            .max_by_key(|(start, _)| start.len())
            .map(|(_, limit)| *limit)
    }

    /// The programs that functions run, in the order of `programs`.
    pub(crate) fn programs_run(&self) -> Vec<&str> {
        match self.programs.is_empty() {
            true => vec![DEFAULT_PROGRAM],
            false => self.programs.keys().map(String::as_str).collect(),
        }
    }

    /// The secrets that a function reads, as logical ids with the variables that hold their ARNs: its own, and what the distribution
    /// shows, where that is the function's to check.
    #[must_use]
    pub fn secrets_of(&self, function: &Function) -> Vec<(String, String)> {
        let own = function.secrets.iter().filter_map(|name| {
            let secret = self.secrets.get(name)?;
            Some((logical(name, ""), secret.variable.clone()))
        });
        let edge = (self.api == Api::Http && function.serves())
            .then(|| (EDGE_KEYS.to_owned(), "CIVICFORGE_EDGE_KEYS_ARN".to_owned()));
        own.chain(edge).collect()
    }
}

/// The logical id of the secret that the distribution shows to functions behind an HTTP API. Each that serves operations reads it,
/// without being told to.
const EDGE_KEYS: &str = "EdgeKeys";

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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
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
    /// The program, of `programs`.
    #[serde(default)]
    pub program: Option<String>,
}

/// How many requests an operation takes. What is above is answered 429.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limit {
    /// Requests a second, in the long run. 10,000 is what an account and region take of all APIs.
    #[schemars(range(min = 1, max = 10000))]
    pub rate: u32,
    /// Requests at once.
    #[schemars(range(min = 1, max = 5000))]
    pub burst: u32,
}

/// The user pool of the stack. Whoever may put users into its groups gives roles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserPool {
    /// The groups that are roles: the functions ignore others in the pool's tokens.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[A-Za-z][A-Za-z0-9_-]*$")))]
    pub roles: Vec<String>,
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
    /// Each grant is a statement: for the case that each part is authorized by itself.
    #[default]
    PerItem,
    /// What a function may do in transactions is one statement for each action, with the keys and attributes of all its grants: for
    /// the case that parts are authorized together. It allows more combinations of keys and attributes.
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
