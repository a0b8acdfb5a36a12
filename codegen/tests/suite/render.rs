//! A model as a short text that people can review.

use std::fmt::Write;

use civicforge_codegen::model::{
    AdditionalRule, Encoding, Media, Model, Nested, Operation, ParameterShape, PartEncoding,
    Payload, Presence, Refusal, Schema, SchemaRef, Shape, Type,
};

/// The whole model but prose and the document.
pub fn model(model: &Model) -> String {
    let mut out = format!("{} {}\n", model.title, model.version);
    if let Some(runtime) = &model.runtime {
        writeln!(out, "\nruntime {runtime}").unwrap();
    }
    for scheme in &model.security_schemes {
        let signs = if scheme.signs_body {
            ", signs the body"
        } else {
            ""
        };
        let refusal = match scheme.refusal {
            Refusal::Unauthorized => "",
            Refusal::Forbidden => ", refuses with 403",
        };
        writeln!(
            out,
            "\nscheme {} = {} {:?}{signs}{refusal}",
            scheme.type_name, scheme.method_name, scheme.kind
        )
        .unwrap();
    }
    for tag in &model.tags {
        writeln!(
            out,
            "\ntrait {} (mod {}, tag {:?})",
            tag.trait_name, tag.module, tag.name
        )
        .unwrap();
        for operation in &tag.operations {
            out.push_str(&self::operation(model, operation));
        }
    }
    for definition in &model.types {
        let component = match &definition.component {
            Some(name) => format!("component {name:?}"),
            None => definition.pointer.clone(),
        };
        let rules = &model.schemas[definition.schema.0].name;
        writeln!(
            out,
            "\ntype {} ({component}, rules {rules})",
            definition.name
        )
        .unwrap();
        if !definition.derives.is_empty() {
            writeln!(out, "  derives {}", definition.derives.join(", ")).unwrap();
        }
        out.push_str(&shape(model, &definition.shape));
    }
    out.push('\n');
    for definition in &model.schemas {
        writeln!(
            out,
            "{} = {}",
            definition.name,
            rules(model, &definition.schema)
        )
        .unwrap();
    }
    out
}

fn operation(model: &Model, operation: &Operation) -> String {
    let mut out = String::new();
    let Operation {
        id,
        method_name,
        prefix,
        method,
        path,
        ..
    } = operation;
    writeln!(
        out,
        "  {method:?} {path} -> {method_name} / {prefix} ({id})"
    )
    .unwrap();
    let alternatives: Vec<String> = operation
        .security
        .alternatives
        .iter()
        .map(|schemes| {
            let names: Vec<String> = schemes
                .iter()
                .map(|scheme| {
                    let name = &model.security_schemes[scheme.scheme.0].type_name;
                    if scheme.scopes.is_empty() {
                        name.clone()
                    } else {
                        format!("{name}{:?}", scheme.scopes)
                    }
                })
                .collect();
            names.join(" + ")
        })
        .collect();
    if !alternatives.is_empty() {
        let optional = if operation.security.optional {
            ", or nobody"
        } else {
            ""
        };
        let name = operation.security.enum_name.as_deref().unwrap_or("-");
        writeln!(
            out,
            "    caller {}{optional} ({name})",
            alternatives.join(" | ")
        )
        .unwrap();
    }
    for parameter in &operation.parameters {
        let empty = if parameter.allow_empty {
            " may be empty"
        } else {
            ""
        };
        let beside = match parameter.beside.as_slice() {
            [] => String::new(),
            names => format!(" beside {names:?}"),
        };
        writeln!(
            out,
            "    {:?} {:?} {}: {}{} as {}{empty}{beside}, {}",
            parameter.location,
            parameter.name,
            parameter.field,
            ty(model, &parameter.ty),
            presence(&parameter.presence),
            encoding(&parameter.encoding),
            schema(model, &parameter.schema),
        )
        .unwrap();
    }
    if let Some(body) = &operation.body {
        let required = if body.required { "" } else { "?" };
        writeln!(out, "    body{required} ({})", body.enum_name).unwrap();
        for media in &body.content {
            out.push_str(&self::media(model, media));
        }
    }
    for response in &operation.responses {
        writeln!(
            out,
            "    {:?} {} {:?}",
            response.status, response.variant, response.outcome
        )
        .unwrap();
        if let Some(codes) = &response.codes {
            writeln!(out, "      codes {}", codes.join(", ")).unwrap();
        }
        for header in &response.headers {
            let optional = if header.required { "" } else { "?" };
            let explode = match (header.is_json, header.explode) {
                (true, _) => " as JSON",
                (false, true) => " exploded",
                (false, false) => "",
            };
            let (name, field) = (&header.name, &header.field);
            writeln!(
                out,
                "      header {name:?} {field}: {}{optional}{explode}",
                ty(model, &header.ty)
            )
            .unwrap();
        }
        for media in &response.content {
            out.push_str(&self::media(model, media));
        }
    }
    out
}

fn media(model: &Model, media: &Media) -> String {
    let payload = match &media.payload {
        Payload::Json { ty, schema } => format!(
            "json {}, {}",
            self::ty(model, ty),
            self::schema(model, schema)
        ),
        Payload::Problem => "the problem".to_owned(),
        Payload::Form {
            ty,
            schema,
            fields,
            rest,
        } => {
            let named = fields
                .iter()
                .map(|field| format!("{}: {}", field.name, encoding(&field.encoding)));
            let rest = rest
                .iter()
                .map(|rest| format!("others: {}", encoding(rest)));
            let fields: Vec<String> = named.chain(rest).collect();
            format!(
                "form {} [{}], {}",
                self::ty(model, ty),
                fields.join(", "),
                self::schema(model, schema)
            )
        }
        Payload::Multipart {
            ty,
            schema,
            fields,
            rest,
        } => {
            let named = fields
                .iter()
                .map(|field| format!("{}: {}", field.name, part_encoding(&field.encoding)));
            let rest = format!("others: {}", part_encoding(rest));
            let fields: Vec<String> = named.chain([rest]).collect();
            format!(
                "multipart {} [{}], {}",
                self::ty(model, ty),
                fields.join(", "),
                self::schema(model, schema)
            )
        }
        Payload::Text { schema } => format!("text, {}", self::schema(model, schema)),
        Payload::Binary => "bytes".to_owned(),
    };
    let charset = match media.names_charset {
        true => " in UTF-8",
        false => "",
    };
    let open = match media.is_open() {
        true => " (open)",
        false => "",
    };
    let (variant, media_type) = (&media.variant, &media.media_type);
    format!("      {variant} {media_type}{charset}{open}: {payload}\n")
}

fn presence(presence: &Presence) -> String {
    match presence {
        Presence::Required => String::new(),
        Presence::Optional => "?".to_owned(),
        Presence::Default(value) => format!(" = {value}"),
    }
}

fn part_encoding(encoding: &PartEncoding) -> String {
    let list = if encoding.is_list { "[]" } else { "" };
    let of = match encoding.media_types.join(", ") {
        none if none.is_empty() => none,
        some => format!(" of {some}"),
    };
    format!("{:?}{list}{of}", encoding.kind)
}

fn encoding(encoding: &Encoding) -> String {
    match encoding {
        Encoding::Json => "json".to_owned(),
        Encoding::Style {
            style,
            explode,
            shape,
        } => {
            let explode = if *explode { "*" } else { "" };
            let shape = match shape {
                ParameterShape::Scalar => "scalar".to_owned(),
                ParameterShape::Array => "array".to_owned(),
                ParameterShape::Object { properties, open } => {
                    format!(
                        "object({}{})",
                        properties.join(","),
                        if *open { ",.." } else { "" }
                    )
                }
                ParameterShape::Nested(nested) => self::nested(nested),
            };
            format!("{style:?}{explode} {shape}")
        }
    }
}

fn nested(nested: &Nested) -> String {
    match nested {
        Nested::Text => "text".to_owned(),
        Nested::Any => "any".to_owned(),
        Nested::List(items) => format!("[{}]", self::nested(items)),
        Nested::TextOr(other) => format!("text or {}", self::nested(other)),
        Nested::Object { properties, rest } => {
            let properties = properties
                .iter()
                .map(|(name, value)| format!("{name}: {}", self::nested(value)));
            let rest = format!("others: {}", self::nested(rest));
            format!(
                "{{{}}}",
                properties.chain([rest]).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

fn ty(model: &Model, ty: &Type) -> String {
    match ty {
        Type::Named(id) => model.types[id.0].name.clone(),
        Type::Array(inner) => format!("[{}]", self::ty(model, inner)),
        Type::Map(inner) => format!("{{{}}}", self::ty(model, inner)),
        Type::Boxed(inner) => format!("Box<{}>", self::ty(model, inner)),
        Type::Nullable(inner) => format!("{} | null", self::ty(model, inner)),
        Type::External(path) => path.clone(),
        plain => format!("{plain:?}"),
    }
}

fn shape(model: &Model, shape: &Shape) -> String {
    let mut out = String::new();
    match shape {
        Shape::Struct {
            fields,
            alternatives,
            additional,
        } => {
            for (at, alternative) in alternatives.iter().enumerate() {
                writeln!(out, "  if {at}: {}", schema(model, alternative)).unwrap();
            }
            for field in fields {
                let deprecated = if field.docs.deprecated {
                    " (deprecated)"
                } else {
                    ""
                };
                let (ty, presence) = (ty(model, &field.ty), presence(&field.presence));
                let places = field.alternatives.iter().map(ToString::to_string);
                let holds = match places.collect::<Vec<_>>().join(" or ") {
                    none if none.is_empty() => none,
                    some => format!(", if {some}"),
                };
                writeln!(
                    out,
                    "  {:?} {}: {ty}{presence}{holds}{deprecated}",
                    field.json_name, field.name
                )
                .unwrap();
            }
            if let Some(additional) = additional {
                writeln!(
                    out,
                    "  .. {}: {{{}}}",
                    additional.field,
                    ty(model, &additional.ty)
                )
                .unwrap();
            }
        }
        Shape::Enum { values, .. } => {
            for value in values {
                writeln!(out, "  {} = {}", value.name, value.value).unwrap();
            }
        }
        Shape::Union {
            variants,
            discriminator,
            may_be_untold,
        } => {
            if let Some(property) = discriminator {
                let untold = match may_be_untold {
                    true => ", if it is there",
                    false => "",
                };
                writeln!(out, "  by {property:?}{untold}").unwrap();
            }
            for variant in variants {
                let tags = if variant.tags.is_empty() {
                    String::new()
                } else {
                    format!(" {:?}", variant.tags)
                };
                let (ty, schema) = (ty(model, &variant.ty), schema(model, &variant.schema));
                writeln!(out, "  | {}({ty}){tags}, {schema}", variant.name).unwrap();
            }
        }
        Shape::Newtype { inner } => writeln!(out, "  = {}", ty(model, inner)).unwrap(),
    }
    out
}

fn schema(model: &Model, schema: &SchemaRef) -> String {
    match schema {
        SchemaRef::Named(id) => model.schemas[id.0].name.clone(),
        SchemaRef::Inline(schema) => rules(model, schema),
    }
}

fn rules(model: &Model, rules: &Schema) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut say = |text: String| out.push(text);
    if let Some(json_type) = rules.json_type {
        say(format!("{json_type:?}").to_lowercase());
    }
    if rules.nullable {
        say("nullable".to_owned());
    }
    if let Some(format) = rules.format {
        say(format!("format {format:?}"));
    }
    if let Some(values) = &rules.enumeration {
        say(format!("enum {}", serde_json::Value::Array(values.clone())));
    }
    for (name, bound) in [("min", &rules.minimum), ("max", &rules.maximum)] {
        if let Some((number, exclusive)) = bound {
            say(format!(
                "{name} {number}{}",
                if *exclusive { " exclusive" } else { "" }
            ));
        }
    }
    if let Some(step) = &rules.multiple_of {
        say(format!("multipleOf {step}"));
    }
    for (name, low, high) in [
        ("length", rules.min_length, rules.max_length),
        ("items", rules.min_items, rules.max_items),
        ("properties", rules.min_properties, rules.max_properties),
    ] {
        if low.is_some() || high.is_some() {
            let show =
                |bound: Option<u64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            say(format!("{name} {}..{}", show(low), show(high)));
        }
    }
    if let Some(pattern) = &rules.pattern {
        say(format!("pattern {pattern}"));
    }
    if rules.unique_items {
        say("unique".to_owned());
    }
    if let Some(items) = &rules.items {
        say(format!("[{}]", schema(model, items)));
    }
    if !rules.properties.is_empty() {
        let properties: Vec<String> = rules
            .properties
            .iter()
            .map(|property| {
                let read = if property.read_only { "read-only " } else { "" };
                let write = if property.write_only {
                    "write-only "
                } else {
                    ""
                };
                format!(
                    "{:?}: {read}{write}{}",
                    property.name,
                    schema(model, &property.schema)
                )
            })
            .collect();
        say(format!("{{{}}}", properties.join("; ")));
    }
    if !rules.required.is_empty() {
        say(format!("required {:?}", rules.required));
    }
    match &rules.additional {
        AdditionalRule::Allowed => {}
        AdditionalRule::Denied => say("closed".to_owned()),
        AdditionalRule::Schema(additional) => {
            say(format!("others ({})", schema(model, additional)))
        }
    }
    for (name, list) in [
        ("allOf", &rules.all_of),
        ("anyOf", &rules.any_of),
        ("oneOf", &rules.one_of),
    ] {
        if !list.is_empty() {
            let list: Vec<String> = list.iter().map(|item| schema(model, item)).collect();
            say(format!("{name}({})", list.join(" | ")));
        }
    }
    if let Some(not) = &rules.not {
        say(format!("not({})", schema(model, not)));
    }
    if let Some((property, tags)) = &rules.discriminator {
        say(format!("by {property:?} {tags:?}"));
    }
    if out.is_empty() {
        "anything".to_owned()
    } else {
        out.join(", ")
    }
}
