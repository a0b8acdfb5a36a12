//! Who is a volunteer, by Neon CRM.
//!
//! What Neon sends is not signed, so nothing of it counts: the account and its terms are read here. A person is the member whose e-mail
//! address is one of the account's, if that is known to be the member's own.

use std::collections::BTreeSet;
use std::time::Instant;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::key::IndexKey;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use civicforge_kernel::table::record::{self, Record};
use civicforge_kernel::table::{
    Index, Key, Keys, Query, StoreError, Table, Write, from_item, stamp, to_item,
};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::clickup::FromClickUp;
use super::intake::{NEON, NEON_EVENT, NEON_MEMBER, NeonEvent, NeonMember, UNREADABLE};
use super::vendors::VendorsError;
use crate::auth;
use crate::tasks::mapping::{Mapping, NeonMapping};
use crate::tasks::volunteers::{Standing, Volunteer};
use crate::users::{self, text};
use crate::vendors::VendorError;
use crate::vendors::neon::{Account, Criterion, Membership, Neon};

/// The name of the field that accounts are searched by for what they are to the organization. The vendor's documents do not list it.
const INDIVIDUAL_TYPE: &str = "Individual Type";

/// Whether an account is one of a volunteer.
impl Standing {
    /// That of an account with these terms at this time: active is who is of a type that the mapping names, and has a paid term that
    /// covers today where the organization is. Terms that follow one another without a gap count as one.
    pub fn of(
        account: &Account,
        terms: &[Membership],
        mapping: &NeonMapping,
        now: DateTime<Utc>,
    ) -> Self {
        let mut types = account.individual_types.iter();
        let is_named = types.any(|kind| {
            let name = kind
                .name
                .as_deref()
                .unwrap_or_default()
                .trim()
                .to_lowercase();
            let mut named = mapping.individual_types.iter();
            named.any(|named| named.trim().to_lowercase() == name)
        });
        if !account.is_individual || !is_named {
            return Self::Inactive;
        }
        let offset = TimeDelta::minutes(mapping.utc_offset_minutes.into());
        let today = now.checked_add_signed(offset).map(|now| now.date_naive());
        let (mut day, mut last) = (today, None);
        // Each round goes beyond the last day of a term, so there are no more of them than terms.
        while let Some(covered) = day {
            let covering = terms.iter().filter(|term| term.covers(covered));
            let ends: Vec<_> = covering.map(|term| term.end).collect();
            if ends.contains(&None) {
                return Self::Open;
            }
            let Some(end) = ends.into_iter().flatten().max() else {
                break;
            };
            last = Some(end);
            day = end.succ_opt();
        }
        let midnight = last.and_then(|last| last.succ_opt()).and_then(|next| {
            next.and_time(NaiveTime::MIN)
                .and_utc()
                .checked_sub_signed(offset)
        });
        // That time is the last one that counts.
        let until = midnight.and_then(|next| next.checked_sub_signed(TimeDelta::milliseconds(1)));
        until.map_or(Self::Inactive, Self::Until)
    }
}

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

/// The item of a term.
pub fn term_keys(term: &str) -> Keys {
    let key = Key::new(format!("NEON#TERM#{term}"), "TERM");
    Keys::new("NEON_TERM", key)
}

/// What refreshes volunteers.
struct Ways<'a> {
    from: &'a FromClickUp,
    neon: Neon,
    mapping: NeonMapping,
}

impl<'a> Ways<'a> {
    async fn new(from: &'a FromClickUp) -> Result<Self, RefreshError> {
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

    async fn refresh(&self, id: &str) -> Result<Option<Volunteer>, RefreshError> {
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
                self.know(id, None, terms).await?;
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
        self.know(id, Some(member), terms).await?;
        let standing = Standing::of(&account, &memberships, &self.mapping, clock.now());
        let volunteer = Volunteer::seen(table, member, id, standing, read_at).await?;
        Ok(Some(volunteer))
    }

    async fn know(
        &self,
        id: &str,
        user_id: Option<Uuid>,
        terms: BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let known = |known: &mut KnownAccount| {
            id.clone_into(&mut known.account_id);
            known.user_id = user_id;
            known.terms.extend(terms.iter().cloned());
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

    /// Whether there was time to read an account, if it was not read before.
    async fn sweep_one(
        &self,
        id: &str,
        read: &mut BTreeSet<String>,
        until: Instant,
    ) -> Result<bool, RefreshError> {
        if Instant::now() >= until {
            return Ok(false);
        }
        if read.insert(id.to_owned()) {
            self.refresh(id).await?;
        }
        Ok(true)
    }

    /// The account that a membership is or was of, if that is known.
    async fn account_of(&self, membership: &str) -> Result<Option<String>, RefreshError> {
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

impl Swept {
    fn after(self, read: &BTreeSet<String>) -> Self {
        Self {
            read: read.len(),
            ..self
        }
    }
}

/// Finds what webhooks have missed: reads every account again that is a member's or was one's, and those of the types that the mapping
/// names.
///
/// # Errors
///
/// Neon cannot be asked, or the table fails. What was done before stays done.
pub async fn sweep(from: &FromClickUp, until: Instant) -> Result<Swept, RefreshError> {
    let ways = Ways::new(from).await?;
    let mut swept = Swept::default();
    let known = Query::new(Index::Gsi2, ACCOUNTS);
    let known = from.tasks.table.query_up_to(known, usize::MAX).await?;
    let mut read = BTreeSet::new();
    for item in known {
        let id = from_item::<KnownAccount>(item)?.account_id;
        if !ways.sweep_one(&id, &mut read, until).await? {
            return Ok(swept.after(&read));
        }
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
                if !ways.sweep_one(&id, &mut read, until).await? {
                    return Ok(swept.after(&read));
                }
            }
            if !found.has_more {
                break;
            }
        }
    }
    swept.is_all = true;
    Ok(swept.after(&read))
}

/// Has Neon be asked for the accounts of a member whose address is known to be the member's own since, if the mapping says who is a
/// volunteer there.
///
/// # Errors
///
/// The table fails.
pub async fn ask_about(table: &Table, member: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mapping = Mapping::read(table).await?;
    if mapping.is_none_or(|mapping| mapping.neon.is_none()) {
        return Ok(());
    }
    let payload = json!(NeonMember { user_id: member });
    let asked = format!("{member} {}", stamp::format(now));
    let message = Message::received(NEON, NEON_MEMBER, asked.as_bytes(), &payload, now);
    table.write(message.send(table.outbox())?).await?;
    Ok(())
}

/// Takes what has come in from Neon.
pub struct FromNeon(FromClickUp);

impl FromNeon {
    /// By the way that what comes in from ClickUp has too.
    pub fn new(from: FromClickUp) -> Self {
        Self(from)
    }

    async fn work_on(&self, event: &NeonEvent) -> Result<(), RefreshError> {
        let ways = Ways::new(&self.0).await?;
        let mut accounts = event.accounts.clone();
        if accounts.is_empty()
            && let Some(membership) = &event.membership
        {
            accounts.extend(ways.account_of(membership).await?);
        }
        for account in accounts {
            ways.refresh(&account).await?;
        }
        Ok(())
    }

    /// A member's address is known to be the member's own since.
    async fn find_accounts(&self, member: Uuid) -> Result<(), RefreshError> {
        let ways = Ways::new(&self.0).await?;
        let table = &self.0.tasks.table;
        let Some(account) = users::store::find(table, member).await? else {
            return Ok(());
        };
        for id in ways.neon.accounts_by_email(&account.email).await? {
            ways.refresh(&id).await?;
        }
        Ok(())
    }
}

impl Destination for FromNeon {
    fn name(&self) -> &'static str {
        "from:neon"
    }

    /// Nothing that happens here: what is for it names it.
    fn takes<'a>(&'a self, _kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(std::future::ready(Ok(false)))
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            let damaged =
                |error: serde_json::Error| DeliveryError::Never(format!("damaged: {error}"));
            let payload = message.payload.as_str();
            let done = match message.kind.as_str() {
                NEON_EVENT => {
                    let event: NeonEvent = serde_json::from_str(payload).map_err(damaged)?;
                    self.work_on(&event).await
                }
                NEON_MEMBER => {
                    let member: NeonMember = serde_json::from_str(payload).map_err(damaged)?;
                    self.find_accounts(member.user_id).await
                }
                UNREADABLE => {
                    let why = "its shape is not the documented one";
                    return Err(DeliveryError::Never(why.to_owned()));
                }
                other => return Err(DeliveryError::Never(format!("nothing is known of {other}"))),
            };
            match done {
                // Nobody is a volunteer by Neon.
                Err(RefreshError::NotMapped) => Ok(()),
                other => Ok(other?),
            }
        })
    }
}

/// What an outcome of a refreshment is to the outbox.
impl From<RefreshError> for DeliveryError {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Neon(error) => error.into(),
            RefreshError::Settings(error) => error.into(),
            RefreshError::Store(error) => error.into(),
            RefreshError::NotConfigured | RefreshError::NotMapped => Self::Later(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const OFFSET: i32 = -360;

    fn standing(types: Value, terms: Value, now: &str) -> Standing {
        let account = json!({"accountId": "60001", "individualTypes": types});
        let mut account: Account = serde_json::from_value(account).unwrap();
        account.is_individual = true;
        let terms: Vec<Membership> = serde_json::from_value(terms).unwrap();
        let mapping = NeonMapping {
            individual_types: vec!["Volunteer".to_owned(), "Steward".to_owned()],
            utc_offset_minutes: OFFSET,
        };
        Standing::of(&account, &terms, &mapping, now.parse().unwrap())
    }

    fn term(status: &str, start: &str, end: Value) -> Value {
        json!({"id": 1, "status": status, "termStartDate": start, "termEndDate": end})
    }

    fn paid(start: &str, end: &str) -> Value {
        term("SUCCEEDED", start, json!(end))
    }

    #[test]
    fn who_is_active_and_until_when() {
        let noon = "2025-12-10T18:00:00Z";
        // The organization's day ends at six in the morning of the next day here.
        let until = |next: &str| {
            let next: DateTime<Utc> = format!("{next}T06:00:00Z").parse().unwrap();
            Standing::Until(next - TimeDelta::milliseconds(1))
        };
        let volunteer =
            json!([{"id": "1", "name": "Wiki Admin"}, {"id": 2, "name": " volunteer "}]);
        let november = paid("2025-11-28", "2025-12-27");
        for (what, types, terms, now, expected) in [
            (
                "a paid term",
                &volunteer,
                json!([november]),
                noon,
                until("2025-12-28"),
            ),
            (
                "no types",
                &json!([]),
                json!([november]),
                noon,
                Standing::Inactive,
            ),
            (
                "a type without a name",
                &json!([{"id": "2"}]),
                json!([november]),
                noon,
                Standing::Inactive,
            ),
            (
                "another type",
                &json!([{"id": "3", "name": "Instructor"}]),
                json!([november]),
                noon,
                Standing::Inactive,
            ),
            ("no terms", &volunteer, json!([]), noon, Standing::Inactive),
            (
                "a renewal that was not paid, after a paid term",
                &volunteer,
                json!([term("FAILED", "2025-12-28", json!("2026-01-27")), november]),
                noon,
                until("2025-12-28"),
            ),
            (
                "a pending term",
                &volunteer,
                json!([term("PENDING", "2025-11-28", json!("2025-12-27"))]),
                noon,
                Standing::Inactive,
            ),
            (
                "a renewal in advance",
                &volunteer,
                json!([paid("2025-12-28", "2026-01-27"), november]),
                noon,
                until("2026-01-28"),
            ),
            (
                "a term after a gap",
                &volunteer,
                json!([november, paid("2025-12-29", "2026-01-27")]),
                noon,
                until("2025-12-28"),
            ),
            (
                "terms that overlap",
                &volunteer,
                json!([november, paid("2025-12-01", "2025-12-15")]),
                noon,
                until("2025-12-28"),
            ),
            (
                "a term without a last day",
                &volunteer,
                json!([term("SUCCEEDED", "2025-11-28", json!(null))]),
                noon,
                Standing::Open,
            ),
            (
                "a term without a first day",
                &volunteer,
                json!([term("SUCCEEDED", "soon", json!("2025-12-27"))]),
                noon,
                Standing::Inactive,
            ),
            (
                "the evening before the first day",
                &volunteer,
                json!([november]),
                "2025-11-28T05:59:59Z",
                Standing::Inactive,
            ),
            (
                "the first moment",
                &volunteer,
                json!([november]),
                "2025-11-28T06:00:00Z",
                until("2025-12-28"),
            ),
            (
                "the last moment",
                &volunteer,
                json!([november]),
                "2025-12-28T05:59:59Z",
                until("2025-12-28"),
            ),
            (
                "after the last day",
                &volunteer,
                json!([november]),
                "2025-12-28T06:00:00Z",
                Standing::Inactive,
            ),
            (
                "the last day there is",
                &volunteer,
                json!([paid("2025-11-28", "+262142-12-31")]),
                noon,
                Standing::Inactive,
            ),
        ] {
            assert_eq!(standing(types.clone(), terms, now), expected, "{what}");
        }
    }

    #[test]
    fn a_company_is_no_volunteer() {
        let account = json!({"accountId": "1", "individualTypes": [{"name": "Volunteer"}]});
        let mut account: Account = serde_json::from_value(account).unwrap();
        account.is_individual = false;
        let term: Membership = serde_json::from_value(paid("2025-11-28", "2025-12-27")).unwrap();
        let mapping = NeonMapping {
            individual_types: vec!["Volunteer".to_owned()],
            utc_offset_minutes: 0,
        };
        let now = "2025-12-10T18:00:00Z".parse().unwrap();
        let standing = Standing::of(&account, &[term], &mapping, now);
        assert_eq!(standing, Standing::Inactive);
    }
}
