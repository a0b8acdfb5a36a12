//! The template: parts that are always the same, and between them what follows from `functions.yaml` and the contract.

mod accounts;
mod alarms;
pub(crate) mod buckets;
mod buses;
mod dashboard;
mod distribution;
pub mod environment;
mod functions;
pub(crate) mod http_api;
mod mail;
mod own_answers;
pub mod policy;
mod queues;
mod rest_api;
pub(crate) mod rollout;
mod schedules;
mod secrets;
mod table;

use crate::Stack;
use crate::spec::Api;
use crate::yaml::Map;

const HEAD: &str = include_str!("../../parts/head.yaml");
const PLANS: &str = include_str!("../../parts/plans.yaml");
const ACCESS_LOG: &str = include_str!("../../parts/access_log.yaml");
const TRACES: &str = include_str!("../../parts/traces.yaml");
const TABLE: &str = include_str!("../../parts/table.yaml");
const EDGE_KEY: &str = include_str!("../../parts/edge_key.yaml");
const EDGE_KEYS: &str = include_str!("../../parts/edge_keys.yaml");
const LOGS: &str = include_str!("../../parts/logs.yaml");
const EXPORT: &str = include_str!("../../parts/export.yaml");
const ACCOUNT: &str = include_str!("../../parts/account.yaml");
const OUTPUTS: &str = include_str!("../../parts/outputs.yaml");

const BANNER: &str = "\
# Generated from openapi.yaml and sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.
";

/// The share of requests whose traces are recorded behind a REST API, where nobody says otherwise.
pub const TRACED_SHARE: f64 = 0.005;

const TRACED_SHARE_PARAMETER: &str = "  TracedShare:
    Type: Number
    Default: @SHARE@
    MinValue: 0
    MaxValue: 1
    Description: The share of requests whose traces X-Ray records.
";

const EDGE_KEY_PARAMETER: &str = "  ShownEdgeKey:
    Type: String
    Default: a
    AllowedValues: [a, b]
    Description: Which of the two keys in EdgeKeys the distribution shows to the functions (sam/edge-key).
";

const ROLLOUT_PARAMETER: &str = "  Rollout:
    Type: String
    Default: gradual
    AllowedValues: [gradual, at-once]
    Description: Whether requests go over to new versions as functions.yaml says, or at once, whatever alarms say.
";

const EDGE_KEYS_OUTPUT: &str = "  EdgeKeysArn:
    Description: The secret with the keys by which functions know their distribution.
    Value: !Ref EdgeKeys
";

const PARTNER_OUTPUT: &str = "  PartnerKeyId:
    Description: The partner's API key.
    Value: !Ref PartnerKey
";

/// The whole template.
#[must_use]
pub fn write(stack: &Stack) -> String {
    let mut out = BANNER.to_owned();
    let rollout_parameter = match rollout::any(stack) {
        true => ROLLOUT_PARAMETER,
        false => "",
    };
    let api = stack.source.spec.api;
    let (kind, parameter_of_kind) = match api {
        Api::Rest => {
            let share = TRACED_SHARE.to_string();
            ("REST", TRACED_SHARE_PARAMETER.replace("@SHARE@", &share))
        }
        Api::Http => ("HTTP", EDGE_KEY_PARAMETER.to_owned()),
    };
    let head = HEAD
        .replace("@CONDITIONS@", &conditions(stack))
        .replace("@MAIL@", &mail::parameters(stack))
        .replace("@MAIL_RULES@", &mail::rules(stack))
        .replace("@ROLLOUT@", rollout_parameter)
        .replace("@KIND@", &parameter_of_kind)
        .replace("@API@", kind)
        .replace("@TITLE@", stack.contract.title())
        .replace("@VERSION@", stack.contract.version());
    out.push_str(&head);
    out.push_str("Resources:\n");
    match api {
        Api::Rest => {
            section(
                &mut out,
                rest_api::INTRODUCTION,
                &rest_api::resources(stack),
            );
            out.push_str(&PLANS.replace("@LIMITS@\n", &rest_api::limits_of_plan(stack)));
            out.push_str(TRACES);
        }
        Api::Http => {
            section(
                &mut out,
                http_api::INTRODUCTION,
                &http_api::resources(stack),
            );
        }
    }
    out.push_str(&ACCESS_LOG.replace("@FOLDER@", access_log_folder(api)));
    section(&mut out, functions::INTRODUCTION, &[]);
    for (name, function) in &stack.source.spec.functions {
        let title = format!("{name}: {}", function.description);
        section(
            &mut out,
            &title,
            &functions::resources(stack, name, function),
        );
    }
    let rollout = rollout::resources(stack);
    if !rollout.is_empty() {
        section(&mut out, rollout::INTRODUCTION, &rollout);
    }
    out.push_str(TABLE);
    section(&mut out, queues::INTRODUCTION, &queues::resources(stack));
    out.push_str(&queues::pipes(stack));
    out.push_str(&mail::resources(stack));
    let buses = buses::resources(stack);
    if !buses.is_empty() {
        section(&mut out, buses::INTRODUCTION, &buses);
    }
    let buckets = buckets::resources(stack);
    if !buckets.is_empty() {
        section(&mut out, buckets::INTRODUCTION, &buckets);
    }
    let rules = buckets::rules(stack);
    if !rules.is_empty() {
        section(&mut out, buckets::TRIGGERS, &rules);
    }
    let schedules = schedules::resources(stack);
    if !schedules.is_empty() {
        section(&mut out, schedules::INTRODUCTION, &schedules);
    }
    out.push_str(&accounts::resources(stack));
    section(&mut out, secrets::INTRODUCTION, &secrets::resources(stack));
    out.push_str(match api {
        Api::Rest => EDGE_KEY,
        Api::Http => EDGE_KEYS,
    });
    section(&mut out, alarms::INTRODUCTION, &alarms::resources(stack));
    section(
        &mut out,
        dashboard::INTRODUCTION,
        &dashboard::resources(stack),
    );
    out.push_str(ACCOUNT);
    out.push_str(&distribution::resources(stack));
    out.push_str(LOGS);
    out.push_str(&EXPORT.replace("@TABLE_ARN@", &table::arn_in_text()));
    let outputs = OUTPUTS
        .replace("@API@", kind)
        .replace("@API_ID@", api.resource())
        .replace("@QUEUES@\n", &queues::outputs(stack).render(1))
        .replace("@BUSES@\n", &buses::outputs(stack).render(1))
        .replace("@SECRETS@\n", &secrets::outputs(stack).render(1));
    out.push_str(&outputs);
    out.push_str(&mail::outputs(stack));
    out.push_str(match api {
        Api::Rest => PARTNER_OUTPUT,
        Api::Http => EDGE_KEYS_OUTPUT,
    });
    out
}

/// Where API Gateway writes its access log. That of an HTTP API gets there by a delivery, and the names of such groups have this
/// start: otherwise each would be in a policy of the account, which has an end.
fn access_log_folder(api: Api) -> &'static str {
    match api {
        Api::Rest => "/aws/apigateway",
        Api::Http => "/aws/vendedlogs/apigateway",
    }
}

/// What API Gateway writes of each request.
pub(crate) fn access_log_format(api: Api) -> String {
    match api {
        Api::Rest => rest_api::access_log_format(),
        Api::Http => http_api::access_log_format(),
    }
}

/// Conditions that depend on what is asked for: one that nothing asks for is a warning of cfn-lint.
fn conditions(stack: &Stack) -> String {
    let spec = &stack.source.spec;
    let functions = || spec.functions.values();
    let staging = functions().any(|function| {
        [
            function.provisioned_concurrency,
            function.reserved_concurrency,
        ]
        .iter()
        .any(|stages| stages.staging.or(stages.dev).is_some())
    }) || spec.rollouts.staging != spec.rollouts.dev;
    let mut out = String::new();
    let for_browsers = || spec.buckets.values().any(|bucket| bucket.cors.is_some());
    if spec.api == Api::Rest || for_browsers() {
        out.push_str("  HasCorsOrigins: !Not [!Equals [!Ref CorsOrigins, '']]\n");
    }
    if staging {
        out.push_str("  IsStaging: !Equals [!Ref Stage, staging]\n");
    }
    if rollout::any(stack) {
        out.push_str("  IsGradual: !Equals [!Ref Rollout, gradual]\n");
    }
    if functions().any(|function| !function.scheduled_concurrency.is_empty()) {
        out.push_str("  KeepsProdWarm: !And [!Condition IsProd, !Condition KeepsWarm]\n");
    }
    out.push_str(&mail::conditions(stack));
    out
}

/// Entries of `Resources`, each with an empty line behind it, under a heading.
fn section(out: &mut String, title: &str, resources: &[(String, Map)]) {
    for line in heading(title) {
        out.push_str("  # ");
        out.push_str(&line);
        out.push('\n');
    }
    out.push('\n');
    for (name, resource) in resources {
        out.push_str(&Map::new().with(name.as_str(), resource.clone()).render(1));
        out.push('\n');
    }
}

/// A heading, broken where it is long.
fn heading(title: &str) -> Vec<String> {
    const WIDTH: usize = 116;
    let mut lines = vec![String::new()];
    for word in format!("---- {title} ----").split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The logical id of something of a function or a queue: `createQuest` and `Role` make `CreateQuestRole`.
#[must_use]
pub fn logical(name: &str, what: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => format!("{}{}{what}", first.to_ascii_uppercase(), letters.as_str()),
        None => what.to_owned(),
    }
}

/// How many cache behaviors the distribution has, besides the default one.
#[must_use]
pub fn behaviors(stack: &Stack) -> usize {
    distribution::behaviors(stack)
}
