//! Lists of quests, newest first, page by page.

use civicforge_api::types::{QuestPage, QuestRole, QuestStatus};
use civicforge_kernel::lists::{List, ListError, PageRequest, pointer, readable};
use civicforge_kernel::table::cursor::Position;
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::item::{Item, text as text_of};
use civicforge_kernel::table::{Index, Key, Reads};
use civicforge_kernel::text::search;

use crate::members::Member;
use crate::quests::Quests;
use crate::quests::item::Quest;
use crate::quests::keys;

impl Quests {
    /// The quests of a status or of all, with a text in them or any.
    pub(crate) async fn all_quests(
        &self,
        member: &Member,
        status: Option<QuestStatus>,
        search: Option<&str>,
        page: PageRequest<'_>,
    ) -> Result<QuestPage, ListError> {
        let needle = search.and_then(search::needle);
        let principal = member.user_id.to_string();
        let filters = [
            ("status", status.map_or("", QuestStatus::as_str)),
            ("search", needle.as_deref().unwrap_or_default()),
        ];
        let list = List::new(&self.keys, "listQuests", &principal, &filters, page);
        let start = list.start().await?;
        let statuses = match &status {
            Some(status) => std::slice::from_ref(status),
            None => &QuestStatus::ALL,
        };
        let shards = self.shards.now().await?.readers;
        let partitions = statuses
            .iter()
            .flat_map(|status| keys::feed(status.as_str(), shards));
        let feed = Feed::new(Index::Gsi2, partitions.collect());
        let _permit = match needle {
            Some(_) => Some(self.searches.permit().await?),
            None => None,
        };
        let mut last = None;
        let found = feed.page(&self.table, list.limit(), start, |item| {
            // Most items of a search are not what is searched for, so they are not read any further.
            if needle.as_deref().is_some_and(|needle| !says(&item, needle)) {
                return Ok(None);
            }
            // A quest that moves from one status to the next while the page is read can be met in both.
            let quest = readable(item).filter(|quest: &Quest| last != Some(quest.quest_id));
            last = quest.as_ref().map(|quest| quest.quest_id).or(last);
            Ok(quest)
        });
        let found = found.await?;
        page_of(&list, found.items, found.next.as_ref()).await
    }

    /// The quests in which a member has a part.
    pub(crate) async fn quests_of(
        &self,
        member: &Member,
        role: QuestRole,
        page: PageRequest<'_>,
    ) -> Result<QuestPage, ListError> {
        let principal = member.user_id.to_string();
        let filters = [("role", role.as_str())];
        let list = List::new(&self.keys, "listMyQuests", &principal, &filters, page);
        let start = list.start().await?;
        match role {
            QuestRole::Creator => {
                let (partition, prefix) = keys::created_by(member.user_id);
                let feed = Feed::new(Index::Gsi1, vec![partition]).prefix(prefix);
                let page = (list.limit(), start);
                let found =
                    feed.page_of_others(&self.table, page, Reads::Eventual, Key::of, readable);
                let found = found.await?;
                page_of(&list, found.items, found.next.as_ref()).await
            }
            QuestRole::Performer => {
                let (partition, prefix) = keys::performed_by(member.user_id);
                let feed = Feed::new(Index::Main, vec![partition]).prefix(prefix);
                let found = feed.page_of_others(
                    &self.table,
                    (list.limit(), start),
                    Reads::Consistent,
                    |entry| pointer(entry, "questId").map(keys::key),
                    // One that was given back since the list was read is no longer the member's.
                    |item| {
                        let is_theirs = |quest: &Quest| quest.performer_id == Some(member.user_id);
                        readable(item).filter(is_theirs)
                    },
                );
                let found = found.await?;
                page_of(&list, found.items, found.next.as_ref()).await
            }
        }
    }
}

/// The page of a list.
async fn page_of(
    list: &List<'_>,
    quests: Vec<Quest>,
    next: Option<&Position>,
) -> Result<QuestPage, ListError> {
    Ok(QuestPage {
        items: quests.into_iter().map(Into::into).collect(),
        next_page_token: list.next(next).await?,
    })
}

/// Whether a quest says what is searched for. A damaged one says nothing.
fn says(item: &Item, needle: &str) -> bool {
    let part = |name| text_of(item, name).unwrap_or_default();
    search::contains(needle, part("title"), part("description"))
}
