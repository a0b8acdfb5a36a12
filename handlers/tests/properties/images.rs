//! Images of properties: what may be uploaded, what becomes of it, and what is left of what was removed.

use std::time::Duration;

use chrono::TimeDelta;
use civicforge_handlers::properties::images::item::State;
use civicforge_handlers::properties::images::keys::REMOVED;
use civicforge_kernel::jobs::Bounds;
use civicforge_kernel::table::{Index, Query};
use civicforge_testing::images::{PAGE, client, draft, png, put};
use civicforge_testing::properties::draft as property_draft;
use civicforge_testing::{Reply, TestApp, TestMember};
use futures::future::join_all;
use http::Method;
use serde_json::{Value, json};

const PROPERTIES: &str = "/api/v1/properties";

/// A property of a seller.
struct World {
    app: TestApp,
    ada: TestMember,
    path: String,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let ada = app.register_seller("ada").await;
        let call = app.post(PROPERTIES).member(&ada).json(&property_draft());
        let property = call.send().await.json();
        let id = property["propertyId"].as_str().unwrap();
        let path = format!("{PROPERTIES}/{id}");
        Self { app, ada, path }
    }

    async fn announce(&self, file: &[u8], content_type: &str) -> Value {
        let reply = self.announcing(file, content_type, None).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()
    }

    async fn announcing(&self, file: &[u8], content_type: &str, key: Option<&str>) -> Reply {
        let path = format!("{}/images", self.path);
        let mut call = self.app.post(&path).member(&self.ada);
        if let Some(key) = key {
            call = call.key(key);
        }
        call.json(&draft(file, content_type)).send().await
    }

    async fn state(&self, image: &Value) -> Reply {
        let path = format!("{}/complete", self.image(image));
        self.app.post(&path).member(&self.ada).send().await
    }

    fn image(&self, image: &Value) -> String {
        format!(
            "{}/images/{}",
            self.path,
            image["imageId"].as_str().unwrap()
        )
    }

    /// One that can be shown.
    async fn ready(&self) -> Value {
        let file = png(40, 30);
        let upload = self.announce(&file, "image/png").await;
        assert_eq!(put(&upload, file).await.0, 200);
        self.app.render().await;
        let state = self.state(&upload).await.json();
        assert_eq!(state["status"], "ready", "{state}");
        state["image"].clone()
    }

    async fn property(&self) -> Value {
        self.app.get(&self.path).send().await.json()
    }

    async fn remove_files(&self) {
        let properties = &self.app.app.properties;
        let within = Bounds::within(Duration::from_secs(30));
        properties.remove_images(within).await.unwrap();
    }

    async fn uploads(&self) -> usize {
        self.app.storage.uploaded().await.unwrap().len()
    }
}

async fn status_of(url: &Value) -> u16 {
    let response = client().get(url.as_str().unwrap()).send().await.unwrap();
    response.status().as_u16()
}

#[tokio::test]
async fn a_file_becomes_an_image_that_everybody_sees() {
    let world = World::new().await;
    let file = png(2000, 500);
    let upload = world.announce(&file, "image/png").await;
    assert_eq!(world.property().await["images"], json!([]));
    let missing = world.state(&upload).await;
    assert_eq!(missing.problem(), (409, "image_missing".to_owned()));
    assert_eq!(put(&upload, file).await, (200, String::new()));
    let state = world.state(&upload).await.json();
    assert_eq!(
        state,
        json!({"imageId": upload["imageId"], "status": "processing"})
    );

    world.app.render().await;
    assert_eq!(world.uploads().await, 0, "what was sent is gone");
    let state = world.state(&upload).await.json();
    let image = &state["image"];
    assert_eq!(
        (&image["width"], &image["height"]),
        (&json!(1600), &json!(400))
    );
    assert_eq!(image["alt"], "The house from the street");
    assert_eq!(world.property().await["images"], json!([image]));
    let list = world.app.get(PROPERTIES).send().await.json();
    assert_eq!(list["items"][0]["thumbnailUrl"], image["thumbnailUrl"]);

    let get = || client().get(image["url"].as_str().unwrap());
    let whole = get().send().await.unwrap();
    let header = |name: &str| whole.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("cache-control"), "public, max-age=86400, immutable");
    assert_eq!(header("x-content-type-options"), "nosniff");
    let modified = header("last-modified");
    let bytes = whole.bytes().await.unwrap();
    assert!(bytes.starts_with(b"\xff\xd8\xff"));
    let part = get().header("range", "bytes=2-5").send().await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.unwrap(), bytes.slice(2..6));
    let again = get().header("if-modified-since", modified);
    assert_eq!(again.send().await.unwrap().status(), 304);
}

#[tokio::test]
async fn a_url_is_for_one_file_and_for_a_while() {
    let world = World::new().await;
    let file = png(20, 20);
    let upload = world.announce(&file, "image/png").await;
    let mut other = file.clone();
    *other.last_mut().unwrap() ^= 1;
    let (status, said) = put(&upload, other).await;
    assert!(
        status == 400 && said.contains("BadDigest"),
        "{status} {said}"
    );
    let longer = [file.as_slice(), b"x"].concat();
    assert_eq!(put(&upload, longer).await.0, 403);
    let mut typed = upload.clone();
    typed["headers"]["content-type"] = json!("text/html");
    assert_eq!(put(&typed, file.clone()).await.0, 403);
    let url = upload["url"].as_str().unwrap();
    let mut elsewhere = upload.clone();
    let id = upload["imageId"].as_str().unwrap();
    elsewhere["url"] = json!(url.replacen(id, &id.replace('0', "1"), 1));
    assert_eq!(put(&elsewhere, file.clone()).await.0, 403);
    let mut longer_lived = upload.clone();
    longer_lived["url"] = json!(url.replace("X-Amz-Expires=900", "X-Amz-Expires=9000"));
    assert_eq!(put(&longer_lived, file.clone()).await.0, 403);
    // Nobody reads, lists or deletes with it, and nobody does anything without.
    let plain = url.split('?').next().unwrap();
    for method in [Method::GET, Method::DELETE, Method::PUT, Method::POST] {
        for url in [plain, url] {
            if method == Method::PUT && url.contains('?') {
                continue;
            }
            let sent = client().request(method.clone(), url).send().await.unwrap();
            assert!(!sent.status().is_success(), "{method} {url}: {sent:?}");
        }
    }
    for path in ["/uploads", "/", "/published/images", "/images/../uploads"] {
        let url = format!("{}{path}", world.app.storage.url);
        let sent = client().get(&url).send().await.unwrap();
        assert!(!sent.status().is_success(), "{url}: {sent:?}");
    }
    assert_eq!(world.uploads().await, 0, "none of it was kept");
    assert_eq!(put(&upload, file).await.0, 200);
}

#[tokio::test]
async fn what_is_no_image_is_refused_and_never_shown() {
    let world = World::new().await;
    let mut bomb = png(4, 4);
    // It says to have a hundred thousand pixels on each side.
    bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let cut = png(300, 300);
    for (file, content_type, says) in [
        (
            b"<html><script>alert(1)</script>".to_vec(),
            "image/jpeg",
            "not a JPEG, PNG or WebP",
        ),
        (
            b"GIF89a\x01\x00\x01\x00".to_vec(),
            "image/png",
            "not a JPEG, PNG or WebP",
        ),
        (cut[..cut.len() / 2].to_vec(), "image/png", "cannot be read"),
        (bomb, "image/png", ""),
    ] {
        let upload = world.announce(&file, content_type).await;
        assert_eq!(put(&upload, file).await.0, 200);
        world.app.render().await;
        let state = world.state(&upload).await.json();
        assert_eq!(state["status"], "refused", "{state}");
        let problem = state["problem"].as_str().unwrap();
        assert!(
            problem.contains(says) && problem.ends_with('.'),
            "{problem}"
        );
    }
    // What a file is, is found out by its content.
    let file = png(20, 10);
    let upload = world.announce(&file, "image/webp").await;
    assert_eq!(put(&upload, file).await.0, 200);
    world.app.render().await;
    assert_eq!(world.state(&upload).await.json()["status"], "ready");
    assert_eq!(
        world.property().await["images"].as_array().unwrap().len(),
        1
    );
    assert_eq!(world.uploads().await, 0);
}

#[tokio::test]
async fn removed_images_leave_nothing() {
    let world = World::new().await;
    let image = world.ready().await;
    let kept = world.ready().await;
    let path = world.image(&image);
    let gone = world.app.delete(&path).member(&world.ada).send().await;
    assert_eq!(gone.status, 204);
    assert_eq!(world.property().await["images"], json!([kept]));
    let list = world.app.get(PROPERTIES).send().await.json();
    assert_eq!(list["items"][0]["thumbnailUrl"], kept["thumbnailUrl"]);
    let again = world.app.delete(&path).member(&world.ada).send().await;
    assert_eq!(again.problem(), (404, "not_found".to_owned()));
    assert_eq!(status_of(&image["url"]).await, 200);
    world.remove_files().await;
    for url in ["url", "thumbnailUrl"] {
        assert_eq!(status_of(&image[url]).await, 404);
        assert_eq!(status_of(&kept[url]).await, 200);
    }

    // What is uploaded after its end is not made into anything.
    let file = png(10, 10);
    let late = world.announce(&file, "image/png").await;
    let call = world.app.delete(&world.image(&late)).member(&world.ada);
    assert_eq!(call.send().await.status, 204);
    assert_eq!(put(&late, file.clone()).await.0, 200);
    world.app.render().await;
    assert_eq!(world.uploads().await, 0);

    // With a property all of its images go, also those that are on their way.
    let waiting = world.announce(&file, "image/png").await;
    assert_eq!(put(&waiting, file).await.0, 200);
    let call = world.app.delete(&world.path).member(&world.ada);
    assert_eq!(call.send().await.status, 204);
    world.remove_files().await;
    assert_eq!(status_of(&kept["url"]).await, 404);
    assert_eq!(world.uploads().await, 0);
    world.app.advance(TimeDelta::minutes(10));
    world.remove_files().await;
    let left = Query::new(Index::Gsi2, REMOVED);
    let left = world.app.app.table.query(&left).await.unwrap();
    assert!(left.items.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_no_loss() {
    let world = World::new().await;
    let file = png(10, 10);
    let upload = world.announce(&file, "image/png").await;
    assert_eq!(put(&upload, file).await.0, 200);
    // Another server on the same table, whose storage is gone.
    let other = TestApp::setup()
        .table(world.app.app.table.clone())
        .start()
        .await;
    other.storage.stop();
    let path = format!("{}/complete", world.image(&upload));
    let reply = other.post(&path).member(&world.ada).send().await;
    assert_eq!(reply.problem(), (503, "service_unavailable".to_owned()));
    assert_eq!(reply.header("retry-after"), Some("1"));
    let key = world.app.storage.uploaded().await.unwrap().remove(0);
    let failed = other.app.properties.render(&key).await;
    assert!(failed.is_err(), "{failed:?}");
    world.app.render().await;
    assert_eq!(world.state(&upload).await.json()["status"], "ready");
}

#[tokio::test]
async fn a_repeated_announcement_is_of_the_same_image() {
    let world = World::new().await;
    let file = png(10, 10);
    let first = world.announcing(&file, "image/png", Some("once")).await;
    let again = world.announcing(&file, "image/png", Some("once")).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(first.json()["imageId"], again.json()["imageId"]);
    let other = world
        .announcing(&png(11, 10), "image/png", Some("once"))
        .await;
    assert_eq!(other.problem(), (422, "idempotency_key_reused".to_owned()));
    assert_eq!(put(&again.json(), file.clone()).await.0, 200);
    // Ten at once are one.
    let many = (0..10).map(|_| world.announcing(&file, "image/png", Some("many")));
    let ids: Vec<_> = join_all(many)
        .await
        .iter()
        .map(|reply| reply.json()["imageId"].as_str().unwrap().to_owned())
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    // The record has no URL.
    let call = world
        .app
        .delete(&world.image(&first.json()))
        .member(&world.ada);
    assert_eq!(call.send().await.status, 204);
    let gone = world.announcing(&file, "image/png", Some("once")).await;
    assert_eq!(gone.problem(), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn thirty_images_are_enough_however_many_announce_at_once() {
    let world = World::new().await;
    let file = png(2, 2);
    let many = (0..40).map(|_| world.announcing(&file, "image/png", None));
    let replies = join_all(many).await;
    let made = replies.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(made, 30);
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert_eq!(reply.problem(), (409, "too_many_images".to_owned()));
    }
    // What was never sent makes room after a day, and whatever files there are of it are removed.
    world.app.advance(TimeDelta::days(1));
    let ada = world.app.login(&world.ada.email).await;
    let path = format!("{}/images", world.path);
    let call = world.app.post(&path).member(&ada);
    let reply = call.json(&draft(&file, "image/png")).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let removed = Query::new(Index::Gsi2, REMOVED);
    let removed = world.app.app.table.query(&removed).await.unwrap();
    assert_eq!(removed.items.len(), 1);
}

#[tokio::test]
async fn images_and_words_change_at_once_and_none_is_lost() {
    let world = World::new().await;
    let before = world.property().await;
    let uploading = &world;
    let uploads = join_all((0..6).map(|n| async move {
        let world = uploading;
        let file = png(20 + n, 20);
        let upload = world.announce(&file, "image/png").await;
        assert_eq!(put(&upload, file).await.0, 200);
        upload
    }))
    .await;
    let words = (0..6).map(|n| {
        let world = &world;
        async move {
            let mut body = property_draft();
            body["title"] = json!(format!("House number {n}"));
            body["status"] = json!("active");
            let call = world.app.put(&world.path).member(&world.ada);
            call.json(&body).send().await.status
        }
    });
    // Each upload is looked at by two at once.
    let renders = join_all([world.app.render(), world.app.render()]);
    let (statuses, _) = futures::join!(join_all(words), renders);
    assert_eq!(statuses, [200; 6]);
    let property = world.property().await;
    assert_eq!(property["images"].as_array().unwrap().len(), 6);
    assert!(
        property["title"]
            .as_str()
            .unwrap()
            .starts_with("House number")
    );
    let list = world.app.get(PROPERTIES).send().await.json();
    assert_eq!(list["items"][0]["title"], property["title"]);
    assert_eq!(
        list["items"][0]["thumbnailUrl"],
        property["images"][0]["thumbnailUrl"]
    );
    assert_eq!(world.uploads().await, 0);
    // As many changes as were made: an announcement, an image, or words.
    let version = |of: &Value| of["version"].as_u64().unwrap();
    assert_eq!(version(&property), version(&before) + 6 + 6 + 6);
    assert_eq!(uploads.len(), 6);
}

#[tokio::test]
async fn a_form_that_was_open_while_images_came_can_be_sent() {
    let world = World::new().await;
    let tag = world.app.get(&world.path).send().await;
    let tag = tag.header("etag").unwrap().to_owned();
    world.ready().await;
    let mut body = property_draft();
    body["status"] = json!("active");
    let send = |title: &str| {
        let mut body = body.clone();
        body["title"] = json!(title);
        let call = world.app.put(&world.path).member(&world.ada);
        let call = call.header("if-match", &tag);
        async move { call.json(&body).send().await }
    };
    let first = send("A house of words").await;
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(first.json()["images"].as_array().unwrap().len(), 1);
    let second = send("Another house").await;
    assert_eq!(second.problem(), (412, "precondition_failed".to_owned()));
}

#[tokio::test]
async fn pages_of_our_origin_may_upload_and_no_others() {
    let world = World::new().await;
    let url = format!("{}/uploads/x", world.app.storage.url);
    let ask = |origin: &'static str| {
        let request = client().request(Method::OPTIONS, &url);
        let request = request.header("origin", origin);
        request
            .header("access-control-request-method", "PUT")
            .send()
    };
    let allowed = ask(PAGE).await.unwrap();
    assert_eq!(allowed.status(), 204);
    assert_eq!(allowed.headers()["access-control-allow-origin"], PAGE);
    let headers = allowed.headers()["access-control-allow-headers"]
        .to_str()
        .unwrap();
    assert!(headers.contains("x-amz-checksum-sha256"), "{headers}");
    let other = ask("https://evil.example").await.unwrap();
    assert_eq!(other.headers().get("access-control-allow-origin"), None);
    // A page reads why its upload was refused.
    let refused = client()
        .put(&url)
        .header("origin", PAGE)
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 403);
    assert_eq!(refused.headers()["access-control-allow-origin"], PAGE);
}

#[tokio::test]
async fn one_image_is_judged_once() {
    let world = World::new().await;
    let file = png(10, 10);
    let upload = world.announce(&file, "image/png").await;
    assert_eq!(put(&upload, file.clone()).await.0, 200);
    let key = world.app.storage.uploaded().await.unwrap().remove(0);
    let properties = &world.app.app.properties;
    for outcome in join_all((0..4).map(|_| properties.render(&key))).await {
        outcome.unwrap();
    }
    let version = world.property().await["version"].clone();
    // The event comes again, and the file is sent again.
    assert_eq!(put(&upload, file).await.0, 200);
    properties.render(&key).await.unwrap();
    assert_eq!(world.property().await["version"], version);
    assert_eq!(world.uploads().await, 0);
    let id = world.path.rsplit('/').next().unwrap().parse().unwrap();
    let property = properties.property(id).await.unwrap().unwrap();
    assert!(matches!(property.images[0].state, State::Ready { .. }));
}
