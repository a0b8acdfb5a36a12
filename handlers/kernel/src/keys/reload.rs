//! Reading keys again, and using what has changed.
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
use super::{CurrentKeys, Keys};
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

/// The texts of keys. Those that are equal make the same keys.
#[derive(Debug, PartialEq, Eq)]
struct Texts {
    signing_keys: Option<SecretText>,
    public_keys: Option<SecretText>,
    secret: Option<SecretText>,
    edge_keys: Option<SecretText>,
}

/// The keys of a process, and where they come from.
#[derive(Debug)]
pub struct KeyReloader {
    sources: KeySources,
    keeper: Option<Secrets>,
    waits: Option<Waits>,
    current: CurrentKeys,
    last: Mutex<Last>,
}

/// What was read last, and how that ended.
#[derive(Debug)]
struct Last {
    texts: Texts,
    due: Option<Instant>,
    told: Option<(String, Instant)>,
}

impl KeyReloader {
    /// Reads all keys.
    ///
    /// # Errors
    ///
    /// Where one cannot be read, or not be used.
    pub async fn open(sources: KeySources, keeper: Option<Secrets>) -> Result<Self, KeysError> {
        let texts = read(&sources, keeper.as_ref()).await?;
        let current = CurrentKeys::new(keys(&sources, &texts)?);
        let waits = Waits::of(&sources);
        let now = Instant::now();
        Ok(Self {
            sources,
            keeper,
            waits,
            current,
            last: Mutex::new(Last {
                texts,
                due: waits.map(|waits| now + waits.fresh),
                told: None,
            }),
        })
    }

    /// The keys, which others take the place of.
    pub fn current(&self) -> &CurrentKeys {
        &self.current
    }

    /// Reads them again where they have become old. If it is canceled, the next call does it.
    pub async fn refresh(&self) {
        self.refresh_at(Instant::now()).await;
    }

    /// Reads them again whenever they have become old, until dropped.
    #[cfg(feature = "server")]
    pub async fn run(&self) {
        loop {
            let due = self.last.lock().await.due;
            match due {
                Some(due) => tokio::time::sleep_until(due.into()).await,
                None => std::future::pending().await,
            }
            self.refresh().await;
        }
    }

    async fn refresh_at(&self, now: Instant) {
        let mut last = self.last.lock().await;
        let Some(waits) = self
            .waits
            .filter(|_| last.due.is_some_and(|due| due <= now))
        else {
            return;
        };
        match self.changed(&last.texts).await {
            Ok(changed) => {
                last.due = Some(now + waits.fresh);
                last.told = None;
                if let Some((texts, keys)) = changed {
                    self.current.replace(keys);
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

    /// What is there now, if it is not what was there.
    async fn changed(&self, before: &Texts) -> Result<Option<(Texts, Keys)>, KeysError> {
        let texts = read(&self.sources, self.keeper.as_ref()).await?;
        if texts == *before {
            return Ok(None);
        }
        let keys = keys(&self.sources, &texts)?;
        Ok(Some((texts, keys)))
    }
}

async fn read(sources: &KeySources, keeper: Option<&Secrets>) -> Result<Texts, KeysError> {
    let one = async |source: &Option<SecretSource>| match source {
        None => Ok(None),
        Some(source) => source.read(keeper).await.map(Some),
    };
    let (signing_keys, public_keys, secret, edge_keys) = futures::try_join!(
        one(&sources.signing_keys),
        one(&sources.public_keys),
        one(&sources.secret),
        one(&sources.edge_keys),
    )?;
    Ok(Texts {
        signing_keys,
        public_keys,
        secret,
        edge_keys,
    })
}

fn keys(sources: &KeySources, texts: &Texts) -> Result<Keys, KeysError> {
    let signing = used(
        (&sources.signing_keys, &texts.signing_keys),
        SigningKeys::from_pem,
        |origin, source| KeysError::Signing { origin, source },
    )?;
    let published = used(
        (&sources.public_keys, &texts.public_keys),
        PublicKeys::from_json,
        |origin, source| KeysError::Public { origin, source },
    )?;
    let public = match (published, &signing) {
        (Some(public), _) => Arc::new(public),
        (None, Some(keys)) => keys.public().clone(),
        // A process that is shown no tokens verifies none.
        (None, None) => Arc::new(PublicKeys::none()),
    };
    let secrets = used(
        (&sources.secret, &texts.secret),
        Secret::from_lines,
        |origin, source| KeysError::Secret { origin, source },
    )?;
    let edge = used(
        (&sources.edge_keys, &texts.edge_keys),
        EdgeKeys::from_json,
        |origin, source| KeysError::Edge { origin, source },
    )?;
    let secrets = secrets.unwrap_or_default();
    Ok(Keys::new(signing.map(Arc::new), public, &secrets).with_edge(edge))
}

/// What a text says, if there is one; or what is wrong with it, by the name of where it is.
fn used<T, E>(
    (source, text): (&Option<SecretSource>, &Option<SecretText>),
    read: impl FnOnce(&str) -> Result<T, E>,
    wrong: impl FnOnce(String, E) -> KeysError,
) -> Result<Option<T>, KeysError> {
    let (Some(source), Some(text)) = (source, text) else {
        return Ok(None);
    };
    let read = read(text.expose());
    read.map(Some)
        .map_err(|error| wrong(source.to_string(), error))
}

#[cfg(test)]
mod tests {
    use std::sync::PoisonError;

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
        let answer = move || async move {
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
        let http = aws::http_client(Some(&url), aws::Trust::Amazon);
        let credentials = Credentials::new("id", "key", None, None, "test");
        let region = "eu-central-1".to_owned();
        let limits = aws::secrets::LIMITS;
        let config = aws::config(http, region, credentials, Some(&url), &limits);
        Secrets::new(&config)
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
        reloader.refresh_at(Instant::now() + later).await;
        let keys = reloader.current().now();
        keys.signing().unwrap().kid().to_owned()
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
            reloader.refresh_at(Instant::now() + later).await;
            let keys = reloader.current().now();
            for key in ["1", "2", "3", "4"] {
                let shown = key.repeat(40).parse().unwrap();
                assert_eq!(keys.edge().unwrap().hold(&shown), good.contains(key));
            }
        }
    }

    #[tokio::test]
    async fn what_is_given_is_never_read_again() {
        let text = SecretText::new(generate_pem().unwrap().to_string());
        let reloader = KeyReloader::open(sources(SecretSource::Given(text)), None).await;
        assert_eq!(reloader.unwrap().last.lock().await.due, None);
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
