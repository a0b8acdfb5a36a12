//! What somebody has to look at, and who is told. `docs/operations.md` says what each means.

use crate::Stack;
use crate::spec::{Api, Stages};
use crate::yaml::{Map, Yaml, attribute, if_else, line, reference, sub};

use super::{http_api, logical, queues, rollout, schedules};

pub(super) const INTRODUCTION: &str =
    "Alarms, and who is told of them. docs/operations.md says what each means and what to do.";

/// How many metrics CloudWatch takes in the expression of an alarm.
const METRICS: usize = 10;

/// A metric with its dimensions.
#[derive(Clone)]
struct Metric {
    namespace: &'static str,
    name: String,
    dimensions: Vec<(&'static str, Yaml)>,
}

impl Metric {
    fn new(
        namespace: &'static str,
        name: impl Into<String>,
        dimensions: impl IntoIterator<Item = (&'static str, Yaml)>,
    ) -> Self {
        Self {
            namespace,
            name: name.into(),
            dimensions: dimensions.into_iter().collect(),
        }
    }

    fn of_function(name: &'static str, function: &str) -> Self {
        let dimension = ("FunctionName", reference(logical(function, "Function")));
        Self::new("AWS/Lambda", name, [dimension])
    }

    /// Writes it into an object.
    fn put(self, into: &mut Map) {
        let dimensions: Vec<Yaml> = self
            .dimensions
            .into_iter()
            .map(|(name, value)| Yaml::Inline(Map::new().with("Name", name).with("Value", value)))
            .collect();
        into.put("Namespace", self.namespace);
        into.put("MetricName", self.name);
        into.put("Dimensions", dimensions);
    }
}

/// What an alarm looks at.
enum Measure {
    /// One metric, by `Sum` or another statistic.
    One(Metric, &'static str),
    /// The sum of several.
    Sum(Vec<Metric>),
    /// The first less the third and all behind it, as a part of the second.
    Rate(Vec<Metric>),
}

/// When an alarm goes off.
#[derive(Clone, Copy)]
enum When {
    /// Above the threshold.
    Above,
    /// Below it, or where there is nothing at all.
    BelowOrAbsent,
}

/// Who is told of an alarm.
#[derive(Clone, Copy, PartialEq)]
enum Tells {
    /// Whoever reads the topic.
    Somebody,
    /// Another alarm, of which it is a part.
    Alarm,
}

/// An alarm, before it is written.
struct Alarm {
    id: String,
    about: String,
    measure: Measure,
    when: When,
    threshold: Yaml,
    period: u32,
    /// In so many of so many periods.
    of: (u32, u32),
    tells: Tells,
}

impl Alarm {
    /// One that goes off at the first event within five minutes.
    fn any(id: impl Into<String>, about: impl Into<String>, measure: Measure) -> Self {
        Self {
            id: id.into(),
            about: about.into(),
            measure,
            when: When::Above,
            threshold: 0.into(),
            period: 300,
            of: (1, 1),
            tells: Tells::Somebody,
        }
    }

    fn write(self) -> (String, Map) {
        let mut properties = Map::new().with("AlarmDescription", self.about);
        match self.measure {
            Measure::One(metric, statistic) => {
                let kind = if statistic.starts_with('p') {
                    "ExtendedStatistic"
                } else {
                    "Statistic"
                };
                metric.put(&mut properties);
                properties.put(kind, statistic);
                properties.put("Period", self.period);
            }
            Measure::Sum(metrics) => {
                // One that has no data is none.
                let expression = "SUM(METRICS())".to_owned();
                properties.put("Metrics", expressed(metrics, expression, self.period));
            }
            Measure::Rate(metrics) => {
                let less: String = (2..metrics.len())
                    .map(|index| format!(" - FILL(m{index}, 0)"))
                    .collect();
                let expression = format!("(FILL(m0, 0){less}) / m1");
                properties.put("Metrics", expressed(metrics, expression, self.period));
            }
        }
        let (operator, missing) = match self.when {
            When::Above => ("GreaterThanThreshold", "notBreaching"),
            When::BelowOrAbsent => ("LessThanThreshold", "breaching"),
        };
        let properties = properties
            .with("DatapointsToAlarm", self.of.0)
            .with("EvaluationPeriods", self.of.1)
            .with("ComparisonOperator", operator)
            .with("Threshold", self.threshold)
            .with("TreatMissingData", missing);
        let properties = match self.tells {
            Tells::Somebody => actions(properties),
            Tells::Alarm => properties,
        };
        let alarm = Map::new()
            .with("Type", "AWS::CloudWatch::Alarm")
            .with("Properties", properties);
        (self.id, alarm)
    }
}

/// Tells whoever reads the topic.
fn actions(properties: Map) -> Map {
    properties
        .with("AlarmActions", line([reference("AlarmTopic")]))
        .with("OKActions", line([reference("AlarmTopic")]))
}

/// An alarm that is on while all of these are.
fn all_of(id: &str, about: &str, parts: &[String]) -> (String, Map) {
    let rule = parts.iter().map(|part| format!("ALARM(\"${{{part}}}\")"));
    let rule = rule.collect::<Vec<_>>().join(" AND ");
    let properties = Map::new()
        .with("AlarmDescription", about)
        .with("AlarmRule", sub(rule));
    let alarm = Map::new()
        .with("Type", "AWS::CloudWatch::CompositeAlarm")
        .with("Properties", actions(properties));
    (id.to_owned(), alarm)
}

/// An expression, and the sums of the metrics `m0`, `m1` and so on that it is about.
fn expressed(metrics: Vec<Metric>, expression: String, period: u32) -> Vec<Map> {
    let whole = Map::new()
        .with("Id", "whole")
        .with("Expression", expression);
    let parts = metrics.into_iter().enumerate().map(|(index, metric)| {
        let mut written = Map::new();
        metric.put(&mut written);
        let statistic = Map::new()
            .with("Metric", written)
            .with("Period", period)
            .with("Stat", "Sum");
        Map::new()
            .with("Id", format!("m{index}"))
            .with("ReturnData", false)
            .with("MetricStat", statistic)
    });
    std::iter::once(whole).chain(parts).collect()
}

/// Their resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let mut out = vec![
        (
            "AlarmTopic".to_owned(),
            Map::new().with("Type", "AWS::SNS::Topic").with(
                "Properties",
                Map::new()
                    .with("TopicName", sub("${AWS::StackName}-alarms"))
                    .with("KmsMasterKeyId", reference("AlarmKey")),
            ),
        ),
        (
            "AlarmSubscription".to_owned(),
            Map::new()
                .with("Type", "AWS::SNS::Subscription")
                .with("Condition", "HasAlarmEmail")
                .with(
                    "Properties",
                    Map::new()
                        .with("TopicArn", reference("AlarmTopic"))
                        .with("Protocol", "email")
                        .with("Endpoint", reference("AlarmEmail")),
                ),
        ),
    ];
    let alarms = server_errors(stack)
        .into_iter()
        .chain([latency(stack)])
        .chain(functions(stack))
        .chain(queues(stack))
        .chain(table())
        .chain(of_functions(stack))
        .chain(new_versions(stack));
    out.extend(alarms.map(Alarm::write));
    let parts = server_errors(stack);
    if parts.len() > 1 {
        let parts: Vec<_> = parts.into_iter().map(|part| part.id).collect();
        out.push(all_of(SERVER_ERRORS, ABOUT_SERVER_ERRORS, &parts));
    }
    out
}

const SERVER_ERRORS: &str = "ServerErrorsAlarm";
const ABOUT_SERVER_ERRORS: &str = "More than one of a hundred requests was answered with a 5xx, without those that Lambda had no instance for.";

/// The alarm on answers of 5xx. With more functions than one expression takes there are several, and each leaves out the throttles of
/// some functions: where requests fail all of them are on, and where functions of one of them are throttled that one is not.
fn server_errors(stack: &Stack) -> Vec<Alarm> {
    let (server_errors, metric) = of_api(stack);
    let rates = || vec![metric(server_errors), metric("Count")];
    let throttles = throttles(stack);
    let room = METRICS - rates().len();
    let several = throttles.len() > room;
    let parts = throttles
        .chunks(room)
        .enumerate()
        .map(|(index, throttles)| {
            let id = match several {
                true => format!("ServerErrorsPart{}Alarm", index + 1),
                false => SERVER_ERRORS.to_owned(),
            };
            let metrics = rates().into_iter().chain(throttles.iter().cloned());
            Alarm {
                threshold: "0.01".into(),
                period: 60,
                of: (3, 5),
                tells: if several {
                    Tells::Alarm
                } else {
                    Tells::Somebody
                },
                ..Alarm::any(id, ABOUT_SERVER_ERRORS, Measure::Rate(metrics.collect()))
            }
        });
    parts.collect()
}

/// The throttles of functions that serve requests: each is a 5xx of the API, and an alarm of its own.
fn throttles(stack: &Stack) -> Vec<Metric> {
    let functions = stack.source.spec.functions.iter();
    functions
        .filter(|(_, function)| function.serves())
        .map(|(name, _)| Metric::of_function("Throttles", name))
        .collect()
}

/// What API Gateway calls its answers of 5xx, and how its metrics are asked for.
fn of_api(stack: &Stack) -> (&'static str, impl Fn(&'static str) -> Metric) {
    let (server_errors, dimensions) = match stack.source.spec.api {
        Api::Rest => (
            "5XXError",
            [
                ("ApiName", sub("${AWS::StackName}")),
                ("Stage", reference("Stage")),
            ],
        ),
        Api::Http => (
            "5xx",
            [
                ("ApiId", reference(Api::Http.resource())),
                ("Stage", http_api::STAGE.into()),
            ],
        ),
    };
    let metric = move |name| Metric::new("AWS/ApiGateway", name, dimensions.clone());
    (server_errors, metric)
}

fn latency(stack: &Stack) -> Alarm {
    let (_, metric) = of_api(stack);
    Alarm {
        threshold: if_else("IsProd", 3000, 5000),
        period: 60,
        of: (5, 10),
        ..Alarm::any(
            "LatencyAlarm",
            "One of a hundred requests took longer than three seconds.",
            Measure::One(metric("Latency"), "p99"),
        )
    }
}

fn functions(stack: &Stack) -> Vec<Alarm> {
    let functions = &stack.source.spec.functions;
    let mut out = Vec::new();
    // Queues and schedules come again by themselves; Cognito and callers of the API do not.
    let called: Vec<Metric> = functions
        .iter()
        .filter(|(_, function)| function.is_waited_for())
        .map(|(name, _)| Metric::of_function("Throttles", name))
        .collect();
    let about = "Functions were called more often at once than they or the account may run.";
    out.extend(sums("ThrottlesAlarm", about, &called));
    for (name, function) in functions {
        // A request that fails is among the API's errors.
        if !function.events.is_empty() {
            out.push(Alarm::any(
                logical(name, "ErrorsAlarm"),
                format!("{name} has failed."),
                Measure::One(Metric::of_function("Errors", name), "Sum"),
            ));
        }
        let rates = function.events.iter().filter_map(|event| {
            let schedule = event.schedule.as_deref()?;
            schedules::seconds(schedule)
        });
        // A metric's alarm looks back a day at most.
        if let Some(seconds) = rates.min().filter(|seconds| *seconds <= 43_200) {
            out.push(Alarm {
                when: When::BelowOrAbsent,
                threshold: 1.into(),
                period: (2 * seconds).max(300),
                ..Alarm::any(
                    logical(name, "AbsenceAlarm"),
                    format!("{name} was not called, though its schedule asks for it."),
                    Measure::One(Metric::of_function("Invocations", name), "Sum"),
                )
            });
        }
    }
    let warm: Vec<Metric> = functions
        .iter()
        .filter(|(_, function)| function.provisioned_concurrency != Stages::default())
        .map(|(name, _)| {
            let function = logical(name, "Function");
            let mut metric =
                Metric::of_function("ProvisionedConcurrencySpilloverInvocations", name);
            let alias = sub(format!("${{{function}}}:live"));
            metric.dimensions.push(("Resource", alias));
            metric
        })
        .collect();
    let about =
        "For a quarter of an hour, more was asked of functions than instances are kept warm.";
    out.extend(sums("SpilloverAlarm", about, &warm).map(|alarm| Alarm {
        of: (3, 3),
        ..alarm
    }));
    out
}

/// An alarm on the sum of these metrics; another one for each ten more.
fn sums(id: &str, about: &str, metrics: &[Metric]) -> impl Iterator<Item = Alarm> {
    metrics
        .chunks(METRICS)
        .enumerate()
        .map(move |(index, metrics)| {
            let id = match index {
                0 => id.to_owned(),
                more => format!("{id}{}", more + 1),
            };
            Alarm::any(id, about, Measure::Sum(metrics.to_vec()))
        })
}

/// Invocations of new versions that fail while an alias has two versions. There is no other time when these metrics have data.
fn new_versions(stack: &Stack) -> Vec<Alarm> {
    if !rollout::any(stack) {
        return Vec::new();
    }
    let functions = stack.source.spec.functions.iter();
    let metrics: Vec<Metric> = functions
        .filter(|(_, function)| function.serves())
        .map(|(name, _)| {
            let function = logical(name, "Function");
            let mut metric = Metric::of_function("Errors", name);
            let alias = sub(format!("${{{function}}}:live"));
            let version = attribute(format!("{function}.Version.Version"));
            metric.dimensions.push(("Resource", alias));
            metric.dimensions.push(("ExecutedVersion", version));
            metric
        })
        .collect();
    let about = "A new version fails. CodeDeploy puts the old one back.";
    let alarm = |alarm| Alarm {
        period: 60,
        ..alarm
    };
    sums("NewVersionAlarm", about, &metrics)
        .map(alarm)
        .collect()
}

/// The alarms that put old versions back.
pub(super) fn of_rollouts(stack: &Stack) -> Vec<String> {
    let new = new_versions(stack).into_iter().map(|alarm| alarm.id);
    // The parts of a composed alarm, because CodeDeploy is not known to take the whole.
    let errors = server_errors(stack).into_iter().map(|alarm| alarm.id);
    errors.chain(new).collect()
}

fn queues(stack: &Stack) -> Vec<Alarm> {
    let metric = |name, queue: &str| {
        let dimension = ("QueueName", attribute(format!("{queue}.QueueName")));
        Measure::One(Metric::new("AWS/SQS", name, [dimension]), "Maximum")
    };
    let ages = stack.source.spec.queues.keys().map(|name| {
        let queue = logical(name, "Queue");
        Alarm {
            threshold: 600.into(),
            ..Alarm::any(
                format!("{queue}AgeAlarm"),
                format!("Something waits in {queue} for more than ten minutes."),
                metric("ApproximateAgeOfOldestMessage", &queue),
            )
        }
    });
    let mut out: Vec<Alarm> = ages.collect();
    out.extend(queues::dead_letters(stack).iter().map(|queue| Alarm {
        period: 60,
        ..Alarm::any(
            format!("{queue}Alarm"),
            format!("Something is in {queue}."),
            metric("ApproximateNumberOfMessagesVisible", queue),
        )
    }));
    for (name, _) in queues::streams(stack) {
        // The pipe is not there while the stream's view is changed.
        let pipe = ("PipeName", sub(format!("${{AWS::StackName}}-{name}")));
        let failed = Metric::new("AWS/EventBridge/Pipes", "ExecutionFailed", [pipe]);
        out.push(Alarm {
            of: (2, 2),
            ..Alarm::any(
                logical(name, "PipeAlarm"),
                format!("The pipe from the table's stream to the queue {name} fails."),
                Measure::One(failed, "Sum"),
            )
        });
    }
    out
}

fn table() -> [Alarm; 2] {
    const OPERATIONS: [&str; 7] = [
        "BatchGetItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "TransactWriteItems",
        "UpdateItem",
    ];
    let metric = |name, more: Option<(&'static str, &str)>| {
        let more = more.map(|(name, value)| (name, value.into()));
        let table = ("TableName", reference("Table"));
        Metric::new("AWS/DynamoDB", name, [table].into_iter().chain(more))
    };
    let throttles = ["ReadThrottleEvents", "WriteThrottleEvents"]
        .into_iter()
        .flat_map(|name| {
            let indexes = ["GSI1", "GSI2"].map(|index| ("GlobalSecondaryIndexName", index));
            let places = std::iter::once(None).chain(indexes.map(Some));
            places.map(move |place| metric(name, place))
        });
    let errors = OPERATIONS.map(|operation| metric("SystemErrors", Some(("Operation", operation))));
    [
        Alarm {
            of: (2, 2),
            ..Alarm::any(
                "TableThrottlesAlarm",
                "The table or an index refuses calls, for ten minutes: a partition or the account has too many.",
                Measure::Sum(throttles.collect()),
            )
        },
        Alarm {
            of: (2, 2),
            ..Alarm::any(
                "TableErrorsAlarm",
                "DynamoDB itself fails, for ten minutes.",
                Measure::Sum(errors.into()),
            )
        },
    ]
}

/// What the functions count themselves.
fn of_functions(stack: &Stack) -> impl Iterator<Item = Alarm> {
    let metrics = stack.source.spec.metrics.iter();
    metrics.filter_map(|(name, metric)| {
        let alarm = metric.alarm.as_ref()?;
        let stage = ("Stage", reference("Stage"));
        let measure = Measure::One(Metric::new("CivicForge", name, [stage]), "Sum");
        let id: String = name.split('.').map(|word| logical(word, "")).collect();
        Some(Alarm {
            threshold: alarm.above.into(),
            ..Alarm::any(format!("{id}Alarm"), alarm.description.as_str(), measure)
        })
    })
}
