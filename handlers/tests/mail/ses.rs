//! Amazon SES: what it is sent, and what becomes of mails that it does not take.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use civicforge_handlers::vendors::mail::{Mailer, Ses, ses};
use civicforge_kernel::aws::signed::SignedCalls;
use civicforge_kernel::aws::{Credentials, SharedCredentialsProvider, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::outbox::Round;
use civicforge_testing::{Mail, TestApp, sender};
use serde_json::{Value, json};

type Calls = Arc<Mutex<Vec<(HeaderMap, Value)>>>;

/// Something that speaks SES's protocol on a port of this machine, and answers as it is told.
struct Service {
    calls: Calls,
    answer: Arc<Mutex<(StatusCode, &'static str)>>,
    app: TestApp,
}

async fn start() -> Service {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let calls = Calls::default();
    let answer = Arc::new(Mutex::new((StatusCode::OK, "")));
    let (seen, answers) = (calls.clone(), answer.clone());
    let take = move |headers: HeaderMap, body: String| async move {
        let body = serde_json::from_str(&body).unwrap();
        seen.lock().unwrap().push((headers, body));
        let (status, error) = *answers.lock().unwrap();
        let body = json!({"message": "as it is told"}).to_string();
        (status, [("x-amzn-errortype", error)], body)
    };
    let router = Router::new().route("/v2/email/outbound-emails", post(take));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let address = ses::address("eu-central-1".to_owned(), Some(url.parse().unwrap()));
    let credentials = Credentials::new("AKID", "key", Some("session".into()), None, "test");
    let provider = SharedCredentialsProvider::new(credentials);
    let calls_of_ses = SignedCalls::new(address, provider, Trust::System, Clock::system());
    let ses = Ses::new(calls_of_ses, Some("civicforge-dev-mails".to_owned()));
    let mailer = Mailer::ses(sender(), ses);
    Service {
        calls,
        answer,
        app: TestApp::setup().mailer(mailer).start().await,
    }
}

impl Service {
    async fn forgot(&self, email: &str) {
        let forgot = self.app.post("/api/v1/auth/password/forgot");
        let reply = forgot.json(&json!({"email": email})).send().await;
        assert_eq!(reply.status, 202, "{reply:?}");
    }

    async fn round(&self) -> Round {
        self.app.app.relay().round().await.unwrap()
    }

    fn answers(&self, status: StatusCode, error: &'static str) {
        *self.answer.lock().unwrap() = (status, error);
    }

    fn count(&self) -> usize {
        self.calls.lock().unwrap().len()
    }
}

#[tokio::test]
async fn a_mail_is_one_signed_call_from_one_address_to_one() {
    let service = start().await;
    let ada = service.app.register("ada").await;
    service.forgot(&ada.email).await;
    assert_eq!(service.round().await.delivered, 1);
    assert_eq!(service.round().await, Round::default());
    let calls = service.calls.lock().unwrap();
    let [(headers, body)] = calls.as_slice() else {
        panic!("{calls:?}");
    };
    assert_eq!(body["FromEmailAddress"], "no-reply@civicforge.test");
    assert_eq!(body["Destination"], json!({"ToAddresses": [ada.email]}));
    assert_eq!(body["ConfigurationSetName"], "civicforge-dev-mails");
    let raw = body["Content"]["Raw"]["Data"].as_str().unwrap();
    let mail = Mail::parse(&STANDARD.decode(raw).unwrap());
    assert_eq!((mail.to.as_str(), mail.token().len()), (&*ada.email, 43));
    assert!(mail.message_id.ends_with("@civicforge.test"), "{mail:?}");
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("x-amz-security-token"), "session");
    let signed = header("authorization");
    assert!(signed.starts_with("AWS4-HMAC-SHA256 Credential=AKID/"));
    let scope = "/eu-central-1/ses/aws4_request, SignedHeaders=content-type;host;x-amz-date;";
    assert!(signed.contains(scope), "{signed}");
}

#[tokio::test]
async fn what_may_be_taken_later_waits_and_what_never_is_taken_is_kept() {
    let service = start().await;
    let ada = service.app.register("ada").await;
    service.answers(StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsException");
    service.forgot(&ada.email).await;
    assert_eq!(service.round().await.later, 1);
    service.app.advance(TimeDelta::minutes(5));
    service.answers(StatusCode::OK, "");
    assert_eq!(service.round().await.delivered, 1);
    service.answers(StatusCode::BAD_REQUEST, "BadRequestException:http://x");
    service.forgot(&ada.email).await;
    assert_eq!(service.round().await.dead, 1);
    assert_eq!(service.count(), 3);
}
