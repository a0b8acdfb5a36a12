//! A function as somebody writes it on `lambda_http` and axum who knows the table well, for `measure`: the operations of the
//! load test, on the same table, tokens and log as the program of the functions.

#[path = "../../../handlers/benches/load/by_hand.rs"]
mod by_hand;

use std::sync::Arc;

use civicforge_handlers::app::{CivicForge, Parts};
use civicforge_handlers::auth::access_token::TokenNames;
use civicforge_handlers::auth::jwks_cache::JwksPolicy;
use civicforge_handlers::auth::lifetimes::TokenLifetimes;
use civicforge_handlers::auth::password::{PasswordCost, Passwords};
use civicforge_handlers::health::{ExpectedKeys, ReadinessChecks};
use civicforge_handlers::sync::vendors::Vendors;
use civicforge_kernel::aws::{self, Endpoint, Limits, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::public::PublicKeys;
use civicforge_kernel::keys::secret::Secret;
use civicforge_kernel::keys::{CurrentKeys, Keys};
use civicforge_kernel::table::{CurrentShards, Freshness, Table};
use civicforge_kernel::telemetry::{self, Emf, RequestMetrics, Settings};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let metrics = Emf {
        stage: variable("CIVICFORGE_STAGE"),
        requests: RequestMetrics::None,
    };
    let _log = telemetry::init(&Settings::of_function("api", metrics, "info", None))?;
    let endpoint = variable("CIVICFORGE_DYNAMODB_ENDPOINT");
    let place = Endpoint {
        region: None,
        endpoint: match endpoint.as_str() {
            "" => None,
            url => Some(url.parse()?),
        },
    };
    let table = aws::connect(&place, Trust::Amazon, &Limits::default())?;
    let public_keys = Arc::new(PublicKeys::from_json(&variable("CIVICFORGE_PUBLIC_KEYS"))?);
    let secret = Secret::from_base64(&variable("CIVICFORGE_SECRET"))?;
    let table = Table::new(&table, variable("CIVICFORGE_TABLE"));
    let app = CivicForge::new(Parts {
        shards: CurrentShards::new(table.clone(), Freshness::default()),
        table,
        keys: CurrentKeys::new(Keys::new(None, public_keys, &[secret])),
        token_names: TokenNames {
            issuer: variable("CIVICFORGE_PUBLIC_URL"),
            audience: "civicforge".to_owned(),
        },
        trusted_issuers: Vec::new(),
        jwks: JwksPolicy::default(),
        passwords: Passwords::new(PasswordCost::OWASP, 1)?,
        token_lifetimes: TokenLifetimes::default(),
        failed_sign_ups: None,
        event_bus: None,
        vendors: Vendors::none(Clock::system()),
        mail: civicforge_handlers::mail::deliver::MailSettings::default(),
        media: civicforge_handlers::media::Media::default(),
        readiness: ReadinessChecks::of(ExpectedKeys {
            signing_keys: false,
            secret: true,
        }),
        clock: Clock::system(),
    });
    lambda_http::run(by_hand::router(Arc::new(app))).await
}
