//! `civicforge serve`: from a configuration to a server that listens, works, and stops when it is told to.
//!
//! The order matters. The data folder is locked before anything in it is read or made, so that a second server says so and
//! changes nothing. The port is taken last, so that who can connect is answered. At the end requests in flight are finished
//! first, then jobs stop, then the last log lines are written.

mod banner;
mod demo;
mod docs;
pub mod events;
mod jobs;
pub mod media;
mod metrics;
mod open;
mod signals;

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use civicforge_kernel::keys::source::SecretSource;
#[cfg(unix)]
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::outbox::Backlog;
use civicforge_kernel::table::outbox::breaker::Breakers;
use civicforge_kernel::telemetry::prometheus::Prometheus;
use civicforge_kernel::telemetry::{self, TelemetryError};
use civicforge_runtime::host::dropshot;
use civicforge_runtime::limits::Limits;
use civicforge_runtime::service::{Builder, Service};
use civicforge_runtime::static_file::StaticFile;
use ipnet::IpNet;

use crate::app::CivicForge;
#[cfg(unix)]
use crate::config::DataStore;
use crate::config::{Config, ConfigErrors, ServeArgs};
#[cfg(unix)]
use crate::operator_socket;
use banner::Place;
use demo::{Demo, DemoError};
pub(crate) use open::{EMBEDDED_TABLE, OpenError, connect_table, open_table};
use signals::Signals;

/// The contract as it is written.
const CONTRACT_YAML: &str = include_str!("../../../openapi.yaml");

/// The longest time that a body may take, if requests may take longer.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// How long work that nobody waits for any more (a password that is being hashed) may hold up the exit.
const LAST_WORK: Duration = Duration::from_secs(2);

/// The exit code for flags and variables that cannot be used; the same as clap's.
pub(crate) const USAGE: u8 = 2;

/// Says what is wrong with the flags and variables of a command, on standard error.
pub(crate) fn misused(command: &str, errors: &ConfigErrors) -> ExitCode {
    eprintln!("civicforge: {errors}\n\nFor more information, try 'civicforge {command} --help'.");
    ExitCode::from(USAGE)
}

/// Why the server did not start, or did not stop as it should.
#[derive(Debug, thiserror::Error)]
enum ServeError {
    #[error("the runtime cannot be started: {0}")]
    Runtime(std::io::Error),
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("signals cannot be received: {0}")]
    Signals(std::io::Error),
    #[error("the documentation cannot be made: {0}")]
    Docs(#[from] docs::DocsError),
    #[error("the schemas of events cannot be written: {0}")]
    Events(#[from] serde_json::Error),
    #[error("two operations are at one place: {0}")]
    Routes(String),
    #[error("{0}{hint}", hint = listen_hint(.0))]
    Listen(#[from] dropshot::StartError),
    #[error("cannot listen on {0} for scrapes of metrics: {1}")]
    Metrics(SocketAddr, std::io::Error),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error("the server failed: {0}")]
    Failed(std::io::Error),
    #[error("stopped before all requests were answered: {0}")]
    Unfinished(String),
}

/// What to do about a port that cannot be had.
fn listen_hint(error: &dropshot::StartError) -> &'static str {
    match error.is_address_in_use() {
        true => "\n  Another program listens there. Stop it, or choose another port with --listen.",
        false => "",
    }
}

/// Runs the server until a signal stops it. What goes wrong is said on standard error.
pub fn run(args: ServeArgs) -> ExitCode {
    let config = match args.validate() {
        Ok(config) => config,
        Err(errors) => {
            return misused("serve", &errors);
        }
    };
    match run_with(&config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("civicforge: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_with(config: &Config) -> Result<(), ServeError> {
    // Dropped last: it writes the log lines that are left.
    let log = telemetry::init(&config.telemetry)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("civicforge")
        .build()
        .map_err(ServeError::Runtime)?;
    let outcome = runtime.block_on(serve(config, log.prometheus.as_ref()));
    runtime.shutdown_timeout(LAST_WORK);
    outcome
}

async fn serve(config: &Config, prometheus: Option<&Prometheus>) -> Result<(), ServeError> {
    let signals = Signals::listen().map_err(ServeError::Signals)?;
    let demo = match config.demo_vendors {
        true => Some(Demo::start(config.listen).await?),
        false => None,
    };
    let opened = match &demo {
        Some(demo) => {
            let settings = SecretSource::Given(demo.settings());
            let vendors = Some(settings);
            open::open(&Config {
                vendors,
                ..config.clone()
            })
            .await?
        }
        None => open::open(config).await?,
    };
    let app = Arc::new(opened.app);
    if demo.is_some() {
        Demo::check(&app.table).await?;
    }
    #[cfg(unix)]
    let _commands = commands(config, opened.embedded.as_ref());
    let service = service(config, &app)?;
    let relay = config.jobs.then(|| app.relay());
    let outbox = relay.map(|relay| (relay.backlog(), relay.breakers()));
    let scraped = scraped(config, &app, outbox, prometheus).await?;
    let server = dropshot::start(service, config.listen)?;
    if let Some(demo) = &demo {
        demo.connect(&app, server.address()).await?;
    }
    let images_at = opened.storage.url.clone();
    let place = Place {
        address: server.address(),
        media: &images_at,
        scraped: scraped.as_ref().map(|listener| listener.address),
        in_sync: &opened.in_sync,
        demo: demo.as_ref().map(Demo::pages),
    };
    banner::print(config, &place);
    tracing::info!(address = %server.address(), version = env!("CARGO_PKG_VERSION"), "listening");
    // The jobs go on while the last requests are answered, and end with them.
    let outcome = tokio::select! {
        outcome = until_stopped(server, signals, config.shutdown_grace) => outcome,
        () = jobs::run(&app, relay, opened.embedded, &opened.keys, opened.storage) => Err(ServeError::Failed(std::io::Error::other(
            "the jobs stopped by themselves",
        ))),
    };
    tracing::info!("stopped");
    outcome
}

/// Listens for the operator's commands, where they cannot open the database themselves. Without, the server serves all the same.
#[cfg(unix)]
fn commands(config: &Config, embedded: Option<&Embedded>) -> Option<operator_socket::Listener> {
    let (Some(embedded), DataStore::Folder(folder)) = (embedded, &config.data) else {
        return None;
    };
    match operator_socket::listen(folder, embedded) {
        Ok(listener) => Some(listener),
        Err(error) => {
            tracing::warn!(%error, "commands cannot be used while the server runs");
            None
        }
    }
}

/// Listens for scrapes of metrics, where that is asked for, and adds what is read at each of them.
async fn scraped(
    config: &Config,
    app: &CivicForge,
    outbox: Option<(Arc<Backlog>, Arc<Breakers>)>,
    prometheus: Option<&Prometheus>,
) -> Result<Option<metrics::Listener>, ServeError> {
    let (Some(address), Some(prometheus)) = (config.metrics_listen, prometheus) else {
        return Ok(None);
    };
    let passwords = app.auth.passwords.clone();
    prometheus.gauge(
        "password_hashes_waiting",
        "Requests that wait for a password to be hashed",
        move || passwords.waiting(),
    );
    let passwords = app.auth.passwords.clone();
    prometheus.gauge(
        "password_hashes_free",
        "Passwords that could be hashed at once beside those that are",
        move || passwords.available(),
    );
    let searches = app.quests.searches.clone();
    prometheus.gauge(
        "searches_waiting",
        "Searches that wait for their turn",
        move || searches.waiting(),
    );
    let searches = app.quests.searches.clone();
    prometheus.gauge(
        "searches_free",
        "Searches that could run at once beside those that do",
        move || searches.available(),
    );
    if let Some((backlog, breakers)) = outbox {
        let of_due = backlog.clone();
        prometheus.gauge(
            "outbox_messages_due",
            "Messages that wait for their delivery",
            move || of_due.due(),
        );
        prometheus.gauge(
            "outbox_messages_dead",
            "Messages that were given up, and are kept",
            move || backlog.dead(),
        );
        prometheus.gauge(
            "outbox_destinations_open",
            "Destinations that have failed too often, and are left alone for a while",
            move || breakers.open(),
        );
    }
    let runtime = tokio::runtime::Handle::current().metrics();
    prometheus.gauge("tasks", "Tasks of the runtime that are alive", move || {
        runtime.num_alive_tasks()
    });
    let listener = metrics::start(address, prometheus.clone()).await;
    let listener = listener.map_err(|error| ServeError::Metrics(address, error))?;
    tracing::info!(address = %listener.address, "metrics can be scraped");
    Ok(Some(listener))
}

/// Answers requests until a signal comes, and then those that are in flight.
async fn until_stopped(
    server: dropshot::Server,
    mut signals: Signals,
    grace: Duration,
) -> Result<(), ServeError> {
    let signal = tokio::select! {
        signal = signals.next() => signal,
        stopped = server.wait() => {
            let nobody = || std::io::Error::other("it stopped by itself");
            return Err(ServeError::Failed(stopped.err().unwrap_or_else(nobody)));
        }
    };
    tracing::info!(signal, "stopping");
    banner::stopping(signal, grace);
    tokio::select! {
        stopped = server.stop(grace) => {
            stopped.map_err(|error| ServeError::Unfinished(error.to_string()))
        }
        signal = signals.next() => Err(ServeError::Unfinished(format!("a second {signal}"))),
    }
}

/// Whether an address is in one of these networks.
fn is_in(networks: Vec<IpNet>) -> impl Fn(IpAddr) -> bool {
    move |address| {
        // A socket that takes both has IPv4 addresses mapped into IPv6.
        let address = address.to_canonical();
        networks.iter().any(|network| network.contains(&address))
    }
}

/// Every operation, and the contract and its documentation where they are wanted.
fn service(config: &Config, app: &Arc<CivicForge>) -> Result<Service, ServeError> {
    let service = Service::builder().routes(app.routes());
    let service = match config.docs {
        true => documented(service)?,
        false => service,
    };
    let traced = is_in(config.trust_traces_from.clone());
    service
        .limits(Limits {
            body_bytes: config.max_body_bytes,
            body_timeout: config.request_timeout.min(BODY_TIMEOUT),
            request_timeout: config.request_timeout,
        })
        .cors(config.cors.cors())
        .trust_traces(move |peer| peer.is_some_and(&traced))
        .trust_proxies(is_in(config.trust_addresses_from.clone()))
        .adopt_traces(telemetry::otlp::adopt)
        .trace_ids(telemetry::otlp::trace_id)
        .build()
        .map_err(|error| ServeError::Routes(error.to_string()))
}

/// The contract and its documentation.
fn documented(service: Builder) -> Result<Builder, ServeError> {
    let page = docs::page(civicforge_api::CONTRACT)?;
    let json = StaticFile::new("application/json", civicforge_api::CONTRACT);
    let yaml = StaticFile::new("application/yaml", CONTRACT_YAML);
    Ok(service
        .redirect("/", "/docs")
        .static_file("/openapi.json", json)
        .static_file("/openapi.yaml", yaml)
        .static_file("/events.json", events::asset()?)
        .static_file("/docs", StaticFile::new("text/html; charset=utf-8", page)))
}
