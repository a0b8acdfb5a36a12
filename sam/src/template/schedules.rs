//! Schedules, and the role by which they invoke functions.

use crate::Stack;
use crate::yaml::{Map, Yaml, attribute, reference, sub};

use super::logical;

pub(super) const INTRODUCTION: &str = "Schedules. An invocation that fails is tried again for a while; the next one finds what \
    is left, so one that is given up is no loss, but somebody should look.";

pub(super) const DEAD_LETTERS: &str = "ScheduleDeadLetterQueue";

fn scheduled(stack: &Stack) -> Vec<(&str, &str)> {
    let functions = stack.source.spec.functions.iter();
    functions
        .flat_map(|(name, function)| {
            let schedules = function.events.iter().filter_map(|e| e.schedule.as_deref());
            schedules.map(|schedule| (name.as_str(), schedule))
        })
        .collect()
}

/// The seconds between two invocations of `rate(…)`. What `cron(…)` asks for is not as regular.
pub(super) fn seconds(schedule: &str) -> Option<u32> {
    let rate = schedule.strip_prefix("rate(")?.strip_suffix(')')?;
    let (count, unit) = rate.split_once(' ')?;
    let unit = match unit.trim_end_matches('s') {
        "minute" => 60,
        "hour" => 3600,
        _ => 86_400,
    };
    count.parse::<u32>().ok()?.checked_mul(unit)
}

/// Whether there is one.
pub(super) fn any(stack: &Stack) -> bool {
    !scheduled(stack).is_empty()
}

/// Their resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let scheduled = scheduled(stack);
    if scheduled.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut aliases: Vec<Yaml> = Vec::new();
    for (name, schedule) in &scheduled {
        let alias = reference(format!("{}.Alias", logical(name, "Function")));
        if !aliases.contains(&alias) {
            aliases.push(alias.clone());
        }
        let number = out
            .iter()
            .filter(|(id, _): &&(String, Map)| id.starts_with(&logical(name, "Schedule")))
            .count();
        let id = match number {
            0 => logical(name, "Schedule"),
            more => logical(name, &format!("Schedule{}", more + 1)),
        };
        let target = Map::new()
            .with("Arn", alias)
            .with("RoleArn", attribute("ScheduleRole.Arn"))
            .with(
                "RetryPolicy",
                Map::new()
                    .with("MaximumRetryAttempts", 2)
                    .with("MaximumEventAgeInSeconds", 300),
            )
            .with(
                "DeadLetterConfig",
                Map::new().with("Arn", attribute(format!("{DEAD_LETTERS}.Arn"))),
            )
            // The jobs take an object; an empty one asks for nothing in particular.
            .with("Input", "{}");
        let properties = Map::new()
            .with("Name", sub(format!("${{AWS::StackName}}-{id}")))
            .with("ScheduleExpression", *schedule)
            .with("FlexibleTimeWindow", Map::new().with("Mode", "OFF"))
            .with("Target", target);
        out.push((
            id,
            Map::new()
                .with("Type", "AWS::Scheduler::Schedule")
                .with("Properties", properties),
        ));
    }
    out.push(("ScheduleRole".to_owned(), role(aliases)));
    out.push((
        DEAD_LETTERS.to_owned(),
        Map::new().with("Type", "AWS::SQS::Queue").with(
            "Properties",
            Map::new()
                .with("SqsManagedSseEnabled", true)
                .with("MessageRetentionPeriod", super::queues::LONGEST),
        ),
    ));
    out
}

fn role(aliases: Vec<Yaml>) -> Map {
    let trust = Map::new()
        .with("Effect", "Allow")
        .with("Action", "sts:AssumeRole")
        .with(
            "Principal",
            Map::new().with("Service", "scheduler.amazonaws.com"),
        )
        .with(
            "Condition",
            Map::new().with(
                "StringEquals",
                Map::new().with("aws:SourceAccount", reference("AWS::AccountId")),
            ),
        );
    let statement = |action: &str, resource: Yaml| {
        Map::new()
            .with("Effect", "Allow")
            .with("Action", action)
            .with("Resource", resource)
    };
    let document = |statements: Vec<Map>| {
        Map::new()
            .with("Version", "2012-10-17")
            .with("Statement", statements)
    };
    let policy = document(vec![
        statement("lambda:InvokeFunction", aliases.into()),
        statement("sqs:SendMessage", attribute(format!("{DEAD_LETTERS}.Arn"))),
    ]);
    Map::new().with("Type", "AWS::IAM::Role").with(
        "Properties",
        Map::new()
            .with("PermissionsBoundary", super::functions::boundary())
            .with("AssumeRolePolicyDocument", document(vec![trust]))
            .with(
                "Policies",
                vec![
                    Map::new()
                        .with("PolicyName", "invoke")
                        .with("PolicyDocument", policy),
                ],
            ),
    )
}
