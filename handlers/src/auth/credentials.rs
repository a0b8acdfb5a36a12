//! Passwords, in items of their own that only this feature may read.
//!
//! A hash stood in the account's item before. It is found there still, and goes to its own place at the next login.
//!
//! **Generations.** A new password ends the sessions that were opened with the one before. There may be many, and one more may be about
//! to be opened by who has just proved the former password. So a session remembers the generation of the password that has opened it,
//! the account says which generation is the current one, and a session of an earlier one has ended.

use std::fmt;

use civicforge_kernel::table::{
    Condition, Item, Reads, StoreError, Table, Transaction, Write, from_item, to_item,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{keys, store};
use crate::users;
use crate::users::item::Account;

/// A member's password, as it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// Whose.
    pub user_id: Uuid,
    /// Argon2 or bcrypt.
    pub hash: String,
    /// How often the password was changed.
    pub generation: u64,
    /// Whether the hash is in the account's item.
    is_former: bool,
}

/// The `CREDENTIAL` item.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CredentialItem {
    user_id: Uuid,
    password_hash: String,
    generation: u64,
}

/// That of the password that a member has registered with.
pub const FIRST_GENERATION: u64 = 0;

const HASH: &str = "passwordHash";
const GENERATION: &str = "generation";

impl Credential {
    /// That of a new member.
    pub fn new(user_id: Uuid, hash: String) -> Self {
        Self {
            user_id,
            hash,
            generation: FIRST_GENERATION,
            is_former: false,
        }
    }

    /// The write that makes it.
    ///
    /// # Errors
    ///
    /// It has no form in the table.
    pub fn create(&self) -> Result<Write, StoreError> {
        let item = CredentialItem {
            user_id: self.user_id,
            password_hash: self.hash.clone(),
            generation: self.generation,
        };
        Ok(Write::create(to_item(
            &item,
            &keys::credential_keys(self.user_id),
        )?))
    }

    /// The write that puts another hash in its place, if it is as it was read.
    fn replace(&self, hash: &str, generation: u64) -> Result<Write, StoreError> {
        if self.is_former {
            let mut new = Self::new(self.user_id, hash.to_owned());
            new.generation = generation;
            return new.create();
        }
        Ok(Write::update(keys::credential(self.user_id))
            .when(Condition::eq(HASH, &self.hash))
            .set(HASH, hash)
            .set(GENERATION, generation))
    }

    fn former(&self) -> Option<&str> {
        self.is_former.then_some(&self.hash)
    }

    /// Whether it is to be written at the next login, whatever the hash is.
    pub fn is_misplaced(&self) -> bool {
        self.is_former
    }

    /// Puts a hash of the same password in its place. Nothing where another password was set meanwhile.
    ///
    /// # Errors
    ///
    /// The table fails.
    pub async fn rehash(&self, table: &Table, hash: &str) -> Result<(), StoreError> {
        let replace = self.replace(hash, self.generation)?;
        let Some(former) = self.former() else {
            return table.write_if(replace).await.map(drop);
        };
        let forget = users::parts::forget_hash(self.user_id, former);
        let moved = Transaction::new().with(replace).with(forget);
        match table.transact(moved).await {
            Ok(()) | Err(StoreError::ConditionFailed(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The writes that make a hash that of a new password, and end every session but one. They fail where the password is not as it was
    /// read.
    ///
    /// # Errors
    ///
    /// Something has no form in the table.
    pub fn change(&self, hash: &str, kept: Option<Uuid>) -> Result<[Write; 2], StoreError> {
        Ok([
            self.replace(hash, self.next_generation())?,
            self.end_sessions(kept),
        ])
    }

    /// The writes that remove the password, where it has an item of its own, and end every session. They fail where the password
    /// is not as it was read.
    pub fn remove(&self) -> (Option<Write>, Write) {
        let own = Write::delete(keys::credential(self.user_id));
        let own = own.when(Condition::eq(HASH, &self.hash));
        ((!self.is_former).then_some(own), self.end_sessions(None))
    }

    fn next_generation(&self) -> u64 {
        self.generation.saturating_add(1)
    }

    /// The write that ends every session that this password has opened, but for one.
    fn end_sessions(&self, kept: Option<Uuid>) -> Write {
        let generation = self.next_generation();
        users::parts::end_sessions(self.user_id, generation, kept, self.former())
    }
}

/// Without what must not get into a log.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

/// The account of a member, if it is not closed, and the member's password, where there is one: who logs in elsewhere has none.
///
/// # Errors
///
/// The table cannot be read, or one of them is damaged.
pub async fn find(
    table: &Table,
    user: Uuid,
) -> Result<Option<(Account, Option<Credential>)>, StoreError> {
    let keys = [users::keys::key(user), keys::credential(user)];
    let found = table.get_many(&keys, Reads::Consistent).await?;
    let mut found = found.into_iter();
    let Some(account) = found.next().flatten() else {
        return Ok(None);
    };
    let former = former_of(&account, user);
    let account: Account = from_item(account)?;
    if account.closed_at.is_some() {
        return Ok(None);
    }
    let own: Option<CredentialItem> = found.next().flatten().map(from_item).transpose()?;
    let own = own.map(|item| Credential {
        user_id: user,
        hash: item.password_hash,
        generation: item.generation,
        is_former: false,
    });
    Ok(Some((account, own.or(former))))
}

/// The same by an address. It reads as often where there is no such account, so that time does not tell.
///
/// # Errors
///
/// Those of [`find`].
pub async fn find_by_email(
    table: &Table,
    address: &str,
) -> Result<Option<(Account, Option<Credential>)>, StoreError> {
    find(table, store::owner_of(table, address).await?).await
}

fn former_of(account: &Item, user_id: Uuid) -> Option<Credential> {
    let hash = users::parts::former_hash(account)?.to_owned();
    Some(Credential {
        is_former: true,
        ..Credential::new(user_id, hash)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_gets_into_no_log() {
        let credential = Credential::new(Uuid::nil(), "$argon2id$secret".to_owned());
        assert!(!format!("{credential:?}").contains(&credential.hash));
    }
}
