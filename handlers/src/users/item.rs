//! The account as it is kept, and the two things that are made of it: what the member sees, and what everybody may see.
//!
//! Both are made here, side by side, so that a new field is put into one of them on purpose.

use std::fmt;

use chrono::{DateTime, Utc};
use civicforge_api::types::{
    self, NotificationSettings, QuestCounts, UserProfile, UserRole, UserType, WalletAddress,
};
use civicforge_kernel::table::{StoreError, Write, stamp, to_item};
use civicforge_runtime::conditional::ETag;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{keys, parts};

/// The quest-creation points of a new member.
const STARTING_POINTS: i32 = 10;

/// A member's account: the `USER` item.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id.
    pub user_id: Uuid,
    /// The address, as it was registered. Empty where the account was closed, as the name is.
    #[serde(default)]
    pub email: String,
    /// The name that others see.
    #[serde(default)]
    pub name: String,
    /// A public handle.
    #[serde(default)]
    pub username: Option<String>,
    /// In E.164 form.
    #[serde(default)]
    pub phone_number: Option<String>,
    /// What the member mainly does.
    pub user_type: UserType,
    /// What the member may do.
    pub roles: Vec<UserRole>,
    /// Whether the organization has verified who it is.
    pub verified: bool,
    /// Whether it is known that the address is the member's: by a mail, an identity provider, or an operator.
    #[serde(default)]
    pub email_verified: bool,
    /// Whether mails tell of inquiries.
    #[serde(default = "yes")]
    pub inquiry_mails: bool,
    /// Checksummed.
    #[serde(default)]
    pub wallet_address: Option<String>,
    /// How often the password was changed: sessions that were opened before have ended.
    #[serde(default)]
    pub session_generation: u64,
    /// The session that has not: that in which the password was changed.
    #[serde(default)]
    pub kept_session: Option<Uuid>,
    /// Whether it is in the list of all. Accounts of before there was one are not.
    #[serde(default)]
    pub listed: bool,
    /// Since when an operator has it blocked.
    #[serde(with = "stamp::option", default)]
    pub blocked_at: Option<DateTime<Utc>>,
    /// Since when it is closed. That is for good.
    #[serde(with = "stamp::option", default)]
    pub closed_at: Option<DateTime<Utc>>,
    /// Earned by quests.
    pub reputation: i64,
    /// Earned by quests.
    pub experience: i64,
    /// How many quests the member can post.
    pub quest_creation_points: i32,
    /// Quests posted, without deleted ones. Kept by the quests' transactions, as the other two counts are.
    #[serde(default)]
    pub quests_created: i64,
    /// Quests of which the member is the performer.
    #[serde(default)]
    pub quests_performed: i64,
    /// Those of them that are complete.
    #[serde(default)]
    pub quests_completed: i64,
    /// When it was opened.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(with = "stamp")]
    pub updated_at: DateTime<Utc>,
    /// How often it was changed, from 1.
    pub version: u64,
}

/// What accounts of before have.
fn yes() -> bool {
    true
}

/// What a new account is made of. Everything in it has been checked and cleaned.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The address.
    pub email: String,
    /// Whether an identity provider has verified that it is theirs.
    pub email_verified: bool,
    /// The name that others see.
    pub name: String,
    /// A public handle.
    pub username: Option<String>,
    /// In E.164 form.
    pub phone_number: Option<String>,
    /// What the member mainly does.
    pub user_type: UserType,
}

impl Account {
    /// The account of somebody new.
    pub fn open(new: NewAccount, now: DateTime<Utc>) -> Self {
        Self {
            user_id: Uuid::now_v7(),
            email: new.email,
            name: new.name,
            username: new.username,
            phone_number: new.phone_number,
            user_type: new.user_type,
            roles: vec![UserRole::Member],
            verified: false,
            email_verified: new.email_verified,
            inquiry_mails: true,
            wallet_address: None,
            session_generation: 0,
            kept_session: None,
            listed: true,
            blocked_at: None,
            closed_at: None,
            reputation: 0,
            experience: 0,
            quest_creation_points: STARTING_POINTS,
            quests_created: 0,
            quests_performed: 0,
            quests_completed: 0,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }

    /// The writes that make it, where it does not exist, and put it into the list of all.
    ///
    /// # Errors
    ///
    /// It has no form in the table.
    pub fn create(&self) -> Result<[Write; 2], StoreError> {
        let item = to_item(self, &keys::keys(self.user_id))?;
        Ok([Write::create(item), parts::list(self.user_id, &self.name)?])
    }

    /// Whether a session that was opened by a password of this generation has ended with it.
    pub fn has_ended(&self, session: Uuid, generation: u64) -> bool {
        generation < self.session_generation && self.kept_session != Some(session)
    }

    /// Whether its tokens are refused: it is closed, or blocked.
    pub fn is_refused(&self) -> bool {
        self.closed_at.is_some() || self.blocked_at.is_some()
    }

    /// What a password of the member must not be made of.
    pub fn identity(&self) -> Vec<&str> {
        let mut identity = vec![self.email.as_str(), self.name.as_str()];
        identity.extend(self.username.as_deref());
        identity
    }

    /// The entity tag, which is another one after every change.
    pub fn etag(&self) -> ETag {
        ETag::new(self.version)
    }

    /// What only the member sees. An error if the table holds a wallet address that is none.
    pub fn shown_to_owner(self) -> Result<types::User, StoreError> {
        let wallet_address = self.wallet_address.map(WalletAddress::try_from).transpose();
        let wallet_address =
            wallet_address.map_err(|error| StoreError::corrupt(keys::key(self.user_id), error))?;
        Ok(types::User {
            user_id: self.user_id.into(),
            email: self.email,
            name: self.name,
            username: self.username,
            phone_number: self.phone_number,
            user_type: self.user_type,
            roles: self.roles,
            verified: self.verified,
            email_verified: self.email_verified,
            notifications: NotificationSettings {
                inquiries: self.inquiry_mails,
            },
            wallet_address,
            reputation: self.reputation,
            experience: self.experience,
            quest_creation_points: self.quest_creation_points,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: i64::try_from(self.version).unwrap_or(i64::MAX),
        })
    }

    /// What administrators see.
    pub fn shown_to_admins(self) -> types::Account {
        types::Account {
            user_id: self.user_id.into(),
            email: self.email,
            name: self.name,
            user_type: self.user_type,
            roles: self.roles,
            verified: self.verified,
            email_verified: self.email_verified,
            blocked_at: self.blocked_at,
            created_at: self.created_at,
        }
    }

    /// What every member may see.
    pub fn shown_to_all(self) -> UserProfile {
        UserProfile {
            user_id: self.user_id.into(),
            name: self.name,
            username: self.username,
            user_type: self.user_type,
            verified: self.verified,
            reputation: self.reputation,
            experience: self.experience,
            quest_counts: QuestCounts {
                created: self.quests_created,
                performed: self.quests_performed,
                completed: self.quests_completed,
            },
            created_at: self.created_at,
        }
    }
}

/// The tag of a profile is made from its content: the account's version would tell everybody when its owner changes
/// something that only the owner sees.
pub fn profile_etag(profile: &UserProfile) -> Result<ETag, StoreError> {
    let json = serde_json::to_vec(profile)
        .map_err(|error| StoreError::corrupt("writing a profile", error))?;
    Ok(ETag::of(&json))
}

/// Without what must not get into a log.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("user_id", &self.user_id)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// Without what must not get into a log.
impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccount").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use civicforge_kernel::table::from_item;

    fn account() -> Account {
        let new = NewAccount {
            email: "Member@example.org".to_owned(),
            email_verified: false,
            name: "A member".to_owned(),
            username: None,
            phone_number: Some("+12025550123".to_owned()),
            user_type: UserType::Seller,
        };
        Account::open(new, stamp::truncate(Utc::now()))
    }

    #[test]
    fn an_account_survives_the_table() {
        let account = account();
        let item = to_item(&account, &keys::keys(account.user_id)).unwrap();
        assert!(!item.contains_key("username") && !item.contains_key("walletAddress"));
        assert_eq!(from_item::<Account>(item).unwrap(), account);
    }

    #[test]
    fn others_see_nothing_private() {
        let account = account();
        assert!(!format!("{account:?}").contains(&account.email));
        let profile = serde_json::to_value(account.shown_to_all()).unwrap();
        let mut fields: Vec<_> = profile.as_object().unwrap().keys().collect();
        fields.sort();
        let expected = [
            "createdAt",
            "experience",
            "name",
            "questCounts",
            "reputation",
            "userId",
            "userType",
            "verified",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn the_tag_of_a_profile_changes_with_what_it_shows_and_with_nothing_else() {
        let account = account();
        let tag = |account: &Account| profile_etag(&account.clone().shown_to_all()).unwrap();
        let mut other = account.clone();
        other.version += 1;
        other.quest_creation_points -= 1;
        other.wallet_address = Some("0x".to_owned());
        assert_eq!(tag(&other), tag(&account));
        other.quests_created += 1;
        assert_ne!(tag(&other), tag(&account));
    }
}
