//! What somebody has to look at, and who is told. `docs/operations.md` says what each means.

use crate::Stack;
use crate::yaml::{Map, Yaml, attribute, if_else, line, reference, sub};

use super::{logical, queues};

pub(super) const INTRODUCTION: &str =
    "Alarms, and who is told of them. docs/operations.md says what each means and what to do.";

/// An alarm, before it is written.
struct Alarm {
    id: String,
    about: String,
    namespace: &'static str,
    metric: &'static str,
    dimensions: Vec<(&'static str, Yaml)>,
    /// `Sum`, or a percentile such as `p99`.
    statistic: &'static str,
    threshold: Yaml,
    period: u32,
    /// In so many of so many periods.
    of: (u32, u32),
}

impl Alarm {
    /// One that goes off at the first event within five minutes.
    fn any(
        id: String,
        about: String,
        namespace: &'static str,
        metric: &'static str,
        dimension: (&'static str, Yaml),
    ) -> Self {
        Self {
            id,
            about,
            namespace,
            metric,
            dimensions: vec![dimension],
            statistic: "Sum",
            threshold: 0.into(),
            period: 300,
            of: (1, 1),
        }
    }

    fn write(self) -> (String, Map) {
        let dimensions: Vec<Yaml> = self
            .dimensions
            .into_iter()
            .map(|(name, value)| Yaml::Inline(Map::new().with("Name", name).with("Value", value)))
            .collect();
        let statistic = if self.statistic.starts_with('p') {
            "ExtendedStatistic"
        } else {
            "Statistic"
        };
        let properties = Map::new()
            .with("AlarmDescription", self.about)
            .with("Namespace", self.namespace)
            .with("MetricName", self.metric)
            .with("Dimensions", dimensions)
            .with(statistic, self.statistic)
            .with("Period", self.period)
            .with("DatapointsToAlarm", self.of.0)
            .with("EvaluationPeriods", self.of.1)
            .with("ComparisonOperator", "GreaterThanThreshold")
            .with("Threshold", self.threshold)
            .with("TreatMissingData", "notBreaching")
            .with("AlarmActions", line([reference("AlarmTopic")]))
            .with("OKActions", line([reference("AlarmTopic")]));
        let alarm = Map::new()
            .with("Type", "AWS::CloudWatch::Alarm")
            .with("Properties", properties);
        (self.id, alarm)
    }
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
    out.extend(api().into_iter().map(Alarm::write));
    for (name, function) in &stack.source.spec.functions {
        let dimension = || ("FunctionName", reference(logical(name, "Function")));
        let throttles = Alarm::any(
            logical(name, "ThrottlesAlarm"),
            format!("{name} was invoked more often at once than the account allows."),
            "AWS/Lambda",
            "Throttles",
            dimension(),
        );
        out.push(throttles.write());
        // A request that fails is among the API's errors.
        if !function.events.is_empty() {
            let errors = Alarm::any(
                logical(name, "ErrorsAlarm"),
                format!("{name} has failed."),
                "AWS/Lambda",
                "Errors",
                dimension(),
            );
            out.push(errors.write());
        }
    }
    for queue in queues::dead_letters(stack) {
        let dimension = ("QueueName", attribute(format!("{queue}.QueueName")));
        let depth = Alarm {
            statistic: "Maximum",
            period: 60,
            ..Alarm::any(
                format!("{queue}Alarm"),
                format!("Something is in {queue}."),
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                dimension,
            )
        };
        out.push(depth.write());
    }
    out.extend(rewards().map(Alarm::write));
    out
}

fn api() -> [Alarm; 2] {
    let dimensions = || {
        vec![
            ("ApiName", sub("${AWS::StackName}")),
            ("Stage", reference("Stage")),
        ]
    };
    [
        Alarm {
            id: "ServerErrorsAlarm".to_owned(),
            about: "More than one of a hundred requests was answered with a 5xx.".to_owned(),
            namespace: "AWS/ApiGateway",
            metric: "5XXError",
            dimensions: dimensions(),
            // Of ones and zeros, so that it is the rate.
            statistic: "Average",
            threshold: "0.01".into(),
            period: 60,
            of: (3, 5),
        },
        Alarm {
            id: "LatencyAlarm".to_owned(),
            about: "One of a hundred requests took longer than three seconds.".to_owned(),
            namespace: "AWS/ApiGateway",
            metric: "Latency",
            dimensions: dimensions(),
            statistic: "p99",
            threshold: if_else("IsProd", 3000, 5000),
            period: 60,
            of: (5, 10),
        },
    ]
}

/// What the functions count themselves.
fn rewards() -> impl Iterator<Item = Alarm> {
    let alarms = [
        (
            "FailedRewardsAlarm",
            "A reward could not be given at once. It is tried again.",
            "rewards.failed",
        ),
        (
            "AbandonedRewardsAlarm",
            "A reward was given up. A member has not got what was earned.",
            "rewards.abandoned",
        ),
    ];
    alarms.into_iter().map(|(id, about, metric)| {
        let dimension = ("Stage", reference("Stage"));
        Alarm::any(
            id.to_owned(),
            about.to_owned(),
            "CivicForge",
            metric,
            dimension,
        )
    })
}
