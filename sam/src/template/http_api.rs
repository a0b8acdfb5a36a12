//! The HTTP API: its routes, and what each leads to.
//!
//! A route for each operation, so that the access log tells them apart. What the contract does not have leads to functions too,
//! which answer it with problem documents: `ANY` of a path has the browser's preflights, HEAD, and the methods that the path does
//! not have; `$default` has the paths that there are not. Routes are resources of their own, and not a definition in OpenAPI, which
//! would say of an HTTP API no more than the same pairs.

use civicforge_codegen::model::{Method, Operation};

use crate::Stack;
use crate::contract::{Contract, method_name};
use crate::spec::Api;
use crate::yaml::{Map, Yaml, attribute, line, reference, sub};

use super::logical;

pub(super) const INTRODUCTION: &str = "The API. Each operation of openapi.yaml is a route to one of the functions below. What the \
    contract does not have leads to functions as well: an HTTP API answers no problem documents. Access tokens are verified by \
    the functions, not by an authorizer: they need who calls in any case, and a second opinion on tokens, cached and with other \
    rules, would only ever disagree.";

/// The one stage of the API, whose name is in no path. The stack has the deployment's.
pub(super) const STAGE: &str = "$default";

/// Its resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let api = Map::new().with("Type", "AWS::ApiGatewayV2::Api").with(
        "Properties",
        Map::new()
            .with("Name", sub("${AWS::StackName}"))
            .with("ProtocolType", "HTTP"),
    );
    let mut out = vec![
        (Api::Http.resource().to_owned(), api),
        ("HttpApiStage".to_owned(), stage(stack)),
    ];
    let functions = stack.source.spec.functions.iter();
    let mut serving = functions
        .filter(|(_, function)| function.serves())
        .peekable();
    let first = serving.peek().map(|(name, _)| name.as_str());
    out.extend(serving.map(|(name, _)| (integration_of(name), integration(name))));
    for (path, operations) in stack.contract.paths() {
        for operation in &operations {
            let name = stack.function_of(operation).unwrap_or_default();
            let properties =
                route(&key(operation), name).with("OperationName", operation.id.as_str());
            out.push((
                of_operation(operation, OF_OPERATIONS[0]),
                resource(properties),
            ));
        }
        // The function of GET answers HEAD.
        let get = |operation: &&&Operation| operation.method == Method::Get;
        let other = operations.iter().find(get).or(operations.first());
        if let Some(other) = other {
            let name = stack.function_of(other).unwrap_or_default();
            let properties = route(&format!("ANY {path}"), name);
            out.push((of_operation(other, OF_OPERATIONS[1]), resource(properties)));
        }
    }
    if let Some(first) = first {
        out.push((
            "UnknownPathsRoute".to_owned(),
            resource(route("$default", first)),
        ));
    }
    out
}

/// How many routes there are.
pub(crate) fn routes(contract: &Contract) -> usize {
    contract.operations().count() + contract.paths().len() + 1
}

fn api() -> Yaml {
    reference(Api::Http.resource())
}

/// What no function knows of a request: whether it was refused before one, and how long the caller waited. The rest is in the function's
/// line, which has the same `requestId`; each byte is paid for. A route's key has a space in it, and messages of errors have many.
pub(super) fn access_log_format() -> String {
    const FIELDS: [(&str, &str); 6] = [
        ("requestId", "$context.requestId"),
        ("route", "$context.routeKey"),
        ("status", "$context.status"),
        ("latency", "$context.responseLatency"),
        ("errorType", "$context.error.responseType"),
        ("integrationError", "$context.integrationErrorMessage"),
    ];
    let fields = FIELDS.map(|(name, value)| format!("\"{name}\":\"{value}\""));
    format!("{{{}}}", fields.join(","))
}

fn stage(stack: &Stack) -> Map {
    let log = Map::new()
        .with("DestinationArn", attribute("AccessLogGroup.Arn"))
        .with("Format", access_log_format());
    let limit = |what: &str| {
        let parts = ["Stages".into(), reference("Stage"), what.into()];
        Yaml::Tagged("!FindInMap", Box::new(line(parts)))
    };
    let settings = Map::new()
        .with_comment(
            "Metrics for each route; those of operations are the functions' own.",
            "DetailedMetricsEnabled",
            false,
        )
        .with("ThrottlingRateLimit", limit("Rate"))
        .with("ThrottlingBurstLimit", limit("Burst"));
    let mut properties = Map::new()
        .with("ApiId", api())
        .with_comment("Its name is in no path.", "StageName", STAGE)
        .with("AutoDeploy", true)
        .with("AccessLogSettings", log)
        .with("DefaultRouteSettings", settings);
    let mut out = Map::new().with("Type", "AWS::ApiGatewayV2::Stage");
    let (mut limited, mut routes) = (Map::new(), Vec::new());
    for operation in stack.contract.operations() {
        if let Some(limit) = stack.source.spec.limit_of(&operation.path) {
            let settings = Map::new()
                .with("DetailedMetricsEnabled", false)
                .with("ThrottlingRateLimit", limit.rate)
                .with("ThrottlingBurstLimit", limit.burst);
            limited.put(key(operation), settings);
            routes.push(of_operation(operation, OF_OPERATIONS[0]));
        }
    }
    if !routes.is_empty() {
        // Settings of a route that is not there yet are an error.
        out.put("DependsOn", line(routes));
        properties.put("RouteSettings", limited);
    }
    out.with("Properties", properties)
}

/// What the route of an operation is called.
fn key(operation: &Operation) -> String {
    let method = method_name(operation.method).to_ascii_uppercase();
    format!("{method} {}", operation.path)
}

fn integration_of(function: &str) -> String {
    logical(function, "Integration")
}

fn integration(function: &str) -> Map {
    let alias = format!("{}.Alias", logical(function, "Function"));
    let properties = Map::new()
        .with("ApiId", api())
        .with("IntegrationType", "AWS_PROXY")
        .with("IntegrationUri", reference(alias))
        .with("PayloadFormatVersion", "2.0");
    Map::new()
        .with("Type", "AWS::ApiGatewayV2::Integration")
        .with("Properties", properties)
}

fn route(key: &str, function: &str) -> Map {
    let target = format!("integrations/${{{}}}", integration_of(function));
    Map::new()
        .with("ApiId", api())
        .with("RouteKey", key)
        .with("Target", sub(target))
}

fn resource(properties: Map) -> Map {
    Map::new()
        .with("Type", "AWS::ApiGatewayV2::Route")
        .with("Properties", properties)
}

/// What the logical ids of an operation's routes end in: its own, and the one of the other methods of its path.
pub(crate) const OF_OPERATIONS: [&str; 2] = ["Route", "OtherMethodsRoute"];

/// The logical id of something of an operation, whose own id may have signs that a logical one must not have.
fn of_operation(operation: &Operation, what: &str) -> String {
    logical(&plain(&operation.id), what)
}

/// An operation's id as a part of logical ids.
pub(crate) fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).collect()
}
