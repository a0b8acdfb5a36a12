//! What the suite has reached, and the two lists of what it has not.
//!
//! `tests/coverage.txt` has each operation and declared status (and code, where a status has several) that no case reaches
//! over every transport, `tests/foreign.txt` each operation for members that no case tries as somebody else. Each
//! line has a reason. A line that is missing fails the suite, and so does one that is not needed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use crate::contract::{CONTRACT, Operation};
use crate::secrets;
use crate::transport::Transport;

/// Looks at all of it.
type Check = fn() -> Result<(), String>;

/// What is looked at when all cases have run.
pub const CHECKS: [(&str, Check); 4] = [
    (
        "coverage::every_declared_status_is_reached_or_listed",
        statuses,
    ),
    (
        "coverage::every_operation_is_tried_as_somebody_else_or_listed",
        foreign,
    ),
    ("secrets::no_log_line_has_one", secrets::told_nowhere),
    (
        "iam::each_role_allows_what_its_function_does_and_nothing_else",
        crate::iam::check,
    ),
];

static REACHED: Mutex<BTreeMap<String, BTreeSet<Transport>>> = Mutex::new(BTreeMap::new());
static FOREIGN: Mutex<BTreeMap<String, BTreeSet<Transport>>> = Mutex::new(BTreeMap::new());

/// Notes that an answer was had over a transport.
pub fn reached(what: &str, over: Transport) {
    let mut all = REACHED.lock().expect("nobody panics in between");
    all.entry(what.to_owned()).or_default().insert(over);
}

/// Notes that an operation was tried as somebody who must not get what it has for its owner.
pub fn tried_as_stranger(operation: &Operation, over: Transport) {
    let mut all = FOREIGN.lock().expect("nobody panics in between");
    all.entry(operation.id.clone()).or_default().insert(over);
}

fn statuses() -> Result<(), String> {
    compare(
        "tests/coverage.txt",
        include_str!("../coverage.txt"),
        CONTRACT.coverable(),
        &REACHED,
    )
}

fn foreign() -> Result<(), String> {
    let secured = CONTRACT.operations.iter().filter(|op| op.secured);
    compare(
        "tests/foreign.txt",
        include_str!("../foreign.txt"),
        secured.map(|op| op.id.clone()).collect(),
        &FOREIGN,
    )
}

/// An event has all of a body, and API Gateway waits for it: a function cannot be kept waiting.
fn is_possible(what: &str, over: Transport) -> bool {
    !(over.is_lambda() && what.ends_with(" 408"))
}

fn compare(
    file: &str,
    text: &str,
    wanted: BTreeSet<String>,
    reached: &Mutex<BTreeMap<String, BTreeSet<Transport>>>,
) -> Result<(), String> {
    let reached = reached.lock().expect("nobody panics in between");
    let everywhere = |what: &String| {
        let over = reached.get(what);
        let mut possible = Transport::ALL
            .iter()
            .filter(|over| is_possible(what, **over));
        over.is_some_and(|over| possible.all(|transport| over.contains(transport)))
    };
    let mut complaints = Vec::new();
    let mut listed = BTreeSet::new();
    for line in text.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once(": ") {
            Some((what, reason)) if !reason.trim().is_empty() => {
                if !listed.insert(what.to_owned()) {
                    complaints.push(format!("{file} lists `{what}` twice"));
                }
            }
            _ => complaints.push(format!("{file}: `{line}` has no reason")),
        }
    }
    for what in &listed {
        if !wanted.contains(what) {
            complaints.push(format!(
                "{file} lists `{what}`, which the contract does not have"
            ));
        } else if everywhere(what) {
            complaints.push(format!(
                "{file} lists `{what}`, which is reached: remove the line"
            ));
        }
    }
    for what in wanted
        .iter()
        .filter(|what| !everywhere(what) && !listed.contains(*what))
    {
        let over: Vec<_> = reached
            .get(what)
            .into_iter()
            .flatten()
            .map(|t| t.name())
            .collect();
        complaints.push(format!(
            "`{what}` is reached over {over:?}, not over every transport: write a case, or list it with a reason in {file}"
        ));
    }
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(complaints.join("\n")),
    }
}
