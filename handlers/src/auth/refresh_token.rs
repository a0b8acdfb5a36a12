//! Refresh tokens: opaque, of 7 days, good for one use.
//!
//! A login starts a family. Each use of the family's current token replaces it; a token that was
//! replaced and comes back has been copied, by a thief or from one, and since nobody can tell
//! which of the two is here, the whole family is revoked. There is no grace period: a client that
//! uses one token twice logs itself out, as the contract says.
//!
//! The token is `family.secret`: the family's id finds the record with one read, the secret has 256
//! random bits. The record holds only the secret's hash; a plain SHA-256 will do for a secret that cannot be
//! guessed. Any well-formed secret that is not the current one counts as an old one, so that old
//! hashes need not be kept: family ids are random and known only to who holds a token of theirs.
//!
//! Everything here is pure but [`RefreshToken::start`] and [`RefreshToken::next`], which draw random
//! numbers. The caller writes the new hash on the condition that the old one is still there; who
//! loses that race reads again, and finds that its token has become an old one.

use aws_lc_rs::{constant_time, digest, rand};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The bytes of the secret and of its hash.
const SECRET_BYTES: usize = 32;

/// The operating system has no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no random bytes for a refresh token")]
pub struct RandomnessError;

/// What is stored of the current token's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretHash([u8; SECRET_BYTES]);

impl SecretHash {
    /// For the table.
    pub fn to_text(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// From the table.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?))
    }
}

/// A token as the client has it.
#[derive(Clone)]
pub struct RefreshToken {
    family: Uuid,
    secret: Zeroizing<[u8; SECRET_BYTES]>,
}

impl RefreshToken {
    /// The first token of a new family.
    pub fn start() -> Result<Self, RandomnessError> {
        // Not a UUIDv7: a family's id must not be guessed from the time of the login.
        Self::of(Uuid::new_v4())
    }

    /// The token that replaces this one.
    pub fn next(&self) -> Result<Self, RandomnessError> {
        Self::of(self.family)
    }

    /// Reads what a client sent. None if it cannot be one of ours, which is a 401.
    pub fn parse(text: &str) -> Option<Self> {
        let (family, secret) = text.split_once('.')?;
        // Only the hyphenated form, so that a token has one spelling.
        let parsed = Uuid::try_parse(family).ok()?;
        let secret = Zeroizing::new(URL_SAFE_NO_PAD.decode(secret).ok()?);
        let secret = Zeroizing::new(secret.as_slice().try_into().ok()?);
        (parsed.hyphenated().to_string() == family).then_some(Self {
            family: parsed,
            secret,
        })
    }

    /// The family's id, as it is in the `sid` claim of access tokens.
    pub fn family(&self) -> String {
        self.family.hyphenated().to_string()
    }

    /// The family's id, for the record's key.
    pub fn family_id(&self) -> Uuid {
        self.family
    }

    /// The token for the client. There is no `Display`, so that it cannot end up in a log.
    pub fn to_text(&self) -> String {
        format!(
            "{}.{}",
            self.family.hyphenated(),
            URL_SAFE_NO_PAD.encode(self.secret.as_ref())
        )
    }

    /// What to store of it.
    pub fn hash(&self) -> SecretHash {
        let mut hash = [0; SECRET_BYTES];
        hash.copy_from_slice(digest::digest(&digest::SHA256, self.secret.as_ref()).as_ref());
        SecretHash(hash)
    }

    fn of(family: Uuid) -> Result<Self, RandomnessError> {
        let mut secret = Zeroizing::new([0; SECRET_BYTES]);
        rand::fill(secret.as_mut()).map_err(|_| RandomnessError)?;
        Ok(Self { family, secret })
    }
}

impl std::fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RefreshToken({}.[redacted])", self.family)
    }
}

/// What is stored of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// The hash of the current token's secret.
    pub current: SecretHash,
    /// Until when the current token is good.
    pub expires_at: DateTime<Utc>,
    /// Whether it was revoked, by logging out or because an old token came back.
    pub revoked: bool,
}

impl Family {
    /// The record for a family's new current token.
    pub fn with_current(token: &RefreshToken, lifetime: TimeDelta, now: DateTime<Utc>) -> Self {
        Self {
            current: token.hash(),
            expires_at: now + lifetime,
            revoked: false,
        }
    }
}

/// What a presented token is. Everything but `Current` is the same 401 to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenStatus {
    /// The family's current token: replace it.
    Current,
    /// One that has been replaced: revoke the family.
    ReusedOld,
    /// The current one, too late.
    Expired,
    /// The family is revoked already.
    Revoked,
}

/// Holds a presented token against its family's record.
pub fn token_status(family: &Family, presented: &RefreshToken, now: DateTime<Utc>) -> TokenStatus {
    let is_current =
        constant_time::verify_slices_are_equal(&family.current.0, &presented.hash().0).is_ok();
    if family.revoked {
        TokenStatus::Revoked
    } else if !is_current {
        TokenStatus::ReusedOld
    } else if family.expires_at <= now {
        TokenStatus::Expired
    } else {
        TokenStatus::Current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: TimeDelta = TimeDelta::days(7);

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    #[test]
    fn a_token_is_good_for_one_use() {
        let first = RefreshToken::start().unwrap();
        let mut family = Family::with_current(&first, LIFETIME, now());
        assert_eq!(token_status(&family, &first, now()), TokenStatus::Current);
        let second = first.next().unwrap();
        family = Family::with_current(&second, LIFETIME, now());
        assert_eq!(second.family(), first.family());
        assert_eq!(token_status(&family, &second, now()), TokenStatus::Current);
        assert_eq!(token_status(&family, &first, now()), TokenStatus::ReusedOld);
        family.revoked = true;
        assert_eq!(token_status(&family, &second, now()), TokenStatus::Revoked);
        assert_eq!(token_status(&family, &first, now()), TokenStatus::Revoked);
    }

    #[test]
    fn a_token_is_good_for_seven_days() {
        let token = RefreshToken::start().unwrap();
        let family = Family::with_current(&token, LIFETIME, now());
        let last = now() + TimeDelta::days(7);
        assert_eq!(
            token_status(&family, &token, last - TimeDelta::seconds(1)),
            TokenStatus::Current
        );
        assert_eq!(token_status(&family, &token, last), TokenStatus::Expired);
        let old = token.next().unwrap();
        assert_eq!(
            token_status(&family, &old, last),
            TokenStatus::ReusedOld,
            "late reuse is reuse"
        );
    }

    #[test]
    fn text_forms_round_trip() {
        let token = RefreshToken::start().unwrap();
        let text = token.to_text();
        assert_eq!(text.len(), 36 + 1 + 43);
        let parsed = RefreshToken::parse(&text).unwrap();
        assert_eq!(
            (parsed.family(), parsed.hash()),
            (token.family(), token.hash())
        );
        assert_eq!(
            SecretHash::parse(&token.hash().to_text()),
            Some(token.hash())
        );
        assert!(!text.contains(&token.hash().to_text()));
        assert!(!format!("{token:?}").contains(text.split_once('.').unwrap().1));
    }

    #[test]
    fn other_texts_are_no_tokens() {
        let text = RefreshToken::start().unwrap().to_text();
        let (family, secret) = text.split_once('.').unwrap();
        for wrong in [
            String::new(),
            ".".into(),
            family.into(),
            format!("{family}."),
            format!("{family}.{}", &secret[1..]),
            format!("{family}.{secret}="),
            format!("{family}.{secret}.x"),
            format!("{}.{secret}", family.to_uppercase()),
            format!("{}.{secret}", family.replace('-', "")),
            format!("{{{family}}}.{secret}"),
            format!(" {text}"),
        ] {
            assert!(RefreshToken::parse(&wrong).is_none(), "{wrong}");
        }
        assert_eq!(SecretHash::parse("AAAA"), None);
    }
}
