//! Whether what is named is there, and whether what is there has a good name and is used.

use std::collections::HashSet;

use super::Check;
use crate::code::Code;
use crate::template::buckets::OF_THE_STACK;

impl Check<'_> {
    /// Names become parts of logical ids and of names of functions and queues.
    pub(super) fn names(&mut self) {
        let spec = &self.source.spec;
        let named = [
            ("functions", spec.functions.keys().collect::<Vec<_>>()),
            ("queues", spec.queues.keys().collect()),
            ("attributes", spec.attributes.keys().collect()),
            ("secrets", spec.secrets.keys().collect()),
            ("buckets", spec.buckets.keys().collect()),
            ("buses", spec.buses.keys().collect()),
        ];
        let word = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric())
        };
        for (section, names) in named {
            for name in names {
                let what = "at most 30 letters and digits, with a lower-case letter first";
                self.name(section, name, name.len() <= 30 && word(name), what);
            }
        }
        for name in spec.metrics.keys() {
            let good = name.len() <= 60 && name.contains('.') && name.split('.').all(word);
            let what = "at most 60 characters, which are words with dots between them, such as `things.created`";
            self.name("metrics", name, good, what);
        }
        for name in spec.programs.keys() {
            let of_file = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let good = name.len() <= 30
                && name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.chars().all(of_file);
            let what = "at most 30 lower-case letters, digits and hyphens, with a letter first";
            self.name("programs", name, good, what);
        }
        let taken = spec
            .buckets
            .keys()
            .filter(|name| OF_THE_STACK.contains(&name.as_str()));
        for name in taken {
            let message = format!("The stack has a bucket `{name}` of its own.");
            let steps = ["buckets", name];
            let problem = self.source.problem_at_key(&steps, Code::BadName, message);
            self.problems.push(problem.hint("Take another name."));
        }
    }

    pub(super) fn name(&mut self, section: &str, name: &str, good: bool, what: &str) {
        if !good {
            let message = format!("`{name}` cannot be a name here: {what}.");
            let problem = self
                .source
                .problem_at_key(&[section, name], Code::BadName, message);
            self.problems.push(problem);
        }
    }

    pub(super) fn known_bucket(&mut self, steps: &[&str], bucket: &str) {
        let buckets = &self.source.spec.buckets;
        let known = buckets.keys().map(String::as_str).chain(OF_THE_STACK);
        if !known.clone().any(|known| known == bucket) {
            self.unknown(steps, Code::UnknownBucket, "bucket", bucket, known);
        }
    }

    /// Programs that are named are there, and those that are there are run.
    pub(super) fn programs(&mut self) {
        let spec = &self.source.spec;
        let known = spec.programs_run();
        if let Some(program) = &spec.defaults.program
            && !known.contains(&program.as_str())
        {
            let steps = ["defaults", "program"];
            self.unknown(
                &steps,
                Code::UnknownProgram,
                "program",
                program,
                known.iter().copied(),
            );
        }
        let mut run = HashSet::new();
        for (name, function) in &spec.functions {
            let program = spec.program(function);
            run.insert(program);
            let own = function.program.is_some();
            if known.contains(&program) || !own && spec.defaults.program.is_some() {
                continue;
            }
            let steps = ["functions", name, "program"];
            let steps = if own { &steps[..] } else { &steps[..2] };
            self.unknown(
                steps,
                Code::UnknownProgram,
                "program",
                program,
                known.iter().copied(),
            );
        }
        for name in spec.programs.keys() {
            if !run.contains(name.as_str()) {
                let message = format!("No function runs the program `{name}`.");
                self.report(&["programs", name], Code::Unused, message);
            }
        }
    }

    pub(super) fn unread_secrets(&mut self) {
        let spec = &self.source.spec;
        for name in spec.secrets.keys() {
            if !spec
                .functions
                .values()
                .any(|function| function.secrets.contains(name))
            {
                let message = format!("No function reads the secret `{name}`.");
                self.report(&["secrets", name], Code::Unused, message);
            }
        }
    }

    /// A limit that holds for nothing guards nothing.
    pub(super) fn limits(&mut self) {
        for start in self.source.spec.limits.keys() {
            let mut paths = self.contract.paths().into_iter();
            if !paths.any(|(path, _)| path.starts_with(start)) {
                let message = format!("No path of the contract starts with `{start}`.");
                self.report(&["limits", start], Code::Unused, message);
            }
        }
    }

    /// What the distribution serves of a bucket is at no path of the contract, and of one bucket alone.
    pub(super) fn served_buckets(&mut self) {
        let buckets = &self.source.spec.buckets;
        let mut seen = HashSet::new();
        for (name, bucket) in buckets {
            let Some(served) = &bucket.served else {
                continue;
            };
            let start = served.trim_end_matches('*');
            let mut paths = self.contract.paths().into_iter();
            let steps = ["buckets", name, "served"];
            if let Some((path, _)) = paths.find(|(path, _)| path.starts_with(start)) {
                let message = format!("`{path}` of the contract is there already.");
                self.report(&steps, Code::Duplicate, message);
            }
            if !seen.insert(served) {
                let message = format!("`{served}` shows another bucket already.");
                self.report(&steps, Code::Duplicate, message);
            }
        }
    }

    pub(super) fn unused_buses(&mut self) {
        let spec = &self.source.spec;
        for name in spec.buses.keys() {
            let mut functions = spec.functions.values();
            if !functions.any(|function| function.publishes.contains(name)) {
                let message = format!("No function publishes on the bus `{name}`.");
                self.report(&["buses", name], Code::Unused, message);
            }
        }
    }

    /// Each environment variable tells one thing.
    pub(super) fn variables(&mut self) {
        let spec = &self.source.spec;
        let secrets = spec.secrets.iter();
        let secrets = secrets.map(|(name, secret)| ("secrets", name, Some(&secret.variable)));
        let queues = spec.queues.iter();
        let queues = queues.map(|(name, queue)| ("queues", name, queue.variable.as_ref()));
        let buckets = spec.buckets.iter();
        let buckets = buckets.map(|(name, bucket)| ("buckets", name, bucket.variable.as_ref()));
        let buses = spec.buses.iter();
        let buses = buses.map(|(name, bus)| ("buses", name, Some(&bus.variable)));
        let mut seen = HashSet::new();
        for (section, name, variable) in secrets.chain(queues).chain(buckets).chain(buses) {
            if let Some(variable) = variable
                && !seen.insert(variable)
            {
                let message = format!("`{variable}` tells something else already.");
                self.report(&[section, name, "variable"], Code::Duplicate, message);
            }
        }
    }

    /// AWS advises against more than two readers of a shard of a table's stream, and throttles them.
    pub(super) fn streams(&mut self) {
        let queues = self.source.spec.queues.iter();
        let streams = queues.filter(|(_, queue)| queue.stream.is_some());
        for (name, _) in streams.skip(2) {
            let message = "The table's stream has two readers already, and takes no more.";
            self.report(&["queues", name, "stream"], Code::TooManyStreams, message);
        }
    }
}
