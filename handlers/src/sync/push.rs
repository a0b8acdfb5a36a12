//! Telling ClickUp what volunteers do.
//!
//! A message only says that something is to be told. What is written is what the task is then, so it makes no difference in which order
//! messages come, and one whose version is there already finds nothing to do. Before that the task is read there: if it has moved on,
//! ClickUp is right, and nothing is written.

use std::time::Duration;

use civicforge_api::types::TaskUrgency;
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::fresh::Fresh;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::clickup::{FromClickUp, ORIGIN, status};
use super::told::{self, Told};
use crate::tasks::events::{LINKED, REPORTED};
use crate::tasks::follow::Rule;
use crate::tasks::item::{InClickUp, Task};
use crate::tasks::mapping::{ClickUpMapping, Mapping};
use crate::users;
use crate::vendors::VendorError;
use crate::vendors::clickup::Task as TaskThere;
use crate::vendors::clickup::{
    Assignees, ClickUp, Field, FieldSetting, NewTask, TaskChanges, TaskQuery, Team,
};

/// The kinds of what is told. That of a reported problem is the one that creates a task there: two that did so at once would create two.
const KINDS: [&str; 4] = [REPORTED, "task.claimed", "task.released", "task.completed"];

/// How long a worker goes by who belongs to the workspace.
const FRESH: Duration = Duration::from_secs(600);

/// How many pages of a list are looked through for a task that may have been created.
const PAGES: u32 = 5;

/// Tells ClickUp.
pub struct ToClickUp {
    from: FromClickUp,
    teams: Fresh<Vec<Team>>,
}

impl Destination for ToClickUp {
    fn name(&self) -> &'static str {
        "to:clickup"
    }

    fn takes<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            if kind != LINKED && !KINDS.contains(&kind) {
                return Ok(false);
            }
            let mapping = self.from.mapping().await?;
            let by = mapping
                .as_ref()
                .and_then(|mapping| mapping.click_up.as_ref());
            Ok(by.is_some_and(|by| kind != LINKED || by.fields.has_addresses()))
        })
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            let Some(told) = told::read(&self.from, message).await? else {
                return Ok(());
            };
            self.tell(&message.kind, &told).await
        })
    }
}

impl ToClickUp {
    /// By the way that what comes in has too.
    pub fn new(from: FromClickUp) -> Self {
        Self {
            from,
            teams: Fresh::default(),
        }
    }

    async fn tell(&self, kind: &str, told: &Told) -> Result<(), DeliveryError> {
        let (task, mapping) = (&told.task, &*told.mapping);
        let Some(by) = &mapping.click_up else {
            // Nothing is kept in sync any more.
            return Ok(());
        };
        let Some(list) = list_of(task, by) else {
            tracing::warn!(shop = %task.shop, "a task stays here: no list of ClickUp is for its shop");
            return Ok(());
        };
        let click_up = self.from.click_up().await?;
        match &task.click_up {
            None if kind == REPORTED => self.create(&click_up, task, list, mapping, by).await,
            None => Err(DeliveryError::Later("the task is not there yet".to_owned())),
            Some(known) if kind == LINKED => addresses(&click_up, task, known, by).await,
            Some(known) if known.pushed_version >= task.version => Ok(()),
            Some(known) => self.change(&click_up, task, known, by).await,
        }
    }

    /// Creates the task there, or finds the one that a call has created of which nobody knows what has become.
    async fn create(
        &self,
        click_up: &ClickUp,
        task: &Task,
        list: &str,
        mapping: &Mapping,
        by: &ClickUpMapping,
    ) -> Result<(), DeliveryError> {
        let marker = format!("{ORIGIN}{}", task.task_id);
        let there = match find(click_up, list, task, &marker).await? {
            Some(there) => there,
            None => {
                let fields = match by.fields.is_empty() {
                    true => Vec::new(),
                    false => click_up.fields(list).await?,
                };
                let description = task.description.as_deref();
                let description =
                    description.map_or_else(String::new, |text| format!("{text}\n\n"));
                let new = NewTask {
                    name: task.title.clone(),
                    description: Some(format!("{description}{marker}")),
                    status: by.statuses.names(task.status).first().cloned(),
                    priority: Some(priority(task.urgency)),
                    assignees: Vec::new(),
                    custom_fields: settings(task, mapping, by, &fields),
                };
                click_up.create_task(list, &new).await?
            }
        };
        self.from.take(&there, Rule::Merge).await?;
        Ok(())
    }

    /// Has the task there be what it is here, if it has not moved on there.
    async fn change(
        &self,
        click_up: &ClickUp,
        task: &Task,
        known: &InClickUp,
        by: &ClickUpMapping,
    ) -> Result<(), DeliveryError> {
        let there = match click_up.task(&known.id).await {
            Ok(there) => there,
            Err(VendorError::Gone(_)) => {
                self.from.tasks.forget(&known.id).await?;
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        if status(&there, by) != known.status {
            self.from.take(&there, Rule::Merge).await?;
            return Ok(());
        }
        let volunteer = self.volunteer(click_up, task, by).await?;
        let named = there.assignees.iter().map(|person| person.id);
        let assignees = match volunteer.id {
            Some(id) => Assignees {
                add: vec![id],
                rem: named.filter(|other| *other != id).collect(),
            },
            None => Assignees {
                add: Vec::new(),
                rem: named.collect(),
            },
        };
        let changes = TaskChanges {
            status: by.statuses.names(task.status).first().cloned(),
            assignees: Some(assignees),
            ..TaskChanges::default()
        };
        let there = match click_up.update_task(&known.id, &changes).await {
            Ok(there) => there,
            Err(VendorError::Refused(said)) => {
                tracing::warn!(taskId = %task.task_id, %said, "ClickUp refuses what a volunteer has done");
                self.from.take(&there, Rule::ClickUp).await?;
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(field) = &by.fields.volunteer {
            match &volunteer.name {
                Some(name) => {
                    let set = FieldSetting {
                        id: field.clone(),
                        value: json!(name),
                    };
                    click_up.set_field(&known.id, &set).await?;
                }
                None => click_up.clear_field(&known.id, field).await?,
            }
        }
        let tasks = &self.from.tasks;
        let pushed = tasks.pushed(task.task_id, task.version, task.status, there.date_updated);
        Ok(pushed.await?)
    }

    /// Who has the task: a user of ClickUp by the e-mail address, if that is known to be the member's own; else a name.
    async fn volunteer(
        &self,
        click_up: &ClickUp,
        task: &Task,
        by: &ClickUpMapping,
    ) -> Result<Volunteer, DeliveryError> {
        let Some(member) = task.volunteer_id else {
            return Ok(Volunteer::default());
        };
        let account = users::store::find(&self.from.tasks.table, member).await?;
        let Some(account) = account else {
            return Ok(Volunteer::default());
        };
        let teams = self
            .teams
            .within(FRESH, async || click_up.teams().await)
            .await?;
        let team = teams.iter().find(|team| team.id == by.team);
        let mut members = team.into_iter().flat_map(|team| &team.members);
        let has_address = |email: &Option<String>| {
            let email = email.as_ref();
            email.is_some_and(|email| email.eq_ignore_ascii_case(&account.email))
        };
        let found =
            members.find(|member| account.email_verified && has_address(&member.user.email));
        Ok(match found {
            Some(found) => Volunteer {
                id: Some(found.user.id),
                name: None,
            },
            None => Volunteer {
                id: None,
                name: Some(account.name),
            },
        })
    }
}

/// Has the fields of addresses there say where the task is talked about.
async fn addresses(
    click_up: &ClickUp,
    task: &Task,
    known: &InClickUp,
    by: &ClickUpMapping,
) -> Result<(), DeliveryError> {
    let there = match click_up.task(&known.id).await {
        Ok(there) => there,
        // Its event, or the next reading of all lists, says so.
        Err(VendorError::Gone(_)) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for (field, address) in [
        (&by.fields.slack_url, &task.slack_url),
        (&by.fields.discourse_url, &task.discourse_url),
    ] {
        let (Some(field), Some(address)) = (field, address) else {
            continue;
        };
        if there.field(field).and_then(Field::text).as_ref() != Some(address) {
            let set = FieldSetting {
                id: field.clone(),
                value: json!(address),
            };
            click_up.set_field(&known.id, &set).await?;
        }
    }
    Ok(())
}

/// The list that a task of this shop is created in.
fn list_of<'a>(task: &Task, by: &'a ClickUpMapping) -> Option<&'a str> {
    let shop = task.shop.as_str();
    let mut lists = by.lists.iter();
    let list = lists.find(|list| list.shop.as_deref().is_none_or(|of| of == shop));
    list.map(|list| list.list.as_str())
}

/// Who has a task, in ClickUp's words.
#[derive(Default)]
struct Volunteer {
    id: Option<i64>,
    name: Option<String>,
}

/// The task with a marker in its description, among those that were changed since the task was made here.
async fn find(
    click_up: &ClickUp,
    list: &str,
    task: &Task,
    marker: &str,
) -> Result<Option<TaskThere>, VendorError> {
    for page in 0..PAGES {
        let query = TaskQuery {
            // Clocks differ.
            updated_after: task
                .created_at
                .checked_sub_signed(chrono::TimeDelta::minutes(5)),
            include_closed: true,
            subtasks: false,
            page,
        };
        let found = click_up.tasks(list, &query).await?;
        let has_marker =
            |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains(marker));
        let mut tasks = found.tasks.into_iter();
        let one = tasks.find(|one| has_marker(&one.text_content) || has_marker(&one.description));
        if one.is_some() || !found.has_more {
            return Ok(one);
        }
    }
    Ok(None)
}

/// The custom fields of a new task, as far as their list has them.
fn settings(
    task: &Task,
    mapping: &Mapping,
    by: &ClickUpMapping,
    fields: &[Field],
) -> Vec<FieldSetting> {
    let shop = mapping
        .shops
        .get(task.shop.as_str())
        .map(|shop| shop.option());
    let choose = |id: &Option<String>, name: &str| {
        let field = fields.iter().find(|field| Some(&field.id) == id.as_ref())?;
        let mut options = field.options.iter();
        let option = options.find(|option| option.name.eq_ignore_ascii_case(name));
        let value = match (option, field.options.is_empty()) {
            (Some(option), _) => Value::from(option.id.clone()),
            (None, true) => Value::from(name),
            (None, false) => return None,
        };
        Some(FieldSetting {
            id: field.id.clone(),
            value,
        })
    };
    let major = by.fields.major_repair.as_ref().map(|id| FieldSetting {
        id: id.clone(),
        value: json!(task.major_repair),
    });
    [
        shop.and_then(|shop| choose(&by.fields.shop, shop)),
        task.problem_type
            .as_ref()
            .and_then(|kind| choose(&by.fields.problem_type, kind)),
        major,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn priority(urgency: TaskUrgency) -> u8 {
    match urgency {
        TaskUrgency::Critical => 1,
        TaskUrgency::High => 2,
        TaskUrgency::Medium => 3,
        TaskUrgency::Low => 4,
    }
}
