//! Secrets that somebody else keeps: AWS Secrets Manager, or something that speaks its protocol.

use std::time::Duration;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::Builder;
use aws_sdk_secretsmanager::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_types::SdkConfig;

use crate::aws::Limits;
use crate::secret_text::SecretText;
use crate::telemetry::TraceInterceptor;

/// How long reading a secret may take: a function is not ready before.
pub const LIMITS: Limits = Limits {
    connect: Duration::from_secs(1),
    attempt: Duration::from_secs(2),
    operation: Duration::from_secs(5),
    attempts: 3,
    backoff: Duration::from_millis(50),
};

/// The region of a secret, as its ARN says: `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME`.
#[cfg(feature = "server")]
pub fn region_of(arn: &str) -> Option<&str> {
    let parts: Vec<_> = arn.splitn(7, ':').collect();
    match parts[..] {
        ["arn", _, "secretsmanager", region, _, "secret", name] => {
            (!region.is_empty() && !name.is_empty()).then_some(region)
        }
        _ => None,
    }
}

/// The way to the secrets.
#[derive(Debug, Clone)]
pub struct Secrets(Client);

/// Why a secret cannot be read. It names the secret, and never repeats it.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The service refuses, or has no such secret: somebody must mend it.
    #[error("the secret {arn} cannot be read: {reason}")]
    Refused {
        /// Which.
        arn: String,
        /// What the service says.
        reason: String,
    },
    /// The service cannot be reached, or fails.
    #[error("the secret {arn} cannot be reached: {reason}")]
    Unreachable {
        /// Which.
        arn: String,
        /// What happened.
        reason: String,
    },
    /// The secret is bytes, not a text.
    #[error("the secret {arn} is not a text")]
    NotText {
        /// Which.
        arn: String,
    },
}

impl Secrets {
    /// The secrets that are kept there.
    pub fn new(config: &SdkConfig) -> Self {
        let config = Builder::from(config).interceptor(TraceInterceptor::of("SecretsManager"));
        Self(Client::from_conf(config.build()))
    }

    /// Reads the current version of a secret.
    pub async fn read(&self, arn: &str) -> Result<SecretText, SecretsError> {
        let answer = self.0.get_secret_value().secret_id(arn).send().await;
        let answer = answer.map_err(|error| {
            let refused = error
                .raw_response()
                .is_some_and(|response| response.status().is_client_error());
            let arn = arn.to_owned();
            match error.code() {
                Some(code) if refused => SecretsError::Refused {
                    arn,
                    reason: format!("{code}: {}", error.message().unwrap_or("without a reason")),
                },
                _ => SecretsError::Unreachable {
                    arn,
                    reason: DisplayErrorContext(&error).to_string(),
                },
            }
        })?;
        let text = answer.secret_string.map(SecretText::new);
        text.ok_or_else(|| SecretsError::NotText {
            arn: arn.to_owned(),
        })
    }
}
