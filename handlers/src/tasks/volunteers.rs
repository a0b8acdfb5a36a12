//! Volunteers: which members may claim tasks.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{Condition, StoreError, Table, Write, stamp, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;

const ACTIVE: &str = "active";
const ACTIVE_UNTIL: &str = "activeUntil";

/// A member as a volunteer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Volunteer {
    /// The member.
    pub user_id: Uuid,
    /// Whether the member may claim tasks.
    pub active: bool,
    /// When that ends by itself.
    #[serde(with = "stamp::option", default)]
    pub active_until: Option<DateTime<Utc>>,
}

impl Volunteer {
    /// Whether the member may claim tasks at this time.
    pub fn is_active(&self, now: DateTime<Utc>) -> bool {
        self.active && self.active_until.is_none_or(|until| until >= now)
    }

    /// The volunteer that a member is; none where nobody has ever said.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or the volunteer is damaged.
    pub async fn find(table: &Table, user: Uuid) -> Result<Option<Self>, StoreError> {
        table.get_as(&keys::volunteer(user)).await
    }

    /// Writes it, in the place of what was there.
    ///
    /// # Errors
    ///
    /// The table's own.
    pub async fn save(&self, table: &Table) -> Result<(), StoreError> {
        let item = to_item(self, &keys::volunteer_keys(self.user_id))?;
        table.write(Write::put(item)).await.map(drop)
    }
}

/// A check that a member may claim tasks at this time, as [`Volunteer::is_active`] has it.
pub fn check_active(user: Uuid, now: DateTime<Utc>) -> Write {
    let lasts =
        Condition::Absent(ACTIVE_UNTIL).or(Condition::at_least(ACTIVE_UNTIL, stamp::format(now)));
    let active = Condition::eq(ACTIVE, true).and(lasts);
    Write::check(keys::volunteer(user), active)
}
