//! Telling people on Slack what happens to tasks, in the channels of their shops.
//!
//! A post has no key of idempotency there: one of which nobody knows what has become is made again, so a message may appear twice. It
//! names nobody. What it says of the task is what the task is when it is posted.

use std::sync::Once;

use chrono::TimeDelta;
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{self, DeliveryError};
use futures::future::BoxFuture;

use super::clickup::FromClickUp;
use super::told::{self, Told};
use crate::tasks::item::Task;
use crate::tasks::links::Link;
use crate::tasks::mapping::Mapping;
use crate::tasks::rules::TaskStatus;
use crate::vendors::slack::{Block, Markup, Message, Posted};

/// A task that was created in ClickUp longer ago is no news when it first comes here, as all do when a list is first published.
const NEWS: TimeDelta = TimeDelta::days(1);

/// Tells Slack.
pub struct ToSlack {
    from: FromClickUp,
    off: Once,
}

impl Destination for ToSlack {
    fn name(&self) -> &'static str {
        "to:slack"
    }

    fn takes<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            if happened(kind).is_none() {
                return Ok(false);
            }
            let mapping = self.from.mapping().await?;
            Ok(mapping.is_some_and(|mapping| {
                let mut shops = mapping.shops.values();
                mapping.slack_channel.is_some() || shops.any(|shop| shop.slack_channel.is_some())
            }))
        })
    }

    fn deliver<'a>(
        &'a self,
        message: &'a outbox::Message,
    ) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(self.tell(message))
    }
}

impl ToSlack {
    /// By the way that what comes in has too.
    pub fn new(from: FromClickUp) -> Self {
        Self {
            from,
            off: Once::new(),
        }
    }

    async fn tell(&self, told: &outbox::Message) -> Result<(), DeliveryError> {
        let Some(happened) = happened(&told.kind) else {
            return Ok(());
        };
        let Some(Told { task, mapping }) = told::read(&self.from, told).await? else {
            return Ok(());
        };
        if told.kind == "task.created" && !is_news(&task, told) {
            return Ok(());
        }
        let Some(channel) = channel(&task, &mapping) else {
            return Ok(());
        };
        let clients = self.from.vendors.clients().await?;
        let Some(slack) = clients.slack else {
            self.off.call_once(|| {
                tracing::info!("Slack is not configured: what happens to tasks is not posted");
            });
            return Ok(());
        };
        let message = message(&task, happened, &mapping);
        let message = message.with_id("civicforge_message", &told.id.to_string());
        let posted = slack.post(channel, &message).await?;
        if let (None, Some(url)) = (&task.slack_url, permalink(&posted)) {
            self.from.tasks.link(task.task_id, Link::Slack(url)).await?;
        }
        Ok(())
    }
}

/// What has happened, where people are told of it.
fn happened(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "task.reported" => "A member has reported a problem.",
        "task.created" => "There is a new task.",
        "task.claimed" => "A volunteer has taken the task.",
        "task.released" => "A volunteer has given the task back.",
        "task.completed" => "A volunteer has done the task.",
        "task.overruled" => {
            "The task was changed in ClickUp before a volunteer's last change got there, and ClickUp's change counts."
        }
        _ => return None,
    })
}

fn is_news(task: &Task, told: &outbox::Message) -> bool {
    let age = told.created_at.signed_duration_since(task.created_at);
    age <= NEWS && task.status != TaskStatus::Done
}

/// The channel of the task's shop, or that of all.
fn channel<'a>(task: &Task, mapping: &'a Mapping) -> Option<&'a str> {
    let shop = mapping.shops.get(task.shop.as_str());
    let own = shop.and_then(|shop| shop.slack_channel.as_deref());
    own.or(mapping.slack_channel.as_deref())
}

fn message(task: &Task, happened: &'static str, mapping: &Mapping) -> Message {
    let shop = told::shop(task, mapping);
    let status = match task.status {
        TaskStatus::Open => "open",
        TaskStatus::InProgress => "in progress",
        TaskStatus::Done => "done",
    };
    let small = Markup::default()
        .theirs(shop)
        .ours(" · urgency ")
        .ours(task.urgency.as_str())
        .ours(" · ")
        .ours(status);
    let small = match task.major_repair {
        true => small.ours(" · major repair"),
        false => small,
    };
    let blocks = [
        Some(Block::header(&task.title)),
        Some(Block::section(Markup::default().ours(happened))),
        Some(Block::context(small)),
        told::url(task).and_then(|url| Block::button("Open in ClickUp", &url)),
    ];
    Message::new(
        &format!("{happened} {}", task.title),
        blocks.into_iter().flatten(),
    )
}

/// Where a message is, for whoever is signed in to its workspace.
fn permalink(posted: &Posted) -> Option<String> {
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
    let ts = posted.ts.replace('.', "");
    let is_whole = plain(&posted.channel) && plain(&ts);
    is_whole.then(|| format!("https://slack.com/archives/{}/p{ts}", posted.channel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_nothing_but_letters_and_digits() {
        let at = |channel: &str, ts: &str| {
            permalink(&Posted {
                channel: channel.to_owned(),
                ts: ts.to_owned(),
            })
        };
        let whole = at("C012AB3CD", "1764331201.000100");
        assert_eq!(
            whole.as_deref(),
            Some("https://slack.com/archives/C012AB3CD/p1764331201000100")
        );
        for (channel, ts) in [("", "1.2"), ("C1", ""), ("C1/../x", "1.2"), ("C1", "1?x")] {
            assert_eq!(at(channel, ts), None, "{channel} {ts}");
        }
    }
}
