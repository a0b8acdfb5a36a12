//! The service of a function, made anew when its secrets have changed.
//!
//! A process lives for hours, and a key may have to go sooner. So the secrets are read again when they are some minutes old,
//! before a request is answered, and where one has another version, a service with the new ones takes over. Where they can
//! not be read, or not be used, the function goes on with those that it has, says so, and asks again soon.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use civicforge_runtime::service::Service;

use super::open::{Means, OpenError};
use super::secrets::SecretTexts;
use crate::app::CivicForge;

/// How old secrets may become. Whoever rotates keys waits as long between publishing one and signing with it.
const FRESH: Duration = Duration::from_secs(5 * 60);
/// How long the next attempt waits where they could not be read.
const RETRY: Duration = Duration::from_secs(30);

pub(super) struct Current {
    means: Means,
    operations: &'static [&'static str],
    state: Mutex<State>,
}

struct State {
    service: Service<CivicForge>,
    secrets: SecretTexts,
    due: Option<Instant>,
}

impl Current {
    pub(super) async fn new(
        means: Means,
        operations: &'static [&'static str],
    ) -> Result<Self, OpenError> {
        let secrets = means.secrets().await?;
        let service = means.service(operations, &secrets)?;
        let may_change = SecretTexts::may_change(means.config());
        Ok(Self {
            means,
            operations,
            state: Mutex::new(State {
                service,
                secrets,
                due: may_change.then(|| Instant::now() + FRESH),
            }),
        })
    }

    /// The service that answers the next request.
    pub(super) async fn service(&self) -> Service<CivicForge> {
        if self.is_due(Instant::now()) {
            let read = self.means.secrets().await;
            self.take(read, Instant::now());
        }
        self.with(|state| state.service.clone())
    }

    fn is_due(&self, now: Instant) -> bool {
        self.with(|state| state.due.is_some_and(|due| due <= now))
    }

    fn take(&self, read: Result<SecretTexts, OpenError>, now: Instant) {
        let made = read.and_then(|secrets| {
            if self.with(|state| state.secrets == secrets) {
                return Ok(None);
            }
            let service = self.means.service(self.operations, &secrets)?;
            Ok(Some((secrets, service)))
        });
        self.with(|state| match made {
            Ok(changed) => {
                state.due = Some(now + FRESH);
                if let Some((secrets, service)) = changed {
                    tracing::info!("secrets have changed and are used from now on");
                    (state.secrets, state.service) = (secrets, service);
                }
            }
            Err(error) => {
                state.due = Some(now + RETRY);
                tracing::error!(%error, "secrets can not be read anew; those from before stay in use");
            }
        });
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use axum::http::StatusCode;
    use axum::routing::post;
    use axum::{Json, Router};
    use civicforge_runtime::body::Body;
    use http::Request;
    use serde_json::{Value, json};

    use super::super::config::FunctionConfig;
    use super::*;
    use crate::app::system_clock;
    use crate::auth::keys::SigningKeys;

    /// What Secrets Manager says of every secret: its version and its text, or nothing while it is down.
    type Kept = Arc<Mutex<Option<(String, String)>>>;

    fn document() -> String {
        let keys = SigningKeys::generate().unwrap();
        serde_json::to_string(keys.public().jwks()).unwrap()
    }

    async fn keeper(kept: Kept) -> String {
        let answer = move || async move {
            match &*kept.lock().unwrap() {
                Some((version, text)) => {
                    let body = json!({"VersionId": version, "SecretString": text});
                    (StatusCode::OK, Json(body))
                }
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
        url
    }

    fn means(secrets: &str) -> Means {
        let secret = "A".repeat(43);
        let variables = BTreeMap::from([
            ("CIVICFORGE_FUNCTION", "api"),
            ("CIVICFORGE_STAGE", "test"),
            ("CIVICFORGE_TABLE", "test"),
            ("CIVICFORGE_PUBLIC_URL", "https://civicforge.test"),
            ("CIVICFORGE_PUBLIC_KEYS_ARN", "arn:public"),
            ("CIVICFORGE_SECRET", &secret),
            ("CIVICFORGE_SECRETS_ENDPOINT", secrets),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "id"),
            ("AWS_SECRET_ACCESS_KEY", "key"),
        ]);
        let config =
            FunctionConfig::read(|name| variables.get(name).map(|v| (*v).to_owned()), vec![]);
        Means::new(config.unwrap(), system_clock())
    }

    /// What the current service publishes, after its secrets have grown old.
    async fn published(current: &Current) -> Value {
        current.with(|state| state.due = Some(Instant::now()));
        let request = Request::get("/.well-known/jwks.json").body(Body::Complete("".into()));
        let answer = current.service().await.call(request.unwrap()).await;
        serde_json::from_slice(answer.body()).unwrap()
    }

    #[tokio::test]
    async fn a_new_version_takes_over_and_a_bad_one_does_not() {
        let (first, second) = (document(), document());
        let kept = Kept::default();
        let keep = |version: &str, text: &str| {
            *kept.lock().unwrap() = Some((version.to_owned(), text.to_owned()));
        };
        let means = means(&keeper(kept.clone()).await);
        let error = Current::new(means, &["getJwks"]).await.err().unwrap();
        assert!(error.to_string().contains("arn:public"), "{error}");

        keep("1", &first);
        let means = self::means(&keeper(kept.clone()).await);
        let current = Current::new(means, &["getJwks"]).await.unwrap();
        let expected = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(published(&current).await, expected(&first));
        keep("2", &second);
        assert_eq!(published(&current).await, expected(&second));
        keep("3", "hello");
        assert_eq!(published(&current).await, expected(&second));
        *kept.lock().unwrap() = None;
        assert_eq!(published(&current).await, expected(&second));
        assert!(!current.is_due(Instant::now()) && current.is_due(Instant::now() + RETRY));
        keep("4", &first);
        assert_eq!(published(&current).await, expected(&first));
        assert!(!current.is_due(Instant::now() + RETRY));
    }
}
