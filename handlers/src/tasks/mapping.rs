//! What the vendors' things are here: an operator's configuration, kept in the table.
//!
//! Only lists and fields that it names are published. Names of statuses, options and types are compared without case.

use std::collections::{BTreeMap, BTreeSet};

use civicforge_api::types::ShopId;
use civicforge_kernel::table::{Key, Keys, StoreError, Table, Write, from_item, to_item};
use serde::{Deserialize, Serialize};

use super::rules::TaskStatus;

/// What the vendors' things are here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mapping {
    /// The shops, by their short names: small letters, digits, and hyphens between them.
    pub shops: BTreeMap<String, ShopMapping>,
    /// Where tasks are in ClickUp. Without it they are not kept in sync.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub click_up: Option<ClickUpMapping>,
    /// Who is a volunteer in Neon CRM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub neon: Option<NeonMapping>,
    /// The category on Discourse of topics about major repairs, where their shop has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discourse_category: Option<u64>,
    /// The channel on Slack, where a shop has none of its own: its id, such as C0123456789.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slack_channel: Option<String>,
}

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShopMapping {
    /// What people call it: 1 to 100 characters.
    pub name: String,
    /// The name of its option in the drop-down field of shops in ClickUp. Without it, the shop's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub click_up_option: Option<String>,
    /// Its channel on Slack: the id, such as C0123456789.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slack_channel: Option<String>,
    /// Its category on Discourse: the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discourse_category: Option<u64>,
}

/// Tasks in ClickUp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClickUpMapping {
    /// The id of the workspace, which the API calls a team.
    pub team: String,
    /// The id of the space, where one webhook is for all of it. Without it there is a webhook for each list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
    /// The lists whose tasks are published. Reported problems go to the first list that is for their shop, or for any.
    pub lists: Vec<ListMapping>,
    /// The names of the lists' statuses. The first of each kind is the one that is written.
    pub statuses: StatusMapping,
    /// The ids of custom fields.
    #[serde(default)]
    pub fields: FieldMapping,
}

/// A list of ClickUp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListMapping {
    /// Its id.
    pub list: String,
    /// The shop that all its tasks are of. Without it, a task's field says which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
}

/// The names of statuses in ClickUp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatusMapping {
    /// Those of tasks that wait for somebody.
    pub open: Vec<String>,
    /// Those of tasks that somebody does.
    pub in_progress: Vec<String>,
    /// Those of tasks that are done.
    pub done: Vec<String>,
}

/// The ids of custom fields in ClickUp. What has none is not read, and not written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FieldMapping {
    /// A drop-down: the shop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    /// A drop-down or a text: what kind of problem it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem_type: Option<String>,
    /// A checkbox: whether it is a major repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub major_repair: Option<String>,
    /// A text: the name of the volunteer, where ClickUp has no user with the volunteer's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volunteer: Option<String>,
    /// A URL: the topic on Discourse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discourse_url: Option<String>,
    /// A URL: the message on Slack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slack_url: Option<String>,
}

/// Volunteers in Neon CRM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NeonMapping {
    /// The names of the individual types that make an account a volunteer's.
    pub individual_types: Vec<String>,
    /// The difference of the organization's clocks from UTC in minutes, such as -360: Neon's days have no zone.
    #[serde(default)]
    pub utc_offset_minutes: i32,
}

/// What is wrong with a mapping, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError {
    /// A JSON pointer.
    pub at: String,
    /// What is wrong there.
    pub problem: String,
}

impl Mapping {
    /// Everything that is wrong with it.
    pub fn errors(&self) -> Vec<MappingError> {
        let mut errors = Vec::new();
        let mut wrong = |at: String, problem: &str| {
            errors.push(MappingError {
                at,
                problem: problem.to_owned(),
            });
        };
        for (shop, mapped) in &self.shops {
            if ShopId::try_from(shop.clone()).is_err() {
                let problem =
                    "is no short name: 1 to 64 small letters, digits, and hyphens between them";
                wrong(format!("/shops/{shop}"), problem);
            }
            let length = mapped.name.trim().chars().count();
            if !(1..=100).contains(&length)
                || mapped
                    .name
                    .chars()
                    .any(|c| c.is_control() || c == '<' || c == '>')
            {
                wrong(
                    format!("/shops/{shop}/name"),
                    "is no plain text of 1 to 100 characters",
                );
            }
        }
        let mut options = BTreeSet::new();
        for (shop, mapped) in &self.shops {
            if !options.insert(mapped.option().to_lowercase()) {
                wrong(format!("/shops/{shop}"), "has the option of another shop");
            }
        }
        if let Some(click_up) = &self.click_up {
            if click_up.lists.is_empty() {
                wrong("/clickUp/lists".to_owned(), "is empty");
            }
            let mut lists = BTreeSet::new();
            for (n, list) in click_up.lists.iter().enumerate() {
                let at = format!("/clickUp/lists/{n}");
                if !lists.insert(&list.list) {
                    wrong(at.clone(), "is there twice");
                }
                match &list.shop {
                    Some(shop) if !self.shops.contains_key(shop) => {
                        wrong(format!("{at}/shop"), "is none of the shops");
                    }
                    None if click_up.fields.shop.is_none() => {
                        wrong(at, "has no shop, and no field says which");
                    }
                    _ => {}
                }
            }
            let statuses = &click_up.statuses;
            let mut names = BTreeSet::new();
            for status in TaskStatus::ALL {
                let at = format!("/clickUp/statuses/{}", StatusMapping::field(status));
                if statuses.names(status).is_empty() {
                    wrong(at.clone(), "is empty");
                }
                for (n, name) in statuses.names(status).iter().enumerate() {
                    if !names.insert(name.trim().to_lowercase()) {
                        wrong(format!("{at}/{n}"), "is the name of another status too");
                    }
                }
            }
        }
        if self
            .neon
            .as_ref()
            .is_some_and(|neon| neon.individual_types.is_empty())
        {
            wrong("/neon/individualTypes".to_owned(), "is empty");
        }
        errors
    }

    /// The shop of an option's name.
    pub fn shop_of_option(&self, option: &str) -> Option<&str> {
        let option = option.trim().to_lowercase();
        let mut shops = self.shops.iter();
        let found = shops.find(|(_, shop)| shop.option().to_lowercase() == option);
        found.map(|(shop, _)| shop.as_str())
    }

    /// The mapping that the table has; none where nobody has set one.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or the mapping is damaged.
    pub async fn read(table: &Table) -> Result<Option<Self>, StoreError> {
        let item = table.get(&key()).await?;
        let stored: Option<Stored> = item.map(from_item).transpose()?;
        Ok(stored.map(|stored| stored.mapping))
    }

    /// Writes it into the table, in the place of what was there.
    ///
    /// # Errors
    ///
    /// The table's own.
    pub async fn save(&self, table: &Table) -> Result<(), StoreError> {
        let stored = Stored {
            mapping: self.clone(),
        };
        table
            .write(Write::put(to_item(&stored, &keys())?))
            .await
            .map(drop)
    }
}

impl FieldMapping {
    /// Whether no field is read or written.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether there is one that says where a task is talked about.
    pub fn has_addresses(&self) -> bool {
        self.slack_url.is_some() || self.discourse_url.is_some()
    }
}

impl ShopMapping {
    /// The name of its option in ClickUp.
    pub fn option(&self) -> &str {
        self.click_up_option.as_deref().unwrap_or(&self.name)
    }
}

impl StatusMapping {
    /// The names of a status; the first is written.
    pub fn names(&self, status: TaskStatus) -> &[String] {
        match status {
            TaskStatus::Open => &self.open,
            TaskStatus::InProgress => &self.in_progress,
            TaskStatus::Done => &self.done,
        }
    }

    /// The status of this name.
    pub fn status(&self, name: &str) -> Option<TaskStatus> {
        let name = name.trim().to_lowercase();
        let has = |status: &TaskStatus| {
            let mut names = self.names(*status).iter();
            names.any(|one| one.trim().to_lowercase() == name)
        };
        TaskStatus::ALL.into_iter().find(has)
    }

    fn field(status: TaskStatus) -> &'static str {
        match status {
            TaskStatus::Open => "open",
            TaskStatus::InProgress => "inProgress",
            TaskStatus::Done => "done",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    mapping: Mapping,
}

/// The mapping.
fn key() -> Key {
    Key::new("CONFIG#mapping".to_owned(), "CONFIG")
}

/// The mapping's item.
pub fn keys() -> Keys {
    Keys::new("MAPPING", key())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn mapping() -> Value {
        json!({
            "shops": {
                "woodshop": {"name": "Woodshop", "slackChannel": "C01"},
                "lasers": {"name": "Lasers", "clickUpOption": "Laser cutters"},
            },
            "clickUp": {
                "team": "9001",
                "lists": [{"list": "901", "shop": "woodshop"}, {"list": "902"}],
                "statuses": {"open": ["to do", "Open"], "inProgress": ["in progress"], "done": ["complete", "Closed"]},
                "fields": {"shop": "f1"},
            },
            "neon": {"individualTypes": ["Volunteer"], "utcOffsetMinutes": -360},
        })
    }

    fn read(value: Value) -> Mapping {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn names_are_found_without_case() {
        let mapping = read(mapping());
        assert_eq!(mapping.errors(), []);
        assert_eq!(mapping.shop_of_option(" laser CUTTERS"), Some("lasers"));
        assert_eq!(mapping.shop_of_option("Lasers"), None);
        let statuses = &mapping.click_up.as_ref().unwrap().statuses;
        assert_eq!(statuses.status("OPEN"), Some(TaskStatus::Open));
        assert_eq!(statuses.status("closed "), Some(TaskStatus::Done));
        assert_eq!(statuses.status("blocked"), None);
    }

    #[test]
    fn everything_that_is_wrong_has_its_place() {
        for (pointer, value, at) in [
            (
                "/shops",
                json!({"Wood shop": {"name": "x"}, "woodshop": {"name": "w"}}),
                "/shops/Wood shop",
            ),
            ("/shops/woodshop/name", json!(" "), "/shops/woodshop/name"),
            (
                "/shops/lasers/clickUpOption",
                json!("woodshop"),
                "/shops/woodshop",
            ),
            ("/clickUp/lists", json!([]), "/clickUp/lists"),
            ("/clickUp/lists/0/shop", json!("x"), "/clickUp/lists/0/shop"),
            ("/clickUp/lists/1/list", json!("901"), "/clickUp/lists/1"),
            ("/clickUp/fields", json!({}), "/clickUp/lists/1"),
            (
                "/clickUp/statuses/open",
                json!([]),
                "/clickUp/statuses/open",
            ),
            (
                "/clickUp/statuses/done/0",
                json!("OPEN"),
                "/clickUp/statuses/done/0",
            ),
            ("/neon/individualTypes", json!([]), "/neon/individualTypes"),
        ] {
            let mut wrong = mapping();
            *wrong.pointer_mut(pointer).unwrap() = value;
            let errors = read(wrong).errors();
            let places: Vec<_> = errors.iter().map(|error| error.at.as_str()).collect();
            assert!(places.contains(&at), "{pointer}: {errors:?}");
        }
    }
}
