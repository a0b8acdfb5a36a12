//! Page tokens.
//!
//! A token says where the next page starts, and comes back from the caller, who must not be able to make
//! one: a start key of another partition would be a read of somebody else's list. So a token is authenticated with
//! HMAC-SHA256, and what it was made for (the query with its filters, and the caller) is authenticated with
//! it without being in it. A token that was changed, made up, or made for another query or another caller is one and
//! the same error, and never tells which.
//!
//! An HMAC rather than encryption: a position holds the keys of one item that the caller may read, and the same page gives
//! the same token. That item is one of the page, or, in a search, one that the search passed over. A list whose filter decides
//! who may see an item at all needs another kind of token.

use std::fmt;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::Index;
use super::attr;
use super::item::{Item, text};
use super::key::Key;
use super::{StoreError, Value};

/// The first byte of every token. A change of the payload's form changes it.
const VERSION: u8 = 1;
/// The bytes of an HMAC-SHA256.
const TAG: usize = 32;
/// A token has some 300 characters; nothing much longer is looked at.
const LONGEST: usize = 4 * 1024;

/// Makes and reads page tokens.
#[derive(Clone)]
pub struct PageTokens {
    current: hmac::Key,
    former: Vec<hmac::Key>,
}

impl fmt::Debug for PageTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageTokens")
    }
}

/// What a token was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenContext<'a> {
    /// The operation, such as `listQuests`.
    pub operation: &'a str,
    /// Who asks.
    pub principal: &'a str,
    /// The filters, each with its value, in a fixed order. The page's size is not among them: it may
    /// change from page to page.
    pub filters: &'a [(&'a str, &'a str)],
}

/// The token is not one that was made for this query and this caller: `400 invalid_page_token`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the page token was not made for this query")]
pub struct InvalidPageToken;

/// How far a list was read: up to and including this item.
///
/// One item is enough for a list over many partitions, because the list is sorted: whatever sorts before it has
/// been passed in every partition, also what was written there since, and in partitions that were added since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    #[serde(rename = "p")]
    pk: String,
    #[serde(rename = "k")]
    sk: String,
    /// The sort key in the index; absent for the table itself.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    index_sk: Option<String>,
}

impl Position {
    /// The position behind an item.
    pub(crate) fn after(index: Index, item: &Item) -> Result<Self, StoreError> {
        let index_sk = match index {
            Index::Main => None,
            _ => Some(text(item, index.keys().1)?.to_owned()),
        };
        Ok(Self {
            pk: text(item, attr::PK)?.to_owned(),
            sk: text(item, attr::SK)?.to_owned(),
            index_sk,
        })
    }

    /// The start key of a query of this partition, in which the item itself need not be. The partition never
    /// comes from the token.
    pub(crate) fn start_key(&self, index: Index, partition: &str) -> Item {
        let (pk_name, sk_name) = index.keys();
        let mut item = Key {
            pk: self.pk.clone(),
            sk: self.sk.clone(),
        }
        .into_item();
        item.insert(pk_name.to_owned(), Value::from(partition).0);
        if let Some(index_sk) = &self.index_sk {
            item.insert(sk_name.to_owned(), Value::from(index_sk).0);
        }
        item
    }
}

impl PageTokens {
    /// Tokens under a secret of 32 bytes or more.
    pub fn new(secret: &[u8]) -> Self {
        Self {
            current: hmac::Key::new(hmac::HMAC_SHA256, secret),
            former: Vec::new(),
        }
    }

    /// Read tokens under a former secret too, so that a change of the secret breaks nobody's paging.
    #[must_use]
    pub fn also_reading(mut self, former: &[u8]) -> Self {
        self.former.push(hmac::Key::new(hmac::HMAC_SHA256, former));
        self
    }

    /// The token of a position.
    pub fn sign(
        &self,
        position: &Position,
        binding: &TokenContext<'_>,
    ) -> Result<String, StoreError> {
        let payload = serde_json::to_vec(position)
            .map_err(|e| StoreError::corrupt("writing a page token", e))?;
        let mut token = Vec::with_capacity(1 + TAG + payload.len());
        token.push(VERSION);
        token.extend_from_slice(hmac::sign(&self.current, &signed(binding, &payload)).as_ref());
        token.extend_from_slice(&payload);
        Ok(URL_SAFE_NO_PAD.encode(token))
    }

    /// The position of a token, if it was made for this query and this caller.
    pub fn verify(
        &self,
        token: &str,
        binding: &TokenContext<'_>,
    ) -> Result<Position, InvalidPageToken> {
        if token.len() > LONGEST {
            return Err(InvalidPageToken);
        }
        let bytes = URL_SAFE_NO_PAD
            .decode(token)
            .map_err(|_| InvalidPageToken)?;
        let (&version, rest) = bytes.split_first().ok_or(InvalidPageToken)?;
        let (tag, payload) = rest.split_at_checked(TAG).ok_or(InvalidPageToken)?;
        let message = signed(binding, payload);
        let genuine = std::iter::once(&self.current)
            .chain(&self.former)
            .any(|key| hmac::verify(key, &message, tag).is_ok());
        if version != VERSION || !genuine {
            return Err(InvalidPageToken);
        }
        serde_json::from_slice(payload).map_err(|_| InvalidPageToken)
    }
}

/// What is authenticated. Each part goes with its length, so that no two different bindings read the same.
fn signed(binding: &TokenContext<'_>, payload: &[u8]) -> Vec<u8> {
    let mut out = b"civicforge page token\0".to_vec();
    out.push(VERSION);
    let mut part = |bytes: &[u8]| {
        out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        out.extend_from_slice(bytes);
    };
    part(binding.operation.as_bytes());
    part(binding.principal.as_bytes());
    part(&(binding.filters.len() as u64).to_be_bytes());
    for (name, value) in binding.filters {
        part(name.as_bytes());
        part(value.as_bytes());
    }
    part(payload);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BINDING: TokenContext<'static> = TokenContext {
        operation: "listQuests",
        principal: "u1",
        filters: &[("status", "OPEN"), ("search", "")],
    };

    fn position() -> Position {
        Position {
            pk: "QUEST#1".into(),
            sk: "QUEST#1".into(),
            index_sk: Some("2026-01-01T00:00:00.000Z#1".into()),
        }
    }

    #[test]
    fn a_token_opens_for_its_own_query_and_caller_alone() {
        let tokens = PageTokens::new(&[7; 32]);
        let token = tokens.sign(&position(), &BINDING).unwrap();
        assert_eq!(tokens.verify(&token, &BINDING), Ok(position()));
        assert_eq!(token, tokens.sign(&position(), &BINDING).unwrap());

        let others = [
            TokenContext {
                operation: "listMyQuests",
                ..BINDING
            },
            TokenContext {
                principal: "u2",
                ..BINDING
            },
            TokenContext {
                filters: &[("status", "CLAIMED"), ("search", "")],
                ..BINDING
            },
            TokenContext {
                filters: &[("status", "OPEN")],
                ..BINDING
            },
            TokenContext {
                filters: &[("status", "OPENsearch"), ("", "")],
                ..BINDING
            },
            TokenContext {
                operation: "listQuestsu",
                principal: "1",
                ..BINDING
            },
        ];
        for other in others {
            assert_eq!(
                tokens.verify(&token, &other),
                Err(InvalidPageToken),
                "{other:?}"
            );
        }
        let stranger = PageTokens::new(&[8; 32]);
        assert_eq!(stranger.verify(&token, &BINDING), Err(InvalidPageToken));
        let heir = PageTokens::new(&[8; 32]).also_reading(&[7; 32]);
        assert_eq!(heir.verify(&token, &BINDING), Ok(position()));
    }

    #[test]
    fn no_single_change_of_a_character_goes_unnoticed() {
        let tokens = PageTokens::new(&[7; 32]);
        let token = tokens.sign(&position(), &BINDING).unwrap();
        for at in 0..token.len() {
            for replacement in ['A', 'b', '9', '-', '_', '=', '+', '%'] {
                let mut changed: Vec<char> = token.chars().collect();
                if changed[at] == replacement {
                    continue;
                }
                changed[at] = replacement;
                let changed: String = changed.into_iter().collect();
                assert_eq!(tokens.verify(&changed, &BINDING), Err(InvalidPageToken));
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_token(text in ".{0,200}") {
            let tokens = PageTokens::new(&[7; 32]);
            prop_assert_eq!(tokens.verify(&text, &BINDING), Err(InvalidPageToken));
        }

        #[test]
        fn no_bytes_are_a_token(bytes: Vec<u8>) {
            let tokens = PageTokens::new(&[7; 32]);
            let text = URL_SAFE_NO_PAD.encode(bytes);
            prop_assert_eq!(tokens.verify(&text, &BINDING), Err(InvalidPageToken));
        }
    }
}
