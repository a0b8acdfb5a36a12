//! What an operator looks at first.

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::Stack;
use crate::spec::Api;
use crate::yaml::{Map, Yaml, sub};

use super::{http_api, logical, queues, table};

pub(super) const INTRODUCTION: &str = "The dashboard.";

/// Its resource by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let properties = Map::new()
        .with("DashboardName", sub("${AWS::StackName}"))
        .with(
            "DashboardBody",
            Yaml::Tagged(
                "!Sub",
                Box::new(Yaml::List(vec![
                    Yaml::Literal(body(stack)).into(),
                    Map::new().with("TableName", table::name()).into(),
                ])),
            ),
        );
    let dashboard = Map::new()
        .with("Type", "AWS::CloudWatch::Dashboard")
        .with("Properties", properties);
    vec![("Dashboard".to_owned(), dashboard)]
}

/// A widget to a line.
fn body(stack: &Stack) -> String {
    let widgets = widgets(stack);
    let last = widgets.len().saturating_sub(1);
    let mut out = "{ \"widgets\": [\n".to_owned();
    for (index, widget) in widgets.iter().enumerate() {
        let comma = if index == last { "" } else { "," };
        out.push_str(&format!("  {widget}{comma}\n"));
    }
    out.push_str("] }\n");
    out
}

fn widgets(stack: &Stack) -> Vec<Value> {
    let (client_errors, server_errors, id, api, stage_of_api) = match stack.source.spec.api {
        Api::Rest => (
            "4XXError",
            "5XXError",
            "ApiName",
            "${AWS::StackName}",
            "${Stage}",
        ),
        Api::Http => ("4xx", "5xx", "ApiId", "${HttpApi}", http_api::STAGE),
    };
    let api = |metric: &str, statistic: &str| json!(["AWS/ApiGateway", metric, id, api, "Stage", stage_of_api, {"stat": statistic}]);
    let own = |metric: &str| json!(["CivicForge", metric, "Stage", "${Stage}", {"stat": "Sum"}]);
    let table = |metric: &str| json!(["AWS/DynamoDB", metric, "TableName", "${TableName}", {"stat": "Sum"}]);
    let functions = |metric: &str, statistic: &str| -> Vec<Value> {
        let names = stack.source.spec.functions.keys();
        names
            .map(|name| {
                let function = format!("${{{}}}", logical(name, "Function"));
                json!(["AWS/Lambda", metric, "FunctionName", function, {"stat": statistic}])
            })
            .collect()
    };
    let depths: Vec<Value> = queues::dead_letters(stack)
        .iter()
        .map(|queue| {
            let name = format!("${{{queue}.QueueName}}");
            json!(["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name, {"stat": "Maximum"}])
        })
        .collect();
    let mut groups: IndexMap<&str, Vec<Value>> = IndexMap::new();
    for (name, metric) in &stack.source.spec.metrics {
        groups.entry(&metric.group).or_default().push(own(name));
    }
    let of_api = [
        (
            "Requests and errors",
            vec![
                api("Count", "Sum"),
                api(client_errors, "Sum"),
                api(server_errors, "Sum"),
            ],
        ),
        (
            "Latency (ms)",
            vec![api("Latency", "p50"), api("Latency", "p99")],
        ),
    ];
    let of_the_rest = [
        (
            "Duration of functions (p99, ms)",
            functions("Duration", "p99"),
        ),
        ("Errors of functions", functions("Errors", "Sum")),
        ("Throttles of functions", functions("Throttles", "Sum")),
        ("Dead letters", depths),
        (
            "The table",
            vec![
                table("ConsumedReadCapacityUnits"),
                table("ConsumedWriteCapacityUnits"),
                table("TransactionConflict"),
                table("ReadThrottleEvents"),
                table("WriteThrottleEvents"),
            ],
        ),
    ];
    of_api
        .into_iter()
        .chain(groups)
        .chain(of_the_rest)
        .enumerate()
        .map(|(index, (title, metrics))| {
            let (column, row) = (index % 2 * 12, index / 2 * 6);
            json!({
                "type": "metric", "x": column, "y": row, "width": 12, "height": 6,
                "properties": {
                    "title": title, "region": "${AWS::Region}", "period": 60, "view": "timeSeries", "metrics": metrics,
                },
            })
        })
        .collect()
}
