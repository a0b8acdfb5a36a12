//! Settings that the server and a function have in common.

use std::time::Duration;

use chrono::TimeDelta;
use civicforge_api::types::UserRole;
use civicforge_kernel::destinations::event_bus;
use civicforge_kernel::keys::source::SecretSource;
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::telemetry::{self, RequestMetrics};
use lettre::message::Mailbox;
use url::{Host, Url};

use super::CorsOrigins;
use super::read::{Reader, variable, web_url};
use super::settings::{self, Setting};
use crate::auth::access_token::TokenNames;
use crate::auth::issuers::TrustedIssuer;
use crate::auth::lifetimes::TokenLifetimes;
use crate::auth::password::PasswordCost;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The URL under which clients reach the API, without a slash at the end.
pub(crate) fn public_url(reader: &mut Reader, text: &str) -> String {
    reader.read("public-url", text, String::new(), |text| {
        web_url(text).map(|url| url.as_str().trim_end_matches('/').to_owned())
    })
}

/// The URL of the frontend, without a slash at the end.
pub(crate) fn app_url(reader: &mut Reader, text: Option<&str>) -> Option<String> {
    let text = text.filter(|text| !text.is_empty())?;
    reader.read(settings::APP_URL.flag, text, None, |text| {
        let url = web_url(text)?;
        Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
    })
}

/// Who mails are from.
pub(crate) fn mail_from(reader: &mut Reader, text: Option<&str>) -> Option<Mailbox> {
    let text = text.filter(|text| !text.is_empty())?;
    reader.read(settings::MAIL_FROM.flag, text, None, |text| {
        let from = text.parse::<Mailbox>();
        from.map(Some).map_err(|_| {
            "expected an address, such as no-reply@example.org or 'CivicForge <no-reply@example.org>'"
                .to_owned()
        })
    })
}

/// The `iss` and `aud` of our own tokens.
pub(crate) fn token_names(
    reader: &mut Reader,
    issuer: Option<&str>,
    public_url: &str,
    audience: Option<&str>,
) -> TokenNames {
    if issuer.is_some_and(|issuer| issuer.trim().is_empty()) {
        reader.wrong("token-issuer", "must not be empty");
    }
    let issuer = issuer.unwrap_or(public_url);
    let audience = settings::TOKEN_AUDIENCE.or_default(audience);
    if audience.trim().is_empty() {
        reader.wrong("token-audience", "must not be empty");
    }
    TokenNames {
        issuer: issuer.to_owned(),
        audience: audience.to_owned(),
    }
}

/// A name that DynamoDB would take.
pub(crate) fn check_table_name(reader: &mut Reader, name: &str) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !(3..=255).contains(&name.len()) || !name.chars().all(allowed) {
        let message = format!("{name:?}: expected 3 to 255 of a-z A-Z 0-9 _ - .");
        reader.wrong("table", message);
    }
}

/// The name or the ARN of a bus of EventBridge.
pub(crate) fn event_bus(reader: &mut Reader, text: Option<&str>) -> Option<String> {
    let text = text.filter(|text| !text.is_empty())?;
    reader.read("event-bus", text, None, |text| {
        let name = match text.starts_with("arn:") {
            false => Some(text),
            true => event_bus::region_of(text)
                .and_then(|_| text.split_once(":event-bus/"))
                .map(|(_, name)| name),
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
        let is_name = |name: &str| (1..=256).contains(&name.len()) && name.chars().all(allowed);
        match name.is_some_and(is_name) {
            true => Ok(Some(text.to_owned())),
            false => Err(
                "expected the name of a bus, or arn:aws:events:REGION:ACCOUNT:event-bus/NAME"
                    .to_owned(),
            ),
        }
    })
}

/// Which log lines are written.
pub(crate) fn log_filter(reader: &mut Reader, text: Option<&str>) -> String {
    reader.read(
        "log-filter",
        settings::LOG_FILTER.or_default(text),
        String::new(),
        |text| telemetry::check_filter(text).map(|()| text.to_owned()),
    )
}

/// Which metrics the access log has.
pub(crate) fn request_metrics(
    reader: &mut Reader,
    setting: Setting,
    text: Option<&str>,
) -> RequestMetrics {
    let text = setting.or_default(text);
    reader.read(setting.flag, text, RequestMetrics::None, |text| {
        let read = RequestMetrics::parse(text);
        read.ok_or_else(|| "expected none, stage or operation".to_owned())
    })
}

/// How long our own tokens are good for.
pub(crate) fn token_lifetimes(
    reader: &mut Reader,
    access: Option<&str>,
    refresh: Option<&str>,
) -> TokenLifetimes {
    let mut read = |setting: Setting, text, range| {
        let time = reader.duration_in(setting.flag, setting.or_default(text), range);
        TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX)
    };
    // A role that was taken away, or a member who has logged out, goes on until the access token ends.
    let access = read(settings::ACCESS_TOKEN_LIFETIME, access, MINUTE..=DAY);
    let refresh = read(settings::REFRESH_TOKEN_LIFETIME, refresh, HOUR..=DAY * 90);
    if refresh < access {
        let flag = settings::REFRESH_TOKEN_LIFETIME.flag;
        let access = variable(settings::ACCESS_TOKEN_LIFETIME.flag);
        reader.wrong(flag, format!("must not be shorter than {access}"));
    }
    TokenLifetimes { access, refresh }
}

/// The most bytes of a request's body.
pub(crate) fn max_body_bytes(reader: &mut Reader, text: Option<&str>) -> usize {
    reader.number(
        "max-body-bytes",
        settings::MAX_BODY_BYTES.or_default(text),
        1024..=64 * 1024 * 1024,
    )
}

/// What hashing a password costs.
pub(crate) fn password_cost(
    reader: &mut Reader,
    memory_kib: Option<&str>,
    passes: Option<&str>,
) -> PasswordCost {
    let memory = settings::PASSWORD_MEMORY_KIB.or_default(memory_kib);
    PasswordCost {
        memory_kib: reader.number("password-memory-kib", memory, 8..=1024 * 1024),
        passes: reader.number(
            "password-passes",
            settings::PASSWORD_PASSES.or_default(passes),
            1..=32,
        ),
        lanes: 1,
    }
}

/// What the flags of one secret are called.
#[derive(Clone, Copy)]
pub(crate) struct SecretFlags {
    pub(crate) text: &'static str,
    pub(crate) file: &'static str,
    pub(crate) arn: &'static str,
}

pub(crate) const SIGNING_KEYS: SecretFlags = SecretFlags {
    text: "signing-keys",
    file: "signing-keys-file",
    arn: "signing-keys-arn",
};

#[cfg(feature = "lambda")]
pub(crate) const PUBLIC_KEYS: SecretFlags = SecretFlags {
    text: "public-keys",
    file: "public-keys-file",
    arn: "public-keys-arn",
};

#[cfg(feature = "lambda")]
pub(crate) const EDGE_KEYS: SecretFlags = SecretFlags {
    text: "edge-keys",
    file: "edge-keys-file",
    arn: "edge-keys-arn",
};

pub(crate) const SECRET: SecretFlags = SecretFlags {
    text: "secret",
    file: "secret-file",
    arn: "secret-arn",
};

pub(crate) const VENDORS: SecretFlags = SecretFlags {
    text: "vendors",
    file: "vendors-file",
    arn: "vendors-arn",
};

/// What was said of one secret.
#[derive(Default)]
pub(crate) struct SaidOfSecret {
    pub(crate) text: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) arn: Option<String>,
}

/// Where a secret is, if that is said. A text is read to be checked here, so that a mistake is found with the others; the error
/// does not repeat it.
pub(crate) fn secret_source<T, E: std::fmt::Display>(
    reader: &mut Reader,
    flags: SecretFlags,
    said: SaidOfSecret,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Option<SecretSource> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let text = given(said.text).map(|text| {
        if let Err(error) = read(&text) {
            reader.wrong(flags.text, error.to_string());
        }
        (flags.text, SecretSource::Given(SecretText::new(text)))
    });
    let file = given(said.file).map(|file| (flags.file, SecretSource::File(file.into())));
    let arn = given(said.arn).map(|arn| (flags.arn, SecretSource::Kept(arn)));
    let mut all = [text, file, arn].into_iter().flatten();
    let (first, source) = all.next()?;
    for (other, _) in all {
        let message = format!("cannot be set together with {}", variable(first));
        reader.wrong(other, message);
    }
    Some(source)
}

/// Which origins may call the API from a browser.
pub(crate) fn cors_origins(reader: &mut Reader, texts: &[String]) -> CorsOrigins {
    let mut origins = Vec::new();
    let mut any = false;
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        if text.trim() == "*" {
            any = true;
            continue;
        }
        origins.extend(reader.read("cors-origin", text, None, |text| {
            let origin = web_url(text)?.origin().ascii_serialization();
            // Browsers send no slash at the end, and origins are compared as texts.
            if text.trim_end_matches('/').eq_ignore_ascii_case(&origin) {
                Ok(Some(origin))
            } else {
                Err(format!("expected an origin, such as {origin}"))
            }
        }));
    }
    if any && !origins.is_empty() {
        reader.wrong("cors-origin", "'*' cannot be combined with other origins");
    }
    if any {
        CorsOrigins::Any
    } else {
        CorsOrigins::List(origins)
    }
}

/// The issuers whose tokens are accepted besides our own, which are of `own`.
pub(crate) fn trusted_issuers(
    reader: &mut Reader,
    texts: &[String],
    own: &str,
) -> Vec<TrustedIssuer> {
    let mut issuers: Vec<TrustedIssuer> = Vec::new();
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        let read = reader.read("trusted-issuer", text, Vec::new(), parse_issuers);
        for issuer in read {
            if let Err(message) = check_issuer(&issuer, own, &issuers) {
                reader.wrong("trusted-issuer", format!("{:?}: {message}", issuer.issuer));
            }
            issuers.push(issuer);
        }
    }
    issuers
}

/// One or several issuers, in JSON or in the compact form.
fn parse_issuers(text: &str) -> Result<Vec<TrustedIssuer>, String> {
    let json = |error: serde_json::Error| format!("not the JSON of an issuer: {error}");
    if text.starts_with('[') {
        return serde_json::from_str(text).map_err(json);
    }
    if text.starts_with('{') {
        return Ok(vec![serde_json::from_str(text).map_err(json)?]);
    }
    let mut parts = text.split(',').map(str::trim);
    let issuer = parts.next().unwrap_or_default().to_owned();
    let (mut jwks_url, mut audiences, mut roles_claim) = (None, Vec::new(), None);
    let mut roles = Vec::new();
    for part in parts {
        match part.split_once('=') {
            Some(("jwks", url)) => jwks_url = Some(web_url(url)?),
            Some(("audience", name)) => audiences.push(name.to_owned()),
            Some(("roles-claim", claim)) => roles_claim = Some(claim.to_owned()),
            Some(("role", name)) => roles.push(role(name)?),
            _ => {
                let expected = "expected jwks=, audience=, role= or roles-claim=";
                return Err(format!("{part:?}: {expected}"));
            }
        }
    }
    Ok(vec![TrustedIssuer {
        issuer,
        jwks_url: jwks_url.ok_or("expected jwks=URL")?,
        audiences,
        roles_claim: roles_claim.unwrap_or_else(TrustedIssuer::default_roles_claim),
        roles,
    }])
}

fn role(name: &str) -> Result<UserRole, String> {
    let unknown = |_| format!("{name:?} is no role");
    name.parse().map_err(unknown)
}

fn check_issuer(issuer: &TrustedIssuer, own: &str, others: &[TrustedIssuer]) -> Result<(), String> {
    web_url(&issuer.issuer)?;
    web_url(issuer.jwks_url.as_str())?;
    if issuer.jwks_url.scheme() == "http" && !is_loopback(&issuer.jwks_url) {
        return Err("its keys must be fetched over https, except from this machine".to_owned());
    }
    if issuer.audiences.is_empty() || issuer.audiences.iter().any(String::is_empty) {
        return Err("expected at least one audience".to_owned());
    }
    if issuer.roles.contains(&UserRole::Admin) {
        return Err("no token makes an admin; grant the role to the account".to_owned());
    }
    if issuer.issuer == own || others.iter().any(|other| other.issuer == issuer.issuer) {
        return Err("is an issuer already".to_owned());
    }
    Ok(())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
