//! The mails that a server has sent.

use std::fs;

use civicforge_handlers::mail::deliver::MailSettings;
use civicforge_handlers::vendors::mail::{Folder, Mailer};
use lettre::message::Mailbox;
use mail_parser::MessageParser;
use serde_json::json;

use crate::{ISSUER, TestApp, TestMember};

/// Where the frontend of tests is.
const APP: &str = "https://app.civicforge.test";

/// Who mails are from.
pub fn sender() -> Mailbox {
    let from = "CivicForge <no-reply@civicforge.test>".parse();
    from.expect("an address")
}

/// Mails go this way, or into the folder.
pub(crate) fn settings(mailer: Option<Mailer>, folder: Folder) -> MailSettings {
    let mailer = mailer.unwrap_or_else(|| Mailer::folder(sender(), folder));
    MailSettings {
        mailer: Some(mailer),
        app_url: Some(APP.to_owned()),
        public_url: ISSUER.to_owned(),
    }
}

/// A mail that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address that it went to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// What it says, as HTML.
    pub html: String,
    /// What it is known by.
    pub message_id: String,
    /// What switches such mails off, where something does.
    pub unsubscribe: Option<String>,
}

impl Mail {
    /// The mail of a file or of a connection.
    pub fn parse(raw: &[u8]) -> Self {
        let mail = MessageParser::default().parse(raw).expect("a mail");
        let to = mail
            .to()
            .and_then(|to| to.first())
            .and_then(|to| to.address());
        let body = |part: Option<std::borrow::Cow<'_, str>>| part.expect("a part").into_owned();
        let unsubscribe = mail.header_raw("List-Unsubscribe");
        Self {
            to: to.expect("an address").to_owned(),
            subject: mail.subject().unwrap_or_default().to_owned(),
            text: body(mail.body_text(0)),
            html: body(mail.body_html(0)),
            message_id: mail.message_id().unwrap_or_default().to_owned(),
            unsubscribe: unsubscribe.map(|raw| raw.trim().trim_matches(['<', '>']).to_owned()),
        }
    }

    /// The token of its link.
    #[track_caller]
    pub fn token(&self) -> String {
        let (_, rest) = self.text.split_once("#token=").expect("a token");
        rest.chars().take_while(|c| !c.is_whitespace()).collect()
    }
}

impl TestApp {
    /// Sends what is to be sent, and reads every mail that was sent so far, the oldest first.
    pub async fn mails(&self) -> Vec<Mail> {
        // What happens becomes a message for whoever sends mails, and that becomes a mail.
        for _ in 0..2 {
            self.app.relay().round().await.expect("a round");
        }
        let files = fs::read_dir(&self.mail_folder).expect("a folder");
        let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        // Their names are ids, which begin with the time.
        files.sort();
        let read = |path| Mail::parse(&fs::read(path).expect("a file"));
        files.into_iter().map(read).collect()
    }

    /// Has a member ask for a mail, and use its token.
    pub async fn verify_by_mail(&self, member: &TestMember) {
        let asked = self.post("/api/v1/auth/verify-email/request");
        let asked = asked.member(member).send().await;
        assert_eq!(asked.status, 202, "{asked:?}");
        let token = self.last_mail(&member.email).await.token();
        let verify = self.post("/api/v1/auth/verify-email");
        let verified = verify.json(&json!({"token": token})).send().await;
        assert_eq!(verified.status, 204, "{verified:?}");
    }

    /// The last mail to an address.
    pub async fn last_mail(&self, to: &str) -> Mail {
        let mut mails = self.mails().await;
        mails.retain(|mail| mail.to == to);
        mails.pop().expect("a mail")
    }
}
