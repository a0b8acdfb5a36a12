//! What the types cannot say: whether `functions.yaml` makes sense, by itself and beside the contract.

mod declared;
mod grants;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::code::{Code, Problem};
use crate::contract::Contract;
use crate::read::{Source, hinted};
use crate::spec::{Api, CognitoTrigger, Function, Trigger};
use crate::template::buckets::OF_THE_STACK;

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
    check.streams();
    check.variables();
    check.programs();
    check.unread_secrets();
    check.served_buckets();
    check.unused_buses();
    check.limits();
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
        self.twice(&["functions", name, "publishes"], &function.publishes);
        for (index, trigger) in function.events.iter().enumerate() {
            self.trigger(name, index, trigger);
        }
        for (index, queue) in function.sends.iter().enumerate() {
            self.sends(name, index, queue);
        }
        for (index, bus) in function.publishes.iter().enumerate() {
            let buses = &self.source.spec.buses;
            if !buses.contains_key(bus) {
                let steps = ["functions", name, "publishes", &index.to_string()];
                let known = buses.keys().map(String::as_str);
                self.unknown(&steps, Code::UnknownBus, "bus", bus, known);
            }
        }
        for (index, grant) in function.access.iter().enumerate() {
            self.grant(name, index, grant);
        }
        for (index, secret) in function.secrets.iter().enumerate() {
            let secrets = &self.source.spec.secrets;
            if !secrets.contains_key(secret) {
                let steps = ["functions", name, "secrets", &index.to_string()];
                let known = secrets.keys().map(String::as_str);
                self.unknown(&steps, Code::UnknownSecret, "secret", secret, known);
            }
        }
        for (index, grant) in function.buckets.iter().enumerate() {
            let index = index.to_string();
            let at = |field| ["functions", name, "buckets", &index, field];
            self.known_bucket(&at("bucket"), &grant.bucket);
            self.twice(&at("actions"), &grant.actions);
            let buckets = &self.source.spec.buckets;
            if buckets
                .get(&grant.bucket)
                .is_some_and(|bucket| bucket.variable.is_none())
            {
                let bucket = &grant.bucket;
                let message = format!(
                    "`{name}` has a grant on `{bucket}`, which has no `variable` to tell its name by."
                );
                self.report(&["buckets", bucket], Code::MissingField, message);
            }
        }
    }

    fn unknown<'a>(
        &mut self,
        steps: &[&str],
        code: Code,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let message = format!("There is no {what} `{name}`.");
        let problem = self.source.problem(steps, code, message);
        self.problems.push(hinted(problem, name, known));
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
            trigger.object.is_some(),
        ];
        if kinds.iter().filter(|there| **there).count() != 1 {
            let message =
                "An event has exactly one of `cognito`, `schedule`, `queue` and `object`.";
            self.report(&at, Code::BadTrigger, message);
        }
        if trigger.batch_size.is_some() && trigger.queue.is_none() {
            let message = "`batchSize` goes with `queue`.";
            self.report(&at, Code::BadTrigger, message);
        }
        if trigger.maximum_concurrency.is_some() && trigger.queue.is_none() {
            let message = "`maximumConcurrency` goes with `queue`.";
            self.report(&at, Code::BadTrigger, message);
        }
        if let Some(schedule) = &trigger.schedule {
            self.schedule(&["functions", name, "events", &index, "schedule"], schedule);
        }
        if let Some(queue) = &trigger.queue {
            self.known_queue(&["functions", name, "events", &index, "queue"], queue);
        }
        if let Some(object) = &trigger.object {
            let steps = ["functions", name, "events", &index, "object", "bucket"];
            match OF_THE_STACK.contains(&object.bucket.as_str()) {
                true => {
                    let message = format!("`{}` tells nobody of its objects.", object.bucket);
                    self.report(&steps, Code::BadTrigger, message);
                }
                false => self.known_bucket(&steps, &object.bucket),
            }
            // One wants its failed invocations tried again, and the other does not.
            let function = &self.source.spec.functions[name];
            if function.events.iter().any(|event| event.schedule.is_some()) {
                let message =
                    format!("`{name}` has a schedule; objects need a function of their own.");
                self.report(&at, Code::BadTrigger, message);
            }
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
        let mut first: HashMap<CognitoTrigger, &str> = HashMap::new();
        for (name, function) in &self.source.spec.functions {
            for (index, event) in function.events.iter().enumerate() {
                let Some(trigger) = event.cognito else {
                    continue;
                };
                if let Some(first) = first.get(&trigger) {
                    let message = format!("The user pool calls `{first}` for this already.");
                    let index = index.to_string();
                    let steps = ["functions", name, "events", &index, "cognito"];
                    self.report(&steps, Code::BadTrigger, message);
                } else {
                    first.insert(trigger, name);
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
            let known = queues.keys().map(String::as_str);
            self.unknown(steps, Code::UnknownQueue, "queue", queue, known);
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
            let secrets = &self.source.spec.secrets;
            let verifies = |name: &String| {
                secrets
                    .get(name)
                    .is_some_and(|secret| secret.verifies_tokens)
            };
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
                let keys = secrets.iter().filter(|(_, secret)| secret.verifies_tokens);
                let keys: Vec<_> = keys.map(|(name, _)| format!("`{name}`")).collect();
                let hint = match keys.is_empty() {
                    true => "Declare a secret with `verifiesTokens: true`.".to_owned(),
                    false => format!("Add {} to its `secrets`.", keys.join(" or ")),
                };
                self.problems.push(problem.hint(hint));
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
