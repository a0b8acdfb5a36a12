//! Objects that take every key: what they leave to others.
//!
//! An exploded object with `additionalProperties` has no name of its own in a query or in cookies. A name that something else declares, another
//! parameter or a credential, belongs to that, and is no entry of the map (OpenAPI 3.0, Parameter Object).

use crate::model::{
    Encoding, Location, Model, Operation, Parameter, ParameterShape, SchemeKind, SecurityScheme,
    Style,
};

/// Says of each such parameter which keys it leaves.
pub(super) fn leave_to_others(model: &mut Model) {
    let schemes = &model.security_schemes;
    for operation in model.tags.iter_mut().flat_map(|tag| &mut tag.operations) {
        for at in 0..operation.parameters.len() {
            if takes_every_key(&operation.parameters[at]) {
                operation.parameters[at].beside = beside(operation, at, schemes);
            }
        }
    }
}

fn takes_every_key(parameter: &Parameter) -> bool {
    matches!(parameter.location, Location::Query | Location::Cookie)
        && matches!(
            parameter.encoding,
            Encoding::Style {
                style: Style::Form | Style::SpaceDelimited | Style::PipeDelimited,
                explode: true,
                shape: ParameterShape::Object { open: true, .. },
            }
        )
}

fn beside(operation: &Operation, at: usize, schemes: &[SecurityScheme]) -> Vec<String> {
    let location = operation.parameters[at].location;
    let others = operation.parameters.iter().enumerate();
    let others = others.filter(|(other, one)| *other != at && one.location == location);
    let mut names: Vec<String> = others.flat_map(|(_, other)| claimed(other)).collect();
    let used = operation.security.alternatives.iter().flatten();
    names.extend(
        used.filter_map(|used| match &schemes.get(used.scheme.0)?.kind {
            SchemeKind::ApiKey { location: of, name } if *of == location => Some(name.clone()),
            _ => None,
        }),
    );
    names.sort();
    names.dedup();
    names
}

/// The keys of a parameter.
fn claimed(parameter: &Parameter) -> Vec<String> {
    match &parameter.encoding {
        Encoding::Style {
            shape: ParameterShape::Nested(_),
            ..
        } => vec![parameter.name.clone(), format!("{}[", parameter.name)],
        Encoding::Style {
            style: Style::DeepObject,
            ..
        } => vec![format!("{}[", parameter.name)],
        Encoding::Style {
            explode: true,
            shape: ParameterShape::Object { properties, .. },
            ..
        } => properties.clone(),
        _ => vec![parameter.name.clone()],
    }
}
