//! Rules as static data.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::EmitContext;
use super::docs::inner;
use super::ident::ident;
use super::imports::imports;
use super::{literal, lost};
use crate::model::{
    AdditionalRule, Direction, Format, JsonType, Property, Schema, SchemaRef, Shape, TypeDef,
};

/// `schemas.rs`.
pub(super) fn emit(model: &EmitContext<'_>) -> TokenStream {
    let patterns = model.patterns();
    let patterns = patterns.iter().map(|source| {
        let name = model.pattern(source);
        quote! {
            pub(crate) static #name: rt::Pattern = rt::Pattern::new(#source);
        }
    });
    let named = model.rules().map(|def| {
        let name = ident(&def.name);
        let value = value(model, &def.schema, &quote!());
        let doc = format!(" `{}`", def.pointer);
        quote!(#[doc = #doc] pub static #name: rt::Schema = #value;)
    });
    let alternatives = model.types.iter().flat_map(|def| {
        let schemas = alternatives(def).enumerate();
        let inline = schemas.filter_map(|(at, schema)| match schema {
            SchemaRef::Inline(schema) => {
                let name = alternative(def, at);
                let value = value(model, schema, &quote!());
                Some(quote!(pub(crate) static #name: rt::Schema = #value;))
            }
            SchemaRef::Named(_) => None,
        });
        inline.collect::<Vec<_>>()
    });
    let items = quote!(#(#patterns)* #(#named)* #(#alternatives)*);
    let module = inner("Validation rules of the schemas, as static data.");
    let imports = imports(&items, &quote!(super), &["rt"]);
    quote!(#module #imports #items)
}

/// What decides between the alternatives of a type.
pub(super) fn alternatives(def: &TypeDef) -> impl Iterator<Item = &SchemaRef> {
    let (variants, alternatives) = match &def.shape {
        Shape::Union { variants, .. } => (variants.as_slice(), [].as_slice()),
        Shape::Struct { alternatives, .. } => ([].as_slice(), alternatives.as_slice()),
        Shape::Enum { .. } | Shape::Newtype { .. } => ([].as_slice(), [].as_slice()),
    };
    let variants = variants.iter().map(|variant| &variant.schema);
    variants.chain(alternatives)
}

/// The rules of one of a type's alternatives, as seen from `types.rs`.
pub(super) fn alternative_rules(
    model: &EmitContext<'_>,
    def: &TypeDef,
    at: usize,
    schema: &SchemaRef,
) -> TokenStream {
    match schema {
        SchemaRef::Named(id) => {
            let name = model.schemas.get(id.0).map(|def| ident(&def.name));
            quote!(schemas::#name)
        }
        SchemaRef::Inline(_) => {
            let name = alternative(def, at);
            quote!(schemas::#name)
        }
    }
}

/// The name of an alternative's rules: the variant's, or, where a struct has them, the number's.
fn alternative(def: &TypeDef, at: usize) -> syn::Ident {
    let upper = |name: &str| {
        name.chars()
            .enumerate()
            .fold(String::new(), |mut out, (index, c)| {
                if c.is_uppercase() && index > 0 && !out.ends_with('_') {
                    out.push('_');
                }
                out.extend(c.to_uppercase());
                out
            })
    };
    let own = match &def.shape {
        Shape::Union { variants, .. } => variants.get(at).map(|variant| upper(&variant.name)),
        _ => None,
    };
    let own = own.unwrap_or_else(|| format!("ALTERNATIVE_{}", at + 1));
    // The double underscore keeps it apart from the names that lowering gives.
    ident(&format!("{}__{own}", upper(&def.name)))
}

/// The rules for members that travel in one direction.
pub(super) fn direction(direction: Direction) -> TokenStream {
    match direction {
        Direction::Request => quote!(rt::Direction::Request),
        Direction::Response => quote!(rt::Direction::Response),
    }
}

/// A reference to rules. Named ones, and patterns, have this prefix.
pub(super) fn reference(
    model: &EmitContext<'_>,
    schema: &SchemaRef,
    prefix: &TokenStream,
) -> TokenStream {
    match schema {
        SchemaRef::Named(id) => match model.schemas.get(id.0) {
            Some(def) => {
                let name = ident(&def.name);
                quote!(&#prefix #name)
            }
            None => lost(),
        },
        SchemaRef::Inline(schema) if **schema == Schema::default() => quote!(&rt::Schema::ANY),
        SchemaRef::Inline(schema) => {
            let value = value(model, schema, prefix);
            quote!(&#value)
        }
    }
}

fn references(model: &EmitContext<'_>, list: &[SchemaRef], prefix: &TokenStream) -> TokenStream {
    let list = list.iter().map(|schema| reference(model, schema, prefix));
    quote!(&[#(#list),*])
}

/// Rules as an expression that says only what is not the default.
fn value(model: &EmitContext<'_>, schema: &Schema, prefix: &TokenStream) -> TokenStream {
    let mut rules = match schema.json_type {
        Some(json_type) => {
            let name = format_ident!("{}", type_name(json_type));
            quote!(rt::Schema::#name())
        }
        None => quote!(rt::Schema::ANY),
    };
    let mut rule = |name: &str, arguments: Option<TokenStream>| {
        if let Some(arguments) = arguments {
            let name = format_ident!("{name}");
            rules.extend(quote!(.#name(#arguments)));
        }
    };
    let list = |list: &[SchemaRef]| (!list.is_empty()).then(|| references(model, list, prefix));
    let count = |count: Option<u64>| {
        count.map(|count| {
            let count = proc_macro2::Literal::u64_unsuffixed(count);
            quote!(#count)
        })
    };
    rule("nullable", schema.nullable.then(|| quote!()));
    rule("format", schema.format.map(format));
    rule(
        "values",
        schema.enumeration.as_ref().map(|values| {
            let values = values.iter().map(literal::rule);
            quote!(&[#(#values),*])
        }),
    );
    for (bound, plain, full) in [
        (&schema.minimum, "at_least", "minimum"),
        (&schema.maximum, "at_most", "maximum"),
    ] {
        let Some((limit, exclusive)) = bound else {
            continue;
        };
        match (crate::number::integer(limit), exclusive) {
            (Some(limit), false) => {
                let limit = proc_macro2::Literal::i128_unsuffixed(limit);
                rule(plain, Some(quote!(#limit)));
            }
            _ => {
                let limit = literal::number(limit);
                rule(full, Some(quote!(#limit, #exclusive)));
            }
        }
    }
    rule(
        "multiple_of",
        schema.multiple_of.as_ref().map(literal::number),
    );
    rule("min_length", count(schema.min_length));
    rule("max_length", count(schema.max_length));
    rule(
        "pattern",
        schema.pattern.as_ref().map(|source| {
            let name = model.pattern(source);
            quote!(&#prefix #name)
        }),
    );
    let one = |schema: &Option<SchemaRef>| schema.as_ref().map(|one| reference(model, one, prefix));
    rule("items", one(&schema.items));
    rule("min_items", count(schema.min_items));
    rule("max_items", count(schema.max_items));
    rule("unique_items", schema.unique_items.then(|| quote!()));
    rule(
        "properties",
        (!schema.properties.is_empty()).then(|| {
            let properties = schema.properties.iter().map(|p| property(model, p, prefix));
            quote!(&[#(#properties),*])
        }),
    );
    rule(
        "required",
        (!schema.required.is_empty()).then(|| {
            let names = &schema.required;
            quote!(&[#(#names),*])
        }),
    );
    match &schema.additional {
        AdditionalRule::Allowed => {}
        AdditionalRule::Denied => rule("closed", Some(quote!())),
        AdditionalRule::Schema(schema) => {
            rule("additional", Some(reference(model, schema, prefix)));
        }
    }
    rule("min_properties", count(schema.min_properties));
    rule("max_properties", count(schema.max_properties));
    rule("all_of", list(&schema.all_of));
    rule("any_of", list(&schema.any_of));
    rule("one_of", list(&schema.one_of));
    rule("not", one(&schema.not));
    rule(
        "discriminator",
        schema.discriminator.as_ref().map(|(property, mapping)| {
            let mapping = mapping.iter().map(|(value, index)| {
                let index = proc_macro2::Literal::usize_unsuffixed(*index);
                quote!((#value, #index))
            });
            quote!(#property, &[#(#mapping),*])
        }),
    );
    rules
}

fn property(model: &EmitContext<'_>, property: &Property, prefix: &TokenStream) -> TokenStream {
    let name = &property.name;
    let schema = reference(model, &property.schema, prefix);
    let read_only = property.read_only.then(|| quote!(.read_only()));
    let write_only = property.write_only.then(|| quote!(.write_only()));
    quote!(rt::Property::new(#name, #schema) #read_only #write_only)
}

fn type_name(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

fn format(format: Format) -> TokenStream {
    let name = format_ident!("{}", format!("{format:?}"));
    quote!(rt::Format::#name)
}
