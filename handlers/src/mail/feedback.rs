//! What Amazon SES tells of mails that were not taken: addresses that do not exist, and people who have complained.

use std::time::Instant;

use chrono::{DateTime, Utc};
use civicforge_kernel::table::Table;
use civicforge_kernel::trigger::batch::{self, json_of};
use civicforge_kernel::trigger::{TriggerError, text_at};
use lettre::message::Mailbox;
use serde_json::Value;

use super::addresses::{self, Reason};
use crate::users::text::normal_email;

/// Takes in a batch of events of SES, as EventBridge has put them on a queue. What comes again changes nothing.
///
/// # Errors
///
/// It is no batch.
pub async fn take_in(
    function: &'static str,
    table: &Table,
    now: DateTime<Utc>,
    payload: &Value,
    until: Instant,
) -> Result<Value, TriggerError> {
    batch::each(function, payload, until, |body| async move {
        let event = json_of(function, body)?;
        let Some((reason, addresses)) = refused(function, &event)? else {
            return Ok::<_, TriggerError>(());
        };
        for address in addresses {
            addresses::give_up(table, &address, reason, now).await?;
            tracing::warn!(?reason, "an address gets no mails any more");
        }
        Ok(())
    })
    .await
}

/// The addresses that an event is about, and why they get no mails any more. Nothing where they may take the next one.
fn refused(
    function: &'static str,
    event: &Value,
) -> Result<Option<(Reason, Vec<String>)>, TriggerError> {
    let (reason, recipients) = match text_at(function, event, "/detail/eventType")? {
        "Bounce" => {
            // Others are those of a mailbox that is full, or of a server that does not answer.
            if text_at(function, event, "/detail/bounce/bounceType")? != "Permanent" {
                return Ok(None);
            }
            (Reason::Bounced, "/detail/bounce/bouncedRecipients")
        }
        "Complaint" => (Reason::Complained, "/detail/complaint/complainedRecipients"),
        _ => return Ok(None),
    };
    let Some(Value::Array(list)) = event.pointer(recipients) else {
        return Err(TriggerError::malformed(
            function,
            recipients,
            "is not an array",
        ));
    };
    let mut addresses = Vec::with_capacity(list.len());
    for index in 0..list.len() {
        let text = text_at(
            function,
            event,
            &format!("{recipients}/{index}/emailAddress"),
        )?;
        // It may have a name in front.
        let address = text.parse::<Mailbox>();
        let address = address.map_or_else(|_| text.to_owned(), |mailbox| mailbox.email.to_string());
        addresses.push(normal_email(&address));
    }
    Ok(Some((reason, addresses)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused_by(detail: Value) -> Option<(Reason, Vec<String>)> {
        refused("mailFeedback", &json!({ "detail": detail })).unwrap()
    }

    #[test]
    fn who_is_gone_or_complains_gets_no_mails() {
        let bounce = |kind: &str| {
            let recipients = json!([
                {"emailAddress": "Ada <Ada@Example.org>", "status": "5.1.1"},
                {"emailAddress": "bob@example.org"},
            ]);
            json!({"eventType": "Bounce", "bounce": {"bounceType": kind, "bouncedRecipients": recipients}})
        };
        let both = vec!["ada@example.org".to_owned(), "bob@example.org".to_owned()];
        assert_eq!(
            refused_by(bounce("Permanent")),
            Some((Reason::Bounced, both))
        );
        assert_eq!(refused_by(bounce("Transient")), None);
        let complaint = json!({"eventType": "Complaint", "complaint": {"complainedRecipients": [{"emailAddress": "bob@example.org"}]}});
        let bob = vec!["bob@example.org".to_owned()];
        assert_eq!(refused_by(complaint), Some((Reason::Complained, bob)));
        assert_eq!(refused_by(json!({"eventType": "Delivery"})), None);
    }

    #[test]
    fn what_is_no_event_is_said_without_what_it_says() {
        for detail in [
            json!({}),
            json!({"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}}),
        ] {
            let error = refused("mailFeedback", &json!({ "detail": detail })).unwrap_err();
            assert!(error.to_string().contains("mailFeedback"), "{error}");
        }
    }
}
