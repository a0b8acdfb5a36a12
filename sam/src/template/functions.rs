//! A function: the function itself, its role, its log, and who may invoke it.

use crate::Stack;
use crate::spec::{Function, Stages};
use crate::yaml::{Map, Yaml, attribute, if_else, line, nothing, reference, sub};

use super::{environment, logical, policy, serves};

pub(super) const INTRODUCTION: &str = "Functions. All run the same program; CIVICFORGE_FUNCTION says which one it is, and it \
    can do what that one does. Each has a role of its own. A version is published with each revision, so that `live` can be \
    put back; without `Revision` SAM would see no change of a parameter or a mapping, and `live` would stay as it was.";

/// Its resources by name.
pub(super) fn resources(stack: &Stack, name: &str, function: &Function) -> Vec<(String, Map)> {
    let mut out = vec![
        (logical(name, "Function"), itself(stack, name, function)),
        (logical(name, "Role"), role(stack, name, function)),
        (logical(name, "LogGroup"), log_group(name)),
    ];
    if serves(function) {
        out.push((logical(name, "Permission"), permission(name)));
    }
    out
}

fn itself(stack: &Stack, name: &str, function: &Function) -> Map {
    let defaults = stack.source.spec.defaults;
    let architecture = function.architecture.unwrap_or(defaults.architecture);
    let mut properties = Map::new()
        .with("FunctionName", sub(format!("${{AWS::StackName}}-{name}")))
        .with("Description", function.description.as_str())
        .with("CodeUri", "../target/lambda/bootstrap")
        .with("Handler", "bootstrap")
        .with("Runtime", "provided.al2023")
        .with("Architectures", line([architecture.name()]))
        .with("MemorySize", function.memory.unwrap_or(defaults.memory))
        .with("Timeout", function.timeout.unwrap_or(defaults.timeout))
        .with("Role", attribute(format!("{}.Arn", logical(name, "Role"))))
        .with("Tracing", "Active")
        .with(
            "LoggingConfig",
            Map::new().with("LogGroup", reference(logical(name, "LogGroup"))),
        )
        .with("AutoPublishAlias", "live")
        .with("AutoPublishCodeSha256", reference("Revision"));
    if let Some(provisioned) = provisioned(function.provisioned_concurrency) {
        properties.put("ProvisionedConcurrencyConfig", provisioned);
    }
    let mut variables = Map::new();
    for (variable, value) in environment::variables(stack, name, function) {
        variables.put(variable, value);
    }
    properties.put("Environment", Map::new().with("Variables", variables));
    let events = events(function);
    if !events.is_empty() {
        properties.put("Events", events);
    }
    Map::new()
        .with("Type", "AWS::Serverless::Function")
        .with("Properties", properties)
}

/// What keeps instances warm, in the stages that ask for it.
fn provisioned(stages: Stages) -> Option<Yaml> {
    let config = |count: u32| {
        Map::new()
            .with("ProvisionedConcurrentExecutions", count)
            .into()
    };
    let or = |condition, count: Option<u32>, other: Option<Yaml>| match (count, other) {
        (None, None) => None,
        (count, other) => Some(if_else(
            condition,
            count.map_or_else(nothing, config),
            other.unwrap_or_else(nothing),
        )),
    };
    let dev = stages.dev.map(config);
    let provisioned = or("IsProd", stages.prod, or("IsStaging", stages.staging, dev))?;
    Some(if_else("KeepsWarm", provisioned, nothing()))
}

/// Queues. Cognito and schedules stand on their own, because they name the function.
fn events(function: &Function) -> Map {
    let mut out = Map::new();
    for event in &function.events {
        let Some(queue) = &event.queue else {
            continue;
        };
        let properties = Map::new()
            .with(
                "Queue",
                attribute(format!("{}.Arn", logical(queue, "Queue"))),
            )
            .with("BatchSize", event.batch_size.unwrap_or(10))
            .with("FunctionResponseTypes", line(["ReportBatchItemFailures"]));
        out.put(
            logical(queue, ""),
            Map::new()
                .with("Type", "SQS")
                .with("Properties", properties),
        );
    }
    out
}

fn role(stack: &Stack, name: &str, function: &Function) -> Map {
    let trust = Map::new().with("Version", "2012-10-17").with(
        "Statement",
        vec![
            Map::new()
                .with("Effect", "Allow")
                .with("Action", "sts:AssumeRole")
                .with(
                    "Principal",
                    Map::new().with("Service", "lambda.amazonaws.com"),
                ),
        ],
    );
    let policies = vec![
        Map::new()
            .with("PolicyName", name)
            .with("PolicyDocument", policy::document(stack, name, function)),
    ];
    Map::new().with("Type", "AWS::IAM::Role").with(
        "Properties",
        Map::new()
            .with("PermissionsBoundary", boundary())
            .with("AssumeRolePolicyDocument", trust)
            .with("Policies", policies),
    )
}

/// What a role may never do more than, whatever its policies say.
pub(super) fn boundary() -> Yaml {
    if_else(
        "HasBoundary",
        reference("PermissionsBoundaryArn"),
        nothing(),
    )
}

fn log_group(name: &str) -> Map {
    Map::new()
        .with("Type", "AWS::Logs::LogGroup")
        .with("DeletionPolicy", "Delete")
        .with("UpdateReplacePolicy", "Delete")
        .with(
            "Properties",
            Map::new()
                .with(
                    "LogGroupName",
                    sub(format!("/aws/lambda/${{AWS::StackName}}-{name}")),
                )
                .with("RetentionInDays", log_days()),
        )
}

/// How long logs are kept.
pub(super) fn log_days() -> Yaml {
    Yaml::Tagged(
        "!FindInMap",
        Box::new(Yaml::Line(vec![
            "Stages".into(),
            reference("Stage"),
            "LogDays".into(),
        ])),
    )
}

/// The API may invoke it, for any path: which paths lead to it is the API's definition.
fn permission(name: &str) -> Map {
    Map::new().with("Type", "AWS::Lambda::Permission").with(
        "Properties",
        Map::new()
            .with("Action", "lambda:InvokeFunction")
            .with(
                "FunctionName",
                reference(format!("{}.Alias", logical(name, "Function"))),
            )
            .with("Principal", "apigateway.amazonaws.com")
            .with(
                "SourceArn",
                sub("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*"),
            ),
    )
}
