//! A topic on Discourse for each major repair, where people talk about it.
//!
//! A topic has the task's id as its own one there, so a second one cannot be made: what looks for it finds the first. Where topics have to
//! be approved, the task says that one waits; its address is found when something next happens to the task.

use std::sync::Once;

use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use futures::future::BoxFuture;

use super::clickup::FromClickUp;
use super::told::{self, Told};
use crate::tasks::item::Task;
use crate::tasks::links::Link;
use crate::tasks::mapping::Mapping;
use crate::tasks::rules::TaskStatus;
use crate::vendors::discourse::{Created, NewTopic, quoted, title};

/// The kinds of what can make a repair a major one.
const KINDS: [&str; 3] = ["task.reported", "task.created", "task.updated"];

/// Tells Discourse.
pub struct ToDiscourse {
    from: FromClickUp,
    off: Once,
}

impl Destination for ToDiscourse {
    fn name(&self) -> &'static str {
        "to:discourse"
    }

    fn takes<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            if !KINDS.contains(&kind) {
                return Ok(false);
            }
            let mapping = self.from.mapping().await?;
            Ok(mapping.is_some_and(|mapping| {
                let mut shops = mapping.shops.values();
                mapping.discourse_category.is_some()
                    || shops.any(|shop| shop.discourse_category.is_some())
            }))
        })
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(self.tell(message))
    }
}

impl ToDiscourse {
    /// By the way that what comes in has too.
    pub fn new(from: FromClickUp) -> Self {
        Self {
            from,
            off: Once::new(),
        }
    }

    async fn tell(&self, told: &Message) -> Result<(), DeliveryError> {
        let Some(Told { task, mapping }) = told::read(&self.from, told).await? else {
            return Ok(());
        };
        let has_topic = task.discourse_url.is_some();
        if !task.major_repair || has_topic || task.status == TaskStatus::Done {
            return Ok(());
        }
        let Some(category) = category(&task, &mapping) else {
            return Ok(());
        };
        let clients = self.from.vendors.clients().await?;
        let Some(discourse) = clients.discourse else {
            self.off.call_once(|| {
                tracing::info!("Discourse is not configured: major repairs get no topics");
            });
            return Ok(());
        };
        let id = task.task_id.to_string();
        let topic = match task.topic_held {
            true => discourse.topic(&id).await?,
            false => {
                // The end of the id is what is random in it.
                let mark = id.rsplit('-').next().unwrap_or_default();
                let new = NewTopic {
                    title: &title(&task.title, mark),
                    raw: &text(&task, &mapping),
                    category: u32::try_from(category)
                        .map_err(|_| DeliveryError::Never(format!("{category} is no category")))?,
                    external_id: &id,
                };
                match discourse.create_topic(&new).await? {
                    Created::Topic(topic) => Some(topic),
                    Created::Held => {
                        tracing::info!(taskId = %task.task_id, "a topic on Discourse waits until somebody approves it");
                        None
                    }
                }
            }
        };
        let link = match topic {
            Some(topic) => Link::Discourse(topic.url.into()),
            None => Link::HeldTopic,
        };
        self.from.tasks.link(task.task_id, link).await?;
        Ok(())
    }
}

/// The category of the task's shop, or that of all.
fn category(task: &Task, mapping: &Mapping) -> Option<u64> {
    let shop = mapping.shops.get(task.shop.as_str());
    let own = shop.and_then(|shop| shop.discourse_category);
    own.or(mapping.discourse_category)
}

/// What the first post says, in Markdown.
fn text(task: &Task, mapping: &Mapping) -> String {
    let shop = quoted(told::shop(task, mapping));
    let mut parts = vec![format!(
        "Something needs a major repair: {shop}. This is the place to talk about it."
    )];
    if let Some(description) = &task.description {
        let description = quoted(description);
        let lines: Vec<_> = description.lines().collect();
        parts.push(format!("> {}", lines.join("\n> ")));
    }
    if let Some(url) = told::url(task) {
        parts.push(format!("The task in ClickUp: <{url}>"));
    }
    parts.join("\n\n")
}
