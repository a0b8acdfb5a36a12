//! The servers that are measured, each a process.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use civicforge_handlers::app::{CivicForge, Parts};
use civicforge_handlers::auth::access_token::TokenNames;
use civicforge_handlers::auth::jwks_cache::JwksPolicy;
use civicforge_handlers::auth::lifetimes::TokenLifetimes;
use civicforge_handlers::auth::password::{PasswordCost, Passwords};
use civicforge_handlers::health::{ExpectedKeys, ReadinessChecks};
use civicforge_handlers::sync::vendors::Vendors;
use civicforge_kernel::aws::{self, Endpoint, Limits, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::folder;
use civicforge_kernel::keys::reload::KeyReloader;
use civicforge_kernel::keys::rotation::KeyKind;
use civicforge_kernel::keys::source::{KeySources, SecretSource};
use civicforge_kernel::table::{CurrentShards, Freshness, Table};
use civicforge_kernel::telemetry::{self, LogFormat, Settings};

use super::{Error, by_hand, free_port};

const ISSUER: &str = "https://civicforge.example";
const START: Duration = Duration::from_secs(30);

/// Where a server finds its table and its keys.
#[derive(clap::Args, Clone)]
pub struct Place {
    /// The table's name
    #[arg(long)]
    pub table: String,
    /// Where the table is served
    #[arg(long)]
    pub endpoint: String,
    /// The data folder, for the keys
    #[arg(long)]
    pub data: PathBuf,
}

/// A server that answers. It is killed when it is dropped.
pub struct Server {
    /// What it is called.
    pub name: &'static str,
    address: SocketAddr,
    process: Child,
}

impl Server {
    /// The server of this project.
    pub async fn ours(program: &Path, place: &Place) -> Result<Self, Error> {
        let address = free_port()?;
        let mut command = Command::new(program);
        command
            .args(["serve", "--jobs", "off", "--log-format", "json"])
            .args(["--listen", &address.to_string()])
            .args([
                "--table",
                &place.table,
                "--dynamodb-endpoint",
                &place.endpoint,
            ])
            .args(["--region", "local", "--token-issuer", ISSUER])
            .arg("--data-dir")
            .arg(&place.data);
        Self::start("the server", address, command).await
    }

    /// The same operations by hand on axum.
    pub async fn by_hand(place: &Place) -> Result<Self, Error> {
        let address = free_port()?;
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args([
                "by-hand",
                "--table",
                &place.table,
                "--endpoint",
                &place.endpoint,
            ])
            .arg("--data")
            .arg(&place.data)
            .env("PEER_LISTEN", address.to_string());
        Self::start("axum", address, command).await
    }

    /// The same operations on FastAPI.
    pub async fn fast_api(python: &Path, folder: &Path, place: &Place) -> Result<Self, Error> {
        let address = free_port()?;
        let jwks = place.data.join("jwks.json");
        let pem = fs::read_to_string(folder::file(&place.data, KeyKind::SigningKeys))?;
        let keys = civicforge_kernel::keys::signing::SigningKeys::from_pem(&pem)?;
        fs::write(&jwks, serde_json::to_vec(keys.public().jwks())?)?;
        let mut command = Command::new(python);
        command
            .args(["-m", "uvicorn", "application:app", "--no-access-log"])
            .args(["--host", "127.0.0.1", "--port", &address.port().to_string()])
            .arg("--app-dir")
            .arg(folder)
            .env("PEER_TABLE", &place.table)
            .env("PEER_ENDPOINT", &place.endpoint)
            .env("PEER_ISSUER", ISSUER)
            .env("PEER_JWKS", format!("file://{}", jwks.display()))
            .env("AWS_DEFAULT_REGION", "local");
        Self::start("FastAPI", address, command).await
    }

    async fn start(
        name: &'static str,
        address: SocketAddr,
        mut command: Command,
    ) -> Result<Self, Error> {
        let log = std::env::temp_dir().join(format!("peers-{}.log", address.port()));
        let process = command
            .env("AWS_ACCESS_KEY_ID", "local")
            .env("AWS_SECRET_ACCESS_KEY", "local")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?)
            .spawn()
            .map_err(|error| format!("{name} cannot be started: {error}"))?;
        let mut server = Self {
            name,
            address,
            process,
        };
        let client = super::client()?;
        let started = Instant::now();
        loop {
            if let Ok(response) = client.get(server.url("/health")).send().await
                && response.status().is_success()
            {
                // It holds its log open.
                let _ = fs::remove_file(&log);
                return Ok(server);
            }
            if server.process.try_wait()?.is_some() || started.elapsed() > START {
                let log = fs::read_to_string(&log)?;
                return Err(format!("{name} has not started:\n{log}").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Where a path of it is.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The processor time that it has used so far, in seconds.
    pub fn processor_seconds(&self) -> Result<f64, Error> {
        // proc(5): the 14th and 15th field are the ticks in user and in kernel mode, and a tick is a hundredth of a second.
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let (_, rest) = stat.rsplit_once(')').ok_or("a process without a name")?;
        let ticks = rest.split_whitespace().skip(11).take(2);
        let ticks: Result<Vec<f64>, _> = ticks.map(str::parse).collect();
        Ok(ticks?.iter().sum::<f64>() / 100.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves by hand on axum, until it is killed.
pub async fn by_hand(place: Place) -> Result<(), Error> {
    let _log = telemetry::init(&Settings::lines(LogFormat::Json, "info"))?;
    let endpoint = Endpoint {
        region: Some("local".to_owned()),
        endpoint: Some(place.endpoint.parse()?),
    };
    let config = aws::connect(&endpoint, Trust::System, &Limits::default())?;
    let table = Table::new(&config, place.table);
    let outbox = table.check_schema().await?;
    let table = table.with_outbox(outbox);
    let file = |kind| Some(SecretSource::File(folder::file(&place.data, kind)));
    let sources = KeySources {
        signing_keys: file(KeyKind::SigningKeys),
        secret: file(KeyKind::Secret),
        ..KeySources::default()
    };
    let keys = KeyReloader::open(sources, None).await?;
    let app = CivicForge::new(Parts {
        shards: CurrentShards::new(table.clone(), Freshness::default()),
        table,
        keys: keys.current().clone(),
        token_names: TokenNames {
            issuer: ISSUER.to_owned(),
            audience: "civicforge".to_owned(),
        },
        trusted_issuers: Vec::new(),
        jwks: JwksPolicy::default(),
        passwords: Passwords::new(PasswordCost::OWASP, 1)?,
        token_lifetimes: TokenLifetimes::default(),
        failed_sign_ups: None,
        event_bus: None,
        vendors: Vendors::none(Clock::system()),
        readiness: ReadinessChecks::of(ExpectedKeys::ALL),
        clock: Clock::system(),
    });
    let listener = tokio::net::TcpListener::bind(std::env::var("PEER_LISTEN")?).await?;
    Ok(axum::serve(listener, by_hand::router(app.into())).await?)
}
