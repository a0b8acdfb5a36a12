//! Named schemas as types.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::docs::{docs, inner};
use super::ident::ident;
use super::scope::Scope;
use super::{structs, unions};
use crate::model::{EnumValue, Model, Schema, SchemaId, Shape, Type, TypeDef};

/// The type as it is written outside of `types.rs`.
pub(super) fn path(model: &Scope<'_>, ty: &Type) -> TokenStream {
    written(model, ty, &quote!(types::))
}

/// The type as it is written in `types.rs`.
pub(super) fn local(model: &Scope<'_>, ty: &Type) -> TokenStream {
    written(model, ty, &quote!())
}

pub(super) fn written(model: &Scope<'_>, ty: &Type, prefix: &TokenStream) -> TokenStream {
    match ty {
        Type::Any => quote!(Value),
        Type::FreeObject => quote!(Map<String, Value>),
        Type::Boolean => quote!(bool),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::String => quote!(String),
        Type::Password => quote!(Password),
        Type::Uuid => quote!(Uuid),
        Type::Date => quote!(NaiveDate),
        Type::DateTime => quote!(DateTime<Utc>),
        Type::Ipv4 => quote!(Ipv4Addr),
        Type::Ipv6 => quote!(Ipv6Addr),
        Type::Base64 => quote!(Base64),
        Type::Array(items) => {
            let items = written(model, items, prefix);
            quote!(Vec<#items>)
        }
        Type::Map(values) => {
            let values = written(model, values, prefix);
            quote!(BTreeMap<String, #values>)
        }
        Type::Named(id) => match model.types.get(id.0) {
            Some(def) => {
                let name = ident(&def.name);
                quote!(#prefix #name)
            }
            None => super::lost(),
        },
        Type::Boxed(inner) => {
            let inner = written(model, inner, prefix);
            quote!(Box<#inner>)
        }
        Type::Nullable(inner) => {
            let inner = written(model, inner, prefix);
            quote!(Nullable<#inner>)
        }
    }
}

/// Imports of the names that this code uses, and of no others: the output has no `allow(unused_imports)`.
pub(super) fn imports(code: &TokenStream, from: &[(&str, &[&str])]) -> TokenStream {
    let mut used = BTreeSet::new();
    words(code.clone(), &mut used);
    let uses = from.iter().filter_map(|(module, names)| {
        let names: Vec<_> = names
            .iter()
            .filter(|name| used.contains(**name))
            .map(|name| ident(name))
            .collect();
        let module: syn::Path = syn::parse_str(module).ok()?;
        match names.as_slice() {
            [] => None,
            [name] => Some(quote!(use #module::#name;)),
            names => Some(quote!(use #module::{#(#names),*};)),
        }
    });
    quote!(#(#uses)*)
}

/// The names that code uses by themselves: not what follows `::`, and of modules only what `::` follows.
fn words(code: TokenStream, used: &mut BTreeSet<String>) {
    let mut tokens = code.into_iter().peekable();
    let mut after_path = false;
    let mut in_enum = false;
    let mut in_macro = false;
    while let Some(token) = tokens.next() {
        let is_colon =
            |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ':');
        match token {
            TokenTree::Ident(word) => {
                let name = word.to_string();
                in_enum |= name == "enum";
                in_macro = false;
                let is_module = name.starts_with(|c: char| c.is_lowercase());
                let opens_path = tokens.peek().is_some_and(|next| {
                    matches!(next, TokenTree::Punct(p) if p.as_char() == ':' && p.spacing() == Spacing::Joint)
                });
                if !after_path && (opens_path || !is_module) {
                    used.insert(name);
                }
                after_path = false;
            }
            // Code is as deep as the deepest type of the model, which lowering bounds.
            TokenTree::Group(group) => {
                after_path = false;
                if std::mem::take(&mut in_macro) {
                    // The runtime's macros are told names of this file, and bring what they use.
                } else if std::mem::take(&mut in_enum) {
                    // What stands here by itself are the names of variants.
                    for token in group.stream() {
                        if let TokenTree::Group(inner) = token {
                            words(inner.stream(), used);
                        }
                    }
                } else {
                    words(group.stream(), used);
                }
            }
            TokenTree::Punct(ref punct)
                if punct.as_char() == ':' && punct.spacing() == Spacing::Joint =>
            {
                after_path = tokens.next_if(is_colon).is_some();
            }
            TokenTree::Punct(punct) => {
                in_macro = punct.as_char() == '!';
                after_path = false;
            }
            TokenTree::Literal(_) => after_path = false,
        }
    }
}

/// What code about values may import.
pub(super) const VALUE_IMPORTS: &[(&str, &[&str])] = &[
    ("std::collections", &["BTreeMap"]),
    (
        "civicforge_runtime::values",
        &[
            "Base64",
            "DateTime",
            "Ipv4Addr",
            "Ipv6Addr",
            "Map",
            "NaiveDate",
            "Nullable",
            "Password",
            "Utc",
            "Uuid",
            "Value",
        ],
    ),
];

/// `types.rs`.
pub(super) fn emit(model: &Scope<'_>) -> TokenStream {
    let definitions = model.types.iter().map(|def| define(model, def));
    let names = model.types.iter().map(|def| ident(&def.name));
    let items = quote!(#(#definitions)* civicforge_runtime::deserialize_decoded! { #(#names),* });
    let module = inner(
        "The types of the contract's schemas.\n\nA value that came in a request has satisfied every rule of its schema. A value that a \
         handler makes is trusted to.",
    );
    let values = imports(&items, VALUE_IMPORTS);
    let more = imports(
        &items,
        &[
            ("std::fmt", &["Display", "Formatter"]),
            ("std::ops", &["Deref"]),
            (
                "civicforge_runtime::decode",
                &["Decode", "Invalid", "Members", "Mismatch"],
            ),
            ("civicforge_runtime::json", &["Node"]),
            ("civicforge_runtime::schema", &["Direction"]),
            ("serde", &["Serialize", "Serializer"]),
            ("super", &["schemas"]),
        ],
    );
    quote!(#module #values #more #items)
}

fn define(model: &Scope<'_>, def: &TypeDef) -> TokenStream {
    match &def.shape {
        Shape::Struct { fields, additional } => {
            structs::emit(model, def, fields, additional.as_ref())
        }
        Shape::Enum { integers, values } => value_enum(def, *integers, values),
        Shape::Union {
            variants,
            discriminator,
        } => unions::emit(model, def, variants, discriminator.as_deref()),
        Shape::Newtype { inner } => newtype(model, def, inner),
    }
}

fn value_enum(def: &TypeDef, integers: bool, values: &[EnumValue]) -> TokenStream {
    let docs = docs(&def.docs, "One of the values that the contract lists.", &[]);
    let name = ident(&def.name);
    let variants: Vec<_> = values.iter().map(|value| ident(&value.name)).collect();
    let (implement, notes, values): (_, Vec<_>, Vec<_>) = if integers {
        let number = |value: &EnumValue| value.value.as_i64().unwrap_or_default();
        let numbers = values.iter().map(number);
        (
            quote!(integer_enum),
            numbers
                .clone()
                .map(|number| format!(" `{number}`."))
                .collect(),
            numbers.map(proc_macro2::Literal::i64_unsuffixed).collect(),
        )
    } else {
        let texts = values
            .iter()
            .map(|value| value.value.as_str().unwrap_or_default());
        (
            quote!(string_enum),
            texts
                .clone()
                .map(|text| format!(" `{}`.", text.escape_debug()))
                .collect(),
            texts.map(proc_macro2::Literal::string).collect(),
        )
    };
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name { #(#[doc = #notes] #variants),* }
        civicforge_runtime::#implement!(#name { #(#variants = #values),* });
    }
}

fn newtype(model: &Scope<'_>, def: &TypeDef, held: &Type) -> TokenStream {
    let docs = docs(&def.docs, "A value with the rules of its schema.", &[]);
    let name = ident(&def.name);
    let inner = local(model, held);
    let traits = traits(held);
    let rules = match is_checked(model, def, held) {
        true => {
            let rules = schema_path(model, def.schema);
            quote! {
                impl TryFrom<#inner> for #name {
                    type Error = Invalid;

                    fn try_from(value: #inner) -> Result<Self, Invalid> {
                        Invalid::check(&value, #rules)?;
                        Ok(#name(value))
                    }
                }
            }
        }
        false => quote! {
            impl From<#inner> for #name {
                fn from(value: #inner) -> Self {
                    #name(value)
                }
            }
        },
    };
    let display = displayable(held).then(|| {
        quote! {
            impl Display for #name {
                fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(f)
                }
            }
        }
    });
    quote! {
        #docs
        #[derive(#(#traits),*)]
        #[serde(transparent)]
        pub struct #name(#inner);
        impl #name {
            /// What it holds.
            pub fn into_inner(self) -> #inner {
                self.0
            }
        }
        impl Deref for #name {
            type Target = #inner;

            fn deref(&self) -> &#inner {
                &self.0
            }
        }
        #display
        #rules
        impl Decode for #name {
            fn decode(node: &Node<'_>) -> Result<Self, Mismatch> {
                Decode::decode(node).map(#name)
            }
        }
    }
}

fn traits(held: &Type) -> Vec<syn::Ident> {
    let mut names = vec!["Debug", "Clone"];
    if matches!(
        held,
        Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Uuid
            | Type::Date
            | Type::DateTime
            | Type::Ipv4
            | Type::Ipv6
    ) {
        names.push("Copy");
    }
    names.push("PartialEq");
    if displayable(held) && !matches!(held, Type::Float | Type::Double) {
        names.extend(["Eq", "PartialOrd", "Ord", "Hash"]);
    }
    names.push("Serialize");
    names.into_iter().map(ident).collect()
}

fn displayable(held: &Type) -> bool {
    matches!(
        held,
        Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Float
            | Type::Double
            | Type::String
            | Type::Uuid
            | Type::Date
            | Type::Ipv4
            | Type::Ipv6
    )
}

/// Whether a newtype of what it holds checks more than the type does.
pub(super) fn is_checked(model: &Model, def: &TypeDef, held: &Type) -> bool {
    let rules = model.schemas.get(def.schema.0);
    rules.is_some_and(|rules| !says_no_more(&rules.schema, held))
}

/// Whether the type itself already satisfies the schema.
fn says_no_more(schema: &Schema, held: &Type) -> bool {
    let mut rest = schema.clone();
    rest.json_type = None;
    rest.nullable = false;
    if !matches!(held, Type::String) {
        rest.format = None;
    }
    rest == Schema::default()
}

/// The rules by name.
pub(super) fn schema_path(model: &Scope<'_>, id: SchemaId) -> TokenStream {
    match model.schemas.get(id.0) {
        Some(def) => {
            let name = ident(&def.name);
            quote!(&schemas::#name)
        }
        None => super::lost(),
    }
}
