//! When an account is locked because of failed logins. Pure; the caller keeps the state in the
//! table and writes it under a condition, so that parallel attempts are all counted.
//!
//! Five failures within 15 minutes lock the account for one minute, and each further failure after
//! that doubles the time, up to one hour. A day without a failure, or a login that succeeds,
//! forgets everything. Locked means that the password is not even looked at, so that guesses made
//! meanwhile reveal nothing. The time is short at first because anybody can lock anybody out.

use chrono::{DateTime, TimeDelta, Utc};

/// The failures that lock.
pub const MAX_FAILURES: u32 = 5;

/// Failures further apart than this do not add up.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// The first lock's time.
pub const FIRST_LOCK: TimeDelta = TimeDelta::minutes(1);

/// The longest lock's time.
pub const LONGEST_LOCK: TimeDelta = TimeDelta::hours(1);

/// After this long without a failure the next lock is a first one again.
pub const MEMORY: TimeDelta = TimeDelta::days(1);

/// What is remembered of an account's failed logins. The default is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Failures since `since`.
    pub count: u32,
    /// When the first of them was.
    pub since: Option<DateTime<Utc>>,
    /// When the last of them was.
    pub last: Option<DateTime<Utc>>,
    /// Until when the account is locked.
    pub locked_until: Option<DateTime<Utc>>,
    /// How often it has been locked.
    pub locks: u32,
}

/// The account is locked: 429 with `Retry-After`, code `locked_out`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many failed logins; try again in {retry_after_seconds} seconds")]
pub struct LockedOut {
    /// For the header; at least 1.
    pub retry_after_seconds: u32,
}

impl Failures {
    /// Whether a password may be tried now.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), LockedOut> {
        match self.locked_until {
            Some(until) if now < until => {
                // Rounded up: at the time that the header names, the lock must be over. A clock that was
                // set back must not make it longer than it can be.
                let left = (until - now).min(LONGEST_LOCK);
                let seconds = u32::try_from((left.num_milliseconds() + 999) / 1000).unwrap_or(1);
                Err(LockedOut {
                    retry_after_seconds: seconds.max(1),
                })
            }
            _ => Ok(()),
        }
    }

    /// What to remember after a wrong password.
    #[must_use]
    pub fn after_failure(&self, now: DateTime<Utc>) -> Self {
        let mut next = *self;
        if next.last.is_none_or(|last| now - last >= MEMORY) {
            next = Self::default();
        }
        next.last = Some(now);
        match next.since {
            // Once locked, every failure counts until the account has been quiet for a day.
            Some(since) if next.locks > 0 || now - since < WINDOW => {
                next.count = next.count.saturating_add(1);
            }
            _ => {
                next.since = Some(now);
                next.count = 1;
            }
        }
        if next.count >= MAX_FAILURES {
            // Past the sixth doubling the limit applies anyway.
            let time = FIRST_LOCK * (1 << next.locks.min(6));
            next.locked_until = Some(now + time.min(LONGEST_LOCK));
            next.locks = next.locks.saturating_add(1);
        }
        next
    }

    /// When the record may be deleted (the `ttl` of its item).
    pub fn forgotten_at(&self) -> Option<DateTime<Utc>> {
        self.last.map(|last| last + MEMORY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn failed(times: impl IntoIterator<Item = i64>) -> Failures {
        times.into_iter().fold(Failures::default(), |failures, t| {
            failures.after_failure(at(t))
        })
    }

    #[test]
    fn four_failures_do_not_lock_and_the_fifth_does() {
        assert_eq!(failed(0..4).check(at(4)), Ok(()));
        let locked = failed(0..5);
        assert_eq!(
            locked.check(at(4)),
            Err(LockedOut {
                retry_after_seconds: 60
            })
        );
        assert_eq!(
            locked.check(at(63)),
            Err(LockedOut {
                retry_after_seconds: 1
            })
        );
        assert_eq!(locked.check(at(64)), Ok(()));
    }

    #[test]
    fn each_further_failure_doubles_the_time_up_to_an_hour() {
        let mut failures = failed(0..4);
        let mut now = 10;
        let mut times = Vec::new();
        for _ in 0..9 {
            failures = failures.after_failure(at(now));
            let locked = failures.check(at(now)).unwrap_err();
            times.push(locked.retry_after_seconds / 60);
            now += i64::from(locked.retry_after_seconds);
            assert_eq!(failures.check(at(now)), Ok(()));
        }
        assert_eq!(times, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn slow_failures_never_add_up() {
        for seconds in [240, 901] {
            assert_eq!(failed((0..50).map(|n| n * seconds)).locks, 0);
        }
        assert_eq!(failed((0..5).map(|n| n * 200)).locks, 1);
    }

    #[test]
    fn a_day_forgets() {
        let locked = failed(0..6);
        assert_eq!(locked.forgotten_at(), Some(at(5 + 86_400)));
        let later = locked.after_failure(at(5 + 86_400));
        assert_eq!((later.count, later.locks, later.locked_until), (1, 0, None));
    }

    #[test]
    fn a_clock_that_was_set_back_locks_for_an_hour_at_most() {
        let locked = failed((0..5).map(|n| 1_000_000 + n));
        assert_eq!(
            locked.check(at(0)),
            Err(LockedOut {
                retry_after_seconds: 3600
            })
        );
        assert!(locked.after_failure(at(0)).check(at(0)).is_err());
    }

    #[test]
    fn counters_saturate() {
        let worn = Failures {
            count: u32::MAX,
            locks: u32::MAX,
            ..failed(0..5)
        };
        assert_eq!(
            worn.after_failure(at(100))
                .check(at(100))
                .unwrap_err()
                .retry_after_seconds,
            3600
        );
    }
}
