//! What the API answers by itself: preflights, and what goes wrong before a function is asked.

use std::collections::BTreeSet;

use civicforge_codegen::model::{Location, Operation};

use crate::yaml::{Map, Yaml, line, nothing, sub};

/// The name, status and code of the problems that the API answers by itself.
const GATEWAY_PROBLEMS: &[(&str, u16, &str)] = &[
    ("BAD_REQUEST_PARAMETERS", 400, "invalid_request"),
    ("BAD_REQUEST_BODY", 400, "invalid_request"),
    ("DEFAULT_4XX", 400, "invalid_request"),
    ("ACCESS_DENIED", 403, "forbidden"),
    ("INVALID_API_KEY", 403, "forbidden"),
    // API Gateway's name for a path that it does not have.
    ("MISSING_AUTHENTICATION_TOKEN", 404, "not_found"),
    ("RESOURCE_NOT_FOUND", 404, "not_found"),
    ("REQUEST_TOO_LARGE", 413, "payload_too_large"),
    ("UNSUPPORTED_MEDIA_TYPE", 415, "unsupported_media_type"),
    // The caller's plan allows no more.
    ("THROTTLED", 429, "too_many_requests"),
    ("QUOTA_EXCEEDED", 429, "quota_exceeded"),
    // No function could be asked, such as where Lambda has no instance left. AWS does not say which of the two that is.
    ("DEFAULT_5XX", 503, "service_unavailable"),
    ("INTEGRATION_FAILURE", 503, "service_unavailable"),
    ("INTEGRATION_TIMEOUT", 504, "timed_out"),
];

const RETRY_AFTER: &str = "gatewayresponse.header.Retry-After";

/// The problem documents.
pub(super) fn gateway_responses() -> Map {
    let mut out = Map::new();
    for (name, status, code) in GATEWAY_PROBLEMS {
        let mut headers = Map::new()
            .with(
                "gatewayresponse.header.Content-Type",
                "'application/problem+json'",
            )
            .with("gatewayresponse.header.Cache-Control", "'no-store'")
            .with("gatewayresponse.header.X-Request-Id", "context.requestId")
            .with(
                "gatewayresponse.header.Access-Control-Allow-Origin",
                where_pages_may_call("'*'"),
            )
            .with(
                "gatewayresponse.header.Access-Control-Expose-Headers",
                where_pages_may_call("'*'"),
            );
        // When a quota's day ends cannot be said here. An hour asks for a few tries more, and not for one a second.
        match (*name, *status) {
            ("QUOTA_EXCEEDED", _) => headers.put(RETRY_AFTER, "'3600'"),
            (_, 429 | 503) => headers.put(RETRY_AFTER, "'1'"),
            _ => {}
        }
        let detail = match *name {
            "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" => {
                // The message comes with its quotes.
                "\"detail\": $context.error.messageString, "
            }
            _ => "",
        };
        let problem = problem(*status, code, detail);
        out.put(
            *name,
            Map::new()
                .with("statusCode", status.to_string())
                .with("responseParameters", headers)
                .with(
                    "responseTemplates",
                    Map::new().with("application/json", problem),
                ),
        );
    }
    out
}

/// Such an answer cannot choose among origins. `*` gives nothing away: these answers are the same for everybody, and a browser
/// sends no credentials with a request whose answer has it.
fn where_pages_may_call(value: &str) -> Yaml {
    let parts = ["HasCorsOrigins".into(), value.into(), nothing()];
    Yaml::Tagged("!If", Box::new(line(parts)))
}

fn problem(status: u16, code: &str, detail: &str) -> String {
    let title = http::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Error");
    format!(
        r#"{{"type": "about:blank", "title": "{title}", "status": {status}, "code": "{code}", {detail}"requestId": "$context.requestId"}}"#
    )
}

/// The headers that an answer of the API's own has, as its method and its integration must both say.
fn headers(names: &[&str]) -> Map {
    let mut out = Map::new();
    for name in names {
        let schema = Yaml::Inline(Map::new().with("type", "string"));
        out.put(*name, Yaml::Inline(Map::new().with("schema", schema)));
    }
    out
}

/// What a browser may send to a path. The origin is compared as the functions compare it.
pub(super) fn preflight(operations: &[&Operation], allowed: &[&str]) -> Map {
    const NAMES: [&str; 5] = [
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin",
        "Access-Control-Max-Age",
        "Vary",
    ];
    // Commas around each keep one origin from being found in another. Methods can be called on references only, not on
    // literals. `'…'` holds no references, and `"…"` does.
    const TEMPLATE: &str = "#set($allowed = ',${CorsOrigins},')\
        #set($origin = $input.params('Origin'))\
        #if($origin == '')#set($origin = $input.params('origin'))#end\
        #if($allowed == ',*,')\
        #set($context.responseOverride.header.Access-Control-Allow-Origin = '*')\
        #elseif($origin != '' && !$origin.contains(',') && $allowed.contains(\",$origin,\"))\
        #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\
        #end";
    let mut sent: BTreeSet<&str> = BTreeSet::new();
    for operation in operations {
        if operation.body.is_some() {
            sent.insert("Content-Type");
        }
        if !operation.security.alternatives.is_empty() {
            sent.insert("Authorization");
        }
        let parameters = operation.parameters.iter();
        sent.extend(
            parameters
                .filter(|parameter| parameter.location == Location::Header)
                .map(|parameter| parameter.name.as_str()),
        );
    }
    sent.insert("X-Request-Id");
    let sent: Vec<&str> = sent.into_iter().collect();
    let quoted = |text: String| format!("'{text}'");
    let methods: Vec<&str> = allowed
        .iter()
        .copied()
        .filter(|method| *method != "OPTIONS")
        .collect();
    let parameters = Map::new()
        .with(
            "method.response.header.Access-Control-Allow-Headers",
            quoted(sent.join(", ")),
        )
        .with(
            "method.response.header.Access-Control-Allow-Methods",
            quoted(methods.join(", ")),
        )
        .with("method.response.header.Access-Control-Max-Age", "'600'")
        .with("method.response.header.Vary", "'origin'");
    let answer = Map::new()
        .with("statusCode", "204")
        .with("responseParameters", parameters)
        .with(
            "responseTemplates",
            Map::new().with("application/json", sub(TEMPLATE)),
        );
    let integration = Map::new()
        .with("type", "mock")
        // Where bodies are bytes, a mock takes its own text for bytes unless it is told.
        .with("contentHandling", "CONVERT_TO_TEXT")
        // A body of another type would be taken for the template's result, which has to say a status.
        .with("passthroughBehavior", "never")
        .with(
            "requestTemplates",
            Map::new().with("application/json", r#"{"statusCode": 204}"#),
        )
        .with("responses", Map::new().with("default", answer));
    let response = Map::new()
        .with("description", "NoContent")
        .with("headers", headers(&NAMES));
    Map::new()
        // CloudFront shows its key with these too, and browsers come no other way.
        .with("security", super::rest_api::with_key())
        .with("responses", Map::new().with("204", response))
        .with("x-amazon-apigateway-integration", integration)
}
