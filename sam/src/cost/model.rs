//! From traffic to amounts of what AWS asks money for.

use std::collections::BTreeMap;

use super::configured::{Configured, access_line};
use super::figures::{Capacity, Figures, Request};
use super::prices::{Item, Prices};
use super::workloads::{Mix, Stage, Waits, Workload, Workloads};
use crate::Stack;
use crate::spec::{Api, Function};
use crate::template::{TRACED_SHARE, access_log_format};

/// The memory at which Lambda gives a function one core, in MB.
const CORE: f64 = 1769.0;
/// AWS's gigabyte.
const GB: f64 = 1_073_741_824.0;
/// Hours of an average month, as AWS reckons.
pub const MONTH_HOURS: f64 = 730.0;
/// How often a pipe asks a shard of the stream, in an hour.
const PIPE_POLLS: f64 = 4.0 * 3600.0;
/// How often Lambda asks a queue that is empty, in an hour: five pollers, each of which waits 20 seconds.
const QUEUE_POLLS: f64 = 5.0 * 3600.0 / 20.0;
/// Requests of SQS that a message takes: it is sent, received and deleted.
const QUEUE_REQUESTS: f64 = 3.0;
/// How often an instance reads its secrets, in an hour.
const SECRET_READS: f64 = 12.0;
/// The metrics of requests, of a stage or of one operation: how many, errors of both kinds, latency.
const REQUEST_METRICS: f64 = 4.0;

/// How much of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Amounts(BTreeMap<Item, f64>);

impl Amounts {
    fn add(&mut self, item: Item, amount: f64) {
        *self.0.entry(item).or_default() += amount;
    }

    /// The same, so many times.
    #[must_use]
    pub fn times(mut self, factor: f64) -> Self {
        self.0.values_mut().for_each(|amount| *amount *= factor);
        self
    }

    fn extend(&mut self, more: Self) {
        for (item, amount) in more.0 {
            self.add(item, amount);
        }
    }

    /// Each with its amount.
    pub fn iter(&self) -> impl Iterator<Item = (Item, f64)> {
        self.0.iter().map(|(item, amount)| (*item, *amount))
    }

    /// Dollars by service, in the order of [`Item::ALL`].
    #[must_use]
    pub fn dollars(&self, prices: &Prices) -> Vec<(&'static str, f64)> {
        let mut lines: Vec<(&'static str, f64)> = Vec::new();
        for (item, amount) in self.iter() {
            let dollars = prices.of(item, amount);
            match lines.last_mut() {
                Some((service, sum)) if *service == item.service() => *sum += dollars,
                _ => lines.push((item.service(), dollars)),
            }
        }
        lines
    }
}

/// Everything that a price follows from.
#[derive(Debug)]
pub struct Model<'a> {
    /// What runs where.
    pub stack: &'a Stack,
    /// The template that is made of it.
    pub template: Configured<'a>,
    /// What was measured.
    pub figures: &'a Figures,
    /// Traffic and assumptions.
    pub workloads: &'a Workloads,
}

impl Model<'_> {
    /// The function of this name.
    ///
    /// # Errors
    /// That there is none.
    pub fn function(&self, name: &str) -> Result<&Function, String> {
        let function = self.stack.source.spec.functions.get(name);
        function.ok_or_else(|| format!("docs/requests.json has a function `{name}`, and functions.yaml has not: measure again."))
    }

    /// Its memory in MB.
    #[must_use]
    pub fn memory(&self, function: &Function) -> f64 {
        let defaults = &self.stack.source.spec.defaults;
        f64::from(function.memory.unwrap_or(defaults.memory))
    }

    /// How long a request takes in its function, in milliseconds, with this memory in MB.
    #[must_use]
    pub fn duration(&self, capacity: &Capacity, request: &Request, memory: f64) -> f64 {
        request.processor_micros / 1000.0 * (CORE / memory).max(1.0)
            + waiting(&self.workloads.waits, &capacity.calls)
    }

    /// What stands before the functions.
    #[must_use]
    pub fn api(&self) -> Api {
        self.stack.source.spec.api
    }

    /// One request of a pattern.
    ///
    /// # Errors
    /// What is missing for it.
    pub fn request(&self, pattern: &str, api: Api) -> Result<Amounts, String> {
        let (capacity, request) = self.figures.request(pattern)?;
        let mut amounts = self.invocation(capacity, request)?;
        match api {
            Api::Rest => {
                amounts.add(Item::ApiGatewayRest, 1.0);
                amounts.add(Item::Traces, TRACED_SHARE);
            }
            // It begins no traces.
            Api::Http => amounts.add(Item::ApiGatewayHttp, 1.0),
        }
        amounts.add(Item::CloudfrontRequests, 1.0);
        amounts.add(Item::CloudfrontTransfer, request.response_bytes / GB);
        // Each web ACL looks at each request.
        amounts.add(Item::WafRequests, self.workloads.fixed.web_acls);
        let operation = request.operation_id.as_deref();
        let operation = operation.and_then(|id| self.stack.contract.operation(id));
        let operation =
            operation.ok_or_else(|| format!("`{pattern}` is of no operation of the contract."))?;
        self.log(
            &mut amounts,
            access_line(&access_log_format(api), operation)?,
        )?;
        for _ in 0..capacity.messages {
            let (capacity, request) = self.figures.delivery()?;
            amounts.extend(self.invocation(capacity, request)?);
            amounts.add(Item::PipeRequests, 1.0);
            amounts.add(Item::QueueRequests, QUEUE_REQUESTS);
            if !self.stack.source.spec.buses.is_empty() {
                amounts.add(Item::BusEvents, 1.0);
            }
        }
        Ok(amounts)
    }

    /// A request of a mix, on average.
    ///
    /// # Errors
    /// What is missing for it.
    pub fn average(&self, mix: &Mix, api: Api) -> Result<Amounts, String> {
        let mut all = Amounts::default();
        for (pattern, percent) in &mix.shares {
            all.extend(self.request(pattern, api)?.times(percent / 100.0));
        }
        Ok(all)
    }

    /// A workload, without what a stage costs that nobody uses.
    ///
    /// # Errors
    /// What is missing for it.
    pub fn workload(&self, workload: &Workload, api: Api) -> Result<Amounts, String> {
        let mix = self.workloads.mixes.get(&workload.mix);
        let mix = mix.ok_or_else(|| format!("There is no mix `{}`.", workload.mix))?;
        let mut all = self.average(mix, api)?.times(workload.requests);
        let hours = workload.days * 24.0;
        let writes = mix.shares.iter().filter_map(|(pattern, percent)| {
            let (capacity, _) = self.figures.request(pattern).ok()?;
            (capacity.write_units > 0.0).then_some(percent / 100.0)
        });
        let kept =
            writes.sum::<f64>() * workload.requests * self.workloads.bytes_kept_by_write / GB;
        // On average half of it is there.
        let months = kept / 2.0 * hours / MONTH_HOURS;
        all.add(Item::DynamodbStorage, months);
        all.add(Item::DynamodbRecovery, months);
        // One instance of each function that the mix uses.
        let mut functions = BTreeMap::new();
        for pattern in mix.shares.keys() {
            let (_, request) = self.figures.request(pattern)?;
            functions.insert(&*request.function, self.function(&request.function)?);
        }
        let secrets: usize = functions
            .values()
            .map(|function| self.stack.source.spec.secrets_of(function).len())
            .sum();
        all.add(Item::SecretReads, count(secrets) * SECRET_READS * hours);
        Ok(all)
    }

    /// What the parameter `RequestMetrics` adds in a month with traffic: `stage`, and `operation`. Errors by their code are not in it.
    #[must_use]
    pub fn request_metrics(&self) -> [Amounts; 2] {
        let operations = count(self.stack.contract.operations().count());
        [1.0, 1.0 + operations].map(|places| {
            let mut all = Amounts::default();
            all.add(Item::Metrics, places * REQUEST_METRICS);
            all
        })
    }

    /// A month of a stage that nobody uses, without instances that are kept warm.
    #[must_use]
    pub fn idle(&self) -> Amounts {
        let mut all = Amounts::default();
        let fixed = self.workloads.fixed;
        let spec = &self.stack.source.spec;
        let resources = |kind: &str| count(self.template.resources(kind));
        all.add(Item::WafAcls, fixed.web_acls);
        all.add(Item::WafRules, fixed.web_acl_rules);
        all.add(Item::HostedZones, fixed.hosted_zones);
        all.add(Item::Metrics, fixed.own_metrics);
        // An alarm on an expression is asked for by its metrics, any other is one.
        let lines = |line: &str| count(self.template.beginning(line));
        let single = resources("AWS::CloudWatch::Alarm") - lines("Metrics:");
        all.add(Item::Alarms, single + lines("MetricStat:"));
        all.add(Item::EncryptionKeys, resources("AWS::KMS::Key"));
        all.add(Item::Dashboards, resources("AWS::CloudWatch::Dashboard"));
        all.add(Item::Secrets, resources("AWS::SecretsManager::Secret"));
        all.add(Item::DynamodbStream, PIPE_POLLS * MONTH_HOURS);
        let queues = count(spec.queues.len());
        all.add(Item::QueueRequests, queues * QUEUE_POLLS * MONTH_HOURS);
        for function in spec.functions.values() {
            let schedules = function
                .events
                .iter()
                .filter_map(|event| event.schedule.as_deref());
            for hours in schedules.filter_map(interval) {
                let times = MONTH_HOURS / hours;
                all.add(Item::SchedulerInvocations, times);
                all.add(Item::LambdaRequests, times);
                // It looks at one partition and finds nothing, in about ten milliseconds.
                all.add(
                    Item::LambdaTime,
                    times * self.memory(function) / 1024.0 * 0.01,
                );
                all.add(Item::DynamodbReads, times * 0.5);
            }
        }
        all
    }

    /// A month of instances that are kept warm.
    #[must_use]
    pub fn kept_warm(&self) -> Amounts {
        let mut all = Amounts::default();
        for function in self.stack.source.spec.functions.values() {
            let stages = function.provisioned_concurrency;
            let instances = match self.workloads.stage {
                Stage::Dev => stages.dev,
                Stage::Staging => stages.staging,
                Stage::Prod => stages.prod,
            };
            let gigabytes = f64::from(instances.unwrap_or(0)) * self.memory(function) / 1024.0;
            all.add(Item::LambdaProvisioned, gigabytes * MONTH_HOURS * 3600.0);
        }
        all
    }

    /// What an invocation takes of Lambda, the table and the log.
    fn invocation(&self, capacity: &Capacity, request: &Request) -> Result<Amounts, String> {
        let memory = self.memory(self.function(&request.function)?);
        let mut amounts = Amounts::default();
        // Lambda asks for whole milliseconds.
        let duration = self.duration(capacity, request, memory).ceil();
        amounts.add(Item::LambdaRequests, 1.0);
        amounts.add(Item::LambdaTime, memory / 1024.0 * duration / 1000.0);
        amounts.add(Item::DynamodbReads, capacity.read_units);
        amounts.add(Item::DynamodbWrites, capacity.write_units);
        self.log(&mut amounts, request.log_bytes)?;
        Ok(amounts)
    }

    fn log(&self, amounts: &mut Amounts, bytes: f64) -> Result<(), String> {
        amounts.add(Item::Logs, bytes / GB);
        // Lines are kept compressed, at about a sixth.
        let months = self.template.log_days(self.workloads.stage)? * 24.0 / MONTH_HOURS;
        amounts.add(Item::LogStorage, bytes / GB / 6.0 * months);
        Ok(())
    }
}

/// How long these calls of the table take, in milliseconds. Queries of a list go out together.
fn waiting(waits: &Waits, calls: &BTreeMap<String, u32>) -> f64 {
    let times = calls.iter().map(|(call, count)| {
        let count = f64::from(*count);
        match call.split(' ').next().unwrap_or_default() {
            "Query" => (count / waits.queries_at_once).ceil() * waits.query,
            "GetItem" | "BatchGetItem" => count * waits.read,
            "TransactWriteItems" => count * waits.transaction,
            _ => count * waits.write,
        }
    });
    times.sum()
}

/// The hours between two calls of a schedule of the form `rate(15 minutes)`.
fn interval(schedule: &str) -> Option<f64> {
    let inner = schedule.strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = inner.split_once(' ')?;
    let number: f64 = number.parse().ok()?;
    match unit.trim_end_matches('s') {
        "minute" => Some(number / 60.0),
        "hour" => Some(number),
        "day" => Some(number * 24.0),
        _ => None,
    }
}

pub(super) fn count(number: usize) -> f64 {
    // Counts of resources and requests fit many times over.
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_that_go_out_together_are_waited_for_once() {
        let waits = Waits {
            read: 3.0,
            query: 5.0,
            queries_at_once: 6.0,
            write: 6.0,
            transaction: 12.0,
        };
        for (calls, milliseconds) in [
            (&[][..], 0.0),
            (&[("GetItem", 2), ("TransactWriteItems of 5", 1)], 18.0),
            (&[("Query", 6)], 5.0),
            (&[("Query", 7)], 10.0),
            (&[("Query", 1), ("BatchGetItem", 1)], 8.0),
            (&[("GetItem", 1), ("UpdateItem", 1)], 9.0),
        ] {
            let calls = calls
                .iter()
                .map(|(call, count)| ((*call).to_owned(), *count));
            let calls: BTreeMap<_, _> = calls.collect();
            assert!(
                (waiting(&waits, &calls) - milliseconds).abs() < 0.001,
                "{calls:?}"
            );
        }
    }

    #[test]
    fn schedules_are_read() {
        assert_eq!(interval("rate(1 minute)"), Some(1.0 / 60.0));
        assert_eq!(interval("rate(15 minutes)"), Some(0.25));
        assert_eq!(interval("rate(2 days)"), Some(48.0));
        assert_eq!(interval("cron(0 3 * * ? *)"), None);
    }
}
