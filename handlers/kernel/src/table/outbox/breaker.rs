//! A destination that keeps failing is left alone for a while, so that its messages do not use up the time of others, and so that
//! it can recover.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// After so many failures in a row nothing more is sent.
const FAILURES: u32 = 5;
/// For so long; then one message is tried.
const OPEN: Duration = Duration::from_secs(30);

/// What is known of one destination.
#[derive(Debug, Default)]
struct Breaker {
    failures: u32,
    /// Until when it is left alone. While a message is tried, that is so long that a trial that was cut off is not the last one.
    open_until: Option<Instant>,
}

/// The breakers of all destinations of a process.
#[derive(Debug, Default)]
pub struct Breakers(Mutex<HashMap<String, Breaker>>);

impl Breakers {
    /// Whether a message may be sent to this destination. Of several that ask when the time is over, one is let through.
    pub fn lets(&self, destination: &str) -> bool {
        let mut all = self.all();
        let Some(breaker) = all.get_mut(destination) else {
            return true;
        };
        let now = Instant::now();
        match breaker.open_until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                breaker.open_until = Some(now + OPEN);
                true
            }
        }
    }

    /// Whether the destination is left alone now. Unlike [`lets`](Self::lets) it tries nothing.
    pub fn is_open(&self, destination: &str) -> bool {
        self.open_for(destination).is_some()
    }

    /// For how long the destination is left alone from now on, if it is.
    pub fn open_for(&self, destination: &str) -> Option<Duration> {
        let all = self.all();
        let until = all.get(destination)?.open_until?;
        let left = until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// A message was taken.
    pub fn succeeded(&self, destination: &str) {
        self.all().remove(destination);
    }

    /// A message was not taken. Whether the destination is left alone because of that, and was not before.
    pub fn failed(&self, destination: &str) -> bool {
        let mut all = self.all();
        let breaker = all.entry(destination.to_owned()).or_default();
        breaker.failures = breaker.failures.saturating_add(1);
        if breaker.failures < FAILURES {
            return false;
        }
        breaker.open_until = Some(Instant::now() + OPEN);
        breaker.failures == FAILURES
    }

    /// How many destinations are left alone.
    pub fn open(&self) -> usize {
        let all = self.all();
        all.values()
            .filter(|breaker| breaker.open_until.is_some())
            .count()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Breaker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn five_failures_open_it_and_one_trial_decides() {
        let breakers = Breakers::default();
        for opens in [false, false, false, false, true] {
            assert!(breakers.lets("a"));
            assert_eq!(breakers.failed("a"), opens);
        }
        assert!(!breakers.lets("a") && breakers.lets("b"));
        assert_eq!(breakers.open(), 1);
        tokio::time::advance(OPEN).await;
        assert!(breakers.lets("a"), "one is tried");
        assert!(!breakers.lets("a"), "and only one");
        assert!(!breakers.failed("a"), "it was open before");
        assert!(breakers.is_open("a") && !breakers.lets("a"));
        tokio::time::advance(OPEN).await;
        assert!(breakers.lets("a"));
        breakers.succeeded("a");
        assert!(breakers.lets("a") && breakers.lets("a"));
        assert_eq!(breakers.open(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_trial_that_was_cut_off_is_not_the_last() {
        let breakers = Breakers::default();
        for _ in 0..FAILURES {
            breakers.failed("a");
        }
        tokio::time::advance(OPEN).await;
        assert!(breakers.lets("a"));
        tokio::time::advance(OPEN).await;
        assert!(breakers.lets("a"));
    }
}
