//! When a call is sent again, and when not.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use uuid::Uuid;

/// What a retry takes from the budget, and what a call that needs none gives back.
const COST: u32 = 10;
const REFUND: u32 = 1;

/// How calls are repeated.
///
/// Only calls that may be repeated safely are: GET, PUT and DELETE, and POST with an `Idempotency-Key`. They are repeated
/// after 429, 502, 503 and 504, and after a connection that could not be made, broke, or took too long. Before each
/// retry there is a pause of random length, between nothing and a bound that doubles with each ("full jitter"). A
/// `Retry-After` of the server comes on top of nothing less than itself: the pause is added to it.
///
/// A budget, shared by all clones of a client, keeps retries from multiplying the load on a server that is down: a retry
/// takes one from it, ten calls that need no retry put one back, and with an empty budget the first failure is final.
///
/// A DELETE that is repeated after a broken connection can answer 404 for what it has deleted itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    total: Duration,
    budget: u32,
}

impl Default for RetryPolicy {
    /// 3 retries, pauses of at most 0.1, 0.2 and 0.4 seconds, `Retry-After` of at most 20 seconds, no retry after 60
    /// seconds, a budget of 100 retries.
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(100),
            max_delay: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(20),
            total: Duration::from_secs(60),
            budget: 100,
        }
    }
}

impl RetryPolicy {
    /// Nothing is repeated.
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How often a call is repeated at most.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The bound of the first pause, and the bound of all.
    #[must_use]
    pub fn delays(mut self, first: Duration, most: Duration) -> Self {
        self.base_delay = first;
        self.max_delay = most;
        self
    }

    /// The longest `Retry-After` that is waited for. Where the server asks for more, the call fails at once, and
    /// [`Error::retry_after`](crate::Error::retry_after) says how long it asked for.
    #[must_use]
    pub fn max_retry_after(mut self, most: Duration) -> Self {
        self.max_retry_after = most;
        self
    }

    /// How long after its start a call is still repeated.
    #[must_use]
    pub fn total(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// How many retries the client can make beyond those that its successes pay for.
    #[must_use]
    pub fn budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }
}

/// What is left for retries. See [`RetryPolicy`].
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    most: u32,
}

impl Budget {
    pub(crate) fn new(policy: &RetryPolicy) -> Self {
        let most = policy.budget.saturating_mul(COST);
        Self {
            left: AtomicU32::new(most),
            most,
        }
    }

    fn take(&self) -> bool {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(COST)
            })
            .is_ok()
    }

    fn put_back(&self) {
        // The update is never refused.
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                Some(left.saturating_add(REFUND).min(self.most))
            });
    }
}

/// The retries of one call.
pub(crate) struct Retries<'a> {
    policy: &'a RetryPolicy,
    budget: &'a Budget,
    allowed: bool,
    made: u32,
    started: Instant,
}

impl<'a> Retries<'a> {
    pub(crate) fn start(policy: &'a RetryPolicy, budget: &'a Budget, allowed: bool) -> Self {
        Self {
            policy,
            budget,
            allowed,
            made: 0,
            started: Instant::now(),
        }
    }

    /// How long to wait before the call is sent again, if it is.
    pub(crate) fn wait(&mut self, outcome: &reqwest::Result<Response>) -> Option<Duration> {
        let asked = match outcome {
            Ok(response) if is_transient_status(response.status()) => {
                retry_after(response.headers()).unwrap_or_default()
            }
            Err(error) if is_transient_error(error) => Duration::ZERO,
            _ => {
                if self.made == 0 {
                    self.budget.put_back();
                }
                return None;
            }
        };
        let wait = asked.saturating_add(self.pause());
        let is_too_late = self.started.elapsed().saturating_add(wait) > self.policy.total;
        if !self.allowed
            || self.made >= self.policy.max_retries
            || asked > self.policy.max_retry_after
            || is_too_late
            || !self.budget.take()
        {
            return None;
        }
        self.made += 1;
        Some(wait)
    }

    fn pause(&self) -> Duration {
        let bound = self
            .policy
            .base_delay
            .saturating_mul(2_u32.saturating_pow(self.made))
            .min(self.policy.max_delay);
        let nanos = u64::try_from(bound.as_nanos()).unwrap_or(u64::MAX);
        Duration::from_nanos(below(nanos))
    }
}

/// A random number from 0 to `most`.
fn below(most: u64) -> u64 {
    // The low half of a random UUID has two fixed bits at its top, which shifting removes.
    let random = (Uuid::new_v4().as_u64_pair().1 << 2) >> 2;
    let range = u128::from(most) + 1;
    let scaled = (u128::from(random) * range) >> 62;
    u64::try_from(scaled).unwrap_or(most)
}

fn is_transient_status(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

/// Whether the connection failed, and not the request as such.
fn is_transient_error(error: &reqwest::Error) -> bool {
    !(error.is_builder() || error.is_redirect() || error.is_upgrade())
}

/// `Retry-After`, in seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number can hold mean a very long time.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?.with_timezone(&Utc);
    Some((until - Utc::now()).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_stay_below_their_bound_and_reach_all_of_it() {
        for _ in 0..1_000 {
            assert_eq!(below(0), 0);
            assert!(below(1) <= 1);
        }
        let most = u64::MAX;
        let quarters = (0..1_000).map(|_| below(most) / (most / 4 + 1));
        let mut seen = [false; 4];
        for quarter in quarters {
            seen[usize::try_from(quarter).unwrap()] = true;
        }
        assert_eq!(seen, [true; 4]);
    }

    #[test]
    fn pauses_grow_up_to_a_bound() {
        let policy =
            RetryPolicy::default().delays(Duration::from_millis(100), Duration::from_millis(300));
        let budget = Budget::new(&policy);
        let mut retries = Retries::start(&policy, &budget, true);
        for (made, most) in [(0, 100), (1, 200), (2, 300), (40, 300), (u32::MAX, 300)] {
            retries.made = made;
            let longest = (0..200).map(|_| retries.pause()).max().unwrap();
            assert!(
                longest <= Duration::from_millis(most),
                "{made}: {longest:?}"
            );
            // 200 tries that all stay in the lower half do not happen.
            assert!(
                longest > Duration::from_millis(most / 2),
                "{made}: {longest:?}"
            );
        }
    }

    #[test]
    fn a_budget_is_never_more_than_full() {
        let budget = Budget::new(&RetryPolicy::default().budget(1));
        budget.put_back();
        assert!(budget.take());
        assert!(!budget.take());
        let endless = Budget::new(&RetryPolicy::default().budget(u32::MAX));
        endless.put_back();
        assert!(endless.take());
    }
}
