//! What a call of the table is to IAM: actions, each on a resource and in a context of condition keys.
//!
//! A transaction is authorized as its parts. The condition keys are those of "Actions, resources, and condition keys for
//! Amazon DynamoDB" in AWS's Service Authorization Reference.

use std::collections::{BTreeMap, BTreeSet};

use civicforge_testing::record::Call;
use serde_json::Value;

/// The partition keys that a request names.
pub const LEADING_KEYS: &str = "dynamodb:LeadingKeys";
/// The attributes that a request names, in its item or its expressions.
pub const ATTRIBUTES: &str = "dynamodb:Attributes";
/// The transaction that a put, an update or a delete is a part of.
pub const ENCLOSING: &str = "dynamodb:EnclosingOperation";

/// The values of each condition key that a request has.
pub type Conditions = BTreeMap<&'static str, BTreeSet<String>>;

/// One thing that is done with the table or an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    /// Such as `dynamodb:GetItem`.
    pub action: String,
    /// The index, where it is not the table itself.
    pub index: Option<String>,
    /// What conditions are held against.
    pub context: Conditions,
}

/// Everything that a call does.
pub fn of(call: &Call) -> Vec<Access> {
    let request = &call.request;
    let one = |action: &str, keys, names| Access {
        action: format!("dynamodb:{action}"),
        index: call.index.clone(),
        context: context(keys, names),
    };
    match call.operation.as_str() {
        "TransactWriteItems" => {
            let parts = request["TransactItems"].as_array().into_iter().flatten();
            let parts = parts.flat_map(|part| part.as_object().into_iter().flatten());
            let parts = parts.map(|(kind, part)| {
                let action = match kind.as_str() {
                    "ConditionCheck" => "ConditionCheckItem".to_owned(),
                    kind => format!("{kind}Item"),
                };
                let mut access = one(&action, leading(part), names(part));
                // It is the one of the four that has no such key: there is no condition check outside of a transaction.
                if action != "ConditionCheckItem" {
                    let within = BTreeSet::from(["TransactWriteItems".to_owned()]);
                    access.context.insert(ENCLOSING, within);
                }
                access
            });
            parts.collect()
        }
        "BatchGetItem" => {
            let tables = request["RequestItems"].as_object().into_iter().flatten();
            let keys = tables.flat_map(|(_, table)| table["Keys"].as_array().into_iter().flatten());
            let keys: BTreeSet<_> = keys.filter_map(partition).collect();
            vec![one("BatchGetItem", keys, key_names())]
        }
        "Query" => {
            let (key, mut names) = (queried(request), names(request));
            names.insert("PK".to_owned());
            vec![one("Query", BTreeSet::from([key]), names)]
        }
        "DescribeTable" => vec![one("DescribeTable", BTreeSet::new(), BTreeSet::new())],
        action @ ("GetItem" | "PutItem" | "UpdateItem" | "DeleteItem") => {
            vec![one(action, leading(request), names(request))]
        }
        other => panic!("nobody has said what {other} is to IAM"),
    }
}

/// The same, where the parts of a transaction that do the same are authorized as one, with what all of them name. AWS does not say
/// whether it is so.
pub fn of_together(call: &Call) -> Vec<Access> {
    let mut together: Vec<Access> = Vec::new();
    for access in of(call) {
        match together
            .iter_mut()
            .find(|other| other.action == access.action)
        {
            Some(other) => {
                for (key, values) in access.context {
                    other.context.entry(key).or_default().extend(values);
                }
            }
            None => together.push(access),
        }
    }
    together
}

fn context(keys: BTreeSet<String>, names: BTreeSet<String>) -> Conditions {
    let mut context = Conditions::from([(LEADING_KEYS, keys), (ATTRIBUTES, names)]);
    context.retain(|_, values| !values.is_empty());
    context
}

fn partition(item: &Value) -> Option<String> {
    item["PK"]["S"].as_str().map(str::to_owned)
}

/// The partition key of a request for one item.
fn leading(request: &Value) -> BTreeSet<String> {
    [&request["Key"], &request["Item"]]
        .into_iter()
        .filter_map(partition)
        .collect()
}

fn key_names() -> BTreeSet<String> {
    ["PK", "SK"].map(str::to_owned).into()
}

/// The attributes that a request names. Our expressions name each through a placeholder.
fn names(request: &Value) -> BTreeSet<String> {
    let mut names = key_names();
    let item = request["Item"].as_object().into_iter().flatten();
    names.extend(item.map(|(name, _)| name.clone()));
    let placeholders = request["ExpressionAttributeNames"].as_object();
    let placeholders = placeholders.into_iter().flatten();
    names.extend(placeholders.filter_map(|(_, name)| name.as_str().map(str::to_owned)));
    names
}

/// The partition that a query asks for.
fn queried(request: &Value) -> String {
    let expression = request["KeyConditionExpression"]
        .as_str()
        .expect("a key condition");
    let names = request["ExpressionAttributeNames"]
        .as_object()
        .expect("names");
    let is_partition = |name: &Value| matches!(name.as_str(), Some("PK" | "GSI1PK" | "GSI2PK"));
    let (name, _) = names
        .iter()
        .find(|(_, name)| is_partition(name))
        .expect("a query names its partition");
    let (_, rest) = expression
        .split_once(&format!("{name} = "))
        .expect("a query is of one partition");
    let value = rest.split([' ', ')']).next().unwrap_or_default();
    let value = &request["ExpressionAttributeValues"][value]["S"];
    value.as_str().expect("a partition is a text").to_owned()
}
