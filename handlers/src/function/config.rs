//! The configuration of a function: variables, as the template sets them.
//!
//! What is the server's too is read by the same code ([`crate::config`]). Everything that is missing or wrong is said at once,
//! because each attempt of whoever deploys it costs minutes.

use std::fmt;
use std::time::Duration;

use civicforge_kernel::aws::Credentials;
use civicforge_kernel::keys::edge::EdgeKeys;
use civicforge_kernel::keys::public::PublicKeys;
use civicforge_kernel::keys::secret::Secret;
use civicforge_kernel::keys::signing::SigningKeys;
use civicforge_kernel::keys::source::{KeySources, SecretSource};
use civicforge_kernel::telemetry::RequestMetrics;
use lettre::message::Mailbox;
use url::Url;

use crate::app;
use crate::auth::access_token::TokenNames;
use crate::auth::issuers::TrustedIssuer;
use crate::auth::lifetimes::TokenLifetimes;
use crate::auth::password::PasswordCost;
use crate::auth::sign_up;
use crate::config::read::{ConfigError, Reader};
use crate::config::{CorsOrigins, parts, settings};
use crate::functions;
use crate::sync::vendors;

/// A function, as `sam/functions.yaml` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// What it is called.
    pub name: &'static str,
    /// The program that it runs: one of `src/bin`.
    pub program: &'static str,
    /// The operations that it serves.
    pub operations: &'static [&'static str],
    /// The secrets that it reads when it needs them. It may read no others, so handlers that ask for another have nothing to work
    /// with.
    pub secrets: &'static [SecretName],
}

impl Function {
    /// The one of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        functions::FUNCTIONS.iter().find(|one| one.name == name)
    }

    /// The one that serves this operation.
    pub fn serving(operation: &str) -> Option<&'static Self> {
        let mut all = functions::FUNCTIONS.iter();
        all.find(|function| function.operations.contains(&operation))
    }

    /// Whether it answers requests.
    pub fn is_http(&self) -> bool {
        !self.operations.is_empty()
    }

    /// What it does.
    fn role(&self) -> Role {
        match self.is_http() {
            true => Role::Http(self.operations),
            false => Role::Event(self.name),
        }
    }
}

/// What a secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretName {
    /// The private keys that sign access tokens.
    SigningKeys,
    /// The public halves of those keys.
    PublicKeys,
    /// What authenticates page tokens and fingerprints.
    Secret,
    /// What the distribution in front of the API shows.
    EdgeKeys,
    /// The settings of other systems.
    Vendors,
}

/// What a function does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Serves these operations.
    Http(&'static [&'static str]),
    /// Handles the events of the function of this name.
    Event(&'static str),
}

/// A configuration in which everything is checked.
#[derive(Debug)]
pub struct FunctionConfig {
    /// What it is called.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// Which deployment it belongs to, such as `prod`.
    pub stage: String,
    /// The table's name.
    pub table: String,
    /// The region.
    pub region: String,
    /// Who it is to AWS.
    pub credentials: Credentials,
    /// Another endpoint of the table than the region's own.
    pub endpoint: Option<Url>,
    /// Another endpoint of Secrets Manager than the region's own.
    pub secrets_endpoint: Option<Url>,
    /// Which web pages may call the API.
    pub cors: CorsOrigins,
    /// Which log lines are written.
    pub log_filter: String,
    /// Which metrics the access log has.
    pub request_metrics: RequestMetrics,
    /// The most bytes of a request's body.
    pub max_body_bytes: usize,
    /// How long a request may take, where the function's own time is not shorter.
    pub request_timeout: Duration,
    /// The `iss` and `aud` of our own tokens.
    pub token_names: TokenNames,
    /// How long our own tokens are good for.
    pub token_lifetimes: TokenLifetimes,
    /// Whose tokens are accepted besides our own.
    pub trusted_issuers: Vec<TrustedIssuer>,
    /// What hashing a password costs.
    pub password_cost: PasswordCost,
    /// Where its keys are.
    pub keys: KeySources,
    /// Where the settings of other systems are.
    pub vendors: Option<SecretSource>,
    /// The bus that events are published on.
    pub event_bus: Option<String>,
    /// Another endpoint of EventBridge than the region's own.
    pub events_endpoint: Option<Url>,
    /// Who mails are from. Without it none are sent.
    pub mail_from: Option<Mailbox>,
    /// Where the frontend is that links lead to, without a slash at the end.
    pub app_url: Option<String>,
    /// Where this API is, without a slash at the end; empty where the function does not need it.
    pub public_url: String,
    /// Another endpoint of Amazon SES than the region's own.
    pub ses_endpoint: Option<Url>,
    /// What says in Amazon SES where bounces and complaints go.
    pub ses_configuration_set: Option<String>,
    /// The bucket that members upload files to.
    pub uploads_bucket: Option<String>,
    /// The bucket of images that everybody may see.
    pub images_bucket: Option<String>,
    /// The bucket of copies of everything about a member.
    pub exports_bucket: Option<String>,
    /// Another endpoint of S3 than the region's own.
    pub s3_endpoint: Option<Url>,
    /// The queue for sign-ups that failed.
    pub failed_sign_ups: Option<Url>,
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionConfigError {
    /// The variables that are not set.
    pub missing: Vec<&'static str>,
    /// Those that cannot be used.
    pub wrong: Vec<ConfigError>,
}

impl fmt::Display for FunctionConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the function's variables cannot be used:")?;
        let mut separator = " ";
        if !self.missing.is_empty() {
            write!(f, " not set: {}", self.missing.join(", "))?;
            separator = "; ";
        }
        for mistake in &self.wrong {
            write!(f, "{separator}{}: {}", mistake.variable(), mistake.message)?;
            separator = "; ";
        }
        Ok(())
    }
}

impl std::error::Error for FunctionConfigError {}

/// The variables, and what was found to be wrong with them.
struct Variables<G> {
    get: G,
    reader: Reader,
    missing: Vec<&'static str>,
}

impl<G: Fn(&str) -> Option<String>> Variables<G> {
    /// One that may be absent. An empty one is: templates set variables that do not apply to nothing.
    fn given(&self, name: &str) -> Option<String> {
        (self.get)(name).filter(|value| !value.is_empty())
    }

    fn needed(&mut self, name: &'static str) -> String {
        self.given(name).unwrap_or_else(|| {
            self.missing.push(name);
            String::new()
        })
    }

    fn secret<T, E: fmt::Display>(
        &mut self,
        flags: parts::SecretFlags,
        (name, arn): (&'static str, &'static str),
        is_granted: bool,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<SecretSource> {
        let said = parts::SaidOfSecret {
            text: self.given(name),
            file: None,
            arn: self.given(arn),
        };
        let source = parts::secret_source(&mut self.reader, flags, said, read);
        if source.is_none() && is_granted {
            self.missing.push(arn);
        }
        source
    }
}

impl FunctionConfig {
    /// The configuration in these variables. `host` are those that the host should have set, and has not.
    pub fn read(
        get: impl Fn(&str) -> Option<String>,
        host: Vec<&'static str>,
    ) -> Result<Self, FunctionConfigError> {
        let mut variables = Variables {
            get,
            reader: Reader::default(),
            missing: host,
        };
        let config = Self::read_all(&mut variables);
        match (variables.missing, variables.reader.into_mistakes(), config) {
            (missing, wrong, Some(config)) if missing.is_empty() && wrong.is_empty() => Ok(config),
            (missing, wrong, _) => Err(FunctionConfigError { missing, wrong }),
        }
    }

    fn read_all<G: Fn(&str) -> Option<String>>(from: &mut Variables<G>) -> Option<Self> {
        let name = from.needed("CIVICFORGE_FUNCTION");
        let function = Function::named(&name);
        if function.is_none() && !name.is_empty() {
            let all: Vec<_> = functions::FUNCTIONS.iter().map(|one| one.name).collect();
            let message = format!("{name:?} is none of {}", all.join(", "));
            from.reader.wrong("function", message);
        }
        let role = function.map(Function::role);
        let is_http = function.is_some_and(Function::is_http);
        let is_granted =
            |secret| function.is_some_and(|function| function.secrets.contains(&secret));
        let credentials = Credentials::new(
            from.needed("AWS_ACCESS_KEY_ID"),
            from.needed("AWS_SECRET_ACCESS_KEY"),
            from.given("AWS_SESSION_TOKEN"),
            None,
            "environment",
        );
        let stage = from.needed("CIVICFORGE_STAGE");
        let region = from.needed("AWS_REGION");
        let table = from.needed(settings::TABLE.variable);
        if !table.is_empty() {
            parts::check_table_name(&mut from.reader, &table);
        }
        let endpoint = from.given(settings::DYNAMODB_ENDPOINT.variable);
        let endpoint =
            endpoint.and_then(|url| from.reader.url(settings::DYNAMODB_ENDPOINT.flag, &url));
        let secrets_endpoint = from.given(settings::SECRETS_ENDPOINT.variable);
        let secrets_endpoint =
            secrets_endpoint.and_then(|url| from.reader.url(settings::SECRETS_ENDPOINT.flag, &url));
        let event_bus = from.given(settings::EVENT_BUS.variable);
        let event_bus = parts::event_bus(&mut from.reader, event_bus.as_deref());
        let events_endpoint = from.given(settings::EVENTS_ENDPOINT.variable);
        let events_endpoint =
            events_endpoint.and_then(|url| from.reader.url(settings::EVENTS_ENDPOINT.flag, &url));
        let public_url = match is_http || name == app::MAILS {
            true => from.needed(settings::PUBLIC_URL.variable),
            false => String::new(),
        };
        let mail_from = from.given(settings::MAIL_FROM.variable);
        let mail_from = parts::mail_from(&mut from.reader, mail_from.as_deref());
        let app_url = from.given(settings::APP_URL.variable);
        let app_url = parts::app_url(&mut from.reader, app_url.as_deref());
        let ses_endpoint = from.given(settings::SES_ENDPOINT.variable);
        let ses_endpoint =
            ses_endpoint.and_then(|url| from.reader.url(settings::SES_ENDPOINT.flag, &url));
        let public_url = match public_url.as_str() {
            "" => public_url,
            url => parts::public_url(&mut from.reader, url),
        };
        let s3_endpoint = from.given(settings::S3_ENDPOINT.variable);
        let s3_endpoint =
            s3_endpoint.and_then(|url| from.reader.url(settings::S3_ENDPOINT.flag, &url));
        let failed_sign_ups = match role {
            Some(Role::Event(sign_up::FUNCTION)) => from.needed("CIVICFORGE_USER_DLQ_URL"),
            _ => String::new(),
        };
        let signing_keys = from.secret(
            parts::SIGNING_KEYS,
            ("CIVICFORGE_SIGNING_KEYS", "CIVICFORGE_SIGNING_KEYS_ARN"),
            is_granted(SecretName::SigningKeys),
            SigningKeys::from_pem,
        );
        let public_keys = from.secret(
            parts::PUBLIC_KEYS,
            ("CIVICFORGE_PUBLIC_KEYS", "CIVICFORGE_PUBLIC_KEYS_ARN"),
            is_granted(SecretName::PublicKeys),
            PublicKeys::from_json,
        );
        let secret = from.secret(
            parts::SECRET,
            ("CIVICFORGE_SECRET", "CIVICFORGE_SECRET_ARN"),
            is_granted(SecretName::Secret),
            Secret::from_lines,
        );
        let edge_keys = from.secret(
            parts::EDGE_KEYS,
            ("CIVICFORGE_EDGE_KEYS", "CIVICFORGE_EDGE_KEYS_ARN"),
            is_granted(SecretName::EdgeKeys),
            EdgeKeys::from_json,
        );
        let vendors = from.secret(
            parts::VENDORS,
            ("CIVICFORGE_VENDORS", "CIVICFORGE_VENDORS_ARN"),
            is_granted(SecretName::Vendors),
            vendors::check,
        );

        let texts = |name: &str| from.given(name);
        let uploads_bucket = texts(settings::UPLOADS_BUCKET.variable);
        let exports_bucket = texts(settings::EXPORTS_BUCKET.variable);
        let images_bucket = texts(settings::IMAGES_BUCKET.variable);
        let ses_configuration_set = texts(settings::SES_CONFIGURATION_SET.variable);
        let issuer = texts(settings::TOKEN_ISSUER.variable);
        let audience = texts(settings::TOKEN_AUDIENCE.variable);
        let trusted = Vec::from_iter(texts(settings::TRUSTED_ISSUER.variable));
        let origins = texts(settings::CORS_ORIGIN.variable).unwrap_or_default();
        let origins: Vec<_> = origins.split(',').map(str::to_owned).collect();
        let log_filter = texts(settings::LOG_FILTER.variable);
        let request_metrics = texts(settings::FUNCTION_REQUEST_METRICS.variable);
        let max_body_bytes = texts(settings::MAX_BODY_BYTES.variable);
        let request_timeout = texts(settings::FUNCTION_REQUEST_TIMEOUT.variable);
        let memory = texts(settings::PASSWORD_MEMORY_KIB.variable);
        let passes = texts(settings::PASSWORD_PASSES.variable);
        let access = texts(settings::ACCESS_TOKEN_LIFETIME.variable);
        let refresh = texts(settings::REFRESH_TOKEN_LIFETIME.variable);
        let reader = &mut from.reader;
        let token_lifetimes = parts::token_lifetimes(reader, access.as_deref(), refresh.as_deref());
        let token_names =
            parts::token_names(reader, issuer.as_deref(), &public_url, audience.as_deref());
        Some(Self {
            name,
            stage,
            table,
            region,
            credentials,
            endpoint,
            secrets_endpoint,
            cors: parts::cors_origins(reader, &origins),
            log_filter: parts::log_filter(reader, log_filter.as_deref()),
            request_metrics: parts::request_metrics(
                reader,
                settings::FUNCTION_REQUEST_METRICS,
                request_metrics.as_deref(),
            ),
            max_body_bytes: parts::max_body_bytes(reader, max_body_bytes.as_deref()),
            request_timeout: reader.duration(
                settings::FUNCTION_REQUEST_TIMEOUT.flag,
                settings::FUNCTION_REQUEST_TIMEOUT.or_default(request_timeout.as_deref()),
            ),
            trusted_issuers: parts::trusted_issuers(reader, &trusted, &token_names.issuer),
            token_names,
            token_lifetimes,
            password_cost: parts::password_cost(reader, memory.as_deref(), passes.as_deref()),
            keys: KeySources {
                signing_keys,
                public_keys,
                secret,
                edge_keys,
            },
            vendors,
            event_bus,
            events_endpoint,
            mail_from,
            app_url,
            public_url,
            ses_endpoint,
            ses_configuration_set,
            uploads_bucket,
            images_bucket,
            exports_bucket,
            s3_endpoint,
            failed_sign_ups: match failed_sign_ups.as_str() {
                "" => None,
                url => reader.url("user-dlq-url", url),
            },
            role: role?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<FunctionConfig, FunctionConfigError> {
        let variables: BTreeMap<_, _> = variables.iter().copied().collect();
        FunctionConfig::read(|name| variables.get(name).map(|v| (*v).to_owned()), vec![])
    }

    const COMMON: [(&str, &str); 5] = [
        ("CIVICFORGE_STAGE", "dev"),
        ("CIVICFORGE_TABLE", "civicforge-dev"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "key"),
    ];

    fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        [&COMMON[..], more].concat()
    }

    #[test]
    fn everything_that_is_missing_is_said_at_once() {
        let unusable = FunctionConfig::read(|_| None, vec!["AWS_LAMBDA_RUNTIME_API"]).unwrap_err();
        let all = "AWS_LAMBDA_RUNTIME_API, CIVICFORGE_FUNCTION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CIVICFORGE_STAGE, AWS_REGION, CIVICFORGE_TABLE";
        let text = format!("the function's variables cannot be used: not set: {all}");
        assert_eq!(unusable.to_string(), text);
    }

    #[test]
    fn each_function_asks_for_what_it_needs() {
        for (name, missing) in [
            (
                "api",
                &[
                    "CIVICFORGE_PUBLIC_URL",
                    "CIVICFORGE_PUBLIC_KEYS_ARN",
                    "CIVICFORGE_SECRET_ARN",
                ][..],
            ),
            (
                "auth",
                &[
                    "CIVICFORGE_PUBLIC_URL",
                    "CIVICFORGE_SIGNING_KEYS_ARN",
                    "CIVICFORGE_SECRET_ARN",
                ],
            ),
            (
                "users",
                &["CIVICFORGE_PUBLIC_URL", "CIVICFORGE_PUBLIC_KEYS_ARN"],
            ),
            ("createUser", &["CIVICFORGE_USER_DLQ_URL"]),
        ] {
            let unusable = read(&with(&[("CIVICFORGE_FUNCTION", name)])).unwrap_err();
            assert_eq!(unusable.missing, missing, "{name}");
            assert!(unusable.wrong.is_empty(), "{unusable}");
        }
        let config = read(&with(&[("CIVICFORGE_FUNCTION", "expireQuests")])).unwrap();
        assert_eq!(config.role, Role::Event("expireQuests"));
        assert_eq!((&*config.stage, &*config.table), ("dev", "civicforge-dev"));
    }

    #[test]
    fn every_function_of_the_list_can_be_one() {
        let known: Vec<_> = civicforge_api::OPERATIONS
            .iter()
            .map(|one| one.id)
            .collect();
        for function in functions::FUNCTIONS {
            for id in function.operations {
                assert!(known.contains(id), "{function:?}");
                assert_eq!(Function::serving(id), Some(function));
            }
        }
    }

    #[test]
    fn mistakes_name_their_variables_and_no_secrets() {
        let unusable = read(&with(&[
            ("CIVICFORGE_FUNCTION", "apy"),
            ("CIVICFORGE_TABLE", "a b"),
            ("CIVICFORGE_CORS_ORIGIN", "https://a.example/x"),
            ("CIVICFORGE_SECRET", "c2hvcnQ"),
            ("CIVICFORGE_ACCESS_TOKEN_LIFETIME", "2days"),
            ("CIVICFORGE_EVENT_BUS", "a bus"),
        ]))
        .unwrap_err();
        let text = unusable.to_string();
        for part in [
            "CIVICFORGE_FUNCTION: \"apy\" is none of api, users, userAdmin, auth, ",
            "CIVICFORGE_TABLE: \"a b\": expected 3 to 255",
            "CIVICFORGE_CORS_ORIGIN: ",
            "CIVICFORGE_SECRET: not 32 bytes in base64",
            "CIVICFORGE_ACCESS_TOKEN_LIFETIME: \"2days\": expected a duration from 1m to 1day",
            "CIVICFORGE_EVENT_BUS: \"a bus\": expected the name of a bus",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains("c2hvcnQ") && !text.contains("--"), "{text}");
    }
}
