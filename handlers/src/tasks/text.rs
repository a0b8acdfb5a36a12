//! The texts of tasks: what is stored for what was sent.

use civicforge_api::types::ProblemReport;
use civicforge_kernel::text::{TextRule, Texts};
use civicforge_runtime::status::BadRequest;

const TITLE: TextRule = TextRule::line("title", 1, 200);
const DESCRIPTION: TextRule = TextRule::plain("description", 0, 5000);
const PROBLEM_TYPE: TextRule = TextRule::line("problemType", 1, 100);

/// The texts of a reported problem.
pub struct ReportTexts {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: Option<String>,
    /// What kind of problem it is.
    pub problem_type: Option<String>,
}

/// The texts to store for a report.
///
/// # Errors
///
/// Every rule that the report breaks.
pub fn report(report: &ProblemReport) -> Result<ReportTexts, BadRequest> {
    let mut texts = Texts::default();
    let title = texts.apply(TITLE, &report.title);
    let description = texts.optional(DESCRIPTION, report.description.as_deref());
    let problem_type = texts.optional(PROBLEM_TYPE, report.problem_type.as_deref());
    texts.finish(ReportTexts {
        title,
        description,
        problem_type,
    })
}
