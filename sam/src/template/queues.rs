//! Queues and their dead-letter queues.

use crate::Stack;
use crate::spec::TableStream;
use crate::yaml::{Map, attribute, reference};

use super::logical;

pub(super) const INTRODUCTION: &str = "Queues. What fails again and again goes to the dead-letter queue behind, where an alarm \
    makes somebody look; docs/operations.md says what to do then.";

const PIPE: &str = include_str!("../../parts/pipe.yaml");

const PIPES: &str =
    "Pipes from the table's stream to queues: what a transaction has put, and nothing else.";

/// Fourteen days, the longest that SQS keeps a message.
pub(super) const LONGEST: u32 = 1_209_600;

/// Their resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let spec = &stack.source.spec;
    let mut out = Vec::new();
    for (name, queue) in &spec.queues {
        let patience = spec
            .functions
            .values()
            .filter(|function| {
                function
                    .events
                    .iter()
                    .any(|event| event.queue.as_ref() == Some(name))
            })
            .map(|function| function.timeout.unwrap_or(spec.defaults.timeout))
            .max()
            .unwrap_or(spec.defaults.timeout);
        let redrive = Map::new()
            .with(
                "deadLetterTargetArn",
                attribute(format!("{}.Arn", logical(name, "DeadLetterQueue"))),
            )
            .with("maxReceiveCount", queue.max_receives);
        let properties = Map::new()
            .with("SqsManagedSseEnabled", true)
            .with("MessageRetentionPeriod", 345_600u32)
            // SQS asks for six times the function's time, so that a throttled batch does not come back before it is done.
            .with("VisibilityTimeout", patience.saturating_mul(6))
            .with("RedrivePolicy", redrive);
        out.push((
            logical(name, "Queue"),
            Map::new()
                .with_comment(queue.description.as_str(), "Type", "AWS::SQS::Queue")
                .with("Properties", properties),
        ));
        out.push((
            logical(name, "DeadLetterQueue"),
            Map::new().with("Type", "AWS::SQS::Queue").with(
                "Properties",
                Map::new()
                    .with("SqsManagedSseEnabled", true)
                    .with("MessageRetentionPeriod", LONGEST),
            ),
        ));
    }
    out
}

/// Queues with what a pipe sends to them.
pub(super) fn streams(stack: &Stack) -> impl Iterator<Item = (&str, &TableStream)> {
    let queues = stack.source.spec.queues.iter();
    queues.filter_map(|(name, queue)| Some((name.as_str(), queue.stream.as_ref()?)))
}

/// The part of the template with the pipes.
pub(super) fn pipes(stack: &Stack) -> String {
    let mut out = String::new();
    for (name, stream) in streams(stack) {
        if out.is_empty() {
            super::section(&mut out, PIPES, &[]);
        }
        let pipe = PIPE
            .replace("@NAME@", &logical(name, ""))
            .replace("@QUEUE@", name)
            .replace("@PREFIX@", &stream.key_prefix);
        out.push_str(&pipe);
    }
    out
}

/// The names of every queue that should be empty.
pub(super) fn dead_letters(stack: &Stack) -> Vec<String> {
    let spec = &stack.source.spec;
    let mut out: Vec<String> = spec
        .queues
        .keys()
        .map(|name| logical(name, "DeadLetterQueue"))
        .collect();
    out.extend(streams(stack).map(|(name, _)| logical(name, "PipeDeadLetterQueue")));
    if super::buckets::any_trigger(stack) {
        out.push(super::buckets::DEAD_LETTERS.to_owned());
    }
    if super::schedules::any(stack) {
        out.push(super::schedules::DEAD_LETTERS.to_owned());
    }
    out.push("TableExportDeadLetterQueue".to_owned());
    out
}

/// What the stack tells of them.
pub(super) fn outputs(stack: &Stack) -> Map {
    let mut out = Map::new();
    for (name, queue) in &stack.source.spec.queues {
        let what = queue.description.trim_end_matches('.');
        let entry = |what: String, resource: String| {
            Map::new()
                .with("Description", what)
                .with("Value", reference(resource))
        };
        out.put(
            logical(name, "QueueUrl"),
            entry(format!("{what}."), logical(name, "Queue")),
        );
        out.put(
            logical(name, "DeadLetterQueueUrl"),
            entry(
                format!("{what}; those that failed again and again."),
                logical(name, "DeadLetterQueue"),
            ),
        );
    }
    out
}
