//! Accounts and memberships, as far as they are used.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer};

use crate::vendors::tolerant::{maybe_text, or_default, text};

/// The answer about an account: one of both kinds, or none.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body {
    #[serde(default)]
    individual_account: Option<Account>,
    #[serde(default)]
    company_account: Option<Account>,
}

impl Body {
    pub(super) fn account(self) -> Option<Account> {
        let company = self.company_account.map(|account| Account {
            is_individual: false,
            ..account
        });
        self.individual_account.or(company)
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id.
    #[serde(rename = "accountId", deserialize_with = "text")]
    pub id: String,
    /// Whether it is one of a person; the others are of companies.
    #[serde(skip, default = "yes")]
    pub is_individual: bool,
    /// Who it is about.
    #[serde(default, deserialize_with = "or_default")]
    pub primary_contact: Contact,
    /// What the person is to the organization.
    #[serde(default, deserialize_with = "or_default")]
    pub individual_types: Vec<Named>,
    /// When it was changed.
    #[serde(rename = "timestamps", default, deserialize_with = "changed")]
    pub changed: Option<DateTime<Utc>>,
}

impl Account {
    /// Its addresses, in order, without those that are empty.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        let contact = &self.primary_contact;
        let all = [&contact.email1, &contact.email2, &contact.email3];
        let all = all.into_iter().filter_map(|email| email.as_deref());
        all.map(str::trim).filter(|email| !email.is_empty())
    }
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Contact {
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// What the person is called.
    pub preferred_name: Option<String>,
    email1: Option<String>,
    email2: Option<String>,
    email3: Option<String>,
}

/// Something with an id and a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// The id.
    #[serde(default, deserialize_with = "maybe_text")]
    pub id: Option<String>,
    /// The name.
    #[serde(default)]
    pub name: Option<String>,
}

/// A term of a membership.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Membership {
    /// Its id.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Whose it is, where it says so.
    #[serde(default, deserialize_with = "maybe_text")]
    pub account_id: Option<String>,
    /// Its level.
    #[serde(default, rename = "membershipLevel", deserialize_with = "or_default")]
    pub level: Named,
    /// Its first day, in the zone of the organization.
    #[serde(default, rename = "termStartDate", deserialize_with = "day")]
    pub start: Option<NaiveDate>,
    /// Its last day, which belongs to it.
    #[serde(default, rename = "termEndDate", deserialize_with = "last_day")]
    pub end: Option<NaiveDate>,
    /// `SUCCEEDED` where it is paid.
    #[serde(default, deserialize_with = "or_default")]
    pub status: String,
}

impl Membership {
    /// Whether it is paid, and this day is one of its days. One without a last day has no end.
    pub fn covers(&self, day: NaiveDate) -> bool {
        let has_begun = self.start.is_some_and(|start| start <= day);
        let is_over = self.end.is_some_and(|end| end < day);
        self.status == "SUCCEEDED" && has_begun && !is_over
    }
}

fn yes() -> bool {
    true
}

/// A day, as its first ten characters, whatever comes after them; none where it is another text.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    let day = text.as_deref().and_then(|text| text.get(..10));
    Ok(day.and_then(|day| day.parse().ok()))
}

/// A day after which something has ended. One that cannot be read has passed: a term without one would never end.
fn last_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    let text = text.as_deref().map(str::trim);
    Ok(text.filter(|text| !text.is_empty()).map(|text| {
        let day = text.get(..10).and_then(|day| day.parse().ok());
        day.unwrap_or(NaiveDate::MIN)
    }))
}

fn changed<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Timestamps {
        #[serde(default)]
        last_modified_date_time: Option<String>,
    }
    let timestamps: Option<Timestamps> = Option::deserialize(from)?;
    let changed = timestamps.and_then(|timestamps| timestamps.last_modified_date_time);
    let changed = changed.and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
    Ok(changed.map(|changed| changed.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_term_counts_if_it_is_paid_and_covers_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let term = |status: &str, start: &str, end: Option<&str>| -> Membership {
            let term =
                json!({ "id": 1, "status": status, "termStartDate": start, "termEndDate": end });
            serde_json::from_value(term).unwrap()
        };
        let paid = term("SUCCEEDED", "2025-11-28", Some("2025-12-27"));
        for (on, covers) in [
            ("2025-11-27", false),
            ("2025-11-28", true),
            ("2025-12-27", true),
            ("2025-12-28", false),
        ] {
            assert_eq!(paid.covers(day(on)), covers, "{on}");
        }
        let today = day("2025-12-01");
        assert!(term("SUCCEEDED", "2025-11-28", None).covers(today));
        assert!(!term("SUCCEEDED", "2025-11-28", Some("later")).covers(today));
        for status in ["FAILED", "PENDING", "", "Succeed"] {
            assert!(!term(status, "2025-11-28", None).covers(today), "{status}");
        }
        // Without a first day nobody knows.
        assert!(!term("SUCCEEDED", "soon", None).covers(today));
        let legacy = term("SUCCEEDED", "2025-11-28-06:00", None);
        assert_eq!(legacy.start, Some(day("2025-11-28")));
    }
}
