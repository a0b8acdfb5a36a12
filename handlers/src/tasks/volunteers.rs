//! Volunteers: which members may claim tasks.
//!
//! An operator names them, or Neon CRM does: then a member is one while one of the member's accounts there is one's. What an operator
//! has said counts until the operator leaves it to Neon CRM again.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use civicforge_kernel::table::named::{self, Named};
use civicforge_kernel::table::record::{self, Record};
use civicforge_kernel::table::{Condition, StoreError, Table, Write, stamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;

const ACTIVE: &str = "active";
const ACTIVE_UNTIL: &str = "activeUntil";

/// Whether somebody may claim tasks, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The person may not.
    Inactive,
    /// The person may, until this time.
    Until(DateTime<Utc>),
    /// The person may, and nothing says until when.
    Open,
}

/// Who says whether a member is a volunteer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Source {
    /// An operator.
    Operator,
    /// Neon CRM.
    #[default]
    Neon,
}

impl Named for Source {
    const ALL: &'static [Self] = &[Self::Operator, Self::Neon];

    fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Neon => "neon",
        }
    }
}

/// Items of before Neon CRM was asked were an operator's.
fn operator() -> Source {
    Source::Operator
}

/// What Neon CRM says of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InNeon {
    /// Whether it is one of a volunteer.
    pub active: bool,
    /// When that ends by itself.
    #[serde(with = "stamp::option", default)]
    pub active_until: Option<DateTime<Utc>>,
    /// When it was read there.
    #[serde(with = "stamp")]
    pub read_at: DateTime<Utc>,
}

/// A member as a volunteer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Volunteer {
    /// The member.
    pub user_id: Uuid,
    /// Whether the member may claim tasks.
    pub active: bool,
    /// When that ends by itself.
    #[serde(with = "stamp::option", default)]
    pub active_until: Option<DateTime<Utc>>,
    /// Who says so.
    #[serde(with = "named", default = "operator")]
    pub source: Source,
    /// The member's accounts in Neon CRM, by their ids, also those that were the member's.
    #[serde(default)]
    pub accounts: BTreeMap<String, InNeon>,
    /// Counts its changes, from 1.
    #[serde(default)]
    pub version: u64,
}

impl Record for Volunteer {
    fn version(&mut self) -> &mut u64 {
        &mut self.version
    }
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

    /// An operator says whether a member is a volunteer; or nothing, which leaves it to Neon CRM. The volunteer as it is then.
    ///
    /// # Errors
    ///
    /// The table fails, or the volunteer is damaged.
    pub async fn name(table: &Table, user: Uuid, active: Option<bool>) -> Result<Self, StoreError> {
        let named = |volunteer: &mut Self| match active {
            Some(active) => {
                volunteer.source = Source::Operator;
                volunteer.become_so(match active {
                    true => Standing::Open,
                    false => Standing::Inactive,
                });
            }
            None => {
                volunteer.source = Source::Neon;
                volunteer.become_so(volunteer.in_neon());
            }
        };
        Self::change(table, user, named).await
    }

    /// Neon CRM says of one of a member's accounts what it is, as it was read at this time: what was read later counts. The volunteer
    /// as it is then.
    ///
    /// # Errors
    ///
    /// The table fails, or the volunteer is damaged.
    pub async fn seen(
        table: &Table,
        user: Uuid,
        account: &str,
        standing: Standing,
        read_at: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let seen = |volunteer: &mut Self| {
            let known = volunteer.accounts.get(account);
            if known.is_some_and(|known| known.read_at > read_at) {
                return;
            }
            let seen = InNeon {
                active: standing != Standing::Inactive,
                active_until: standing.until(),
                read_at,
            };
            volunteer.accounts.insert(account.to_owned(), seen);
            if volunteer.source == Source::Neon {
                volunteer.become_so(volunteer.in_neon());
            }
        };
        Self::change(table, user, seen).await
    }

    async fn change(
        table: &Table,
        user: Uuid,
        change: impl Fn(&mut Self),
    ) -> Result<Self, StoreError> {
        let changed = |volunteer: &mut Self| {
            volunteer.user_id = user;
            change(volunteer);
        };
        record::change(table, &keys::volunteer_keys(user), changed).await
    }

    fn become_so(&mut self, standing: Standing) {
        self.active = standing != Standing::Inactive;
        self.active_until = standing.until();
    }

    /// What all accounts together say: the one that lasts longest.
    fn in_neon(&self) -> Standing {
        let active = self.accounts.values().filter(|account| account.active);
        let ends: Vec<_> = active.map(|account| account.active_until).collect();
        match ends.iter().flatten().max() {
            _ if ends.contains(&None) => Standing::Open,
            Some(until) => Standing::Until(*until),
            None => Standing::Inactive,
        }
    }
}

impl Standing {
    fn until(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Until(until) => Some(until),
            Self::Inactive | Self::Open => None,
        }
    }
}

/// A check that a member may claim tasks at this time, as [`Volunteer::is_active`] has it.
pub fn check_active(user: Uuid, now: DateTime<Utc>) -> Write {
    let lasts =
        Condition::Absent(ACTIVE_UNTIL).or(Condition::at_least(ACTIVE_UNTIL, stamp::format(now)));
    let active = Condition::eq(ACTIVE, true).and(lasts);
    Write::check(keys::volunteer(user), active)
}
