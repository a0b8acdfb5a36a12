//! Having ClickUp send its webhooks here.

use chrono::TimeDelta;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::{StoreError, Table};
use url::Url;

use super::webhooks::{ClickUpWebhook, Webhooks};
use crate::tasks::mapping::ClickUpMapping;
use crate::vendors::VendorError;
use crate::vendors::clickup::{ClickUp, NewWebhook, Scope, Webhook};

/// The events that are asked for. Each special change of a task has `taskUpdated` too.
pub const EVENTS: [&str; 4] = ["taskCreated", "taskUpdated", "taskDeleted", "taskMoved"];

/// How long deliveries of a webhook are taken that another has taken the place of.
const OVERLAP: TimeDelta = TimeDelta::hours(1);

/// Why webhooks are not as they should be.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// ClickUp.
    #[error("ClickUp: {0}")]
    Vendor(#[from] VendorError),
    /// The table.
    #[error("the table cannot be used: {0}")]
    Store(#[from] StoreError),
    /// ClickUp tells no secret of a webhook that it has.
    #[error(
        "ClickUp tells no secret of the webhook {0}: somebody else has made it, who has to delete it first"
    )]
    NoSecret(String),
}

/// What has become of one webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    /// Its id.
    pub id: String,
    /// The list that it is for; none where it is for the space.
    pub list: Option<String>,
    /// Whether it was there before.
    pub was_there: bool,
}

/// Has a webhook for each place of the mapping deliver to this endpoint. One that is there is taken over, and made active again.
///
/// # Errors
///
/// ClickUp or the table fails. What was done before stays done: do it again.
pub async fn connect(
    click_up: &ClickUp,
    table: &Table,
    by: &ClickUpMapping,
    endpoint: &Url,
) -> Result<Vec<Connected>, ConnectError> {
    let there = click_up.webhooks(&by.team).await?;
    let mut connected = Vec::new();
    for (scope, list) in scopes(by) {
        let is_it = |one: &&Webhook| one.is_for(scope) && one.endpoint == endpoint.as_str();
        let found = there.iter().find(is_it).cloned();
        let was_there = found.is_some();
        let webhook = match found {
            Some(webhook) => {
                click_up
                    .activate_webhook(&webhook.id, endpoint, &EVENTS)
                    .await?;
                webhook
            }
            None => create(click_up, by, endpoint, scope).await?,
        };
        remember(table, &webhook, list).await?;
        connected.push(Connected {
            id: webhook.id,
            list: list.map(str::to_owned),
            was_there,
        });
    }
    Ok(connected)
}

/// Has new webhooks, with new secrets, take the place of those that there are. What the old ones have sent is taken for another hour.
///
/// # Errors
///
/// ClickUp or the table fails. What was done before stays done: do it again.
pub async fn rotate(
    click_up: &ClickUp,
    table: &Table,
    by: &ClickUpMapping,
    endpoint: &Url,
    clock: &Clock,
) -> Result<Vec<Connected>, ConnectError> {
    let until = clock.stamp() + OVERLAP;
    for known in Webhooks::read(table).await?.click_up {
        // ClickUp has no two webhooks for one place and endpoint.
        forgiving_gone(click_up.delete_webhook(&known.webhook_id).await)?;
        let ends = |all: &mut Webhooks| {
            let mut webhooks = all.click_up.iter_mut();
            if let Some(one) = webhooks.find(|one| one.webhook_id == known.webhook_id) {
                one.until = one.until.or(Some(until));
            }
        };
        Webhooks::change(table, ends).await?;
    }
    let connected = connect(click_up, table, by, endpoint).await?;
    let now = clock.now();
    let is_over = |one: &ClickUpWebhook| one.until.is_some_and(|until| until < now);
    Webhooks::change(table, |all| all.click_up.retain(|one| !is_over(one))).await?;
    Ok(connected)
}

/// Has ClickUp send nothing any more. How many webhooks there were.
///
/// # Errors
///
/// ClickUp or the table fails. What was done before stays done: do it again.
pub async fn disconnect(click_up: &ClickUp, table: &Table) -> Result<usize, ConnectError> {
    let known = Webhooks::read(table).await?.click_up;
    for one in &known {
        forgiving_gone(click_up.delete_webhook(&one.webhook_id).await)?;
        let gone = |all: &mut Webhooks| {
            all.click_up
                .retain(|other| other.webhook_id != one.webhook_id)
        };
        Webhooks::change(table, gone).await?;
    }
    Ok(known.len())
}

/// What webhooks are for, with the list of each that is for one.
fn scopes(by: &ClickUpMapping) -> Vec<(Scope<'_>, Option<&str>)> {
    match &by.space {
        Some(space) => vec![(Scope::Space(space), None)],
        None => by
            .lists
            .iter()
            .map(|list| (Scope::List(&list.list), Some(list.list.as_str())))
            .collect(),
    }
}

async fn create(
    click_up: &ClickUp,
    by: &ClickUpMapping,
    endpoint: &Url,
    scope: Scope<'_>,
) -> Result<Webhook, VendorError> {
    let new = NewWebhook {
        endpoint,
        events: &EVENTS,
        scope,
    };
    click_up.create_webhook(&by.team, &new).await
}

async fn remember(
    table: &Table,
    webhook: &Webhook,
    list: Option<&str>,
) -> Result<(), ConnectError> {
    let secret = webhook.secret.clone();
    let secret = secret.ok_or_else(|| ConnectError::NoSecret(webhook.id.clone()))?;
    let known = ClickUpWebhook {
        webhook_id: webhook.id.clone(),
        secret,
        endpoint: webhook.endpoint.clone(),
        list: list.map(str::to_owned),
        until: None,
    };
    let remembered = |all: &mut Webhooks| {
        all.click_up
            .retain(|one| one.webhook_id != known.webhook_id);
        all.click_up.push(known.clone());
    };
    Webhooks::change(table, remembered).await?;
    Ok(())
}

fn forgiving_gone(outcome: Result<(), VendorError>) -> Result<(), VendorError> {
    match outcome {
        Err(VendorError::Gone(_)) => Ok(()),
        other => other,
    }
}
