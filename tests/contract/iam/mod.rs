//! Least privilege, proven: what each function does is held against what its role in `sam/template.yaml` allows.
//!
//! Every call of the table that a case makes in this process is noted, with the operation or event that it is made for. When all
//! cases have run, a call that the function's role would refuse fails the suite, and so does everything that a role allows and
//! that nobody has used: an action, a pattern of keys, an attribute. [`flows`] has the ways through the handlers that no other
//! case takes.

mod access;
mod boundary;
mod flows;
mod policy;
mod sync;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use civicforge_handlers::function::{Function, FunctionConfig};
use civicforge_handlers::serve::media;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::keys::source::SecretSource;
use civicforge_kernel::table::Freshness;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::{OutboxSource, Table};
use civicforge_testing::objects::{ObjectCall, Objects};
use civicforge_testing::record::{Call, Recorder};
use civicforge_testing::{TestApp, shares_a_table};

use crate::harness::Suite;
use access::{ATTRIBUTES, Access, LEADING_KEYS};
use boundary::Boundary;
use policy::{Statement, Template, like};

static RECORDER: LazyLock<Recorder> = LazyLock::new(Recorder::default);
static OBJECTS: LazyLock<Objects> = LazyLock::new(Objects::default);

/// What Lambda does with a queue on the function's behalf.
const POLLING: [&str; 3] = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
];
/// What every function needs of its host.
const HOST: [&str; 4] = [
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
];

pub fn cases(suite: &mut Suite) {
    flows::cases(suite);
}

/// A new table in memory of which the calls are noted.
pub async fn recorded() -> Table {
    let embedded = Embedded::in_memory().expect("a database");
    embedded.table("test").await.expect("a table");
    let http = RECORDER.wrap(embedded.http_client());
    let table = embedded.table_through(http, "test", &Limits::default());
    // As a stack has it.
    table.with_outbox(OutboxSource::Stream)
}

/// A server on such a table. It asks the table for the number of shards each time that it needs it, so that each operation
/// that needs it is seen to ask.
pub async fn app(table: Table) -> TestApp {
    let setup = TestApp::setup().table(table).objects(OBJECTS.clone());
    setup.freshness(Freshness::UNCACHED).start().await
}

/// Holds what was noted against the template.
pub fn check() -> Result<(), String> {
    if shares_a_table() {
        // Calls of a table that is elsewhere are not noted.
        return Ok(());
    }
    let template = Template::read().functions();
    let boundary = Boundary::read();
    let calls = RECORDER.take();
    let mut used = by_function(&calls, access::of);
    let objects = objects_by_function(OBJECTS.take());
    let mut wrong = String::new();
    transactions_as_one(&calls, &mut wrong);
    let mut table = String::from("function | action | on | keys | attributes\n");
    for (function, (variables, role)) in &template {
        let accesses = used.remove(function).unwrap_or_default();
        for access in accesses
            .iter()
            .filter(|access| !role.iter().any(|s| s.allows(access)))
        {
            let _ = writeln!(wrong, "{function} is refused {}", shown(access));
        }
        for access in accesses.iter().filter(|a| !boundary.permits_access(a)) {
            let _ = writeln!(wrong, "the boundary refuses {function} {}", shown(access));
        }
        for statement in role {
            bounded(function, statement, &boundary, &mut wrong);
            let hits: Vec<_> = accesses.iter().filter(|a| statement.allows(a)).collect();
            unused(function, statement, &hits, &mut wrong);
            for access in &hits {
                let _ = writeln!(table, "{function} | {}", shown(access));
            }
        }
        let objects = objects.get(function).cloned().unwrap_or_default();
        other_services(function, variables, role, objects, &mut wrong);
    }
    for (function, accesses) in used {
        let _ = writeln!(wrong, "no function is {function}, which does {accesses:?}");
    }
    let lines: BTreeSet<_> = table.lines().skip(1).collect();
    if std::env::var_os("CIVICFORGE_SHOW_IAM").is_some() {
        println!("{}", Vec::from_iter(lines).join("\n"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// What each function does.
fn by_function(
    calls: &[Call],
    accesses: fn(&Call) -> Vec<Access>,
) -> BTreeMap<String, BTreeSet<Access>> {
    let mut used: BTreeMap<String, BTreeSet<Access>> = BTreeMap::new();
    for call in calls {
        if let Some(made_for) = call.made_for {
            let of_function = used.entry(function_of(made_for)).or_default();
            of_function.extend(accesses(call));
        }
    }
    used
}

/// What each function does with files, as the template names the objects.
fn objects_by_function(
    calls: Vec<ObjectCall>,
) -> BTreeMap<String, BTreeSet<(&'static str, String)>> {
    let mut used: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
    for call in calls {
        let Some(made_for) = call.made_for else {
            continue;
        };
        let bucket = match call.bucket.as_str() {
            media::UPLOADS => "UploadsBucket",
            media::IMAGES => "ImagesBucket",
            media::EXPORTS => "ExportsBucket",
            other => panic!("no bucket of the template is {other}"),
        };
        let on = match call.key.as_deref().and_then(|key| key.split_once('/')) {
            Some((start, _)) => format!("${{{bucket}.Arn}}/{start}/*"),
            None => format!("{bucket}.Arn"),
        };
        let of_function = used.entry(function_of(made_for)).or_default();
        of_function.insert((call.action, on));
    }
    used
}

/// Should DynamoDB authorize the parts of a transaction that do the same as one, then `transactionGrants: merged` allows all that
/// is done. A grant for each item would not: that is what the switch is for.
fn transactions_as_one(calls: &[Call], wrong: &mut String) {
    let used = by_function(calls, access::of_together);
    let refused = |template: &Template| -> Vec<String> {
        let functions = template.functions();
        let roles = functions.iter().flat_map(|(function, (_, role))| {
            let accesses = used.get(function).into_iter().flatten();
            let refused = accesses.filter(|access| !role.iter().any(|s| s.allows(access)));
            refused.map(move |access| format!("{function} {}", shown(access)))
        });
        roles.collect()
    };
    for access in refused(&Template::merged()) {
        let _ = writeln!(wrong, "merged grants refuse {access}");
    }
    if refused(&Template::read()).is_empty() {
        let _ = writeln!(wrong, "nothing needs merged grants");
    }
}

/// What the boundary would refuse of what a statement allows with other services than the table.
fn bounded(function: &str, statement: &Statement, boundary: &Boundary, wrong: &mut String) {
    let actions = statement.actions.iter();
    for action in actions.filter(|action| !action.starts_with("dynamodb:")) {
        for on in &statement.resources {
            if !boundary.permits_use(action, on) {
                let _ = writeln!(wrong, "the boundary refuses {function} {action} on {on}");
            }
        }
    }
}

/// The function that an operation is served by; an event is one of its own.
fn function_of(made_for: &str) -> String {
    Function::serving(made_for)
        .map_or(made_for, |function| function.name)
        .to_owned()
}

/// The identifiers in keys vary from run to run, and say nothing.
fn shown(access: &Access) -> String {
    let listed = |key: &str| access.context.get(key).into_iter().flatten();
    let keys = listed(LEADING_KEYS).map(|key| match key.split_once('#') {
        Some((kind @ ("REWARD" | "STATUS"), rest)) if rest.len() < 12 => format!("{kind}#{rest}"),
        Some((kind, _)) => format!("{kind}#*"),
        None => key.clone(),
    });
    let keys: BTreeSet<_> = keys.collect();
    let attributes: Vec<_> = listed(ATTRIBUTES).map(String::as_str).collect();
    format!(
        "{} | {} | {} | {}",
        access.action,
        access.index.as_deref().unwrap_or("table"),
        Vec::from_iter(keys).join(" "),
        attributes.join(" ")
    )
}

/// What a statement allows and nobody has used.
fn unused(function: &str, statement: &Statement, hits: &[&Access], wrong: &mut String) {
    if !statement
        .actions
        .iter()
        .any(|action| action.starts_with("dynamodb:"))
    {
        return;
    }
    let mut say = |what: &str, name: &str| {
        let place = &statement.place;
        let _ = writeln!(
            wrong,
            "{function} has never used the {what} {name} ({place})"
        );
    };
    for action in &statement.actions {
        if !hits.iter().any(|hit| hit.action == *action) {
            say("action", action);
        }
    }
    if hits.is_empty() {
        return;
    }
    let used = |key: &str| -> BTreeSet<&str> {
        let values = hits
            .iter()
            .flat_map(|hit| hit.context.get(key).into_iter().flatten());
        values.map(String::as_str).collect()
    };
    let keys = used(LEADING_KEYS);
    for pattern in statement.listed(LEADING_KEYS) {
        if !keys.iter().any(|key| like(pattern, key)) {
            say("keys", pattern);
        }
    }
    let attributes = used(ATTRIBUTES);
    for attribute in statement.listed(ATTRIBUTES) {
        if !attributes.contains(attribute) {
            say("attribute", attribute);
        }
    }
}

/// What a mail is sent by, as the template names it.
const MAILS_FROM: [&str; 2] = [
    "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailConfigurationSet}",
    "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailDomain}",
];

/// Queues, mails and secrets: what the function's variables make it use is what its role allows.
fn other_services(
    function: &str,
    variables: &BTreeMap<String, String>,
    role: &[Statement],
    objects: BTreeSet<(&'static str, String)>,
    wrong: &mut String,
) {
    let host = |name: &str| match name {
        "AWS_REGION" => Some("eu-central-1".to_owned()),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("given by Lambda".to_owned()),
        name => variables.get(name).cloned(),
    };
    let config = match FunctionConfig::read(host, Vec::new()) {
        Ok(config) => config,
        Err(error) => {
            let _ = writeln!(wrong, "{function} could not start: {error}");
            return;
        }
    };
    let sources = config.keys.all().chain(&config.vendors);
    let secrets = sources.filter_map(|source| match source {
        SecretSource::Kept(arn) => Some(("secretsmanager:GetSecretValue", arn.clone())),
        _ => None,
    });
    let sends = config.failed_sign_ups.iter().map(|url| {
        let name = url.path().trim_start_matches('/');
        ("sqs:SendMessage", format!("{name}.Arn"))
    });
    let publishes = config.event_bus.iter();
    let publishes = publishes.map(|bus| ("events:PutEvents", bus.clone()));
    let mails = config.mail_from.iter().flat_map(|_| MAILS_FROM);
    let mails = mails.map(|from| ("ses:SendEmail", from.to_owned()));
    // A function that has nothing to do with files knows no bucket.
    let knows = config.uploads_bucket.is_some()
        || config.images_bucket.is_some()
        || config.exports_bucket.is_some();
    if knows == objects.is_empty() {
        let _ = writeln!(
            wrong,
            "{function} knows buckets: {knows}, and does {objects:?}"
        );
    }
    let needed = secrets.chain(sends).chain(publishes).chain(mails);
    let needed = needed.chain(objects);
    let needed: BTreeSet<(&str, String)> = needed.collect();
    let allowed = role.iter().flat_map(|statement| {
        let actions = statement.actions.iter();
        let actions = actions.filter(|action| {
            let action = action.as_str();
            !action.starts_with("dynamodb:")
                && !POLLING.contains(&action)
                && !HOST.contains(&action)
        });
        actions.flat_map(|action| {
            statement
                .resources
                .iter()
                .map(move |on| (action.as_str(), on.clone()))
        })
    });
    // What a function has failed on, Lambda puts there on its behalf.
    let failed = |(action, on): &(&str, String)| {
        *action == "sqs:SendMessage" && on == "ObjectDeadLetterQueue.Arn"
    };
    let allowed: BTreeSet<_> = allowed.filter(|one| !failed(one)).collect();
    for (action, resource) in needed.difference(&allowed) {
        let _ = writeln!(wrong, "{function} is refused {action} on {resource}");
    }
    for (action, resource) in allowed.difference(&needed) {
        let _ = writeln!(wrong, "{function} has never used {action} on {resource}");
    }
}
