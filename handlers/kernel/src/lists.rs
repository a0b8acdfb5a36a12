//! Lists of the API: pages, and the tokens that lead from one to the next.

use civicforge_runtime::codes::InvalidPageToken;
use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::status::{BadRequest, InternalServerError, ServiceUnavailable};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::failure::Failure;
use crate::keys::{CurrentKeys, KeyName, KeysUnavailable};
use crate::table::cursor::{Position, TokenContext};
use crate::table::item::{Item, describe, text};
use crate::table::{Key, Query, Reads, StoreError, Table, from_item};

/// The most items of a page; the contract bounds it too.
const MAX_LIMIT: usize = 100;

/// How many items of a list are read at a time.
const AT_ONCE: usize = 100;

/// Everything that a list leads to, in its order, eventually consistent. Entries that lead nowhere are left out, and so is what cannot be
/// read.
///
/// # Errors
///
/// The table's own.
pub async fn everything<T: DeserializeOwned>(
    table: &Table,
    list: Query,
    place: impl Fn(&Item) -> Option<Key>,
) -> Result<Vec<T>, StoreError> {
    let mut found = Vec::new();
    let mut pages = table.pages(list.limit(AT_ONCE));
    while let Some(page) = pages.next().await? {
        let keys: Vec<_> = page.iter().filter_map(&place).collect();
        let items = table.get_many(&keys, Reads::Eventual).await?;
        found.extend(items.into_iter().flatten().filter_map(readable));
    }
    Ok(found)
}

/// Which page is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PageRequest<'a> {
    /// The most items that it may have; the contract bounds it.
    pub limit: i32,
    /// Where it starts.
    pub token: Option<&'a str>,
}

/// Why there is no page.
#[derive(Debug)]
pub enum ListError {
    /// The page token is not one of this list.
    Token(BadRequest<InvalidPageToken>),
    /// The list cannot be read.
    Failed(Failure),
}

impl From<Failure> for ListError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<KeysUnavailable> for ListError {
    fn from(error: KeysUnavailable) -> Self {
        Self::Failed(error.into())
    }
}

impl From<StoreError> for ListError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl<O> From<ListError> for OperationError<O>
where
    O: Declares<BadRequest<InvalidPageToken>>
        + Declares<InternalServerError>
        + Declares<ServiceUnavailable>,
{
    fn from(error: ListError) -> Self {
        match error {
            ListError::Token(status) => status.into(),
            ListError::Failed(failure) => failure.into(),
        }
    }
}

/// What an item of a list says. A damaged one is logged and left out: one item must not make a list of many unreadable.
pub fn readable<T: DeserializeOwned>(item: Item) -> Option<T> {
    let read = from_item(item);
    if let Err(error) = &read {
        tracing::error!(%error, "a damaged item is missing in lists");
    }
    read.ok()
}

/// What an item of a list points to, by the attribute that has its id. One that is damaged is logged and passed over.
pub fn pointer(item: &Item, attribute: &str) -> Option<Uuid> {
    let id = text(item, attribute).and_then(|id| {
        let id = Uuid::try_parse(id);
        id.map_err(|error| StoreError::corrupt(describe(item), error))
    });
    if let Err(error) = &id {
        tracing::error!(%error, "a damaged pointer is passed over");
    }
    id.ok()
}

/// A list, as somebody asks for a page of it.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    keys: &'a CurrentKeys,
    binding: TokenContext<'a>,
    page: PageRequest<'a>,
}

impl<'a> List<'a> {
    /// A page of an operation's list, by filters, each with its value, in a fixed order. Page tokens are made with the keys, and are
    /// bound to all of this: nobody else's, and no other list's, are taken. A list for anyone has an empty principal.
    pub fn new(
        keys: &'a CurrentKeys,
        operation: &'a str,
        principal: &'a str,
        filters: &'a [(&'a str, &'a str)],
        page: PageRequest<'a>,
    ) -> Self {
        let binding = TokenContext {
            operation,
            principal,
            filters,
        };
        Self {
            keys,
            binding,
            page,
        }
    }

    /// The most items of the page.
    pub fn limit(&self) -> usize {
        usize::try_from(self.page.limit)
            .unwrap_or(1)
            .clamp(1, MAX_LIMIT)
    }

    /// Where the page starts; at the beginning where there is no token.
    ///
    /// # Errors
    ///
    /// The token is not one of this list, or the process has no secret.
    pub async fn start(&self) -> Result<Option<Position>, ListError> {
        let Some(token) = self.page.token else {
            return Ok(None);
        };
        let keys = self.keys.having(KeyName::Secret).await?;
        let position = keys.page_tokens()?.verify(token, &self.binding);
        position.map(Some).map_err(|_| {
            let refusal = BadRequest::new(InvalidPageToken);
            ListError::Token(refusal.detail("The page token was not made for this list."))
        })
    }

    /// The token of the page behind this one.
    ///
    /// # Errors
    ///
    /// The process has no secret.
    pub async fn next(&self, next: Option<&Position>) -> Result<Option<String>, ListError> {
        let Some(position) = next else {
            return Ok(None);
        };
        let keys = self.keys.having(KeyName::Secret).await?;
        Ok(Some(keys.page_tokens()?.sign(position, &self.binding)?))
    }
}
