//! Statuses that an operation answers by its own mechanics, whatever its handler does.
//!
//! A status that can be answered and is not declared is a surprise to every client that was generated from the
//! contract. So an operation that does not declare what its own parts can answer is reported, with the list of what
//! is missing; and one that declares another body for it than the runtime answers. A range (`4XX`) or `default` declares, too. So is one whose response does not list the code that the problem
//! then has.

use super::Lowering;
use super::raw::RawOperation;
use crate::diagnostic::Code;
use crate::model::{Operation, Outcome, Payload, Refusal, Response, Status, status_name};

/// Whether a response has a body, and none that the runtime's own failures are.
fn has_other_body(response: &Response) -> bool {
    let mut content = response.content.iter();
    !response.content.is_empty() && !content.any(|media| media.payload == Payload::Problem)
}

impl Lowering<'_> {
    /// Reports what is missing, in one diagnostic.
    pub(super) fn lint_framework_statuses(&mut self, raw: &RawOperation, operation: &Operation) {
        let declaring = |code: u16| {
            let responses = operation.responses.iter();
            let mut declaring = responses.filter(|response| match response.status {
                Status::Code(own) => own == code,
                Status::Range(digit) => u16::from(digit) == code / 100,
                Status::Default => true,
            });
            // In the order of the model, what is most precise comes first.
            declaring.next()
        };
        // What the runtime answers has the usual code of its status.
        let answers_unlisted_code = |response: &Response, code: u16| {
            let usual = status_name(code).and_then(|status| status.usual_code);
            let listed = response.codes.iter();
            usual.filter(|usual| {
                listed
                    .clone()
                    .any(|codes| !codes.iter().any(|code| code == usual))
            })
        };
        let mut missing: Vec<(String, &str)> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        for (code, why) in self.needed(operation) {
            others.extend(
                declaring(code)
                    .filter(|one| has_other_body(one))
                    .map(|_| code.to_string()),
            );
            match declaring(code) {
                None => missing.push((code.to_string(), why)),
                Some(response) => {
                    let unlisted = answers_unlisted_code(response, code);
                    missing.extend(unlisted.map(|usual| (format!("{code} `{usual}`"), why)));
                }
            }
        }
        if !others.is_empty() {
            let message = format!(
                "`{}` can answer {} as `application/problem+json`, which is not the body that it declares.",
                operation.id,
                others.join(", ")
            );
            let hint = "Declare `application/problem+json`, beside the other body or in its place.";
            self.report_at_key(raw.node, Code::ErrorShape, message, Some(hint));
        }
        if missing.is_empty() {
            return;
        }
        let list: Vec<String> = missing
            .iter()
            .map(|(code, why)| format!("{code} ({why})"))
            .collect();
        let message = format!(
            "`{}` can answer what it does not declare: {}.",
            operation.id,
            list.join(", ")
        );
        let hint = "Declare them, or a range such as `4XX`, or `default`; a code stands in the `enum` of the problem's `code`, \
            and under `x-problem-codes` where the response has that.";
        self.report_at_key(raw.node, Code::UndeclaredStatus, message, Some(hint));
    }

    fn needed(&self, operation: &Operation) -> Vec<(u16, &'static str)> {
        let mut out = vec![(400, "the request breaks the contract")];
        let refuses = |with: Refusal| {
            let mut schemes = self.security.of(&operation.security);
            schemes.any(|scheme| scheme.refusal == with)
        };
        let mut uses = operation.security.alternatives.iter().flatten();
        if refuses(Refusal::Unauthorized) {
            out.push((401, "no valid credential"));
        }
        if refuses(Refusal::Forbidden) {
            out.push((403, "no valid credential"));
        } else if uses.any(|scheme| !scheme.scopes.is_empty()) {
            out.push((403, "a scope is missing"));
        }
        // Failures are sent as they are, whatever the client accepts (RFC 9110, 15.5.7).
        if operation
            .responses
            .iter()
            .any(|response| response.outcome == Outcome::Success && !response.content.is_empty())
        {
            out.push((406, "nothing acceptable to the client"));
        }
        if operation.body.is_some() {
            out.push((408, "the body did not arrive in time"));
            out.push((413, "the body is too large"));
            out.push((415, "the body's media type is another one"));
        }
        out.extend([(500, "a failure"), (503, "overload"), (504, "a time-out")]);
        out
    }
}
