//! What is kept of mails about accounts: the hashes of tokens, and how many mails were asked for.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{
    Condition, Item, Key, Keys, Reads, StoreError, Table, Transaction, Write, from_item, stamp,
    to_item,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::AccountMail;
use super::limits::{self, FROM_SOURCE, TO_ADDRESS};
use super::token::{self, MailToken, Purpose};
use crate::auth::keys;
use crate::users::item::Account;

/// The `MAILTOKEN` item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenItem {
    user_id: Uuid,
    purpose: Purpose,
    /// The generation of the password when it was made.
    generation: u64,
    #[serde(with = "stamp")]
    expires_at: DateTime<Utc>,
}

/// A token that may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodToken {
    /// Whose account it is for.
    pub user_id: Uuid,
    /// The generation of the password when it was made.
    pub generation: u64,
    hash: String,
}

impl GoodToken {
    /// The write that uses it up. It fails where that has happened.
    pub fn spend(&self) -> Write {
        Write::delete(keys::mail_token(&self.hash)).when(Condition::exists())
    }
}

/// Keeps a token for an account.
///
/// # Errors
///
/// The table fails.
pub async fn keep_token(
    table: &Table,
    token: &MailToken,
    purpose: Purpose,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let item = TokenItem {
        user_id: account.user_id,
        purpose,
        generation: account.session_generation,
        expires_at: now + purpose.lifetime(),
    };
    let keys = keys::mail_token_keys(&token::hash(token.expose()), item.expires_at);
    table.write(Write::create(to_item(&item, &keys)?)).await?;
    Ok(())
}

/// The token of this text, if it is good for this purpose now.
///
/// # Errors
///
/// The table fails, or the item is damaged.
pub async fn find_token(
    table: &Table,
    text: &str,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<GoodToken>, StoreError> {
    let hash = token::hash(text);
    let item: Option<TokenItem> = table.get_as(&keys::mail_token(&hash)).await?;
    let item = item.filter(|item| item.purpose == purpose && now < item.expires_at);
    Ok(item.map(|item| GoodToken {
        user_id: item.user_id,
        generation: item.generation,
        hash,
    }))
}

/// A counter: when mails were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate {
    sent: Vec<Sent>,
    version: u64,
}

/// When one was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Sent(#[serde(with = "stamp")] DateTime<Utc>);

/// A count, where it is, and how many there may be.
struct Counted {
    key: Key,
    keys: Keys,
    most: usize,
}

/// The transaction that counts a mail to an address, which a request from a source asks for, and sends the message that asks for it.
/// Nothing where there were as many as there may be. It fails where others were counted meanwhile.
///
/// # Errors
///
/// The table's own.
pub async fn ask(
    table: &Table,
    mail: AccountMail,
    user: Uuid,
    (address, source): (&str, Option<IpAddr>),
    now: DateTime<Utc>,
) -> Result<Option<Transaction>, StoreError> {
    let expires = now + limits::WINDOW;
    let mut counted = vec![Counted {
        key: keys::mails_to(address),
        keys: keys::mails_to_keys(address, expires),
        most: TO_ADDRESS,
    }];
    counted.extend(source.map(limits::source).map(|source| Counted {
        key: keys::mails_for(source),
        keys: keys::mails_for_keys(source, expires),
        most: FROM_SOURCE,
    }));
    let places: Vec<_> = counted.iter().map(|count| count.key.clone()).collect();
    let seen = table.get_many(&places, Reads::Consistent).await?;
    let mut transaction = Transaction::new();
    for (count, seen) in counted.iter().zip(seen) {
        let Some(write) = one_more(count, seen, now)? else {
            return Ok(None);
        };
        transaction.push(write);
    }
    transaction.push(mail.to(user, now)?.send(table.outbox())?);
    Ok(Some(transaction))
}

/// The write that counts one more, if there may be one.
fn one_more(
    count: &Counted,
    seen: Option<Item>,
    now: DateTime<Utc>,
) -> Result<Option<Write>, StoreError> {
    let seen: Option<Rate> = seen.map(from_item).transpose()?;
    let unchanged = seen
        .as_ref()
        .map_or_else(Condition::new_item, |seen| Condition::version(seen.version));
    let seen = seen.unwrap_or_default();
    let times: Vec<_> = seen.sent.iter().map(|Sent(at)| *at).collect();
    let Some(sent) = limits::with_one_more(&times, count.most, now) else {
        return Ok(None);
    };
    let rate = Rate {
        sent: sent.into_iter().map(Sent).collect(),
        version: seen.version.saturating_add(1),
    };
    let item = to_item(&rate, &count.keys)?;
    Ok(Some(Write::put(item).when(unchanged)))
}
