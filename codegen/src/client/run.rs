//! progenitor, kept from taking the process down.
//!
//! progenitor meets what it does not support with `assert!` and `todo!`. Its panics are caught here and told as
//! failures, with the operations that cause them: each operation is tried alone to find out.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::quote;
use serde_json::{Map, Value};

use super::{Failure, Layer};

/// Generates a client from a view.
pub(super) fn run(view: &Value, layer: Layer) -> Result<TokenStream, Failure> {
    attempt(view, layer).map_err(|message| Failure::Refused {
        message,
        operations: culprits(view, layer),
    })
}

fn attempt(view: &Value, layer: Layer) -> Result<TokenStream, String> {
    let document: OpenAPI =
        serde_json::from_value(view.clone()).map_err(|error| error.to_string())?;
    quietly(|| {
        let mut settings = GenerationSettings::new();
        settings
            .with_interface(InterfaceStyle::Builder)
            .with_derive("PartialEq")
            .with_map_type("::std::collections::BTreeMap");
        if layer == Layer::Crate {
            settings
                .with_hooks(HooksMode::Expected)
                .with_inner_type(quote! { crate::transport::Transport });
        }
        Generator::new(&settings)
            .generate_tokens(&document)
            .map_err(|error| error.to_string())
    })?
}

/// The operations that fail alone, each with its reason.
fn culprits(view: &Value, layer: Layer) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let paths = view.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let mut item = Map::new();
            item.insert(method.clone(), operation.clone());
            let mut paths = Map::new();
            paths.insert(path.clone(), Value::Object(item));
            let mut alone = view.clone();
            if let Some(document) = alone.as_object_mut() {
                document.insert("paths".to_owned(), Value::Object(paths));
            }
            if let Err(message) = attempt(&alone, layer) {
                found.push((format!("{} {path}", method.to_uppercase()), message));
            }
        }
    }
    found
}

thread_local! {
    /// Whether panics of this thread are noted down instead of printed.
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static NOTED: RefCell<Option<String>> = const { RefCell::new(None) };
}

static HOOK: Once = Once::new();

/// Runs something that may panic, and makes an error of that. Panics of other threads are printed as ever.
fn quietly<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if QUIET.get() {
                let place = info.location().map(ToString::to_string).unwrap_or_default();
                let message = message(info.payload());
                NOTED.set(Some(format!("{message} ({place})")));
            } else {
                previous(info);
            }
        }));
    });
    QUIET.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    QUIET.set(false);
    outcome.map_err(|payload| {
        let noted = NOTED.take().unwrap_or_else(|| message(&*payload));
        format!("progenitor panicked: {noted}")
    })
}

fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}
