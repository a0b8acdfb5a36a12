//! Our own access tokens: RS256 JWTs of 30 minutes.
//!
//! Verification trusts nothing in the token until its signature is checked. The algorithm is the
//! key's, never the header's; the key is looked up by `kid` among our own and never taken from the
//! token; every claim that we set is required. Times are checked here and not by the library, so
//! that the clock is an argument.

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::keys::public::PublicKeys;
use civicforge_kernel::keys::signing::SigningKeys;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How far clocks may be apart.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(30);

/// A longer token is refused unread. Cognito's with many groups are below 4 KiB.
pub const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The value of `token_use` in tokens that open the API.
pub const TOKEN_USE: &str = "access";

/// The claims of our own tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who issued it.
    pub iss: String,
    /// The user id.
    pub sub: String,
    /// For whom it is.
    pub aud: String,
    /// Until when it is good, in seconds since 1970.
    pub exp: i64,
    /// From when on.
    pub nbf: i64,
    /// When it was issued.
    pub iat: i64,
    /// The token's own id.
    pub jti: String,
    /// Always [`TOKEN_USE`].
    pub token_use: String,
    /// The user's roles when it was issued.
    pub roles: Vec<String>,
    /// The family of refresh tokens that it belongs to, which logging out revokes.
    pub sid: String,
}

/// Why a token is refused. The caller gets a plain 401; this is for the log and never holds the
/// token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not three parts of base64url, too long, or the claims are not what an access token has.
    #[error("malformed")]
    Malformed,
    /// An algorithm that the key is not for, `none` among them.
    #[error("wrong algorithm")]
    Algorithm,
    /// No key has that name, or the header names none.
    #[error("unknown key")]
    UnknownKey,
    /// Nobody whom we trust.
    #[error("unknown issuer")]
    Issuer,
    /// Tampered with, or signed by somebody else.
    #[error("bad signature")]
    Signature,
    /// For another audience or client.
    #[error("wrong audience")]
    Audience,
    /// Past `exp`.
    #[error("expired")]
    Expired,
    /// Before `nbf`, or issued in the future.
    #[error("not yet valid")]
    NotYetValid,
    /// Another kind of token, such as an id token.
    #[error("wrong token_use")]
    TokenUse,
    /// A claim is missing.
    #[error("missing claim {0}")]
    MissingClaim(String),
    /// The issuer's keys cannot be had at the moment; the one refusal that is a 503.
    #[error("the issuer's keys are not available")]
    KeysUnavailable,
}

/// A new access token.
#[derive(Clone, Debug)]
pub struct IssuedToken {
    /// The token, for the `Authorization` header.
    pub token: String,
    /// When it expires.
    pub expires_at: DateTime<Utc>,
}

/// Who issues and for whom: the two names that every token carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenNames {
    /// The `iss` claim: the server's public URL.
    pub issuer: String,
    /// The `aud` claim.
    pub audience: String,
}

/// Issues a token for `user`, signed by the newest key.
pub fn issue(
    keys: &SigningKeys,
    names: &TokenNames,
    user: &str,
    roles: &[String],
    session: &str,
    lifetime: TimeDelta,
    now: DateTime<Utc>,
) -> Result<IssuedToken, jsonwebtoken::errors::Error> {
    let expires_at = now + lifetime;
    let claims = AccessClaims {
        iss: names.issuer.clone(),
        sub: user.to_owned(),
        aud: names.audience.clone(),
        exp: expires_at.timestamp(),
        nbf: now.timestamp(),
        iat: now.timestamp(),
        jti: uuid::Uuid::now_v7().to_string(),
        token_use: TOKEN_USE.to_owned(),
        roles: roles.to_vec(),
        sid: session.to_owned(),
    };
    let header = Header {
        kid: Some(keys.kid().to_owned()),
        ..Header::new(Algorithm::RS256)
    };
    let token = jsonwebtoken::encode(&header, &claims, keys.encoding())?;
    Ok(IssuedToken { token, expires_at })
}

/// Verifies a token that names one of our own keys.
pub fn verify(
    keys: &PublicKeys,
    names: &TokenNames,
    token: &str,
    now: DateTime<Utc>,
) -> Result<AccessClaims, TokenError> {
    let header = read_header(token)?;
    let key = header.kid.as_deref().and_then(|kid| keys.find(kid));
    let key = key.ok_or(TokenError::UnknownKey)?;
    verify_with(key, names, token, now)
}

/// Verifies a token against one of our own keys, found by the caller.
pub(super) fn verify_with(
    key: &DecodingKey,
    names: &TokenNames,
    token: &str,
    now: DateTime<Utc>,
) -> Result<AccessClaims, TokenError> {
    let mut validation = pinned(Algorithm::RS256, &names.issuer);
    validation.validate_aud = true;
    validation.set_audience(&[&names.audience]);
    validation.set_required_spec_claims(&["iss", "sub", "aud", "exp", "nbf"]);
    let claims: AccessClaims = decode(token, key, &validation)?;
    check_times(claims.exp, Some(claims.nbf), Some(claims.iat), now)?;
    check_use(&claims.token_use)?;
    Ok(claims)
}

/// The header of a token, within the bounds that hold for all tokens. Nothing in it is verified.
pub(super) fn read_header(token: &str) -> Result<Header, TokenError> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(TokenError::Malformed);
    }
    let header = jsonwebtoken::decode_header(token).map_err(|error| refusal(&error))?;
    // RFC 7515 §4.1.11: who does not understand a critical extension must refuse the token.
    if header.crit.is_some() {
        return Err(TokenError::Malformed);
    }
    Ok(header)
}

/// A validation that allows one algorithm and one issuer, and leaves the times to [`check_times`].
pub(super) fn pinned(algorithm: Algorithm, issuer: &str) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["iss", "sub", "exp"]);
    validation
}

/// Decodes and verifies, with the library's errors as refusals.
pub(super) fn decode<T: DeserializeOwned>(
    token: &str,
    key: &DecodingKey,
    validation: &Validation,
) -> Result<T, TokenError> {
    match jsonwebtoken::decode(token, key, validation) {
        Ok(data) => Ok(data.claims),
        Err(error) => Err(refusal(&error)),
    }
}

/// Whether `now` is within the token's time.
pub(super) fn check_times(
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), TokenError> {
    let (now, leeway) = (now.timestamp(), LEEWAY.num_seconds());
    if exp.saturating_add(leeway) <= now {
        return Err(TokenError::Expired);
    }
    if nbf
        .into_iter()
        .chain(iat)
        .any(|from| from.saturating_sub(leeway) > now)
    {
        return Err(TokenError::NotYetValid);
    }
    Ok(())
}

/// Whether it is an access token.
pub(super) fn check_use(token_use: &str) -> Result<(), TokenError> {
    if token_use == TOKEN_USE {
        Ok(())
    } else {
        Err(TokenError::TokenUse)
    }
}

fn refusal(error: &jsonwebtoken::errors::Error) -> TokenError {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::InvalidAlgorithm | ErrorKind::InvalidKeyFormat => TokenError::Algorithm,
        ErrorKind::UnsupportedAlgorithm => TokenError::Algorithm,
        ErrorKind::InvalidSignature => TokenError::Signature,
        ErrorKind::InvalidIssuer => TokenError::Issuer,
        ErrorKind::InvalidAudience => TokenError::Audience,
        ErrorKind::MissingRequiredClaim(claim) => TokenError::MissingClaim(claim.clone()),
        _ => TokenError::Malformed,
    }
}

#[cfg(test)]
#[path = "access_token_tests.rs"]
pub(super) mod tests;
