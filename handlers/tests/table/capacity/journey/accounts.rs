//! What is done with accounts, and the mails about them.

use chrono::TimeDelta;
use civicforge_testing::{PASSWORD, TestMember};
use serde_json::{Value, json};

use super::super::ledger::Ledger;
use super::{ME, soon};

/// A member with every field.
pub async fn member(ledger: &Ledger, name: &str) -> TestMember {
    let app = &ledger.app;
    let member = app.register(name).await;
    let call = app.put(ME).member(&member).json(&profile("A Name"));
    assert_eq!(call.send().await.status, 200);
    let wallet = json!({"walletAddress": "0x52908400098527886E0F7030069857D2E4169EE7"});
    let call = app.put(&format!("{ME}/wallet")).member(&member);
    assert_eq!(call.json(&wallet).send().await.status, 200);
    member
}

fn profile(name: &str) -> Value {
    json!({"name": name, "username": "somebody", "phoneNumber": "+12025550123", "userType": "agent"})
}

pub async fn accounts(ledger: &mut Ledger) -> (TestMember, TestMember) {
    let app = ledger.app.clone();
    let body = json!({
        "email": "somebody.with.a.name@example.org", "password": PASSWORD, "name": "Somebody With A Name",
        "username": "somebody", "phoneNumber": "+12025550123", "userType": "agent",
    });
    let call = app
        .post("/api/v1/auth/register")
        .key("register")
        .json(&body);
    let (reply, _) = note!(ledger, "register", "registerUser", 201, call);
    let login = json!({"email": body["email"], "password": PASSWORD});
    let call = app.post("/api/v1/auth/login").json(&login);
    note!(ledger, "log in", "loginUser", 200, call);
    let wrong = json!({"email": body["email"], "password": "9-Wrong-Gardens"});
    let call = app.post("/api/v1/auth/login").json(&wrong);
    note!(ledger, "fail to log in", "loginUser", 401, call);
    let token = reply.json()["accessToken"].as_str().unwrap().to_owned();
    let change = json!({"currentPassword": PASSWORD, "newPassword": "9-Open-Workshops"});
    let call = app.post("/api/v1/auth/password/change").key("change");
    let call = call.bearer(&token).json(&change);
    note!(ledger, "change a password", "changePassword", 204, call);
    let refresh = json!({"refreshToken": reply.json()["refreshToken"]});
    let call = app.post("/api/v1/auth/refresh").json(&refresh);
    note!(ledger, "rotate a refresh token", "refreshToken", 200, call);
    let token = reply.json()["accessToken"].as_str().unwrap().to_owned();
    let call = app.post("/api/v1/auth/logout").key("logout").bearer(&token);
    note!(ledger, "log out", "logoutUser", 204, call);
    let login = json!({"email": body["email"], "password": "9-Open-Workshops"});
    let reply = app.post("/api/v1/auth/login").json(&login).send().await;
    mails(ledger, &reply.json()).await;

    let creator = member(ledger, "creator.with.a.long.name").await;
    let performer = member(ledger, "performer.with.a.long.name").await;
    let call = app.get(ME).member(&creator);
    note!(ledger, "read one's account", "getCurrentUser", 200, call);
    let call = app.put(ME).member(&creator).json(&profile("Another Name"));
    note!(ledger, "update a profile", "updateCurrentUser", 200, call);
    let admin = app.register_admin("somebody.who.operates").await;
    let call = app.get("/api/v1/users?search=another").member(&admin);
    note!(
        ledger,
        "list accounts by the beginning of a name",
        "listUsers",
        200,
        call
    );
    let call = app
        .get("/api/v1/users?search=nobody@example.org")
        .member(&admin);
    note!(
        ledger,
        "look for an account by its address",
        "listUsers",
        200,
        call
    );
    let wallet = json!({"walletAddress": "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"});
    let call = app.put(&format!("{ME}/wallet")).member(&creator);
    let call = call.json(&wallet);
    note!(ledger, "update a wallet", "updateWallet", 200, call);
    (creator, performer)
}

/// An account that has posted a quest and listed a property.
pub async fn close(ledger: &mut Ledger) {
    let app = ledger.app.clone();
    let member = app.register_seller("leaving").await;
    let quest =
        json!({"title": "Mend the gate", "description": "The garden's gate does not close."});
    let posted = app.post("/api/v1/quests").member(&member).json(&quest);
    assert_eq!(posted.send().await.status, 201);
    let property = civicforge_testing::properties::draft();
    let listed = app.post("/api/v1/properties").member(&member);
    assert_eq!(listed.json(&property).send().await.status, 201);
    let body = json!({"currentPassword": PASSWORD});
    let call = app.post(&format!("{ME}/export")).key("export");
    let call = call.member(&member).json(&body);
    let pattern = "export an account with a quest and a property";
    note!(ledger, pattern, "exportAccount", 200, call);
    let call = app.post(&format!("{ME}/close")).key("close");
    let call = call.member(&member).json(&body);
    note!(ledger, "close an account", "closeAccount", 202, call);
    send_mails(ledger, None).await;
    app.advance(TimeDelta::minutes(10));
    ledger.forget();
    let event = "eraseAccounts";
    for (pattern, erased) in [
        ("erase an account with a quest and a property", 1),
        ("look for closed accounts, none", 0),
    ] {
        let round = app.app.run(event, json!({}), soon()).await.unwrap();
        assert_eq!(round["erased"], erased, "{round}");
        ledger.note(pattern, None, Some(event));
    }
}

/// Mails about an account, and what their tokens do. The password's former sessions have ended then.
async fn mails(ledger: &mut Ledger, session: &Value) {
    let app = ledger.app.clone();
    let token = session["accessToken"].as_str().unwrap();
    let email = session["user"]["email"].as_str().unwrap();
    // That the password was changed.
    send_mails(ledger, None).await;
    let call = app.post("/api/v1/auth/verify-email/request").from(SOURCE);
    let call = call.key("request").bearer(token);
    note!(
        ledger,
        "ask for a mail to verify an address",
        "requestEmailVerification",
        202,
        call
    );
    send_mails(ledger, Some("send a mail with a token")).await;
    let token = app.last_mail(email).await.token();
    let call = app.post("/api/v1/auth/verify-email").key("verify");
    let call = call.json(&json!({"token": token}));
    note!(
        ledger,
        "verify an address by a mail",
        "verifyEmail",
        204,
        call
    );
    let call = app.post("/api/v1/auth/password/forgot").from(SOURCE);
    let call = call.json(&json!({"email": email}));
    note!(
        ledger,
        "ask for a mail to set another password",
        "requestPasswordReset",
        202,
        call
    );
    send_mails(ledger, None).await;
    let token = app.last_mail(email).await.token();
    let reset = json!({"token": token, "newPassword": PASSWORD});
    let call = app
        .post("/api/v1/auth/password/reset")
        .key("reset")
        .json(&reset);
    note!(
        ledger,
        "set another password by a mail",
        "resetPassword",
        204,
        call
    );
    send_mails(ledger, None).await;
    let member = app.login(email).await;
    let call = app.put(&format!("{ME}/notifications")).member(&member);
    let call = call.json(&json!({"inquiries": true}));
    note!(
        ledger,
        "say which mails one gets",
        "setNotifications",
        200,
        call
    );
    let id = app.app.keys.now().mail_links().unwrap().id(member.id);
    let path = format!("/api/v1/notifications/unsubscribe?id={id}");
    let call = app.get(&path);
    note!(
        ledger,
        "look at the page that switches mails off",
        "showUnsubscribe",
        200,
        call
    );
    note!(
        ledger,
        "switch mails off by a link",
        "unsubscribe",
        200,
        app.post(&path)
    );
}

/// Where requests come from.
const SOURCE: &str = "192.0.2.1";

/// Sends the one mail that waits.
async fn send_mails(ledger: &mut Ledger, what: Option<&'static str>) {
    let round = ledger.app.app.run("sendMails", json!({}), soon()).await;
    assert_eq!(round.unwrap()["delivered"], 1);
    match what {
        Some(what) => drop(ledger.note(what, None, Some("sendMails"))),
        None => ledger.forget(),
    }
}
