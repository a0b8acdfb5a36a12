//! Lists of quests, newest first, page by page.

use civicforge_api::types::{QuestPage, QuestRole, QuestStatus};
use civicforge_kernel::failure::Failure;
use civicforge_kernel::table::cursor::{Binding, Position};
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::item::{Item, text as text_of};
use civicforge_kernel::table::{Index, Key, Reads, StoreError, from_item};
use civicforge_runtime::codes::InvalidPageToken;
use civicforge_runtime::error::{Declares, OperationError};
use civicforge_runtime::status::{BadRequest, InternalServerError, ServiceUnavailable};
use uuid::Uuid;

use super::Quests;
use super::item::Quest;
use super::keys;
use super::text;
use crate::members::Member;

/// Why there is no page.
#[derive(Debug)]
pub enum NoPage {
    /// The page token is not one of this list.
    Token(BadRequest<InvalidPageToken>),
    /// The lists can not be read.
    Failed(Failure),
}

impl From<Failure> for NoPage {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for NoPage {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl<O> From<NoPage> for OperationError<O>
where
    O: Declares<BadRequest<InvalidPageToken>>
        + Declares<InternalServerError>
        + Declares<ServiceUnavailable>,
{
    fn from(missing: NoPage) -> Self {
        match missing {
            NoPage::Token(status) => status.into(),
            NoPage::Failed(failure) => failure.into(),
        }
    }
}

/// Which page is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The most quests that it may have; the contract bounds it.
    pub limit: i32,
    /// Where it starts.
    pub token: Option<&'a str>,
}

impl Wanted<'_> {
    fn limit(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(1).clamp(1, 100)
    }
}

impl Quests {
    /// The quests of a status or of all, with a text in them or any.
    pub(crate) async fn all_quests(
        &self,
        member: &Member,
        status: Option<QuestStatus>,
        search: Option<&str>,
        wanted: Wanted<'_>,
    ) -> Result<QuestPage, NoPage> {
        let needle = search.and_then(text::needle);
        let principal = member.user_id.to_string();
        let filters = [
            ("status", status.map_or("", QuestStatus::as_str)),
            ("search", needle.as_deref().unwrap_or_default()),
        ];
        let binding = Binding {
            operation: "listQuests",
            principal: &principal,
            filters: &filters,
        };
        let start = self.start(wanted, &binding)?;
        let statuses = match &status {
            Some(status) => std::slice::from_ref(status),
            None => &QuestStatus::ALL,
        };
        let shards = self.shards.now().await?.readers;
        let partitions = statuses
            .iter()
            .flat_map(|status| keys::feed(status.as_str(), shards));
        let feed = Feed::new(Index::Gsi2, partitions.collect());
        let _turn = match needle {
            Some(_) => Some(self.searches.turn().await?),
            None => None,
        };
        let mut last = None;
        let page = feed.page(&self.table, wanted.limit(), start, |item| {
            // Most items of a search are not what is searched for, so they are not read any further.
            if needle.as_deref().is_some_and(|needle| !says(&item, needle)) {
                return Ok(None);
            }
            // A quest that moves from one status to the next while the page is read can be met in both.
            let quest = readable(item).filter(|quest| last != Some(quest.quest_id));
            last = quest.as_ref().map(|quest| quest.quest_id).or(last);
            Ok(quest)
        });
        let page = page.await?;
        self.page(page.items, page.next.as_ref(), &binding)
    }

    /// The quests in which a member has a part.
    pub(crate) async fn quests_of(
        &self,
        member: &Member,
        role: QuestRole,
        wanted: Wanted<'_>,
    ) -> Result<QuestPage, NoPage> {
        let principal = member.user_id.to_string();
        let filters = [("role", role.as_str())];
        let binding = Binding {
            operation: "listMyQuests",
            principal: &principal,
            filters: &filters,
        };
        let start = self.start(wanted, &binding)?;
        match role {
            QuestRole::Creator => {
                let (partition, prefix) = keys::created_by(member.user_id);
                let feed = Feed::new(Index::Gsi1, vec![partition]).prefix(prefix);
                let page = feed.page(&self.table, wanted.limit(), start, |item| {
                    Ok(Key::of(&item))
                });
                let page = page.await?;
                // The index has keys alone. It may be behind, and so may what is read by them.
                let quests = self.table.get_many(&page.items, Reads::Eventual).await?;
                let quests = quests.into_iter().flatten().filter_map(readable);
                self.page(quests.collect(), page.next.as_ref(), &binding)
            }
            QuestRole::Performer => {
                let (partition, prefix) = keys::performed_by(member.user_id);
                let feed = Feed::new(Index::Main, vec![partition]).prefix(prefix);
                let page = feed.page(&self.table, wanted.limit(), start, |item| {
                    let quest = performed(&item);
                    if let Err(error) = &quest {
                        tracing::error!(%error, "a damaged pointer to a quest is passed over");
                    }
                    Ok(quest.ok())
                });
                let page = page.await?;
                let keys: Vec<_> = page.items.iter().map(|id| keys::key(*id)).collect();
                let quests = self.table.get_many(&keys, Reads::Consistent).await?;
                let quests = quests.into_iter().flatten().filter_map(readable);
                let mut quests: Vec<Quest> = quests.collect();
                // One that was given back since the list was read is no longer the member's.
                quests.retain(|quest| quest.performer_id == Some(member.user_id));
                self.page(quests, page.next.as_ref(), &binding)
            }
        }
    }

    fn start(&self, wanted: Wanted<'_>, binding: &Binding<'_>) -> Result<Option<Position>, NoPage> {
        let Some(token) = wanted.token else {
            return Ok(None);
        };
        let position = self.keys.now().page_tokens()?.open(token, binding);
        position.map(Some).map_err(|_| {
            let refusal = BadRequest::new(InvalidPageToken);
            NoPage::Token(refusal.detail("The page token was not made for this list."))
        })
    }

    fn page(
        &self,
        quests: Vec<Quest>,
        next: Option<&Position>,
        binding: &Binding<'_>,
    ) -> Result<QuestPage, NoPage> {
        let next_page_token = match next {
            Some(position) => Some(self.keys.now().page_tokens()?.seal(position, binding)?),
            None => None,
        };
        Ok(QuestPage {
            items: quests.into_iter().map(Into::into).collect(),
            next_page_token,
        })
    }
}

/// The quest of an item. A damaged one is logged and left out: one item must not make a list of many unreadable.
fn readable(item: Item) -> Option<Quest> {
    let read = from_item(item);
    if let Err(error) = &read {
        tracing::error!(%error, "a damaged quest is missing in lists");
    }
    read.ok()
}

/// Whether a quest says what is searched for. A damaged one says nothing.
fn says(item: &Item, needle: &str) -> bool {
    let part = |name| text_of(item, name).unwrap_or_default();
    text::contains(needle, part("title"), part("description"))
}

fn performed(item: &Item) -> Result<Uuid, StoreError> {
    let id = text_of(item, "questId")?;
    Uuid::try_parse(id)
        .map_err(|e| StoreError::corrupt(civicforge_kernel::table::item::describe(item), e))
}
