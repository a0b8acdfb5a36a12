//! What AWS takes, and no more.
//!
//! Each limit is held against what was written, so that a contract that has grown is refused here, with the place that has to
//! change, and not in the middle of a deployment. The figures are the documented quotas; those that AWS raises on request are
//! in `quotas` of `functions.yaml`.
//!
//! The size of an API's definition has a quota too (6 MB), which a template can never reach.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use civicforge_codegen::diagnostic::Diagnostics;
use civicforge_codegen::model::{Location, Method, Operation, SchemeKind, Status};
use civicforge_codegen::source::Files;

use crate::Stack;
use crate::code::{Code, Problem};
use crate::contract::Contract;
use crate::read::Source;
use crate::spec::{Api, Function};
use crate::template::{http_api, logical, policy};
use crate::yaml::Yaml;

/// A template in S3: 1 MB. SAM makes it a little longer before CloudFormation reads it, so a part is kept free.
const TEMPLATE_BYTES: usize = 1_000_000 - 100_000;
/// Resources of a stack.
const RESOURCES: usize = 500;
/// All policies in a role together, without white space.
const POLICY_CHARACTERS: usize = 10_240;
/// What an ARN, or a part of one, is counted as: the longest of ours have a region, an account and a generated name.
const PLACEHOLDER: usize = 110;

/// What can be said of the contract before anything is written.
#[must_use]
pub fn before(source: &Source, contract: &Contract) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut resources: BTreeSet<String> = BTreeSet::from([String::new()]);
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    for (path, operations) in contract.paths() {
        let at = operations.first().map_or("", |operation| {
            operation
                .pointer
                .rsplit_once('/')
                .map_or("", |(path, _)| path)
        });
        let mut so_far = String::new();
        for segment in path.split('/').skip(1) {
            if !is_segment(segment) {
                let message = format!(
                    "API Gateway does not take `{segment}` in a path: a segment is one variable, or letters, digits and `-_.,:`."
                );
                problems.push(contract.problem(at, Code::GatewayPath, message));
            }
            if segment.starts_with('{') {
                let first = variables
                    .entry(so_far.clone())
                    .or_insert_with(|| segment.to_owned());
                if first != segment {
                    let message = format!(
                        "API Gateway takes one name for a variable in one place: this is `{segment}`, and `{first}` in another path."
                    );
                    problems.push(contract.problem(at, Code::GatewayPath, message));
                }
            }
            so_far = format!("{so_far}/{segment}");
            resources.insert(so_far.clone());
        }
    }
    for operation in contract.operations() {
        if operation.method == Method::Trace {
            let message = "API Gateway has no TRACE.";
            problems.push(contract.problem(&operation.pointer, Code::GatewayUnsupported, message));
        }
        // An HTTP API is told of no responses.
        let vague = source.spec.api == Api::Rest
            && operation
                .responses
                .iter()
                .any(|response| !matches!(response.status, Status::Code(_)));
        if vague {
            let message = "API Gateway takes neither `default` nor ranges of statuses.";
            problems.push(contract.problem(&operation.pointer, Code::GatewayUnsupported, message));
        }
    }
    problems.extend(match source.spec.api {
        Api::Rest => too_many_resources(source, contract, resources.len()),
        Api::Http => too_many_routes(source, contract),
    });
    problems.extend(other_quota(source));
    problems.extend(taken_header(source, contract));
    problems
}

fn too_many_resources(source: &Source, contract: &Contract, resources: usize) -> Option<Problem> {
    let most = source.spec.quotas.api_resources;
    (resources > most).then(|| {
        let message = format!(
            "The paths make {resources} resources of API Gateway; an API may have {most}."
        );
        let problem = contract.problem("/paths", Code::TooManyApiResources, message);
        problem.hint(
            "Have the quota raised and put it into `quotas.apiResources` of functions.yaml, or split the contract.",
        )
    })
}

fn too_many_routes(source: &Source, contract: &Contract) -> Option<Problem> {
    let (routes, most) = (http_api::routes(contract), source.spec.quotas.api_routes);
    (routes > most).then(|| {
        let message = format!(
            "The operations and paths make {routes} routes of API Gateway; an API may have {most}."
        );
        let problem = contract.problem("/paths", Code::TooManyApiRoutes, message);
        problem.hint(
            "Have the quota raised and put it into `quotas.apiRoutes` of functions.yaml, or split the contract.",
        )
    })
}

/// A quota that the stack's kind of API does not have.
fn other_quota(source: &Source) -> Option<Problem> {
    let (name, kind) = match source.spec.api {
        Api::Rest => ("apiRoutes", "an HTTP"),
        Api::Http => ("apiResources", "a REST"),
    };
    let steps = ["quotas".to_owned(), name.to_owned()];
    let node = source.tree.follow(source.root, &steps)?;
    let message = format!("`{name}` is a quota of {kind} API, which this stack does not have.");
    Some(source.tree.problem_at_key(node, Code::OtherApi, message))
}

/// What callers and the distribution show to API Gateway or to the functions stands in a header, which no handler may want too.
fn taken_header(source: &Source, contract: &Contract) -> Vec<Problem> {
    let header = source.spec.api.header();
    let message = || {
        format!(
            "`{header}` is the header of the key that the distribution shows: what a caller sends there does not arrive."
        )
    };
    let taken =
        |location, name: &str| location == Location::Header && name.eq_ignore_ascii_case(header);
    let parameters = contract.operations().filter(|operation| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| taken(parameter.location, &parameter.name))
    });
    let parameters = parameters.map(|operation| operation.pointer.clone());
    let schemes = contract
        .security_schemes()
        .iter()
        .filter_map(|scheme| match &scheme.kind {
            SchemeKind::ApiKey { location, name } if taken(*location, name) => {
                Some(format!("/components/securitySchemes/{}", scheme.name))
            }
            _ => None,
        });
    let places = parameters.chain(schemes);
    places
        .map(|at| contract.problem(&at, Code::GatewayUnsupported, message()))
        .collect()
}

/// Letters, digits and `-_.,:`, or a variable of its own.
fn is_segment(segment: &str) -> bool {
    let name = match segment.strip_prefix('{') {
        Some(rest) => rest.strip_suffix('}'),
        None => Some(segment),
    };
    name.is_some_and(|name| {
        let extra = if name.len() == segment.len() {
            "-_.,:"
        } else {
            "-_."
        };
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
    })
}

/// What can be said of what was written.
#[must_use]
pub fn after(stack: &Stack, template: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let source = &stack.source;
    if template.len() > TEMPLATE_BYTES {
        let message = format!(
            "The template has {} bytes, and CloudFormation takes a megabyte after SAM has added its part.",
            template.len()
        );
        let problem = stack
            .contract
            .problem("/paths", Code::TemplateTooLarge, message);
        problems.push(problem.hint("Split the contract into several APIs."));
    }
    for (name, function) in &source.spec.functions {
        let characters = characters(stack, name, function);
        if characters > POLICY_CHARACTERS {
            let message = format!(
                "The policy of `{name}` has about {characters} characters; a role may have {POLICY_CHARACTERS}."
            );
            let at = ["functions", name, "access"];
            let problem = source.problem(&at, Code::PolicyTooLarge, message);
            problems
                .push(problem.hint("Split the function, or say its attributes in fewer grants."));
        }
    }
    let behaviors = crate::template::behaviors(stack);
    let most = source.spec.quotas.cache_behaviors;
    if behaviors > most {
        let message = format!(
            "{behaviors} paths have a cache behavior of their own; a distribution may have {most}."
        );
        let problem = stack
            .contract
            .problem("/paths", Code::TooManyBehaviors, message);
        problems.push(problem.hint(
            "Have the quota raised and put it into `quotas.cacheBehaviors` of functions.yaml.",
        ));
    }
    problems.extend(resources(stack, template));
    problems
}

/// How many resources the template comes to, and that each has a name of its own.
fn resources(stack: &Stack, template: &str) -> Vec<Problem> {
    let mut problems = twice(stack, template);
    let count = count(stack, template);
    if count > RESOURCES {
        let message =
            format!("The template comes to {count} resources; a stack may have {RESOURCES}.");
        let problem = stack
            .source
            .problem(&["functions"], Code::TooManyResources, message);
        problems.push(problem.hint("Let functions serve more operations each."));
    }
    problems
}

/// Logical ids are made of the names of functions and queues, and may meet those of other resources.
fn twice(stack: &Stack, template: &str) -> Vec<Problem> {
    let (_, resources) = template.split_once("\nResources:\n").unwrap_or_default();
    let (resources, _) = resources.split_once("\nOutputs:\n").unwrap_or_default();
    let mut seen = BTreeSet::new();
    let again = resources
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|id| id.starts_with(|c: char| c.is_ascii_alphanumeric()) && !seen.insert(*id));
    let spec = &stack.source.spec;
    let source_is_http = spec.api == Api::Http;
    let named = |section, name| (section, name);
    let names: Vec<(&str, &String)> = (spec.functions.keys().map(|name| named("functions", name)))
        .chain(spec.queues.keys().map(|name| named("queues", name)))
        .chain(spec.buckets.keys().map(|name| named("buckets", name)))
        .chain(spec.secrets.keys().map(|name| named("secrets", name)))
        .collect();
    let problem = |id: &str| {
        let message = format!("This makes a second resource `{id}`.");
        let of_operation = |operation: &&Operation| {
            let start = logical(&http_api::plain(&operation.id), "");
            source_is_http
                && id
                    .strip_prefix(&*start)
                    .is_some_and(|rest| http_api::OF_OPERATIONS.contains(&rest))
        };
        if let Some(operation) = stack.contract.operations().find(of_operation) {
            let problem = stack
                .contract
                .problem(&operation.pointer, Code::BadName, message);
            return problem.hint("Take another `operationId`.");
        }
        let maker = names
            .iter()
            .find(|(_, name)| id.starts_with(&logical(name, "")));
        let steps: Vec<&str> = match maker {
            Some((section, name)) => vec![section, name.as_str()],
            None => Vec::new(),
        };
        let problem = stack.source.problem_at_key(&steps, Code::BadName, message);
        problem.hint("Take another name.")
    };
    again.map(problem).collect()
}

/// The resources after SAM has made its own of them.
fn count(stack: &Stack, template: &str) -> usize {
    // `!Sub` and the like mean nothing to a reader of plain YAML, and are warnings that nobody needs.
    let mut warnings = Diagnostics::new(&[]);
    let mut files = Files::default();
    let text = template.as_bytes().to_vec();
    let root = files.open_text(Path::new("template.yaml"), text, &mut warnings);
    let tree = files.tree;
    let resources = root
        .and_then(|root| tree.get(root, "Resources"))
        .and_then(|node| tree.map(node));
    let Some(resources) = resources else {
        return 0;
    };
    let each = resources.entries().iter().map(|entry| {
        match tree.get_text(entry.value, "Type") {
            Some("AWS::Serverless::Function") => {
                let property = |name| {
                    let properties = tree.get(entry.value, "Properties")?;
                    tree.get(properties, name)
                };
                let events = property("Events")
                    .and_then(|events| tree.map(events))
                    .map_or(0, |events| events.entries().len());
                let more = ["EventInvokeConfig", "DeploymentPreference"];
                let more = more.iter().filter(|name| property(name).is_some());
                // The function, its version and its alias.
                3 + events + more.count()
            }
            // The API, its deployment and its stage.
            Some("AWS::Serverless::Api") => 3,
            _ => 1,
        }
    });
    // The application of CodeDeploy that the functions share.
    each.sum::<usize>() + usize::from(crate::template::rollout::any(stack))
}

/// The characters of a role's policy that IAM counts, with its ARNs as long as they get.
fn characters(stack: &Stack, name: &str, function: &Function) -> usize {
    let document = Yaml::from(policy::document(stack, name, function));
    let text = document.counted(PLACEHOLDER).to_string();
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// How much of each limit a stack uses, for whoever wants to know.
#[must_use]
pub fn used(stack: &Stack, template: &str) -> Vec<(String, usize, usize)> {
    let resources = count(stack, template);
    let mut out = vec![
        (
            "bytes of the template".to_owned(),
            template.len(),
            TEMPLATE_BYTES,
        ),
        ("resources of the stack".to_owned(), resources, RESOURCES),
    ];
    for (name, function) in &stack.source.spec.functions {
        let characters = characters(stack, name, function);
        out.push((
            format!("characters of {}'s policy", logical(name, "Role")),
            characters,
            POLICY_CHARACTERS,
        ));
    }
    out
}
