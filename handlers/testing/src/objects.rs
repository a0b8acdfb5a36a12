//! What the code asks of buckets, call by call, for tests.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use civicforge_handlers::media::Media;
use civicforge_kernel::aws;
use civicforge_runtime::scope;

/// One call of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectCall {
    /// What the call is made for: an operationId or the name of an event.
    pub made_for: Option<&'static str>,
    /// What has to be allowed for it, such as `s3:GetObject`.
    pub action: &'static str,
    /// The bucket.
    pub bucket: String,
    /// The object; none where it is about the whole bucket.
    pub key: Option<String>,
}

/// Notes calls. Cheap to clone; clones share their notes.
#[derive(Debug, Clone, Default)]
pub struct Objects(Arc<Mutex<Vec<ObjectCall>>>);

impl Objects {
    /// Buckets of which the calls are noted.
    pub fn between(&self, media: Media) -> Media {
        let recording = || {
            SharedHttpConnector::new(Recording {
                recorder: self.clone(),
                inner: aws::direct_connector(true),
            })
        };
        Media {
            uploads: media.uploads.map(|bucket| bucket.over(recording())),
            exports: media.exports.map(|bucket| bucket.over(recording())),
            images: media.images.map(|bucket| bucket.over(recording())),
            ..media
        }
    }

    /// The calls since the last time.
    pub fn take(&self) -> Vec<ObjectCall> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes what somebody does with a URL that was signed for this.
    pub fn used(&self, made_for: &'static str, method: &str, url: &str) {
        let path = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = path.split_once('/').map_or("", |(_, path)| path);
        let path = path.split('?').next().unwrap_or_default();
        self.note(Some(made_for), method, path, 200);
    }

    fn note(&self, made_for: Option<&'static str>, method: &str, path: &str, status: u16) {
        let action = match method {
            "PUT" => "s3:PutObject",
            "DELETE" => "s3:DeleteObject",
            // Also what is only asked of it.
            _ => "s3:GetObject",
        };
        let (bucket, key) = path.split_once('/').expect("a bucket and a key");
        let call = |action, key: Option<&str>| ObjectCall {
            made_for,
            action,
            bucket: bucket.to_owned(),
            key: key.map(str::to_owned),
        };
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        notes.push(call(action, Some(key)));
        if status == 404 {
            // Who may not list it is told that an object that is not there may not be read.
            notes.push(call("s3:ListBucket", None));
        }
    }
}

#[derive(Debug)]
struct Recording {
    recorder: Objects,
    inner: SharedHttpConnector,
}

impl HttpConnector for Recording {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let made_for = scope::current(|scope| scope.operation.get().copied()).flatten();
        let method = request.method().to_owned();
        let uri: http::Uri = request.uri().parse().expect("a URL");
        let path = uri.path().trim_start_matches('/').to_owned();
        let (recorder, sent) = (self.recorder.clone(), self.inner.call(request));
        HttpConnectorFuture::new(async move {
            let answer = sent.await?;
            let status = answer.status().as_u16();
            recorder.note(made_for, &method, &path, status);
            Ok(answer)
        })
    }
}
