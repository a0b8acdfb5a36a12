//! `civicforge health`: asks a running server whether it is ready.
//!
//! A container image without a shell or `curl` uses it as its health check.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use reqwest::StatusCode;
use serde_json::Value;
use url::Url;

use crate::config::ConfigError;
use crate::serve::USAGE;

/// The most bytes of a response that are read; a response of ours has a few hundred.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// The flags of `civicforge health`.
// The comments on the fields are the help text.
#[allow(
    rustdoc::bare_urls,
    rustdoc::invalid_html_tags,
    reason = "a terminal shows them, not a browser"
)]
#[derive(Args, Clone, Debug)]
pub struct HealthArgs {
    /// The server [default: http:// and the address of --listen, on this host]
    #[arg(value_name = "URL")]
    pub server: Option<Url>,

    /// Where the server was told to listen
    #[arg(
        long,
        env = "CIVICFORGE_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: String,

    /// How long the response may take, such as 5s
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = humantime::parse_duration)]
    pub timeout: Duration,
}

/// Why a server is not known to be ready.
#[derive(Debug, thiserror::Error)]
enum HealthError {
    #[error("{0}")]
    Usage(ConfigError),
    #[error("the runtime cannot be started: {0}")]
    Runtime(std::io::Error),
    #[error("{0} does not answer: {1}")]
    Unreachable(Url, String),
    #[error("{0} is not ready: {1}")]
    NotReady(Url, String),
}

/// Asks the server, prints what it says, and exits with 0 if it is ready.
pub fn run(args: &HealthArgs) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = runtime
        .map_err(HealthError::Runtime)
        .and_then(|runtime| runtime.block_on(ask(args)));
    match outcome {
        Ok(components) => {
            // Nobody may be left to read it; the exit code is the answer.
            let _ = writeln!(std::io::stdout(), "ready: {components}");
            ExitCode::SUCCESS
        }
        Err(error @ HealthError::Usage(_)) => {
            eprintln!(
                "civicforge: {error}\n\nFor more information, try 'civicforge health --help'."
            );
            ExitCode::from(USAGE)
        }
        Err(error) => {
            eprintln!("civicforge: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the server says of its components.
async fn ask(args: &HealthArgs) -> Result<String, HealthError> {
    let server = match &args.server {
        Some(url) => url.clone(),
        None => url_of(&args.listen).map_err(HealthError::Usage)?,
    };
    let unreachable = |error: reqwest::Error| {
        // The address is in the message already.
        let error = error.without_url();
        let causes =
            std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
        let text = causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
        HealthError::Unreachable(server.clone(), text)
    };
    let mut place = server.clone();
    if let Ok(mut segments) = place.path_segments_mut() {
        segments.pop_if_empty().extend(["health", "ready"]);
    }
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(args.timeout)
        .build()
        .map_err(unreachable)?;
    let mut response = client.get(place).send().await.map_err(unreachable)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > MAX_RESPONSE_BYTES {
            break;
        }
        body.extend_from_slice(&chunk);
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    if status == StatusCode::OK && body["status"] == "ready" {
        Ok(components(&body))
    } else {
        let detail = body["detail"].as_str().unwrap_or("no reason was given");
        Err(HealthError::NotReady(server, format!("{status}: {detail}")))
    }
}

/// The components of a readiness response, such as `table up, signingKeys up`.
fn components(body: &Value) -> String {
    let all = body["components"].as_array().into_iter().flatten();
    let texts = all.filter_map(|component| {
        let (name, status) = (component["name"].as_str()?, component["status"].as_str()?);
        Some(format!("{name} {status}"))
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// The URL of a server on this host that listens there. One that listens on all addresses is asked on the loopback address.
fn url_of(listen: &str) -> Result<Url, ConfigError> {
    let wrong = |expected: &str| ConfigError {
        flag: "listen",
        message: format!("{listen:?}: {expected}"),
    };
    let mut address: SocketAddr = listen
        .trim()
        .parse()
        .map_err(|_| wrong("expected an address and a port, such as 127.0.0.1:8080"))?;
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    if address.port() == 0 {
        return Err(wrong(
            "the port is not known; give the server's URL instead",
        ));
    }
    Url::parse(&format!("http://{address}")).map_err(|error| wrong(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_all_addresses_is_asked_on_the_loopback_address() {
        for (listen, url) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("0.0.0.0:80", "http://127.0.0.1/"),
            ("[::]:8080", "http://[::1]:8080/"),
            ("192.0.2.7:9000", "http://192.0.2.7:9000/"),
        ] {
            assert_eq!(url_of(listen).unwrap().as_str(), url);
        }
        for listen in ["", "here", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:99999"] {
            assert!(url_of(listen).is_err(), "{listen}");
        }
    }
}
