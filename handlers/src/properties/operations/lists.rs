//! Lists of properties, page by page.

use civicforge_api::properties::{ListPropertiesError, ListPropertiesRequest};
use civicforge_api::types::PropertyPage;
use civicforge_kernel::lists::{List, ListError, PageRequest, readable};
use civicforge_kernel::table::cursor::Position;
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, Key, Reads};

use crate::members::Member;
use crate::properties::item::{Listing, Property};
use crate::properties::search::Search;
use crate::properties::{Properties, keys};

impl Properties {
    /// The properties that somebody searches for.
    pub(super) async fn found(
        &self,
        request: &ListPropertiesRequest,
    ) -> Result<PropertyPage, ListPropertiesError> {
        let search = Search::of(request)?;
        let filters = search.filters();
        let filters: Vec<_> = filters
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let list = List::new(&self.keys, "listProperties", "", &filters, page);
        let start = list.start().await?;
        let feed = search.feed(self.shards.now().await?.readers);
        let _permit = match search.has_text() {
            true => Some(self.searches.permit().await?),
            false => None,
        };
        let found = feed.page(&self.table, list.limit(), start, |item| {
            Ok(readable(item).filter(|listing| search.finds(listing)))
        });
        let found = found.await?;
        Ok(self
            .page_of(&list, found.items, found.next.as_ref())
            .await?)
    }

    /// The properties that a member has listed.
    pub(super) async fn owned_by(
        &self,
        member: &Member,
        page: PageRequest<'_>,
    ) -> Result<PropertyPage, ListError> {
        let principal = member.user_id.to_string();
        let list = List::new(&self.keys, "listMyProperties", &principal, &[], page);
        let start = list.start().await?;
        let (partition, prefix) = keys::owned_by(member.user_id);
        let feed = Feed::new(Index::Gsi1, vec![partition]).prefix(prefix);
        let found = feed.page_of_others(
            &self.table,
            (list.limit(), start),
            Reads::Eventual,
            Key::of,
            |item| readable(item).map(|property: Property| Listing::from(&property)),
        );
        let found = found.await?;
        self.page_of(&list, found.items, found.next.as_ref()).await
    }

    /// The page of a list.
    async fn page_of(
        &self,
        list: &List<'_>,
        listings: Vec<Listing>,
        next: Option<&Position>,
    ) -> Result<PropertyPage, ListError> {
        let shown = listings
            .into_iter()
            .map(|listing| listing.shown(&self.media));
        Ok(PropertyPage {
            items: shown.collect(),
            next_page_token: list.next(next).await?,
        })
    }
}
