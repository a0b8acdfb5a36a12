//! Mails about inquiries.

use civicforge_testing::{TestApp, TestMember, properties};
use serde_json::{Value, json};

const INQUIRIES: &str = "/api/v1/inquiries";

struct World {
    app: TestApp,
    /// Owns the property.
    ada: TestMember,
    /// Asks.
    bob: TestMember,
    property: Value,
}

/// An owner and somebody who inquires, both with verified addresses.
async fn world() -> World {
    let app = TestApp::new().await;
    let ada = app.register_seller("ada").await;
    let bob = app.register("bob").await;
    for member in [&ada, &bob] {
        app.verify_by_mail(member).await;
    }
    let list = app.post("/api/v1/properties").member(&ada);
    let listed = list.json(&properties::draft()).send().await;
    assert_eq!(listed.status, 201, "{listed:?}");
    let property = listed.json();
    World {
        app,
        ada,
        bob,
        property,
    }
}

impl World {
    async fn ask(&self, member: &TestMember, message: &str) -> String {
        let body = json!({"propertyId": self.property["propertyId"], "message": message});
        let reply = self.app.post(INQUIRIES).member(member).json(&body);
        let reply = reply.send().await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()["inquiryId"].as_str().unwrap().to_owned()
    }

    async fn answer(&self, inquiry: &str) {
        let body = json!({"status": "responded", "reply": "Yes, from ten."});
        let put = self.app.put(&format!("{INQUIRIES}/{inquiry}"));
        let reply = put.member(&self.ada).json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }

    async fn count(&self) -> usize {
        self.app.mails().await.len()
    }

    fn title(&self) -> &str {
        self.property["title"].as_str().unwrap()
    }
}

#[tokio::test]
async fn the_owner_is_told_and_then_who_has_asked() {
    let world = world().await;
    let before = world.count().await;
    let question = "Is 3 < 4, & the garden open\non Saturdays? Ist das <b>schön</b>?";
    let inquiry = world.ask(&world.bob, question).await;
    let mail = world.app.last_mail(&world.ada.email).await;
    assert_eq!(mail.subject, format!("An inquiry about {}", world.title()));
    let text = mail.text.replace("\r\n", "\n");
    assert!(text.contains(question), "{text}");
    for part in [
        "3 &#60; 4, &#38; the",
        "&#60;b&#62;schön",
        &format!("/inquiries/{inquiry}"),
    ] {
        assert!(mail.html.contains(part), "{part}: {}", mail.html);
    }
    let unsubscribe = mail.unsubscribe.unwrap();
    assert!(text.contains(&unsubscribe), "{text}");
    world.answer(&inquiry).await;
    let mail = world.app.last_mail(&world.bob.email).await;
    assert_eq!(mail.subject, format!("An answer about {}", world.title()));
    assert!(mail.text.contains("Yes, from ten."), "{mail:?}");
    assert_eq!(world.count().await, before + 2, "nobody else is told");
}

#[tokio::test]
async fn whose_address_may_be_anothers_is_not_told() {
    let world = world().await;
    let eve = world.app.register("eve").await;
    let inquiry = world.ask(&eve, "Is there a lift in it?").await;
    world.answer(&inquiry).await;
    let mails = world.app.mails().await;
    assert!(mails.iter().all(|mail| mail.to != eve.email), "{mails:?}");
}

#[tokio::test]
async fn who_wants_none_gets_none_by_setting_or_by_link() {
    let world = world().await;
    let set = async |wanted: bool| {
        let put = world.app.put("/api/v1/users/me/notifications");
        let body = json!({"inquiries": wanted});
        let reply = put.member(&world.ada).json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
    };
    let before = world.count().await;
    set(false).await;
    world.ask(&world.bob, "Is the garden open?").await;
    assert_eq!(world.count().await, before);
    set(true).await;
    world.ask(&world.bob, "And is the cellar?").await;
    assert_eq!(world.count().await, before + 1);
    let mail = world.app.last_mail(&world.ada.email).await;
    let url = mail.unsubscribe.unwrap();
    let path = &url[url.find("/api/").unwrap()..];
    let one_click = "List-Unsubscribe=One-Click";
    let post = world.app.post(path);
    let reply = post.body("application/x-www-form-urlencoded", one_click);
    assert_eq!(reply.send().await.status, 200);
    world.ask(&world.bob, "And is the attic?").await;
    assert_eq!(world.count().await, before + 1);
    // Mails about the account are sent all the same.
    let forgot = world.app.post("/api/v1/auth/password/forgot");
    let forgot = forgot.json(&json!({"email": world.ada.email}));
    assert_eq!(forgot.send().await.status, 202);
    assert_eq!(world.count().await, before + 2);
}
