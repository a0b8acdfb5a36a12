//! Shops and volunteers, which nobody makes through the API, and many tasks at once.

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_api::types::TaskUrgency;
use civicforge_handlers::tasks::item::Task;
use civicforge_handlers::tasks::rules::TaskStatus;
use civicforge_handlers::tasks::shops::Shop;
use civicforge_handlers::tasks::volunteers::Volunteer;
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::{Shards, Table};
use uuid::Uuid;

use crate::{TestApp, TestMember, put_items};

/// A task that nobody has, made at a time.
pub fn task(title: &str, description: &str, shop: &str, created: DateTime<Utc>) -> Task {
    Task {
        task_id: id_at(created),
        title: title.to_owned(),
        description: Some(description.to_owned()),
        shop: shop.to_owned().try_into().expect("a short name"),
        status: TaskStatus::Open,
        urgency: TaskUrgency::Medium,
        problem_type: Some("Equipment".to_owned()),
        major_repair: false,
        volunteer_id: None,
        reporter_id: None,
        claimed_at: None,
        completed_at: None,
        created_at: created,
        updated_at: created,
        version: 1,
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

    /// Makes a member an active volunteer, or one no more.
    pub async fn let_volunteer(&self, member: &TestMember, active: bool) {
        let volunteer = Volunteer {
            user_id: member.id,
            active,
            active_until: None,
        };
        volunteer.save(&self.app.table).await.expect("a volunteer");
    }
}
