//! Webhook subscriptions: stored in the table, added and removed by an operator.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use url::{Host, Url};
use uuid::Uuid;

use super::address::is_public;
use crate::secret_text::{SecretText, stored};
use crate::table::{
    Condition, Index, Key, Keys, Query, StoreError, Table, Write, from_item, stamp, to_item,
};

/// The partition of all subscriptions.
pub const PARTITION: &str = "SUBSCRIPTIONS";

/// How long a subscription may fail before it is disabled.
const DISABLE_AFTER: TimeDelta = TimeDelta::days(1);

/// The most bytes of a URL.
const LONGEST_URL: usize = 2000;

/// A webhook that messages are sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// Its id.
    #[serde(rename = "subscriptionId")]
    pub id: Uuid,
    /// Where it is.
    pub url: String,
    /// Which kinds of messages it gets: names, and patterns such as `quest.*` and `*`.
    pub kinds: Vec<String>,
    /// What messages are signed with: `whsec_` and 32 bytes in base64, as Standard Webhooks has it.
    #[serde(with = "stored")]
    pub secret: SecretText,
    /// Whether it may be at an address that is not public.
    #[serde(default)]
    pub allow_private: bool,
    /// When it was made.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// Since when every delivery has failed.
    #[serde(with = "stamp::option", default)]
    pub failing_since: Option<DateTime<Utc>>,
    /// When it was disabled. Nothing is sent to it from then on.
    #[serde(with = "stamp::option", default)]
    pub disabled_at: Option<DateTime<Utc>>,
}

/// Why there is no subscription.
#[derive(Debug, thiserror::Error)]
pub enum SubscribeError {
    /// The URL cannot be used.
    #[error("the URL {0}")]
    Url(&'static str),
    /// No message is of such a kind.
    #[error("no event is {kind:?}; there are {known}")]
    Kind {
        /// What was asked for.
        kind: String,
        /// Those that there are.
        known: String,
    },
    /// The host has no randomness.
    #[error("no secret can be made")]
    Randomness,
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The key of a subscription.
pub fn key(id: Uuid) -> Key {
    Key::new(PARTITION.to_owned(), format!("SUBSCRIPTION#{id}"))
}

/// Those of its item.
pub fn keys(id: Uuid) -> Keys {
    Keys::new("SUBSCRIPTION", key(id))
}

/// Whether a pattern means this kind: the kind itself, `*`, or the beginning of it and `.*`.
pub fn means(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some("") => true,
        Some(start) => start.ends_with('.') && kind.starts_with(start),
        None => pattern == kind,
    }
}

impl Subscription {
    /// A new one, of these kinds, or of all where none is named. `known` are the kinds that there are.
    ///
    /// # Errors
    ///
    /// The URL cannot be used, or a kind means nothing that is known.
    pub fn new(
        url: &str,
        kinds: Vec<String>,
        known: &[&str],
        allow_private: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, SubscribeError> {
        let url = check_url(url, allow_private).map_err(SubscribeError::Url)?;
        for kind in &kinds {
            if !known.iter().any(|one| means(kind, one)) {
                let kind = kind.clone();
                let known = known.join(", ");
                return Err(SubscribeError::Kind { kind, known });
            }
        }
        let mut secret = [0; 32];
        let filled = SystemRandom::new().fill(&mut secret);
        filled.map_err(|_| SubscribeError::Randomness)?;
        Ok(Self {
            id: Uuid::now_v7(),
            url: url.to_string(),
            kinds: match kinds.is_empty() {
                true => vec!["*".to_owned()],
                false => kinds,
            },
            secret: SecretText::new(format!("{SECRET}{}", STANDARD.encode(secret))),
            allow_private,
            created_at: now,
            failing_since: None,
            disabled_at: None,
        })
    }

    /// Whether it gets messages of this kind.
    pub fn takes(&self, kind: &str) -> bool {
        self.disabled_at.is_none() && self.kinds.iter().any(|pattern| means(pattern, kind))
    }

    /// The key that its messages are signed with.
    pub fn signing_key(&self) -> Option<Vec<u8>> {
        let secret = self.secret.expose().strip_prefix(SECRET)?;
        STANDARD.decode(secret).ok()
    }
}

const SECRET: &str = "whsec_";

/// The URL, if a webhook may be there. It is HTTPS; where it may be private, it may also be HTTP of this machine, for whoever
/// writes the other side.
///
/// # Errors
///
/// What is wrong with it.
pub fn check_url(text: &str, allow_private: bool) -> Result<Url, &'static str> {
    if text.len() > LONGEST_URL {
        return Err("is longer than 2000 bytes");
    }
    let url: Url = text.parse().map_err(|_| "is not a URL")?;
    let (loopback, public) = match url.host() {
        None => return Err("has no host"),
        Some(Host::Domain(name)) => {
            let local = name == "localhost" || name.ends_with(".localhost");
            (local, !local)
        }
        Some(Host::Ipv4(address)) => (address.is_loopback(), is_public(address.into())),
        Some(Host::Ipv6(address)) => (address.is_loopback(), is_public(address.into())),
    };
    match url.scheme() {
        "https" => {}
        "http" if allow_private && loopback => {}
        _ => return Err("is not https"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a user name or a password in it; messages are signed instead");
    }
    if url.fragment().is_some() {
        return Err("has a fragment, which is never sent");
    }
    if !public && !allow_private {
        return Err("is of a private address; --allow-private lets it be one");
    }
    Ok(url)
}

/// Every subscription.
///
/// # Errors
///
/// The table cannot be read. One that is damaged is logged and left out.
pub async fn list(table: &Table) -> Result<Vec<Subscription>, StoreError> {
    let all = Query::new(Index::Main, PARTITION).eventual();
    let items = table.query_up_to(all, usize::MAX).await?;
    let read = items.into_iter().map(from_item);
    Ok(read
        .filter_map(|subscription: Result<Subscription, StoreError>| {
            if let Err(error) = &subscription {
                tracing::error!(%error, "a damaged subscription is passed over");
            }
            subscription.ok()
        })
        .collect())
}

/// Keep a new one.
///
/// # Errors
///
/// The table fails.
pub async fn add(table: &Table, subscription: &Subscription) -> Result<(), StoreError> {
    let item = to_item(subscription, &keys(subscription.id))?;
    table.write(Write::create(item)).await.map(drop)
}

/// Take one away. Whether it was there.
///
/// # Errors
///
/// The table fails.
pub async fn remove(table: &Table, id: Uuid) -> Result<bool, StoreError> {
    table
        .write_if(Write::delete(key(id)).when(Condition::exists()))
        .await
}

/// Send messages to one again that was disabled. Whether it is there.
///
/// # Errors
///
/// The table fails.
pub async fn enable(table: &Table, id: Uuid) -> Result<bool, StoreError> {
    let enable = Write::update(key(id))
        .when(Condition::exists())
        .remove("failingSince")
        .remove("disabledAt");
    table.write_if(enable).await
}

/// Note that a delivery has succeeded, which matters where others had failed before.
///
/// # Errors
///
/// The table fails.
pub async fn succeeded(table: &Table, seen: &Subscription) -> Result<(), StoreError> {
    if seen.failing_since.is_none() {
        return Ok(());
    }
    let fine = Write::update(key(seen.id))
        .when(Condition::exists())
        .remove("failingSince");
    table.write_if(fine).await.map(drop)
}

/// Note that a delivery has failed: since when, or, after a day of it, that nothing is sent any more. Whether it was disabled by
/// that.
///
/// # Errors
///
/// The table fails.
pub async fn failed(
    table: &Table,
    seen: &Subscription,
    gone: bool,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let change = Write::update(key(seen.id));
    let disable = gone
        || seen
            .failing_since
            .is_some_and(|since| now - since >= DISABLE_AFTER);
    if disable {
        let enabled = Condition::exists().and(Condition::Absent("disabledAt"));
        return table
            .write_if(change.when(enabled).set("disabledAt", now))
            .await;
    }
    if seen.failing_since.is_none() {
        let fine = Condition::exists().and(Condition::Absent("failingSince"));
        table
            .write_if(change.when(fine).set("failingSince", now))
            .await?;
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_that_lead_inside_or_are_not_secure_are_refused() {
        for (url, wrong) in [
            ("https://hooks.example.org/x?y=1", None),
            ("https://1.1.1.1:8443/", None),
            ("", Some("is not a URL")),
            ("hooks.example.org", Some("is not a URL")),
            ("http://hooks.example.org/", Some("is not https")),
            ("http://localhost/", Some("is not https")),
            ("ftp://hooks.example.org/", Some("is not https")),
            ("mailto:a@example.org", Some("has no host")),
            (
                "https://a:b@example.org/",
                Some("has a user name or a password in it; messages are signed instead"),
            ),
            (
                "https://example.org/#a",
                Some("has a fragment, which is never sent"),
            ),
        ] {
            assert_eq!(check_url(url, false).err(), wrong, "{url}");
        }
        for private in [
            "https://localhost/",
            "https://a.localhost/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://169.254.169.254/latest",
            "https://10.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            assert!(
                check_url(private, false).unwrap_err().contains("private"),
                "{private}"
            );
            assert!(check_url(private, true).is_ok(), "{private}");
        }
        assert!(check_url("http://127.0.0.1:3000/", true).is_ok());
        assert_eq!(check_url("http://10.0.0.1/", true), Err("is not https"));
    }

    #[test]
    fn patterns_mean_whole_names() {
        assert!(means("*", "quest.created") && means("quest.*", "quest.created"));
        assert!(means("quest.created", "quest.created"));
        for not in [
            "quest",
            "quest.c*",
            "que*",
            "quest.created.x",
            "task.*",
            "**",
            "",
        ] {
            assert!(!means(not, "quest.created"), "{not}");
        }
    }

    #[test]
    fn a_secret_is_as_standard_webhooks_has_it_and_is_not_printed() {
        let now = stamp::truncate(Utc::now());
        let made = Subscription::new("https://a.example/", Vec::new(), &["a"], false, now).unwrap();
        assert_eq!(made.signing_key().unwrap().len(), 32);
        assert!(!format!("{made:?}").contains("whsec_"));
        let item = to_item(&made, &keys(made.id)).unwrap();
        assert_eq!(from_item::<Subscription>(item).unwrap(), made);
        let unknown = Subscription::new(
            "https://a.example/",
            vec!["b.*".to_owned()],
            &["a.b"],
            false,
            now,
        );
        assert_eq!(
            unknown.unwrap_err().to_string(),
            "no event is \"b.*\"; there are a.b"
        );
    }
}
