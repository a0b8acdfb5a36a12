//! Writes, on their own or together.
//!
//! A [`Write`] is a put, an update, a delete or a check, with the condition under which it may happen.
//! The same value can be sent alone ([`Table::write`](super::Table::write)) or in a [`Transaction`].
//!
//! Every put and update leaves the time of its call in `updatedAt`, a put of a new item in `createdAt` too, and the id of its call in
//! `writeId`. When the outcome of a call is unknown
//! (a time-out after the commit) and the SDK sends it again, a condition such as "not there yet" fails
//! on the very item that the first attempt wrote; the id tells that case from a rival's write. On AWS a
//! transaction's `ClientRequestToken` does the same for ten minutes, but a write on its own has none, and the
//! embedded database forgets its tokens when it is closed.

use std::fmt;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem, Update,
};

use chrono::{DateTime, Utc};

use super::error::StoreError;
use super::expr::{Changes, Condition, Placeholders};
use super::item::{Item, Value};
use super::key::Key;
use super::{attr, stamp};

/// One write, or one look at an item that the others depend on.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    pub(crate) action: Action,
    pub(crate) condition: Option<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Action {
    Put(Item),
    Update(Key, Changes),
    Delete(Key),
    Check(Key),
}

impl Write {
    fn new(action: Action) -> Self {
        Self {
            action,
            condition: None,
        }
    }

    /// Write an item, in the place of whatever is there. See [`to_item`](super::item::to_item).
    pub fn put(item: Item) -> Self {
        Self::new(Action::Put(item))
    }

    /// Write an item where there is none.
    pub fn create(item: Item) -> Self {
        Self::put(item).when(Condition::new_item())
    }

    /// Change an item. An update of an absent item makes one, so say `when(Condition::exists())` or more.
    pub fn update(key: Key) -> Self {
        Self::new(Action::Update(key, Changes::default()))
    }

    /// Delete an item.
    pub fn delete(key: Key) -> Self {
        Self::new(Action::Delete(key))
    }

    /// Change nothing, but let the transaction happen only under a condition on this item.
    pub fn check(key: Key, condition: Condition) -> Self {
        Self::new(Action::Check(key)).when(condition)
    }

    /// Do it only under a condition; given twice, both must hold.
    pub fn when(mut self, condition: Condition) -> Self {
        self.condition = Some(match self.condition {
            None => condition,
            Some(first) => first.and(condition),
        });
        self
    }

    /// Set an attribute. On anything but an update this and the like change nothing.
    pub fn set(self, name: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.change(|changes| changes.set(name, value))
    }

    /// Add to a number; an absent one counts as zero.
    pub fn add(self, name: &'static str, by: impl Into<Value>) -> Self {
        let by = by.into();
        self.change(|changes| changes.add(name, by))
    }

    /// Remove an attribute.
    pub fn remove(self, name: &'static str) -> Self {
        self.change(|changes| changes.remove(name))
    }

    fn change(mut self, how: impl FnOnce(&mut Changes)) -> Self {
        if let Action::Update(_, changes) = &mut self.action {
            how(changes);
        } else {
            debug_assert!(false, "only an update has changes");
        }
        self
    }

    /// Leave the id and the time of the call in the item. A time that the item has of its own stays.
    pub(crate) fn signed(mut self, write_id: &str, now: DateTime<Utc>) -> Self {
        match &mut self.action {
            Action::Put(item) => {
                let id = AttributeValue::S(write_id.to_owned());
                item.insert(attr::WRITE_ID.to_owned(), id);
                for name in [attr::CREATED_AT, attr::UPDATED_AT] {
                    let time = || AttributeValue::S(stamp::format(now));
                    item.entry(name.to_owned()).or_insert_with(time);
                }
            }
            Action::Update(_, changes) => {
                changes.set(attr::WRITE_ID, write_id.into());
                if !changes.sets(attr::UPDATED_AT) {
                    changes.set(attr::UPDATED_AT, now.into());
                }
            }
            Action::Delete(_) | Action::Check(_) => {}
        }
        self
    }

    fn into_transact_item(self, table: &str) -> Result<TransactWriteItem, BuildError> {
        let mut to = Placeholders::default();
        let condition = self.condition.map(|condition| condition.render(&mut to));
        let all_old = ReturnValuesOnConditionCheckFailure::AllOld;
        let item = TransactWriteItem::builder();
        Ok(match self.action {
            Action::Put(what) => {
                let (names, values) = to.into_maps();
                item.put(
                    Put::builder()
                        .table_name(table)
                        .set_item(Some(what))
                        .set_condition_expression(condition)
                        .set_expression_attribute_names(names)
                        .set_expression_attribute_values(values)
                        .return_values_on_condition_check_failure(all_old)
                        .build()?,
                )
            }
            Action::Update(key, changes) => {
                let changes = changes.render(&mut to);
                let (names, values) = to.into_maps();
                item.update(
                    Update::builder()
                        .table_name(table)
                        .set_key(Some(key.into_item()))
                        .update_expression(changes)
                        .set_condition_expression(condition)
                        .set_expression_attribute_names(names)
                        .set_expression_attribute_values(values)
                        .return_values_on_condition_check_failure(all_old)
                        .build()?,
                )
            }
            Action::Delete(key) => {
                let (names, values) = to.into_maps();
                item.delete(
                    Delete::builder()
                        .table_name(table)
                        .set_key(Some(key.into_item()))
                        .set_condition_expression(condition)
                        .set_expression_attribute_names(names)
                        .set_expression_attribute_values(values)
                        .return_values_on_condition_check_failure(all_old)
                        .build()?,
                )
            }
            Action::Check(key) => {
                let (names, values) = to.into_maps();
                item.condition_check(
                    ConditionCheck::builder()
                        .table_name(table)
                        .set_key(Some(key.into_item()))
                        // A check without a condition would be refused; one of them always has one.
                        .set_condition_expression(condition)
                        .set_expression_attribute_names(names)
                        .set_expression_attribute_values(values)
                        .return_values_on_condition_check_failure(all_old)
                        .build()?,
                )
            }
        }
        .build())
    }
}

/// Which write of a transaction. [`Transaction::push`] gives it, and
/// [`FailedConditions::at`](super::error::FailedConditions::at) takes it, so that no caller counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot(usize);

impl Slot {
    /// A write on its own.
    pub const ONLY: Self = Self(0);

    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Writes that happen together or not at all. At most 100, each on another item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transaction {
    writes: Vec<Write>,
}

impl Transaction {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Add a write, and learn how its failure will be told.
    pub fn push(&mut self, write: Write) -> Slot {
        self.writes.push(write);
        Slot::new(self.writes.len() - 1)
    }

    /// Add a write whose failure need not be told from others.
    #[must_use]
    pub fn with(mut self, write: Write) -> Self {
        self.writes.push(write);
        self
    }

    /// How many writes there are.
    pub fn len(&self) -> usize {
        self.writes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    pub(crate) fn into_items(
        self,
        table: &str,
        write_id: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        self.writes
            .into_iter()
            .map(|write| write.signed(write_id, now).into_transact_item(table))
            .collect::<Result<_, _>>()
            .map_err(|e| StoreError::corrupt("building a transaction", e))
    }
}

impl FromIterator<Write> for Transaction {
    fn from_iter<I: IntoIterator<Item = Write>>(writes: I) -> Self {
        Self {
            writes: writes.into_iter().collect(),
        }
    }
}
