//! What a function may do with the table and with buckets.

use schemars::JsonSchema;
use serde::Deserialize;

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
    /// What may be done. A transaction is authorized as its parts.
    #[schemars(length(min = 1))]
    pub actions: Vec<Action>,
    /// Patterns of the partition keys: `*` stands for any text, `?` for one character.
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[^*?$\s][^$\s]*$")))]
    pub keys: Vec<String>,
    /// The attributes that a write or its condition may name, besides what every write has: the table's key, `entityType`, `createdAt`, `updatedAt` and `writeId`. `$name` stands for a named list.
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

/// An action of DynamoDB that is authorized by itself.
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
    /// The bucket, of `buckets`, or `publishedSpec`, which has the published contract and its documentation.
    pub bucket: String,
    /// What may be done.
    #[schemars(length(min = 1))]
    pub actions: Vec<ObjectAction>,
    /// What the objects' names start with.
    #[schemars(regex(pattern = r"^[A-Za-z0-9!_.()/-]+$"))]
    pub prefix: String,
}

/// An action on an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[allow(missing_docs, reason = "the names are those of S3")]
pub enum ObjectAction {
    GetObject,
    PutObject,
    DeleteObject,
    /// Of the whole bucket. Without it, an object that is not there looks like one that may not be read.
    ListBucket,
}

impl ObjectAction {
    /// Its name in a policy.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GetObject => "s3:GetObject",
            Self::PutObject => "s3:PutObject",
            Self::DeleteObject => "s3:DeleteObject",
            Self::ListBucket => "s3:ListBucket",
        }
    }
}
