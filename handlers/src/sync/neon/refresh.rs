//! Reading accounts of Neon CRM again, and having members be the volunteers that they say.

use std::collections::BTreeSet;
use std::time::Instant;

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::IndexKey;
use civicforge_kernel::table::record::{self, Record};
use civicforge_kernel::table::{
    Condition, Index, Key, Keys, Query, StoreError, Table, Write, attr, from_item, stamp, to_item,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::auth;
use crate::sync::clickup::FromClickUp;
use crate::sync::vendors::VendorsError;
use crate::tasks::mapping::NeonMapping;
use crate::tasks::volunteers::{Standing, Volunteer};
use crate::users::text;
use crate::vendors::VendorError;
use crate::vendors::neon::{Account, Criterion, Membership, Neon};

/// The name of the field that accounts are searched by for what they are to the organization. The vendor's documents do not list it.
const INDIVIDUAL_TYPE: &str = "Individual Type";

/// Why a volunteer was not refreshed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Neon CRM.
    #[error(transparent)]
    Neon(#[from] VendorError),
    /// The settings.
    #[error(transparent)]
    Settings(#[from] VendorsError),
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are no settings of it.
    #[error("Neon CRM is not configured")]
    NotConfigured,
    /// The mapping does not say who is a volunteer.
    #[error("the mapping does not say who is a volunteer in Neon CRM")]
    NotMapped,
}

/// An account of Neon that is a member's, or was one's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KnownAccount {
    account_id: String,
    /// Whose it is; nobody's any more where there is none.
    user_id: Option<Uuid>,
    /// When it was last read there.
    #[serde(with = "stamp::option", default)]
    read_at: Option<DateTime<Utc>>,
    /// Its terms: of one that was deleted Neon tells the id, and nothing else.
    terms: BTreeSet<String>,
    version: u64,
}

impl Record for KnownAccount {
    fn version(&mut self) -> &mut u64 {
        &mut self.version
    }
}

/// Which account a term is of.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KnownTerm {
    account_id: String,
}

/// The GSI2 partition of all accounts that are members', or were.
const ACCOUNTS: &str = "NEON_ACCOUNTS";

/// The item of an account of Neon.
pub fn account_keys(account: &str) -> Keys {
    let key = Key::new(format!("NEON#ACCOUNT#{account}"), "ACCOUNT");
    Keys::new("NEON_ACCOUNT", key).gsi2(IndexKey {
        pk: ACCOUNTS.to_owned(),
        sk: account.to_owned(),
    })
}

/// Forgets whatever is known of accounts of Neon that are this member's, by their ids.
///
/// # Errors
///
/// The table fails, or an item is damaged.
pub async fn forget<'a>(
    table: &Table,
    member: Uuid,
    accounts: impl Iterator<Item = &'a String>,
) -> Result<(), StoreError> {
    for id in accounts {
        let keys = account_keys(id);
        let known: Option<KnownAccount> = table.get_as(&keys.primary).await?;
        // It may be another member's by now.
        let Some(known) = known.filter(|known| known.user_id == Some(member)) else {
            continue;
        };
        for term in &known.terms {
            table.write(Write::delete(term_keys(term).primary)).await?;
        }
        let unchanged = Condition::eq(attr::VERSION, known.version);
        table
            .write_if(Write::delete(keys.primary).when(unchanged))
            .await?;
    }
    Ok(())
}

/// The item of a term.
pub fn term_keys(term: &str) -> Keys {
    let key = Key::new(format!("NEON#TERM#{term}"), "TERM");
    Keys::new("NEON_TERM", key)
}

/// What refreshes volunteers.
pub(super) struct Ways<'a> {
    from: &'a FromClickUp,
    pub(super) neon: Neon,
    mapping: NeonMapping,
}

impl<'a> Ways<'a> {
    pub(super) async fn new(from: &'a FromClickUp) -> Result<Self, RefreshError> {
        let mapping = from.mapping().await?;
        let mapping = mapping.and_then(|mapping| mapping.neon.clone());
        let mapping = mapping.ok_or(RefreshError::NotMapped)?;
        let neon = from.vendors.clients().await?.neon;
        Ok(Self {
            from,
            neon: neon.ok_or(RefreshError::NotConfigured)?,
            mapping,
        })
    }

    /// An account and its terms; none where it is gone.
    async fn read(&self, id: &str) -> Result<Option<(Account, Vec<Membership>)>, RefreshError> {
        let both = async {
            let account = self.neon.account(id).await?;
            Ok((account, self.neon.memberships(id).await?))
        };
        match both.await {
            Ok(read) => Ok(Some(read)),
            Err(VendorError::Gone(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn refresh(&self, id: &str) -> Result<Option<Volunteer>, RefreshError> {
        let table = &self.from.tasks.table;
        let clock = &self.from.tasks.clock;
        let read_at = clock.stamp();
        let read = self.read(id).await?;
        let member = match &read {
            Some((account, _)) => self.member(account).await?,
            None => None,
        };
        let known: KnownAccount = record::read(table, &account_keys(id)).await?;
        let former = known.user_id.filter(|user| Some(*user) != member);
        if let Some(former) = former {
            Volunteer::seen(table, former, id, Standing::Inactive, read_at).await?;
        }
        let mut terms = known.terms.clone();
        let (Some(member), Some((account, memberships))) = (member, read) else {
            if former.is_some() {
                self.know(id, None, terms, read_at).await?;
            }
            return Ok(None);
        };
        for term in &memberships {
            if terms.insert(term.id.clone()) {
                let account_id = id.to_owned();
                let item = to_item(&KnownTerm { account_id }, &term_keys(&term.id))?;
                table.write(Write::put(item)).await?;
            }
        }
        self.know(id, Some(member), terms, read_at).await?;
        let standing = Standing::of(&account, &memberships, &self.mapping, clock.now());
        let volunteer = Volunteer::seen(table, member, id, standing, read_at).await?;
        Ok(Some(volunteer))
    }

    async fn know(
        &self,
        id: &str,
        user_id: Option<Uuid>,
        terms: BTreeSet<String>,
        read_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let known = |known: &mut KnownAccount| {
            known.terms.extend(terms.iter().cloned());
            if known.read_at > Some(read_at) {
                // Whose it is was read later.
                return;
            }
            known.read_at = Some(read_at);
            id.clone_into(&mut known.account_id);
            known.user_id = user_id;
        };
        record::change(&self.from.tasks.table, &account_keys(id), known).await?;
        Ok(())
    }

    /// The member one of whose addresses is known to be the member's own.
    async fn member(&self, account: &Account) -> Result<Option<Uuid>, StoreError> {
        let table = &self.from.tasks.table;
        for email in account.emails() {
            let email = text::normal_email(&text::email(email));
            let found = auth::store::find_by_email(table, &email).await?;
            if let Some(found) = found.filter(|found| found.email_verified) {
                return Ok(Some(found.user_id));
            }
        }
        Ok(None)
    }

    /// The account that a membership is or was of, if that is known.
    pub(super) async fn account_of(
        &self,
        membership: &str,
    ) -> Result<Option<String>, RefreshError> {
        let found = match self.neon.membership(membership).await {
            Ok(found) => found.account_id,
            Err(VendorError::Gone(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let Some(found) = found else {
            let key = term_keys(membership).primary;
            let known: Option<KnownTerm> = self.from.tasks.table.get_as(&key).await?;
            return Ok(known.map(|known| known.account_id));
        };
        Ok(Some(found))
    }
}

/// Has a member be the volunteer that an account of Neon says now, and says which; none where the account is no member's.
///
/// # Errors
///
/// Neon cannot be asked, or the table fails.
pub async fn refresh(
    from: &FromClickUp,
    account_id: &str,
) -> Result<Option<Volunteer>, RefreshError> {
    Ways::new(from).await?.refresh(account_id).await
}

/// What was looked through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Accounts that were read.
    pub read: usize,
    /// Whether there was time for all of them.
    pub is_all: bool,
}

/// Finds what webhooks have missed: reads every account again that is a member's or was one's and that was not read since then, and
/// those of the types that the mapping names and that are not known. So one that there was no time for is read when this is called again.
///
/// # Errors
///
/// Neon cannot be asked, or the table fails. What was done before stays done.
pub async fn sweep(
    from: &FromClickUp,
    since: DateTime<Utc>,
    until: Instant,
) -> Result<Swept, RefreshError> {
    let ways = Ways::new(from).await?;
    let mut swept = Swept::default();
    let known = Query::new(Index::Gsi2, ACCOUNTS);
    let known = from.tasks.table.query_up_to(known, usize::MAX).await?;
    let mut seen = BTreeSet::new();
    for item in known {
        let known: KnownAccount = from_item(item)?;
        if known.read_at < Some(since) {
            if Instant::now() >= until {
                return Ok(swept);
            }
            ways.refresh(&known.account_id).await?;
            swept.read += 1;
        }
        seen.insert(known.account_id);
    }
    // After those that are known: whatever is wrong with the search does not keep them from being read.
    for kind in &ways.mapping.individual_types {
        for page in 0.. {
            let by = Criterion {
                field: INDIVIDUAL_TYPE,
                operator: "EQUAL",
                value: kind,
            };
            let found = ways.neon.search(&[by], page).await?;
            for id in found.accounts {
                if seen.contains(&id) {
                    continue;
                }
                if Instant::now() >= until {
                    return Ok(swept);
                }
                ways.refresh(&id).await?;
                swept.read += 1;
                seen.insert(id);
            }
            if !found.has_more {
                break;
            }
        }
    }
    swept.is_all = true;
    Ok(swept)
}
