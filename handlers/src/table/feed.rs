//! One list out of several partitions, newest first.
//!
//! A feed that many writers share is spread over shards, and a list over all statuses is spread over statuses.
//! Each partition is sorted; a page is the merge of their heads. A filter in Rust decides which items the
//! list shows, and a bound on the items looked at keeps a search for a rare word from reading the whole table: such a
//! page may be short, or empty, with a token that goes on behind what was looked at.

use std::collections::VecDeque;

use futures::future::try_join_all;

use super::cursor::{Position, Positions};
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
    pub next: Option<Positions>,
}

impl Feed {
    /// The list over these partitions. Their order matters: a token's positions follow it, and new ones go last.
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

    /// How many partitions there are: what [`PageTokens::open`](super::cursor::PageTokens::open) asks for.
    pub fn partitions(&self) -> usize {
        self.partitions.len()
    }

    /// Read a page. The filter makes of an item what the list shows, or nothing.
    pub async fn page<T>(
        &self,
        table: &Table,
        limit: usize,
        start: Option<Positions>,
        mut filter: impl FnMut(Item) -> Result<Option<T>, StoreError>,
    ) -> Result<FeedPage<T>, StoreError> {
        let start = start.map_or_else(Vec::new, |positions| positions.0);
        let mut partitions: Vec<_> = self
            .partitions
            .iter()
            .enumerate()
            .map(|(at, partition)| Reader::new(self, partition, start.get(at)))
            .collect();
        let mut items = Vec::with_capacity(limit);
        let mut looked_at = 0;
        // Where the page ended, once it is full. Reading goes on until something is found to
        // follow, so that the last page has no token.
        let mut full: Option<Positions> = None;
        loop {
            // One more than is missing, to see whether anything follows.
            let wanted = limit.saturating_sub(items.len()) + 1;
            let fill = partitions
                .iter_mut()
                .map(|reader| reader.fill(table, wanted));
            try_join_all(fill).await?;
            let Some(newest) = newest(&partitions)? else {
                return Ok(FeedPage { items, next: None });
            };
            if looked_at >= self.bound {
                let next = Some(full.unwrap_or_else(|| positions(&partitions)));
                return Ok(FeedPage { items, next });
            }
            looked_at += 1;
            let Some(item) = partitions[newest].take()? else {
                continue;
            };
            if let Some(shown) = filter(item)? {
                if let Some(next) = full {
                    return Ok(FeedPage {
                        items,
                        next: Some(next),
                    });
                }
                items.push(shown);
            }
            if items.len() >= limit && full.is_none() {
                full = Some(positions(&partitions));
            }
        }
    }
}

fn positions(partitions: &[Reader<'_>]) -> Positions {
    Positions(partitions.iter().map(Reader::position).collect())
}

/// The partition whose next item is the newest; `None` at the end of all.
fn newest(partitions: &[Reader<'_>]) -> Result<Option<usize>, StoreError> {
    let mut best: Option<((&str, &str), usize)> = None;
    for (at, reader) in partitions.iter().enumerate() {
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
    /// Behind the last item taken.
    position: Position,
    /// Where the next query starts, or that none follows.
    next: Next,
}

enum Next {
    From(Option<Item>),
    Nothing,
}

impl<'a> Reader<'a> {
    fn new(feed: &'a Feed, partition: &'a str, start: Option<&Position>) -> Self {
        let position = start.cloned().unwrap_or(Position::Start);
        let next = match &position {
            Position::End => Next::Nothing,
            position => Next::From(position.start_key(feed.index, partition)),
        };
        Self {
            feed,
            partition,
            items: VecDeque::new(),
            position,
            next,
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

    fn take(&mut self) -> Result<Option<Item>, StoreError> {
        let Some(item) = self.items.pop_front() else {
            return Ok(None);
        };
        self.position = Position::after(self.feed.index, &item)?;
        Ok(Some(item))
    }

    fn position(&self) -> Position {
        match self.next {
            Next::Nothing if self.items.is_empty() => Position::End,
            _ => self.position.clone(),
        }
    }
}
