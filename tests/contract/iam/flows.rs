//! Ways through the handlers that no other case takes, or not in this process: events, debts, and other issuers' tokens.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::auth::access_token::{self, TokenNames};
use civicforge_handlers::auth::issuers::TrustedIssuer;
use civicforge_handlers::properties::images::keys::removed;
use civicforge_handlers::users;
use civicforge_handlers::{auth, inquiries, properties, quests};
use civicforge_kernel::destinations::subscriptions::{self, Subscription};
use civicforge_kernel::keys::signing::SigningKeys;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::outbox::{
    Delivery, DeliveryError, Event, Message, Relay, RelayLimits, records,
};
use civicforge_kernel::table::{Item, StoreError, Table, Write};
use civicforge_runtime::host::dropshot;
use civicforge_runtime::scope::{self, RequestScope};
use civicforge_runtime::service::Service;
use civicforge_runtime::static_file::StaticFile;
use civicforge_testing::images::{draft as draft_of, png};
use civicforge_testing::{TestApp, TestMember};
use serde_json::{Value, json};
use uuid::Uuid;

use super::recorded;
use crate::harness::Suite;
use crate::properties::{change, list, path as property_path};
use crate::transport::{Host, Transport};
use crate::world::{ME, QUESTS, action, claimed, disputed, does, draft, open, path, submitted};

const POOL: &str = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI";

pub fn cases(suite: &mut Suite) {
    suite.once("iam::sign_ups", sign_ups);
    suite.once("iam::expiry", expiry);
    suite.once("iam::debts", debts);
    suite.once("iam::messages", messages);
    suite.once("iam::tokens_of_another_issuer", tokens_of_another_issuer);
    suite.once("iam::old_password_hashes", old_password_hashes);
    suite.once("iam::deleted_properties", deleted_properties);
    suite.once("iam::images", images);
    suite.once("iam::exports", exports);
    suite.once("iam::mails", mails);
    suite.once("iam::closed_accounts", closed_accounts);
    suite.once("iam::click_up", super::sync::click_up);
    suite.once("iam::reconcile", super::sync::reconcile);
    suite.once("iam::volunteers", super::sync::volunteers);
}

async fn host() -> Host {
    Transport::Dispatch.of(super::app(recorded().await).await)
}

/// Works as a function that handles this event.
async fn within<F: Future>(function: &'static str, work: F) -> F::Output {
    let scope = RequestScope::default();
    let _ = scope.operation.set(function);
    scope::within(Arc::new(scope), work).await
}

pub(super) async fn run(app: &TestApp, function: &'static str, payload: Value) -> Value {
    let until = Instant::now() + Duration::from_secs(30);
    let handled = within(function, app.app.run(function, payload, until)).await;
    handled.unwrap_or_else(|error| panic!("{function}: {error}"))
}

fn confirmed(pool: &str, subject: &str, email: &str) -> Value {
    json!({
        "version": "1",
        "region": "eu-central-1",
        "userPoolId": pool,
        "userName": subject,
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "request": {"userAttributes": {
            "sub": subject, "email": email, "email_verified": "true",
            "name": "Ada", "phone_number": "+12025550123",
        }},
        "response": {},
    })
}

async fn sign_ups() {
    let host = host().await;
    let pools = ["eu-central-1_AbCdEfGhI", "eu-central-1_AnotherOne"];
    // The second pool's user has the same address, and becomes the same member.
    for pool in pools {
        run(
            &host.app,
            "createUser",
            confirmed(pool, "sub-1", "ada@example.org"),
        )
        .await;
    }
}

async fn expiry() {
    let host = host().await;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let date = host.app.clock.now() + TimeDelta::hours(1);
    let mut dated = draft();
    dated["expiresAt"] = json!(date.to_rfc3339());
    for handed_in in [false, true] {
        let reply = host.post(QUESTS).member(&ada).json(&dated).send().await;
        let quest = crate::world::id(&reply);
        if handed_in {
            does(&host, &bob, &quest, "claim").await;
            does(&host, &bob, &quest, "submit").await;
        }
    }
    let deleted = crate::world::id(&host.post(QUESTS).member(&ada).json(&dated).send().await);
    let reply = host.delete(path(&deleted)).member(&ada).send().await;
    assert_eq!(reply.status, 204, "{reply:?}");
    // One that was handed in, is disputed, and is open again has its date back.
    let judge = host.app.register_arbiter("judge").await;
    let reply = host.post(QUESTS).member(&ada).json(&dated).send().await;
    let reopened = crate::world::id(&reply);
    for (who, verb) in [
        (&bob, "claim"),
        (&bob, "submit"),
        (&bob, "attest"),
        (&ada, "dispute"),
    ] {
        does(&host, who, &reopened, verb).await;
    }
    let reopen = json!({"outcome": "reopen", "notes": "Once more."});
    let call = host.post(format!("{}/resolve", path(&reopened)));
    assert_eq!(call.member(&judge).json(&reopen).send().await.status, 200);
    let reply = host.post(QUESTS).member(&ada).json(&dated).send().await;
    let damaged = crate::world::id(&reply).parse().expect("an id");
    let damage = Write::update(quests::keys::expiry(damaged)).remove("questId");
    let table = &host.app.app.table;
    table.write(damage).await.expect("an answer");
    host.advance(TimeDelta::hours(2));
    let round = run(&host.app, "expireQuests", json!({})).await;
    let expected = json!({"expired": 2, "settled": 1, "damaged": 1, "skipped": 0});
    assert_eq!(round, expected);
}

/// Takes a member's account away; it is what is to be put back.
async fn hide(table: &Table, member: &TestMember) -> Item {
    let key = users::keys::key(member.id);
    let item = table
        .get(&key)
        .await
        .expect("an answer")
        .expect("an account");
    table.write(Write::delete(key)).await.expect("an answer");
    item
}

async fn debts() {
    let host = host().await;
    let table = &host.app.app.table;
    let (ada, bob) = (host.member("ada").await, host.member("bob").await);
    let judge = host.app.register_arbiter("judge").await;
    let attested = submitted(&host, &ada, &bob).await;
    let decided = disputed(&host, &ada, &bob).await;
    let (returned, reopened) = (claimed(&host, &ada, &bob).await, open(&host, &ada).await);
    does(&host, &bob, &attested, "attest").await;
    let account = hide(table, &bob).await;
    does(&host, &ada, &attested, "attest").await;
    does(&host, &judge, &decided, "resolve").await;
    does(&host, &bob, &returned, "unclaim").await;
    let reply = host.delete(path(&reopened)).member(&ada).send().await;
    assert_eq!(reply.status, 204, "{reply:?}");

    // It fails once, then one is paid, one was paid already, and nobody can pay the last one.
    let round = |expected: &'static str| {
        let app = &host.app;
        async move {
            let round = run(app, "reprocessFailedRewards", json!({})).await;
            assert_eq!(round[expected], 1, "{round}");
        }
    };
    let debt = quests::keys::failed_reward(decided.parse().expect("an id"));
    let owed = table.get(&debt).await.expect("an answer").expect("a debt");
    table.write(Write::delete(debt)).await.expect("an answer");
    round("later").await;
    host.advance(TimeDelta::hours(1));
    table.write(Write::put(account)).await.expect("an answer");
    round("applied").await;
    table
        .write(Write::put(owed.clone()))
        .await
        .expect("an answer");
    round("applied").await;
    table.write(Write::put(owed)).await.expect("an answer");
    round("settled").await;

    // Their sessions have grown old meanwhile.
    let (ada, bob) = (
        host.app.login(&ada.email).await,
        host.app.login(&bob.email).await,
    );
    let hopeless = submitted(&host, &ada, &bob).await;
    does(&host, &bob, &hopeless, "attest").await;
    hide(table, &bob).await;
    does(&host, &ada, &hopeless, "attest").await;
    for expected in ["later", "later", "later", "later", "abandoned"] {
        round(expected).await;
        host.advance(TimeDelta::hours(2));
    }
}

/// Answers every message in the same way.
struct Answers(&'static [&'static str], Result<(), DeliveryError>);

impl Delivery for Answers {
    async fn destinations(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.0.iter().map(|name| (*name).to_owned()).collect())
    }

    async fn deliver(&self, _: &str, _: &Message) -> Result<(), DeliveryError> {
        self.1.clone()
    }
}

async fn messages() {
    let host = host().await;
    let table = &host.app.app.table;
    let now = host.app.clock.now();
    let later = || Err(DeliveryError::Later("not now".to_owned()));
    let never = || Err(DeliveryError::Never("not this".to_owned()));
    let one: &[&str] = &["answers"];
    for (names, answers) in [
        (one, vec![Ok(())]),
        (one, vec![later(), Ok(())]),
        (one, vec![never()]),
        (one, vec![later()]),
        (&["answers", "others"], vec![Ok(())]),
    ] {
        let batch = told(&tell(table, now).await, "MESSAGE");
        for answer in answers {
            let relay = Relay::new(
                table.clone(),
                Answers(names, answer),
                RelayLimits::default(),
            );
            let relay = relay.with_clock(host.app.app.clock.clone());
            let until = Instant::now() + Duration::from_secs(30);
            let delivery = records::deliver("deliverOutbox", &relay, &batch, until);
            let answer = within("deliverOutbox", delivery).await.expect("an answer");
            assert_eq!(answer, json!({"batchItemFailures": []}));
        }
    }
    // The app's own destinations: nobody listens at the webhook.
    let nowhere = "http://127.0.0.1:1/";
    let subscription = Subscription::new(nowhere, Vec::new(), &[], true, now);
    let subscription = subscription.expect("a URL");
    let added = subscriptions::add(table, &subscription).await;
    added.expect("an answer");
    let webhook = format!("TO#webhook:{}", subscription.id);
    let fine = || async {
        let enabled = subscriptions::enable(table, subscription.id).await;
        assert!(enabled.expect("an answer"));
    };
    let first = tell(table, now).await;
    run(&host.app, "deliverOutbox", told(&first, "MESSAGE")).await;
    run(&host.app, "deliverOutbox", told(&first, &webhook)).await;
    fine().await;
    // One that has not gone to anybody yet is split when it is found in the index.
    host.app.advance(TimeDelta::hours(1));
    let round = run(&host.app, "redeliverOutbox", json!({})).await;
    assert!(round["delivered"].as_u64() >= Some(1), "{round}");
    assert!(round["later"].as_u64() >= Some(1), "{round}");
    // A day of failures disables, whichever function sees it.
    host.app.advance(TimeDelta::hours(25));
    let round = run(&host.app, "redeliverOutbox", json!({})).await;
    assert!(round["dead"].as_u64() >= Some(1), "{round}");
    fine().await;
    let second = tell(table, host.app.app.clock.now()).await;
    run(&host.app, "deliverOutbox", told(&second, "MESSAGE")).await;
    run(&host.app, "deliverOutbox", told(&second, &webhook)).await;
    host.app.advance(TimeDelta::hours(25));
    run(&host.app, "deliverOutbox", told(&second, &webhook)).await;
    let gone = subscriptions::remove(table, subscription.id).await;
    assert!(gone.expect("an answer"));
}

/// Somebody has one of everything that features have of members, partly with another one. It is the property.
async fn has_something_of_everything(host: &Host, ada: &TestMember, bob: &TestMember) -> Value {
    let app = &host.app;
    let table = &app.app.table;
    app.let_volunteer(ada, true).await;
    app.open_shop("wood").await;
    let link = auth::identity::link(ada.id, POOL, "ada-in-the-pool");
    table
        .write(link.expect("an item"))
        .await
        .expect("an answer");
    let verified = users::audit::verify(table, ada.id, app.clock.now()).await;
    verified.expect("an answer").expect("a member");
    open(host, ada).await;
    claimed(host, bob, ada).await;
    let report = json!({"title": "A saw is blunt", "shop": "wood"});
    let report = host
        .post("/api/v1/problem-reports")
        .member(bob)
        .json(&report);
    let task = report.send().await;
    let task = task.header("location").expect("a place").to_owned();
    let claim = host.post(format!("{task}/claim")).member(ada);
    assert_eq!(claim.send().await.status, 200);
    let mine = list(host, ada, json!({})).await;
    let seller = app.register_seller("carol").await;
    let theirs = list(host, &seller, json!({})).await;
    for (who, property) in [(bob, &mine), (ada, &theirs)] {
        let draft = json!({"propertyId": property["propertyId"], "message": "Is it for sale?"});
        let asked = host.post("/api/v1/inquiries").member(who).json(&draft);
        assert_eq!(asked.send().await.status, 201);
    }
    mine
}

/// A copy of everything there is of a member, whose password was hashed in another way.
async fn exports() {
    let host = host().await;
    let app = &host.app;
    let (ada, bob) = (app.register_seller("ada").await, host.member("bob").await);
    let table = &app.app.table;
    has_something_of_everything(&host, &ada, &bob).await;
    let password = civicforge_testing::PASSWORD;
    let hash = bcrypt::hash(password, 4).expect("a hash");
    let write = Write::update(auth::keys::credential(ada.id)).set("passwordHash", &hash);
    table.write(write).await.expect("an answer");
    let wrong = crate::exports::ask(&host, &ada, "9-Open-Workshops")
        .send()
        .await;
    assert_eq!(wrong.status, 403);
    let copy = crate::exports::ask(&host, &ada, password)
        .key("k")
        .send()
        .await;
    let url = copy.json()["downloadUrl"]
        .as_str()
        .expect("a URL")
        .to_owned();
    super::OBJECTS.used("exportAccount", "GET", &url);
    let copy = civicforge_testing::images::client().get(url).send().await;
    let copy: Value = copy.expect("an answer").json().await.expect("JSON");
    for list in [
        "questsPosted",
        "questsPerformed",
        "tasks",
        "properties",
        "inquiriesSent",
        "inquiriesReceived",
        "identities",
        "records",
        "volunteer",
    ] {
        assert_eq!(copy[list].as_array().map(Vec::len), Some(1), "{list}");
    }
}

/// An image that is sent by its URL, one that is removed while it is made, and what is damaged.
async fn images() {
    let host = host().await;
    let ada = host.app.register_seller("ada").await;
    let somewhere = json!({"latitude": 1, "longitude": 1});
    let property = list(&host, &ada, somewhere).await;
    let announce = async || {
        let call = host.post(crate::images::images(&property)).member(&ada);
        let call = call
            .json(&draft_of(&png(8, 6), "image/png"))
            .key(&Uuid::new_v4().to_string());
        call.send().await.json()
    };
    let path = |upload: &Value| {
        let image = upload["imageId"].as_str().expect("an id");
        format!("{}/{image}", crate::images::images(&property))
    };
    let remove = async |upload: &Value| {
        let reply = host.delete(path(upload)).member(&ada).send().await;
        assert_eq!(reply.status, 204, "{reply:?}");
    };
    let told = |upload: &Value| {
        let (of, image) = (&property["propertyId"], &upload["imageId"]);
        let key = format!(
            "images/{}/{}",
            of.as_str().expect("an id"),
            image.as_str().expect("an id")
        );
        json!({"detail-type": "Object Created", "detail": {"object": {"key": key}}})
    };
    let render = async |upload: &Value| {
        let rendered = host.app.app.render("renderImages", told(upload));
        within("renderImages", rendered).await.expect("an answer");
    };
    let sent = announce().await;
    let url = sent["url"].as_str().expect("a URL");
    super::OBJECTS.used("createImageUpload", "PUT", url);
    host.app.upload(&property, &sent, png(8, 6)).await;
    render(&sent).await;
    // The event comes again.
    render(&sent).await;
    let gone = announce().await;
    let complete = || {
        host.post(format!("{}/complete", path(&gone)))
            .member(&ada)
            .send()
    };
    assert_eq!(complete().await.status, 409);
    // The event is late, and the file is not there any more.
    render(&gone).await;
    host.app.upload(&property, &gone, png(8, 6)).await;
    assert_eq!(complete().await.status, 200);
    let meanwhile = async {
        // It is removed between the first look and the last.
        let rendering = host.app.app.render("renderImages", told(&gone));
        within("renderImages", rendering).await
    };
    let (rendered, ()) = futures::join!(meanwhile, remove(&gone));
    rendered.expect("an answer");
    let order = json!({"imageIds": [sent["imageId"]]});
    let call = host.put(format!("{}/order", crate::images::images(&property)));
    assert_eq!(call.member(&ada).json(&order).send().await.status, 200);
    remove(&sent).await;
    let damaged = announce().await;
    remove(&damaged).await;
    let id = |of: &Value, name: &str| of[name].as_str().expect("an id").parse().expect("a UUID");
    let key = removed(id(&property, "propertyId"), id(&damaged, "imageId"));
    let table = &host.app.app.table;
    let damage = Write::update(key).remove("images");
    table.write(damage).await.expect("an answer");
    let round = run(&host.app, "removeImages", json!({})).await;
    assert_eq!(round["damaged"], 1, "{round}");
    host.advance(TimeDelta::hours(1));
    let round = run(&host.app, "removeImages", json!({})).await;
    assert_eq!(round["removed"], 2, "{round}");
    // With the property go those that it has.
    let ada = host.app.login(&ada.email).await;
    let call = host.post(crate::images::images(&property)).member(&ada);
    let call = call.json(&draft_of(&png(8, 6), "image/png"));
    assert_eq!(call.send().await.status, 201);
    let reply = host
        .delete(property_path(&property))
        .member(&ada)
        .send()
        .await;
    assert_eq!(reply.status, 204, "{reply:?}");
    run(&host.app, "removeImages", json!({})).await;
}

/// Mails about an inquiry, that of a message that the stream has brought and that of one that is found in the index; those that were not
/// taken; and what Amazon SES tells of them.
async fn mails() {
    let host = host().await;
    let ada = host.app.register_seller("ada").await;
    let bob = host.member("bob").await;
    let table = &host.app.app.table;
    let verify = users::parts::verify_email(ada.id);
    table.write(verify).await.expect("an answer");
    let property = list(&host, &ada, json!({})).await;
    let body = json!({"propertyId": property["propertyId"], "message": "Is the garden open?"});
    let call = host.post("/api/v1/inquiries").member(&bob).json(&body);
    let reply = call.send().await.json();
    let id = reply["inquiryId"].as_str().expect("an id");
    let id = id.parse().expect("a UUID");
    let inquiry = host.app.app.inquiries.inquiry(id).await;
    let inquiry = inquiry.expect("an answer").expect("an inquiry");
    let send = async || {
        let now = host.app.app.clock.now();
        let message = inquiries::events::created(&inquiry, now).expect("a message");
        let write = message.send(table.outbox()).expect("an item");
        let transaction = civicforge_kernel::table::Transaction::new().with(write);
        table.transact(transaction).await.expect("an answer");
        told(&message, "MESSAGE")
    };
    let brought = send().await;
    run(&host.app, "deliverOutbox", brought).await;
    assert_eq!(run(&host.app, "sendMails", json!({})).await["delivered"], 1);
    // This one waits, and is split when it is found.
    let later = Err(DeliveryError::Later("not now".to_owned()));
    let refuse = |destination: &'static [&'static str], answer| {
        let answers = Answers(destination, answer);
        let relay = Relay::new(table.clone(), answers, RelayLimits::default());
        relay.with_clock(host.app.app.clock.clone())
    };
    let relay = refuse(&["answers"], later.clone());
    let until = Instant::now() + Duration::from_secs(30);
    let delivery = records::deliver("deliverOutbox", &relay, &send().await, until).await;
    delivery.expect("an answer");
    host.app.advance(TimeDelta::hours(1));
    run(&host.app, "redeliverOutbox", json!({})).await;
    let relay = refuse(&["mail"], later);
    let round = within("sendMails", relay.round_of(&[Lane::Mail], until)).await;
    assert_eq!(round.expect("an answer").later, 1);
    host.app.advance(TimeDelta::hours(1));
    assert_eq!(run(&host.app, "sendMails", json!({})).await["delivered"], 1);
    let asked = host
        .post("/api/v1/auth/password/forgot")
        .json(&json!({"email": bob.email}));
    assert_eq!(asked.send().await.status, 202);
    assert_eq!(run(&host.app, "sendMails", json!({})).await["delivered"], 1);
    let recipients = json!([{"emailAddress": ada.email}]);
    let bounce = json!({"bounceType": "Permanent", "bouncedRecipients": recipients});
    let event = json!({"detail": {"eventType": "Bounce", "bounce": bounce}});
    let record = json!({"messageId": "m", "body": event.to_string()});
    let answer = run(&host.app, "mailFeedback", json!({"Records": [record]})).await;
    assert_eq!(answer, json!({"batchItemFailures": []}));
}

async fn tell(table: &Table, now: DateTime<Utc>) -> Message {
    let message = Message::of(&Told, now).expect("a message");
    let write = message.send(table.outbox()).expect("an item");
    let transaction = civicforge_kernel::table::Transaction::new().with(write);
    table.transact(transaction).await.expect("an answer");
    message
}

/// The message, as the table's stream tells of it.
fn told(message: &Message, sk: &str) -> Value {
    let keys = json!({"PK": {"S": format!("OUTBOX#{}", message.id)}, "SK": {"S": sk}});
    let record = json!({"eventName": "INSERT", "dynamodb": {"Keys": keys}});
    json!({"Records": [{"messageId": Uuid::now_v7(), "body": record.to_string()}]})
}

/// Something that is told.
#[derive(serde::Serialize)]
struct Told;

impl Event for Told {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        "quest.completed"
    }
}

/// Each function looks up whom the token of another issuer means.
async fn tokens_of_another_issuer() {
    let keys = SigningKeys::generate().expect("a key");
    let document = serde_json::to_vec(keys.public().jwks()).expect("a document");
    let pool =
        Service::builder().static_file("/jwks", StaticFile::new("application/json", document));
    let pool = pool.build().expect("a service");
    let pool = dropshot::start(pool, SocketAddr::from(([127, 0, 0, 1], 0))).expect("a port");
    let issuer = TrustedIssuer {
        issuer: POOL.to_owned(),
        jwks_url: format!("http://{}/jwks", pool.address())
            .parse()
            .expect("a URL"),
        audiences: vec!["client".to_owned()],
        roles_claim: TrustedIssuer::default_roles_claim(),
        roles: Vec::new(),
    };
    let setup = TestApp::setup().table(recorded().await).issuer(issuer);
    let host = Transport::Dispatch.of(setup.start().await);
    let event = confirmed("eu-central-1_AbCdEfGhI", "sub-1", "ada@example.org");
    run(&host.app, "createUser", event).await;
    let names = TokenNames {
        issuer: POOL.to_owned(),
        audience: "client".to_owned(),
    };
    let now = host.app.clock.now();
    let token = access_token::issue(
        &keys,
        &names,
        "sub-1",
        &[],
        "session",
        TimeDelta::minutes(30),
        now,
    );
    let token = token.expect("a token").token;
    let bob = host.member("bob").await;
    let quest = open(&host, &bob).await;
    host.app.open_shop("woodshop").await;
    let problem = json!({"title": "The band saw does not start", "shop": "woodshop"});
    let call = host.post("/api/v1/problem-reports").member(&bob);
    let reply = call.json(&problem).send().await;
    let task = reply.header("location").expect("a path").to_owned();
    let house = civicforge_testing::properties::draft();
    for (call, status) in [
        (host.get(ME), 200),
        (
            host.put(format!("{ME}/notifications"))
                .json(&json!({"inquiries": false})),
            200,
        ),
        (host.get(path(&quest)), 200),
        (host.post(QUESTS).json(&draft()), 201),
        (host.delete(path(&quest)), 403),
        (action(&host, &quest, "claim"), 200),
        (action(&host, &quest, "attest"), 409),
        (host.post("/api/v1/problem-reports").json(&problem), 202),
        (host.post(format!("{}/claim", task)), 403),
        (host.get("/api/v1/admin/sync"), 403),
        (host.get("/api/v1/users"), 403),
        (host.post("/api/v1/properties").json(&house), 403),
        (
            host.delete("/api/v1/properties/019cadd4-5620-7d41-9d1e-0c7b5a3e9f21"),
            404,
        ),
        (
            host.delete("/api/v1/properties/019cadd4-5620-7d41-9d1e-0c7b5a3e9f21/images/019cadd6-9a40-7f15-8c2e-5d6b7a8f9e01"),
            404,
        ),
        (
            host.put("/api/v1/inquiries/019cb1fd-4f00-7e6a-8f2d-3b9c1d5a7e42")
                .json(&json!({"status": "closed"})),
            404,
        ),
        (host.post("/api/v1/auth/logout"), 204),
        (
            host.post("/api/v1/users/me/export")
                .json(&json!({"currentPassword": civicforge_testing::PASSWORD})),
            409,
        ),
    ] {
        let reply = call.bearer(&token).send().await;
        assert_eq!(reply.status, status, "{reply:?}");
    }
}

/// Inquiries of a property that is gone are closed, and what is damaged is out of the way.
async fn deleted_properties() {
    let host = host().await;
    let ada = host.app.register_seller("ada").await;
    let bob = host.member("bob").await;
    for is_damaged in [false, true] {
        let property = list(&host, &ada, json!({})).await;
        // Everything about it is another.
        let body = json!({
            "title": "A house on the shore", "description": "With a view.", "priceMinor": 1, "currency": "EUR", "bedrooms": 1,
            "bathrooms": 1, "squareFeet": 1, "address": "1 Shore Road", "city": "Chicago", "state": "MA", "zipCode": "02101",
            "latitude": 1, "longitude": 1, "features": ["View"],
        });
        assert_eq!(change(&host, &ada, &property, body).await.status, 200);
        let draft =
            json!({"propertyId": property["propertyId"], "message": "Is it still for sale?"});
        let asked = host.post("/api/v1/inquiries").member(&bob).json(&draft);
        assert_eq!(asked.send().await.status, 201);
        let gone = host
            .delete(property_path(&property))
            .member(&ada)
            .send()
            .await;
        assert_eq!(gone.status, 204);
        if is_damaged {
            let id = property["propertyId"].as_str().expect("an id");
            let key = properties::keys::deleted(id.parse().expect("an id"));
            let damage = Write::update(key).remove("propertyId");
            host.app.app.table.write(damage).await.expect("an answer");
        }
    }
    let round = run(&host.app, "closeInquiries", json!({})).await;
    assert_eq!(
        round,
        json!({"closed": 0, "later": 1, "damaged": 1, "skipped": 0})
    );
    host.advance(TimeDelta::minutes(2));
    let round = run(&host.app, "closeInquiries", json!({})).await;
    assert_eq!(
        round,
        json!({"closed": 1, "later": 0, "damaged": 0, "skipped": 0})
    );
}

async fn closed_accounts() {
    let host = host().await;
    let app = &host.app;
    let (ada, bob) = (app.register_seller("ada").await, host.member("bob").await);
    let table = &app.app.table;
    let shown = has_something_of_everything(&host, &ada, &bob).await;
    let mut dated = draft();
    dated["expiresAt"] = json!((app.clock.now() + TimeDelta::hours(1)).to_rfc3339());
    let post = host.post(QUESTS).member(&ada).json(&dated);
    assert_eq!(post.send().await.status, 201);
    let call = host.post(crate::images::images(&shown)).member(&ada);
    let call = call.json(&draft_of(&png(8, 6), "image/png"));
    assert_eq!(call.send().await.status, 201);
    let body = json!({"currentPassword": civicforge_testing::PASSWORD});
    for member in [&ada, &bob] {
        let close = host.post("/api/v1/users/me/close").member(member);
        assert_eq!(close.json(&body).send().await.status, 202);
    }
    let damage = Write::update(users::keys::closed(bob.id)).remove("userId");
    table.write(damage).await.expect("an answer");
    host.advance(TimeDelta::minutes(10));
    let round = run(app, "eraseAccounts", json!({})).await;
    assert_eq!(round, json!({"erased": 1, "damaged": 1, "skipped": 0}));
}

/// A password that was hashed in another way is hashed anew when its owner logs in.
async fn old_password_hashes() {
    let host = host().await;
    let ada = host.member("ada").await;
    let password = civicforge_testing::PASSWORD;
    let hash = bcrypt::hash(password, 4).expect("a hash");
    let table = &host.app.app.table;
    // It is of before the list of all accounts, too.
    let unlisted = Write::update(users::keys::key(ada.id)).remove("listed");
    table.write(unlisted).await.expect("an answer");
    let write = Write::update(auth::keys::credential(ada.id)).set("passwordHash", &hash);
    table.write(write).await.expect("an answer");
    host.app.login(&ada.email).await;
    // It stood in the account's item before.
    let gone = Write::delete(auth::keys::credential(ada.id));
    table.write(gone).await.expect("an answer");
    let write = Write::update(users::keys::key(ada.id)).set("passwordHash", hash);
    table.write(write).await.expect("an answer");
    host.app.login(&ada.email).await;
}
