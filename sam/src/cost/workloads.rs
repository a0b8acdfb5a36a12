//! `workloads.yaml`: which traffic is worked out, and what is taken for granted.

use std::path::Path;
use std::sync::LazyLock;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::figures::Figures;
use crate::code::{Code, Problem};
use crate::read::{Source, read_as};

/// The file.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Workloads {
    /// The stage whose settings count.
    pub stage: Stage,
    /// How long a function waits for a call of the table, in milliseconds.
    pub waits: Waits,
    /// Bytes that a request which writes leaves in the table for good.
    pub bytes_kept_by_write: f64,
    /// What the template does not say in a form that can be counted.
    pub fixed: Fixed,
    /// Shares of requests by pattern.
    #[schemars(length(min = 1))]
    pub mixes: IndexMap<String, Mix>,
    /// What is worked out.
    #[schemars(length(min = 1))]
    pub workloads: Vec<Workload>,
    /// What it should cost at most.
    pub aims: Aims,
}

/// A stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are those of the stages")]
pub enum Stage {
    Dev,
    Staging,
    Prod,
}

impl Stage {
    /// Its name in the template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Staging => "staging",
            Self::Prod => "prod",
        }
    }
}

/// Milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Waits {
    /// `GetItem` and `BatchGetItem`.
    pub read: f64,
    /// `Query`.
    pub query: f64,
    /// How many of those go out together.
    #[schemars(range(min = 1))]
    pub queries_at_once: f64,
    /// `PutItem`, `UpdateItem` and `DeleteItem`.
    pub write: f64,
    /// `TransactWriteItems`.
    pub transaction: f64,
}

/// What does not depend on traffic.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fixed {
    /// Web ACLs.
    pub web_acls: f64,
    /// Rules of all web ACLs.
    pub web_acl_rules: f64,
    /// Hosted zones.
    pub hosted_zones: f64,
    /// Metrics of our own that are not by operation.
    pub own_metrics: f64,
}

/// How requests are spread over patterns.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mix {
    /// Who sends them.
    pub title: String,
    /// Percent by pattern; 100 in all.
    #[schemars(length(min = 1))]
    pub shares: IndexMap<String, f64>,
}

/// Traffic.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Workload {
    /// What it is.
    pub title: String,
    /// The name of its mix.
    pub mix: String,
    /// Requests in all of its days.
    #[schemars(range(min = 1.0))]
    pub requests: f64,
    /// Days that it takes.
    #[serde(default = "month")]
    #[schemars(range(min = 1.0))]
    pub days: f64,
    /// What such a system was estimated at, in dollars.
    #[serde(default)]
    pub estimate: Option<Estimate>,
}

/// The days of an average month, as AWS reckons.
const fn month() -> f64 {
    730.0 / 24.0
}

/// Dollars, from and to.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Estimate {
    /// From.
    pub least: f64,
    /// To.
    pub most: f64,
}

/// Dollars.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Aims {
    /// The mix of the first two.
    pub mix: String,
    /// API Gateway, Lambda and DynamoDB, for a million requests.
    pub core: f64,
    /// Everything, for a million requests.
    pub all: f64,
    /// A month of a stage that nobody uses, without instances that are kept warm.
    pub idle: f64,
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(Workloads).to_value());

/// Reads the file from memory, beside what was measured. `path` says what it is called in problems.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(
    path: &Path,
    text: Vec<u8>,
    figures: &Figures,
) -> Result<Source<Workloads>, Vec<Problem>> {
    let source: Source<Workloads> = read_as(path, text, &SCHEMA)?;
    let spec = &source.spec;
    let mut problems = Vec::new();
    for (name, mix) in &spec.mixes {
        let all: f64 = mix.shares.values().sum();
        if (all - 100.0).abs() > 0.001 {
            let message = format!("The shares of `{name}` add up to {all} and not to 100.");
            problems.push(source.problem(&["mixes", name, "shares"], Code::BadValue, message));
        }
        for pattern in mix.shares.keys() {
            let at = ["mixes", &**name, "shares", &**pattern];
            if let Err(message) = figures.request(pattern) {
                problems.push(source.problem_at_key(&at, Code::UnknownField, message));
            }
        }
    }
    let workloads = spec.workloads.iter().enumerate().map(|(index, workload)| {
        let steps = vec!["workloads".to_owned(), index.to_string(), "mix".to_owned()];
        (steps, &workload.mix)
    });
    let aims = (vec!["aims".to_owned(), "mix".to_owned()], &spec.aims.mix);
    for (steps, mix) in workloads.chain([aims]) {
        if !spec.mixes.contains_key(mix) {
            let steps: Vec<_> = steps.iter().map(String::as_str).collect();
            let message = format!("There is no mix `{mix}`.");
            problems.push(source.problem(&steps, Code::BadValue, message));
        }
    }
    match problems.is_empty() {
        true => Ok(source),
        false => Err(problems),
    }
}
