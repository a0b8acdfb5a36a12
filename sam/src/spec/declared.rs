//! What functions share, by name: programs, secrets, metrics, buckets and queues.

use schemars::JsonSchema;
use serde::Deserialize;

/// A program that functions run: a binary of `civicforge-handlers`, which `sam/build` builds with the features that it requires.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Program {
    /// What it can do: a sentence.
    #[schemars(length(min = 1, max = 256))]
    pub description: String,
    /// The feature of `civicforge-handlers` without which it is not there. It handles events in a way of its own.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[a-z][a-z0-9-]*$"))]
    pub feature: Option<String>,
}

/// A secret in Secrets Manager.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Secret {
    /// What it is: a sentence.
    #[schemars(length(min = 1, max = 2048))]
    pub description: String,
    /// The environment variable that tells its ARN to functions that read it.
    #[schemars(regex(pattern = r"^[A-Z][A-Z0-9_]*$"))]
    pub variable: String,
    /// How its value is made with the stack. Without it, it has none until an operator puts one there.
    #[serde(default)]
    pub generated: Option<Generated>,
    /// Whether access tokens are verified with it.
    #[serde(default)]
    pub verifies_tokens: bool,
}

/// A random text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Generated {
    /// Its characters: letters and digits.
    #[schemars(range(min = 1, max = 4096))]
    pub length: u32,
    /// Letters and digits that it does not have.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[A-Za-z0-9]*$"))]
    pub exclude_characters: String,
}

/// A metric that the functions count themselves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OwnMetric {
    /// The title of the graph on the dashboard that it is in, with others that name the same.
    #[schemars(length(min = 1, max = 100))]
    pub group: String,
    /// When somebody has to look.
    #[serde(default)]
    pub alarm: Option<MetricAlarm>,
}

/// An alarm on a metric.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricAlarm {
    /// What has happened: a sentence.
    #[schemars(length(min = 1, max = 1024))]
    pub description: String,
    /// It goes off above this sum in five minutes.
    #[serde(default)]
    pub above: u32,
}

/// An S3 bucket.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bucket {
    /// What its objects are: a sentence.
    #[schemars(length(min = 1, max = 256))]
    pub description: String,
    /// The environment variable that tells its name to functions that have grants on it.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[A-Z][A-Z0-9_]*$"))]
    pub variable: Option<String>,
    /// What browsers may ask of it directly, from the origins that may call the API.
    #[serde(default)]
    pub cors: Option<Cors>,
    /// Objects that are deleted when they are old.
    #[serde(default)]
    pub expires: Vec<Expiry>,
    /// The days that an object can be brought back which was deleted or replaced. Without, it is gone.
    #[serde(default)]
    #[schemars(range(min = 1, max = 3650))]
    pub versions: Option<u32>,
    /// Under which path everybody may read it by the distribution, such as `/photos/*`. Names of objects start with the path, and no
    /// path of the contract does.
    #[serde(default)]
    #[schemars(regex(pattern = r"^/[a-z][a-z0-9-]*/\*$"))]
    pub served: Option<String>,
}

/// What browsers may ask of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cors {
    /// The methods.
    #[schemars(length(min = 1))]
    pub methods: Vec<CorsMethod>,
    /// The headers that requests may have, besides those that always may.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[A-Za-z0-9-]+\*?$")))]
    pub headers: Vec<String>,
}

/// A method of a request to a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names are those of HTTP")]
pub enum CorsMethod {
    Get,
    Head,
    Put,
    Post,
}

impl CorsMethod {
    /// Its name in a template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Put => "PUT",
            Self::Post => "POST",
        }
    }
}

/// When objects are deleted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expiry {
    /// What their names start with.
    #[schemars(regex(pattern = r"^[A-Za-z0-9!_.()/-]+$"))]
    pub prefix: String,
    /// Days after they were put.
    #[schemars(range(min = 1, max = 3650))]
    pub days: u32,
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
    /// Whether Amazon SES tells on it of mails that were not taken.
    #[serde(default)]
    pub mail_feedback: bool,
    /// New items of the table that a pipe sends to it.
    #[serde(default)]
    pub stream: Option<TableStream>,
}

/// A bus of EventBridge.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bus {
    /// What its events are: a sentence.
    #[schemars(length(min = 1, max = 512))]
    pub description: String,
    /// The environment variable that tells its ARN to functions that publish on it.
    #[schemars(regex(pattern = r"^[A-Z][A-Z0-9_]*$"))]
    pub variable: String,
}

/// Items of the table, as its stream tells of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TableStream {
    /// What their partition keys start with.
    #[schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9#_:-]*$"))]
    pub key_prefix: String,
}
