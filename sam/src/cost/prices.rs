//! `prices.yaml`: what AWS asks for, with where and when that was read.

use std::path::Path;
use std::sync::LazyLock;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::code::{Code, Problem};
use crate::read::{Source, read_as};

macro_rules! items {
    ($($variant:ident = $name:literal, $service:literal;)+) => {
        /// Something that AWS asks money for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
        #[serde(rename_all = "camelCase")]
        #[allow(missing_docs, reason = "prices.yaml names the unit of each")]
        pub enum Item {
            $($variant,)+
        }

        impl Item {
            /// All of them, by service.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in the file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The service on whose line of the bill it is.
            #[must_use]
            pub fn service(self) -> &'static str {
                match self {
                    $(Self::$variant => $service,)+
                }
            }
        }
    };
}

items! {
    ApiGatewayRest = "apiGatewayRest", "API Gateway";
    ApiGatewayHttp = "apiGatewayHttp", "API Gateway";
    LambdaRequests = "lambdaRequests", "Lambda";
    LambdaTime = "lambdaTime", "Lambda";
    LambdaProvisioned = "lambdaProvisioned", "Lambda, kept warm";
    DynamodbReads = "dynamodbReads", "DynamoDB";
    DynamodbWrites = "dynamodbWrites", "DynamoDB";
    DynamodbProvisionedRead = "dynamodbProvisionedRead", "DynamoDB";
    DynamodbProvisionedWrite = "dynamodbProvisionedWrite", "DynamoDB";
    DynamodbStorage = "dynamodbStorage", "DynamoDB storage and recovery";
    DynamodbRecovery = "dynamodbRecovery", "DynamoDB storage and recovery";
    DynamodbExport = "dynamodbExport", "DynamoDB storage and recovery";
    DynamodbStream = "dynamodbStream", "Messages: stream, pipe, queue and bus";
    PipeRequests = "pipeRequests", "Messages: stream, pipe, queue and bus";
    QueueRequests = "queueRequests", "Messages: stream, pipe, queue and bus";
    BusEvents = "busEvents", "Messages: stream, pipe, queue and bus";
    CloudfrontRequests = "cloudfrontRequests", "CloudFront";
    CloudfrontTransfer = "cloudfrontTransfer", "CloudFront";
    WafAcls = "wafAcls", "WAF";
    WafRules = "wafRules", "WAF";
    WafRequests = "wafRequests", "WAF";
    Logs = "logs", "CloudWatch Logs";
    LogStorage = "logStorage", "CloudWatch Logs";
    Metrics = "metrics", "CloudWatch metrics";
    Alarms = "alarms", "CloudWatch alarms and dashboard";
    Dashboards = "dashboards", "CloudWatch alarms and dashboard";
    Traces = "traces", "X-Ray";
    SchedulerInvocations = "schedulerInvocations", "EventBridge Scheduler";
    Secrets = "secrets", "Secrets Manager";
    SecretReads = "secretReads", "Secrets Manager";
    EncryptionKeys = "encryptionKeys", "KMS";
    BucketStorage = "bucketStorage", "S3";
    HostedZones = "hostedZones", "Route 53";
}

/// The file.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prices {
    /// When they were read: `2026-11-28`.
    #[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub date: String,
    /// The region that they are of.
    #[schemars(regex(pattern = r"^[a-z]{2}(-[a-z]+)+-[0-9]$"))]
    pub region: String,
    /// Dollars for everything that is used.
    pub prices: IndexMap<String, Price>,
}

/// A price.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Price {
    /// Dollars.
    #[schemars(range(min = 0.0))]
    pub price: f64,
    /// For how many.
    #[schemars(range(min = 1.0))]
    pub per: f64,
    /// Of what, in the plural.
    #[schemars(length(min = 1))]
    pub unit: String,
    /// The offer in AWS's price list.
    pub offer: String,
    /// The usage type there, without the prefix of a region.
    pub usage_type: String,
    /// Whether `source` was seen to say so.
    pub checked: bool,
    /// Where the price can be read.
    pub source: String,
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(Prices).to_value());

/// Reads the file from memory. `path` says what it is called in problems.
///
/// # Errors
/// Everything that is wrong with it. A price that is missing is one of these, and so is one that nothing uses.
pub fn read(path: &Path, text: Vec<u8>) -> Result<Source<Prices>, Vec<Problem>> {
    let source: Source<Prices> = read_as(path, text, &SCHEMA)?;
    let missing = Item::ALL.iter().filter(|item| {
        let name = item.name();
        !source.spec.prices.contains_key(name)
    });
    let missing = missing.map(|item| {
        let message = format!("`prices` must have `{}`.", item.name());
        source.problem(&["prices"], Code::MissingField, message)
    });
    let known = |name: &String| Item::ALL.iter().any(|item| item.name() == name);
    let unknown = source.spec.prices.keys().filter(|name| !known(name));
    let unknown = unknown.map(|name| {
        let message = format!("Nothing uses the price `{name}`.");
        source.problem_at_key(&["prices", name], Code::UnknownField, message)
    });
    let problems: Vec<_> = missing.chain(unknown).collect();
    match problems.is_empty() {
        true => Ok(source),
        false => Err(problems),
    }
}

impl Prices {
    /// Dollars for this much of something.
    #[must_use]
    pub fn of(&self, item: Item, amount: f64) -> f64 {
        // Every item has a price once the file is read.
        let price = self.prices.get(item.name());
        price.map_or(f64::NAN, |price| amount * price.price / price.per)
    }
}
