//! Statuses that an operation answers by its own mechanics, whatever its handler does.
//!
//! A status that can be sent and is not declared is a surprise to every client that was generated from the
//! contract. So an operation is reported that does not declare what its own parts can send, with the list of what
//! is missing; and so is one whose response does not list the code that the problem then has. A range (`4XX`) or `default`
//! declares, too. Where an error with a body of its own is declared, that is what is sent ([`super::error_bodies`]); an operation
//! for which that cannot be is reported.

use super::Lowering;
use super::raw::RawOperation;
use crate::diagnostic::Code;
use crate::model::{Operation, Outcome, Refusal, Response, status_name};

impl Lowering<'_> {
    /// The statuses. What of them is not declared, or is sent in another shape, is reported.
    pub(super) fn framework_statuses(
        &mut self,
        raw: &RawOperation,
        operation: &Operation,
    ) -> Vec<u16> {
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
        let needed = self.needed(operation);
        let mut missing: Vec<(String, &str)> = Vec::new();
        for (code, why) in &needed {
            match operation.declaring(*code) {
                None => missing.push((code.to_string(), why)),
                Some(response) => {
                    let unlisted = answers_unlisted_code(response, *code);
                    missing.extend(unlisted.map(|usual| (format!("{code} `{usual}`"), *why)));
                }
            }
        }
        let needed: Vec<u16> = needed.into_iter().map(|(code, _)| code).collect();
        self.lint_error_shapes(raw, operation, &needed);
        if missing.is_empty() {
            return needed;
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
        needed
    }

    /// Reports what is not sent as it is declared.
    fn lint_error_shapes(&mut self, raw: &RawOperation, operation: &Operation, statuses: &[u16]) {
        let declared = statuses
            .iter()
            .filter_map(|code| Some((code, operation.declaring(*code)?)));
        // Where nothing else succeeds, `default` is what the operation makes, and no failure can be that.
        let of_a_success: Vec<String> = declared
            .clone()
            .filter(|(_, one)| one.outcome == Outcome::Success && one.has_other_body())
            .map(|(code, _)| code.to_string())
            .collect();
        if !of_a_success.is_empty() {
            let message = format!(
                "`{}` can answer {} as `application/problem+json`, which is not the body that its `default` declares.",
                operation.id,
                of_a_success.join(", ")
            );
            let hint =
                "Declare the success with its status, such as `200`, and the errors beside it.";
            self.report_at_key(raw.node, Code::ErrorShape, message, Some(hint));
        }
        let without_headers: Vec<String> = declared
            .filter(|(_, one)| one.outcome == Outcome::Error)
            .flat_map(|(code, one)| {
                let headers = one.headers.iter();
                let required =
                    headers.filter(|header| header.required && !header.is_of_a_problem());
                required.map(move |header| format!("{code} without `{}`", header.name))
            })
            .collect();
        if !without_headers.is_empty() {
            let message = format!(
                "`{}` can answer {}, which its response requires: the service does not know what stands in that header.",
                operation.id,
                without_headers.join(", ")
            );
            let hint = "Leave out `required: true`.";
            self.report_at_key(raw.node, Code::ErrorShape, message, Some(hint));
        }
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
