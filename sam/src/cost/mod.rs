//! From what was measured and what is configured to dollars: `docs/cost.md`.

pub mod configured;
pub mod figures;
pub mod model;
mod page;
pub mod prices;
pub mod workloads;

use std::path::Path;

use crate::Stack;
use crate::code::{Code, Problem};
use figures::Figures;
use model::Model;

/// A file in memory, and what it is called in problems.
pub type Named<'a> = (&'a Path, Vec<u8>);

/// The files beside `functions.yaml` and the contract.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// `sam/cost/prices.yaml`.
    pub prices: Named<'a>,
    /// `sam/cost/workloads.yaml`.
    pub workloads: Named<'a>,
    /// `docs/capacity.json`.
    pub capacity: Named<'a>,
    /// `docs/requests.json`.
    pub requests: Named<'a>,
}

/// Writes the page, in memory.
///
/// # Errors
/// Everything that is wrong with the files.
pub fn page(stack: &Stack, inputs: Inputs<'_>) -> Result<String, Vec<Problem>> {
    let template = stack.generate()?.template;
    let prices = prices::read(inputs.prices.0, inputs.prices.1);
    let figures = Figures::read(inputs.capacity, inputs.requests);
    let (prices, figures) = match (prices, figures) {
        (Ok(prices), Ok(figures)) => (prices, figures),
        (prices, figures) => {
            let problems = prices.err().into_iter().chain(figures.err());
            return Err(problems.flatten().collect());
        }
    };
    let workloads = workloads::read(inputs.workloads.0, inputs.workloads.1, &figures)?;
    let model = Model {
        stack,
        template: configured::Configured(&template),
        figures: &figures,
        workloads: &workloads.spec,
    };
    page::write(&model, &prices.spec)
        .map_err(|message| vec![workloads.problem(&[], Code::BadValue, message)])
}
