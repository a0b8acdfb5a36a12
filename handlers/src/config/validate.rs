//! From what was typed to a [`Config`].

use std::io::IsTerminal;
use std::net::{Ipv4Addr, SocketAddr};

use url::{Host, Url};

use super::read::{ConfigErrors, Reader, web_url};
use super::{Config, CorsOrigins, DataPlace, SecretText, ServeArgs, TablePlace};
use crate::auth::access_token::TokenNames;
use crate::auth::issuers::TrustedIssuer;
use crate::auth::keys::SigningKeys;
use crate::auth::password::PasswordCost;
use crate::auth::secret::Secret;
use crate::telemetry::{self, LogFormat};

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

impl ServeArgs {
    /// Checks everything. Reads nothing but `AWS_REGION`, and whether the output is a terminal.
    pub fn validate(self) -> Result<Config, ConfigErrors> {
        let aws_region = std::env::var("AWS_REGION").ok();
        self.validate_in(aws_region.as_deref(), std::io::stdout().is_terminal())
    }

    pub(super) fn validate_in(
        self,
        aws_region: Option<&str>,
        is_terminal: bool,
    ) -> Result<Config, ConfigErrors> {
        let mut reader = Reader::default();
        let text =
            |value: &Option<String>, default: &str| value.as_deref().unwrap_or(default).to_owned();

        let listen = reader.read(
            "listen",
            &text(&self.listen, "127.0.0.1:8080"),
            DEFAULT_LISTEN,
            |text| {
                text.parse().map_err(|_| {
                    "expected an address and a port, such as 127.0.0.1:8080".to_owned()
                })
            },
        );
        let public_url = text(&self.public_url, &format!("http://{listen}"));
        let public_url = reader.read("public-url", &public_url, String::new(), |text| {
            web_url(text).map(|url| url.as_str().trim_end_matches('/').to_owned())
        });
        let issuer = text(&self.token_issuer, &public_url);
        let audience = text(&self.token_audience, "civicforge");
        if self.token_issuer.is_some() && issuer.trim().is_empty() {
            reader.wrong("token-issuer", "must not be empty");
        }
        if audience.trim().is_empty() {
            reader.wrong("token-audience", "must not be empty");
        }
        let trusted_issuers = self.trusted_issuers(&mut reader, &issuer);
        let config = Config {
            listen,
            data: self.data(&mut reader),
            table: self.table(&mut reader, aws_region),
            cors: self.cors(&mut reader),
            log_format: match &self.log_format {
                None if is_terminal => LogFormat::Pretty,
                None => LogFormat::Json,
                Some(format) => reader.read("log-format", format, LogFormat::Json, |text| {
                    LogFormat::parse(text).ok_or_else(|| "expected json or pretty".to_owned())
                }),
            },
            log_filter: {
                let filter = text(&self.log_filter, "info");
                reader.read("log-filter", &filter, String::new(), |text| {
                    telemetry::check_filter(text).map(|()| text.to_owned())
                })
            },
            max_body_bytes: {
                let bytes = text(&self.max_body_bytes, "1048576");
                reader.number("max-body-bytes", &bytes, 1024..=64 * 1024 * 1024)
            },
            request_timeout: reader
                .duration("request-timeout", &text(&self.request_timeout, "30s")),
            shutdown_grace: reader.duration("shutdown-grace", &text(&self.shutdown_grace, "30s")),
            public_url,
            token_names: TokenNames { issuer, audience },
            trusted_issuers,
            password_cost: PasswordCost {
                memory_kib: {
                    let memory = text(&self.password_memory_kib, "19456");
                    reader.number("password-memory-kib", &memory, 8..=1024 * 1024)
                },
                passes: {
                    let passes = text(&self.password_passes, "2");
                    reader.number("password-passes", &passes, 1..=32)
                },
                lanes: 1,
            },
            password_concurrency: match &self.password_concurrency {
                Some(number) => reader.number("password-concurrency", number, 1..=256),
                None => std::thread::available_parallelism().map_or(1, usize::from),
            },
            // These two are read to be checked here, so that a mistake is found with the others. Their
            // errors do not repeat them.
            signing_keys: self
                .signing_keys
                .filter(|keys| !keys.is_empty())
                .map(|keys| {
                    if let Err(error) = SigningKeys::from_pem(&keys) {
                        reader.wrong("signing-keys", error.to_string());
                    }
                    SecretText::new(keys)
                }),
            secret: self
                .secret
                .filter(|secret| !secret.is_empty())
                .map(|secret| {
                    if let Err(error) = Secret::from_base64(&secret) {
                        reader.wrong("secret", error.to_string());
                    }
                    SecretText::new(secret)
                }),
        };
        reader.finish(config)
    }

    fn data(&self, reader: &mut Reader) -> DataPlace {
        match (&self.data_dir, self.in_memory) {
            (Some(_), true) => {
                reader.wrong("in-memory", "can not be combined with --data-dir");
                DataPlace::Memory
            }
            (None, true) => DataPlace::Memory,
            (folder, false) => {
                let folder = folder.as_deref().unwrap_or(".civicforge");
                if folder.is_empty() {
                    reader.wrong("data-dir", "must not be empty");
                }
                DataPlace::Folder(folder.into())
            }
        }
    }

    fn table(&self, reader: &mut Reader, aws_region: Option<&str>) -> TablePlace {
        let endpoint = self.dynamodb_endpoint.as_deref();
        let endpoint = endpoint.and_then(|url| reader.url("dynamodb-endpoint", url));
        let Some(table) = &self.table else {
            if self.dynamodb_endpoint.is_some() {
                reader.wrong("dynamodb-endpoint", "needs --table");
            }
            if self.region.is_some() {
                reader.wrong("region", "needs --table");
            }
            return TablePlace::Embedded;
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        if !(3..=255).contains(&table.len()) || !table.chars().all(allowed) {
            reader.wrong(
                "table",
                format!("{table:?}: expected 3 to 255 of a-z A-Z 0-9 _ - ."),
            );
        }
        let region = self.region.as_deref().or(aws_region).unwrap_or_default();
        if region.is_empty() {
            reader.wrong("region", "is needed with --table, unless AWS_REGION is set");
        }
        TablePlace::DynamoDb {
            table: table.clone(),
            region: region.to_owned(),
            endpoint,
        }
    }

    fn cors(&self, reader: &mut Reader) -> CorsOrigins {
        let mut origins = Vec::new();
        let mut any = false;
        for text in self
            .cors_origin
            .iter()
            .filter(|text| !text.trim().is_empty())
        {
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
            reader.wrong("cors-origin", "'*' can not be combined with other origins");
        }
        if any {
            CorsOrigins::Any
        } else {
            CorsOrigins::List(origins)
        }
    }

    fn trusted_issuers(&self, reader: &mut Reader, own: &str) -> Vec<TrustedIssuer> {
        let mut issuers: Vec<TrustedIssuer> = Vec::new();
        for text in self
            .trusted_issuer
            .iter()
            .filter(|text| !text.trim().is_empty())
        {
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
    for part in parts {
        match part.split_once('=') {
            Some(("jwks", url)) => jwks_url = Some(web_url(url)?),
            Some(("audience", name)) => audiences.push(name.to_owned()),
            Some(("roles", claim)) => roles_claim = Some(claim.to_owned()),
            _ => return Err(format!("{part:?}: expected jwks=, audience= or roles=")),
        }
    }
    Ok(vec![TrustedIssuer {
        issuer,
        jwks_url: jwks_url.ok_or("expected jwks=URL")?,
        audiences,
        roles_claim: roles_claim.unwrap_or_else(TrustedIssuer::default_roles_claim),
    }])
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
