//! `ClientRequestToken` for the embedded database: a transaction that is sent twice happens once.
//!
//! dynoxide has this too, but walks through the tokens of the last ten minutes at every transaction, so that a busy
//! server's transactions get slower and slower. Here the oldest tokens are dropped from a queue, which
//! costs the same however many there are.
//!
//! That a token comes with the same request each time is not checked: [`Table::transact`](super::Table::transact) makes a
//! new one for each call, and no other code makes any.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// As long as DynamoDB does.
const KEPT: Duration = Duration::from_secs(600);

/// The answers of transactions by their tokens.
#[derive(Debug, Default)]
pub(super) struct Replays(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    by_token: HashMap<String, Arc<Answer>>,
    oldest_first: VecDeque<(Instant, String)>,
}

/// Locked while the transaction runs, so that a second request of the same token waits for it.
type Answer = Mutex<Option<String>>;

impl Replays {
    /// Run a transaction, unless it ran under this token before; then its answer is given again. One that
    /// failed may be tried again.
    pub(super) fn once<E>(
        &self,
        token: &str,
        run: impl FnOnce() -> Result<String, E>,
    ) -> Result<String, E> {
        let answer = self.answer(token, Instant::now());
        let mut answer = answer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = &*answer {
            return Ok(answer.clone());
        }
        let new = run()?;
        *answer = Some(new.clone());
        Ok(new)
    }

    fn answer(&self, token: &str, now: Instant) -> Arc<Answer> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = &mut *known;
        while let Some((since, _)) = known.oldest_first.front()
            && now.saturating_duration_since(*since) > KEPT
            && let Some((_, token)) = known.oldest_first.pop_front()
        {
            known.by_token.remove(&token);
        }
        if let Some(answer) = known.by_token.get(token) {
            return answer.clone();
        }
        let answer = Arc::new(Answer::default());
        known.by_token.insert(token.to_owned(), answer.clone());
        known.oldest_first.push_back((now, token.to_owned()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_one_answer() {
        let replays = Replays::default();
        let once = |token, answer: &str| replays.once(token, || Ok::<_, &str>(answer.to_owned()));
        assert_eq!(replays.once("t", || Err("no")), Err("no"));
        assert_eq!(once("t", "1"), Ok("1".to_owned()));
        assert_eq!(once("t", "2"), Ok("1".to_owned()));
        assert_eq!(once("u", "3"), Ok("3".to_owned()));
    }

    #[test]
    fn requests_at_once_under_one_token_run_once() {
        let replays = Replays::default();
        let runs = Mutex::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let run = || {
                        *runs.lock().unwrap() += 1;
                        std::thread::sleep(Duration::from_millis(20));
                        Ok::<_, ()>("done".to_owned())
                    };
                    assert_eq!(replays.once("t", run), Ok("done".to_owned()));
                });
            }
        });
        assert_eq!(*runs.lock().unwrap(), 1);
    }

    #[test]
    fn tokens_are_forgotten_after_ten_minutes() {
        let replays = Replays::default();
        let now = Instant::now();
        for n in 0..100 {
            replays.answer(&n.to_string(), now + Duration::from_secs(n));
        }
        replays.answer("last", now + Duration::from_secs(650));
        let known = replays.0.lock().unwrap();
        assert_eq!(known.by_token.len(), known.oldest_first.len());
        assert_eq!(known.by_token.len(), 51);
        assert!(known.by_token.contains_key("50") && !known.by_token.contains_key("49"));
    }
}
