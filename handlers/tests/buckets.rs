//! What the code relies on of a bucket: of the storage of a server, and of whatever else speaks S3's protocol, where the environment says
//! that it is to be that (`.ci/elsewhere`).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use civicforge_handlers::serve::media::UPLOADS;
use civicforge_kernel::aws::objects::{Announced, Bucket, BucketAddress, Description};
use civicforge_kernel::aws::{self, Credentials, SharedCredentialsProvider, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_testing::TestApp;
use civicforge_testing::images::{client, draft, put};
use serde_json::{Value, json};
use uuid::Uuid;

/// Where services of AWS are instead, if they are.
const ENDPOINT: &str = "CIVICFORGE_TEST_DYNAMODB_ENDPOINT";

const DESCRIPTION: Description<'static> = Description {
    content_type: "text/plain",
    cache_control: "no-store",
    content_disposition: None,
};

/// An empty bucket, by clients whose clock is off by so many minutes; and what it lives in.
async fn bucket(late: i64) -> (Bucket, Option<TestApp>) {
    let (endpoint, name, key, app) = match std::env::var(ENDPOINT) {
        Ok(endpoint) => {
            let name = format!("bucket-{}", Uuid::new_v4());
            let made = client().put(format!("{endpoint}/{name}")).send().await;
            assert_eq!(made.unwrap().status(), 200);
            (endpoint, name, "test", None)
        }
        Err(_) => {
            let app = TestApp::new().await;
            let (endpoint, name) = (app.storage.url.clone(), UPLOADS.to_owned());
            (endpoint, name, "emulator", Some(app))
        }
    };
    let address = BucketAddress {
        name,
        // That of a bucket which was made without a word about it, in a service that may have been told of one.
        region: std::env::var("AWS_REGION").unwrap_or_else(|_| "us-east-1".to_owned()),
        endpoint: endpoint.parse().ok(),
        public_endpoint: None,
    };
    let provider = SharedCredentialsProvider::new(Credentials::new(key, key, None, None, ""));
    let clock = Clock::new(move || chrono::Utc::now() - chrono::TimeDelta::minutes(late));
    let bucket = Bucket::new(address, provider, Trust::System, clock);
    (bucket.over(aws::direct_connector(true)), app)
}

async fn announced(bucket: &Bucket, file: &[u8]) -> Value {
    let of = draft(file, "text/plain");
    let file = Announced {
        content_type: "text/plain",
        content_length: file.len() as u64,
        sha256: of["sha256"].as_str().unwrap(),
    };
    let presigned = bucket
        .presigned_put("a/b", file, Duration::from_secs(900))
        .await
        .unwrap();
    let headers = presigned.headers.into_iter();
    let headers: serde_json::Map<_, _> = headers
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    json!({"url": presigned.url, "headers": headers})
}

#[tokio::test]
async fn an_object_is_what_was_put_until_it_is_deleted() {
    let (bucket, _app) = bucket(0).await;
    assert_eq!(bucket.length("a/b").await, Ok(None));
    assert_eq!(bucket.get("a/b").await, Ok(None));
    bucket.delete("a/b").await.unwrap();
    for content in ["first", "the second one"] {
        bucket.put("a/b", content, DESCRIPTION).await.unwrap();
        assert_eq!(bucket.length("a/b").await, Ok(Some(content.len() as u64)));
        let got = bucket.get("a/b").await.unwrap().unwrap();
        assert_eq!(got, content);
    }
    let url = bucket
        .presigned_get("a/b", Duration::from_secs(60))
        .await
        .unwrap()
        .url;
    let got = client().get(&url).send().await.unwrap();
    assert_eq!(got.text().await.unwrap(), "the second one");
    let forged = url.replace("X-Amz-Expires=60", "X-Amz-Expires=61");
    assert_eq!(client().get(forged).send().await.unwrap().status(), 403);
    bucket.delete("a/b").await.unwrap();
    assert_eq!(bucket.length("a/b").await, Ok(None));
}

#[tokio::test]
async fn a_url_is_for_the_file_that_was_announced() {
    let (bucket, _app) = bucket(0).await;
    let upload = announced(&bucket, b"a file").await;
    assert_eq!(
        put(&upload, b"b file".to_vec()).await.0,
        400,
        "another hash"
    );
    assert_eq!(
        put(&upload, b"a file.".to_vec()).await.0,
        403,
        "another length"
    );
    let mut typed = upload.clone();
    typed["headers"]["content-type"] = json!("text/html");
    assert_eq!(put(&typed, b"a file".to_vec()).await.0, 403, "another type");
    assert_eq!(bucket.length("a/b").await, Ok(None), "none of them is kept");
    assert_eq!(put(&upload, b"a file".to_vec()).await.0, 200);
    assert_eq!(bucket.length("a/b").await, Ok(Some(6)));
}

#[tokio::test]
async fn a_url_expires() {
    let (bucket, _app) = bucket(16).await;
    let upload = announced(&bucket, b"a file").await;
    assert_eq!(put(&upload, b"a file".to_vec()).await.0, 403);
}
