//! Objects of Amazon S3, and of whatever speaks its protocol: a few operations, and URLs by which others may do one of them. All of it is
//! signed by `aws-sigv4`, as the [other calls](super::signed) are; the SDK's client of S3 is many times as large as a function
//! (docs/decisions/0022).

use std::fmt;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use backon::Retryable;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use civicforge_runtime::call::Call;
use civicforge_runtime::status::{InternalServerError, ServiceUnavailable};
use http::Method;
use url::Url;

use super::signed::{S3, ServiceAddress, SignedCalls, domain, read};
use super::{SharedCredentialsProvider, Trust};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::table::backoff::Backoff;

/// How long one attempt may take. The largest object has ten megabytes.
const ATTEMPT: Duration = Duration::from_secs(10);

/// The attempts of a call that has failed. A request may be waiting.
const RETRIES: Backoff = Backoff {
    base: Duration::from_millis(50),
    cap: Duration::from_secs(1),
    retries: 2,
    budget: Duration::from_secs(2),
};

/// When a caller may try again.
const RETRY_AFTER: u64 = 1;

/// As much of an answer as is told.
const TOLD: usize = 200;

/// A bucket, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketAddress {
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: String,
    /// Where it is reached, if not at the region's own endpoint.
    pub endpoint: Option<Url>,
    /// Where others reach it, if that is elsewhere.
    pub public_endpoint: Option<Url>,
}

impl BucketAddress {
    /// The URL of an object. The bucket stands in the host, or in the path where the endpoint is not the region's own.
    fn url(&self, endpoint: Option<&Url>, key: &str) -> String {
        let (name, region) = (&self.name, &self.region);
        match endpoint {
            Some(endpoint) => {
                let base = endpoint.as_str().trim_end_matches('/');
                format!("{base}/{name}/{key}")
            }
            None => format!("https://{name}.s3.{region}.{}/{key}", domain(region)),
        }
    }
}

/// Why nothing was done with an object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObjectError {
    /// The bucket did not answer, or not as it should; it may in a while.
    #[error("the bucket {bucket} cannot be used right now: {reason}")]
    Unavailable {
        /// Its name.
        bucket: String,
        /// In words.
        reason: String,
    },
    /// The bucket refused, and will again.
    #[error("the bucket {bucket} refused: {reason}")]
    Refused {
        /// Its name.
        bucket: String,
        /// In words.
        reason: String,
    },
}

impl From<ObjectError> for Failure {
    fn from(error: ObjectError) -> Self {
        match error {
            ObjectError::Unavailable { .. } => {
                tracing::warn!(%error, "a bucket cannot be used right now");
                let status = ServiceUnavailable::default();
                let status = status.detail("The storage of files does not answer right now.");
                Self::Unavailable(status.retry_after(RETRY_AFTER))
            }
            ObjectError::Refused { .. } => {
                tracing::error!(%error, "a bucket refused what it must not");
                Self::Internal(InternalServerError::default())
            }
        }
    }
}

/// What is said of an object when it is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Description<'a> {
    /// Its media type.
    pub content_type: &'a str,
    /// How long caches may keep it.
    pub cache_control: &'a str,
    /// Under which name a browser saves it, where it is not to be shown.
    pub content_disposition: Option<&'a str>,
}

/// A file that somebody else is going to put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced<'a> {
    /// Its media type.
    pub content_type: &'a str,
    /// Its length in bytes.
    pub content_length: u64,
    /// Its SHA-256, in base64.
    pub sha256: &'a str,
}

/// A request that anybody who has it may send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presigned {
    /// Where to. It is a secret until then.
    pub url: String,
    /// The headers that it must have.
    pub headers: Vec<(&'static str, String)>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

/// A bucket. Clones are the same.
#[derive(Clone)]
pub struct Bucket {
    address: BucketAddress,
    calls: SignedCalls,
    clock: Clock,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bucket").field(&self.address).finish()
    }
}

/// An answer, read.
struct Answer {
    status: u16,
    length: Option<u64>,
    body: Bytes,
}

impl Bucket {
    /// The bucket at this address.
    pub fn new(
        address: BucketAddress,
        provider: SharedCredentialsProvider,
        trust: Trust,
        clock: Clock,
    ) -> Self {
        let service = ServiceAddress {
            host: S3,
            service: S3,
            region: address.region.clone(),
            endpoint: address.endpoint.clone(),
        };
        Self {
            address,
            calls: SignedCalls::new(service, provider, trust, clock.clone()),
            clock,
        }
    }

    /// The same over another connector, such as one that goes past every proxy.
    #[must_use]
    pub fn over(self, connector: SharedHttpConnector) -> Self {
        Self {
            calls: self.calls.over(connector),
            ..self
        }
    }

    /// The length of an object in bytes; none where there is no such object.
    ///
    /// # Errors
    ///
    /// [`ObjectError`].
    pub async fn length(&self, key: &str) -> Result<Option<u64>, ObjectError> {
        let answer = self
            .call("HeadObject", Method::HEAD, key, &[], Bytes::new())
            .await?;
        match answer.status {
            200 => Ok(Some(answer.length.unwrap_or_default())),
            404 => Ok(None),
            _ => Err(self.refused(&answer)),
        }
    }

    /// An object; none where there is no such object.
    ///
    /// # Errors
    ///
    /// [`ObjectError`]. It is all in memory: those who may put objects bound their length.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, ObjectError> {
        let answer = self
            .call("GetObject", Method::GET, key, &[], Bytes::new())
            .await?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            404 => Ok(None),
            _ => Err(self.refused(&answer)),
        }
    }

    /// Puts an object, in place of what is there.
    ///
    /// # Errors
    ///
    /// [`ObjectError`].
    pub async fn put(
        &self,
        key: &str,
        body: impl Into<Bytes>,
        description: Description<'_>,
    ) -> Result<(), ObjectError> {
        let mut headers = vec![
            ("content-type", description.content_type),
            ("cache-control", description.cache_control),
        ];
        if let Some(disposition) = description.content_disposition {
            headers.push(("content-disposition", disposition));
        }
        let answer = self
            .call("PutObject", Method::PUT, key, &headers, body.into())
            .await?;
        match answer.status {
            200 => Ok(()),
            _ => Err(self.refused(&answer)),
        }
    }

    /// Deletes an object, if there is one.
    ///
    /// # Errors
    ///
    /// [`ObjectError`].
    pub async fn delete(&self, key: &str) -> Result<(), ObjectError> {
        let answer = self
            .call("DeleteObject", Method::DELETE, key, &[], Bytes::new())
            .await?;
        match answer.status {
            200 | 204 | 404 => Ok(()),
            _ => Err(self.refused(&answer)),
        }
    }

    /// A request by which anybody may put this file, and no other, for so long.
    ///
    /// # Errors
    ///
    /// There are no credentials to sign it with.
    pub async fn presigned_put(
        &self,
        key: &str,
        file: Announced<'_>,
        lifetime: Duration,
    ) -> Result<Presigned, ObjectError> {
        let length = file.content_length.to_string();
        let headers = [
            ("content-type", file.content_type),
            ("content-length", &*length),
            ("x-amz-checksum-sha256", file.sha256),
        ];
        self.presigned(Method::PUT, key, &headers, lifetime).await
    }

    /// A request by which anybody may get an object for so long.
    ///
    /// # Errors
    ///
    /// There are no credentials to sign it with.
    pub async fn presigned_get(
        &self,
        key: &str,
        lifetime: Duration,
    ) -> Result<Presigned, ObjectError> {
        self.presigned(Method::GET, key, &[], lifetime).await
    }

    async fn presigned(
        &self,
        method: Method,
        key: &str,
        headers: &[(&'static str, &str)],
        lifetime: Duration,
    ) -> Result<Presigned, ObjectError> {
        let shown = self.address.public_endpoint.as_ref();
        let url = self
            .address
            .url(shown.or(self.address.endpoint.as_ref()), key);
        let lasts = TimeDelta::from_std(lifetime).unwrap_or_default();
        // Before it is signed: it does not say to be good for longer than it is.
        let expires_at = self.clock.stamp() + lasts;
        let signed = self.calls.presigned(method, &url, headers, lifetime).await;
        let owned = |(name, value): &(&'static str, &str)| (*name, (*value).to_owned());
        Ok(Presigned {
            url: signed.map_err(|reason| self.unavailable(reason))?,
            headers: headers.iter().map(owned).collect(),
            expires_at,
        })
    }

    /// One call, in a few attempts.
    async fn call(
        &self,
        operation: &'static str,
        method: Method,
        key: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<Answer, ObjectError> {
        let url = self.address.url(self.address.endpoint.as_ref(), key);
        let attempt = || async {
            let call = Call::begin("S3", operation).remote();
            let sending = async {
                let mut response = self
                    .calls
                    .call(method.clone(), &url, headers, body.clone())
                    .await?;
                let (status, length) = (response.status().as_u16(), length_of(&response));
                let body = read(&mut response).await?;
                Ok(Answer {
                    status,
                    length,
                    body,
                })
            };
            let sent = tokio::time::timeout(ATTEMPT, sending).await;
            let late = || Err("it takes too long".to_owned());
            let answered: Result<Answer, String> = sent.unwrap_or_else(|_| late());
            call.end(
                answered
                    .as_ref()
                    .map(|answer| answer.status)
                    .map_err(String::as_str),
            );
            let answer = answered.map_err(|reason| self.unavailable(reason))?;
            match answer.status {
                408 | 429 | 500.. => Err(self.unavailable(said(&answer))),
                _ => Ok(answer),
            }
        };
        attempt.retry(RETRIES).await
    }

    fn unavailable(&self, reason: String) -> ObjectError {
        let bucket = self.address.name.clone();
        ObjectError::Unavailable { bucket, reason }
    }

    fn refused(&self, answer: &Answer) -> ObjectError {
        let bucket = self.address.name.clone();
        let reason = said(answer);
        ObjectError::Refused { bucket, reason }
    }
}

fn length_of(response: &HttpResponse) -> Option<u64> {
    response.headers().get("content-length")?.parse().ok()
}

fn said(answer: &Answer) -> String {
    let text: String = String::from_utf8_lossy(&answer.body)
        .chars()
        .take(TOLD)
        .collect();
    format!("{} {text}", answer.status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Credentials;

    fn bucket(endpoint: Option<&str>) -> Bucket {
        let endpoint: Option<Url> = endpoint.map(|url| url.parse().unwrap());
        let address = BucketAddress {
            name: "uploads".to_owned(),
            region: "eu-central-1".to_owned(),
            public_endpoint: endpoint.clone(),
            endpoint,
        };
        let credentials = Credentials::new("AKID", "secret", Some("token".to_owned()), None, "");
        let provider = SharedCredentialsProvider::new(credentials);
        let clock = Clock::new(|| DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        Bucket::new(address, provider, Trust::Amazon, clock)
    }

    #[tokio::test]
    async fn a_url_binds_the_file_that_was_announced() {
        let file = Announced {
            content_type: "image/png",
            content_length: 5,
            sha256: "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
        };
        for (endpoint, place) in [
            (None, "https://uploads.s3.eu-central-1.amazonaws.com/a/b?"),
            (
                Some("http://127.0.0.1:9000"),
                "http://127.0.0.1:9000/uploads/a/b?",
            ),
        ] {
            let bucket = bucket(endpoint);
            let lifetime = Duration::from_secs(900);
            let presigned = bucket.presigned_put("a/b", file, lifetime).await.unwrap();
            assert!(presigned.url.starts_with(place), "{presigned:?}");
            for part in [
                "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-checksum-sha256",
                "X-Amz-Expires=900",
                "X-Amz-Security-Token=token",
                "X-Amz-Date=20241004T000000Z",
            ] {
                assert!(presigned.url.contains(part), "{part}: {presigned:?}");
            }
            assert!(!presigned.url.contains("secret"));
            let end = presigned.expires_at.to_rfc3339();
            assert_eq!(end, "2024-10-04T00:15:00+00:00");
            let names: Vec<_> = presigned.headers.iter().map(|(name, _)| *name).collect();
            assert_eq!(
                names,
                ["content-type", "content-length", "x-amz-checksum-sha256"]
            );
        }
    }

    #[tokio::test]
    async fn a_bucket_that_is_not_there_is_said_to_be_unavailable() {
        // Nothing listens at this port any more.
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", taken.local_addr().unwrap());
        drop(taken);
        let bucket = bucket(Some(&url));
        let error = bucket.length("a").await.unwrap_err();
        assert!(matches!(error, ObjectError::Unavailable { .. }), "{error}");
        let failure = Failure::from(error);
        assert!(matches!(failure, Failure::Unavailable(_)), "{failure:?}");
    }
}
