//! How parameters and the properties of bodies are written, as the runtime takes it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Encoding, FormField, Nested, ParameterShape, PartEncoding, PartField, PartKind, Style,
};

/// A property of a form.
pub(super) fn form_field(field: &FormField) -> TokenStream {
    let name = &field.name;
    let encoding = encoding(&field.encoding);
    quote!(rt::FormField { name: #name, encoding: #encoding })
}

/// A property of a body of parts.
pub(super) fn part_field(field: &PartField) -> TokenStream {
    let name = &field.name;
    let encoding = part_encoding(&field.encoding);
    quote!(rt::PartField { name: #name, encoding: #encoding })
}

/// What the parts of a property are.
pub(super) fn part_encoding(encoding: &PartEncoding) -> TokenStream {
    let kind = match encoding.kind {
        PartKind::Text => quote!(rt::PartKind::Text),
        PartKind::Json => quote!(rt::PartKind::Json),
        PartKind::File => quote!(rt::PartKind::File),
        PartKind::Any => quote!(rt::PartKind::Any),
    };
    let list = encoding.is_list.then(|| quote!(.list()));
    let media_types = &encoding.media_types;
    let of = (!media_types.is_empty()).then(|| quote!(.of(&[#(#media_types),*])));
    quote!(rt::PartEncoding::new(#kind) #list #of)
}

/// How a value is written.
pub(super) fn encoding(encoding: &Encoding) -> TokenStream {
    match encoding {
        Encoding::Json => quote!(rt::Encoding::Json),
        Encoding::Style {
            style,
            explode,
            shape,
        } => {
            let (style, shape) = (style_name(*style), shape_value(shape));
            quote!(rt::Encoding::Style { style: #style, explode: #explode, shape: #shape })
        }
    }
}

/// Whether a value is one text, which is how undeclared properties are read.
pub(super) fn is_plain(encoding: &Encoding) -> bool {
    matches!(
        encoding,
        Encoding::Style {
            shape: ParameterShape::Scalar,
            ..
        }
    )
}

/// `style`.
pub(super) fn style_name(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(rt::Style::Simple),
        Style::Label => quote!(rt::Style::Label),
        Style::Matrix => quote!(rt::Style::Matrix),
        Style::Form => quote!(rt::Style::Form),
        Style::SpaceDelimited => quote!(rt::Style::SpaceDelimited),
        Style::PipeDelimited => quote!(rt::Style::PipeDelimited),
        Style::DeepObject => quote!(rt::Style::DeepObject),
    }
}

/// What a text is split into.
pub(super) fn shape_value(shape: &ParameterShape) -> TokenStream {
    match shape {
        ParameterShape::Scalar => quote!(rt::Shape::Scalar),
        ParameterShape::Array => quote!(rt::Shape::Array),
        ParameterShape::Object { properties, open } => {
            quote!(rt::Shape::Object { properties: &[#(#properties),*], open: #open })
        }
        ParameterShape::Nested(nested) => {
            let nested = nested_value(nested);
            quote!(rt::Shape::Nested(&#nested))
        }
    }
}

fn nested_value(nested: &Nested) -> TokenStream {
    match nested {
        Nested::Text => quote!(rt::Nested::Text),
        Nested::Any => quote!(rt::Nested::Any),
        Nested::List(items) => {
            let items = nested_value(items);
            quote!(rt::Nested::List(&#items))
        }
        Nested::TextOr(other) => {
            let other = nested_value(other);
            quote!(rt::Nested::TextOr(&#other))
        }
        Nested::Object { properties, rest } => {
            let rest = nested_value(rest);
            let properties = properties.iter().map(|(name, nested)| {
                let nested = nested_value(nested);
                quote!((#name, #nested))
            });
            quote!(rt::Nested::Object { properties: &[#(#properties),*], rest: &#rest })
        }
    }
}
