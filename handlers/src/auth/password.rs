//! Passwords: hashing, verifying and the cost of both.
//!
//! New hashes are Argon2id with the parameters that OWASP recommends. Hashes that came with a
//! migrated account are bcrypt; they verify, and the verdict says that the caller should store a
//! new hash while the password is at hand.
//!
//! An unknown account must look like a wrong password, in the answer and in the time that the
//! answer takes. That is why [`Passwords::verify`] takes an `Option`: without a stored hash it
//! verifies a dummy hash of the same cost and always says no. An account that still has a bcrypt
//! hash takes a different time until its first login upgrades it, which cannot be helped.
//!
//! Hashing takes tens of milliseconds and 19 MiB, so it runs on the blocking pool, a few at a time:
//! a burst of logins must neither stall the async workers nor exhaust the memory. Who has waited
//! too long for a turn gets [`PasswordError::Busy`], a 503.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use civicforge_kernel::waiting::Waiting;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::password_strength::{WeakPassword, check_strength};

/// A bcrypt hash above this cost is not verified: one attempt would occupy a core for minutes.
const MAX_BCRYPT_COST: u32 = 15;

/// No stored Argon2 hash may ask for more memory than this (in KiB): the figure comes from data.
const MAX_STORED_MEMORY_KIB: u32 = 256 * 1024;

/// The most passes over the memory, and lanes, that a stored Argon2 hash may ask for.
const MAX_STORED_PASSES: u32 = 32;

/// What one Argon2id hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes; more than one only helps an attacker unless the hash really runs in parallel.
    pub lanes: u32,
}

impl PasswordCost {
    /// The OWASP recommendation: 19 MiB, two passes, one lane.
    pub const OWASP: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
        lanes: 1,
    };

    /// So cheap that a test suite can make hundreds of hashes. Never for real accounts.
    pub const FOR_TESTS: Self = Self {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
}

/// What verifying a password came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// It is the account's password.
    Match {
        /// The stored hash is bcrypt or of another cost than today's; store a new one.
        needs_upgrade: bool,
    },
    /// It is not, or there is no such account.
    Mismatch,
}

/// Why a password could be neither hashed nor verified.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many passwords are waiting to be hashed; a 503 with `Retry-After`.
    #[error("too many passwords are being hashed at the moment")]
    Busy,
    /// The configured cost is outside what Argon2 allows.
    #[error("the cost of password hashing is not one that Argon2 allows: {0}")]
    Cost(String),
    /// The stored hash is of no known kind, or would take unreasonably long to verify.
    #[error("the stored password hash cannot be verified: {0}")]
    UnusableHash(&'static str),
    /// Hashing failed, which input cannot cause.
    #[error("password hashing failed: {0}")]
    Failed(String),
}

/// Hashes and verifies passwords. Cheap to clone; clones share the concurrency limit.
#[derive(Clone)]
pub struct Passwords {
    hasher: Arc<Hasher>,
    permits: Arc<Semaphore>,
    waiting: Waiting,
    patience: Duration,
}

impl Passwords {
    /// How long a caller waits for its turn before it is told to come back later.
    pub const QUEUE_TIMEOUT: Duration = Duration::from_secs(5);

    /// Hashes at `cost`, at most `concurrency` at once (at least one).
    pub fn new(cost: PasswordCost, concurrency: usize) -> Result<Self, PasswordError> {
        Ok(Self {
            hasher: Arc::new(Hasher::new(cost)?),
            permits: Arc::new(Semaphore::new(concurrency.clamp(1, Semaphore::MAX_PERMITS))),
            waiting: Waiting::default(),
            patience: Self::QUEUE_TIMEOUT,
        })
    }

    /// The same, with another limit on the wait for a turn.
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Holds a new password against the rule (see [`check_strength`]) and hashes it. Both happen off the
    /// async workers. `identity` is the member's e-mail address and names.
    pub async fn hash_new(
        &self,
        password: &str,
        identity: &[&str],
    ) -> Result<Result<String, WeakPassword>, PasswordError> {
        let password = Zeroizing::new(password.to_owned());
        let identity: Vec<String> = identity.iter().map(|part| (*part).to_owned()).collect();
        self.with_permit(move |hasher| {
            let identity: Vec<&str> = identity.iter().map(String::as_str).collect();
            match check_strength(&password, &identity) {
                Ok(()) => hasher.hash(&password).map(Ok),
                Err(weak) => Ok(Err(weak)),
            }
        })
        .await
    }

    /// The PHC string to store for a `password` that is known to be the account's, whatever its
    /// strength: the upgrade of an old hash.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let password = Zeroizing::new(password.to_owned());
        self.with_permit(move |hasher| hasher.hash(&password)).await
    }

    /// Holds `password` against the `stored` hash; `None` stands for an account that does not
    /// exist, and takes as long as one that does.
    pub async fn verify(
        &self,
        password: &str,
        stored: Option<&str>,
    ) -> Result<Verification, PasswordError> {
        let password = Zeroizing::new(password.to_owned());
        let stored = stored.map(str::to_owned);
        self.with_permit(move |hasher| hasher.verify(&password, stored.as_deref()))
            .await
    }

    /// How many callers wait for a turn.
    pub fn waiting(&self) -> usize {
        self.waiting.count()
    }

    /// How many turns are free.
    pub fn available(&self) -> usize {
        self.permits.available_permits()
    }

    /// Runs `work` on the blocking pool when a turn is free. The turn is held by the work itself,
    /// so a request that is given up does not let a second hash start beside the first.
    async fn with_permit<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Hasher) -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let turn = Arc::clone(&self.permits).acquire_owned();
        let turn = tokio::time::timeout(self.patience, self.waiting.until(turn))
            .await
            .map_err(|_| PasswordError::Busy)?
            .map_err(|_| PasswordError::Busy)?;
        let hasher = Arc::clone(&self.hasher);
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&hasher)
        })
        .await
        .map_err(|error| PasswordError::Failed(error.to_string()))?
    }
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords")
            .field("cost", &self.hasher.cost)
            .finish_non_exhaustive()
    }
}

/// The synchronous part.
struct Hasher {
    argon2: Argon2<'static>,
    cost: PasswordCost,
    /// What the password of an unknown account is held against.
    dummy: String,
}

/// A hash in the form of those that are made at this cost, of a password that nobody has found: all of its bytes are zero.
/// Verifying costs the same as with any other, and making it costs nothing, which matters where a process starts often.
fn dummy_hash(cost: PasswordCost) -> String {
    let PasswordCost {
        memory_kib,
        passes,
        lanes,
    } = cost;
    let (salt, hash) = ("A".repeat(22), "A".repeat(43));
    format!("$argon2id$v=19$m={memory_kib},t={passes},p={lanes}${salt}${hash}")
}

impl Hasher {
    fn new(cost: PasswordCost) -> Result<Self, PasswordError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
            .map_err(|error| PasswordError::Cost(error.to_string()))?;
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            cost,
            dummy: dummy_hash(cost),
        })
    }

    fn hash(&self, password: &str) -> Result<String, PasswordError> {
        self.argon2
            .hash_password(normalized(password).as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| PasswordError::Failed(error.to_string()))
    }

    fn verify(&self, password: &str, stored: Option<&str>) -> Result<Verification, PasswordError> {
        let Some(stored) = stored else {
            self.verify_argon2(password, &self.dummy)?;
            return Ok(Verification::Mismatch);
        };
        if stored.starts_with("$2") {
            verify_bcrypt(password, stored)
        } else {
            self.verify_argon2(password, stored)
        }
    }

    fn verify_argon2(&self, password: &str, stored: &str) -> Result<Verification, PasswordError> {
        let hash = PasswordHash::new(stored)
            .map_err(|_| PasswordError::UnusableHash("it is neither Argon2 nor bcrypt"))?;
        let params = Params::try_from(&hash)
            .map_err(|_| PasswordError::UnusableHash("its parameters are not Argon2's"))?;
        if params.m_cost() > MAX_STORED_MEMORY_KIB
            || params.t_cost() > MAX_STORED_PASSES
            || params.p_cost() > MAX_STORED_PASSES
        {
            return Err(PasswordError::UnusableHash(
                "it asks for too much memory or time",
            ));
        }
        match self
            .argon2
            .verify_password(normalized(password).as_bytes(), &hash)
        {
            Ok(()) => Ok(Verification::Match {
                needs_upgrade: !self.is_current(&hash, &params),
            }),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verification::Mismatch),
            Err(_) => Err(PasswordError::UnusableHash("it is not an Argon2 hash")),
        }
    }

    fn is_current(&self, hash: &PasswordHash, params: &Params) -> bool {
        hash.algorithm.as_str() == Algorithm::Argon2id.ident().as_str()
            && hash.version == Some(Version::V0x13.into())
            && params.m_cost() == self.cost.memory_kib
            && params.t_cost() == self.cost.passes
            && params.p_cost() == self.cost.lanes
    }
}

/// Verifies as the systems did that made the hash: the bytes as typed, cut off at the 72nd.
fn verify_bcrypt(password: &str, stored: &str) -> Result<Verification, PasswordError> {
    let malformed = |_| PasswordError::UnusableHash("it is not a well-formed bcrypt hash");
    let parts: bcrypt::HashParts = stored.parse().map_err(malformed)?;
    if parts.get_cost() > MAX_BCRYPT_COST {
        return Err(PasswordError::UnusableHash("its bcrypt cost is too high"));
    }
    match bcrypt::verify(password, stored).map_err(malformed)? {
        true => Ok(Verification::Match {
            needs_upgrade: true,
        }),
        false => Ok(Verification::Mismatch),
    }
}

/// The same password typed on two keyboards may be composed differently (RFC 8265 §4.2).
fn normalized(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords() -> Passwords {
        Passwords::new(PasswordCost::FOR_TESTS, 2).unwrap()
    }

    #[test]
    fn nobodys_hash_costs_what_others_cost() {
        let hasher = Hasher::new(PasswordCost::FOR_TESTS).unwrap();
        let outline = |hash: &str| {
            let parts: Vec<_> = hash.split('$').collect();
            let lengths: Vec<_> = parts[4..].iter().map(|part| part.len()).collect();
            (parts[..4].join("$"), lengths)
        };
        let made = hasher.hash("a password").unwrap();
        assert_eq!(outline(&hasher.dummy), outline(&made));
        assert_eq!(hasher.verify("x", None).unwrap(), Verification::Mismatch);
    }

    #[tokio::test]
    async fn a_hash_verifies_only_its_password() {
        let passwords = passwords();
        let hash = passwords.hash("blue harvest moon").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        assert_eq!(
            passwords
                .verify("blue harvest moon", Some(&hash))
                .await
                .unwrap(),
            Verification::Match {
                needs_upgrade: false
            }
        );
        let other = passwords
            .verify("blue harvest moo", Some(&hash))
            .await
            .unwrap();
        assert_eq!(other, Verification::Mismatch);
        assert_ne!(
            hash,
            passwords.hash("blue harvest moon").await.unwrap(),
            "the salt is fresh"
        );
    }

    #[tokio::test]
    async fn an_unknown_account_never_matches_not_even_the_dummys_password() {
        let passwords = passwords();
        for password in ["the password of nobody", ""] {
            assert_eq!(
                passwords.verify(password, None).await.unwrap(),
                Verification::Mismatch
            );
        }
    }

    #[tokio::test]
    async fn bcrypt_verifies_and_asks_for_an_upgrade() {
        let passwords = passwords();
        let hash = bcrypt::hash("blue harvest moon", 4).unwrap();
        for prefix in ["$2a$", "$2b$", "$2y$"] {
            let hash = hash.replace("$2b$", prefix);
            assert_eq!(
                passwords
                    .verify("blue harvest moon", Some(&hash))
                    .await
                    .unwrap(),
                Verification::Match {
                    needs_upgrade: true
                }
            );
            assert_eq!(
                passwords.verify("no", Some(&hash)).await.unwrap(),
                Verification::Mismatch
            );
        }
    }

    #[tokio::test]
    async fn another_cost_asks_for_an_upgrade() {
        let stronger = PasswordCost {
            passes: 2,
            ..PasswordCost::FOR_TESTS
        };
        let hash = Passwords::new(stronger, 1)
            .unwrap()
            .hash("blue harvest moon")
            .await
            .unwrap();
        assert_eq!(
            passwords()
                .verify("blue harvest moon", Some(&hash))
                .await
                .unwrap(),
            Verification::Match {
                needs_upgrade: true
            }
        );
    }

    #[tokio::test]
    async fn hostile_or_broken_hashes_are_errors_and_quick() {
        let costly = bcrypt::hash("x", 4).unwrap().replace("$2b$04$", "$2b$31$");
        let hungry = "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHRzYWx0$\
                      WkVVaFHAYPpcL7ZvN3EPPJMTUYaLTX8mmvlFMEjMPlU";
        for stored in [
            "",
            "plain",
            "$2b$",
            "$2b$04$short",
            &costly,
            hungry,
            "$argon2id$v=19$x",
        ] {
            let verdict = passwords().verify("x", Some(stored)).await;
            assert!(
                matches!(verdict, Err(PasswordError::UnusableHash(_))),
                "{stored}: {verdict:?}"
            );
        }
    }

    #[tokio::test]
    async fn composed_and_decomposed_input_is_one_password() {
        let passwords = passwords();
        let hash = passwords.hash("caf\u{e9} au lait").await.unwrap();
        let verdict = passwords
            .verify("cafe\u{301} au lait", Some(&hash))
            .await
            .unwrap();
        assert_eq!(
            verdict,
            Verification::Match {
                needs_upgrade: false
            }
        );
    }

    #[tokio::test]
    async fn a_new_password_has_to_be_strong() {
        let passwords = passwords();
        let weak = passwords
            .hash_new("adalovelace", &["Ada Lovelace"])
            .await
            .unwrap();
        assert_eq!(weak, Err(WeakPassword::Identity));
        let hash = passwords
            .hash_new("blue harvest moon", &["Ada"])
            .await
            .unwrap()
            .unwrap();
        let verdict = passwords
            .verify("blue harvest moon", Some(&hash))
            .await
            .unwrap();
        assert_eq!(
            verdict,
            Verification::Match {
                needs_upgrade: false
            }
        );
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_so() {
        let passwords = Passwords::new(PasswordCost::FOR_TESTS, 1)
            .unwrap()
            .with_patience(Duration::from_millis(10));
        let _taken = passwords.permits.acquire().await.unwrap();
        assert!(matches!(
            passwords.hash("x").await,
            Err(PasswordError::Busy)
        ));
    }
}
