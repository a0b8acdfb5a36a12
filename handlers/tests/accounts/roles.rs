//! Who operates the installation: what the account says, and no token.

use civicforge_handlers::auth::access_token;
use civicforge_handlers::users::admin::is_admin;
use civicforge_kernel::table::item::to_value;
use civicforge_kernel::table::{Condition, Write};
use civicforge_testing::{TestApp, TestMember};
use serde_json::json;
use uuid::Uuid;

async fn set_roles(app: &TestApp, member: &TestMember, roles: &[&str]) {
    let write = Write::update(civicforge_handlers::users::keys::key(member.id));
    let write = write.when(Condition::exists());
    let write = write.set("roles", to_value(&roles).unwrap());
    app.app.table.write(write).await.unwrap();
}

#[tokio::test]
async fn an_admin_is_one_from_the_grant_until_it_is_taken_whatever_tokens_say() {
    let app = TestApp::new().await;
    let table = &app.app.table;
    let ada = app.register("ada").await;
    let admin = app.register_admin("root").await;
    assert!(is_admin(table, admin.id).await.unwrap());
    assert!(!is_admin(table, ada.id).await.unwrap());
    assert!(!is_admin(table, Uuid::now_v7()).await.unwrap(), "nobody");

    // The token was issued before, and is the same one throughout.
    set_roles(&app, &ada, &["member", "admin"]).await;
    assert!(is_admin(table, ada.id).await.unwrap());
    let me = app.get("/api/v1/users/me").member(&ada).send().await;
    assert_eq!(me.json()["roles"], json!(["member", "admin"]));
    set_roles(&app, &admin, &["member"]).await;
    assert!(!is_admin(table, admin.id).await.unwrap());
}

#[tokio::test]
async fn a_token_of_our_own_that_says_admin_makes_none() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let keys = app
        .app
        .auth
        .keys
        .having(civicforge_kernel::keys::KeyName::Signing);
    let keys = keys.await.unwrap();
    let token = access_token::issue(
        keys.signing().unwrap(),
        &app.app.auth.token_names,
        &ada.id.to_string(),
        &["member".to_owned(), "admin".to_owned()],
        &Uuid::now_v7().to_string(),
        chrono::TimeDelta::minutes(30),
        app.app.clock.now(),
    );
    let token = token.unwrap().token;
    let me = app.get("/api/v1/users/me").bearer(&token).send().await;
    assert_eq!(me.status, 200, "{me:?}");
    assert_eq!(me.json()["roles"], json!(["member"]));
    assert!(!is_admin(&app.app.table, ada.id).await.unwrap());
}
