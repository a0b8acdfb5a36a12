//! Sending the mails that messages of the outbox ask for.
//!
//! A message names who it is about. What the mail says is what is so when it is sent, and a token is made then: the table has its hash, and
//! nothing has the token but the mail.

use std::sync::Arc;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::failure::Failure;
use civicforge_kernel::keys::{CurrentKeys, KeyName};
use civicforge_kernel::table::key::outbox::MAIL;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use civicforge_kernel::table::{StoreError, Table};
use civicforge_kernel::telemetry::metric;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::addresses::{self, Reason};
use super::templates::{self, AboutAccount, InquiryNews, Link, Words};
use crate::auth::mails::token::{MailToken, Purpose};
use crate::auth::mails::{self, AccountMail, Recipient};
use crate::inquiries::Inquiries;
use crate::inquiries::events::{CREATED, RESPONDED};
use crate::users;
use crate::users::item::Account;
use crate::users::text::normal_email;
use crate::vendors::mail::{Letter, MailError, Mailer};

/// The path of the page that switches mails off.
const UNSUBSCRIBE: &str = "/api/v1/notifications/unsubscribe";

/// How mails are sent, and where what they link to is.
#[derive(Debug, Default)]
pub struct MailSettings {
    /// What sends them. Without it messages wait, and are given up after a day.
    pub mailer: Option<Mailer>,
    /// Where the frontend is, without a slash at the end. Without it mails have the tokens themselves.
    pub app_url: Option<String>,
    /// Where this API is, without a slash at the end.
    pub public_url: String,
}

/// Sends mails.
pub struct ToMail {
    table: Table,
    keys: CurrentKeys,
    clock: Clock,
    inquiries: Arc<Inquiries>,
    settings: Arc<MailSettings>,
}

/// What a message says of an inquiry.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AboutInquiry {
    inquiry_id: Uuid,
}

impl Destination for ToMail {
    fn name(&self) -> &'static str {
        MAIL
    }

    fn takes<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(std::future::ready(Ok(matches!(kind, CREATED | RESPONDED))))
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(self.send(message))
    }
}

impl ToMail {
    /// By these settings.
    pub fn new(
        table: Table,
        keys: CurrentKeys,
        clock: Clock,
        inquiries: Arc<Inquiries>,
        settings: Arc<MailSettings>,
    ) -> Self {
        Self {
            table,
            keys,
            clock,
            inquiries,
            settings,
        }
    }

    async fn send(&self, message: &Message) -> Result<(), DeliveryError> {
        let Some(mailer) = &self.settings.mailer else {
            let why = "no mails are sent here: nothing says who they are from";
            return Err(DeliveryError::Later(why.to_owned()));
        };
        let Some((account, words, unsubscribe)) = self.words(message).await? else {
            return Ok(());
        };
        let address = normal_email(&account.email);
        if addresses::refusal(&self.table, &address).await?.is_some() {
            metric!("mails.refused");
            return Ok(());
        }
        let letter = Letter {
            id: message.id,
            date: message.created_at,
            to: account.email,
            name: account.name,
            subject: words.subject,
            text: words.text,
            html: words.html,
            unsubscribe,
        };
        match mailer.send(&letter).await {
            Ok(()) => {
                metric!("mails.sent");
                Ok(())
            }
            Err(MailError::Address(why)) => {
                tracing::warn!(userId = %account.user_id, why, "the address of a member gets no mails any more");
                metric!("mails.refused");
                let now = self.clock.stamp();
                Ok(addresses::give_up(&self.table, &address, Reason::Bounced, now).await?)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Who gets a mail, what it says, and what switches such mails off. Nothing where there is nothing to tell any more.
    async fn words(
        &self,
        message: &Message,
    ) -> Result<Option<(Account, Words, Option<String>)>, DeliveryError> {
        match (AccountMail::of_kind(&message.kind), message.kind.as_str()) {
            (Some(mail), _) => {
                let recipient: Recipient = read(message)?;
                let account = users::store::find_even_closed(&self.table, recipient.user_id);
                let account = account.await?.filter(|account| {
                    (account.closed_at.is_none() || mail == AccountMail::Closed)
                        // It was erased before the mail could be sent.
                        && !account.email.is_empty()
                });
                let Some(account) = account else {
                    return Ok(None);
                };
                let words = self.about_account(mail, &account).await?;
                Ok(words.map(|words| (account, words, None)))
            }
            (None, CREATED | RESPONDED) => self.about_inquiry(message).await,
            (None, other) => Err(DeliveryError::Never(format!("nothing is known of {other}"))),
        }
    }

    async fn about_account(
        &self,
        mail: AccountMail,
        account: &Account,
    ) -> Result<Option<Words>, DeliveryError> {
        let token = match mail {
            AccountMail::VerifyEmail if account.email_verified => return Ok(None),
            AccountMail::VerifyEmail => Some(self.token(Purpose::VerifyEmail, account).await?),
            AccountMail::ResetPassword => Some(self.token(Purpose::ResetPassword, account).await?),
            AccountMail::PasswordChanged | AccountMail::Closed => None,
        };
        let about = said(mail, token.as_ref());
        let words = templates::account(&account.name, about).map_err(unwritten)?;
        Ok(Some(words))
    }

    /// A fresh token for an account, and the address of the frontend that takes it. It is behind `#`, which no browser sends to a server.
    async fn token(
        &self,
        purpose: Purpose,
        account: &Account,
    ) -> Result<(MailToken, Option<String>), DeliveryError> {
        let token = MailToken::draw().map_err(|error| DeliveryError::Later(error.to_string()))?;
        let now = self.clock.stamp();
        mails::store::keep_token(&self.table, &token, purpose, account, now).await?;
        let page = match purpose {
            Purpose::VerifyEmail => "verify-email",
            Purpose::ResetPassword => "reset-password",
        };
        let app = self.settings.app_url.as_ref();
        let url = app.map(|app| format!("{app}/{page}#token={}", token.expose()));
        Ok((token, url))
    }

    async fn about_inquiry(
        &self,
        message: &Message,
    ) -> Result<Option<(Account, Words, Option<String>)>, DeliveryError> {
        let about: AboutInquiry = read(message)?;
        let Some(inquiry) = self.inquiries.inquiry(about.inquiry_id).await? else {
            return Ok(None);
        };
        let is_new = message.kind == CREATED;
        let (to, from, written) = match (is_new, &inquiry.reply) {
            (true, _) => (inquiry.owner_id, inquiry.inquirer_id, &inquiry.message),
            (false, Some(reply)) => (inquiry.inquirer_id, inquiry.owner_id, reply),
            (false, None) => return Ok(None),
        };
        let account = users::store::find(&self.table, to).await?;
        let gets = |account: &Account| account.email_verified && account.inquiry_mails;
        let Some(account) = account.filter(gets) else {
            return Ok(None);
        };
        let from = users::store::find(&self.table, from).await?;
        let from = from.map_or_else(|| "A member".to_owned(), |account| account.name);
        let title = &inquiry.property_title;
        let (does, action, subject) = match is_new {
            true => (
                "asks about your property",
                "Answer",
                format!("An inquiry about {title}"),
            ),
            false => (
                "has answered your inquiry about",
                "Read it",
                format!("An answer about {title}"),
            ),
        };
        let app = self.settings.app_url.as_ref();
        let url = app.map(|app| format!("{app}/inquiries/{}", inquiry.inquiry_id));
        let unsubscribe = self.unsubscribe(account.user_id).await?;
        let news = InquiryNews {
            from: &from,
            does,
            property: title,
            message: written,
            action,
            url: url.as_deref(),
            unsubscribe: &unsubscribe,
        };
        let words = templates::inquiry(&account.name, subject, news).map_err(unwritten)?;
        Ok(Some((account, words, Some(unsubscribe))))
    }

    /// The address that switches a member's mails off.
    async fn unsubscribe(&self, member: Uuid) -> Result<String, DeliveryError> {
        let keys = self.keys.having(KeyName::Secret).await;
        let id = keys.map_err(Failure::from)?.mail_links()?.id(member);
        Ok(format!("{}{UNSUBSCRIBE}?id={id}", self.settings.public_url))
    }
}

/// What a mail about an account says, with the token that it carries and where that is used.
fn said(mail: AccountMail, token: Option<&(MailToken, Option<String>)>) -> AboutAccount<'_> {
    let link = |action| {
        token.map(|(token, url)| Link {
            action,
            url: url.as_deref(),
            token: token.expose(),
        })
    };
    match mail {
        AccountMail::VerifyEmail => AboutAccount {
            subject: "Confirm your e-mail address",
            says: "Please confirm that this e-mail address is yours.",
            link: link("Confirm"),
            otherwise: "This works once, within a day. If you have no account at CivicForge,\n\
                        ignore this mail.",
        },
        AccountMail::ResetPassword => AboutAccount {
            subject: "Set another password",
            says: "Somebody has asked to set another password for your account.",
            link: link("Set another password"),
            otherwise: "This works once, within an hour. If it was not you, ignore this mail:\n\
                        your password stays as it is.",
        },
        AccountMail::PasswordChanged => AboutAccount {
            subject: "Your password was changed",
            says: "The password of your account was changed, and other devices were logged\nout.",
            link: None,
            otherwise: "If it was not you, set another password now, by \"forgot password\", and\n\
                        tell us.",
        },
        AccountMail::Closed => AboutAccount {
            subject: "Your account is closed",
            says: "Your account is closed, and what it says of you is being removed. What\n\
                   you have written to others stays with them, without your name.",
            link: None,
            otherwise: "If it was not you, tell us now.",
        },
    }
}

fn read<T: DeserializeOwned>(message: &Message) -> Result<T, DeliveryError> {
    let read = serde_json::from_str(&message.payload);
    read.map_err(|error| DeliveryError::Never(format!("damaged: {error}")))
}

fn unwritten(error: askama::Error) -> DeliveryError {
    DeliveryError::Never(format!("the mail cannot be written: {error}"))
}
