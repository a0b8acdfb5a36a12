//! Who signs up with Cognito becomes a member.
//!
//! Cognito calls when a sign-up is confirmed, waits five seconds, and repeats the call twice. Whatever it is answered, the
//! user is in its pool by then; an error would only tell a person who has succeeded that they have failed, and nobody
//! would ever ask for their account again. So a sign-up that cannot be made a member of now goes on a queue, and Cognito is
//! answered as if nothing had happened. Only where the queue does not take it either is there an error.
//!
//! **The queue** (`CIVICFORGE_USER_DLQ_URL`) holds the events as Cognito sent them, and this same function takes batches of
//! it. It is right for the queue to feed this function by itself, with a dead-letter queue behind it for what fails again
//! and again. An operator moves messages back from there (a redrive), or has single ones tried (`civicforge sign-ups`).
//!
//! **Logins.** Cognito also calls when somebody logs in. A user who is not a member by then becomes one: an administrator has made
//! them in the pool, or the table was restored to a moment before their sign-up. Where that fails, nothing goes on the queue:
//! the next login tries again.
//!
//! **An address that has an account.** A verified address alone does not give its owner the account, because anybody may
//! have registered that address with us before, with a password of their own: the account would then be shared with
//! them (pre-hijacking). So the identity is linked only where Cognito has verified the address *and* the account's side is
//! known too: an identity provider had verified the address when the account was opened, or the organization has verified
//! who its owner is. Anything else is refused, which puts it on the queue, where the alarm makes somebody look: once they have
//! set the account to `verified`, or deleted it, the redrive does the rest.

use std::time::{Duration, Instant};

use super::Auth;
use crate::users;
use crate::users::text::normal_email;
use civicforge_api::types::UserType;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::{Condition, StoreError, Table, Transaction, Write};
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::text::Texts;
use civicforge_kernel::trigger::batch::{self, json_of};
use civicforge_kernel::trigger::{TriggerError, text_at};
use serde_json::Value;
use uuid::Uuid;

use super::{identity, store as guards};
use crate::users::item::{Account, NewAccount};
use crate::users::text;

/// Its function's name.
pub const FUNCTION: &str = "createUser";
/// Of the five seconds that Cognito waits, these are for making the member; the rest is for the queue.
const TIMEOUT: Duration = Duration::from_secs(2);
/// The contract's longest address. Cognito has seen to the form.
const LONGEST_EMAIL: usize = 254;
/// How many times a sign-up is read again because a concurrent one was written first.
const ROUNDS: usize = 4;
/// What a member without any usable name is called until they say otherwise.
const NAMELESS: &str = "New member";

/// Somebody whom a user pool vouches for.
#[derive(Debug)]
struct SignUp<'a> {
    issuer: String,
    subject: &'a str,
    email: &'a str,
    email_verified: bool,
    name: String,
    /// Whether it is told again, by a login.
    is_login: bool,
}

/// How somebody is a member now.
#[derive(Debug)]
pub(crate) enum Admitted {
    Opened(Uuid),
    Linked(Uuid),
    Before(Uuid),
}

/// Why somebody is not a member.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignUpError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Malformed(#[from] TriggerError),
    #[error("the address has an account that may be somebody else's: {0}")]
    Taken(Uuid),
    #[error("it took too long")]
    TooLate,
}

/// Makes a member of who has signed up, or members of a batch of them.
///
/// # Errors
///
/// The event is none of a sign-up, or it was neither handled nor put on the queue.
pub async fn run(auth: &Auth, payload: Value, until: Instant) -> Result<Value, TriggerError> {
    if payload.get("Records").is_some() {
        return batch::each(FUNCTION, &payload, until, |body| async move {
            let admitted = from_queue(&auth.table, &auth.clock, body, until).await;
            admitted.map(|_| ())
        })
        .await;
    }
    // An event that is not Cognito's holds no sign-up, so none is lost.
    let Some(sign_up) = read(&payload)? else {
        return Ok(payload);
    };
    let patience = until.min(Instant::now() + TIMEOUT);
    if let Err(error) = admit_in_time(&auth.table, &auth.clock, &sign_up, patience).await {
        let (issuer, subject) = (&sign_up.issuer, sign_up.subject);
        tracing::error!(issuer, subject, %error, "a sign-up has made no member; it goes on the queue, or a login tries again");
        metric!("users.failed");
        if sign_up.is_login {
            return Ok(payload);
        }
        let queue = auth.failed_sign_ups.as_ref();
        let queue =
            queue.ok_or_else(|| TriggerError::Lost("there is no queue for it".to_owned()))?;
        queue.send(payload.to_string()).await?;
    }
    Ok(payload)
}

/// Makes a member of a sign-up that went on the queue. `None` where the event is of a member who has set a new password.
///
/// # Errors
///
/// The text is no event of a sign-up, or no member can be made of it now.
pub(crate) async fn from_queue(
    table: &Table,
    clock: &Clock,
    body: &str,
    until: Instant,
) -> Result<Option<Admitted>, SignUpError> {
    let event = json_of(FUNCTION, body)?;
    match read(&event)? {
        Some(sign_up) => admit_in_time(table, clock, &sign_up, until).await.map(Some),
        None => Ok(None),
    }
}

/// What an operator may know of a sign-up that went on the queue: who it is to the pool, and no more of the address than tells it from
/// others.
///
/// # Errors
///
/// The text is no event of a sign-up.
#[cfg(feature = "server")]
pub(crate) fn describe(body: &str) -> Result<String, TriggerError> {
    let event = json_of(FUNCTION, body)?;
    Ok(match read(&event)? {
        None => "no sign-up".to_owned(),
        Some(sign_up) => {
            let issuer = &sign_up.issuer;
            let pool = issuer
                .rsplit_once('/')
                .map_or(issuer.as_str(), |(_, pool)| pool);
            let (subject, email) = (sign_up.subject, hinted(sign_up.email));
            format!("{pool}  {subject}  {email}")
        }
    })
}

/// An address without most of what is before its `@`.
#[cfg(feature = "server")]
fn hinted(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or_default();
    let shown = match local.chars().count() {
        0..3 => None,
        _ => local.chars().next(),
    };
    let shown = shown.map(String::from).unwrap_or_default();
    format!("{shown}…@{domain}")
}

async fn admit_in_time(
    table: &Table,
    clock: &Clock,
    sign_up: &SignUp<'_>,
    until: Instant,
) -> Result<Admitted, SignUpError> {
    let admitted = tokio::time::timeout_at(until.into(), admit(table, clock, sign_up)).await;
    let admitted = admitted.map_err(|_| SignUpError::TooLate)??;
    match admitted {
        Admitted::Opened(user) => {
            tracing::info!(%user, "a sign-up has made a member");
            metric!("users.created");
        }
        Admitted::Linked(user) => tracing::info!(%user, "a sign-up was linked to its member"),
        Admitted::Before(user) => tracing::debug!(%user, "a sign-up had made a member before"),
    }
    Ok(admitted)
}

/// Makes a member of a sign-up. However often and by however many at once it is called for one sign-up, one member comes of
/// it: account, e-mail guard and identity are one transaction, and each of the last two exists once.
async fn admit(
    table: &Table,
    clock: &Clock,
    sign_up: &SignUp<'_>,
) -> Result<Admitted, SignUpError> {
    let email = text::email(sign_up.email);
    let address = normal_email(&email);
    for _ in 0..ROUNDS {
        if let Some(user) = identity::find(table, &sign_up.issuer, sign_up.subject).await? {
            return Ok(Admitted::Before(user));
        }
        let now = clock.stamp();
        let link = |user| identity::link(user, &sign_up.issuer, sign_up.subject);
        let (transaction, admitted) = match guards::find_by_email(table, &address).await? {
            None => {
                let account = Account::open(
                    NewAccount {
                        email: email.clone(),
                        email_verified: sign_up.email_verified,
                        name: sign_up.name.clone(),
                        username: None,
                        phone_number: None,
                        user_type: UserType::Buyer,
                    },
                    now,
                );
                let user = account.user_id;
                let [made, listed] = account.create()?;
                let transaction = Transaction::new()
                    .with(guards::claim_email(&address, user)?)
                    .with(made)
                    .with(listed)
                    .with(link(user)?);
                (transaction, Admitted::Opened(user))
            }
            Some(account) => {
                let user = account.user_id;
                if !(sign_up.email_verified && (account.verified || account.email_verified)) {
                    return Err(SignUpError::Taken(user));
                }
                let known =
                    Condition::eq("verified", true).or(Condition::eq("emailVerified", true));
                let transaction = Transaction::new()
                    .with(Write::check(users::keys::key(user), known))
                    .with(link(user)?);
                (transaction, Admitted::Linked(user))
            }
        };
        match table.transact(transaction).await {
            Ok(()) => return Ok(admitted),
            // Another call was faster, for this sign-up or for the address.
            Err(StoreError::ConditionFailed(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(StoreError::contended("TransactWriteItems").into())
}

/// The sign-up of an event; none where a member has set a new password.
fn read(event: &Value) -> Result<Option<SignUp<'_>>, TriggerError> {
    let malformed = |field: &str, problem: &str| TriggerError::malformed(FUNCTION, field, problem);
    let is_login = match text_at(FUNCTION, event, "/triggerSource")? {
        "PostConfirmation_ConfirmSignUp" => false,
        "PostAuthentication_Authentication" => true,
        "PostConfirmation_ConfirmForgotPassword" => return Ok(None),
        _ => {
            let problem = "is not PostConfirmation or PostAuthentication";
            return Err(malformed("/triggerSource", problem));
        }
    };
    let attribute =
        |name: &str| text_at(FUNCTION, event, &format!("/request/userAttributes/{name}"));
    let region = text_at(FUNCTION, event, "/region")?;
    let pool = text_at(FUNCTION, event, "/userPoolId")?;
    let email = attribute("email")?;
    if email.chars().count() > LONGEST_EMAIL {
        return Err(malformed("/request/userAttributes/email", "is too long"));
    }
    let subject = attribute("sub")?;
    if !identity::is_subject(subject) {
        return Err(malformed("/request/userAttributes/sub", "is too long"));
    }
    Ok(Some(SignUp {
        // The `iss` of the pool's tokens.
        issuer: format!("https://cognito-idp.{region}.amazonaws.com/{pool}"),
        subject,
        email,
        // Cognito's attributes are strings.
        email_verified: attribute("email_verified").is_ok_and(|text| text == "true"),
        name: name(&attribute),
        is_login,
    }))
}

/// A name that our rules let pass. It is public, so it is never made of the address.
fn name<'a>(attribute: &impl Fn(&str) -> Result<&'a str, TriggerError>) -> String {
    let parts = ["given_name", "family_name"].map(|part| attribute(part).unwrap_or_default());
    let candidates = [
        attribute("name").unwrap_or_default().to_owned(),
        parts.join(" "),
        attribute("preferred_username")
            .unwrap_or_default()
            .to_owned(),
    ];
    let usable = candidates.iter().find_map(|sent| {
        let mut texts = Texts::default();
        let name = texts.apply(text::NAME, sent);
        texts.finish(name).ok()
    });
    usable.unwrap_or_else(|| NAMELESS.to_owned())
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_not_told_in_full() {
        assert_eq!(hinted("ada@example.org"), "a…@example.org");
        // One letter would be half of it.
        assert_eq!(hinted("al@example.org"), "…@example.org");
        assert_eq!(hinted("é日本語@b@example.org"), "é…@example.org");
        assert_eq!(hinted("nonsense"), "…@");
    }
}
