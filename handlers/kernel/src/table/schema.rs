//! What the table looks like: its keys, its indexes and its time to live.
//!
//! On AWS the stack makes the table, and `sam/` must say the same as this; elsewhere the server makes it at its
//! first start, and at each start checks that it is what the code expects, because an index that is missing would
//! otherwise show as a failing request much later.

use std::time::Duration;

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, TableDescription, TableStatus, TimeToLiveSpecification,
    TimeToLiveStatus,
};

use super::error::{Attempt, StoreError, classify};
use super::{Index, OutboxSource, Table, attr};

const INDEXES: [Index; 2] = [Index::Gsi1, Index::Gsi2];

/// Why the table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// It does not exist, or cannot be reached.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It exists and is something else.
    #[error("table `{table}`: {problem}")]
    Differs {
        /// The table's name.
        table: String,
        /// What is other than it should be.
        problem: String,
    },
}

impl Table {
    /// Make the table where it does not exist, then check it as [`Table::check_schema`] does.
    pub async fn create_if_missing(&self) -> Result<OutboxSource, SchemaError> {
        match self.describe().await {
            Ok(_) => {}
            Err(StoreError::Rejected { code, .. }) if code == "ResourceNotFoundException" => {
                self.create().await?;
            }
            Err(other) => return Err(other.into()),
        }
        self.check_schema().await
    }

    /// Check that the table is there, active, and has the keys, indexes and time to live that the code expects. Says how the
    /// table's messages are found.
    pub async fn check_schema(&self) -> Result<OutboxSource, SchemaError> {
        let differs = |problem| SchemaError::Differs {
            table: self.name().to_owned(),
            problem,
        };
        let table = self.await_active().await?.map_err(differs)?;
        if let Some(problem) = difference(&table) {
            return Err(differs(problem));
        }
        if let Some(problem) = self.time_to_live_problem().await? {
            return Err(differs(problem));
        }
        let stream = table.stream_specification();
        Ok(match stream.is_some_and(|stream| stream.stream_enabled) {
            true => OutboxSource::Stream,
            false => OutboxSource::Index,
        })
    }

    async fn describe(&self) -> Result<TableDescription, StoreError> {
        const OPERATION: &str = "DescribeTable";
        let answer = self
            .retrying(OPERATION, || async {
                let call = self
                    .client()
                    .describe_table()
                    .table_name(self.name())
                    .send();
                call.await.map_err(|e| classify(OPERATION, e))
            })
            .await?;
        answer
            .table
            .ok_or_else(|| StoreError::unavailable(OPERATION, "an answer without a table"))
    }

    async fn await_active(&self) -> Result<Result<TableDescription, String>, StoreError> {
        for _ in 0..60 {
            let table = self.describe().await?;
            match &table.table_status {
                Some(TableStatus::Active | TableStatus::Updating) => return Ok(Ok(table)),
                Some(TableStatus::Creating) => {}
                other => return Ok(Err(format!("its status is {other:?}"))),
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Ok(Err("it is still being made after 30 seconds".to_owned()))
    }

    async fn create(&self) -> Result<(), StoreError> {
        const OPERATION: &str = "CreateTable";
        let building = |e| StoreError::corrupt("building the table's definition", e);
        let mut request = self
            .client()
            .create_table()
            .table_name(self.name())
            .billing_mode(BillingMode::PayPerRequest)
            .set_key_schema(Some(key_schema(Index::Main).map_err(building)?));
        for index in [Index::Main].into_iter().chain(INDEXES) {
            let (pk, sk) = index.keys();
            for name in [pk, sk] {
                let attribute = AttributeDefinition::builder()
                    .attribute_name(name)
                    .attribute_type(ScalarAttributeType::S);
                request = request.attribute_definitions(attribute.build().map_err(building)?);
            }
        }
        for index in INDEXES {
            let projection = Projection::builder().projection_type(projection(index));
            let definition = GlobalSecondaryIndex::builder()
                .set_index_name(index.name().map(str::to_owned))
                .set_key_schema(Some(key_schema(index).map_err(building)?))
                .projection(projection.build());
            request = request.global_secondary_indexes(definition.build().map_err(building)?);
        }
        match request.send().await {
            Ok(_) => {}
            // Another server was first.
            Err(e) if e.code() == Some("ResourceInUseException") => {}
            Err(e) => return Err(finished(OPERATION, classify(OPERATION, e))),
        }
        if let Err(problem) = self.await_active().await? {
            return Err(StoreError::unavailable(OPERATION, problem));
        }
        self.enable_time_to_live().await
    }

    async fn enable_time_to_live(&self) -> Result<(), StoreError> {
        const OPERATION: &str = "UpdateTimeToLive";
        let on = TimeToLiveSpecification::builder()
            .enabled(true)
            .attribute_name(attr::TTL)
            .build()
            .map_err(|e| StoreError::corrupt("building the time to live", e))?;
        let call = self
            .client()
            .update_time_to_live()
            .table_name(self.name())
            .time_to_live_specification(on);
        match call.send().await {
            Ok(_) => Ok(()),
            Err(e) => Err(finished(OPERATION, classify(OPERATION, e))),
        }
    }

    async fn time_to_live_problem(&self) -> Result<Option<String>, StoreError> {
        const OPERATION: &str = "DescribeTimeToLive";
        let call = || async {
            let call = self
                .client()
                .describe_time_to_live()
                .table_name(self.name());
            call.send().await.map_err(|e| classify(OPERATION, e))
        };
        let found = self
            .retrying(OPERATION, call)
            .await?
            .time_to_live_description;
        let on = found.as_ref().is_some_and(|found| {
            found.attribute_name() == Some(attr::TTL)
                && matches!(
                    found.time_to_live_status(),
                    Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)
                )
        });
        if on {
            return Ok(None);
        }
        if found.is_none_or(|found| found.attribute_name().is_none()) {
            // The process ended between making the table and this; finish what it began.
            self.enable_time_to_live().await?;
            return Ok(None);
        }
        Ok(Some(format!("its time to live is not on `{}`", attr::TTL)))
    }
}

fn finished(operation: &'static str, attempt: Attempt) -> StoreError {
    match attempt {
        Attempt::Conflict => StoreError::contended(operation),
        Attempt::Failed(error) | Attempt::Expired(error) => error,
    }
}

fn key_schema(index: Index) -> Result<Vec<KeySchemaElement>, aws_sdk_dynamodb::error::BuildError> {
    let (pk, sk) = index.keys();
    [(pk, KeyType::Hash), (sk, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            let element = KeySchemaElement::builder();
            element.attribute_name(name).key_type(kind).build()
        })
        .collect()
}

/// What an index has of an item. Which one is cheaper follows from how often it is read and how often its items change
/// (`docs/data-model.md`): a change of an item that leaves its keys alone costs nothing in an index of keys, and a list from
/// such an index reads each item on its own.
fn projection(index: Index) -> ProjectionType {
    match index {
        Index::Gsi1 => ProjectionType::KeysOnly,
        Index::Main | Index::Gsi2 => ProjectionType::All,
    }
}

fn difference(table: &TableDescription) -> Option<String> {
    if !has_keys(table.key_schema(), Index::Main) {
        return Some(format!("its keys are not {:?}", Index::Main.keys()));
    }
    for index in INDEXES {
        let found = table
            .global_secondary_indexes()
            .iter()
            .find(|found| found.index_name() == index.name());
        let name = index.name().unwrap_or_default();
        let Some(found) = found else {
            return Some(format!("its index {name} is missing"));
        };
        if !has_keys(found.key_schema(), index) {
            return Some(format!(
                "the keys of its index {name} are not {:?}",
                index.keys()
            ));
        }
        // More than is needed costs more, and works.
        let has = found.projection().and_then(|p| p.projection_type());
        if has != Some(&projection(index)) && has != Some(&ProjectionType::All) {
            return Some(format!(
                "its index {name} has the projection {has:?}, and not {:?}",
                projection(index)
            ));
        }
    }
    None
}

fn has_keys(schema: &[KeySchemaElement], index: Index) -> bool {
    let (pk, sk) = index.keys();
    let has = |name: &str, kind: &KeyType| {
        schema
            .iter()
            .any(|key| key.attribute_name() == name && key.key_type() == kind)
    };
    schema.len() == 2 && has(pk, &KeyType::Hash) && has(sk, &KeyType::Range)
}
