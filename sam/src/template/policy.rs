//! What a function's role may do: what its grants say, its own log, its secrets and queues, and traces.
//!
//! `dynamodb:LeadingKeys` has the partition keys of a call, and `dynamodb:Attributes` the attributes that a write and its
//! condition name. Both are lists, and `ForAllValues` holds for an empty one, so that a call without keys would pass; `Null`
//! sees to it that there are some.

use crate::Stack;
use crate::spec::{Action, BucketGrant, Function, Grant, ObjectAction, Place, TransactionGrants};
use crate::yaml::{Item, Map, Yaml, attribute, line, reference, sub};

use super::logical;

/// The policy document of a function's role.
#[must_use]
pub fn document(stack: &Stack, name: &str, function: &Function) -> Map {
    let mut statements: Vec<Item> = Vec::new();
    let mut add = |comment: &str, statement: Map| {
        statements.push(Item {
            comment: Some(comment.to_owned()),
            value: statement.into(),
        });
    };
    add(
        "Its own log.",
        allow(
            &["logs:CreateLogStream", "logs:PutLogEvents"],
            attribute(format!("{}.Arn", logical(name, "LogGroup"))),
        ),
    );
    add(
        "Traces, which have no resource.",
        allow(
            &["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "*".into(),
        ),
    );
    let merged = stack.source.spec.transaction_grants == TransactionGrants::Merged;
    for grant in &function.access {
        if !(merged && grant.transaction) {
            for statement in table(stack, grant) {
                add(&grant.purpose, statement);
            }
        }
    }
    if merged {
        for grant in together(&function.access) {
            for statement in table(stack, &grant) {
                add(&grant.purpose, statement);
            }
        }
    }
    let secrets = stack.source.spec.secrets_of(function);
    if !secrets.is_empty() {
        let secrets = secrets.into_iter().map(|(secret, _)| reference(secret));
        add(
            "Its secrets.",
            allow(&["secretsmanager:GetSecretValue"], several(secrets)),
        );
    }
    let receives: Vec<Yaml> = function
        .events
        .iter()
        .filter_map(|event| event.queue.as_deref())
        .map(queue)
        .collect();
    if !receives.is_empty() {
        let actions = [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
        ];
        add(
            "What Lambda does with the queue on the function's behalf.",
            allow(&actions, several(receives)),
        );
    }
    if !function.sends.is_empty() {
        add(
            "Queues that it sends to.",
            allow(
                &["sqs:SendMessage"],
                several(function.sends.iter().map(|name| queue(name))),
            ),
        );
    }
    if !function.publishes.is_empty() {
        add(
            "Buses that it publishes on.",
            allow(
                &["events:PutEvents"],
                several(
                    function
                        .publishes
                        .iter()
                        .map(|name| super::buses::arn(name)),
                ),
            ),
        );
    }
    if function.sends_mails {
        add("Mails from the one address.", super::mail::statement());
    }
    if function.events.iter().any(|event| event.object.is_some()) {
        let queue = attribute(format!("{}.Arn", super::buckets::DEAD_LETTERS));
        add(
            "Where Lambda puts what it has failed on.",
            allow(&["sqs:SendMessage"], queue),
        );
    }
    for grant in &function.buckets {
        for statement in objects(grant) {
            add(&grant.purpose, statement);
        }
    }
    Map::new()
        .with("Version", "2012-10-17")
        .with("Statement", statements)
}

fn allow(actions: &[&str], resource: Yaml) -> Map {
    let actions: Yaml = match actions {
        [one] => (*one).into(),
        several => line(several.iter().copied()),
    };
    Map::new()
        .with("Effect", "Allow")
        .with("Action", actions)
        .with("Resource", resource)
}

/// One by itself, several as a list.
fn several(resources: impl IntoIterator<Item = Yaml>) -> Yaml {
    let mut resources: Vec<Yaml> = resources.into_iter().collect();
    match resources.len() {
        1 => resources.remove(0),
        _ => resources.into(),
    }
}

fn queue(name: &str) -> Yaml {
    attribute(format!("{}.Arn", logical(name, "Queue")))
}

/// What may be done in transactions, a grant for each action. A grant that is not of transactions alone counts too: what it is for
/// may be a part of one.
fn together(access: &[Grant]) -> Vec<Grant> {
    let all = [
        Action::PutItem,
        Action::UpdateItem,
        Action::DeleteItem,
        Action::ConditionCheckItem,
    ];
    let of_action = |action: Action| {
        let grants: Vec<&Grant> = access
            .iter()
            .filter(|grant| grant.on == Place::Table && grant.actions.contains(&action))
            .collect();
        if !grants.iter().any(|grant| grant.transaction) {
            return None;
        }
        let mut merged = Grant {
            purpose: "In transactions, for all of these purposes together.".to_owned(),
            on: Place::Table,
            actions: vec![action],
            keys: Vec::new(),
            attributes: Vec::new(),
            transaction: true,
        };
        // Where one grant has no attributes it allows all of them, and so must the whole.
        let limited = grants.iter().all(|grant| !grant.attributes.is_empty());
        for grant in grants {
            for key in &grant.keys {
                if !merged.keys.contains(key) {
                    merged.keys.push(key.clone());
                }
            }
            if limited {
                merged.attributes.extend(grant.attributes.iter().cloned());
            }
        }
        Some(merged)
    };
    all.into_iter().filter_map(of_action).collect()
}

/// The statements of a grant. There is no condition on the transaction of a condition check: DynamoDB has no such key for that
/// action, which is a part of a transaction in any case.
fn table(stack: &Stack, grant: &Grant) -> Vec<Map> {
    let (checks, others): (Vec<Action>, Vec<Action>) = (grant.actions.iter())
        .partition(|action| grant.transaction && **action == Action::ConditionCheckItem);
    [(others, grant.transaction), (checks, false)]
        .into_iter()
        .filter(|(actions, _)| !actions.is_empty())
        .map(|(actions, in_transaction)| statement(stack, grant, &actions, in_transaction))
        .collect()
}

fn statement(stack: &Stack, grant: &Grant, actions: &[Action], in_transaction: bool) -> Map {
    let actions: Vec<&str> = actions.iter().map(|action| action.name()).collect();
    let resource = match grant.on.index() {
        None => super::table::arn(),
        Some(index) => super::table::index(index),
    };
    let mut statement = allow(&actions, resource);
    if grant.keys.is_empty() {
        return statement;
    }
    let keys = line(grant.keys.iter().map(String::as_str));
    let mut condition = Map::new()
        .with(
            "ForAllValues:StringLike",
            Map::new().with("dynamodb:LeadingKeys", keys),
        )
        .with("Null", Map::new().with("dynamodb:LeadingKeys", "false"));
    let attributes = attributes(stack, grant);
    if !attributes.is_empty() {
        condition.put(
            "ForAllValues:StringEquals",
            Map::new().with("dynamodb:Attributes", line(attributes)),
        );
    }
    if in_transaction {
        condition.put(
            "ForAnyValue:StringEquals",
            Map::new().with("dynamodb:EnclosingOperation", line(["TransactWriteItems"])),
        );
    }
    statement.put("Condition", condition);
    statement
}

/// What every put writes beside an item's own attributes, and what every update does.
const OF_A_PUT: [&str; 6] = [
    "PK",
    "SK",
    "entityType",
    "createdAt",
    "updatedAt",
    "writeId",
];
const OF_THE_KEY: [&str; 2] = ["PK", "SK"];
const OF_AN_UPDATE: [&str; 4] = ["PK", "SK", "updatedAt", "writeId"];

/// The attributes that a grant names, each once, behind those that every such write has.
#[must_use]
pub fn attributes<'a>(stack: &'a Stack, grant: &'a Grant) -> Vec<&'a str> {
    if grant.attributes.is_empty() {
        return Vec::new();
    }
    let writes = |action| grant.actions.contains(&action);
    let mut out = match (writes(Action::PutItem), writes(Action::UpdateItem)) {
        (true, _) => OF_A_PUT.to_vec(),
        (false, true) => OF_AN_UPDATE.to_vec(),
        // A check or a deletion names what its condition looks at.
        (false, false) => OF_THE_KEY.to_vec(),
    };
    let named = grant
        .attributes
        .iter()
        .flat_map(|attribute| match attribute.strip_prefix('$') {
            None => vec![attribute.as_str()],
            Some(list) => stack
                .source
                .spec
                .attributes
                .get(list)
                .map(|list| list.0.iter().map(String::as_str).collect())
                .unwrap_or_default(),
        });
    for attribute in named {
        if !out.contains(&attribute) {
            out.push(attribute);
        }
    }
    out
}

/// What is about objects, and what is about their bucket.
fn objects(grant: &BucketGrant) -> Vec<Map> {
    let bucket = super::buckets::id(&grant.bucket);
    let prefix = grant.prefix.trim_start_matches('/');
    let (whole, each): (Vec<ObjectAction>, Vec<ObjectAction>) =
        (grant.actions.iter()).partition(|action| **action == ObjectAction::ListBucket);
    let named = |actions: &[ObjectAction]| -> Vec<&str> {
        actions.iter().map(|action| action.name()).collect()
    };
    let objects = (!each.is_empty())
        .then(|| allow(&named(&each), sub(format!("${{{bucket}.Arn}}/{prefix}*"))));
    let bucket =
        (!whole.is_empty()).then(|| allow(&named(&whole), attribute(format!("{bucket}.Arn"))));
    objects.into_iter().chain(bucket).collect()
}
