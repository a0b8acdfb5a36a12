//! What an emitter may rely on, whatever the document says.

use std::collections::HashSet;

use civicforge_codegen::model::{
    AdditionalRule, Encoding, Model, Payload, Presence, Schema, SchemaRef, Shape, Type, TypeId,
};

/// Checks every promise of the model that a program can check.
pub fn check(model: &Model) {
    types(model);
    schemas(model);
    operations(model);
    let names: Vec<_> = model
        .security_schemes
        .iter()
        .map(|scheme| &scheme.name)
        .collect();
    assert!(names.is_sorted());
    unique(
        "principal",
        model
            .security_schemes
            .iter()
            .map(|scheme| &scheme.type_name),
    );
    unique(
        "authenticator",
        model
            .security_schemes
            .iter()
            .map(|scheme| &scheme.method_name),
    );
}

fn unique<'a>(what: &str, names: impl IntoIterator<Item = &'a String>) {
    let mut seen = HashSet::new();
    for name in names {
        assert!(seen.insert(name), "the {what} `{name}` is there twice");
        identifier(name);
    }
}

fn identifier(name: &str) {
    let plain = name.strip_prefix("r#").unwrap_or(name);
    let good = !plain.is_empty()
        && !plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    assert!(good, "`{name}` is not an identifier");
    assert!(
        syn::parse_str::<syn::Ident>(name).is_ok(),
        "`{name}` is not an identifier"
    );
}

fn types(model: &Model) {
    assert!(model.types.is_sorted_by_key(|definition| &definition.name));
    unique(
        "type",
        model.types.iter().map(|definition| &definition.name),
    );
    for definition in &model.types {
        assert!(definition.schema.0 < model.schemas.len());
        pointer(model, &definition.pointer);
        if let Some(component) = &definition.component {
            let schemas = &model.document["components"]["schemas"];
            assert!(schemas.get(component).is_some(), "no component {component}");
        }
        match &definition.shape {
            Shape::Struct {
                fields,
                alternatives,
                additional,
            } => {
                for schema in alternatives {
                    schema_is_known(model, schema);
                }
                let extra = additional.iter().map(|additional| &additional.field);
                unique("field", fields.iter().map(|field| &field.name).chain(extra));
                let mut seen = HashSet::new();
                for field in fields {
                    assert!(seen.insert(&field.json_name));
                    assert!(field.alternatives.iter().all(|at| *at < alternatives.len()));
                    assert!(field.alternatives.is_empty() || field.presence != Presence::Required);
                    type_is_known(model, &field.ty);
                }
            }
            Shape::Enum { values, integers } => {
                unique("value", values.iter().map(|value| &value.name));
                assert!(!values.is_empty());
                for value in values {
                    assert!(if *integers {
                        value.value.is_i64()
                    } else {
                        value.value.is_string()
                    });
                }
            }
            Shape::Union {
                variants,
                discriminator,
                ..
            } => {
                unique("variant", variants.iter().map(|variant| &variant.name));
                assert!(variants.len() > 1);
                for variant in variants {
                    type_is_known(model, &variant.ty);
                    schema_is_known(model, &variant.schema);
                    assert!(discriminator.is_some() || variant.tags.is_empty());
                    assert!(!matches!(variant.ty, Type::Nullable(_)));
                }
            }
            Shape::Newtype { inner } => type_is_known(model, inner),
        }
    }
    no_endless_types(model);
}

fn type_is_known(model: &Model, ty: &Type) {
    match ty {
        Type::Named(id) => assert!(id.0 < model.types.len()),
        Type::Nullable(inner) => {
            assert!(!matches!(**inner, Type::Nullable(_) | Type::Any));
            type_is_known(model, inner);
        }
        Type::Array(inner) | Type::Map(inner) | Type::Boxed(inner) => type_is_known(model, inner),
        _ => {}
    }
}

/// Removes types that hold no other by value, again and again; what stays contains itself.
fn no_endless_types(model: &Model) {
    fn by_value(ty: &Type) -> Option<TypeId> {
        match ty {
            Type::Named(id) => Some(*id),
            Type::Nullable(inner) => by_value(inner),
            _ => None,
        }
    }
    let mut left: Vec<(TypeId, HashSet<TypeId>)> = model
        .types
        .iter()
        .enumerate()
        .map(|(at, definition)| {
            let held: Vec<&Type> = match &definition.shape {
                Shape::Struct { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
                Shape::Union { variants, .. } => {
                    variants.iter().map(|variant| &variant.ty).collect()
                }
                Shape::Newtype { inner } => vec![inner],
                Shape::Enum { .. } => Vec::new(),
            };
            (TypeId(at), held.into_iter().filter_map(by_value).collect())
        })
        .collect();
    loop {
        let done: HashSet<TypeId> = left
            .iter()
            .filter(|(_, held)| held.is_empty())
            .map(|(id, _)| *id)
            .collect();
        if done.is_empty() {
            break;
        }
        left.retain(|(id, _)| !done.contains(id));
        for (_, held) in &mut left {
            held.retain(|id| !done.contains(id));
        }
    }
    assert!(left.is_empty(), "types contain themselves: {left:?}");
}

fn schemas(model: &Model) {
    assert!(
        model
            .schemas
            .is_sorted_by_key(|definition| &definition.name)
    );
    unique(
        "schema",
        model.schemas.iter().map(|definition| &definition.name),
    );
    for definition in &model.schemas {
        pointer(model, &definition.pointer);
        rules_are_known(model, &definition.schema);
    }
}

fn schema_is_known(model: &Model, schema: &SchemaRef) {
    match schema {
        SchemaRef::Named(id) => assert!(id.0 < model.schemas.len()),
        SchemaRef::Inline(schema) => rules_are_known(model, schema),
    }
}

fn rules_are_known(model: &Model, schema: &Schema) {
    let properties = schema.properties.iter().map(|property| &property.schema);
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of]
        .into_iter()
        .flatten();
    for child in properties
        .chain(lists)
        .chain(&schema.items)
        .chain(&schema.not)
    {
        schema_is_known(model, child);
    }
    if let AdditionalRule::Schema(additional) = &schema.additional {
        schema_is_known(model, additional);
    }
    if let Some((_, tags)) = &schema.discriminator {
        let all = if schema.one_of.is_empty() {
            &schema.any_of
        } else {
            &schema.one_of
        };
        assert!(tags.iter().all(|(_, at)| *at < all.len()));
        let names: HashSet<_> = tags.iter().map(|(tag, _)| tag).collect();
        assert_eq!(names.len(), tags.len());
    }
    if let Some(pattern) = &schema.pattern {
        assert!(
            regress::Regex::with_flags(pattern, "u").is_ok(),
            "{pattern}"
        );
    }
}

fn operations(model: &Model) {
    unique("trait", model.tags.iter().map(|tag| &tag.trait_name));
    unique("module", model.tags.iter().map(|tag| &tag.module));
    let all: Vec<_> = model.tags.iter().flat_map(|tag| &tag.operations).collect();
    let mut ids = HashSet::new();
    unique("prefix", all.iter().map(|operation| &operation.prefix));
    for tag in &model.tags {
        assert!(!tag.operations.is_empty());
        unique(
            "method",
            tag.operations
                .iter()
                .map(|operation| &operation.method_name),
        );
    }
    for operation in all {
        assert!(
            ids.insert(&operation.id),
            "the operationId `{}` is there twice",
            operation.id
        );
        pointer(model, &operation.pointer);
        for suffix in ["Request", "Response", "Error"] {
            let name = format!("{}{suffix}", operation.prefix);
            assert!(
                !model.types.iter().any(|definition| definition.name == name),
                "{name}"
            );
        }
        unique(
            "parameter",
            operation
                .parameters
                .iter()
                .map(|parameter| &parameter.field),
        );
        for parameter in &operation.parameters {
            assert_ne!(parameter.field, "body");
            type_is_known(model, &parameter.ty);
            schema_is_known(model, &parameter.schema);
        }
        if let Some(body) = &operation.body {
            assert!(!body.content.is_empty());
            media(model, &body.content);
        }
        assert!(
            operation
                .responses
                .is_sorted_by_key(|response| response.status)
        );
        unique(
            "response",
            operation.responses.iter().map(|response| &response.variant),
        );
        for response in &operation.responses {
            media(model, &response.content);
            unique(
                "header",
                response.headers.iter().map(|header| &header.field),
            );
            for header in &response.headers {
                type_is_known(model, &header.ty);
            }
        }
        let uses: Vec<_> = operation.security.alternatives.iter().flatten().collect();
        assert!(
            uses.iter()
                .all(|scheme| scheme.scheme.0 < model.security_schemes.len())
        );
        assert_eq!(
            operation.security.alternatives.len() > 1,
            operation.security.enum_name.is_some()
        );
    }
}

fn media(model: &Model, content: &[civicforge_codegen::model::Media]) {
    unique("media type", content.iter().map(|media| &media.variant));
    for media in content {
        match &media.payload {
            Payload::Json { ty, schema } => {
                type_is_known(model, ty);
                schema_is_known(model, schema);
            }
            Payload::Form {
                ty, schema, fields, ..
            } => {
                type_is_known(model, ty);
                schema_is_known(model, schema);
                let names: HashSet<_> = fields.iter().map(|field| &field.name).collect();
                assert_eq!(names.len(), fields.len());
                assert!(fields.iter().all(|field| matches!(
                    field.encoding,
                    Encoding::Json | Encoding::Style { .. }
                )));
            }
            Payload::Multipart {
                ty, schema, fields, ..
            } => {
                type_is_known(model, ty);
                schema_is_known(model, schema);
                let names: HashSet<_> = fields.iter().map(|field| &field.name).collect();
                assert_eq!(names.len(), fields.len());
            }
            Payload::Text { schema } => schema_is_known(model, schema),
            Payload::Problem | Payload::Binary => {}
        }
    }
}

fn pointer(model: &Model, pointer: &str) {
    assert!(
        model.document.pointer(pointer).is_some(),
        "nothing at {pointer}"
    );
}
