//! Runs cases side by side, and says what libtest would say.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use civicforge_testing::shares_a_table;
use futures::StreamExt;

use crate::coverage;
use crate::transport::Transport;

/// How many cases run at once. Most of them wait for each other's sockets and tables, not for a core.
fn at_once() -> usize {
    if shares_a_table() { 1 } else { 6 }
}

/// A case that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(50);

/// The cases that run over [`Transport::OTHER_SOCKETS`] too: heads, bodies, time-outs and panics as another host shows them,
/// and one whole life of a quest. What every host leaves to the service is not tried again.
const OTHER_SOCKETS: [&str; 7] = [
    "failures::a_panic_takes_one_request_down",
    "lifecycle::from_posting_to_reward",
    "mechanics::large_bodies_are_refused",
    "mechanics::stalled_bodies_are_given_up",
    "methods::a_path_says_what_it_has_instead",
    "methods::head_is_get_without_a_body",
    "methods::paths_that_do_not_exist",
];

/// The cases that fail where `lambda_http` makes requests of events, and why. A line that is not needed fails the suite.
const LAMBDA_HTTP: &str = include_str!("../lambda_http.txt");

/// What a panic says if it is part of a case.
pub const ON_PURPOSE: &str = "on purpose";

type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Case {
    name: String,
    start: Box<dyn FnOnce() -> Running + Send>,
    /// Why it does not run.
    ignored: Option<&'static str>,
    /// Why it fails, where it has to.
    fails: Option<&'static str>,
}

/// All cases.
#[derive(Default)]
pub struct Suite(Vec<Case>);

impl Suite {
    /// A case that has one way to run.
    pub fn once<F>(&mut self, name: &str, body: fn() -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.0.push(Case {
            name: name.to_owned(),
            start: Box::new(move || Box::pin(body())),
            ignored: None,
            fails: None,
        });
    }

    /// A case that runs over each transport.
    pub fn each<F>(&mut self, name: &str, body: fn(Transport) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.each_but(name, |_| None, body);
    }

    /// A case that runs over each transport, but those for which there is a reason not to.
    pub fn each_but<F>(
        &mut self,
        name: &str,
        ignored: fn(Transport) -> Option<&'static str>,
        body: fn(Transport) -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let others = Transport::OTHER_SOCKETS.into_iter();
        let others = others.filter(|_| OTHER_SOCKETS.contains(&name));
        for transport in Transport::ALL.into_iter().chain(others) {
            let fails = listed().find(|(listed, _)| *listed == name);
            let fails = fails.filter(|_| transport == Transport::LambdaHttpCrate);
            self.0.push(Case {
                name: format!("{name}::{}", transport.name()),
                start: Box::new(move || Box::pin(body(transport))),
                ignored: ignored(transport),
                fails: fails.map(|(_, reason)| reason),
            });
        }
    }

    /// What the lists above name and no case is called.
    fn unknown(&self) -> Vec<String> {
        let is_case = |name: &str, transport: Transport| {
            let name = format!("{name}::{}", transport.name());
            self.0.iter().any(|case| case.name == name)
        };
        let sockets = OTHER_SOCKETS.into_iter();
        let sockets = sockets.filter(|name| !is_case(name, Transport::Axum));
        let listed = listed().map(|(name, _)| name);
        let listed = listed.filter(|name| !is_case(name, Transport::LambdaHttpCrate));
        sockets.chain(listed).map(str::to_owned).collect()
    }
}

/// The lines of [`LAMBDA_HTTP`].
fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = LAMBDA_HTTP.lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").expect("a case and a reason"))
}

/// What libtest's arguments say that matters here. The others are taken and change nothing.
#[derive(Default)]
struct Arguments {
    filters: Vec<String>,
    skip: Vec<String>,
    exact: bool,
    list: bool,
    ignored: bool,
    quiet: bool,
}

impl Arguments {
    fn read(texts: Vec<String>) -> Self {
        let mut read = Self::default();
        let mut texts = texts.into_iter();
        while let Some(text) = texts.next() {
            match text.as_str() {
                "--exact" => read.exact = true,
                "--list" => read.list = true,
                "--ignored" => read.ignored = true,
                "--quiet" | "-q" => read.quiet = true,
                "--skip" => read.skip.extend(texts.next()),
                "--test-threads" | "--format" | "--color" | "--logfile" | "-Z" => {
                    texts.next();
                }
                flag if flag.starts_with('-') => {}
                _ => read.filters.push(text),
            }
        }
        read
    }

    fn wants(&self, name: &str) -> bool {
        let hits = |filter: &String| match self.exact {
            true => name == filter,
            false => name.contains(filter.as_str()),
        };
        // What is ignored cannot run, so nobody can ask for it.
        !self.ignored
            && (self.filters.is_empty() || self.filters.iter().any(hits))
            && !self.skip.iter().any(hits)
    }
}

tokio::task_local! {
    /// What the panics in the case that runs here have said.
    static SAID: RefCell<Vec<String>>;
}

/// Runs the cases that the arguments ask for, and the lists if they ask for all.
pub fn run(suite: Suite, arguments: Vec<String>) -> ExitCode {
    let arguments = Arguments::read(arguments);
    let unknown = suite.unknown();
    assert!(unknown.is_empty(), "no case is called {unknown:?}");
    let all = suite.0.len();
    let mut wanted = suite.0;
    wanted.retain(|case| arguments.wants(&case.name));
    wanted.sort_by(|a, b| a.name.cmp(&b.name));
    if arguments.list {
        for case in &wanted {
            println!("{}: test", case.name);
        }
        return ExitCode::SUCCESS;
    }
    keep_panics_for_later();
    let filtered = all - wanted.len();
    let count = wanted.len() + usize::from(filtered == 0) * coverage::CHECKS.len();
    println!("\nrunning {count} tests");

    let started = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let failures = Arc::new(Mutex::new(BTreeMap::new()));
    let (ignored, wanted): (Vec<_>, Vec<_>) =
        wanted.into_iter().partition(|case| case.ignored.is_some());
    for case in &ignored {
        let why = case.ignored.unwrap_or_default();
        println!("test {} ... ignored, {why}", case.name);
    }
    let quiet = arguments.quiet;
    runtime.block_on(async {
        futures::stream::iter(wanted)
            .for_each_concurrent(at_once(), |case| {
                let failures = failures.clone();
                async move {
                    let failure = outcome(case.start).await;
                    let failure = match (failure, case.fails) {
                        (failure, None) => failure,
                        (Some(_), Some(_)) => None,
                        (None, Some(reason)) => Some(format!(
                            "it passes, and tests/lambda_http.txt says that it cannot ({reason}): remove the line"
                        )),
                    };
                    report(&case.name, failure, quiet, &failures);
                }
            })
            .await;
    });
    if filtered == 0 {
        for (name, check) in coverage::CHECKS {
            report(name, check().err(), quiet, &failures);
        }
    }
    // Servers that still wait for a body that never comes are not waited for.
    runtime.shutdown_background();

    let failures = failures.lock().expect("nobody panics in between");
    if !failures.is_empty() {
        println!("\nfailures:\n");
        for (name, said) in failures.iter() {
            println!("---- {name} ----\n{said}\n");
        }
        println!("failures:");
        for name in failures.keys() {
            println!("    {name}");
        }
    }
    let verdict = if failures.is_empty() { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {verdict}. {} passed; {} failed; {} ignored; 0 measured; {filtered} filtered out; finished in {:.2}s\n",
        count - failures.len() - ignored.len(),
        failures.len(),
        ignored.len(),
        started.elapsed().as_secs_f32(),
    );
    match failures.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(101),
    }
}

fn report(
    name: &str,
    failure: Option<String>,
    quiet: bool,
    failures: &Mutex<BTreeMap<String, String>>,
) {
    match (&failure, quiet) {
        (None, true) => {}
        (None, false) => println!("test {name} ... ok"),
        (Some(_), _) => println!("test {name} ... FAILED"),
    }
    if let Some(said) = failure {
        let mut failures = failures.lock().expect("nobody panics in between");
        failures.insert(name.to_owned(), said);
    }
}

/// Why a case failed, if it did.
async fn outcome(start: Box<dyn FnOnce() -> Running + Send>) -> Option<String> {
    let case = async move {
        let caught = panic::AssertUnwindSafe(async move { start().await });
        let ended = tokio::time::timeout(PATIENCE, futures::FutureExt::catch_unwind(caught)).await;
        let said = SAID.with(|said| said.borrow().join("\n"));
        match ended {
            Ok(Ok(())) => None,
            Ok(Err(_)) => Some(said),
            Err(_) => Some(format!("it did not end within {PATIENCE:?}\n{said}")),
        }
    };
    let task = tokio::spawn(SAID.scope(RefCell::default(), case));
    task.await.unwrap_or_else(|error| Some(error.to_string()))
}

fn keep_panics_for_later() {
    panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        let kept = SAID.try_with(|said| said.borrow_mut().push(text.clone()));
        if kept.is_err() && !text.contains(ON_PURPOSE) {
            eprintln!("{text}");
        }
    }));
}
