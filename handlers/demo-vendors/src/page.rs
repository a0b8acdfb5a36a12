//! What a person sees who opens the address of a server: what it holds, as plain text.

use std::fmt::Write;

use axum::Router;
use axum::routing::get;

use crate::watched::Watched;

/// What is shown, and each of the things that there are.
pub(crate) struct Page {
    /// What the server is.
    pub title: &'static str,
    /// Each with a line, and lines below it.
    pub things: Vec<(String, Vec<String>)>,
}

impl Page {
    fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        if self.things.is_empty() {
            text.push_str("\nThere is nothing yet.\n");
        }
        for (thing, lines) in &self.things {
            // Writing to a string does not fail.
            let _ = write!(text, "\n{thing}\n");
            for line in lines.iter().flat_map(|lines| lines.lines()) {
                let _ = writeln!(text, "  {line}");
            }
        }
        text
    }
}

/// The page at `/`.
pub(crate) fn route<S: Send + 'static>(state: Watched<S>, page: fn(&S) -> Page) -> Router {
    let show = async move || state.look(page).text();
    Router::new().route("/", get(show))
}
