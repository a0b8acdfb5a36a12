//! Links from users of other issuers to members.
//!
//! A subject is unique to its issuer only, so the two together name somebody. An item links that name to a member: an
//! account may have several names, keeps its own id and quests when one is added, and no identity
//! provider can choose whose account its users get, which an id computed from the name (or a look-up by e-mail address)
//! would let it. The link is written when the organization takes the user in; it and the account are made in one
//! transaction where there is no account yet.

use super::keys;
use civicforge_kernel::table::{StoreError, Table, Write, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// OpenID Connect Core §2: a subject has at most 255 ASCII characters. Longer ones name nobody, and make no keys.
const LONGEST_SUBJECT: usize = 255;

/// The item that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Link {
    user_id: Uuid,
    issuer: String,
    subject: String,
}

/// The member whom an issuer calls so, if there is one.
pub async fn find(table: &Table, issuer: &str, subject: &str) -> Result<Option<Uuid>, StoreError> {
    if !is_subject(subject) {
        return Ok(None);
    }
    let link: Option<Link> = table.get_as(&keys::identity(issuer, subject)).await?;
    Ok(link.map(|link| link.user_id))
}

/// Whether a subject can name anybody.
pub fn is_subject(subject: &str) -> bool {
    (1..=LONGEST_SUBJECT).contains(&subject.len())
}

/// The write that links a member. It fails where the name is somebody's already.
pub fn link(user_id: Uuid, issuer: &str, subject: &str) -> Result<Write, StoreError> {
    let link = Link {
        user_id,
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
    };
    let keys = keys::identity_keys(issuer, subject, user_id);
    Ok(Write::create(to_item(&link, &keys)?))
}
