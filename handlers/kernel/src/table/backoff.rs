//! Exponential backoff with full jitter.
//!
//! Full jitter means that a wait is drawn evenly from nothing up to the bound, which spreads callers that
//! failed together; adding a little to a fixed wait would have them meet again. `backon` runs the loop, but
//! its own jitter only adds, so the waits come from here.

use std::time::Duration;

use rand::Rng;

/// How long to wait between tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The bound of the first wait; it doubles with every try.
    pub base: Duration,
    /// No bound is above this.
    pub cap: Duration,
    /// How many tries follow the first.
    pub retries: u32,
    /// No wait is begun that would bring the sum of waits above this.
    pub budget: Duration,
}

impl Backoff {
    /// For conflicts between transactions: they last milliseconds, and a request is waiting.
    pub const CONFLICT: Self = Self {
        base: Duration::from_millis(20),
        cap: Duration::from_millis(500),
        retries: 10,
        budget: Duration::from_secs(3),
    };

    /// The longest wait after so many failed tries (0: after the first).
    pub fn bound(&self, failures: u32) -> Duration {
        let factor = 2u32.checked_pow(failures).unwrap_or(u32::MAX);
        self.base.saturating_mul(factor).min(self.cap)
    }

    /// A wait after so many failed tries.
    pub fn wait(&self, failures: u32) -> Duration {
        self.bound(failures).mul_f64(rand::rng().random::<f64>())
    }
}

impl backon::BackoffBuilder for Backoff {
    type Backoff = Waits;

    fn build(self) -> Waits {
        Waits {
            backoff: self,
            failures: 0,
            spent: Duration::ZERO,
        }
    }
}

/// The waits of one call.
#[derive(Debug)]
pub struct Waits {
    backoff: Backoff,
    failures: u32,
    spent: Duration,
}

impl Iterator for Waits {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let wait = self.backoff.wait(self.failures);
        if self.failures >= self.backoff.retries || self.spent + wait > self.backoff.budget {
            return None;
        }
        self.failures += 1;
        self.spent += wait;
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backon::BackoffBuilder;

    #[test]
    fn waits_are_bounded_one_by_one_and_together() {
        for _ in 0..200 {
            let waits: Vec<_> = Backoff::CONFLICT.build().collect();
            assert!(waits.len() <= 10);
            assert!(waits.iter().sum::<Duration>() <= Backoff::CONFLICT.budget);
            for (i, wait) in waits.iter().enumerate() {
                assert!(*wait <= Backoff::CONFLICT.bound(i as u32));
            }
        }
        assert_eq!(Backoff::CONFLICT.bound(u32::MAX), Backoff::CONFLICT.cap);
    }
}
