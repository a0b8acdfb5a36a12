//! From what was typed to a [`Config`].

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use civicforge_kernel::aws::secrets;
use civicforge_kernel::keys::secret::Secret;
use civicforge_kernel::keys::signing::SigningKeys;
use civicforge_kernel::keys::source::{KeySources, SecretSource};
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::telemetry::{self, Emf, LogFormat};
use ipnet::IpNet;

use super::parts::{self, SaidOfSecret};
use super::read::{self, ConfigErrors, Reader};
use super::settings;
use super::{
    Config, DataStore, FolderArgs, MailCarrier, MailConfig, MediaConfig, ServeArgs, StorageArgs,
    TableBackend,
};
use crate::sync::vendors;
use crate::vendors::mail::Smtp;

/// Where the data is beside systems of this machine: what they have is gone at exit, and real data is not to be in sync with it.
const DEMO_FOLDER: &str = ".civicforge-demo";

/// Who mails are from that are sent nowhere.
const NOBODY: &str = "CivicForge <civicforge@localhost>";

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

impl ServeArgs {
    /// Checks everything. Reads nothing but OpenTelemetry's variables, and whether the output is a terminal.
    pub fn validate(self) -> Result<Config, ConfigErrors> {
        let mut config = self.validate_in(std::io::stdout().is_terminal())?;
        config.telemetry.otlp = telemetry::otlp::is_asked_for();
        Ok(config)
    }

    pub(super) fn validate_in(mut self, is_terminal: bool) -> Result<Config, ConfigErrors> {
        let mut reader = Reader::default();
        let text =
            |value: &Option<String>, default: &str| value.as_deref().unwrap_or(default).to_owned();

        let listen = reader.read(
            "listen",
            &text(&self.listen, "127.0.0.1:8080"),
            DEFAULT_LISTEN,
            |text| address(text, "127.0.0.1:8080"),
        );
        let public_url = text(&self.public_url, &format!("http://{listen}"));
        let public_url = parts::public_url(&mut reader, &public_url);
        let token_names = parts::token_names(
            &mut reader,
            self.token_issuer.as_deref(),
            &public_url,
            self.token_audience.as_deref(),
        );
        let token_lifetimes = parts::token_lifetimes(
            &mut reader,
            self.access_token_lifetime.as_deref(),
            self.refresh_token_lifetime.as_deref(),
        );
        let trusted_issuers =
            parts::trusted_issuers(&mut reader, &self.trusted_issuer, &token_names.issuer);
        let (keys, vendors) = secrets_of(
            &mut reader,
            SaidOfSecret {
                text: self.signing_keys.take(),
                file: self.signing_keys_file.take(),
                arn: self.signing_keys_arn.take(),
            },
            SaidOfSecret {
                text: self.secret.take(),
                file: self.secret_file.take(),
                arn: self.secret_arn.take(),
            },
            SaidOfSecret {
                text: self.vendors.take(),
                file: self.vendors_file.take(),
                arn: self.vendors_arn.take(),
            },
        );
        let config = Config {
            listen,
            data: self.data(&mut reader),
            table: self.place.table(&mut reader),
            new_keys: self.new_keys,
            jobs: is_on(&mut reader, "jobs", self.jobs.as_deref()),
            docs: is_on(&mut reader, "docs", self.docs.as_deref()),
            cors: parts::cors_origins(&mut reader, &self.cors_origin),
            telemetry: self.telemetry(&mut reader, is_terminal),
            trust_traces_from: networks(&mut reader, "trust-traces-from", &self.trust_traces_from),
            trust_addresses_from: networks(
                &mut reader,
                "trust-addresses-from",
                &self.trust_addresses_from,
            ),
            metrics_listen: self.metrics_listen(&mut reader),
            max_body_bytes: parts::max_body_bytes(&mut reader, self.max_body_bytes.as_deref()),
            request_timeout: reader.duration(
                settings::REQUEST_TIMEOUT.flag,
                settings::REQUEST_TIMEOUT.or_default(self.request_timeout.as_deref()),
            ),
            shutdown_grace: reader.duration("shutdown-grace", &text(&self.shutdown_grace, "30s")),
            public_url,
            media: self.media(&mut reader, listen),
            token_names,
            token_lifetimes,
            trusted_issuers,
            password_cost: parts::password_cost(
                &mut reader,
                self.password_memory_kib.as_deref(),
                self.password_passes.as_deref(),
            ),
            password_concurrency: match &self.password_concurrency {
                Some(number) => reader.number("password-concurrency", number, 1..=256),
                None => std::thread::available_parallelism().map_or(1, usize::from),
            },
            keys,
            vendors,
            mail: self.mail(&mut reader),
            demo_vendors: self.demo_vendors,
            secrets_endpoint: self
                .secrets_endpoint
                .and_then(|url| reader.url("secrets-endpoint", &url)),
            event_bus: parts::event_bus(&mut reader, self.event_bus.as_deref()),
            events_endpoint: self
                .events_endpoint
                .and_then(|url| reader.url("events-endpoint", &url)),
        };
        if config.demo_vendors {
            check_demo(&mut reader, &config);
        }
        reader.finish(config)
    }

    fn mail(&mut self, reader: &mut Reader) -> MailConfig {
        let carrier = match self.mail.take().as_deref() {
            None | Some("" | "folder") => MailCarrier::Folder,
            Some("ses") => MailCarrier::Ses,
            Some(url) => {
                if let Err(error) = Smtp::at(url) {
                    reader.wrong("mail", error.to_string());
                }
                MailCarrier::Smtp(SecretText::new(url.to_owned()))
            }
        };
        let said = self.mail_from.as_deref().filter(|from| !from.is_empty());
        if said.is_none() && carrier != MailCarrier::Folder {
            reader.wrong("mail", "needs --mail-from");
        }
        let from = parts::mail_from(reader, Some(said.unwrap_or(NOBODY)));
        let set = self.ses_configuration_set.take();
        MailConfig {
            carrier,
            from,
            app_url: parts::app_url(reader, self.app_url.as_deref()),
            ses_endpoint: self
                .ses_endpoint
                .as_ref()
                .and_then(|url| reader.url(settings::SES_ENDPOINT.flag, url)),
            configuration_set: set.filter(|name| !name.is_empty()),
        }
    }

    fn media(&self, reader: &mut Reader, listen: SocketAddr) -> MediaConfig {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let url = given(&self.media_url).and_then(|text| {
            reader.read("media-url", &text, None, |text| {
                read::web_url(text).map(Some)
            })
        });
        let here = MediaConfig::Here {
            listen: self.media_listen(reader, listen),
            url: url.clone(),
        };
        let endpoint = given(&self.s3_endpoint);
        let endpoint = endpoint.and_then(|url| reader.url(settings::S3_ENDPOINT.flag, &url));
        let buckets = [
            (settings::UPLOADS_BUCKET, given(&self.uploads_bucket)),
            (settings::IMAGES_BUCKET, given(&self.images_bucket)),
            (settings::EXPORTS_BUCKET, given(&self.exports_bucket)),
        ];
        let [uploads, images, exports] = match buckets {
            [(_, Some(uploads)), (_, Some(images)), (_, Some(exports))] => {
                [uploads, images, exports]
            }
            buckets => {
                if buckets.iter().any(|(_, name)| name.is_some()) {
                    let missing = buckets.into_iter().filter(|(_, name)| name.is_none());
                    for (setting, _) in missing {
                        reader.wrong(setting.flag, "is needed where another bucket is given");
                    }
                }
                return here;
            }
        };
        let Some(url) = url else {
            reader.wrong(
                "media-url",
                "is needed with buckets: it is where images are seen",
            );
            return here;
        };
        MediaConfig::Buckets {
            uploads,
            images,
            exports,
            endpoint,
            url,
        }
    }

    /// Where nobody says otherwise it is the next port that nobody has: of one that is taken as it is free, another one like that.
    fn media_listen(&self, reader: &mut Reader, listen: SocketAddr) -> SocketAddr {
        // Four systems of this machine have the first ones.
        let behind = if self.demo_vendors { 5 } else { 1 };
        let next = match listen.port() {
            0 => 0,
            port => port.checked_add(behind).unwrap_or(0),
        };
        let next = SocketAddr::new(listen.ip(), next);
        match self.media_listen.as_deref().filter(|text| !text.is_empty()) {
            None => next,
            Some(text) => reader.read("media-listen", text, next, |text| {
                address(text, "127.0.0.1:8081")
            }),
        }
    }

    fn metrics_listen(&self, reader: &mut Reader) -> Option<SocketAddr> {
        let text = self.metrics_listen.as_deref()?;
        reader.read("metrics-listen", text, None, |text| {
            address(text, "127.0.0.1:9090").map(Some)
        })
    }

    fn telemetry(&self, reader: &mut Reader, is_terminal: bool) -> telemetry::Settings {
        let metrics = match self.metrics.as_deref() {
            None | Some("off") => false,
            Some("emf") => true,
            Some(other) => {
                reader.wrong("metrics", format!("{other:?}: expected emf or off"));
                false
            }
        };
        let format = match &self.log_format {
            None if is_terminal && !metrics => LogFormat::Pretty,
            None => LogFormat::Json,
            Some(format) => reader.read("log-format", format, LogFormat::Json, |text| {
                LogFormat::parse(text).ok_or_else(|| "expected json or pretty".to_owned())
            }),
        };
        if metrics && format == LogFormat::Pretty {
            reader.wrong("metrics", "emf needs --log-format json");
        }
        let requests = self.request_metrics.as_deref();
        let requests = parts::request_metrics(reader, settings::REQUEST_METRICS, requests);
        let stage = self.stage.as_deref().unwrap_or("local");
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !(1..=64).contains(&stage.len()) || !stage.chars().all(allowed) {
            reader.wrong(
                "stage",
                format!("{stage:?}: expected 1 to 64 of a-z A-Z 0-9 -"),
            );
        }
        let daemon = self.xray_daemon.as_deref().filter(|text| !text.is_empty());
        telemetry::Settings {
            format,
            color: is_terminal && takes_color(),
            filter: parts::log_filter(reader, self.log_filter.as_deref()),
            metrics: metrics.then(|| Emf {
                stage: stage.to_owned(),
                requests,
            }),
            function: None,
            prometheus: self.metrics_listen.as_ref().map(|_| crate::app::counted()),
            otlp: false,
            daemon: daemon.and_then(|text| {
                reader.read("xray-daemon", text, None, |text| {
                    let address = telemetry::daemon_address(text).ok_or_else(|| {
                        "expected an address and a port, such as 127.0.0.1:2000".to_owned()
                    })?;
                    Ok(Some(address))
                })
            }),
        }
    }

    fn data(&self, reader: &mut Reader) -> DataStore {
        if self.demo_vendors && !self.in_memory && self.place.folder.data_dir.is_none() {
            return DataStore::Folder(DEMO_FOLDER.into());
        }
        if !self.in_memory {
            return DataStore::Folder(self.place.folder.read(reader));
        }
        if self.place.folder.data_dir.is_some() {
            reader.wrong("in-memory", "cannot be combined with --data-dir");
        }
        DataStore::Memory
    }
}

/// An address and a port.
fn address(text: &str, such_as: &str) -> Result<SocketAddr, String> {
    // The one name that every machine knows.
    let text = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    let wrong = |_| format!("expected an address and a port, such as {such_as}");
    text.parse().map_err(wrong)
}

/// What the systems on this machine are for: nothing real is told to them, and nobody else reaches them.
fn check_demo(reader: &mut Reader, config: &Config) {
    let mut wrong = |problem: &str| reader.wrong("demo-vendors", problem);
    if config.table != TableBackend::Embedded {
        wrong("works on the embedded table alone: leave out --table");
    }
    if config.vendors.is_some() {
        wrong(
            "brings its own settings of the other systems: leave out --vendors, --vendors-file and --vendors-arn",
        );
    }
    if !config.listen.ip().is_loopback() {
        wrong("is for this machine alone: --listen on a loopback address, such as 127.0.0.1:8080");
    }
    if !config.jobs {
        wrong("needs --jobs on, which keep tasks in sync");
    }
}

/// Whether something that is on by itself is to be on.
fn is_on(reader: &mut Reader, flag: &'static str, text: Option<&str>) -> bool {
    reader.read(flag, text.unwrap_or("on"), true, |text| match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("expected on or off".to_owned()),
    })
}

/// Networks, or single addresses.
fn networks(reader: &mut Reader, flag: &'static str, texts: &[String]) -> Vec<IpNet> {
    let texts = texts.iter().map(|text| text.trim());
    let mut networks = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        networks.extend(reader.read(flag, text, None, |text| {
            let network = text.parse::<IpNet>();
            let network = network.or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            let network = network.map_err(|_| {
                format!("{text:?}: expected a network or an address, such as 10.0.0.0/8")
            })?;
            Ok(Some(network))
        }));
    }
    networks
}

/// As <https://no-color.org> has it.
fn takes_color() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Where the keys are, and the settings of other systems.
fn secrets_of(
    reader: &mut Reader,
    signing_keys: SaidOfSecret,
    secret: SaidOfSecret,
    vendors: SaidOfSecret,
) -> (KeySources, Option<SecretSource>) {
    let read = SigningKeys::from_pem;
    let keys = KeySources {
        signing_keys: parts::secret_source(reader, parts::SIGNING_KEYS, signing_keys, read),
        secret: parts::secret_source(reader, parts::SECRET, secret, Secret::from_lines),
        ..KeySources::default()
    };
    let vendors = parts::secret_source(reader, parts::VENDORS, vendors, vendors::check);
    let mut first = None;
    for (flag, source) in [
        (parts::SIGNING_KEYS.arn, &keys.signing_keys),
        (parts::SECRET.arn, &keys.secret),
        (parts::VENDORS.arn, &vendors),
    ] {
        let Some(SecretSource::Kept(arn)) = source else {
            continue;
        };
        match (secrets::region_of(arn), first) {
            (None, _) => {
                let expected = "expected arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME";
                reader.wrong(flag, format!("{arn:?}: {expected}"));
            }
            (Some(region), None) => first = Some((region, flag)),
            (Some(region), Some((expected, other))) if region != expected => {
                reader.wrong(flag, format!("must be in {expected}, as {other} is"));
            }
            _ => {}
        }
    }
    (keys, vendors)
}

impl FolderArgs {
    /// The folder. Whether it is there is not looked at.
    ///
    /// # Errors
    ///
    /// It has no name.
    pub fn validate(&self) -> Result<PathBuf, ConfigErrors> {
        let mut reader = Reader::default();
        let folder = self.read(&mut reader);
        reader.finish(folder)
    }

    fn read(&self, reader: &mut Reader) -> PathBuf {
        let folder = self.data_dir.as_deref().unwrap_or(".civicforge");
        if folder.is_empty() {
            reader.wrong("data-dir", "must not be empty");
        }
        folder.into()
    }
}

impl StorageArgs {
    /// Checks everything. Reads nothing.
    pub fn validate(&self) -> Result<(PathBuf, TableBackend), ConfigErrors> {
        let mut reader = Reader::default();
        let place = (self.folder.read(&mut reader), self.table(&mut reader));
        reader.finish(place)
    }

    fn table(&self, reader: &mut Reader) -> TableBackend {
        let endpoint = self.dynamodb_endpoint.as_deref();
        let endpoint = endpoint.and_then(|url| reader.url("dynamodb-endpoint", url));
        let Some(table) = &self.table else {
            if self.dynamodb_endpoint.is_some() {
                reader.wrong("dynamodb-endpoint", "needs --table");
            }
            if self.region.is_some() {
                reader.wrong("region", "needs --table");
            }
            return TableBackend::Embedded;
        };
        parts::check_table_name(reader, table);
        TableBackend::DynamoDb {
            table: table.clone(),
            region: self.region.clone().filter(|region| !region.is_empty()),
            endpoint,
        }
    }
}
