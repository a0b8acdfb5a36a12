//! Mails: verifying an address, setting another password by one, and switching them off.

use civicforge_testing::{PASSWORD, Reply, TestMember};
use serde_json::json;

use crate::harness::Suite;
use crate::passwords::{self, OTHER};
use crate::replay::twice;
use crate::transport::{Call, Host, Transport};
use crate::world::{ME, account, violates};

const VERIFY: &str = "/api/v1/auth/verify-email";
const FORGOT: &str = "/api/v1/auth/password/forgot";
const RESET: &str = "/api/v1/auth/password/reset";
const NOTIFICATIONS: &str = "/api/v1/users/me/notifications";

pub fn cases(suite: &mut Suite) {
    suite.each("mails::an_address_is_verified_once", verification);
    suite.each("mails::a_password_is_set_by_a_mail", reset);
    suite.each("mails::who_has_no_account_is_answered_alike", unknown);
    suite.each("mails::tokens_that_cannot_be_used", refusals);
    suite.each("mails::three_an_hour", three_an_hour);
    suite.each("mails::repeated_requests_are_answered_alike", replay);
    suite.each("mails::members_say_which_they_get", notifications);
    suite.each("mails::a_link_switches_them_off", unsubscribe);
}

fn ask<'h>(host: &'h Host, member: &TestMember) -> Call<'h> {
    host.post(format!("{VERIFY}/request")).member(member)
}

fn forgot<'h>(host: &'h Host, email: &str) -> Call<'h> {
    host.post(FORGOT).json(&json!({"email": email}))
}

fn verify<'h>(host: &'h Host, token: &str) -> Call<'h> {
    host.post(VERIFY).json(&json!({"token": token}))
}

fn set<'h>(host: &'h Host, token: &str, password: &str) -> Call<'h> {
    let body = json!({"token": token, "newPassword": password});
    host.post(RESET).json(&body)
}

async fn login(host: &Host, email: &str, password: &str) -> u16 {
    passwords::login(host, email, password).await.status
}

/// The token of a mail that a member has asked for.
async fn verification_token(host: &Host, member: &TestMember) -> String {
    assert_eq!(ask(host, member).send().await.status, 202);
    host.app.last_mail(&member.email).await.token()
}

async fn reset_token(host: &Host, member: &TestMember) -> String {
    assert_eq!(forgot(host, &member.email).send().await.status, 202);
    host.app.last_mail(&member.email).await.token()
}

/// How many mails these members have got.
async fn count(host: &Host, members: &[&TestMember]) -> usize {
    let mails = host.app.mails().await;
    let to = |email: &str| members.iter().any(|member| member.email == email);
    mails.iter().filter(|mail| to(&mail.to)).count()
}

#[track_caller]
fn is_invalid(reply: &Reply) {
    assert_eq!(
        reply.problem(),
        (409, "mail_token_invalid".to_owned()),
        "{reply:?}"
    );
}

async fn verification(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    assert_eq!(account(&host, &ada).await["emailVerified"], json!(false));
    let token = verification_token(&host, &ada).await;
    let mail = host.app.last_mail(&ada.email).await;
    assert_eq!(mail.subject, "Confirm your e-mail address");
    assert!(
        mail.html.contains(&token) && mail.unsubscribe.is_none(),
        "{mail:?}"
    );
    assert_eq!(account(&host, &ada).await["emailVerified"], json!(false));
    assert_eq!(verify(&host, &token).send().await.status, 204);
    let verified = account(&host, &ada).await;
    assert_eq!(
        (&verified["emailVerified"], &verified["verified"]),
        (&json!(true), &json!(false))
    );
    is_invalid(&verify(&host, &token).send().await);
    // There is nothing to verify any more.
    assert_eq!(ask(&host, &ada).send().await.status, 202);
    assert_eq!(count(&host, &[&ada]).await, 1);
    // Somebody else asks for a mail to nobody but themselves.
    let eve = host.member("eve").await;
    let stranger = host.post(format!("{VERIFY}/request")).stranger(&eve);
    assert_eq!(stranger.send().await.status, 202);
    assert_eq!(
        (count(&host, &[&ada]).await, count(&host, &[&eve]).await),
        (1, 1)
    );
}

async fn reset(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    for _ in 0..5 {
        assert_eq!(login(&host, &ada.email, "1-Wrong-Guesses").await, 401);
    }
    assert_eq!(
        login(&host, &ada.email, PASSWORD).await,
        429,
        "it is locked"
    );
    let token = reset_token(&host, &ada).await;
    // What is refused uses nothing up.
    for (password, place) in [("password1", "/newPassword"), (&*ada.email, "/newPassword")] {
        let reply = set(&host, &token, password).send().await;
        violates(&reply, "body", place);
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(!text.contains(&token), "{text}");
    }
    assert_eq!(set(&host, &token, OTHER).send().await.status, 204);
    assert_eq!(login(&host, &ada.email, PASSWORD).await, 401);
    assert_eq!(
        login(&host, &ada.email, OTHER).await,
        200,
        "and locked no more"
    );
    is_invalid(&set(&host, &token, "7-Quiet-Shores").send().await);
    // Every session has ended.
    let body = json!({"refreshToken": ada.refresh_token});
    let refreshed = host.post("/api/v1/auth/refresh").json(&body).send().await;
    assert_eq!(refreshed.status, 401);
    let update = json!({"name": "Ada", "userType": "agent"});
    let written = host.put(ME).member(&ada).json(&update).send().await;
    assert_eq!(written.status, 401);
    let mail = host.app.last_mail(&ada.email).await;
    assert_eq!(mail.subject, "Your password was changed");
    // The mail was read.
    assert_eq!(account(&host, &ada).await["emailVerified"], json!(true));
}

async fn unknown(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let known = forgot(&host, &ada.email).send().await;
    for email in ["nobody@example.org", "NOBODY@example.org"] {
        let reply = forgot(&host, email).send().await;
        assert_eq!((reply.status, &reply.body), (known.status, &known.body));
        let names = |reply: &Reply| -> Vec<_> { reply.headers.keys().cloned().collect() };
        assert_eq!(names(&reply), names(&known));
    }
    let mails = host.app.mails().await;
    let to_nobody = mails.iter().filter(|mail| mail.to.starts_with("nobody"));
    assert_eq!((count(&host, &[&ada]).await, to_nobody.count()), (1, 0));
    violates(&forgot(&host, "no address").send().await, "body", "/email");
}

async fn refusals(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let verification = verification_token(&host, &ada).await;
    let reset = reset_token(&host, &ada).await;
    // Each is for one thing.
    is_invalid(&verify(&host, &reset).send().await);
    is_invalid(&set(&host, &verification, OTHER).send().await);
    is_invalid(&verify(&host, &"A".repeat(43)).send().await);
    violates(&verify(&host, "short").send().await, "body", "/token");
    violates(
        &set(&host, &"!".repeat(43), OTHER).send().await,
        "body",
        "/token",
    );
    // Of two mails the second is good for nothing once the first was used, also for somebody who has changed the password.
    let other = reset_token(&host, &ada).await;
    assert_eq!(set(&host, &reset, OTHER).send().await.status, 204);
    is_invalid(&set(&host, &other, "7-Quiet-Shores").send().await);
    let token = reset_token(&host, &bob).await;
    let change = json!({"currentPassword": PASSWORD, "newPassword": OTHER});
    let change = host
        .post("/api/v1/auth/password/change")
        .member(&bob)
        .json(&change);
    assert_eq!(change.send().await.status, 204);
    is_invalid(&set(&host, &token, "7-Quiet-Shores").send().await);
    assert_eq!(login(&host, &bob.email, OTHER).await, 200);
}

async fn three_an_hour(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    for _ in 0..3 {
        assert_eq!(forgot(&host, &ada.email).send().await.status, 202);
        assert_eq!(ask(&host, &ada).send().await.status, 202);
    }
    assert_eq!(ask(&host, &bob).send().await.status, 202);
    assert_eq!(
        (count(&host, &[&ada]).await, count(&host, &[&bob]).await),
        (3, 1)
    );
}

async fn replay(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    twice(ask(&host, &ada).key("k")).await;
    assert_eq!(count(&host, &[&ada]).await, 1);
    let token = host.app.last_mail(&ada.email).await.token();
    twice(verify(&host, &token).key("k")).await;
    // The same token in another body is another request.
    let spaced = format!("{{\"token\": \"{token}\"  }}");
    let other = host.post(VERIFY).body("application/json", spaced).key("k");
    let other = other.send().await;
    assert_eq!(other.problem(), (422, "idempotency_key_reused".to_owned()));
    let token = reset_token(&host, &bob).await;
    twice(set(&host, &token, OTHER).key("k")).await;
    let other = set(&host, &token, "7-Quiet-Shores").key("k").send().await;
    assert_eq!(other.problem(), (422, "idempotency_key_reused".to_owned()));
    assert_eq!(login(&host, &bob.email, OTHER).await, 200);
}

async fn notifications(transport: Transport) {
    let host = transport.host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let put = |wanted: bool| {
        host.put(NOTIFICATIONS)
            .json(&json!({ "inquiries": wanted }))
    };
    let tag = host.get(ME).member(&ada).send().await;
    let tag = tag.header("etag").expect("a tag").to_owned();
    let off = put(false).member(&ada).header("if-match", &tag);
    let off = off.send().await;
    assert_eq!(off.status, 200, "{off:?}");
    assert_eq!(off.json()["notifications"], json!({"inquiries": false}));
    let late = put(true).member(&ada).header("if-match", &tag);
    let late = late.send().await;
    assert_eq!(late.problem(), (412, "precondition_failed".to_owned()));
    assert_eq!(put(true).member(&ada).send().await.status, 200);
    // Another member says so of nobody else.
    assert_eq!(put(false).stranger(&bob).send().await.status, 200);
    let kept = &account(&host, &ada).await["notifications"];
    assert_eq!(kept, &json!({"inquiries": true}));
    let wrong = host.put(NOTIFICATIONS).member(&ada);
    let wrong = wrong.json(&json!({"inquiries": "no"})).send().await;
    violates(&wrong, "body", "/inquiries");
}

async fn unsubscribe(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let keys = host.app.app.keys.now();
    let id = keys.mail_links().expect("a secret").id(ada.id);
    let start = "/api/v1/notifications/unsubscribe";
    let path = format!("{start}?id={id}");
    let gets = async || account(&host, &ada).await["notifications"]["inquiries"].clone();
    // Programs that look for viruses follow links.
    let page = host.get(&path).send().await;
    let html = (200, Some("text/html"));
    assert_eq!((page.status, page.header("content-type")), html);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    let text = String::from_utf8_lossy(&page.body);
    assert!(text.contains("<form method=\"post\">"), "{text}");
    assert_eq!(gets().await, json!(true));
    // What a program that reads mail sends, in either form; and what a browser sends.
    let one_click = "List-Unsubscribe=One-Click";
    let head = "--b\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\n";
    let parts = format!("{head}{one_click}\r\n--b--\r\n");
    for (media_type, body) in [
        ("application/x-www-form-urlencoded", one_click),
        ("application/x-www-form-urlencoded", ""),
        ("multipart/form-data; boundary=b", &parts),
    ] {
        let on = host.put(NOTIFICATIONS).member(&ada);
        let on = on.json(&json!({"inquiries": true})).send().await;
        assert_eq!(on.status, 200);
        let call = host.post(&path).body(media_type, body.to_owned());
        let reply = call.send().await;
        assert_eq!(reply.status, 200, "{media_type}: {reply:?}");
        assert_eq!(gets().await, json!(false), "{media_type}");
    }
    assert_eq!(host.post(&path).send().await.status, 200);
    // An id is good for one member's mails, and for nothing else.
    let first = if id.starts_with('A') { "B" } else { "A" };
    let altered = format!("{start}?id={first}{}", &id[1..]);
    for call in [host.get(&altered), host.post(&altered)] {
        assert_eq!(call.send().await.problem(), (404, "not_found".to_owned()));
    }
    violates(&host.get(start).send().await, "query", "id");
    let short = host.post(format!("{start}?id=x")).send().await;
    violates(&short, "query", "id");
    assert_eq!(host.get(ME).bearer(&id).send().await.status, 401);
}
