//! Shops and volunteers, which nobody makes through the API.

use civicforge_handlers::tasks::shops::Shop;
use civicforge_handlers::tasks::volunteers::Volunteer;

use crate::{TestApp, TestMember};

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
