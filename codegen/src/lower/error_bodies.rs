//! The bodies of errors that the service makes of its own failures.
//!
//! Where an operation declares a body of its own for a status that the runtime itself can send, hand-written code says how a
//! failure becomes that body: once for each type of body, however many operations declare it. What it says then serves every
//! declared error with a body of that type.

use std::collections::BTreeMap;

use super::names::Names;
use crate::model::{ErrorBody, ErrorBodyId, Media, Outcome, Payload, Response, Tag, Type, TypeDef};

/// What tells one type of a body from another.
#[derive(Debug, Clone, PartialEq)]
enum Content {
    Value(Type),
    Text,
    Bytes,
}

fn content(media: &Media) -> (Content, bool) {
    let content = match &media.payload {
        Payload::Json { ty, .. } | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
            Content::Value(ty.clone())
        }
        Payload::Text { .. } => Content::Text,
        Payload::Binary | Payload::Problem => Content::Bytes,
    };
    (content, media.is_open())
}

/// The bodies that are asked for, in the order of the operations; and each response of one of them learns which it has.
pub(super) fn error_bodies(tags: &mut [Tag], types: &[TypeDef]) -> Vec<ErrorBody> {
    let mut names = Names::default();
    let mut found: Vec<((Content, bool), ErrorBody)> = Vec::new();
    for operation in tags.iter().flat_map(|tag| &tag.operations) {
        for code in &operation.framework_statuses {
            let declaring = operation.declaring(*code);
            let Some((response, media)) = declaring.and_then(own_body) else {
                continue;
            };
            let content = content(media);
            if found.iter().any(|(known, _)| *known == content) {
                continue;
            }
            let name = match &content.0 {
                Content::Value(Type::Named(id)) => types.get(id.0).map(|def| def.name.clone()),
                Content::Value(Type::Any | Type::FreeObject) => Some("value".to_owned()),
                Content::Text | Content::Value(Type::String) => Some("text".to_owned()),
                Content::Bytes => Some("bytes".to_owned()),
                Content::Value(_) => None,
            };
            let name =
                name.unwrap_or_else(|| format!("{}{}Body", operation.prefix, response.variant));
            let body = ErrorBody {
                method_name: names.snake(&name),
                media: media.clone(),
                operations: Vec::new(),
            };
            found.push((content, body));
        }
    }
    let mut users: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for operation in tags.iter_mut().flat_map(|tag| &mut tag.operations) {
        for response in &mut operation.responses {
            let own = own_body(response).map(|(_, media)| content(media));
            let Some(at) = own.and_then(|own| found.iter().position(|(known, _)| *known == own))
            else {
                continue;
            };
            response.error_body = Some(ErrorBodyId(at));
            let users = users.entry(at).or_default();
            if users.last() != Some(&operation.id) {
                users.push(operation.id.clone());
            }
        }
    }
    let bodies = found
        .into_iter()
        .enumerate()
        .map(|(at, (_, body))| ErrorBody {
            operations: users.remove(&at).unwrap_or_default(),
            ..body
        });
    bodies.collect()
}

/// An error's body, where it is none that the runtime writes by itself. Of several media types JSON comes first.
fn own_body(response: &Response) -> Option<(&Response, &Media)> {
    let is_own = response.outcome == Outcome::Error && response.has_other_body();
    is_own
        .then(|| response.failure_media())?
        .map(|media| (response, media))
}
