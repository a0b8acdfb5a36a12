//! The events that carry a request, as far as a request is made of them.
//!
//! All of them are one type whose members may be absent. Which service sent an event is told by what is in its
//! `requestContext`, as AWS documents it; `serde`'s untagged enums would try one after the other, and say of a broken event
//! only that none fitted.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A text that is borrowed from the event where nothing in it is escaped.
#[derive(Debug, Deserialize)]
pub(super) struct Text<'e>(#[serde(borrow)] pub Cow<'e, str>);

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// An object's members, in their order. The order of a query's parameters is theirs.
#[derive(Debug)]
pub(super) struct Members<'e, V>(pub Vec<(Text<'e>, V)>);

impl<'de: 'e, 'e, V: Deserialize<'de>> Deserialize<'de> for Members<'e, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Collect<V> {
            type Value = Vec<(Text<'de>, V)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::with_capacity(map.size_hint().unwrap_or(16));
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        let members = deserializer.deserialize_map(Collect(std::marker::PhantomData))?;
        Ok(Members(members))
    }
}

type Single<'e> = Members<'e, Text<'e>>;
type Multi<'e> = Members<'e, Vec<Text<'e>>>;

/// An event that carries a request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event<'e> {
    /// Of the payload's format; a REST API does not send it.
    #[serde(borrow)]
    pub version: Option<Text<'e>>,
    pub http_method: Option<Text<'e>>,
    pub path: Option<Text<'e>>,
    pub raw_path: Option<Text<'e>>,
    pub raw_query_string: Option<Text<'e>>,
    pub query_string_parameters: Option<Single<'e>>,
    pub multi_value_query_string_parameters: Option<Multi<'e>>,
    pub headers: Option<Single<'e>>,
    pub multi_value_headers: Option<Multi<'e>>,
    pub cookies: Option<Vec<Text<'e>>>,
    /// The template of the path, of the resource that was found for it.
    pub resource: Option<Text<'e>>,
    pub path_parameters: Option<Single<'e>>,
    pub body: Option<Text<'e>>,
    pub is_base64_encoded: Option<bool>,
    pub request_context: Option<RequestContext<'e>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestContext<'e> {
    #[serde(borrow)]
    pub request_id: Option<Text<'e>>,
    pub stage: Option<Text<'e>>,
    /// The path as it was asked for, of a REST API.
    pub path: Option<Text<'e>>,
    pub domain_name: Option<Text<'e>>,
    pub route_key: Option<Text<'e>>,
    /// Only there where an HTTP API or a function URL sends it.
    pub http: Option<Http<'e>>,
    /// Only there where a load balancer sends it.
    pub elb: Option<serde::de::IgnoredAny>,
    /// Whom a REST API was called by.
    pub identity: Option<Identity<'e>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identity<'e> {
    #[serde(borrow)]
    pub source_ip: Option<Text<'e>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Http<'e> {
    #[serde(borrow)]
    pub method: Text<'e>,
    pub source_ip: Option<Text<'e>>,
}

/// Who sent an event, and so what the answer must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// API Gateway: a REST API, or an HTTP API with payloads of format 1.0.
    RestApi,
    /// API Gateway: an HTTP API with payloads of format 2.0; or a function's own URL.
    HttpApi,
    /// An application load balancer.
    LoadBalancer {
        /// Whether its target group has multi-value headers turned on.
        multi_value: bool,
    },
}

/// Why an event is not a request.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoRequest {
    #[error(
        "this function takes HTTP requests, and the event is none: it is {0}, without `httpMethod`, `path` and `requestContext` of a REST API or load balancer, and without `requestContext.http` of an HTTP API or function URL"
    )]
    Foreign(String),
    #[error("{path}: {problem}")]
    Malformed { path: String, problem: String },
}

impl NoRequest {
    pub(super) fn malformed(path: &str, problem: impl fmt::Display) -> Self {
        Self::Malformed {
            path: path.to_owned(),
            problem: problem.to_string(),
        }
    }
}

/// Reads an event. Where it cannot be read, it is read again slowly, to say where it is wrong.
pub(super) fn read(json: &str) -> Result<(Event<'_>, Source), NoRequest> {
    let event: Event<'_> = serde_json::from_str(json).map_err(|_| locate(json))?;
    let context = event.request_context.as_ref();
    let source = match context {
        Some(context) if context.http.is_some() => Source::HttpApi,
        Some(context) if event.http_method.is_some() && event.path.is_some() => match context.elb {
            Some(_) => Source::LoadBalancer {
                multi_value: event.multi_value_headers.is_some(),
            },
            None => Source::RestApi,
        },
        _ => return Err(NoRequest::Foreign(outline(json))),
    };
    Ok((event, source))
}

fn locate(json: &str) -> NoRequest {
    if !json.trim_start().starts_with('{') {
        return NoRequest::Foreign(outline(json));
    }
    let deserializer = &mut serde_json::Deserializer::from_str(json);
    match serde_path_to_error::deserialize::<_, Event<'_>>(deserializer) {
        Err(error) => NoRequest::malformed(&error.path().to_string(), error.inner()),
        // It was read after all, which cannot be: the two readers are one.
        Ok(_) => NoRequest::Foreign(outline(json)),
    }
}

/// What an event is made of, without anything that is in it.
fn outline(json: &str) -> String {
    match serde_json::from_str::<Members<'_, serde::de::IgnoredAny>>(json) {
        Ok(Members(members)) if members.is_empty() => "an empty object".to_owned(),
        Ok(Members(members)) => {
            let names = members.iter().take(8);
            let names: Vec<String> = names
                .map(|(name, _)| name.as_ref().chars().take(40).collect())
                .collect();
            format!("an object of `{}`", names.join("`, `"))
        }
        Err(_) => "no object".to_owned(),
    }
}
