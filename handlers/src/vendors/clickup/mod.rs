//! ClickUp, where tasks have their source of truth: its API v2.
//!
//! A workspace is called a team there. Nothing has a version that a write could name, so the last write wins; a task has no key of
//! idempotency either, so a creation of which nobody knows what became is [`VendorError::Doubtful`].

mod field;
mod task;
mod webhook;

use chrono::{DateTime, Utc};
use civicforge_kernel::secret_text::SecretText;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::http::{Answer, Ask, Shared, Verdict, Way, in_general, misfit};
use super::tolerant::{integer, or_default, text};
use super::{Said, VendorError};

pub use field::{Field, FieldOption, FieldSetting, option_of};
pub use task::{Assignees, NewTask, Person, Place, Status, Task, TaskChanges};
pub use webhook::{Health, NewWebhook, Scope, Webhook};

/// Where its API is.
pub const ADDRESS: &str = "https://api.clickup.com/api/v2";

/// Its name: that of its breaker, and in telemetry.
pub const NAME: &str = "ClickUp";

/// It counts requests by the minute, and a clock may be off.
const LONGEST_WAIT: i64 = 60;

/// Where it is, and who we are to it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where its API is: [`ADDRESS`], but for tests.
    pub address: Url,
    /// A personal token (`pk_…`), or one of OAuth.
    pub token: SecretText,
}

/// A client of ClickUp. Clones are the same.
#[derive(Debug, Clone)]
pub struct ClickUp(Way);

/// Which tasks of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TaskQuery {
    /// Changed after this; all where it is none. Whether a task of this very millisecond is among them is not documented.
    pub updated_after: Option<DateTime<Utc>>,
    /// Those that are closed too. Without them a closed task looks like one that was deleted.
    pub include_closed: bool,
    /// Subtasks too.
    pub subtasks: bool,
    /// From 0.
    pub page: u32,
}

/// A page of tasks, those first that were changed last.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPage {
    /// Those that can be read.
    pub tasks: Vec<Task>,
    /// Those that have another shape than the documented one.
    pub unreadable: Vec<UnreadableTask>,
    /// Whether there may be another page.
    pub has_more: bool,
}

/// A task that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableTask {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Where it is different, without its values.
    pub why: String,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct List {
    /// Its id.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// The statuses that its tasks can have.
    #[serde(default, deserialize_with = "or_default")]
    pub statuses: Vec<Status>,
    /// The space that it is in.
    #[serde(default)]
    pub space: Option<Place>,
    /// Whether it is archived.
    #[serde(default, deserialize_with = "or_default")]
    pub archived: bool,
}

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Team {
    /// Its id.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who belongs to it.
    #[serde(default, deserialize_with = "or_default")]
    pub members: Vec<Member>,
}

/// Who belongs to a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Member {
    /// The person.
    pub user: Person,
}

impl ClickUp {
    /// The client with these settings.
    ///
    /// # Errors
    ///
    /// The token has characters that no header can have.
    pub fn new(settings: &Settings, shared: Shared) -> Result<Self, VendorError> {
        let token = settings.token.expose();
        // `Bearer` before a personal token is answered as a bad token is.
        let authorization = match token.starts_with("pk_") {
            true => settings.token.clone(),
            false => SecretText::new(format!("Bearer {token}")),
        };
        let (address, token) = (settings.address.clone(), settings.token.clone());
        let way = Way::new(NAME, address, token, judge, shared);
        way.authorized(authorization.expose()).map(Self)
    }

    /// Whether it is left alone now, because of its failures.
    pub fn is_left_alone(&self) -> bool {
        self.0.is_left_alone()
    }

    /// Who the token belongs to, whose changes are our own.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn user(&self) -> Result<Person, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            user: Person,
        }
        let body: Body = self.0.ask(&Ask::get("GetUser", &["user"])).await?;
        Ok(body.user)
    }

    /// The workspaces that the token reaches, with their members.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn teams(&self) -> Result<Vec<Team>, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            teams: Vec<Team>,
        }
        let body: Body = self.0.ask(&Ask::get("GetTeams", &["team"])).await?;
        Ok(body.teams)
    }

    /// A task.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it. A task that was deleted is [`VendorError::Gone`].
    pub async fn task(&self, id: &str) -> Result<Task, VendorError> {
        let task: Task = self.0.ask(&Ask::get("GetTask", &["task", id])).await?;
        same(id, task)
    }

    /// A page of the tasks whose home is a list.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn tasks(&self, list: &str, query: &TaskQuery) -> Result<TaskPage, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            tasks: Vec<Value>,
            last_page: Option<bool>,
        }
        let mut ask = Ask::get("GetTasks", &["list", list, "task"])
            .query("page", query.page)
            // A task that is changed meanwhile moves to the front: others are seen twice, and none is skipped.
            .query("order_by", "updated")
            .query("include_closed", query.include_closed)
            .query("subtasks", query.subtasks);
        if let Some(after) = query.updated_after {
            ask = ask.query("date_updated_gt", after.timestamp_millis());
        }
        let body: Body = self.0.ask(&ask).await?;
        let has_more = !body.tasks.is_empty() && body.last_page != Some(true);
        let mut page = TaskPage {
            tasks: Vec::with_capacity(body.tasks.len()),
            unreadable: Vec::new(),
            has_more,
        };
        for task in body.tasks {
            match serde_path_to_error::deserialize(&task) {
                Ok(task) => page.tasks.push(task),
                Err(error) => page.unreadable.push(UnreadableTask {
                    id: task.get("id").and_then(super::tolerant::as_text),
                    why: misfit(&error.path().to_string(), error.inner()),
                }),
            }
        }
        Ok(page)
    }

    /// A list.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn list(&self, id: &str) -> Result<List, VendorError> {
        let list: List = self.0.ask(&Ask::get("GetList", &["list", id])).await?;
        match list.id == id {
            true => Ok(list),
            false => Err(VendorError::Unreadable(
                "it is about another list".to_owned(),
            )),
        }
    }

    /// The custom fields of a list, in no order.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn fields(&self, list: &str) -> Result<Vec<Field>, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            fields: Vec<Field>,
        }
        let ask = Ask::get("GetFields", &["list", list, "field"]);
        let body: Body = self.0.ask(&ask).await?;
        Ok(body.fields)
    }

    /// Creates a task in a list.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it. After [`VendorError::Doubtful`] there may be one: look for a text of it that is like no other's.
    pub async fn create_task(&self, list: &str, task: &NewTask) -> Result<Task, VendorError> {
        let ask = Ask::new("CreateTask", "POST", &["list", list, "task"]);
        self.0.ask(&ask.creates().json(task)?).await
    }

    /// Changes a task. Custom fields are not among what this can change.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn update_task(&self, id: &str, changes: &TaskChanges) -> Result<Task, VendorError> {
        let ask = Ask::new("UpdateTask", "PUT", &["task", id]).json(changes)?;
        same(id, self.0.ask(&ask).await?)
    }

    /// Sets a custom field of a task.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn set_field(&self, id: &str, set: &FieldSetting) -> Result<(), VendorError> {
        let path = ["task", id, "field", &set.id];
        let ask = Ask::new("SetCustomFieldValue", "POST", &path);
        let ask = ask.json(&json!({ "value": set.value }))?;
        self.0.send(&ask).await.map(drop)
    }

    /// Clears a custom field of a task.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn clear_field(&self, id: &str, field: &str) -> Result<(), VendorError> {
        let path = ["task", id, "field", field];
        let ask = Ask::new("RemoveCustomFieldValue", "DELETE", &path);
        self.0.send(&ask).await.map(drop)
    }

    /// Creates a webhook in a workspace.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it. One that exists for the same place and endpoint is [`VendorError::Refused`] with the code
    /// [`WEBHOOK_EXISTS`].
    pub async fn create_webhook(
        &self,
        team: &str,
        new: &NewWebhook<'_>,
    ) -> Result<Webhook, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            webhook: Webhook,
        }
        let ask = Ask::new("CreateWebhook", "POST", &["team", team, "webhook"]);
        let body: Body = self.0.ask(&ask.creates().json(&new.body())?).await?;
        Ok(body.webhook)
    }

    /// The webhooks of a workspace that the token's owner has made, with their secrets.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn webhooks(&self, team: &str) -> Result<Vec<Webhook>, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            webhooks: Vec<Webhook>,
        }
        let ask = Ask::get("GetWebhooks", &["team", team, "webhook"]);
        let body: Body = self.0.ask(&ask).await?;
        Ok(body.webhooks)
    }

    /// Has a webhook active at this endpoint, for these events: one that was suspended is no longer.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn activate_webhook(
        &self,
        id: &str,
        endpoint: &Url,
        events: &[&str],
    ) -> Result<(), VendorError> {
        let body = json!({ "endpoint": endpoint.as_str(), "events": events, "status": "active" });
        let ask = Ask::new("UpdateWebhook", "PUT", &["webhook", id]).json(&body)?;
        self.0.send(&ask).await.map(drop)
    }

    /// Deletes a webhook.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it. One that was deleted before is [`VendorError::Gone`].
    pub async fn delete_webhook(&self, id: &str) -> Result<(), VendorError> {
        let ask = Ask::new("DeleteWebhook", "DELETE", &["webhook", id]);
        self.0.send(&ask).await.map(drop)
    }
}

/// The code of the refusal of a webhook that exists.
pub const WEBHOOK_EXISTS: &str = "OAUTH_171";

/// An answer about another task was met.
fn same(id: &str, task: Task) -> Result<Task, VendorError> {
    match task.id == id {
        true => Ok(task),
        false => Err(VendorError::Unreadable(
            "it is about another task".to_owned(),
        )),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    #[serde(deserialize_with = "or_default")]
    err: String,
    #[serde(rename = "ECODE")]
    code: Option<String>,
}

fn judge(answer: &Answer) -> Verdict {
    match answer.status {
        200..300 => return Verdict::Done,
        429 => return Verdict::Wait(answer.retry_after().or_else(|| until_reset(answer))),
        _ => {}
    }
    if let Some(verdict) = in_general(answer) {
        return verdict;
    }
    let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_else(|_| Refusal {
        err: answer.kind().to_owned(),
        code: None,
    });
    let code = refusal.code.as_deref();
    let said = Said::new(answer.status, code, &refusal.err);
    Verdict::Failed(match (answer.status, code) {
        (401, Some(code)) if is_of_another_workspace(code) => VendorError::Gone(said),
        (401, _) => VendorError::Credentials(said),
        // There is no such route, whatever the id.
        (404, Some("APP_001")) => VendorError::Refused(said),
        (404, _) => VendorError::Gone(said),
        _ => VendorError::Refused(said),
    })
}

/// Also what it says of an id that does not exist.
fn is_of_another_workspace(code: &str) -> bool {
    let number = code
        .strip_prefix("OAUTH_")
        .and_then(|number| number.parse().ok());
    matches!(number, Some(23 | 26 | 27 | 29..=45))
}

/// The header is in seconds since 1970.
fn until_reset(answer: &Answer) -> Option<std::time::Duration> {
    let reset: i64 = answer.header("x-ratelimit-reset")?.trim().parse().ok()?;
    let wait = reset.saturating_sub(answer.at.timestamp());
    Some(std::time::Duration::from_secs(
        wait.clamp(0, LONGEST_WAIT).unsigned_abs(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_foreign_ids_are_those_that_the_vendor_documents() {
        for code in [
            "OAUTH_023",
            "OAUTH_026",
            "OAUTH_027",
            "OAUTH_029",
            "OAUTH_045",
        ] {
            assert!(is_of_another_workspace(code), "{code}");
        }
        for code in [
            "OAUTH_017",
            "OAUTH_019",
            "OAUTH_025",
            "OAUTH_028",
            "OAUTH_046",
            "ITEM_027",
        ] {
            assert!(!is_of_another_workspace(code), "{code}");
        }
    }
}
