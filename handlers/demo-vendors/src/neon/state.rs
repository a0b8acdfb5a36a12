//! What the organization holds, and how it is changed.

use chrono::{DateTime, NaiveDate, Utc};
use indexmap::IndexMap;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::deliver::Delivery;
use super::{Setup, event};
use crate::delivering::Delivering;

/// An account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Whether it is one of a company.
    pub is_company: bool,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// What the person is called.
    pub preferred_name: Option<String>,
    /// The addresses, three at most.
    pub emails: Vec<String>,
    /// What the person is to the organization.
    pub types: Vec<String>,
    /// When it was changed. It is set by the server.
    pub changed: Option<DateTime<Utc>>,
}

impl Account {
    /// One of a volunteer.
    pub fn volunteer(first_name: &str, last_name: &str, email: &str) -> Self {
        Self {
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            emails: vec![email.to_owned()],
            types: vec!["Volunteer".to_owned()],
            ..Self::default()
        }
    }
}

/// A term of a membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Whose it is.
    pub account: String,
    /// The name of its level.
    pub level: String,
    /// Its first day.
    pub start: NaiveDate,
    /// Its last day.
    pub end: Option<NaiveDate>,
    /// `SUCCEEDED`, `FAILED`, `PENDING`, …
    pub status: String,
}

impl Membership {
    /// One that is paid.
    pub fn paid(account: &str, start: NaiveDate, end: Option<NaiveDate>) -> Self {
        Self {
            account: account.to_owned(),
            level: "Regular Membership".to_owned(),
            start,
            end,
            status: "SUCCEEDED".to_owned(),
        }
    }
}

/// A webhook, which is for one trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// What it is for, such as `createAccount`.
    pub trigger: String,
    /// Where it delivers to.
    pub url: String,
    /// Whether the body is a form with JSON in its field `payload`.
    pub is_form: bool,
    /// Whether it has the shape of before May 2026.
    pub is_legacy: bool,
    /// The user and the password that the endpoint gets.
    pub basic: Option<(String, String)>,
    /// What the body has of ours: an object of texts, or null.
    pub parameters: Value,
}

impl Webhook {
    /// One in JSON, of the new shape, with this user and password.
    pub fn json(trigger: &str, url: &str, basic: (&str, &str)) -> Self {
        Self {
            trigger: trigger.to_owned(),
            url: url.to_owned(),
            is_form: false,
            is_legacy: false,
            basic: Some((basic.0.to_owned(), basic.1.to_owned())),
            parameters: Value::Null,
        }
    }
}

/// All that an organization holds.
#[derive(Debug)]
pub struct State {
    /// The organization, as it began. Webhooks can be added.
    pub setup: Setup,
    /// The accounts, by their ids.
    pub accounts: IndexMap<String, Account>,
    /// The terms, by their ids.
    pub memberships: IndexMap<String, Membership>,
    /// What was delivered, or was to be.
    pub deliveries: Vec<Delivery>,
    pub(super) delivering: Delivering,
    pub(super) pending: usize,
    pub(super) searches: u32,
    queue: UnboundedSender<usize>,
    next_account: u32,
    next_membership: u32,
}

impl State {
    pub(super) fn new(setup: Setup, queue: UnboundedSender<usize>) -> Self {
        Self {
            setup,
            accounts: IndexMap::new(),
            memberships: IndexMap::new(),
            deliveries: Vec::new(),
            delivering: Delivering::Once,
            pending: 0,
            searches: 0,
            queue,
            next_account: 60_001,
            next_membership: 80_001,
        }
    }

    pub(super) fn create_account(&mut self, account: Account) -> String {
        let id = self.next_account.to_string();
        self.next_account += 1;
        let changed = Some(Utc::now());
        self.accounts
            .insert(id.clone(), Account { changed, ..account });
        let data = self.show_account(&id);
        self.tell("createAccount", data.clone(), data);
        id
    }

    pub(super) fn edit_account(&mut self, id: &str, change: impl FnOnce(&mut Account)) {
        let Some(account) = self.accounts.get_mut(id) else {
            return;
        };
        change(account);
        account.changed = Some(Utc::now());
        let data = self.show_account(id);
        self.tell("editAccount", data.clone(), data);
    }

    pub(super) fn merge_account(&mut self, id: &str, into: &str) {
        self.accounts.shift_remove(id);
        for term in self.memberships.values_mut() {
            if term.account == id {
                into.clone_into(&mut term.account);
            }
        }
        let data = event::merged(id, into);
        self.tell("mergedAccount", data.clone(), data);
    }

    pub(super) fn delete_account(&mut self, id: &str) {
        self.accounts.shift_remove(id);
        self.memberships.retain(|_, term| term.account != id);
        // No source shows one.
        let data = json!({ "accountId": id });
        self.tell("deleteAccount", data.clone(), data);
    }

    pub(super) fn create_membership(&mut self, term: Membership) -> String {
        let id = self.next_membership.to_string();
        self.next_membership += 1;
        self.memberships.insert(id.clone(), term.clone());
        self.tell_term("createMembership", &id, &term);
        id
    }

    pub(super) fn edit_membership(&mut self, id: &str, change: impl FnOnce(&mut Membership)) {
        let Some(term) = self.memberships.get_mut(id) else {
            return;
        };
        change(term);
        let term = term.clone();
        self.tell_term("updateMembership", id, &term);
    }

    pub(super) fn delete_membership(&mut self, id: &str) {
        self.memberships.shift_remove(id);
        let data = json!({ "membershipId": id });
        self.tell("deleteMembership", data.clone(), data);
    }

    fn tell_term(&mut self, trigger: &str, id: &str, term: &Membership) {
        let (new, legacy) = (event::with_payment(id, term), event::legacy(id, term));
        self.tell(trigger, new, legacy);
    }

    fn tell(&mut self, trigger: &str, new: Value, legacy: Value) {
        let is_for = |webhook: &&Webhook| webhook.trigger == trigger;
        let webhooks = self.setup.webhooks.iter().filter(is_for);
        let told: Vec<_> = webhooks
            .map(|webhook| {
                let data = if webhook.is_legacy { &legacy } else { &new };
                Delivery::new(webhook, &self.setup.organization, data)
            })
            .collect();
        for delivery in told {
            for _ in 0..self.delivering.times() {
                let index = self.deliveries.len();
                self.deliveries.push(delivery.clone());
                // A server that is being stopped delivers nothing more.
                if self.delivering != Delivering::Held && self.queue.send(index).is_ok() {
                    self.pending += 1;
                }
            }
        }
    }

    /// An account as the API shows it.
    pub fn show_account(&self, id: &str) -> Value {
        let Some(account) = self.accounts.get(id) else {
            return Value::Null;
        };
        let email = |index: usize| account.emails.get(index);
        let types = account.types.iter().enumerate().map(
            |(index, name)| json!({ "id": (index + 1).to_string(), "name": name, "status": null }),
        );
        let shown = json!({
            "accountId": id,
            "noSolicitation": false,
            "url": null,
            "login": { "username": null, "orgId": self.setup.organization },
            "timestamps": {
                "createdBy": "Dashboard Service",
                "createdDateTime": "2025-06-01T15:00:00Z",
                "lastModifiedBy": "Dashboard Service",
                "lastModifiedDateTime": account.changed,
            },
            "consent": null,
            "accountCustomFields": [],
            "source": { "id": null, "name": null, "status": null },
            "primaryContact": {
                "contactId": format!("7{id}"),
                "email1": email(0),
                "email2": email(1),
                "email3": email(2),
                "firstName": account.first_name,
                "middleName": null,
                "lastName": account.last_name,
                "preferredName": account.preferred_name,
                "prefix": null,
                "suffix": null,
                "salutation": null,
                "gender": null,
                "dob": { "day": null, "month": null, "year": null },
                "deceased": false,
                "department": null,
                "title": null,
                "addresses": [],
            },
            "company": null,
            "individualTypes": types.collect::<Vec<_>>(),
            "accountCurrentMembershipStatus": "Active",
            "origin": null,
            "sendSystemEmail": true,
            "facebookPage": null,
            "twitterPage": null,
        });
        match account.is_company {
            false => json!({ "individualAccount": shown, "companyAccount": null }),
            true => json!({ "individualAccount": null, "companyAccount": shown }),
        }
    }
}
