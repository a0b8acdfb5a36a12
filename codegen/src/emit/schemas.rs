//! Rules as static data.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::inner;
use super::ident::ident;
use super::literal;
use super::scope::Scope;
use super::types::imports;
use crate::model::{
    AdditionalRule, Format, JsonType, Property, Schema, SchemaRef, Shape, TypeDef, Variant,
};

/// What code that holds rules may import.
pub(super) const RULE_IMPORTS: &[(&str, &[&str])] = &[(
    "civicforge_runtime::schema",
    &[
        "Additional",
        "Bound",
        "Discriminator",
        "Format",
        "JsonType",
        "Literal",
        "Number",
        "Pattern",
        "Property",
        "Schema",
    ],
)];

/// `schemas.rs`.
pub(super) fn emit(model: &Scope<'_>) -> TokenStream {
    let patterns = model.patterns();
    let patterns = patterns.iter().map(|source| {
        let name = model.pattern(source);
        quote! {
            pub(crate) static #name: Pattern = Pattern::new(#source);
        }
    });
    let named = model.schemas.iter().map(|def| {
        let name = ident(&def.name);
        let value = value(model, &def.schema, &quote!());
        let doc = format!(" `{}`", def.pointer);
        quote!(#[doc = #doc] pub static #name: Schema = #value;)
    });
    let alternatives = model.types.iter().flat_map(|def| match &def.shape {
        Shape::Union { variants, .. } => variants
            .iter()
            .filter_map(|variant| match &variant.schema {
                SchemaRef::Inline(schema) => {
                    let name = alternative(def, variant);
                    let value = value(model, schema, &quote!());
                    Some(quote!(pub(crate) static #name: Schema = #value;))
                }
                SchemaRef::Named(_) => None,
            })
            .collect(),
        _ => Vec::new(),
    });
    let items = quote!(#(#patterns)* #(#named)* #(#alternatives)*);
    let module = inner(
        "The rules of the contract's schemas, as data that is there when the program starts.",
    );
    let imports = imports(&items, RULE_IMPORTS);
    quote!(#module #imports #items)
}

/// The rules of a union's alternative, as seen from `types.rs`.
pub(super) fn variant_rules(model: &Scope<'_>, def: &TypeDef, variant: &Variant) -> TokenStream {
    match &variant.schema {
        SchemaRef::Named(id) => {
            let name = model.schemas.get(id.0).map(|def| ident(&def.name));
            quote!(schemas::#name)
        }
        SchemaRef::Inline(_) => {
            let name = alternative(def, variant);
            quote!(schemas::#name)
        }
    }
}

fn alternative(def: &TypeDef, variant: &Variant) -> syn::Ident {
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
    // The double underscore keeps it apart from the names that lowering gives.
    ident(&format!("{}__{}", upper(&def.name), upper(&variant.name)))
}

/// A reference to rules. Named ones, and patterns, have this prefix.
pub(super) fn reference(
    model: &Scope<'_>,
    schema: &SchemaRef,
    prefix: &TokenStream,
) -> TokenStream {
    match schema {
        SchemaRef::Named(id) => match model.schemas.get(id.0) {
            Some(def) => {
                let name = ident(&def.name);
                quote!(&#prefix #name)
            }
            None => quote!(&Schema::ANY),
        },
        SchemaRef::Inline(schema) if **schema == Schema::default() => quote!(&Schema::ANY),
        SchemaRef::Inline(schema) => {
            let value = value(model, schema, prefix);
            quote!(&#value)
        }
    }
}

fn references(model: &Scope<'_>, list: &[SchemaRef], prefix: &TokenStream) -> TokenStream {
    let list = list.iter().map(|schema| reference(model, schema, prefix));
    quote!(&[#(#list),*])
}

/// Rules as an expression that says only what is not the default.
fn value(model: &Scope<'_>, schema: &Schema, prefix: &TokenStream) -> TokenStream {
    if *schema == Schema::default() {
        return quote!(Schema::ANY);
    }
    let mut fields = Vec::new();
    let mut field = |name: &str, value: Option<TokenStream>| {
        if let Some(value) = value {
            let name = format_ident!("{name}");
            fields.push(quote!(#name: #value));
        }
    };
    let list = |list: &[SchemaRef]| (!list.is_empty()).then(|| references(model, list, prefix));
    let count = |count: Option<u64>| {
        count.map(|count| {
            let count = proc_macro2::Literal::u64_unsuffixed(count);
            quote!(Some(#count))
        })
    };
    field("json_type", schema.json_type.map(json_type));
    field("nullable", schema.nullable.then(|| quote!(true)));
    field("format", schema.format.map(format));
    field(
        "enumeration",
        schema.enumeration.as_ref().map(|values| {
            let values = values.iter().map(literal::rule);
            quote!(Some(&[#(#values),*]))
        }),
    );
    let bound = |bound: &Option<(serde_json::Number, bool)>| {
        bound.as_ref().map(|(limit, exclusive)| {
            let limit = literal::number(limit);
            quote!(Some(Bound { limit: #limit, exclusive: #exclusive }))
        })
    };
    field("minimum", bound(&schema.minimum));
    field("maximum", bound(&schema.maximum));
    field(
        "multiple_of",
        schema.multiple_of.as_ref().map(|of| {
            let of = literal::number(of);
            quote!(Some(#of))
        }),
    );
    field("min_length", count(schema.min_length));
    field("max_length", count(schema.max_length));
    field(
        "pattern",
        schema.pattern.as_ref().map(|source| {
            let name = model.pattern(source);
            quote!(Some(&#prefix #name))
        }),
    );
    field(
        "items",
        schema.items.as_ref().map(|items| {
            let items = reference(model, items, prefix);
            quote!(Some(#items))
        }),
    );
    field("min_items", count(schema.min_items));
    field("max_items", count(schema.max_items));
    field("unique_items", schema.unique_items.then(|| quote!(true)));
    field(
        "properties",
        (!schema.properties.is_empty()).then(|| {
            let properties = schema.properties.iter().map(|p| property(model, p, prefix));
            quote!(&[#(#properties),*])
        }),
    );
    field(
        "required",
        (!schema.required.is_empty()).then(|| {
            let names = &schema.required;
            quote!(&[#(#names),*])
        }),
    );
    field(
        "additional",
        match &schema.additional {
            AdditionalRule::Allowed => None,
            AdditionalRule::Denied => Some(quote!(Additional::Denied)),
            AdditionalRule::Schema(schema) => {
                let schema = reference(model, schema, prefix);
                Some(quote!(Additional::Schema(#schema)))
            }
        },
    );
    field("min_properties", count(schema.min_properties));
    field("max_properties", count(schema.max_properties));
    field("all_of", list(&schema.all_of));
    field("any_of", list(&schema.any_of));
    field("one_of", list(&schema.one_of));
    field(
        "not",
        schema.not.as_ref().map(|not| {
            let not = reference(model, not, prefix);
            quote!(Some(#not))
        }),
    );
    field(
        "discriminator",
        schema.discriminator.as_ref().map(|(property, mapping)| {
            let mapping = mapping.iter().map(|(value, index)| {
                let index = proc_macro2::Literal::usize_unsuffixed(*index);
                quote!((#value, #index))
            });
            quote!(Some(Discriminator { property: #property, mapping: &[#(#mapping),*] }))
        }),
    );
    quote!(Schema { #(#fields,)* ..Schema::ANY })
}

fn property(model: &Scope<'_>, property: &Property, prefix: &TokenStream) -> TokenStream {
    let name = &property.name;
    let schema = reference(model, &property.schema, prefix);
    let (read_only, write_only) = (property.read_only, property.write_only);
    if read_only || write_only {
        quote!(Property { name: #name, schema: #schema, read_only: #read_only, write_only: #write_only })
    } else {
        quote!(Property::new(#name, #schema))
    }
}

fn json_type(json_type: JsonType) -> TokenStream {
    let name = format_ident!("{}", format!("{json_type:?}"));
    quote!(Some(JsonType::#name))
}

fn format(format: Format) -> TokenStream {
    let name = format_ident!("{}", format!("{format:?}"));
    quote!(Some(Format::#name))
}
