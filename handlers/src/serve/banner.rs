//! What a person sees who has started the server: on standard error, because standard output is the log.

use std::fmt::Write;
use std::net::SocketAddr;
use std::time::Duration;

use url::Url;

use crate::config::{Config, CorsOrigins, DataStore, MailCarrier, TableBackend};

/// What is known of a server once it listens.
#[derive(Debug)]
pub struct Place<'a> {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where images are.
    pub media: &'a str,
    /// Where its metrics are.
    pub scraped: Option<SocketAddr>,
    /// The systems that tasks are kept in sync with.
    pub in_sync: &'a [&'a str],
    /// Where the systems of this machine are, if they were started.
    pub demo: Option<[(&'static str, String); 4]>,
}

/// Says where everything is.
pub fn print(config: &Config, place: &Place<'_>) {
    eprint!("{}", text(config, place, std::process::id()));
}

/// Says what happens after a signal.
pub fn stopping(signal: &str, grace: Duration) {
    let grace = humantime::format_duration(grace);
    eprintln!(
        "{signal}: finishing requests in flight, for {grace} at most; once more stops at once."
    );
}

/// Where mails go. The URL of a server may have a password.
fn mails(config: &Config) -> String {
    match (&config.mail.carrier, &config.data) {
        (MailCarrier::Folder, DataStore::Folder(_)) => "files in mail/ of the data".to_owned(),
        (MailCarrier::Folder, DataStore::Memory) => "files, gone at exit".to_owned(),
        (MailCarrier::Ses, _) => "by Amazon SES".to_owned(),
        (MailCarrier::Smtp(url), _) => {
            let url = Url::parse(url.expose()).ok();
            let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
            format!("over {host}")
        }
    }
}

fn text(config: &Config, place: &Place<'_>, process: u32) -> String {
    let base = format!("http://{}", place.address);
    let in_sync = match &place.demo {
        Some(demo) => demo
            .iter()
            .map(|(name, page)| format!("{name}, {page}"))
            .collect(),
        None if place.in_sync.is_empty() => Vec::new(),
        None => vec![place.in_sync.join(", ")],
    };
    let data = match &config.data {
        DataStore::Folder(folder) => {
            let folder = folder.canonicalize().unwrap_or_else(|_| folder.clone());
            folder.display().to_string()
        }
        DataStore::Memory => "in memory, gone at exit".to_owned(),
    };
    let table = match &config.table {
        TableBackend::Embedded => "embedded".to_owned(),
        TableBackend::DynamoDb {
            table,
            region,
            endpoint,
        } => {
            let at = endpoint.as_ref().map(|url| format!(" at {url}"));
            let region = region.as_ref().map(|region| format!(" in {region}"));
            let [region, at] = [region, at].map(Option::unwrap_or_default);
            format!("{table}{region}{at}")
        }
    };
    let cors = match &config.cors {
        CorsOrigins::Any => Some("any".to_owned()),
        CorsOrigins::List(origins) if origins.is_empty() => None,
        CorsOrigins::List(origins) => Some(origins.join(", ")),
    };
    let lines = [
        ("listening on", Some(base.clone())),
        (
            "contract",
            config
                .docs
                .then(|| format!("{base}/openapi.json and {base}/openapi.yaml")),
        ),
        ("docs", config.docs.then(|| format!("{base}/docs"))),
        ("images at", Some(place.media.to_owned())),
        (
            "metrics",
            place
                .scraped
                .map(|address| format!("http://{address}/metrics")),
        ),
        ("data", Some(data)),
        ("table", Some(table)),
        ("mails", config.jobs.then(|| mails(config))),
        (
            "in sync with",
            (!in_sync.is_empty()).then(|| in_sync.join("\n                ")),
        ),
        ("web origins", cors),
        ("stop with", Some(format!("Ctrl-C, or kill {process}"))),
    ];
    let mut text = format!("CivicForge {}\n", env!("CARGO_PKG_VERSION"));
    for (name, value) in lines {
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {name:<13} {value}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ServeArgs;

    #[test]
    fn says_where_everything_is_and_nothing_secret() {
        let args = ServeArgs {
            in_memory: true,
            secret: Some("A".repeat(43)),
            mail: Some("smtps://me:hunter2@mail.example.org".to_owned()),
            mail_from: Some("no-reply@example.org".to_owned()),
            cors_origin: vec!["https://app.example.org".to_owned()],
            ..ServeArgs::default()
        };
        let config = args.validate().unwrap();
        let text = text(
            &config,
            &Place {
                address: ([127, 0, 0, 1], 4321).into(),
                media: "http://127.0.0.1:4322",
                scraped: None,
                in_sync: &["ClickUp", "Slack"],
                demo: None,
            },
            99,
        );
        for part in [
            "http://127.0.0.1:4321\n",
            "/openapi.json",
            "/docs\n",
            "http://127.0.0.1:4322\n",
            "in memory",
            "embedded",
            "https://app.example.org",
            "in sync with  ClickUp, Slack\n",
            "over mail.example.org\n",
            "kill 99",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(
            !text.contains("AAAA") && !text.contains("hunter2"),
            "{text}"
        );
    }

    #[test]
    fn names_no_documentation_that_is_not_there() {
        let args = ServeArgs {
            in_memory: true,
            docs: Some("off".to_owned()),
            ..ServeArgs::default()
        };
        let config = args.validate().unwrap();
        let place = Place {
            address: ([127, 0, 0, 1], 4321).into(),
            media: "http://127.0.0.1:4322",
            scraped: None,
            in_sync: &[],
            demo: None,
        };
        let text = text(&config, &place, 99);
        assert!(text.contains("http://127.0.0.1:4321\n"), "{text}");
        assert!(
            !text.contains("docs") && !text.contains("openapi"),
            "{text}"
        );
    }
}
