//! The list of all accounts, page by page, for administrators.

use civicforge_api::types::AccountPage;
use civicforge_kernel::lists::{List, ListError, PageRequest, pointer, readable};
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, Reads};
use civicforge_kernel::text::search;

use super::item::Account;
use super::text::{self, normal_email};
use super::{Users, keys, store};
use crate::members::Member;

impl Users {
    /// The accounts that an administrator searches for: that with an e-mail address, those whose names begin so, or all.
    pub(super) async fn listed(
        &self,
        admin: &Member,
        sought: &str,
        page: PageRequest<'_>,
    ) -> Result<AccountPage, ListError> {
        let principal = admin.user_id.to_string();
        let sought = search::folded(sought);
        let filters = [("search", sought.as_str())];
        let list = List::new(&self.keys, "listUsers", &principal, &filters, page);
        let start = list.start().await?;
        if sought.contains('@') {
            let address = normal_email(&text::email(&sought));
            let found = match self.addresses.owner(&address).await? {
                Some(user) => store::find(&self.table, user).await?,
                None => None,
            };
            return Ok(AccountPage {
                items: found.map(Account::shown_to_admins).into_iter().collect(),
                next_page_token: None,
            });
        }
        let feed = Feed::new(Index::Gsi2, vec![keys::LISTED.to_owned()]);
        let feed = match sought.is_empty() {
            true => feed,
            false => feed.prefix(&sought),
        };
        let feed = feed.oldest_first();
        let found = feed.page_of_others(
            &self.table,
            (list.limit(), start),
            Reads::Consistent,
            |entry| pointer(entry, "userId").map(keys::key),
            |item| readable(item).filter(|account: &Account| account.closed_at.is_none()),
        );
        let found = found.await?;
        Ok(AccountPage {
            items: found
                .items
                .into_iter()
                .map(Account::shown_to_admins)
                .collect(),
            next_page_token: list.next(found.next.as_ref()).await?,
        })
    }
}
