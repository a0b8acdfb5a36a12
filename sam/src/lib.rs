//! From `functions.yaml` and the contract to a SAM template.
//!
//! `functions.yaml` says which function serves what and may touch what ([`spec`]); it is read with the places of everything in
//! it ([`read`]) and held against the contract ([`check`](mod@check)). The template is made of both: what follows from them is
//! written by [`template`], and what is the same whatever they say stands in `parts/`, as the text that it is. Last, the result is held
//! against what AWS takes ([`limits`]).

pub mod check;
pub mod code;
pub mod contract;
pub mod cost;
mod handlers;
pub mod limits;
pub mod read;
pub mod spec;
pub mod template;
pub mod yaml;

use std::path::Path;

use civicforge_codegen::model::Operation;
use code::Problem;
use contract::Contract;
use read::Source;

/// `functions.yaml` and the contract, that fit together.
#[derive(Debug)]
pub struct Stack {
    /// What runs where.
    pub source: Source,
    /// What the API is.
    pub contract: Contract,
}

/// What is written.
#[derive(Debug)]
pub struct Output {
    /// `template.yaml`.
    pub template: String,
    /// `functions.rs` of the handlers.
    pub functions: String,
}

impl Stack {
    /// Reads both from memory; the paths say what they are called in problems.
    ///
    /// # Errors
    /// Everything that is wrong with them, by file and place.
    pub fn read(
        functions: (&Path, Vec<u8>),
        contract: (&Path, Vec<u8>),
    ) -> Result<Self, Vec<Problem>> {
        let source = read::read(functions.0, functions.1);
        let contract = Contract::read(contract.0, contract.1);
        let (source, contract) = match (source, contract) {
            (Ok(source), Ok(contract)) => (source, contract),
            (source, contract) => {
                let problems = source.err().into_iter().chain(contract.err()).flatten();
                return Err(sorted(problems.collect()));
            }
        };
        let mut problems = check::check(&source, &contract);
        problems.extend(limits::before(&source, &contract));
        if problems.is_empty() {
            Ok(Self { source, contract })
        } else {
            Err(sorted(problems))
        }
    }

    /// The function that serves an operation.
    pub(crate) fn function_of(&self, operation: &Operation) -> Option<&str> {
        let mut functions = self.source.spec.functions.iter();
        let serving = functions.find(|(_, function)| function.operations.contains(&operation.id));
        serving.map(|(name, _)| name.as_str())
    }

    /// Writes everything, in memory.
    ///
    /// # Errors
    /// What of it AWS would not take.
    pub fn generate(&self) -> Result<Output, Vec<Problem>> {
        let template = template::write(self);
        let problems = limits::after(self, &template);
        if problems.is_empty() {
            Ok(Output {
                template,
                functions: handlers::write(self),
            })
        } else {
            Err(sorted(problems))
        }
    }
}

/// By file and place, each once.
fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    problems
}

/// The JSON Schema of `functions.yaml`, as a file.
#[must_use]
pub fn schema() -> String {
    // A tree of JSON can always be written.
    let mut text = serde_json::to_string_pretty(&*read::SCHEMA).unwrap_or_default();
    text.push('\n');
    text
}
