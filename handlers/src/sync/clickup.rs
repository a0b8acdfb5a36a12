//! Working on what has come in from ClickUp: the task is read there, and becomes so here.

use std::sync::Arc;
use std::time::Duration;

use civicforge_api::types::{ShopId, TaskUrgency};
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::fresh::Fresh;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use civicforge_kernel::text::fit;
use futures::future::BoxFuture;
use serde_json::Value;
use uuid::Uuid;

use super::intake::{CLICK_UP_EVENT, ClickUpEvent, UNREADABLE};
use super::vendors::Vendors;
use crate::tasks::Tasks;
use crate::tasks::follow::{Followed, Rule, Seen};
use crate::tasks::mapping::{ClickUpMapping, Mapping};
use crate::tasks::rules::TaskStatus;
use crate::vendors::VendorError;
use crate::vendors::clickup::{ClickUp, Field, Task};

/// How long a worker goes by a mapping that it has read.
const FRESH: Duration = Duration::from_secs(30);

/// The most characters of texts; the contract has them too.
const TITLE: usize = 200;
const DESCRIPTION: usize = 5000;
const NAME: usize = 100;

/// Takes what has come in from ClickUp. Clones are the same.
#[derive(Clone)]
pub struct FromClickUp {
    /// The tasks.
    pub tasks: Arc<Tasks>,
    /// The way to ClickUp.
    pub vendors: Vendors,
    mapping: Fresh<Option<Arc<Mapping>>>,
}

impl FromClickUp {
    /// By this way, into these tasks.
    pub fn new(tasks: Arc<Tasks>, vendors: Vendors) -> Self {
        Self {
            tasks,
            vendors,
            mapping: Fresh::default(),
        }
    }
}

impl Destination for FromClickUp {
    fn name(&self) -> &'static str {
        "from:clickup"
    }

    /// Nothing that happens here: what is for it names it.
    fn takes<'a>(&'a self, _kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(std::future::ready(Ok(false)))
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            let never = |why: String| Err(DeliveryError::Never(why));
            match message.kind.as_str() {
                CLICK_UP_EVENT => match serde_json::from_str(&message.payload) {
                    Ok(event) => self.work_on(&event).await,
                    Err(error) => never(format!("the event is damaged: {error}")),
                },
                UNREADABLE => never("its shape is not the documented one".to_owned()),
                other => never(format!("nothing is known of {other}")),
            }
        })
    }
}

impl FromClickUp {
    async fn work_on(&self, event: &ClickUpEvent) -> Result<(), DeliveryError> {
        if event.event == "taskDeleted" {
            self.tasks.forget(&event.task_id).await?;
            return Ok(());
        }
        match self.click_up().await?.task(&event.task_id).await {
            Ok(task) => {
                self.take(&task, Rule::Merge).await?;
            }
            Err(VendorError::Gone(_)) => {
                self.tasks.forget(&event.task_id).await?;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// The way to ClickUp. Where there is none yet, what needs it waits.
    pub(super) async fn click_up(&self) -> Result<ClickUp, DeliveryError> {
        let click_up = self.vendors.clients().await?.click_up;
        click_up.ok_or_else(|| DeliveryError::Later("ClickUp is not configured".to_owned()))
    }

    /// What ClickUp's lists and fields are here, as it was said at most half a minute ago.
    pub(super) async fn mapping(&self) -> Result<Option<Arc<Mapping>>, StoreError> {
        let read = async || {
            let mapping = Mapping::read(&self.tasks.table).await?;
            Ok(mapping.map(Arc::new))
        };
        self.mapping.within(FRESH, read).await
    }

    /// Has a task that was read in ClickUp be so here.
    ///
    /// # Errors
    ///
    /// The table fails, or the task is damaged there.
    pub async fn take(&self, task: &Task, rule: Rule) -> Result<Followed, StoreError> {
        let Some(mapping) = self.mapping().await? else {
            return Ok(Followed::Unchanged);
        };
        match meaning(task, &mapping) {
            Ok(seen) => self.tasks.follow(&seen, rule).await,
            Err(why) => {
                tracing::debug!(clickUpId = task.id, why, "a task is not published");
                self.tasks.forget(&task.id).await?;
                Ok(Followed::Unchanged)
            }
        }
    }
}

/// What a task of ClickUp is here, by a mapping; or why it is nothing that is published.
fn meaning(task: &Task, mapping: &Mapping) -> Result<Seen, &'static str> {
    let click_up = mapping.click_up.as_ref().ok_or("no list is published")?;
    if task.archived {
        return Err("it is archived");
    }
    let mut lists = click_up.lists.iter();
    let list = lists.find(|list| list.list == task.list.id);
    let list = list.ok_or("its list is not published")?;
    let field = |id: &Option<String>| id.as_ref().and_then(|id| task.field(id));
    let shop = match &list.shop {
        Some(shop) => Some(shop.as_str()),
        None => field(&click_up.fields.shop)
            .and_then(Field::option)
            .and_then(|option| mapping.shop_of_option(&option.name)),
    };
    let shop = shop.and_then(|shop| ShopId::try_from(shop.to_owned()).ok());
    let shop = shop.ok_or("it is of no shop")?;
    let kind = field(&click_up.fields.problem_type);
    let kind = kind.and_then(|field| match field.option() {
        Some(option) => Some(option.name.clone()),
        None => field.text().filter(|_| field.options.is_empty()),
    });
    let name = |text: &str| Some(fit::line(text, NAME)).filter(|text| !text.is_empty());
    let title = Some(fit::line(&task.name, TITLE)).filter(|title| !title.is_empty());
    let (description, origin) = description(task);
    let assignee = task
        .assignees
        .iter()
        .find_map(|one| one.username.as_deref());
    Ok(Seen {
        id: task.id.clone(),
        url: format!("https://app.clickup.com/t/{}", task.id),
        title: title.unwrap_or_else(|| "Untitled".to_owned()),
        description,
        origin,
        shop,
        status: status(task, click_up),
        urgency: urgency(task.priority),
        problem_type: click_up
            .fields
            .problem_type
            .is_some()
            .then(|| kind.and_then(|kind| name(&kind))),
        major_repair: click_up
            .fields
            .major_repair
            .is_some()
            .then(|| field(&click_up.fields.major_repair).and_then(Field::is_checked))
            .map(Option::unwrap_or_default),
        assignee: assignee.and_then(name),
        created_at: task.date_created,
        updated_at: task.date_updated,
    })
}

/// A status that the mapping does not name is what its type says.
pub(super) fn status(task: &Task, click_up: &ClickUpMapping) -> TaskStatus {
    let named = click_up.statuses.status(&task.status.name);
    named.unwrap_or_else(|| {
        tracing::warn!(
            list = task.list.id,
            kind = task.status.kind,
            "a status is not in the mapping"
        );
        match task.status.kind.as_str() {
            "open" | "unstarted" => TaskStatus::Open,
            "done" | "closed" => TaskStatus::Done,
            _ => TaskStatus::InProgress,
        }
    })
}

fn urgency(priority: Option<u8>) -> TaskUrgency {
    match priority {
        Some(1) => TaskUrgency::Critical,
        Some(2) => TaskUrgency::High,
        Some(4) => TaskUrgency::Low,
        _ => TaskUrgency::Medium,
    }
}

/// The text of a description. It may be the editor's own JSON, of which the texts are taken.
fn description(task: &Task) -> (Option<String>, Option<Uuid>) {
    let texts = [&task.text_content, &task.description];
    let mut texts = texts.into_iter().flatten();
    let Some(text) = texts.find(|text| !text.trim().is_empty()) else {
        return (None, None);
    };
    let text = of_editor(text).unwrap_or_else(|| text.clone());
    let (text, origin) = match text.trim_end().rsplit_once(ORIGIN) {
        Some((text, id)) if Uuid::try_parse(id).is_ok() => (text, Uuid::try_parse(id).ok()),
        _ => (text.as_str(), None),
    };
    let text = fit::plain(text, DESCRIPTION);
    (Some(text).filter(|text| !text.is_empty()), origin)
}

/// How the last line of the description begins of a task that was created for one here; its id follows. Nothing else tells one creation
/// from another, where it is not known what has become of the call.
pub(super) const ORIGIN: &str = "CivicForge task ";

fn of_editor(text: &str) -> Option<String> {
    let read: Value = match text.starts_with('{') {
        true => serde_json::from_str(text).ok()?,
        false => return None,
    };
    let parts = read.get("ops")?.as_array()?.iter();
    Some(
        parts
            .filter_map(|part| part.get("insert")?.as_str())
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mapping() -> Mapping {
        serde_json::from_value(json!({
            "shops": {"woodshop": {"name": "Woodshop"}, "lasers": {"name": "Lasers"}},
            "clickUp": {
                "team": "9001",
                "lists": [{"list": "901", "shop": "woodshop"}, {"list": "902"}],
                "statuses": {"open": ["to do"], "inProgress": ["doing"], "done": ["complete"]},
                "fields": {"shop": "f1", "problemType": "f2", "majorRepair": "f3"},
            },
        }))
        .unwrap()
    }

    fn task() -> Value {
        json!({
            "id": "t1", "name": " The band\tsaw ", "text_content": "It hums.\r\nLoudly.",
            "status": {"status": "To Do", "type": "open"},
            "date_created": "1760000000000", "date_updated": 1_760_000_000_001_u64,
            "assignees": [{"id": 7, "username": null}, {"id": 8, "username": "Vera", "email": "vera@example.org"}],
            "priority": {"id": "2"}, "list": {"id": "901"}, "url": "javascript:alert(1)",
            "custom_fields": [
                {"id": "f1", "type": "drop_down", "value": 0, "type_config": {"options": [{"id": "o1", "name": "lasers", "orderindex": 0}]}},
                {"id": "f2", "type": "short_text", "value": "Equipment"},
                {"id": "f3", "type": "checkbox", "value": "true"},
                {"id": "f9", "type": "email", "value": "private@example.org"},
            ],
        })
    }

    fn seen(task: Value) -> Result<Seen, &'static str> {
        let task = serde_json::from_value(task).unwrap();
        meaning(&task, &mapping())
    }

    fn with(pointer: &str, value: Value) -> Result<Seen, &'static str> {
        let mut task = task();
        match task.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => task[&pointer[1..]] = value,
        }
        seen(task)
    }

    #[test]
    fn a_task_is_read_by_the_mapping_and_nothing_else_of_it() {
        let seen = seen(task()).unwrap();
        assert_eq!(seen.title, "The band saw");
        assert_eq!(seen.description.as_deref(), Some("It hums.\nLoudly."));
        assert_eq!(
            (&*seen.shop.clone().into_inner(), seen.status),
            ("woodshop", TaskStatus::Open)
        );
        assert_eq!(seen.urgency, TaskUrgency::High);
        assert_eq!(seen.problem_type, Some(Some("Equipment".to_owned())));
        assert_eq!(
            (seen.major_repair, seen.assignee.as_deref()),
            (Some(true), Some("Vera"))
        );
        assert_eq!(seen.url, "https://app.clickup.com/t/t1");
        assert!(!format!("{seen:?}").contains("private@"));
    }

    #[test]
    fn what_is_not_in_the_mapping_is_not_published() {
        for (pointer, value, why) in [
            ("/list/id", json!("903"), "its list is not published"),
            ("/archived", json!(true), "it is archived"),
        ] {
            assert_eq!(with(pointer, value).unwrap_err(), why);
        }
        let mut other = task();
        other["list"]["id"] = json!("902");
        assert_eq!(&*seen(other.clone()).unwrap().shop.into_inner(), "lasers");
        for value in [json!(null), json!(5), json!("o2"), json!({})] {
            other["custom_fields"][0]["value"] = value;
            assert_eq!(seen(other.clone()).unwrap_err(), "it is of no shop");
        }
    }

    #[test]
    fn statuses_and_texts_of_any_form_are_read() {
        for (name, kind, expected) in [
            ("DOING", "custom", TaskStatus::InProgress),
            ("complete", "open", TaskStatus::Done),
            ("new one", "unstarted", TaskStatus::Open),
            ("new one", "closed", TaskStatus::Done),
            ("new one", "whatever", TaskStatus::InProgress),
        ] {
            let seen = with("/status", json!({"status": name, "type": kind})).unwrap();
            assert_eq!(seen.status, expected, "{name} {kind}");
        }
        for (text, expected) in [
            (json!(null), None),
            (json!(" \n "), None),
            (json!("<b>x</b>\u{0}\u{202e}y"), Some("<b>x</b>y")),
            (
                json!(
                    r#"{"ops": [{"insert": "It "}, {"insert": {"image": "x"}}, {"insert": "hums."}]}"#
                ),
                Some("It hums."),
            ),
            (json!("{not json"), Some("{not json")),
        ] {
            let seen = with("/text_content", text.clone()).unwrap();
            assert_eq!(seen.description.as_deref(), expected, "{text}");
        }
        let long = with("/text_content", json!("é".repeat(6000))).unwrap();
        assert_eq!(long.description.unwrap().chars().count(), DESCRIPTION);
        let id = "019cadd4-5620-7b25-8b4c-9a1f0e6f7a11";
        let ours = with(
            "/text_content",
            json!(format!("It hums.\n\n{ORIGIN}{id}\n")),
        )
        .unwrap();
        assert_eq!(ours.description.as_deref(), Some("It hums."));
        assert_eq!(ours.origin.unwrap().to_string(), id);
        assert_eq!(
            with("/name", json!("\u{200b}\n")).unwrap().title,
            "Untitled"
        );
        assert_eq!(
            with("/name", json!("x".repeat(300))).unwrap().title.len(),
            TITLE
        );
    }
}
