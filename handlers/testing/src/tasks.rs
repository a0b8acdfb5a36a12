//! Shops and volunteers, which nobody makes through the API, and many tasks at once.

use aws_lc_rs::hmac;
use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::sync::webhooks::{ClickUpWebhook, Webhooks};
use civicforge_handlers::tasks::item::Task;
use civicforge_handlers::tasks::shops::Shop;
use civicforge_handlers::tasks::volunteers::Volunteer;
use civicforge_handlers::users;
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::{Condition, Shards, Table, Write};
use uuid::Uuid;

use crate::{TestApp, TestMember, put_items};

/// The id of the webhook that [`TestApp::know_webhook`] makes known.
const WEBHOOK: &str = "7fa3ec74-69a8-4530-a251-8a13730bd204";
const WEBHOOK_SECRET: &str = "the secret of a webhook of tests";

/// The signature of a body, as that webhook makes it.
pub fn signature(body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, WEBHOOK_SECRET.as_bytes());
    hex::encode(hmac::sign(&key, body))
}

/// A task that nobody has, made at a time.
pub fn task(title: &str, description: &str, shop: &str, created: DateTime<Utc>) -> Task {
    Task {
        description: Some(description.to_owned()),
        problem_type: Some("Equipment".to_owned()),
        ..Task::new(
            title.to_owned(),
            shop.to_owned().try_into().expect("a short name"),
            created,
        )
    }
}

/// Puts tasks into the table, a second apart, the newest at a time, going round the shards. The shop's counts do not have them.
pub async fn fill(table: &Table, shards: u16, count: usize, newest: &Task) {
    let shards = Shards::new(shards);
    let items = (0..count).map(|n| {
        let age = i64::try_from(n).expect("a count");
        let created = newest.created_at - TimeDelta::seconds(age);
        // The shard follows from the last bytes of the id.
        let mut id = *id_at(created).as_bytes();
        id[14..].copy_from_slice(&u16::try_from(n % 64).expect("a byte").to_be_bytes());
        let task = Task {
            task_id: Uuid::from_bytes(id),
            created_at: created,
            updated_at: created,
            ..newest.clone()
        };
        task.item(shards)
    });
    put_items(table, items).await;
}

impl TestApp {
    /// Opens a shop of this short name.
    pub async fn open_shop(&self, shop: &str) {
        let shop = Shop {
            shop: shop.to_owned().try_into().expect("a short name"),
            name: format!("The {shop}"),
        };
        shop.save(&self.app.table).await.expect("a shop");
    }

    /// Opens an account for an active volunteer.
    pub async fn register_volunteer(&self, name: &str) -> TestMember {
        let member = self.register(name).await;
        self.let_volunteer(&member, true).await;
        member
    }

    /// Knows a webhook of ClickUp, whose secret is that of [`signature`].
    pub async fn know_webhook(&self) {
        let webhook = ClickUpWebhook {
            webhook_id: WEBHOOK.to_owned(),
            secret: SecretText::new(WEBHOOK_SECRET.to_owned()),
            endpoint: "https://civicforge.test/webhooks/clickup".to_owned(),
            list: None,
            until: None,
        };
        let known = |all: &mut Webhooks| all.click_up = vec![webhook.clone()];
        let known = Webhooks::change(&self.app.table, known).await;
        known.expect("a webhook");
    }

    /// Says that a member's e-mail address is the member's own.
    pub async fn verify_email(&self, member: &TestMember) {
        let write = Write::update(users::keys::key(member.id)).when(Condition::exists());
        let write = self.app.table.write(write.set("emailVerified", true)).await;
        write.expect("a change of the account");
    }

    /// Makes a member an active volunteer, or one no more.
    pub async fn let_volunteer(&self, member: &TestMember, active: bool) {
        let named = Volunteer::name(&self.app.table, member.id, Some(active)).await;
        named.expect("a volunteer");
    }
}
