//! One list out of several partitions, newest first.
//!
//! A feed that many writers share is spread over shards, and a list over all statuses is spread over statuses.
//! Each partition is sorted; a page is the merge of their heads. A filter in Rust decides which items the
//! list shows, and a bound on the items looked at keeps a search for a rare word from reading the whole table: such a
//! page may be short, or empty, with a token that goes on behind what was looked at.

use std::collections::VecDeque;

use futures::future::try_join_all;

use super::cursor::Position;
use super::item::{Item, text};
use super::{Index, Query, StoreError, Table, attr};

/// The items looked at for one page, if not said otherwise.
const DEFAULT_BOUND: usize = 1_000;

/// A list over partitions of one index.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    index: Index,
    partitions: Vec<String>,
    prefix: Option<String>,
    bound: usize,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedPage<T> {
    /// What the filter let through, newest first.
    pub items: Vec<T>,
    /// Where the next page starts; absent where nothing follows.
    pub next: Option<Position>,
}

impl Feed {
    /// The list over these partitions. In all of them together, a sort key is one item's alone.
    pub fn new(index: Index, partitions: Vec<String>) -> Self {
        Self {
            index,
            partitions,
            prefix: None,
            bound: DEFAULT_BOUND,
        }
    }

    /// Only sort keys that start so.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Look at no more than about so many items for a page (by one query's worth per partition, it may be exceeded).
    #[must_use]
    pub fn bound(mut self, items: usize) -> Self {
        self.bound = items;
        self
    }

    /// Read a page. The filter makes of an item what the list shows, or nothing.
    pub async fn page<T>(
        &self,
        table: &Table,
        limit: usize,
        start: Option<Position>,
        mut filter: impl FnMut(Item) -> Result<Option<T>, StoreError>,
    ) -> Result<FeedPage<T>, StoreError> {
        let mut readers: Vec<_> = self
            .partitions
            .iter()
            .map(|partition| Reader::new(self, partition, start.as_ref()))
            .collect();
        let mut position = start;
        let mut items = Vec::new();
        let (mut looked_at, mut rejected) = (0, 0);
        // Where the page ended, once it is full. Reading goes on until something is found to
        // follow, so that the last page has no token.
        let mut full = None;
        loop {
            // One more than is missing, to see whether anything follows; and where the filter takes
            // little, ever more at a time.
            let wanted = limit.saturating_sub(items.len()) + 1;
            let wanted = wanted.max(rejected.min(100));
            let fill = readers.iter_mut().map(|reader| reader.fill(table, wanted));
            try_join_all(fill).await?;
            let Some(newest) = newest(&readers)? else {
                return Ok(FeedPage { items, next: None });
            };
            if looked_at >= self.bound {
                let next = full.or(position);
                return Ok(FeedPage { items, next });
            }
            looked_at += 1;
            let Some(item) = readers[newest].items.pop_front() else {
                continue;
            };
            let behind = Position::after(self.index, &item)?;
            if let Some(shown) = filter(item)? {
                if full.is_some() {
                    return Ok(FeedPage { items, next: full });
                }
                items.push(shown);
                if items.len() >= limit {
                    full = Some(behind.clone());
                }
            } else {
                rejected += 1;
            }
            position = Some(behind);
        }
    }
}

/// The partition whose next item is the newest; `None` at the end of all.
fn newest(readers: &[Reader<'_>]) -> Result<Option<usize>, StoreError> {
    let mut best: Option<((&str, &str), usize)> = None;
    for (at, reader) in readers.iter().enumerate() {
        let Some(item) = reader.items.front() else {
            continue;
        };
        // Two items of one time and id in two partitions are one item that moved between the queries.
        let key = (
            text(item, reader.feed.index.keys().1)?,
            text(item, attr::PK)?,
        );
        if best.is_none_or(|(newest, _)| key > newest) {
            best = Some((key, at));
        }
    }
    Ok(best.map(|(_, at)| at))
}

/// One partition on its way through.
struct Reader<'a> {
    feed: &'a Feed,
    partition: &'a str,
    items: VecDeque<Item>,
    /// Where the next query starts, or that none follows.
    next: Next,
}

enum Next {
    From(Option<Item>),
    Nothing,
}

impl<'a> Reader<'a> {
    fn new(feed: &'a Feed, partition: &'a str, start: Option<&Position>) -> Self {
        Self {
            feed,
            partition,
            items: VecDeque::new(),
            next: Next::From(start.map(|start| start.start_key(feed.index, partition))),
        }
    }

    async fn fill(&mut self, table: &Table, wanted: usize) -> Result<(), StoreError> {
        // A page may be empty and yet not be the last.
        while self.items.is_empty() {
            let Next::From(start) = &self.next else {
                return Ok(());
            };
            let mut query = Query::new(self.feed.index, self.partition)
                .newest_first()
                .limit(wanted)
                .start(start.clone());
            if let Some(prefix) = &self.feed.prefix {
                query = query.prefix(prefix);
            }
            let page = table.query(&query).await?;
            self.items = page.items.into();
            self.next = match page.next {
                Some(next) => Next::From(Some(next)),
                None => Next::Nothing,
            };
        }
        Ok(())
    }
}
