//! The distribution in front of the API.
//!
//! What may be kept follows from the contract: a GET that anybody may send, and whose answer has `Cache-Control`. Nothing else
//! is kept, because CloudFront would have to know who asks.

use civicforge_codegen::model::{Method, Operation, Outcome};

use super::buckets;
use crate::Stack;
use crate::spec::Api;
use crate::yaml::{Item, Map, Yaml, line, reference};

const PART: &str = include_str!("../../parts/distribution.yaml");

/// What the local server serves by these paths too.
const PUBLISHED: [&str; 3] = ["/docs", "/openapi.json", "/openapi.yaml"];

/// What CloudFront keeps of errors unless it is told not to.
const ERRORS: [u32; 11] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/// Its resources, as text.
pub(super) fn resources(stack: &Stack) -> String {
    let kept: Vec<Item> = kept(stack)
        .iter()
        .map(|operation| Item {
            comment: Some(format!("{}.", operation.id)),
            value: of_operation(&pattern(&operation.path)).into(),
        })
        .collect();
    let published: Vec<Item> = PUBLISHED
        .iter()
        .map(|path| Item::from(of_published(path)))
        .collect();
    let served: Vec<Item> = buckets::served(stack)
        .map(|(name, path)| Item {
            comment: Some(format!("Objects of the bucket {name}.")),
            value: of_bucket(name, path).into(),
        })
        .collect();
    let origins: Vec<Item> = buckets::served(stack)
        .map(|(name, _)| Item::from(buckets::origin(name)))
        .collect();
    let errors: Vec<Item> = ERRORS
        .iter()
        .map(|code| {
            let error = Map::new()
                .with("ErrorCode", *code)
                .with("ErrorCachingMinTTL", 0);
            Item::from(Yaml::Inline(error))
        })
        .collect();
    let api = stack.source.spec.api;
    let (origin_path, edge_key) = match api {
        Api::Rest => (
            "            OriginPath: !Sub /${Stage}\n",
            "{{resolve:secretsmanager:${EdgeKeySecret}}}",
        ),
        Api::Http => (
            "",
            "{{resolve:secretsmanager:${EdgeKeys}:SecretString:${ShownEdgeKey}}}",
        ),
    };
    PART.replace("@API@", api.resource())
        .replace("@ORIGIN_PATH@", origin_path)
        .replace("@HEADER@", api.header())
        .replace("@EDGE_KEY@", edge_key)
        .replace("@BEHAVIORS@\n", &items(kept))
        .replace("@PUBLISHED@\n", &items(published))
        .replace("@SERVED@\n", &items(served))
        .replace("@SERVED_ORIGINS@\n", &items(origins))
        .replace("@ERRORS@\n", &items(errors))
}

/// The items of a list that stands in `DistributionConfig`.
fn items(items: Vec<Item>) -> String {
    let text = Map::new().with("x", items).render(4);
    match text.split_once('\n') {
        Some((_, rest)) if !rest.is_empty() => rest.to_owned(),
        _ => String::new(),
    }
}

/// The operations whose answers may be kept.
pub(crate) fn kept(stack: &Stack) -> Vec<&Operation> {
    let kept = stack.contract.operations().filter(|operation| {
        operation.method == Method::Get
            && operation.security.alternatives.is_empty()
            && operation.responses.iter().any(|response| {
                response.outcome == Outcome::Success
                    && response
                        .headers
                        .iter()
                        .any(|header| header.name.eq_ignore_ascii_case("cache-control"))
            })
    });
    kept.collect()
}

/// How many behaviors there are, besides the default one.
pub(crate) fn behaviors(stack: &Stack) -> usize {
    kept(stack).len() + PUBLISHED.len() + buckets::served(stack).count()
}

/// A path with `*` for each variable.
fn pattern(path: &str) -> String {
    let segments: Vec<&str> = path
        .split('/')
        .map(|segment| if segment.contains('{') { "*" } else { segment })
        .collect();
    segments.join("/")
}

fn of_operation(pattern: &str) -> Map {
    Map::new()
        .with("PathPattern", pattern)
        .with("TargetOriginId", "api")
        .with("ViewerProtocolPolicy", "redirect-to-https")
        .with(
            "AllowedMethods",
            line(["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]),
        )
        .with("CachePolicyId", reference("PublicCachePolicy"))
        .with(
            "OriginRequestPolicyId",
            "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        )
        .with("Compress", false)
}

fn of_published(path: &str) -> Map {
    of_bucket("published", path).with("Compress", true)
}

/// What it keeps is what answers say.
fn of_bucket(origin: &str, path: &str) -> Map {
    Map::new()
        .with("PathPattern", path)
        .with("TargetOriginId", origin)
        .with("ViewerProtocolPolicy", "redirect-to-https")
        // Managed policies: CachingOptimized, and SecurityHeadersPolicy.
        .with("CachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6")
        .with(
            "ResponseHeadersPolicyId",
            "67f7725c-6f97-4210-82d7-5512b31e9d03",
        )
}
