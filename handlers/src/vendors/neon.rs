//! Neon CRM, where volunteers come from: its API v2. It is only read.
//!
//! What its webhooks say is signed by nobody, so it is read again here before it counts. No payment is in any type: what a body has
//! of them is not kept.

mod record;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civicforge_kernel::secret_text::SecretText;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use url::Url;

use super::http::{Answer, Ask, Shared, Verdict, Way, in_general};
use super::tolerant::{as_text, or_default};
use super::{Said, VendorError};

pub use record::{Account, Contact, Membership, Named};

/// Where its API is.
pub const ADDRESS: &str = "https://api.neoncrm.com/v2";

/// Its name: that of its breaker, and in telemetry.
pub const NAME: &str = "Neon CRM";

/// The largest page of a search.
const FOUND: u32 = 200;
/// A page of memberships.
const TERMS: u32 = 50;
/// Nobody has had more terms, and no answer makes us ask forever.
const PAGES: u32 = 20;
/// It says of no wait how long it is. Its bound is on requests in flight, so a short one is enough.
const WAIT: Duration = Duration::from_secs(1);

/// Where it is, and who we are to it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where its API is: [`ADDRESS`], but for trials and tests.
    pub address: Url,
    /// The organization's id.
    pub organization: String,
    /// An API key of one of its users, whose rights it has.
    pub key: SecretText,
}

/// A client of Neon CRM. Clones are the same.
#[derive(Debug, Clone)]
pub struct Neon {
    way: Way,
    /// It takes one search at a time.
    search: Arc<Semaphore>,
    patience: Duration,
}

/// What an account is searched by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion<'a> {
    /// The name of the field, such as `Email`, or the number of a custom one.
    pub field: &'a str,
    /// Such as `EQUAL` or `GREATER_AND_EQUAL`.
    pub operator: &'a str,
    /// The value.
    pub value: &'a str,
}

/// A page of accounts that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The ids of the accounts.
    pub accounts: Vec<String>,
    /// Whether there is another page.
    pub has_more: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Pagination {
    #[serde(deserialize_with = "or_default")]
    current_page: u32,
    #[serde(deserialize_with = "or_default")]
    total_pages: u32,
}

impl Pagination {
    /// Pages are counted from 0, and all of them from 1.
    fn has_more(&self) -> bool {
        self.current_page.saturating_add(1) < self.total_pages
    }
}

impl Neon {
    /// The client with these settings.
    ///
    /// # Errors
    ///
    /// The organization's id has characters that no header can have.
    pub fn new(settings: &Settings, shared: Shared) -> Result<Self, VendorError> {
        let key = settings.key.expose();
        let pair = SecretText::new(format!("{}:{key}", settings.organization));
        let basic = SecretText::new(format!("Basic {}", STANDARD.encode(pair.expose())));
        let patience = shared.limits.call;
        let (address, key) = (settings.address.clone(), settings.key.clone());
        let way = Way::new(NAME, address, key, judge, shared);
        Ok(Self {
            way: way.authorized(basic.expose())?,
            search: Arc::new(Semaphore::new(1)),
            patience,
        })
    }

    /// Whether it is left alone now, because of its failures.
    pub fn is_left_alone(&self) -> bool {
        self.way.is_left_alone()
    }

    /// An account.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn account(&self, id: &str) -> Result<Account, VendorError> {
        let ask = Ask::get("GetAccount", &["accounts", id]);
        let answer = self.way.send(&ask).await?;
        let body: Option<record::Body> = answer.read()?;
        let account = body.and_then(record::Body::account);
        // Nothing, or neither of both kinds, is one that is missing.
        let account = account.ok_or_else(|| gone(&answer))?;
        match account.id == id {
            true => Ok(account),
            false => Err(VendorError::Unreadable(
                "it is about another account".to_owned(),
            )),
        }
    }

    /// All memberships of an account: each is one term.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn memberships(&self, account: &str) -> Result<Vec<Membership>, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            #[serde(default, deserialize_with = "or_default")]
            memberships: Vec<Membership>,
            #[serde(default, deserialize_with = "or_default")]
            pagination: Pagination,
        }
        let mut all: Vec<Membership> = Vec::new();
        for page in 0..PAGES {
            let ask = Ask::get("GetMemberships", &["accounts", account, "memberships"])
                .query("currentPage", page)
                .query("pageSize", TERMS);
            let body: Body = self.way.ask(&ask).await?;
            let is_last = body.memberships.is_empty() || !body.pagination.has_more();
            all.extend(body.memberships);
            if is_last {
                return Ok(all);
            }
        }
        let why = format!("an account with more than {PAGES} pages of memberships");
        Err(VendorError::Unreadable(why))
    }

    /// A membership. This is how its account is found where an event names nothing but the membership; one that was deleted may be
    /// [`VendorError::Gone`].
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn membership(&self, id: &str) -> Result<Membership, VendorError> {
        let ask = Ask::get("GetMembership", &["memberships", id]);
        let answer = self.way.send(&ask).await?;
        let body: Option<Membership> = answer.read()?;
        body.ok_or_else(|| gone(&answer))
    }

    /// The accounts with an address as their first, second or third. It is compared as the vendor does.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn accounts_by_email(&self, email: &str) -> Result<Vec<String>, VendorError> {
        let by = Criterion {
            field: "Email",
            operator: "EQUAL",
            value: email,
        };
        let mut all = Vec::new();
        for page in 0..PAGES {
            let found = self.search(&[by], page).await?;
            all.extend(found.accounts);
            if !found.has_more {
                return Ok(all);
            }
        }
        Err(VendorError::Unreadable(format!(
            "an address of more than {PAGES} pages of accounts"
        )))
    }

    /// A page of the accounts that meet all of these criteria, from page 0, in the order of their ids.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn search(&self, by: &[Criterion<'_>], page: u32) -> Result<Found, VendorError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Body {
            #[serde(default, deserialize_with = "or_default")]
            search_results: Vec<Row>,
            #[serde(default, deserialize_with = "or_default")]
            pagination: Pagination,
        }
        #[derive(Deserialize)]
        struct Row {
            #[serde(rename = "Account ID")]
            id: Value,
        }
        let fields: Vec<_> = by
            .iter()
            .map(|by| json!({ "field": by.field, "operator": by.operator, "value": by.value }))
            .collect();
        let ask = Ask::new("SearchAccounts", "POST", &["accounts", "search"]).json(&json!({
            "searchFields": fields,
            "outputFields": ["Account ID"],
            "pagination": {
                "currentPage": page,
                "pageSize": FOUND,
                "sortColumn": "Account ID",
                "sortDirection": "ASC",
            },
        }))?;
        let turn = tokio::time::timeout(self.patience, self.search.acquire()).await;
        // The semaphore is never closed.
        let Ok(Ok(_turn)) = turn else {
            return Err(VendorError::later("another search is under way"));
        };
        let body: Body = self.way.ask(&ask).await?;
        let ids = body.search_results.iter().map(|row| as_text(&row.id));
        let accounts: Option<Vec<_>> = ids.collect();
        let odd = || VendorError::Unreadable("an `Account ID` that is none".to_owned());
        Ok(Found {
            accounts: accounts.ok_or_else(odd)?,
            has_more: !body.search_results.is_empty() && body.pagination.has_more(),
        })
    }
}

fn gone(answer: &Answer) -> VendorError {
    VendorError::Gone(Said::new(answer.status, None, "nothing"))
}

/// A refusal: a list of errors, an object with one, or one of them.
fn said(answer: &Answer) -> Said {
    let body: Value = match serde_json::from_slice(&answer.body) {
        Ok(body) => body,
        Err(_) => return Said::new(answer.status, None, answer.kind()),
    };
    let list = body.as_array().or_else(|| body.get("errors")?.as_array());
    let errors = list.map_or(std::slice::from_ref(&body), Vec::as_slice);
    let texts = |key: &str| -> Vec<String> {
        let texts = errors.iter().map(|error| as_text(error.get(key)?));
        texts.flatten().collect()
    };
    let code = texts("code").into_iter().next();
    Said::new(answer.status, code.as_deref(), &texts("message").join("; "))
}

/// Any status of success is one: it has some of its own.
fn judge(answer: &Answer) -> Verdict {
    match answer.status {
        200..300 => return Verdict::Done,
        429 => return Verdict::Wait(Some(answer.retry_after().unwrap_or(WAIT))),
        _ => {}
    }
    if let Some(verdict) = in_general(answer) {
        return verdict;
    }
    let said = said(answer);
    Verdict::Failed(match answer.status {
        401 | 403 => VendorError::Credentials(said),
        404 => VendorError::Gone(said),
        _ => VendorError::Refused(said),
    })
}
