//! `docs/cost.md`.

use std::fmt::Write;

use super::model::{Amounts, Model};
use super::prices::{Item, Prices};
use super::workloads::Workload;
use crate::spec::Api;

/// Services whose sum is held against an aim of its own.
const CORE: [&str; 3] = ["API Gateway", "Lambda", "DynamoDB"];
/// Sizes of memory that are tried, in MB.
const MEMORIES: [f64; 6] = [128.0, 256.0, 512.0, 768.0, 1024.0, 1769.0];
/// The longest that an advised size may let a request take, in milliseconds.
const LONGEST: f64 = 100.0;

/// The page.
///
/// # Errors
/// What is missing for it.
pub fn write(model: &Model<'_>, prices: &Prices) -> Result<String, String> {
    let mut page = Page {
        model,
        prices,
        text: String::new(),
    };
    page.head();
    page.aims()?;
    page.million()?;
    page.workloads()?;
    page.idle();
    page.patterns()?;
    page.memory()?;
    page.provisioned()?;
    page.prices();
    Ok(page.text)
}

struct Page<'a> {
    model: &'a Model<'a>,
    prices: &'a Prices,
    text: String,
}

/// Dollars for people: two digits behind the point, or more where there would be nothing.
fn dollars(amount: f64) -> String {
    match amount {
        0.0 => "0".to_owned(),
        amount if amount < 0.1 => format!("{amount:.3}"),
        amount => format!("{amount:.2}"),
    }
}

fn sum(lines: &[(&'static str, f64)]) -> f64 {
    lines.iter().map(|(_, dollars)| dollars).sum()
}

fn core(lines: &[(&'static str, f64)]) -> f64 {
    let lines = lines.iter().filter(|(service, _)| CORE.contains(service));
    lines.map(|(_, dollars)| dollars).sum()
}

impl Page<'_> {
    fn line(&mut self, text: impl AsRef<str>) {
        self.text += text.as_ref();
        self.text.push('\n');
    }

    fn dollars(&self, amounts: &Amounts) -> Vec<(&'static str, f64)> {
        amounts.dollars(self.prices)
    }

    fn head(&mut self) {
        let Prices { date, region, .. } = self.prices;
        let profile = &self.model.figures.profile;
        let text = format!(
            "<!-- Written by `cargo run -p civicforge-sam -- cost`. Do not edit. -->\n\
             # What it costs on AWS\n\
             \n\
             Dollars at the list prices of {region} of {date} (`sam/cost/prices.yaml`), without free tiers and discounts. What is measured comes from\n\
             `docs/capacity.json` (units of the table, with one shard) and `docs/requests.json` (processor time and bytes of the program, built with the\n\
             profile `{profile}` for x86_64); what is configured comes from `sam/functions.yaml` and the template; what is taken for granted is in\n\
             `sam/cost/workloads.yaml`. Nobody has held this page against a bill yet.\n\
             \n\
             ```sh\n\
             cargo bench -p civicforge-handlers --bench operations   # measures requests anew\n\
             sam/prices --region eu-central-1                                                    # takes AWS's own price list\n\
             cargo run -p civicforge-sam -- cost                                                 # writes this page\n\
             ```\n"
        );
        self.line(text);
    }

    fn aims(&mut self) -> Result<(), String> {
        let aims = &self.model.workloads.aims;
        let mix = self.model.workloads.mixes.get(&aims.mix);
        let mix = mix.ok_or_else(|| format!("There is no mix `{}`.", aims.mix))?;
        let million = self.model.average(mix, self.model.api())?.times(1e6);
        let million = self.dollars(&million);
        let idle = sum(&self.dollars(&self.model.idle()));
        self.line("## The aims\n");
        self.line("| | aim | here | |\n|---|---|---|---|");
        for (what, aim, here) in [
            (
                "a million requests: API Gateway, Lambda, DynamoDB",
                aims.core,
                core(&million),
            ),
            ("a million requests: everything", aims.all, sum(&million)),
            ("a month of a stage that nobody uses", aims.idle, idle),
        ] {
            let met = match here <= aim {
                true => "met",
                false => "**not met**",
            };
            self.line(format!(
                "| {what} | {} | {} | {met} |",
                dollars(aim),
                dollars(here)
            ));
        }
        self.line(
            "\nThe largest parts are fixed prices for each request: a REST API's, CloudFront's and the firewall's. What depends on us is below: how many units of the table\n\
             a request takes, how many bytes it sends (lists are compressed: `docs/decisions/0007`) and how many it logs.\n",
        );
        Ok(())
    }

    /// Columns of dollars by service.
    fn columns(&mut self, first: &str, titles: &[String], columns: &[Amounts]) {
        let columns: Vec<_> = columns
            .iter()
            .map(|amounts| self.dollars(amounts))
            .collect();
        let mut services: Vec<&'static str> = Vec::new();
        for service in Item::ALL.iter().map(|item| item.service()) {
            if !services.contains(&service) {
                services.push(service);
            }
        }
        self.line(format!("| {first} | {} |", titles.join(" | ")));
        self.line(format!("|---|{}", "---|".repeat(titles.len())));
        for service in services {
            let cells = columns.iter().map(|lines| {
                let mut line = lines.iter().filter(|(name, _)| *name == service);
                line.next().map_or(0.0, |(_, dollars)| *dollars)
            });
            let cells: Vec<f64> = cells.collect();
            if cells.iter().any(|dollars| *dollars > 0.0) {
                let cells: Vec<_> = cells.iter().map(|amount| dollars(*amount)).collect();
                self.line(format!("| {service} | {} |", cells.join(" | ")));
            }
        }
        let all: Vec<_> = columns
            .iter()
            .map(|lines| format!("**{}**", dollars(sum(lines))))
            .collect();
        self.line(format!("| **all** | {} |", all.join(" | ")));
        if columns.iter().any(|lines| core(lines) > 0.0) {
            let core: Vec<_> = columns.iter().map(|lines| dollars(core(lines))).collect();
            self.line(format!(
                "| API Gateway, Lambda and DynamoDB | {} |",
                core.join(" | ")
            ));
        }
        self.line("");
    }

    fn million(&mut self) -> Result<(), String> {
        self.line("## A million requests\n");
        let mut titles = Vec::new();
        let mut columns = Vec::new();
        for (name, mix) in &self.model.workloads.mixes {
            self.line(format!("`{name}`: {}.", mix.title));
            for (api, suffix) in [(Api::Rest, "REST API"), (Api::Http, "HTTP API")] {
                titles.push(format!("`{name}`, {suffix}"));
                columns.push(self.model.average(mix, api)?.times(1e6));
            }
        }
        self.line(
            "\n`api` in `functions.yaml` chooses between a REST API and an HTTP API. The latter has no keys and plans for partners, answers no problem documents of its own\n\
             and begins no traces: `docs/decisions/0008-a-rest-api-or-an-http-api.md`. The other tables are about the one that is chosen.\n",
        );
        self.columns("service", &titles, &columns);
        Ok(())
    }

    fn workloads(&mut self) -> Result<(), String> {
        self.line("## Traffic\n");
        let workloads: &[Workload] = &self.model.workloads.workloads;
        let mut titles = Vec::new();
        let mut columns = Vec::new();
        for workload in workloads {
            titles.push(workload.title.clone());
            columns.push(self.model.workload(workload, self.model.api())?);
        }
        self.line("Beside what a stage costs that nobody uses (below).\n");
        self.columns("service", &titles, &columns);
        let idle = sum(&self.dollars(&self.model.idle()));
        let warm = sum(&self.dollars(&self.model.kept_warm()));
        for (workload, amounts) in workloads.iter().zip(&columns) {
            let Some(estimate) = workload.estimate else {
                continue;
            };
            let traffic = sum(&self.dollars(amounts));
            let all = traffic + idle;
            let verdict = match all {
                all if all < estimate.least => "below",
                all if all <= estimate.most => "within",
                _ => "above",
            };
            self.line(format!(
                "{}: {} with the idle stage, {verdict} the {} to {} that such a system was estimated at; {} with instances that are kept warm.\n",
                workload.title,
                dollars(all),
                dollars(estimate.least),
                dollars(estimate.most),
                dollars(all + warm)
            ));
        }
        Ok(())
    }

    fn idle(&mut self) {
        self.line("## A stage that nobody uses\n");
        let idle = self.model.idle();
        let warm = self.model.kept_warm();
        let [staged, by_operation] = self.model.request_metrics();
        let stage = self.model.workloads.stage.name();
        self.line(format!(
            "A month of `{stage}`, and what comes to it: instances that are kept warm, and metrics of requests where the parameter `RequestMetrics` asks for them.\n"
        ));
        let titles = [
            "idle",
            "instances kept warm",
            "`RequestMetrics=stage`",
            "`RequestMetrics=operation`",
        ];
        let titles = titles.map(str::to_owned);
        self.columns("service", &titles, &[idle, warm, staged, by_operation]);
        self.line(
            "Instances are kept warm by `provisionedConcurrency` in `functions.yaml`. `RequestMetrics` is `none` where nobody sets it. CloudWatch asks for a metric in\n\
             the hours in which it was sent, so those of requests cost less where there is no traffic at night; each code of a problem that occurs is one more\n\
             metric, and the lines of the log are longer by some 400 bytes.\n",
        );
    }

    fn patterns(&mut self) -> Result<(), String> {
        self.line("## Each kind of request\n");
        self.line("Milliseconds in the function, and dollars for a million.\n");
        self.line("| request | function | milliseconds | Lambda | DynamoDB | its message | logs and traces | all |");
        self.line("|---|---|---|---|---|---|---|---|");
        let mut patterns: Vec<&String> = Vec::new();
        for mix in self.model.workloads.mixes.values() {
            let more = mix
                .shares
                .keys()
                .filter(|pattern| !patterns.contains(pattern));
            let more: Vec<_> = more.collect();
            patterns.extend(more);
        }
        for pattern in patterns {
            let (capacity, request) = self.model.figures.request(pattern)?;
            let function = self.model.function(&request.function)?;
            let memory = self.model.memory(function);
            let lines = self.dollars(&self.model.request(pattern, self.model.api())?.times(1e6));
            let of = |service: &str| {
                let lines = lines.iter().filter(|(name, _)| *name == service);
                lines.map(|(_, dollars)| dollars).sum::<f64>()
            };
            let row = format!(
                "| {pattern} | `{}` | {:.0} | {} | {} | {} | {} | {} |",
                request.function,
                self.model.duration(capacity, request, memory).ceil(),
                dollars(of("Lambda")),
                dollars(of("DynamoDB")),
                dollars(of("Messages: stream, pipe, queue and bus")),
                dollars(of("CloudWatch Logs") + of("X-Ray")),
                dollars(sum(&lines))
            );
            self.line(row);
        }
        self.line("\nThe delivery of a request's message is in its Lambda and DynamoDB.\n");
        Ok(())
    }

    fn memory(&mut self) -> Result<(), String> {
        self.line("## Memory\n");
        self.line(format!(
            "What a function's requests of the mix `{}` cost with each size, in dollars for a million of them, and how long the slowest kind takes.\n\
             Advised is the cheapest size with which no kind takes longer than {LONGEST:.0} milliseconds, or the largest.\n",
            self.model.workloads.aims.mix
        ));
        let sizes: Vec<_> = MEMORIES
            .iter()
            .map(|size| format!("{size:.0} MB"))
            .collect();
        self.line(format!(
            "| function | now | advised | {} |",
            sizes.join(" | ")
        ));
        self.line(format!("|---|---|---|{}", "---|".repeat(sizes.len())));
        let mix = self
            .model
            .workloads
            .mixes
            .get(&self.model.workloads.aims.mix);
        let shares = mix.map(|mix| &mix.shares).into_iter().flatten();
        let shares: Vec<(&String, &f64)> = shares.collect();
        for (name, function) in &self.model.stack.source.spec.functions {
            let mut rows = Vec::new();
            for (pattern, share) in &shares {
                let (capacity, request) = self.model.figures.request(pattern)?;
                if request.function == *name {
                    rows.push((capacity, request, **share));
                }
            }
            if rows.is_empty() {
                continue;
            }
            let weight: f64 = rows.iter().map(|(.., share)| share).sum();
            let tried = MEMORIES.map(|memory| {
                let durations = rows.iter().map(|(capacity, request, share)| {
                    let duration = self.model.duration(capacity, request, memory).ceil();
                    (duration, duration * share / weight)
                });
                let (slowest, mean) = durations
                    .fold((0.0_f64, 0.0), |(slowest, mean), (one, part)| {
                        (slowest.max(one), mean + part)
                    });
                let seconds = memory / 1024.0 * mean / 1000.0;
                (
                    memory,
                    self.prices.of(Item::LambdaTime, seconds * 1e6),
                    slowest,
                )
            });
            let quick = tried.iter().filter(|(.., slowest)| *slowest <= LONGEST);
            let advised = quick.min_by(|a, b| a.1.total_cmp(&b.1)).or(tried.last());
            let advised = advised.map_or(0.0, |(memory, ..)| *memory);
            let cells = tried
                .iter()
                .map(|(_, price, slowest)| format!("{} ({slowest:.0} ms)", dollars(*price)));
            let cells: Vec<_> = cells.collect();
            let now = self.model.memory(function);
            self.line(format!(
                "| `{name}` | {now:.0} MB | {advised:.0} MB | {} |",
                cells.join(" | ")
            ));
        }
        self.line("");
        Ok(())
    }

    fn provisioned(&mut self) -> Result<(), String> {
        self.line("## Capacity on demand, or provisioned\n");
        let even = |demand: Item, provisioned: Item| {
            // One unit of capacity takes 3,600 of the table's units in an hour.
            self.prices.of(provisioned, 1.0) / self.prices.of(demand, 3600.0) * 100.0
        };
        let reads = even(Item::DynamodbReads, Item::DynamodbProvisionedRead);
        let writes = even(Item::DynamodbWrites, Item::DynamodbProvisionedWrite);
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "The table is on demand. Provisioned capacity is cheaper where more than {reads:.0}% of the read units and {writes:.0}% of the write units that are kept ready\n\
             are used, day and night. On average these workloads use, in units a second:\n"
        );
        text += "| traffic | reads | writes | provisioned for five times the average would cost, a month |\n|---|---|---|---|\n";
        for workload in &self.model.workloads.workloads {
            let amounts = self.model.workload(workload, self.model.api())?;
            let seconds = workload.days * 86_400.0;
            let of = |wanted: Item| {
                let mut found = amounts.iter().filter(|(item, _)| *item == wanted);
                found.next().map_or(0.0, |(_, amount)| amount / seconds)
            };
            let (reads, writes) = (of(Item::DynamodbReads), of(Item::DynamodbWrites));
            let hours = super::model::MONTH_HOURS;
            let price = self
                .prices
                .of(Item::DynamodbProvisionedRead, (reads * 5.0).ceil() * hours)
                + self.prices.of(
                    Item::DynamodbProvisionedWrite,
                    (writes * 5.0).ceil() * hours,
                );
            let demand = self.prices.of(Item::DynamodbReads, reads * hours * 3600.0)
                + self
                    .prices
                    .of(Item::DynamodbWrites, writes * hours * 3600.0);
            let _ = writeln!(
                text,
                "| {} | {reads:.1} | {writes:.1} | {}, and on demand {} |",
                workload.title,
                dollars(price),
                dollars(demand)
            );
        }
        self.line(text);
        Ok(())
    }

    fn prices(&mut self) {
        self.line("## The prices\n");
        self.line("| what | dollars | for | seen at its source |\n|---|---|---|---|");
        for item in Item::ALL {
            let Some(price) = self.prices.prices.get(item.name()) else {
                continue;
            };
            let seen = match price.checked {
                true => format!("[yes]({})", price.source),
                false => format!("no ([where]({}))", price.source),
            };
            let per = match price.per {
                per if per >= 1e6 => format!("{} million", per / 1e6),
                per => format!("{per}"),
            };
            let row = format!(
                "| `{}` | {} | {per} {} | {seen} |",
                item.name(),
                price.price,
                price.unit
            );
            self.line(row);
        }
    }
}
