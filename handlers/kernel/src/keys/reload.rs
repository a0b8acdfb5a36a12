//! Reading keys, at the start or when they are needed, and again when they have become old.
//!
//! A process lives for hours or months, and a key may have to go sooner. So what may change is read again when it has become
//! old. Where it cannot be read, or not be used, the process goes on with the keys that it has, says so,
//! and asks again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::edge::EdgeKeys;
use super::public::PublicKeys;
use super::secret::Secret;
use super::signing::SigningKeys;
use super::source::{KeySources, KeysError, SecretSource};
use super::{CurrentKeys, Derived, KeyName, Keys, KeysUnavailable};
use crate::aws::secrets::Secrets;
use crate::secret_text::SecretText;

/// How old what files say may become.
const FILES: Waits = Waits {
    fresh: Duration::from_secs(1),
    retry: Duration::from_secs(1),
};
/// How old what Secrets Manager says may become, where each question has its price. Whoever rotates keys waits as long between
/// publishing one and signing with it.
const KEPT: Waits = Waits {
    fresh: Duration::from_secs(5 * 60),
    retry: Duration::from_secs(30),
};
/// How often the same trouble is told of.
const TOLD_EVERY: Duration = Duration::from_secs(30);
/// How long a key that is needed, and could not be read, is not asked for again: twice as long each time.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// When keys are read again.
#[derive(Debug, Clone, Copy)]
struct Waits {
    /// After they were read.
    fresh: Duration,
    /// After they could not be read, or not be used.
    retry: Duration,
}

impl Waits {
    /// None where nothing can change. All keys are read together, as rarely as the one that is read most rarely.
    fn of(sources: &KeySources) -> Option<Self> {
        let mut files = false;
        for source in sources.all() {
            match source {
                SecretSource::Given(_) => {}
                SecretSource::File(_) => files = true,
                SecretSource::Kept(_) => return Some(KEPT),
            }
        }
        files.then_some(FILES)
    }
}

/// The texts of keys that were read. Those that are equal make the same keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Texts([Option<SecretText>; KeyName::ALL.len()]);

impl Texts {
    fn of(&self, name: KeyName) -> Option<&SecretText> {
        self.0[name as usize].as_ref()
    }

    /// The same with the other's text of this name.
    fn with(&self, name: KeyName, other: &Self) -> Self {
        let mut texts = self.clone();
        texts.0[name as usize] = other.of(name).cloned();
        texts
    }
}

/// Reads keys.
#[derive(Debug)]
pub(super) struct Reloader {
    sources: KeySources,
    keeper: Option<Secrets>,
    waits: Option<Waits>,
    /// Whether who needs a key reads it; in a server [`KeyReloader::run`] does, and no request waits for that.
    when_needed: bool,
    /// Held while something is read.
    last: Mutex<Last>,
}

/// What was read last, and how that ended.
#[derive(Debug, Default)]
struct Last {
    texts: Texts,
    due: Option<Instant>,
    told: Option<(String, Instant)>,
    /// Keys that were needed and could not be read.
    failed: Vec<(KeyName, Failed)>,
}

#[derive(Debug, Clone, Copy)]
struct Failed {
    /// How long nobody asks again.
    wait: Duration,
    until: Instant,
}

/// What keeps the keys of a server current.
#[derive(Debug)]
pub struct KeyReloader(CurrentKeys);

impl KeyReloader {
    /// Reads all keys.
    ///
    /// # Errors
    ///
    /// Where one cannot be read, or not be used.
    pub async fn open(sources: KeySources, keeper: Option<Secrets>) -> Result<Self, KeysError> {
        let reloader = Reloader::new(sources, keeper, false);
        let texts = reloader.read(|_| true).await?;
        let keys = keys(&reloader.sources, &texts)?;
        let mut last = reloader.last.lock().await;
        last.texts = texts;
        last.due = reloader.waits.map(|waits| Instant::now() + waits.fresh);
        drop(last);
        Ok(Self(CurrentKeys::with(keys, Some(reloader))))
    }

    /// The keys, which others take the place of.
    pub fn current(&self) -> &CurrentKeys {
        &self.0
    }

    /// Reads them again whenever they have become old, until dropped.
    #[cfg(feature = "server")]
    pub async fn run(&self) {
        let Some(reloader) = &self.0.0.reloader else {
            return;
        };
        loop {
            let due = reloader.last.lock().await.due;
            match due {
                Some(due) => tokio::time::sleep_until(due.into()).await,
                None => std::future::pending().await,
            }
            self.0.refresh_at(Instant::now()).await;
        }
    }
}

impl CurrentKeys {
    /// Keys of which each is read when it is first needed, and again when it is needed and has become old.
    pub fn when_needed(sources: KeySources, keeper: Option<Secrets>) -> Self {
        Self::with(Keys::none(), Some(Reloader::new(sources, keeper, true)))
    }

    /// The keys to use for what begins now. The one of this name is among them, unless the process was told of none. Those who
    /// need it at once share one reading. If it is cancelled, the next call goes on.
    ///
    /// # Errors
    ///
    /// The key was never read, and cannot be at the moment. After that nobody asks for it for a while, which becomes longer with each
    /// failure.
    pub async fn having(&self, name: KeyName) -> Result<Arc<Keys>, KeysUnavailable> {
        self.having_at(name, Instant::now()).await
    }

    async fn having_at(&self, name: KeyName, now: Instant) -> Result<Arc<Keys>, KeysUnavailable> {
        let keys = self.now();
        let reloader = self.0.reloader.as_ref();
        let Some(reloader) = reloader.filter(|reloader| reloader.when_needed) else {
            return Ok(keys);
        };
        if !keys.has(name) {
            let mut last = reloader.last.lock().await;
            // While this caller waited, another may have brought it.
            if !self.now().has(name) {
                self.first(reloader, &mut last, name, now).await?;
            }
            return Ok(self.now());
        }
        self.refresh_at(now).await;
        Ok(self.now())
    }

    /// Reads the key of this name.
    async fn first(
        &self,
        reloader: &Reloader,
        last: &mut Last,
        name: KeyName,
        now: Instant,
    ) -> Result<(), KeysUnavailable> {
        let Some(name) = reloader.read_for(name) else {
            return Ok(());
        };
        let failed = last.failed.iter().find(|(failed, _)| *failed == name);
        let failed = failed.map(|(_, failed)| *failed);
        if let Some(failed) = failed.filter(|failed| failed.until > now) {
            let retry_after = failed.until.duration_since(now);
            return Err(KeysUnavailable { retry_after });
        }
        let read = reloader.read(|one| one == name).await;
        let made = read.and_then(|read| {
            let texts = last.texts.with(name, &read);
            let keys = keys(&reloader.sources, &texts)?;
            Ok((texts, keys))
        });
        last.failed.retain(|(failed, _)| *failed != name);
        match made {
            Ok((texts, keys)) => {
                last.texts = texts;
                let due = reloader.waits.map(|waits| now + waits.fresh);
                last.due = last.due.or(due);
                self.replace(keys);
                Ok(())
            }
            Err(error) => {
                let wait = failed.map_or(FIRST_WAIT, |failed| failed.wait * 2);
                let wait = wait.min(LONGEST_WAIT);
                tracing::error!(%error, "keys that are needed cannot be read");
                let until = now + wait;
                last.failed.push((name, Failed { wait, until }));
                Err(KeysUnavailable { retry_after: wait })
            }
        }
    }

    /// Reads again those that were read before, where they have become old and nobody does it already. If it is cancelled, the next
    /// call does it.
    async fn refresh_at(&self, now: Instant) {
        let Some(reloader) = &self.0.reloader else {
            return;
        };
        let Ok(mut last) = reloader.last.try_lock() else {
            return;
        };
        let is_due = last.due.is_some_and(|due| due <= now);
        let Some(waits) = reloader.waits.filter(|_| is_due) else {
            return;
        };
        match reloader.changed(&last.texts).await {
            Ok(changed) => {
                last.due = Some(now + waits.fresh);
                last.told = None;
                if let Some((texts, keys)) = changed {
                    self.replace(keys);
                    last.texts = texts;
                    tracing::info!("keys have changed and are used from now on");
                }
            }
            Err(error) => {
                last.due = Some(now + waits.retry);
                let error = error.to_string();
                let known =
                    |(told, at): &(String, Instant)| *told == error && *at + TOLD_EVERY > now;
                if !last.told.as_ref().is_some_and(known) {
                    tracing::error!(%error, "keys cannot be read again; those from before stay in use");
                    last.told = Some((error, now));
                }
            }
        }
    }
}

impl Reloader {
    fn new(sources: KeySources, keeper: Option<Secrets>, when_needed: bool) -> Self {
        Self {
            when_needed,
            waits: Waits::of(&sources),
            sources,
            keeper,
            last: Mutex::default(),
        }
    }

    /// What has to be read for a key: without public keys of their own, they are those of the signing keys. None where there is
    /// nothing to read.
    fn read_for(&self, name: KeyName) -> Option<KeyName> {
        let is_there = |name: &KeyName| self.sources.of(*name).is_some();
        let instead = (name == KeyName::Public).then_some(KeyName::Signing);
        Some(name).filter(is_there).or(instead.filter(is_there))
    }

    async fn read(&self, wanted: impl Fn(KeyName) -> bool) -> Result<Texts, KeysError> {
        let one = async |name| match self.sources.of(name).filter(|_| wanted(name)) {
            None => Ok(None),
            Some(source) => source.read(self.keeper.as_ref()).await.map(Some),
        };
        let [signing, public, secret, edge] = KeyName::ALL.map(one);
        let texts = futures::try_join!(signing, public, secret, edge)?;
        Ok(Texts(texts.into()))
    }

    /// What is there now of what was there, if it is not the same.
    async fn changed(&self, before: &Texts) -> Result<Option<(Texts, Keys)>, KeysError> {
        let texts = self.read(|name| before.of(name).is_some()).await?;
        if texts == *before {
            return Ok(None);
        }
        let keys = keys(&self.sources, &texts)?;
        Ok(Some((texts, keys)))
    }
}

fn keys(sources: &KeySources, texts: &Texts) -> Result<Keys, KeysError> {
    let found = |name| sources.of(name).zip(texts.of(name));
    let signing = used(
        found(KeyName::Signing),
        SigningKeys::from_pem,
        |origin, source| KeysError::Signing { origin, source },
    )?;
    let published = used(
        found(KeyName::Public),
        PublicKeys::from_json,
        |origin, source| KeysError::Public { origin, source },
    )?;
    // Where there are public keys of their own, which may not be read yet, those count.
    let of_signing = || match sources.public_keys {
        Some(_) => None,
        None => signing.as_ref().map(|keys| keys.public().clone()),
    };
    let public = published.map(Arc::new).or_else(of_signing);
    let secrets = used(
        found(KeyName::Secret),
        Secret::from_lines,
        |origin, source| KeysError::Secret { origin, source },
    )?;
    let edge = used(
        found(KeyName::Edge),
        EdgeKeys::from_json,
        |origin, source| KeysError::Edge { origin, source },
    )?;
    Ok(Keys {
        signing: signing.map(Arc::new),
        public,
        derived: Derived::of(&secrets.unwrap_or_default()),
        edge,
    })
}

/// What a text says, if there is one; or what is wrong with it, by the name of where it is.
fn used<T, E>(
    found: Option<(&SecretSource, &SecretText)>,
    read: impl FnOnce(&str) -> Result<T, E>,
    wrong: impl FnOnce(String, E) -> KeysError,
) -> Result<Option<T>, KeysError> {
    let Some((source, text)) = found else {
        return Ok(None);
    };
    let read = read(text.expose());
    read.map(Some)
        .map_err(|error| wrong(source.to_string(), error))
}

#[cfg(test)]
mod tests {
    use std::sync::PoisonError;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::http::StatusCode;
    use axum::routing::post;
    use axum::{Json, Router};
    use serde_json::json;

    use super::*;
    use crate::aws::{self, Credentials};
    use crate::keys::signing::generate_pem;

    /// What Secrets Manager says of every secret, or nothing while it is down.
    type Kept = Arc<std::sync::Mutex<Option<String>>>;

    async fn keeper(kept: Kept) -> Secrets {
        counted(kept).await.0
    }

    /// With how often it is asked.
    async fn counted(kept: Kept) -> (Secrets, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let answer = move || async move {
            counter.fetch_add(1, Ordering::SeqCst);
            match &*kept.lock().unwrap_or_else(PoisonError::into_inner) {
                Some(text) => (
                    StatusCode::OK,
                    Json(json!({"VersionId": "1", "SecretString": text})),
                ),
                None => (
                    StatusCode::BAD_REQUEST,
                    Json(json!({"__type": "DecryptionFailure"})),
                ),
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/", post(answer));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let url = url.parse().unwrap();
        let http = aws::http_client(aws::Trust::Amazon);
        let credentials = Credentials::new("id", "key", None, None, "test");
        let region = "eu-central-1".to_owned();
        let limits = aws::secrets::LIMITS;
        let config = aws::config(http, region, credentials, Some(&url), &limits);
        (Secrets::new(&config), asked)
    }

    fn sources(source: SecretSource) -> KeySources {
        KeySources {
            signing_keys: Some(source),
            ..KeySources::default()
        }
    }

    fn kid_of(pem: &str) -> String {
        SigningKeys::from_pem(pem).unwrap().kid().to_owned()
    }

    /// The key that signs after this long.
    async fn kid(reloader: &KeyReloader, later: Duration) -> String {
        let keys = reloader.current();
        keys.refresh_at(Instant::now() + later).await;
        keys.now().signing().unwrap().kid().to_owned()
    }

    #[tokio::test]
    async fn a_new_secret_takes_over_and_a_bad_one_does_not() {
        let kept = Kept::default();
        let keep = |text: Option<&str>| *kept.lock().unwrap() = text.map(str::to_owned);
        let keeper = keeper(kept.clone()).await;
        let open = || {
            KeyReloader::open(
                sources(SecretSource::Kept("arn:x".into())),
                Some(keeper.clone()),
            )
        };
        let error = open().await.unwrap_err().to_string();
        assert!(error.contains("arn:x"), "{error}");

        let (first, second) = (generate_pem().unwrap(), generate_pem().unwrap());
        keep(Some(&first));
        let reloader = open().await.unwrap();
        keep(Some(&second));
        let early = KEPT.fresh - Duration::from_secs(10);
        assert_eq!(kid(&reloader, early).await, kid_of(&first));
        let mut later = KEPT.fresh;
        assert_eq!(kid(&reloader, later).await, kid_of(&second));
        for unusable in [Some("hello"), None] {
            keep(unusable);
            later += KEPT.fresh;
            assert_eq!(kid(&reloader, later).await, kid_of(&second));
            // It is asked again sooner than after a success.
            keep(Some(&first));
            later += KEPT.retry;
            assert_eq!(kid(&reloader, later).await, kid_of(&first));
            keep(Some(&second));
            later += KEPT.fresh;
            assert_eq!(kid(&reloader, later).await, kid_of(&second));
        }
    }

    #[tokio::test]
    async fn a_request_of_a_server_reads_no_keys() {
        let pem = generate_pem().unwrap();
        let kept = Kept::default();
        *kept.lock().unwrap() = Some(pem.to_string());
        let (keeper, asked) = counted(kept).await;
        let sources = sources(SecretSource::Kept("arn:x".into()));
        let reloader = KeyReloader::open(sources, Some(keeper)).await.unwrap();
        let late = Instant::now() + 2 * KEPT.fresh;
        let keys = reloader.current().having_at(KeyName::Signing, late).await;
        assert_eq!(keys.unwrap().signing().unwrap().kid(), kid_of(&pem));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn edge_keys_are_replaced_while_both_are_good() {
        let document = |a: &str, b: &str| json!({"a": a.repeat(40), "b": b.repeat(40)}).to_string();
        let kept = Kept::default();
        let keep = |text: String| *kept.lock().unwrap() = Some(text);
        keep(document("1", ""));
        let sources = KeySources {
            edge_keys: Some(SecretSource::Kept("arn:edge".into())),
            ..KeySources::default()
        };
        let reloader = KeyReloader::open(sources, Some(keeper(kept.clone()).await));
        let reloader = reloader.await.unwrap();
        let mut later = Duration::ZERO;
        for (a, b, good) in [("1", "2", "12"), ("3", "2", "23"), ("3", "4", "34")] {
            keep(document(a, b));
            later += KEPT.fresh;
            let keys = reloader.current();
            keys.refresh_at(Instant::now() + later).await;
            let keys = keys.now();
            for key in ["1", "2", "3", "4"] {
                let shown = key.repeat(40).parse().unwrap();
                assert_eq!(keys.edge().unwrap().hold(&shown), good.contains(key));
            }
        }
    }

    #[tokio::test]
    async fn those_who_need_a_key_at_once_share_one_reading() {
        let kept = Kept::default();
        *kept.lock().unwrap() = Some(generate_pem().unwrap().to_string());
        let (keeper, asked) = counted(kept).await;
        let sources = sources(SecretSource::Kept("arn:x".into()));
        let keys = CurrentKeys::when_needed(sources, Some(keeper));
        assert!(!keys.now().has(KeyName::Signing));
        // What it was told of no source for is missing without a question.
        assert!(
            !keys
                .having(KeyName::Secret)
                .await
                .unwrap()
                .has(KeyName::Secret)
        );
        assert_eq!(asked.load(Ordering::SeqCst), 0);
        // Public keys are those of the signing keys.
        let names = [KeyName::Signing, KeyName::Public].repeat(10);
        let all = names.iter().map(|name| keys.having(*name));
        for (had, name) in futures::future::join_all(all).await.iter().zip(&names) {
            assert!(had.as_ref().unwrap().has(*name));
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_key_that_cannot_be_read_is_asked_for_less_and_less_often() {
        let kept = Kept::default();
        let (keeper, asked) = counted(kept.clone()).await;
        let sources = sources(SecretSource::Kept("arn:x".into()));
        let keys = CurrentKeys::when_needed(sources, Some(keeper));
        let mut now = Instant::now();
        for (round, seconds) in [1, 2, 4, 8, 16, 30, 30].into_iter().enumerate() {
            let wait = Duration::from_secs(seconds);
            for early in [Duration::ZERO, wait / 2] {
                let error = keys.having_at(KeyName::Signing, now + early).await;
                let retry_after = wait - early;
                assert_eq!(error.unwrap_err(), KeysUnavailable { retry_after });
            }
            assert_eq!(asked.load(Ordering::SeqCst), round + 1);
            now += wait;
        }
        *kept.lock().unwrap() = Some(generate_pem().unwrap().to_string());
        let had = keys.having_at(KeyName::Signing, now).await.unwrap();
        assert!(had.has(KeyName::Signing));
    }

    #[tokio::test]
    async fn what_is_given_is_never_read_again() {
        let text = SecretText::new(generate_pem().unwrap().to_string());
        let reloader = KeyReloader::open(sources(SecretSource::Given(text)), None).await;
        let keys = reloader.unwrap().current().clone();
        let last = keys.0.reloader.as_ref().unwrap().last.lock().await;
        assert_eq!(last.due, None);
    }

    #[tokio::test]
    async fn unusable_keys_are_named_with_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.pem");
        let open = || KeyReloader::open(sources(SecretSource::File(path.clone())), None);
        let error = open().await.unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("{}: ", path.display())),
            "{error}"
        );
        std::fs::write(&path, "hunter2").unwrap();
        let error = open().await.unwrap_err().to_string();
        let expected = format!(
            "the signing keys of {} cannot be used: no private key",
            path.display()
        );
        assert!(error.starts_with(&expected), "{error}");
    }
}
