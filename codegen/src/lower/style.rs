//! `style` of parameters and of a form's properties.

use openapiv3::QueryStyle;

use crate::model::Style;

/// `style` of a query parameter or a form's property.
pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}
