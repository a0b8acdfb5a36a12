//! What the types can not say: whether `functions.yaml` makes sense, by itself and beside the contract.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::code::{Code, Problem};
use crate::contract::Contract;
use crate::read::{Source, hinted};
use crate::spec::{Action, Api, Function, Grant, Place, Secret, Trigger};

/// How long API Gateway waits for a function, in seconds.
fn patience(api: Api) -> u32 {
    match api {
        Api::Rest => 29,
        Api::Http => 30,
    }
}

/// Everything that is wrong, in no particular order.
#[must_use]
pub fn check(source: &Source, contract: &Contract) -> Vec<Problem> {
    let mut check = Check {
        source,
        contract,
        problems: Vec::new(),
    };
    check.names();
    for (name, function) in &source.spec.functions {
        check.function(name, function);
    }
    check.served();
    check.keys();
    check.queues();
    check.cognito();
    check.attribute_lists();
    check.problems
}

struct Check<'a> {
    source: &'a Source,
    contract: &'a Contract,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn report(&mut self, steps: &[&str], code: Code, message: impl Into<String>) {
        let problem = self.source.problem(steps, code, message);
        self.problems.push(problem);
    }

    /// Names become parts of logical ids and of names of functions and queues.
    fn names(&mut self) {
        let spec = &self.source.spec;
        let named = [
            ("functions", spec.functions.keys().collect::<Vec<_>>()),
            ("queues", spec.queues.keys().collect()),
            ("attributes", spec.attributes.keys().collect()),
        ];
        for (section, names) in named {
            for name in names {
                let good = name.len() <= 30
                    && name.starts_with(|c: char| c.is_ascii_lowercase())
                    && name.chars().all(|c| c.is_ascii_alphanumeric());
                if !good {
                    let message = format!(
                        "`{name}` can not be a name here: at most 30 letters and digits, with a lower-case letter first."
                    );
                    let problem =
                        self.source
                            .problem_at_key(&[section, name], Code::BadName, message);
                    self.problems.push(problem);
                }
            }
        }
    }

    fn function(&mut self, name: &str, function: &Function) {
        let at = ["functions", name];
        let (serves, handles) = (!function.operations.is_empty(), !function.events.is_empty());
        if serves == handles {
            let message = if serves {
                format!("`{name}` has `operations` and `events`; a function has one of them.")
            } else {
                format!("`{name}` has neither `operations` nor `events`.")
            };
            self.report(&at, Code::FunctionKind, message);
        }
        let timeout = function
            .timeout
            .unwrap_or(self.source.spec.defaults.timeout);
        let patience = patience(self.source.spec.api);
        if serves && timeout > patience {
            let place: &[&str] = match function.timeout {
                Some(_) => &["functions", name, "timeout"],
                None => &["defaults", "timeout"],
            };
            let message = format!(
                "`{name}` may take {timeout} seconds, but API Gateway gives up after {patience}."
            );
            self.report(place, Code::HttpTimeout, message);
        }
        self.concurrency(name, function);
        self.twice(&["functions", name, "operations"], &function.operations);
        self.twice(&["functions", name, "secrets"], &function.secrets);
        self.twice(&["functions", name, "sends"], &function.sends);
        for (index, trigger) in function.events.iter().enumerate() {
            self.trigger(name, index, trigger);
        }
        for (index, queue) in function.sends.iter().enumerate() {
            self.sends(name, index, queue);
        }
        for (index, grant) in function.access.iter().enumerate() {
            self.grant(name, index, grant);
        }
    }

    fn twice<T: Eq + Hash>(&mut self, steps: &[&str], items: &[T]) {
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            if !seen.insert(item) {
                let index = index.to_string();
                let steps: Vec<&str> = steps.iter().copied().chain([index.as_str()]).collect();
                self.report(&steps, Code::Duplicate, "This is in the list already.");
            }
        }
    }

    fn trigger(&mut self, name: &str, index: usize, trigger: &Trigger) {
        let index = index.to_string();
        let at = ["functions", name, "events", &index];
        let kinds = [
            trigger.cognito.is_some(),
            trigger.schedule.is_some(),
            trigger.queue.is_some(),
        ];
        if kinds.iter().filter(|there| **there).count() != 1 {
            let message = "An event has exactly one of `cognito`, `schedule` and `queue`.";
            self.report(&at, Code::BadTrigger, message);
        }
        if trigger.batch_size.is_some() && trigger.queue.is_none() {
            let message = "`batchSize` goes with `queue`.";
            self.report(&at, Code::BadTrigger, message);
        }
        if trigger.max_concurrency.is_some() && trigger.queue.is_none() {
            let message = "`maxConcurrency` goes with `queue`.";
            self.report(&at, Code::BadTrigger, message);
        }
        if let Some(schedule) = &trigger.schedule {
            self.schedule(&["functions", name, "events", &index, "schedule"], schedule);
        }
        if let Some(queue) = &trigger.queue {
            self.known_queue(&["functions", name, "events", &index, "queue"], queue);
        }
    }

    fn schedule(&mut self, steps: &[&str], schedule: &str) {
        if !is_schedule(schedule) {
            let message = format!("`{schedule}` is not a schedule.");
            let problem = self.source.problem(steps, Code::BadSchedule, message);
            let hint = "Write `rate(15 minutes)` or `cron(0 3 * * ? *)`.";
            self.problems.push(problem.hint(hint));
        }
    }

    /// How many instances are kept warm, and how many there may be.
    fn concurrency(&mut self, name: &str, function: &Function) {
        let (warm, most) = (
            function.provisioned_concurrency,
            function.reserved_concurrency,
        );
        let scheduled = function.scheduled_concurrency.iter();
        let later = scheduled.clone().map(|scheduled| scheduled.instances).max();
        for (stage, warm, most) in [
            ("dev", warm.dev, most.dev),
            ("staging", warm.staging, most.staging),
            ("prod", warm.prod.max(later), most.prod),
        ] {
            if let (Some(warm), Some(most)) = (warm, most)
                && warm > most
            {
                let message =
                    format!("`{name}` keeps {warm} instances warm, and may have {most} at most.");
                let steps = ["functions", name, "reservedConcurrency", stage];
                self.report(&steps, Code::OutOfRange, message);
            }
        }
        for (index, scheduled) in scheduled.enumerate() {
            let index = index.to_string();
            let steps = [
                "functions",
                name,
                "scheduledConcurrency",
                &index,
                "schedule",
            ];
            self.schedule(&steps, &scheduled.schedule);
        }
        if later.is_some() && function.provisioned_concurrency.prod.is_none() {
            let message = format!(
                "`{name}` keeps no instances warm between its schedules: it needs `provisionedConcurrency` of `prod`."
            );
            let steps = ["functions", name, "scheduledConcurrency"];
            self.report(&steps, Code::MissingField, message);
        }
    }

    /// A user pool calls one function for each of its triggers.
    fn cognito(&mut self) {
        let mut first: Option<&str> = None;
        for (name, function) in &self.source.spec.functions {
            for (index, event) in function.events.iter().enumerate() {
                if event.cognito.is_none() {
                    continue;
                }
                if let Some(first) = first {
                    let message = format!("The user pool calls `{first}` for this already.");
                    let index = index.to_string();
                    let steps = ["functions", name, "events", &index, "cognito"];
                    self.report(&steps, Code::BadTrigger, message);
                } else {
                    first = Some(name);
                }
            }
        }
    }

    fn sends(&mut self, name: &str, index: usize, queue: &str) {
        let index = index.to_string();
        self.known_queue(&["functions", name, "sends", &index], queue);
        let silent = self
            .source
            .spec
            .queues
            .get(queue)
            .is_some_and(|queue| queue.variable.is_none());
        if silent {
            let message =
                format!("`{name}` sends to `{queue}`, which has no `variable` to tell its URL by.");
            self.report(&["queues", queue], Code::MissingField, message);
        }
    }

    fn known_queue(&mut self, steps: &[&str], queue: &str) {
        let queues = &self.source.spec.queues;
        if !queues.contains_key(queue) {
            let message = format!("There is no queue `{queue}`.");
            let problem = self.source.problem(steps, Code::UnknownQueue, message);
            let known = queues.keys().map(String::as_str);
            self.problems.push(hinted(problem, queue, known));
        }
    }

    fn queues(&mut self) {
        for name in self.source.spec.queues.keys() {
            let consumers: Vec<&str> = self
                .source
                .spec
                .functions
                .iter()
                .flat_map(|(function, is)| is.events.iter().map(move |event| (function, event)))
                .filter(|(_, event)| event.queue.as_ref() == Some(name))
                .map(|(function, _)| function.as_str())
                .collect();
            if consumers.len() != 1 {
                let who = if consumers.is_empty() {
                    "no function receives".to_owned()
                } else {
                    format!("`{}` all receive", consumers.join("`, `"))
                };
                let message = format!("A queue has one receiver, but {who} from `{name}`.");
                self.report(&["queues", name], Code::QueueConsumer, message);
            }
        }
    }

    /// Each operation is served once.
    fn served(&mut self) {
        let mut served: HashMap<&str, &str> = HashMap::new();
        for (name, function) in &self.source.spec.functions {
            for (index, operation) in function.operations.iter().enumerate() {
                let index = index.to_string();
                let at = ["functions", name, "operations", &index];
                if self.contract.operation(operation).is_none() {
                    let message = format!("The contract has no operation `{operation}`.");
                    let problem = self.source.problem(&at, Code::UnknownOperation, message);
                    let known = self.contract.operations().map(|known| known.id.as_str());
                    self.problems.push(hinted(problem, operation, known));
                }
                match served.get(operation.as_str()) {
                    Some(first) if *first != name => {
                        let message = format!("`{operation}` is served by `{first}` already.");
                        self.report(&at, Code::ServedTwice, message);
                    }
                    Some(_) => {}
                    None => {
                        served.insert(operation, name);
                    }
                }
            }
        }
        for operation in self.contract.operations() {
            if !served.contains_key(operation.id.as_str()) {
                let message = format!("No function serves `{}`.", operation.id);
                let problem =
                    self.contract
                        .problem(&operation.pointer, Code::UnservedOperation, message);
                self.problems.push(
                    problem.hint("Add it to the `operations` of a function in functions.yaml."),
                );
            }
        }
    }

    /// Whoever serves what takes tokens has the keys to verify them; without, every one would be refused.
    fn keys(&mut self) {
        for (name, function) in &self.source.spec.functions {
            let verifies =
                |secret: &Secret| matches!(secret, Secret::SigningKeys | Secret::PublicKeys);
            if function.secrets.iter().any(verifies) {
                continue;
            }
            let takes_tokens = |id: &String| {
                let operation = self.contract.operation(id);
                operation.is_some_and(|operation| self.contract.takes_tokens(operation))
            };
            if let Some(index) = function.operations.iter().position(takes_tokens) {
                let message = format!(
                    "`{}` takes tokens, and `{name}` has no keys to verify them with.",
                    function.operations[index]
                );
                let steps = ["functions", name, "operations", &index.to_string()];
                let problem = self.source.problem(&steps, Code::MissingKeys, message);
                let hint = "Add `publicKeys` to its `secrets`.";
                self.problems.push(problem.hint(hint));
            }
        }
    }

    fn grant(&mut self, name: &str, index: usize, grant: &Grant) {
        let index = index.to_string();
        let at = ["functions", name, "access", &index];
        let field = |field| ["functions", name, "access", &index, field];
        self.twice(&field("actions"), &grant.actions);
        self.twice(&field("keys"), &grant.keys);
        self.twice(&field("attributes"), &grant.attributes);
        let actions = &grant.actions;
        if grant.on != Place::Table && actions.iter().any(|action| *action != Action::Query) {
            let message = "An index can only be queried.";
            self.report(&field("actions"), Code::BadActions, message);
        }
        let all = |is: fn(Action) -> bool| {
            let yes = actions.iter().filter(|action| is(**action)).count();
            (yes == actions.len(), yes == 0)
        };
        let (about_items, about_table) = all(Action::has_keys);
        let (writes, reads) = all(Action::is_write);
        if !(about_items || about_table) {
            let message = "Actions on items and on the table are grants of their own.";
            self.report(&field("actions"), Code::BadActions, message);
        } else if about_items && grant.keys.is_empty() {
            let message = "A grant about items says which: it needs `keys`.";
            self.report(&at, Code::GrantKeys, message);
        } else if about_table && !grant.keys.is_empty() {
            let message = "These actions are about the whole table, which has no `keys`.";
            self.report(&field("keys"), Code::GrantKeys, message);
        }
        if !(writes || reads) {
            let message = "Reads and writes are grants of their own.";
            self.report(&field("actions"), Code::BadActions, message);
        } else if reads && !grant.attributes.is_empty() {
            let message = "Reads return whole items; `attributes` limit writes.";
            self.report(&field("attributes"), Code::GrantAttributes, message);
        } else if reads && grant.transaction {
            let message = "Only writes are parts of a transaction.";
            self.report(&field("transaction"), Code::BadActions, message);
        } else if writes
            && grant.attributes.is_empty()
            && actions
                .iter()
                .any(|action| matches!(action, Action::PutItem | Action::UpdateItem))
        {
            let message = "A grant to write says what may be written: it needs `attributes`.";
            self.report(&at, Code::GrantAttributes, message);
        }
        for (position, attribute) in grant.attributes.iter().enumerate() {
            let Some(list) = attribute.strip_prefix('$') else {
                continue;
            };
            let lists = &self.source.spec.attributes;
            if !lists.contains_key(list) {
                let position = position.to_string();
                let steps = ["functions", name, "access", &index, "attributes", &position];
                let message = format!("There is no list of attributes `{list}`.");
                let problem = self.source.problem(&steps, Code::AttributeList, message);
                let known = lists.keys().map(String::as_str);
                self.problems.push(hinted(problem, list, known));
            }
        }
    }

    fn attribute_lists(&mut self) {
        let spec = &self.source.spec;
        let used: HashSet<&str> = spec
            .functions
            .values()
            .flat_map(|function| &function.access)
            .flat_map(|grant| &grant.attributes)
            .filter_map(|attribute| attribute.strip_prefix('$'))
            .collect();
        for name in spec.attributes.keys() {
            if !used.contains(name.as_str()) {
                let message = format!("No grant uses the list `{name}`.");
                let problem =
                    self.source
                        .problem_at_key(&["attributes", name], Code::AttributeList, message);
                self.problems.push(problem);
            }
        }
    }
}

/// `rate(15 minutes)`, or `cron(…)` with six fields, of which the shape is looked at.
fn is_schedule(text: &str) -> bool {
    if let Some(rate) = inside(text, "rate(") {
        let Some((count, unit)) = rate.split_once(' ') else {
            return false;
        };
        let units: &[&str] = match count.parse::<u32>() {
            Ok(1) => &["minute", "hour", "day"],
            Ok(2..) if !count.starts_with('+') => &["minutes", "hours", "days"],
            _ => return false,
        };
        return units.contains(&unit);
    }
    inside(text, "cron(").is_some_and(|fields| {
        fields.split(' ').count() == 6
            && fields
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || " */,-?#".contains(c))
            && fields.split(' ').all(|field| !field.is_empty())
    })
}

fn inside<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.strip_prefix(start)?.strip_suffix(')')
}

#[cfg(test)]
mod tests {
    use super::is_schedule;

    #[test]
    fn schedules_are_rates_and_crons() {
        for good in [
            "rate(1 minute)",
            "rate(15 minutes)",
            "rate(2 days)",
            "cron(0 3 * * ? *)",
            "cron(0/5 8-17 ? * MON-FRI *)",
        ] {
            assert!(is_schedule(good), "{good}");
        }
        for bad in [
            "",
            "rate()",
            "rate(1 minutes)",
            "rate(2 minute)",
            "rate(0 minutes)",
            "rate(+5 minutes)",
            "rate(15  minutes)",
            "rate(1 week)",
            "rate(15 minutes",
            "15 minutes",
            "cron(0 3 * * ?)",
            "cron(0 3 * * ?  )",
        ] {
            assert!(!is_schedule(bad), "{bad}");
        }
    }
}
