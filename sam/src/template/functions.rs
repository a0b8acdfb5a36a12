//! A function: the function itself, its role, its log, and who may invoke it.

use crate::Stack;
use crate::spec::{Api, Function, Stages};
use crate::yaml::{Map, Yaml, attribute, if_else, line, nothing, reference, sub};

use super::{environment, logical, policy, rollout};

pub(super) const INTRODUCTION: &str = "Functions. CIVICFORGE_FUNCTION says to a program which of its functions it is, and it \
    can do what that one does. Each has a role of its own. A version is published with each revision, so that `live` can be \
    put back; without `Revision` SAM would see no change of a parameter or a mapping, and `live` would stay as it was.";

/// Its resources by name.
pub(super) fn resources(stack: &Stack, name: &str, function: &Function) -> Vec<(String, Map)> {
    let mut out = vec![
        (logical(name, "Function"), itself(stack, name, function)),
        (logical(name, "Role"), role(stack, name, function)),
        (logical(name, "LogGroup"), log_group(name)),
    ];
    if function.serves() {
        out.push((logical(name, "Permission"), permission(stack, name)));
    }
    if !function.scheduled_concurrency.is_empty() {
        out.push((logical(name, "Concurrency"), scheduled(name, function)));
    }
    out
}

fn itself(stack: &Stack, name: &str, function: &Function) -> Map {
    let defaults = &stack.source.spec.defaults;
    let program = stack.source.spec.program(function);
    let architecture = function.architecture.unwrap_or(defaults.architecture);
    let mut properties = Map::new()
        .with("FunctionName", sub(format!("${{AWS::StackName}}-{name}")))
        .with("Description", function.description.as_str())
        .with("CodeUri", format!("../target/lambda/{program}"))
        .with("Handler", "bootstrap")
        .with("Runtime", "provided.al2023")
        .with("Architectures", line([architecture.name()]))
        .with("MemorySize", function.memory.unwrap_or(defaults.memory))
        .with("Timeout", function.timeout.unwrap_or(defaults.timeout))
        .with("Role", attribute(format!("{}.Arn", logical(name, "Role"))))
        .with(
            "Tracing",
            match stack.source.spec.api {
                Api::Rest if function.serves() => "Active",
                // What begins no trace would be traced by Lambda's own rule, which cannot be changed: one a second, which may be all of
                // it. An HTTP API begins none, and neither do queues and schedules.
                _ => "PassThrough",
            },
        )
        .with(
            "LoggingConfig",
            Map::new()
                .with("LogGroup", reference(logical(name, "LogGroup")))
                .with("LogFormat", "JSON")
                // The function filters its lines itself. Lambda's own, of each start and end, would be as long as those.
                .with("ApplicationLogLevel", "TRACE")
                .with("SystemLogLevel", "WARN"),
        )
        .with("AutoPublishAlias", "live")
        .with("AutoPublishCodeSha256", reference("Revision"));
    if let Some(preference) = rollout::preference(stack, function) {
        properties.put("DeploymentPreference", preference);
    }
    if let Some(provisioned) = provisioned(function.provisioned_concurrency) {
        properties.put("ProvisionedConcurrencyConfig", provisioned);
    }
    if let Some(reserved) = by_stage(function.reserved_concurrency, Yaml::from) {
        properties.put("ReservedConcurrentExecutions", reserved);
    }
    if function.events.iter().any(|event| event.object.is_some()) {
        let dead_letters = attribute(format!("{}.Arn", super::buckets::DEAD_LETTERS));
        let failed = Map::new()
            .with("Type", "SQS")
            .with("Destination", dead_letters);
        let config = Map::new()
            .with("MaximumRetryAttempts", 2)
            .with("DestinationConfig", Map::new().with("OnFailure", failed));
        properties.put("EventInvokeConfig", config);
    } else if function.events.iter().any(|event| event.schedule.is_some()) {
        // The next invocation finds what this one has left.
        let config = Map::new()
            .with("MaximumRetryAttempts", 0)
            .with("MaximumEventAgeInSeconds", 300);
        properties.put("EventInvokeConfig", config);
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
    Some(if_else("KeepsWarm", by_stage(stages, config)?, nothing()))
}

/// A value that depends on the stage; nothing, where no stage has one.
fn by_stage(stages: Stages, value: impl Fn(u32) -> Yaml) -> Option<Yaml> {
    let or = |condition, count: Option<u32>, other: Option<Yaml>| match (count, other) {
        (None, None) => None,
        (count, other) => Some(if_else(
            condition,
            count.map_or_else(nothing, &value),
            other.unwrap_or_else(nothing),
        )),
    };
    // `dev` is what is neither of the others.
    let dev = stages.dev.map(&value);
    or("IsProd", stages.prod, or("IsStaging", stages.staging, dev))
}

/// Queues. Other triggers stand on their own, because they name the function.
fn events(function: &Function) -> Map {
    let mut out = Map::new();
    for event in &function.events {
        let Some(queue) = &event.queue else {
            continue;
        };
        let mut properties = Map::new()
            .with(
                "Queue",
                attribute(format!("{}.Arn", logical(queue, "Queue"))),
            )
            .with("BatchSize", event.batch_size.unwrap_or(10))
            .with("FunctionResponseTypes", line(["ReportBatchItemFailures"]));
        if let Some(most) = event.maximum_concurrency {
            let scaling = Map::new().with("MaximumConcurrency", most);
            properties.put("ScalingConfig", scaling);
        }
        out.put(
            logical(queue, ""),
            Map::new()
                .with("Type", "SQS")
                .with("Properties", properties),
        );
    }
    out
}

/// What changes how many instances are kept warm, by the clock. A deployment puts it back until the next time.
fn scheduled(name: &str, function: &Function) -> Map {
    let capacity = |instances: u32| {
        Map::new()
            .with("MinCapacity", instances)
            .with("MaxCapacity", instances)
    };
    let actions: Vec<Map> = function
        .scheduled_concurrency
        .iter()
        .enumerate()
        .map(|(index, scheduled)| {
            Map::new()
                .with("ScheduledActionName", format!("{name}-{}", index + 1))
                .with("Schedule", scheduled.schedule.as_str())
                .with("ScalableTargetAction", capacity(scheduled.instances))
        })
        .collect();
    let properties = capacity(function.provisioned_concurrency.prod.unwrap_or(1))
        .with("ServiceNamespace", "lambda")
        .with(
            "ScalableDimension",
            "lambda:function:ProvisionedConcurrency",
        )
        .with(
            "ResourceId",
            sub(format!("function:${{{}}}:live", logical(name, "Function"))),
        )
        .with("ScheduledActions", actions);
    Map::new()
        .with("Type", "AWS::ApplicationAutoScaling::ScalableTarget")
        .with("Condition", "KeepsProdWarm")
        // There is nothing to scale before the alias is there.
        .with(
            "DependsOn",
            format!("{}Aliaslive", logical(name, "Function")),
        )
        .with("Properties", properties)
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
fn permission(stack: &Stack, name: &str) -> Map {
    let api = stack.source.spec.api.resource();
    let api = sub(format!(
        "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}}}/*"
    ));
    invocable(
        name,
        "apigateway.amazonaws.com",
        Map::new().with("SourceArn", api),
    )
}

/// The permission of a service of AWS to invoke a function for these sources.
pub(super) fn invocable(function: &str, principal: &str, sources: Map) -> Map {
    let alias = format!("{}.Alias", logical(function, "Function"));
    let properties = Map::new()
        .with("Action", "lambda:InvokeFunction")
        .with("FunctionName", reference(alias))
        .with("Principal", principal)
        .with_all(sources);
    Map::new()
        .with("Type", "AWS::Lambda::Permission")
        .with("Properties", properties)
}
