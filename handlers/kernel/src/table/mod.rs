//! The one DynamoDB table that everything is kept in.
//!
//! Feature code builds [`Write`]s and [`Transaction`]s of items that [`key`] places, and gets [`StoreError`]s
//! back; no feature sees the SDK. The same code speaks to DynamoDB on AWS ([`crate::aws`]) and to a database in the
//! server's own process (`embedded`). What is kept, how it is reached and which write guards which rule is in
//! `docs/data-model.md`; a change of an access pattern changes both.

pub mod backoff;
pub mod checked;
pub mod current;
pub mod cursor;
mod difference;
pub mod due;
#[cfg(feature = "embedded")]
pub mod embedded;
pub mod error;
pub mod expr;
pub mod feed;
pub mod idempotency;
pub mod item;
pub mod key;
pub mod named;
pub mod outbox;
pub mod query;
pub mod record;
#[cfg(feature = "embedded")]
mod replay;
pub mod revise;
pub mod schema;
pub mod shards;
pub mod stamp;
pub mod transact;
#[cfg(feature = "embedded")]
pub mod wire;
mod written;

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;
use aws_sdk_dynamodb::config::retry::RetryPartition;
use aws_sdk_dynamodb::types::{
    AttributeValue, KeysAndAttributes, ReturnValue, ReturnValuesOnConditionCheckFailure,
};
use aws_types::SdkConfig;
use backon::Retryable;
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub use backoff::Backoff;
pub use current::{Current, Freshness, Shared};
pub use due::{Due, postponed};
pub use error::{FailedCondition, FailedConditions, StoreError, reason_to_keep};
pub use expr::{Comparison, Condition};
pub use item::{Item, Value, from_item, to_item};
pub use key::{Key, Keys, Shards};
pub use outbox::OutboxSource;
pub use query::{Index, Page, Pages, Query};
pub use shards::{CurrentShards, ShardCounts};
pub use transact::{Slot, Transaction, Write};

use crate::clock::Clock;
use crate::telemetry::{TraceInterceptor, metric};
use error::{Attempt, classify};
use expr::Placeholders;
use transact::Action;

/// The names of the attributes that every item may have.
pub mod attr {
    /// The table's partition key.
    pub const PK: &str = "PK";
    /// The table's sort key.
    pub const SK: &str = "SK";
    /// The first index's partition key.
    pub const GSI1PK: &str = "GSI1PK";
    /// The first index's sort key.
    pub const GSI1SK: &str = "GSI1SK";
    /// The second index's partition key.
    pub const GSI2PK: &str = "GSI2PK";
    /// The second index's sort key.
    pub const GSI2SK: &str = "GSI2SK";
    /// What kind of thing the item is.
    pub const ENTITY_TYPE: &str = "entityType";
    /// When it was created.
    pub const CREATED_AT: &str = "createdAt";
    /// When it was last changed.
    pub const UPDATED_AT: &str = "updatedAt";
    /// How often it was changed: what `ETag` and `If-Match` are made of.
    pub const VERSION: &str = "version";
    /// When it may be deleted by itself, in seconds since 1970.
    pub const TTL: &str = "ttl";
    /// Why the last attempt at what the item is for has failed.
    pub const LAST_ERROR: &str = "lastError";
    /// Which call wrote it last: see [`transact`](super::transact).
    pub const WRITE_ID: &str = "writeId";
}

/// How fresh what is read has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// As it is now.
    Consistent,
    /// As it is now or was a moment ago, for half the price.
    Eventual,
}

/// A handle to the table. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Table {
    client: Client,
    name: Arc<str>,
    clock: Clock,
    conflict_backoff: Backoff,
    outbox: OutboxSource,
    last_write: Arc<written::LastWrite>,
}

impl Table {
    /// The table of this name, reached this way ([`crate::aws`]).
    pub fn new(config: &SdkConfig, name: impl Into<Arc<str>>) -> Self {
        let name = name.into();
        let told = TraceInterceptor::of_table(name.clone());
        // By default all clients of a process have one budget for retries: a table that fails would take those of another.
        let retries = RetryPartition::custom("table").build();
        let config = Builder::from(config).interceptor(told);
        Self {
            client: Client::from_conf(config.retry_partition(retries).build()),
            name,
            clock: Clock::system(),
            conflict_backoff: Backoff::CONFLICT,
            outbox: OutboxSource::default(),
            last_write: Arc::default(),
        }
    }

    /// The same table, whose items are stamped with the times of this clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The same table, whose messages are found so: what [`Table::check_schema`] has found, or what is known of it.
    #[must_use]
    pub fn with_outbox(mut self, source: OutboxSource) -> Self {
        self.outbox = source;
        self
    }

    /// How its messages are found.
    pub fn outbox(&self) -> OutboxSource {
        self.outbox
    }

    /// The same table with other waits after conflicts.
    #[must_use]
    pub fn with_conflict_backoff(mut self, backoff: Backoff) -> Self {
        self.conflict_backoff = backoff;
        self
    }

    /// The table's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The client, for calls that are not wrapped here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Read an item as it is now (strongly consistent).
    pub async fn get(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        self.retrying("GetItem", || async {
            self.client
                .get_item()
                .table_name(&*self.name)
                .set_key(Some(key.clone().into_item()))
                .consistent_read(true)
                .send()
                .await
                .map(|answer| answer.item)
                .map_err(|e| classify("GetItem", e))
        })
        .await
    }

    /// Read an entity as it is now (strongly consistent).
    pub async fn get_as<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StoreError> {
        self.get(key).await?.map(from_item).transpose()
    }

    /// Read many items. The answer has one place per key, in the order of the keys. It is
    /// not a snapshot: a transaction in the meantime may be seen in part.
    pub async fn get_many(
        &self,
        keys: &[Key],
        reads: Reads,
    ) -> Result<Vec<Option<Item>>, StoreError> {
        const OPERATION: &str = "BatchGetItem";
        // DynamoDB refuses a batch that names a key twice, or more than 100.
        let mut wanted: Vec<_> = keys.to_vec();
        wanted.sort();
        wanted.dedup();
        let mut found = HashMap::with_capacity(wanted.len());
        for chunk in wanted.chunks(100) {
            let mut rest: Vec<Item> = chunk.iter().map(|key| key.clone().into_item()).collect();
            let mut waits = backon::BackoffBuilder::build(self.conflict_backoff);
            while !rest.is_empty() {
                let mut unprocessed = self
                    .batch_get(OPERATION, rest, reads, |item| {
                        if let Some(key) = Key::of(&item) {
                            found.insert(key, item);
                        }
                    })
                    .await?;
                rest = unprocessed
                    .remove(&*self.name)
                    .map(|rest| rest.keys)
                    .unwrap_or_default();
                if !rest.is_empty() {
                    match waits.next() {
                        Some(wait) => tokio::time::sleep(wait).await,
                        None => return Err(StoreError::unavailable(OPERATION, "throttled")),
                    }
                }
            }
        }
        Ok(keys.iter().map(|key| found.get(key).cloned()).collect())
    }

    async fn batch_get(
        &self,
        operation: &'static str,
        keys: Vec<Item>,
        reads: Reads,
        mut each: impl FnMut(Item),
    ) -> Result<HashMap<String, KeysAndAttributes>, StoreError> {
        let request = KeysAndAttributes::builder()
            .set_keys(Some(keys))
            .consistent_read(reads == Reads::Consistent)
            .build()
            .map_err(|e| StoreError::corrupt("building a batch", e))?;
        let answer = self
            .retrying(operation, || async {
                self.client
                    .batch_get_item()
                    .request_items(&*self.name, request.clone())
                    .send()
                    .await
                    .map_err(|e| classify(operation, e))
            })
            .await?;
        let items = answer.responses.unwrap_or_default().remove(&*self.name);
        items.unwrap_or_default().into_iter().for_each(&mut each);
        Ok(answer.unprocessed_keys.unwrap_or_default())
    }

    /// Do one write on its own, and get the item as it is afterwards (`None` after a delete or a check).
    /// A failed condition is told at [`Slot::ONLY`].
    pub async fn write(&self, write: Write) -> Result<Option<Item>, StoreError> {
        let outcome = self.write_once(write).await;
        self.last_write.note(&outcome);
        outcome
    }

    /// Do one write on its own that may come too late. Whether its condition held.
    ///
    /// # Errors
    ///
    /// Those of [`write`](Self::write), but for a condition that failed.
    pub async fn write_if(&self, write: Write) -> Result<bool, StoreError> {
        match self.write(write).await {
            Ok(_) => Ok(true),
            Err(StoreError::ConditionFailed(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    async fn write_once(&self, write: Write) -> Result<Option<Item>, StoreError> {
        let write_id = Uuid::now_v7().to_string();
        let outcome = match write.signed(&write_id, self.clock.now()) {
            Write {
                action: Action::Put(item),
                condition,
            } => self.put(item, condition).await,
            Write {
                action: Action::Update(key, changes),
                condition,
            } => self.update(key, changes, condition).await,
            Write {
                action: Action::Delete(key),
                condition,
            } => self.delete(key, condition).await,
            check @ Write {
                action: Action::Check(_),
                ..
            } => {
                return self
                    .transact(Transaction::new().with(check))
                    .await
                    .map(|()| None);
            }
        };
        match outcome {
            Err(StoreError::ConditionFailed(failed)) => match failed.item() {
                // The first attempt did commit, and what the condition met was our own write.
                Some(item) if is_signed(item, &write_id) => Ok(Some(item.clone())),
                _ => Err(StoreError::ConditionFailed(failed)),
            },
            outcome => outcome,
        }
    }

    async fn put(
        &self,
        item: Item,
        condition: Option<Condition>,
    ) -> Result<Option<Item>, StoreError> {
        let mut to = Placeholders::default();
        let condition = condition.map(|condition| condition.render(&mut to));
        let (names, values) = to.into_maps();
        self.retrying("PutItem", || async {
            self.client
                .put_item()
                .table_name(&*self.name)
                .set_item(Some(item.clone()))
                .set_condition_expression(condition.clone())
                .set_expression_attribute_names(names.clone())
                .set_expression_attribute_values(values.clone())
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                )
                .send()
                .await
                .map_err(|e| classify("PutItem", e))
        })
        .await?;
        Ok(Some(item))
    }

    async fn update(
        &self,
        key: Key,
        changes: expr::Changes,
        condition: Option<Condition>,
    ) -> Result<Option<Item>, StoreError> {
        let mut to = Placeholders::default();
        let condition = condition.map(|condition| condition.render(&mut to));
        let changes = changes.render(&mut to);
        let (names, values) = to.into_maps();
        self.retrying("UpdateItem", || async {
            self.client
                .update_item()
                .table_name(&*self.name)
                .set_key(Some(key.clone().into_item()))
                .update_expression(changes.clone())
                .set_condition_expression(condition.clone())
                .set_expression_attribute_names(names.clone())
                .set_expression_attribute_values(values.clone())
                .return_values(ReturnValue::AllNew)
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                )
                .send()
                .await
                .map(|answer| answer.attributes)
                .map_err(|e| classify("UpdateItem", e))
        })
        .await
    }

    async fn delete(
        &self,
        key: Key,
        condition: Option<Condition>,
    ) -> Result<Option<Item>, StoreError> {
        let mut to = Placeholders::default();
        let condition = condition.map(|condition| condition.render(&mut to));
        let (names, values) = to.into_maps();
        self.retrying("DeleteItem", || async {
            self.client
                .delete_item()
                .table_name(&*self.name)
                .set_key(Some(key.clone().into_item()))
                .set_condition_expression(condition.clone())
                .set_expression_attribute_names(names.clone())
                .set_expression_attribute_values(values.clone())
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                )
                .send()
                .await
                .map_err(|e| classify("DeleteItem", e))
        })
        .await?;
        Ok(None)
    }

    /// Do all of the writes or none of them.
    ///
    /// Conflicts with other transactions are tried again under the same token until the budget is used up,
    /// so a time-out after the commit is not done twice.
    pub async fn transact(&self, transaction: Transaction) -> Result<(), StoreError> {
        const OPERATION: &str = "TransactWriteItems";
        let write_id = Uuid::now_v7().to_string();
        let items = transaction.into_items(&self.name, &write_id, self.clock.now())?;
        let outcome = self
            .retrying(OPERATION, || async {
                self.client
                    .transact_write_items()
                    .set_transact_items(Some(items.clone()))
                    .client_request_token(&write_id)
                    .send()
                    .await
                    .map(|_| ())
                    .map_err(|e| classify(OPERATION, e))
            })
            .await;
        self.last_write.note(&outcome);
        match outcome {
            // One item with our id means that all of it was committed by an earlier attempt.
            Err(StoreError::ConditionFailed(failed))
                if failed
                    .iter()
                    .any(|one| one.item.as_ref().is_some_and(|i| is_signed(i, &write_id))) =>
            {
                Ok(())
            }
            outcome => outcome,
        }
    }

    /// The SDK retries throttling, time-outs and failures of the service by itself; conflicts are ours.
    pub(crate) async fn retrying<T, F, Fut>(
        &self,
        operation: &'static str,
        mut attempt: F,
    ) -> Result<T, StoreError>
    where
        F: FnMut() -> Fut,
        Fut: Future<Output = Result<T, Attempt>>,
    {
        // A call of the SDK is a future of some ten kilobytes, which would be moved again and again with those around it.
        (|| Box::pin(attempt()))
            .retry(self.conflict_backoff)
            .sleep(tokio::time::sleep)
            .when(|failure| {
                let conflict = matches!(failure, Attempt::Conflict);
                if conflict {
                    metric!("table.conflicts");
                }
                conflict || matches!(failure, Attempt::Expired(_))
            })
            .await
            .map_err(|failure| match failure {
                Attempt::Conflict => {
                    metric!("table.contended");
                    StoreError::contended(operation)
                }
                Attempt::Failed(error) | Attempt::Expired(error) => error,
            })
    }
}

fn is_signed(item: &Item, write_id: &str) -> bool {
    matches!(item.get(attr::WRITE_ID), Some(AttributeValue::S(id)) if id == write_id)
}
