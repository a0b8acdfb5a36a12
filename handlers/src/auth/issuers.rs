//! Whose access tokens open the API: our own, and those of the issuers in the configuration.
//!
//! An issuer elsewhere is typically a Cognito user pool. Its tokens differ from ours in two ways: a
//! Cognito access token names its client in `client_id` and has no `aud`, and the roles are in
//! `cognito:groups`. The `iss` claim chooses the issuer and with it the keys; nothing else in the token
//! has a say, and each issuer's tokens verify with its own keys only.
//!
//! A subject is unique to its issuer. [`VerifiedToken`] says which issuer it was, and the caller
//! must not take the subject of another issuer for the id of one of our users.

use std::sync::Arc;

use aws_lc_rs::digest::{self, SHA256_OUTPUT_LEN};
use chrono::{DateTime, Utc};
use civicforge_api::types::UserRole;
use civicforge_kernel::aws::Trust;
use civicforge_kernel::keys::{CurrentKeys, KeyName};
use jsonwebtoken::DecodingKey;
use quick_cache::sync::Cache;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use url::Url;

use super::access_token::{self, AccessClaims, TokenError, TokenNames};
use super::jwks_cache::{JwksCache, JwksPolicy, KeyLookupError};

/// The claim with a Cognito user's groups.
const DEFAULT_ROLES_CLAIM: &str = "cognito:groups";

/// An issuer elsewhere, as it is configured.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrustedIssuer {
    /// Exactly the `iss` claim of its tokens.
    pub issuer: String,
    /// Where it publishes its keys. Kept apart from the issuer, because behind a proxy or in a test
    /// they differ.
    pub jwks_url: Url,
    /// The accepted audiences: one of them must be in `aud`, or, if there is no `aud`, be the
    /// `client_id`.
    pub audiences: Vec<String>,
    /// The claim that lists the user's roles.
    #[serde(default = "TrustedIssuer::default_roles_claim")]
    pub roles_claim: String,
    /// The roles that its tokens may carry. Others in a token are ignored.
    #[serde(default)]
    pub roles: Vec<UserRole>,
}

impl TrustedIssuer {
    /// The roles are the groups of a Cognito user, unless the configuration says otherwise.
    pub fn default_roles_claim() -> String {
        DEFAULT_ROLES_CLAIM.to_owned()
    }
}

/// Who issued a verified token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenIssuer {
    /// This installation; the subject is a user id.
    Own {
        /// The family of refresh tokens that the token belongs to.
        session: String,
    },
    /// The issuer of that name; the subject is a name in its own space.
    External(Arc<str>),
}

/// What a good token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedToken {
    /// Who issued it.
    pub issuer: TokenIssuer,
    /// The user, as the issuer calls them.
    pub subject: String,
    /// The roles that it carries: as they are in a token of our own, and those that may be given where another issuer's lists them.
    pub roles: Vec<String>,
    /// When the token ends.
    pub expires_at: DateTime<Utc>,
}

/// Verifies tokens of all trusted issuers.
#[derive(Debug)]
pub struct TokenVerifier {
    keys: CurrentKeys,
    names: TokenNames,
    /// The claims of tokens of ours whose signatures are good, by the SHA-256 of the whole token.
    verified: Cache<[u8; SHA256_OUTPUT_LEN], Arc<AccessClaims>>,
    others: Vec<OtherIssuer>,
}

/// How many tokens of ours are remembered as verified. A client sends the same token with every request for half an hour, and its
/// signature takes longer to verify than anything else that a request needs beside the table.
const REMEMBERED: usize = 4_096;

#[derive(Debug)]
struct OtherIssuer {
    issuer: Arc<str>,
    audiences: Vec<String>,
    roles_claim: String,
    allowed: Vec<UserRole>,
    keys: JwksCache,
}

/// Whose certificates the issuers must have. Reading the system's takes long where a process starts often, and user pools are
/// at AWS.
fn trust(issuers: &[TrustedIssuer]) -> Trust {
    let is_amazons = |issuer: &TrustedIssuer| {
        let host = issuer.jwks_url.host_str();
        host.is_some_and(|host| host.ends_with(".amazonaws.com"))
    };
    match issuers.iter().all(is_amazons) {
        true => Trust::Amazon,
        false => Trust::System,
    }
}

impl TokenVerifier {
    /// Trusts our own keys under `names`, and the `trusted` issuers elsewhere.
    pub fn new(
        keys: CurrentKeys,
        names: TokenNames,
        trusted: Vec<TrustedIssuer>,
        policy: JwksPolicy,
    ) -> Self {
        let mut others = Vec::with_capacity(trusted.len());
        if !trusted.is_empty() {
            let http = JwksCache::client(trust(&trusted));
            for issuer in trusted {
                others.push(OtherIssuer {
                    issuer: issuer.issuer.into(),
                    audiences: issuer.audiences,
                    roles_claim: issuer.roles_claim,
                    allowed: issuer.roles,
                    keys: JwksCache::new(issuer.jwks_url, policy, http.clone()),
                });
            }
        }
        Self {
            keys,
            names,
            verified: Cache::new(REMEMBERED),
            others,
        }
    }

    /// Verifies the token of an `Authorization: Bearer` header.
    pub async fn verify(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<VerifiedToken, TokenError> {
        let header = access_token::read_header(token)?;
        let kid = header.kid.as_deref().ok_or(TokenError::UnknownKey)?;
        // A key of ours is found without reading the claims, and accepts only our own issuer.
        let keys = self.keys.having(KeyName::Public).await;
        let public = keys.map_err(|_| TokenError::KeysUnavailable)?.public();
        if let Some(key) = public.find(kid) {
            let claims = self.own_claims(key, token, now)?;
            return Ok(VerifiedToken {
                issuer: TokenIssuer::Own {
                    session: claims.sid.clone(),
                },
                subject: claims.sub.clone(),
                roles: claims.roles.clone(),
                expires_at: time(claims.exp)?,
            });
        }
        if self.others.is_empty() {
            return Err(TokenError::UnknownKey);
        }
        // Not verified yet; it only chooses whose keys decide.
        let claimed: ClaimedIssuer = jsonwebtoken::dangerous::insecure_decode(token)
            .map_err(|_| TokenError::Malformed)?
            .claims;
        let other = self
            .others
            .iter()
            .find(|other| *other.issuer == *claimed.iss);
        other
            .ok_or(TokenError::Issuer)?
            .verify(token, kid, now)
            .await
    }

    /// The claims of a token of ours. Only what cannot change is remembered: the key was found among the current ones, where its
    /// name is its thumbprint, and the times are checked each time.
    fn own_claims(
        &self,
        key: &DecodingKey,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<AccessClaims>, TokenError> {
        let mut digest = [0; SHA256_OUTPUT_LEN];
        digest.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
        if let Some(claims) = self.verified.get(&digest) {
            access_token::check_times(claims.exp, Some(claims.nbf), Some(claims.iat), now)?;
            return Ok(claims);
        }
        let claims = access_token::verify_with(key, &self.names, token, now)?;
        let claims = Arc::new(claims);
        self.verified.insert(digest, Arc::clone(&claims));
        Ok(claims)
    }
}

impl OtherIssuer {
    async fn verify(
        &self,
        token: &str,
        kid: &str,
        now: DateTime<Utc>,
    ) -> Result<VerifiedToken, TokenError> {
        let pinned = self.keys.key(kid).await.map_err(|error| match error {
            KeyLookupError::Unknown => TokenError::UnknownKey,
            KeyLookupError::Unavailable => TokenError::KeysUnavailable,
        })?;
        let validation = access_token::pinned(pinned.algorithm, &self.issuer);
        let claims: OtherClaims = access_token::decode(token, &pinned.key, &validation)?;
        access_token::check_times(claims.exp, claims.nbf, claims.iat, now)?;
        access_token::check_use(&claims.token_use)?;
        self.check_audience(&claims)?;
        Ok(VerifiedToken {
            issuer: TokenIssuer::External(Arc::clone(&self.issuer)),
            roles: self.roles(&claims),
            subject: claims.sub,
            expires_at: time(claims.exp)?,
        })
    }

    /// The roles that the token carries and that the issuer may give. What else its claim lists is not about us, or is ignored.
    fn roles(&self, claims: &OtherClaims) -> Vec<String> {
        let (given, ignored): (Vec<UserRole>, Vec<UserRole>) =
            names(claims.others.get(&self.roles_claim))
                .filter_map(|name| name.parse().ok())
                .filter(|role| *role != UserRole::Member)
                .partition(|role| self.allowed.contains(role));
        if !ignored.is_empty() {
            let issuer = &*self.issuer;
            tracing::debug!(issuer, roles = ?ignored, "roles ignored that the issuer may not give");
        }
        given.iter().map(|role| role.as_str().to_owned()).collect()
    }

    /// `aud` if there is one, `client_id` otherwise; a token for nobody in particular is not for us.
    fn check_audience(&self, claims: &OtherClaims) -> Result<(), TokenError> {
        let named = match (&claims.aud[..], &claims.client_id) {
            ([], Some(client)) => std::slice::from_ref(client),
            ([], None) => return Err(TokenError::MissingClaim("aud".to_owned())),
            (audiences, _) => audiences,
        };
        let ours = named.iter().any(|name| self.audiences.contains(name));
        if ours {
            Ok(())
        } else {
            Err(TokenError::Audience)
        }
    }
}

#[derive(Deserialize)]
struct ClaimedIssuer {
    iss: String,
}

/// The claims of an access token from elsewhere.
#[derive(Deserialize)]
struct OtherClaims {
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    token_use: String,
    client_id: Option<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    aud: Vec<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// RFC 7519 §4.1.3: one audience may be a plain string.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}

/// Names from a list of strings; anything else gives none.
fn names(claim: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = claim.and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

fn time(seconds: i64) -> Result<DateTime<Utc>, TokenError> {
    DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Malformed)
}

#[cfg(test)]
#[path = "issuers_tests.rs"]
mod tests;
