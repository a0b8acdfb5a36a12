//! Whether the Rust names and paths of a config are such, which no document is needed for.

use super::{Config, Place, Renamed};
use crate::diagnostic::{Code, Diagnostics};
use crate::emit::MODULES;
use crate::lower::{OPERATION_MODULES, hides_prelude};

impl Config {
    /// Reports what is not Rust.
    pub(crate) fn check(&self, problems: &mut Diagnostics) {
        if let Some(runtime) = &self.runtime {
            path::<syn::Path>(
                &runtime.value,
                "the path of a module",
                &runtime.place,
                problems,
            );
        }
        for derive in &self.derives {
            let text = &derive.value.path;
            path::<syn::Path>(text, "the path of a derive", &derive.place, problems);
        }
        for setting in &self.types {
            let text = &setting.value.path;
            path::<syn::TypePath>(text, "the path of a type", &setting.place, problems);
        }
        for rename in &self.renames {
            let to = rename.value.to.as_str();
            let message = match &rename.value.of {
                Renamed::Schema(_) if hides_prelude(to) => Some(format!(
                    "A type `{to}` would hide the one of Rust's prelude."
                )),
                Renamed::Schema(_) => camel(to, "type"),
                Renamed::Value { .. } => camel(to, "variant"),
                Renamed::Operation(_) => {
                    snake(to, "method").or_else(|| reserved(to, OPERATION_MODULES))
                }
                Renamed::Tag(_) => snake(to, "module").or_else(|| reserved(to, MODULES)),
                Renamed::Property { .. } => snake(to, "field"),
            };
            if let Some(message) = message {
                problems.push(rename.place.problem(Code::Config, message));
            }
        }
    }
}

/// Paths mean the same wherever they are written.
fn path<T: syn::parse::Parse>(text: &str, what: &str, place: &Place, problems: &mut Diagnostics) {
    let start = text.split("::").next().unwrap_or_default().trim();
    if syn::parse_str::<T>(text).is_err() {
        let message = format!("`{text}` is not {what}.");
        problems.push(place.problem(Code::Config, message));
    } else if matches!(start, "self" | "super" | "Self") {
        let message = format!("`{text}` means something else in each module of the output.");
        let hint = "Start it with `crate::`, or with `::` and the name of a crate.";
        problems.push(place.problem(Code::Config, message).hint(hint));
    }
}

fn camel(name: &str, what: &str) -> Option<String> {
    let is_camel = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    let is_name = is_camel && syn::parse_str::<syn::Ident>(name).is_ok();
    (!is_name).then(|| format!("`{name}` is not the name of a {what}, such as `LostPet`."))
}

fn snake(name: &str, what: &str) -> Option<String> {
    let is_snake = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let is_name = is_snake && syn::parse_str::<syn::Ident>(name).is_ok();
    (!is_name).then(|| format!("`{name}` is not the name of a {what}, such as `lost_pet`."))
}

fn reserved(name: &str, reserved: &[&str]) -> Option<String> {
    reserved
        .contains(&name)
        .then(|| format!("`{name}` is the name of another module of the output."))
}
