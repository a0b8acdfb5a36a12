//! Bodies of parts, as clients send them and as they should not be, sent to a service.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use civicforge_codegen_golden::multipart::default::*;
use civicforge_codegen_golden::multipart::routes;
use civicforge_codegen_golden::multipart::security::Authenticate;
use civicforge_codegen_golden::multipart::types::{
    Picture, PostChoiceBody, PostClosedBody, PostFolderBody, PostOpenBody, Profile, ProfileColor,
    ProfileSize, Upload,
};
use civicforge_runtime::body::Body;
use civicforge_runtime::context::Context;
use civicforge_runtime::limits::Limits;
use civicforge_runtime::multipart::File;
use civicforge_runtime::service::Service;
use http::{Request, StatusCode};
use serde_json::json;

use crate::support::{self, json, post, violations};

/// What the last request brought.
#[derive(Default)]
struct Recorder {
    profile: Mutex<Option<Profile>>,
    closed: Mutex<Option<PostClosedBody>>,
    open: Mutex<Option<PostOpenBody>>,
    folder: Mutex<Option<PostFolderBody>>,
    choice: Mutex<Option<PostChoiceBody>>,
}

impl Authenticate for Recorder {}

impl DefaultApi for Recorder {
    async fn post_profile(
        &self,
        _: &Context,
        request: PostProfileRequest,
    ) -> Result<PostProfileResponse, PostProfileError> {
        *self.profile.lock().unwrap() = Some(request.body);
        Ok(PostProfileResponse {
            status: StatusCode::NO_CONTENT,
        })
    }

    async fn post_closed(
        &self,
        _: &Context,
        request: PostClosedRequest,
    ) -> Result<PostClosedResponse, PostClosedError> {
        *self.closed.lock().unwrap() = Some(request.body);
        Ok(PostClosedResponse {
            status: StatusCode::NO_CONTENT,
        })
    }

    async fn post_open(
        &self,
        _: &Context,
        request: PostOpenRequest,
    ) -> Result<PostOpenResponse, PostOpenError> {
        *self.open.lock().unwrap() = request.body;
        Ok(PostOpenResponse {
            status: StatusCode::NO_CONTENT,
        })
    }

    async fn post_folder(
        &self,
        _: &Context,
        request: PostFolderRequest,
    ) -> Result<PostFolderResponse, PostFolderError> {
        *self.folder.lock().unwrap() = Some(request.body);
        Ok(PostFolderResponse {
            status: StatusCode::NO_CONTENT,
        })
    }

    async fn post_either(
        &self,
        _: &Context,
        request: PostEitherRequest,
    ) -> Result<PostEitherResponse, PostEitherError> {
        let (PostEitherBody::Json(upload) | PostEitherBody::Multipart(upload)) = request.body;
        Ok(PostEitherResponse { body: upload })
    }

    async fn post_choice(
        &self,
        _: &Context,
        request: PostChoiceRequest,
    ) -> Result<PostChoiceResponse, PostChoiceError> {
        *self.choice.lock().unwrap() = Some(request.body);
        Ok(PostChoiceResponse {
            status: StatusCode::NO_CONTENT,
        })
    }
}

fn recorder() -> (Arc<Recorder>, Service) {
    let recorder = Arc::<Recorder>::default();
    let service = support::service(routes(&recorder));
    (recorder, service)
}

/// A body of these parts: what follows the name in each `Content-Disposition`, and the content.
fn parts(list: &[(&str, &str, &str)]) -> String {
    let parts = list.iter().map(|(name, more, content)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n")
    });
    parts.collect::<String>() + "--b--\r\n"
}

fn form(path: &str, list: &[(&str, &str, &str)]) -> Request<Body> {
    post(path, "multipart/form-data; boundary=b", &parts(list))
}

const PHOTO: (&str, &str, &str) = (
    "photo",
    "; filename=\"a.png\"\r\nContent-Type: image/png",
    "a",
);

fn png(bytes: &'static [u8], name: &str) -> File {
    File {
        bytes: Bytes::from_static(bytes),
        file_name: Some(name.to_owned()),
        content_type: Some("image/png".to_owned()),
    }
}

/// The same form, as four clients send it.
#[tokio::test]
async fn clients_of_others() {
    for (client, recorded) in [
        ("chromium", &include_bytes!("../clients/chromium.http")[..]),
        ("curl", include_bytes!("../clients/curl.http")),
        ("node", include_bytes!("../clients/node.http")),
        ("requests", include_bytes!("../clients/requests.http")),
    ] {
        let end = recorded
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = std::str::from_utf8(&recorded[..end]).unwrap();
        let request = Request::post("/profiles")
            .header("content-type", head.strip_prefix("Content-Type: ").unwrap())
            .body(Body::Complete(Bytes::from_static(&recorded[end + 4..])))
            .unwrap();
        let (recorder, service) = recorder();
        let response = service.call(request).await;
        assert_eq!(
            response.status(),
            StatusCode::NO_CONTENT,
            "{client}: {:?}",
            response.body()
        );
        let profile = recorder.profile.lock().unwrap().take().unwrap();
        assert_eq!(profile.name, "Ada é", "{client}");
        assert_eq!(
            (profile.age, profile.newsletter),
            (Some(36), true),
            "{client}"
        );
        assert_eq!(profile.color, Some(ProfileColor::Red), "{client}");
        assert_eq!(
            profile.born,
            chrono::NaiveDate::from_ymd_opt(1815, 12, 10),
            "{client}"
        );
        assert_eq!(profile.scores, Some(vec![1.0, 2.5]), "{client}");
        let address = profile.address.unwrap();
        assert_eq!(
            (address.city.as_str(), address.zip),
            ("Bern", Some(3000)),
            "{client}"
        );
        let friends = profile.friends.unwrap();
        let friends: Vec<_> = friends.iter().map(|friend| friend.name.as_str()).collect();
        assert_eq!(friends, ["Bo", "Cy"], "{client}");
        let photo = png(b"\x89PNG\r\n\x1a\n\r\n--\0\xff", r"a %22b%22 \ é.png");
        assert_eq!(profile.photo.into_inner(), photo, "{client}");
        let scans = vec![png(b"one", "one.png"), png(b"", "two.png")];
        assert_eq!(profile.scans, Some(scans), "{client}");
        assert_eq!(profile.signature.unwrap().0, [0, 1], "{client}");
        assert_eq!(profile.note.as_deref(), Some("# Hi\r\n"), "{client}");
        assert_eq!(
            profile.settings.unwrap().bytes,
            "{\"dark\":true}",
            "{client}"
        );
        assert_eq!(profile.size, Some(ProfileSize::Int64(3)), "{client}");
    }
}

#[tokio::test]
async fn all_that_is_wrong_is_found_at_once() {
    let (_, service) = recorder();
    let image = "; filename=\"a\"\r\nContent-Type: image/gif";
    for (list, expected) in [
        (vec![], vec!["body /name required", "body /photo required"]),
        (
            vec![
                ("name", "", "A"),
                ("age", "", "-1"),
                ("newsletter", "", "yes"),
                ("color", "", "green"),
                ("born", "", "1815-02-30"),
                ("scores", "", "x"),
                ("address", "", "{\"zip\":\"x\"}"),
                ("friends", "", "{\"name\":1}"),
                ("photo", "\r\nContent-Type: image/png", &"x".repeat(101)),
                ("size", "", "huge"),
            ],
            vec![
                "body /address/city required",
                "body /address/zip type",
                "body /age minimum",
                "body /born format",
                "body /color enum",
                "body /friends/0/name type",
                "body /name minLength",
                "body /newsletter type",
                "body /photo maxLength",
                "body /scores minItems",
                "body /scores/0 type",
                "body /size enum",
            ],
        ),
        // What cannot be read is there all the same, and the rest is held against its rules.
        (
            vec![
                ("name", "", "Ada Lovelace"),
                ("address", "", "{"),
                ("photo", image, "a"),
                ("scans", image, "a"),
                ("scans", "\r\nContent-Type: text/html", "a"),
                ("scores", "", "1"),
            ],
            vec![
                "body /address syntax",
                "body /name maxLength",
                "body /photo contentType",
                "body /scans/1 contentType",
                "body /scores minItems",
            ],
        ),
        (
            vec![
                ("name", "", "Ada"),
                ("name", "", "Bob"),
                PHOTO,
                PHOTO,
                ("id", "", "1"),
            ],
            vec![
                "body /id readOnly",
                "body /name duplicate",
                "body /photo duplicate",
            ],
        ),
        (
            vec![
                ("name", "", "Ada"),
                PHOTO,
                ("scans", image, "1"),
                ("scans", image, "2"),
                ("scans", image, "3"),
                ("scans", image, "4"),
            ],
            vec!["body /scans maxItems"],
        ),
        // Without a file, a browser sends an empty one without a name.
        (
            vec![
                ("name", "", "Ada"),
                (
                    "photo",
                    "; filename=\"\"\r\nContent-Type: application/octet-stream",
                    "",
                ),
            ],
            vec!["body /photo required"],
        ),
    ] {
        let response = service.call(form("/profiles", &list)).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{list:?}");
        let mut found = violations(&response);
        found.sort();
        assert_eq!(found, expected, "{list:?}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_taken_apart() {
    let (_, service) = recorder();
    let whole = parts(&[("file", "", "a")]);
    let cut = whole.replace("--b--\r\n", "");
    let folded = whole.replace("form-data;", "form-data;\r\n");
    let bare = whole.replace("\r\n", "\n");
    let unnamed = whole.replace(" name=\"file\"", "");
    for (media_type, body, status) in [
        ("multipart/form-data; boundary=b", whole.as_str(), 204),
        ("Multipart/Form-Data; BOUNDARY=\"b\"", &whole, 204),
        ("multipart/form-data", &whole, 400),
        ("multipart/form-data; boundary=", &whole, 400),
        ("multipart/form-data; boundary=c", &whole, 400),
        ("multipart/form-data; boundary=b", &cut, 400),
        ("multipart/form-data; boundary=b", &folded, 400),
        ("multipart/form-data; boundary=b", &bare, 400),
        ("multipart/form-data; boundary=b", &unnamed, 400),
        ("multipart/form-data; boundary=b", "", 400),
        ("multipart/mixed; boundary=b", &whole, 415),
        ("application/json", &whole, 415),
    ] {
        let response = service.call(post("/closed", media_type, body)).await;
        assert_eq!(response.status().as_u16(), status, "{media_type} {body:?}");
        let expected: &[&str] = match (status, body) {
            (400, "") => &["body  required"],
            (400, _) => &["body  syntax"],
            _ => &[],
        };
        if status >= 400 {
            assert_eq!(violations(&response), expected, "{media_type} {body:?}");
        }
    }
}

#[tokio::test]
async fn additional_properties_say_what_other_parts_are() {
    let (recorder, service) = recorder();
    let response = service
        .call(form("/closed", &[("file", "", "a"), ("other", "", "b")]))
        .await;
    assert_eq!(violations(&response), ["body /other additionalProperties"]);
    let response = service.call(form("/closed", &[("file", "", "")])).await;
    assert_eq!(violations(&response), ["body /file minLength"]);

    let other = "\r\nContent-Type: application/json";
    let list = [
        ("anything", other, "[1]"),
        ("a", other, "{\"b\":1}"),
        ("c", "", "1"),
    ];
    assert_eq!(
        service.call(form("/open", &list)).await.status(),
        StatusCode::NO_CONTENT
    );
    let open = recorder.open.lock().unwrap().take().unwrap();
    assert_eq!(open.anything, Some(json!([1])));
    assert_eq!(
        json!(open.additional_properties),
        json!({"a": {"b": 1}, "c": "1"})
    );

    let list = [
        ("title", "", "Holiday"),
        ("beach", "; filename=\"1\"", "one"),
        ("town", "; filename=\"2\"", "two"),
        ("beach", "; filename=\"3\"", "three"),
    ];
    assert_eq!(
        service.call(form("/folders", &list)).await.status(),
        StatusCode::NO_CONTENT
    );
    let folder = recorder.folder.lock().unwrap().take().unwrap();
    let files = |name: &str| -> Vec<(&[u8], Option<&str>)> {
        let files = folder.additional_properties[name].iter();
        files
            .map(|file| (&*file.bytes, file.file_name.as_deref()))
            .collect()
    };
    assert_eq!(
        files("beach"),
        [(&b"one"[..], Some("1")), (b"three", Some("3"))]
    );
    assert_eq!(files("town"), [(&b"two"[..], Some("2"))]);
    assert_eq!(folder.title, "Holiday");
}

#[tokio::test]
async fn json_beside_parts_and_a_choice_of_parts() {
    let (recorder, service) = recorder();
    let response = service
        .call(post(
            "/either",
            "application/json",
            r#"{"data":"éé","count":1}"#,
        ))
        .await;
    assert_eq!(json(&response), json!({"data": "éé", "count": 1}));
    let response = service
        .call(form(
            "/either",
            &[("data", "; filename=\"x\"", "éé"), ("count", "", "1")],
        ))
        .await;
    assert_eq!(json(&response), json!({"data": "éé", "count": 1}));
    let response = service
        .call(form("/either", &[("data", "", "a"), ("count", "", "x")]))
        .await;
    assert_eq!(
        violations(&response),
        ["body /data minLength", "body /count type"]
    );

    let response = service
        .call(form("/choice", &[("url", "", "https://a.example/")]))
        .await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let choice = recorder.choice.lock().unwrap().take();
    assert!(matches!(choice, Some(PostChoiceBody::Url(link)) if link.url == "https://a.example/"));
    let response = service
        .call(form("/choice", &[("file", "", "a"), ("title", "", "t")]))
        .await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let choice = recorder.choice.lock().unwrap().take();
    assert!(matches!(choice, Some(PostChoiceBody::File(file)) if file.file.bytes == "a"));
}

/// What a handler answers with is JSON only where a file is a text, and a file that is made by hand is checked.
#[tokio::test]
async fn files_as_json_and_by_hand() {
    let (_, service) = recorder();
    let response = service
        .call(form("/either", &[("data", "", "ab"), ("count", "", "1")]))
        .await;
    assert_eq!(response.status(), StatusCode::OK);
    let bytes = [
        &b"--b\r\nContent-Disposition: form-data; name=data\r\n\r\n"[..],
        b"\xff\xfe\r\n--b--",
    ];
    let mut request = form("/either", &[]);
    *request.body_mut() = Body::Complete(Bytes::from(bytes.concat()));
    let response = service.call(request).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);

    let picture = Picture::try_from(File::new(&b"\xff"[..])).unwrap();
    assert_eq!(picture.bytes, &b"\xff"[..]);
    let error = Picture::try_from(File::new(vec![b'x'; 101])).unwrap_err();
    assert_eq!(error.to_string(), "must have at most 100 bytes");
    let upload: Upload = serde_json::from_value(json!({"data": "a"})).unwrap();
    assert_eq!(upload.data, File::new(&b"a"[..]));
}

#[tokio::test]
async fn a_body_is_not_larger_than_the_limit() {
    let service = Service::builder()
        .routes(routes(&Arc::<Recorder>::default()))
        .limits(Limits {
            body_bytes: 100,
            ..Limits::default()
        })
        .build()
        .unwrap();
    let response = service.call(form("/closed", &[("file", "", "a")])).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let response = service
        .call(form("/closed", &[("file", "", &"a".repeat(100))]))
        .await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
