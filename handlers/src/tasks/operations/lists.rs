//! Lists of shops and tasks, page by page.

use civicforge_api::tasks::ListTasksRequest;
use civicforge_api::types::{self, ShopPage, TaskFilter, TaskPage, TaskUrgency};
use civicforge_kernel::lists::{List, ListError, PageRequest, pointer, readable};
use civicforge_kernel::table::cursor::Position;
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::item::{Item, text as text_of};
use civicforge_kernel::table::{Index, Key, Reads, StoreError};

use crate::members::Member;
use crate::tasks::item::Task;
use crate::tasks::rules::TaskStatus;
use crate::tasks::shops::{Shop, open_tasks};
use crate::tasks::{Tasks, keys};

impl Tasks {
    /// Every shop, by its short name.
    pub(crate) async fn all_shops(&self, page: PageRequest<'_>) -> Result<ShopPage, ListError> {
        let list = List::new(&self.keys, "listShops", "", &[], page);
        let start = list.start().await?;
        let feed = Feed::new(Index::Gsi2, vec![keys::SHOPS.to_owned()]).oldest_first();
        let found = feed.page(&self.table, list.limit(), start, |item| {
            Ok(readable::<Shop>(item))
        });
        let found = found.await?;
        let open = open_tasks(&self.table, &found.items).await?;
        let shops = found.items.into_iter().zip(open);
        Ok(ShopPage {
            items: shops
                .map(|(shop, open_tasks)| types::Shop {
                    shop: shop.shop,
                    name: shop.name,
                    open_tasks,
                })
                .collect(),
            next_page_token: list.next(found.next.as_ref()).await?,
        })
    }

    /// The tasks of a status or of all, of a shop or of all, of an urgency or any.
    pub(crate) async fn all_tasks(
        &self,
        request: &ListTasksRequest,
    ) -> Result<TaskPage, ListError> {
        let shop = request.shop.as_ref().map(|shop| shop.as_str());
        let urgency = request.urgency;
        let filters = [
            ("shop", shop.unwrap_or_default()),
            ("status", request.status.as_str()),
            ("urgency", urgency.map_or("", TaskUrgency::as_str)),
        ];
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let list = List::new(&self.keys, "listTasks", "", &filters, page);
        let start = list.start().await?;
        let statuses = statuses(request.status);
        let (tasks, next) = match shop {
            Some(shop) => self.of_shop(shop, statuses, urgency, &list, start).await?,
            None => {
                let shards = self.shards.now().await?.readers;
                let partitions = statuses
                    .iter()
                    .flat_map(|status| keys::feed(*status, shards));
                let feed = Feed::new(Index::Gsi2, partitions.collect());
                let mut last = None;
                let found = feed.page(&self.table, list.limit(), start, |item| {
                    let other = urgency.is_some_and(|wanted| !has_urgency(&item, wanted));
                    if other {
                        return Ok(None);
                    }
                    // A task that moves from one status to the next while the page is read can be met in both.
                    let task = readable(item).filter(|task: &Task| last != Some(task.task_id));
                    last = task.as_ref().map(|task| task.task_id).or(last);
                    Ok(task)
                });
                let found = found.await?;
                (found.items, found.next)
            }
        };
        page_of(&list, tasks, next.as_ref()).await
    }

    async fn of_shop(
        &self,
        shop: &str,
        statuses: &[TaskStatus],
        urgency: Option<TaskUrgency>,
        list: &List<'_>,
        start: Option<Position>,
    ) -> Result<(Vec<Task>, Option<Position>), StoreError> {
        let partitions = statuses.iter().map(|status| keys::of_shop(shop, *status));
        let feed = Feed::new(Index::Gsi1, partitions.collect());
        let shown = |task: &Task| {
            statuses.contains(&task.status) && urgency.is_none_or(|wanted| task.urgency == wanted)
        };
        let found = feed.page_of_others(
            &self.table,
            (list.limit(), start),
            Reads::Eventual,
            Key::of,
            |item| readable(item).filter(shown),
        );
        let found = found.await?;
        Ok((found.items, found.next))
    }

    /// The tasks that a member has, or has done.
    pub(crate) async fn tasks_of(
        &self,
        member: &Member,
        page: PageRequest<'_>,
    ) -> Result<TaskPage, ListError> {
        let principal = member.user_id.to_string();
        let list = List::new(&self.keys, "listMyTasks", &principal, &[], page);
        let start = list.start().await?;
        let (partition, prefix) = keys::claimed_by(member.user_id);
        let feed = Feed::new(Index::Main, vec![partition]).prefix(prefix);
        let found = feed.page_of_others(
            &self.table,
            (list.limit(), start),
            Reads::Consistent,
            |entry| pointer(entry, "taskId").map(keys::key),
            // One that was given back since the list was read is no longer the member's.
            |item| {
                let is_theirs = |task: &Task| task.volunteer_id == Some(member.user_id);
                readable(item).filter(is_theirs)
            },
        );
        let found = found.await?;
        page_of(&list, found.items, found.next.as_ref()).await
    }
}

/// The page of a list.
async fn page_of(
    list: &List<'_>,
    tasks: Vec<Task>,
    next: Option<&Position>,
) -> Result<TaskPage, ListError> {
    Ok(TaskPage {
        items: tasks.into_iter().map(Into::into).collect(),
        next_page_token: list.next(next).await?,
    })
}

fn statuses(filter: TaskFilter) -> &'static [TaskStatus] {
    match filter {
        TaskFilter::Open => &[TaskStatus::Open],
        TaskFilter::InProgress => &[TaskStatus::InProgress],
        TaskFilter::Done => &[TaskStatus::Done],
        TaskFilter::All => &TaskStatus::ALL,
    }
}

fn has_urgency(item: &Item, wanted: TaskUrgency) -> bool {
    text_of(item, "urgency").is_ok_and(|urgency| urgency == wanted.as_str())
}
