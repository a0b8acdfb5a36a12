//! A request's target as the caller wrote it, or as near to it as an event allows.
//!
//! What a service does to a path and a query before the function sees them differs, and is not all documented:
//!
//! | | path | query |
//! |---|---|---|
//! | REST API | as it was sent | decoded, as an object |
//! | HTTP API | decoded | as it was sent (format 2.0); decoded, as an object (1.0) |
//! | function URL | as it was sent | as it was sent |
//! | load balancer | as it was sent | as it was sent, as an object |
//!
//! A path may begin with the stage, or with what a custom domain maps to the API; neither belongs to the contract. What does
//! is known from the template of the resource or route that the service has found.

use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use super::event::{Event, Members, NoRequest, Source, Text};

/// What cannot stand in a path (RFC 3986, section 3.3). Escapes stay what they are.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The same for a path that was decoded, so that a `%` in it is one.
const NOT_IN_DECODED_PATH: &AsciiSet = &NOT_IN_PATH.add(b'%');

/// What cannot stand in a query. Escapes stay what they are.
const NOT_IN_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');

/// What a decoded name or value in a query is written with: all but unreserved characters.
const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The target of the request that an event carries.
pub(super) fn target(event: &Event<'_>, source: Source) -> Result<Uri, NoRequest> {
    let (name, path) = match source {
        Source::HttpApi => ("rawPath", event.raw_path.as_ref()),
        Source::RestApi | Source::LoadBalancer { .. } => ("path", event.path.as_ref()),
    };
    let path = path.map_or("", AsRef::as_ref);
    let path = without_base(event, source, path);
    let encode = match is_decoded(event, source) {
        true => NOT_IN_DECODED_PATH,
        false => NOT_IN_PATH,
    };
    let mut target = String::with_capacity(path.len() + 64);
    if !path.starts_with('/') {
        target.push('/');
    }
    target.extend(utf8_percent_encode(path, encode));
    write_query(event, source, &mut target);
    let target = PathAndQuery::try_from(target);
    // The length is all that can still be wrong with it.
    target
        .map(Uri::from)
        .map_err(|error| NoRequest::malformed(name, error))
}

/// Whether the service has decoded the path. An HTTP API says which format the payload has; so does a function URL, which
/// leaves the path as it is.
fn is_decoded(event: &Event<'_>, source: Source) -> bool {
    let domain = event
        .request_context
        .as_ref()
        .and_then(|context| context.domain_name.as_ref());
    let is_function_url = domain.is_some_and(|name| name.0.contains(".lambda-url."));
    event.version.is_some() && !is_function_url && !matches!(source, Source::LoadBalancer { .. })
}

/// The path from where the contract's own begins.
fn without_base<'p>(event: &Event<'_>, source: Source, path: &'p str) -> &'p str {
    let Some(context) = &event.request_context else {
        return path;
    };
    let template = match source {
        Source::LoadBalancer { .. } => return path,
        Source::RestApi => event.resource.as_ref().map(AsRef::as_ref),
        Source::HttpApi => {
            let key = context.route_key.as_ref();
            key.and_then(|key| key.0.split_once(' '))
                .map(|(_, path)| path)
        }
    };
    if let Some(own) = template.and_then(|template| matching_tail(event, template, path)) {
        return own;
    }
    // No route says where it begins, but the stage is known. A REST API leaves it out of `path`, except where a custom
    // domain has it in the path that was asked for.
    let has_stage = match source {
        Source::RestApi => context.path.as_ref().is_some_and(|asked| asked.0 == path),
        _ => true,
    };
    let stage = context.stage.as_ref().map_or("$default", AsRef::as_ref);
    match path
        .strip_prefix('/')
        .and_then(|rest| rest.strip_prefix(stage))
    {
        Some(own) if has_stage && (own.is_empty() || own.starts_with('/')) => own,
        _ => path,
    }
}

/// The end of a path that the template stands for.
fn matching_tail<'p>(event: &Event<'_>, template: &str, path: &'p str) -> Option<&'p str> {
    let segments = template.strip_prefix('/')?;
    if let Some(fixed) = segments.strip_suffix("+}") {
        let (fixed, name) = fixed.rsplit_once('{')?;
        return greedy_tail(event, fixed, name, path);
    }
    let count = segments.split('/').count();
    let (start, _) = path.rmatch_indices('/').nth(count - 1)?;
    let own = &path[start..];
    let mut pairs = segments.split('/').zip(own[1..].split('/'));
    pairs
        .all(|(expected, actual)| expected.starts_with('{') || expected == actual)
        .then_some(own)
}

/// The same for a template that ends in `{name+}`, which stands for any number of segments: the event says for which.
fn greedy_tail<'p>(event: &Event<'_>, fixed: &str, name: &str, path: &'p str) -> Option<&'p str> {
    let Members(parameters) = event.path_parameters.as_ref()?;
    let (_, value) = parameters.iter().find(|(key, _)| key.0 == name)?;
    let stands_for = |rest: &str| rest == value.0 || percent_decode_str(rest).eq(value.0.bytes());
    let mut starts = path.match_indices('/').map(|(start, _)| &path[start..]);
    starts.find(|tail| tail[1..].strip_prefix(fixed).is_some_and(stands_for))
}

fn write_query(event: &Event<'_>, source: Source, target: &mut String) {
    if let Some(raw) = &event.raw_query_string {
        if !raw.0.is_empty() {
            target.push('?');
            target.extend(utf8_percent_encode(&raw.0, NOT_IN_QUERY));
        }
        return;
    }
    let encode = match source {
        Source::LoadBalancer { .. } => NOT_IN_QUERY,
        _ => NOT_UNRESERVED,
    };
    let mut sign = '?';
    let mut write = |name: &Text<'_>, value: &Text<'_>| {
        target.push(std::mem::replace(&mut sign, '&'));
        target.extend(utf8_percent_encode(&name.0, encode));
        target.push('=');
        target.extend(utf8_percent_encode(&value.0, encode));
    };
    // Where both are there, the values of the first are all in the second.
    if let Some(Members(all)) = &event.multi_value_query_string_parameters {
        for (name, values) in all {
            values.iter().for_each(|value| write(name, value));
        }
    } else if let Some(Members(all)) = &event.query_string_parameters {
        all.iter().for_each(|(name, value)| write(name, value));
    }
}
