//! What mails say. The templates are in `templates/mail`, each as text and as HTML.

use askama::Template;

/// What a mail says.
pub struct Words {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
}

/// What carries a token.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    /// What it is for.
    pub action: &'a str,
    /// An address of the frontend, where one is set.
    pub url: Option<&'a str>,
    /// The token itself.
    pub token: &'a str,
}

#[derive(Template)]
#[template(path = "mail/account.html")]
struct AccountHtml<'a> {
    subject: &'a str,
    name: &'a str,
    about: AboutAccount<'a>,
}

#[derive(Template)]
#[template(path = "mail/account.txt")]
struct AccountText<'a> {
    name: &'a str,
    about: AboutAccount<'a>,
}

/// A mail about an account.
#[derive(Clone, Copy)]
pub struct AboutAccount<'a> {
    /// One line.
    pub subject: &'a str,
    /// What has happened, or is to be done. Lines of at most 72 characters.
    pub says: &'a str,
    /// What it is done with.
    pub link: Option<Link<'a>>,
    /// How long, and what to do who does not know of it. Lines of at most 72 characters.
    pub otherwise: &'a str,
}

/// A mail about an account, to the member of this name.
///
/// # Errors
///
/// It cannot be written.
pub fn account(name: &str, about: AboutAccount<'_>) -> Result<Words, askama::Error> {
    let subject = about.subject;
    Ok(Words {
        text: AccountText { name, about }.render()?,
        html: AccountHtml {
            subject,
            name,
            about,
        }
        .render()?,
        subject: subject.to_owned(),
    })
}

/// What has happened to an inquiry.
#[derive(Clone, Copy)]
pub struct InquiryNews<'a> {
    /// Who has done it.
    pub from: &'a str,
    /// What, up to the property.
    pub does: &'a str,
    /// The title of the property.
    pub property: &'a str,
    /// What was written.
    pub message: &'a str,
    /// What there is to do.
    pub action: &'a str,
    /// Where that is done, where there is a frontend.
    pub url: Option<&'a str>,
    /// What switches such mails off.
    pub unsubscribe: &'a str,
}

#[derive(Template)]
#[template(path = "mail/inquiry.html")]
struct InquiryHtml<'a> {
    subject: &'a str,
    name: &'a str,
    news: InquiryNews<'a>,
}

#[derive(Template)]
#[template(path = "mail/inquiry.txt")]
struct InquiryText<'a> {
    name: &'a str,
    news: InquiryNews<'a>,
}

/// The mail that tells of an inquiry.
///
/// # Errors
///
/// It cannot be written.
pub fn inquiry(name: &str, subject: String, news: InquiryNews<'_>) -> Result<Words, askama::Error> {
    Ok(Words {
        text: InquiryText { name, news }.render()?,
        html: InquiryHtml {
            subject: &subject,
            name,
            news,
        }
        .render()?,
        subject,
    })
}

/// The page of the link in a mail.
#[derive(Template)]
#[template(path = "unsubscribe.html")]
pub struct UnsubscribePage {
    /// Whether mails are off now, or would be.
    pub is_done: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_members_write_is_no_markup() {
        let bad = "<script>alert(1)</script> & \"x\"";
        let news = InquiryNews {
            from: bad,
            does: "asks about",
            property: bad,
            message: bad,
            action: "Answer",
            url: None,
            unsubscribe: "https://api.example.org/x?id=1",
        };
        let words = inquiry(bad, bad.to_owned(), news).unwrap();
        assert!(!words.html.contains("<script>"), "{}", words.html);
        assert_eq!(
            words.html.matches("&#60;script&#62;").count(),
            5,
            "{}",
            words.html
        );
        // Plain text is as it was written.
        assert_eq!(words.text.matches(bad).count(), 4, "{}", words.text);
    }

    #[test]
    fn a_link_leads_to_the_frontend_where_there_is_one() {
        let url = "https://app.example.org/verify-email#token=T";
        let about = |url| AboutAccount {
            subject: "Confirm",
            says: "Please confirm.",
            link: Some(Link {
                action: "Confirm",
                url,
                token: "T",
            }),
            otherwise: "Within a day.",
        };
        let words = account("Ada", about(Some(url))).unwrap();
        assert!(words.text.contains(url), "{}", words.text);
        assert!(
            words.html.contains(&format!("href=\"{url}\"")),
            "{}",
            words.html
        );
        let words = account("Ada", about(None)).unwrap();
        for shown in [&words.text, &words.html] {
            assert!(
                shown.contains("token:") && !shown.contains("http"),
                "{shown}"
            );
        }
    }
}
