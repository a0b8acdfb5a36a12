//! Queries of one partition of the table or of an index, page by page.

use super::error::{StoreError, classify};
use super::expr::Placeholders;
use super::item::{Item, Value};
use super::{Reads, Table, attr};

/// What is queried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Index {
    /// The table itself: consistent.
    Main,
    /// The first index: what belongs to somebody or something. Eventually consistent.
    Gsi1,
    /// The second index: feeds and work to do. Eventually consistent.
    Gsi2,
}

impl Index {
    /// The index's name on the table.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Main => None,
            Self::Gsi1 => Some("GSI1"),
            Self::Gsi2 => Some("GSI2"),
        }
    }

    /// The attributes that are its partition key and its sort key.
    pub fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Main => (attr::PK, attr::SK),
            Self::Gsi1 => (attr::GSI1PK, attr::GSI1SK),
            Self::Gsi2 => (attr::GSI2PK, attr::GSI2SK),
        }
    }
}

/// Which sort keys of the partition are wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Range {
    All,
    Prefix(String),
    AtMost(String),
    Between(String, String),
}

/// A query of one partition.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    index: Index,
    partition: String,
    range: Range,
    newest_first: bool,
    limit: i32,
    start: Option<Item>,
    reads: Reads,
}

/// One page of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The items, in the order of the sort key.
    pub items: Vec<Item>,
    /// Where the next page starts; absent at the end. It may be present where nothing follows, and a page may
    /// be short or empty where something does: 1 MB is read at a time.
    pub next: Option<Item>,
}

impl Query {
    /// Everything in a partition, in ascending order, 100 at a time.
    pub fn new(index: Index, partition: impl Into<String>) -> Self {
        Self {
            index,
            partition: partition.into(),
            range: Range::All,
            newest_first: false,
            limit: 100,
            start: None,
            reads: Reads::Consistent,
        }
    }

    /// Only these sort keys.
    #[must_use]
    pub(super) fn range(mut self, range: Range) -> Self {
        self.range = range;
        self
    }

    /// Only sort keys that start so.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.range = Range::Prefix(prefix.into());
        self
    }

    /// Only sort keys up to this one.
    #[must_use]
    pub fn at_most(mut self, bound: impl Into<String>) -> Self {
        self.range = Range::AtMost(bound.into());
        self
    }

    /// Only sort keys from the first of these to the second, both included.
    #[must_use]
    pub fn between(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.range = Range::Between(from.into(), to.into());
        self
    }

    /// As the table is now or was a moment ago, for half the price. An index is never read otherwise.
    #[must_use]
    pub fn eventual(mut self) -> Self {
        self.reads = Reads::Eventual;
        self
    }

    /// In descending order.
    #[must_use]
    pub fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    /// At most so many items in a page.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = i32::try_from(limit).unwrap_or(i32::MAX).max(1);
        self
    }

    /// Start after this place; see [`Page::next`].
    #[must_use]
    pub fn start(mut self, start: Option<Item>) -> Self {
        self.start = start;
        self
    }
}

/// What a query finds, read page by page.
#[derive(Debug)]
pub struct Pages<'a> {
    table: &'a Table,
    /// What is read next; nothing at the end.
    query: Option<Query>,
}

impl Pages<'_> {
    /// The next page, which may be empty; `None` behind the last one.
    ///
    /// # Errors
    ///
    /// The table cannot be read. The next call reads the same page.
    pub async fn next(&mut self) -> Result<Option<Vec<Item>>, StoreError> {
        let Some(query) = &self.query else {
            return Ok(None);
        };
        let page = self.table.query(query).await?;
        let rest = self.query.take().filter(|_| page.next.is_some());
        self.query = rest.map(|query| query.start(page.next));
        Ok(Some(page.items))
    }
}

impl Table {
    /// Read page by page until the end, or until there are so many items or a few more.
    ///
    /// # Errors
    ///
    /// The table cannot be read.
    pub async fn query_up_to(&self, query: Query, items: usize) -> Result<Vec<Item>, StoreError> {
        let (mut pages, mut found) = (self.pages(query), Vec::new());
        while found.len() < items
            && let Some(page) = pages.next().await?
        {
            found.extend(page);
        }
        Ok(found)
    }

    /// What a query finds, page by page.
    pub fn pages(&self, query: Query) -> Pages<'_> {
        Pages {
            table: self,
            query: Some(query),
        }
    }

    /// Read one page of a query.
    pub async fn query(&self, query: &Query) -> Result<Page, StoreError> {
        let mut to = Placeholders::default();
        let (partition, sort) = query.index.keys();
        let mut condition = format!(
            "{} = {}",
            to.name(partition),
            to.value(&Value::from(&query.partition))
        );
        match &query.range {
            Range::All => {}
            Range::Prefix(prefix) => {
                let (sort, prefix) = (to.name(sort), to.value(&prefix.into()));
                condition += &format!(" AND begins_with({sort}, {prefix})");
            }
            Range::AtMost(bound) => {
                let (sort, bound) = (to.name(sort), to.value(&bound.into()));
                condition += &format!(" AND {sort} <= {bound}");
            }
            Range::Between(from, end) => {
                let (sort, from) = (to.name(sort), to.value(&from.into()));
                let end = to.value(&end.into());
                condition += &format!(" AND {sort} BETWEEN {from} AND {end}");
            }
        }
        let (names, values) = to.into_maps();
        let consistent = query.index == Index::Main && query.reads == Reads::Consistent;
        let answer = self
            .retrying("Query", || async {
                self.client()
                    .query()
                    .table_name(self.name())
                    .set_index_name(query.index.name().map(str::to_owned))
                    .set_consistent_read(consistent.then_some(true))
                    .key_condition_expression(&condition)
                    .set_expression_attribute_names(names.clone())
                    .set_expression_attribute_values(values.clone())
                    .set_exclusive_start_key(query.start.clone())
                    .scan_index_forward(!query.newest_first)
                    .limit(query.limit)
                    .send()
                    .await
                    .map_err(|e| classify("Query", e))
            })
            .await?;
        Ok(Page {
            items: answer.items.unwrap_or_default(),
            next: answer.last_evaluated_key.filter(|key| !key.is_empty()),
        })
    }
}
