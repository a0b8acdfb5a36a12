//! Where the texts of keys are, and reading them.

use std::fmt;
use std::path::PathBuf;

use super::KeyName;
use super::edge::EdgeKeyError;
use super::public::PublicKeyError;
use super::secret::SecretError;
use super::signing::KeyError;
use crate::aws::secrets::{Secrets, SecretsError};
use crate::private_files::{self, FileError};
use crate::secret_text::SecretText;

/// Where a secret comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// A variable or a flag has it.
    Given(SecretText),
    /// A file has it, such as a container's secret that is mounted.
    File(PathBuf),
    /// AWS Secrets Manager has it, under this ARN.
    Kept(String),
}

/// Where each of a process's keys comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySources {
    /// Signing keys in PEM, of which the first signs.
    pub signing_keys: Option<SecretSource>,
    /// The JWKS document of their public halves; that of the signing keys where it is absent.
    pub public_keys: Option<SecretSource>,
    /// Secrets of 32 bytes in base64, one in a line, of which the first is used.
    pub secret: Option<SecretSource>,
    /// What the distribution in front of the API shows, in JSON. Requests that do not show it are refused, where it is there.
    pub edge_keys: Option<SecretSource>,
}

impl KeySources {
    /// Where this one is.
    pub(super) fn of(&self, name: KeyName) -> Option<&SecretSource> {
        let source = match name {
            KeyName::Signing => &self.signing_keys,
            KeyName::Public => &self.public_keys,
            KeyName::Secret => &self.secret,
            KeyName::Edge => &self.edge_keys,
        };
        source.as_ref()
    }

    /// Those that there are.
    pub fn all(&self) -> impl Iterator<Item = &SecretSource> {
        let all = [
            &self.signing_keys,
            &self.public_keys,
            &self.secret,
            &self.edge_keys,
        ];
        all.into_iter().flatten()
    }
}

/// Why keys cannot be had. It says where they should be, and never repeats them.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Secrets Manager.
    #[error(transparent)]
    Kept(#[from] SecretsError),
    /// Secrets Manager, to which the process has no way.
    #[error("the secret {arn} cannot be read: this process does not know AWS Secrets Manager")]
    NoKeeper {
        /// Which secret.
        arn: String,
    },
    /// The signing keys.
    #[error("the signing keys of {origin} cannot be used: {source}")]
    Signing {
        /// Where they are.
        origin: String,
        /// What is wrong with them.
        source: KeyError,
    },
    /// Their public halves.
    #[error("the public keys of {origin} cannot be used: {source}")]
    Public {
        /// Where they are.
        origin: String,
        /// What is wrong with them.
        source: PublicKeyError,
    },
    /// The secret.
    #[error("the secret of {origin} cannot be used: {source}")]
    Secret {
        /// Where it is.
        origin: String,
        /// What is wrong with it.
        source: SecretError,
    },
    /// What the distribution shows.
    #[error("the edge keys of {origin} cannot be used: {source}")]
    Edge {
        /// Where they are.
        origin: String,
        /// What is wrong with them.
        source: EdgeKeyError,
    },
}

impl SecretSource {
    /// Reads it.
    pub(super) async fn read(&self, keeper: Option<&Secrets>) -> Result<SecretText, KeysError> {
        match self {
            Self::Given(text) => Ok(text.clone()),
            Self::File(path) => {
                let text = private_files::read_aside(path).await?;
                Ok(SecretText::new(text))
            }
            Self::Kept(arn) => match keeper {
                Some(keeper) => Ok(keeper.read(arn).await?),
                None => Err(KeysError::NoKeeper { arn: arn.clone() }),
            },
        }
    }
}

/// As it is called in messages.
impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(_) => f.write_str("the configuration"),
            Self::File(path) => path.display().fmt(f),
            Self::Kept(arn) => f.write_str(arn),
        }
    }
}
