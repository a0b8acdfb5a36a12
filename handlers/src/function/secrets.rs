//! The secrets of a function: what its variables hold, or what AWS Secrets Manager keeps for it.

use std::sync::Arc;

use super::config::{FunctionConfig, SecretSource};
use super::open::OpenError;
use crate::adapters::secrets::{CurrentSecret, Secrets};
use crate::auth::keys::SigningKeys;
use crate::auth::public_keys::PublicKeys;
use crate::auth::secret::Secret;

/// The texts of a function's secrets. Two that are equal make the same service.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SecretTexts {
    signing_keys: Option<CurrentSecret>,
    public_keys: Option<CurrentSecret>,
    secret: Option<CurrentSecret>,
}

impl SecretTexts {
    /// Reads what is kept elsewhere, all of it at once.
    pub(super) async fn read(keeper: &Secrets, config: &FunctionConfig) -> Result<Self, OpenError> {
        let one = async |source: &Option<SecretSource>| match source {
            None => Ok(None),
            Some(SecretSource::Given(text)) => Ok(Some(CurrentSecret {
                version: String::new(),
                text: text.clone(),
            })),
            Some(SecretSource::Kept(arn)) => keeper.read(arn).await.map(Some),
        };
        let (signing_keys, public_keys, secret) = futures::try_join!(
            one(&config.signing_keys),
            one(&config.public_keys),
            one(&config.secret),
        )?;
        Ok(Self {
            signing_keys,
            public_keys,
            secret,
        })
    }

    /// Whether any of them can be another one the next time.
    pub(super) fn may_change(config: &FunctionConfig) -> bool {
        let sources = [&config.signing_keys, &config.public_keys, &config.secret];
        sources
            .into_iter()
            .any(|source| matches!(source, Some(SecretSource::Kept(_))))
    }

    pub(super) fn signing_keys(&self) -> Result<Option<Arc<SigningKeys>>, OpenError> {
        let pem = self.signing_keys.as_ref();
        let keys = pem.map(|pem| SigningKeys::from_pem(pem.text.expose()).map(Arc::new));
        Ok(keys.transpose()?)
    }

    /// Those of the document; where there is none, those of the signing keys.
    pub(super) fn public_keys(
        &self,
        signing_keys: Option<&Arc<SigningKeys>>,
    ) -> Result<Arc<PublicKeys>, OpenError> {
        Ok(match (&self.public_keys, signing_keys) {
            (Some(document), _) => Arc::new(PublicKeys::from_json(document.text.expose())?),
            (None, Some(keys)) => keys.public().clone(),
            // A function that answers no request verifies no token.
            (None, None) => Arc::new(PublicKeys::none()),
        })
    }

    pub(super) fn secret(&self) -> Result<Option<Secret>, OpenError> {
        let text = self.secret.as_ref();
        let secret = text.map(|text| Secret::from_base64(text.text.expose()));
        Ok(secret.transpose()?)
    }
}
