//! One list out of several partitions, in the order of their sort keys: newest first, or oldest first.
//!
//! A feed that many writers share is spread over shards, and a list over all statuses is spread over statuses.
//! Each partition is sorted; a page is the merge of their heads. What is read is paid for, so no partition is asked for a whole
//! page: each is asked for about its share, and one that turns out to have more of the page is asked again, for its share of what
//! is missing then. A filter in Rust decides which items the list shows, and a bound on the items looked at keeps a search for a
//! rare word from reading the whole table: such a page may be short, or empty, with a token that goes on behind what was
//! looked at. The merge yields to other tasks every few items, because a filter may take long.

use std::collections::VecDeque;

use futures::future::try_join_all;

use super::cursor::Position;
use super::item::{Item, text};
use super::query::Range;
use super::{Index, Key, Query, Reads, StoreError, Table, attr};

/// The items looked at for one page, if not said otherwise.
const DEFAULT_BOUND: usize = 200;
/// How often more is read for a page of an index of keys alone, where much of what they point to is not shown.
const READS: usize = 4;
/// The items that one query asks for, at most, where a filter rejects many: an answer is parsed in one go.
const MOST_AT_ONCE: usize = 50;
/// How many items are looked at before other tasks have a turn.
const ITEMS_PER_TURN: usize = 8;
/// How many items more than its share a partition is asked for at first: shares are even only on average, and a second question
/// costs a round trip.
const SPARE: usize = 1;

/// A list over partitions of one index.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    index: Index,
    partitions: Vec<String>,
    range: Range,
    order: Order,
    bound: usize,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    NewestFirst,
    OldestFirst,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedPage<T> {
    /// What the filter let through, in the order of the list.
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
            range: Range::All,
            order: Order::NewestFirst,
            bound: DEFAULT_BOUND,
        }
    }

    /// Only sort keys that start so.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.range = Range::Prefix(prefix.into());
        self
    }

    /// Only sort keys from the first of these to the second, both included.
    #[must_use]
    pub fn between(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.range = Range::Between(from.into(), to.into());
        self
    }

    /// The lowest sort keys first.
    #[must_use]
    pub fn oldest_first(mut self) -> Self {
        self.order = Order::OldestFirst;
        self
    }

    /// Look at no more than so many items for a page.
    #[must_use]
    pub fn bound(mut self, items: usize) -> Self {
        self.bound = items;
        self
    }

    /// Read a page of at most `limit` items. The filter makes of an item what the list shows, or nothing.
    ///
    /// # Errors
    ///
    /// A partition cannot be read, or the filter fails.
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
            let missing = limit.saturating_sub(items.len()) + 1;
            let wanted = missing.max(rejected.min(MOST_AT_ONCE));
            let left = self.bound.saturating_sub(looked_at) + 1;
            fill(&mut readers, table, wanted.min(left), looked_at).await?;
            let Some(next) = self.next(&readers)? else {
                return Ok(FeedPage { items, next: None });
            };
            if looked_at >= self.bound {
                let next = full.or(position);
                return Ok(FeedPage { items, next });
            }
            looked_at += 1;
            let Some(item) = readers[next].take() else {
                continue;
            };
            if looked_at % ITEMS_PER_TURN == 0 {
                tokio::task::yield_now().await;
            }
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

    /// Read a page of what the entries of a list point to: `place` makes of an entry where that is, and `shown` makes of what is there
    /// what the list shows, or nothing. What is there may be behind, and be gone: a page can be short while there is a next one.
    ///
    /// # Errors
    ///
    /// A partition cannot be read, or what is pointed to.
    pub async fn page_of_others<T>(
        &self,
        table: &Table,
        (limit, start): (usize, Option<Position>),
        reads: Reads,
        place: impl Fn(&Item) -> Option<Key>,
        mut shown: impl FnMut(Item) -> Option<T>,
    ) -> Result<FeedPage<T>, StoreError> {
        let (mut items, mut next) = (Vec::new(), start);
        for _ in 0..READS {
            let missing = limit.saturating_sub(items.len());
            let entries = self.page(table, missing, next, |entry| Ok(place(&entry)));
            let entries = entries.await?;
            let found = table.get_many(&entries.items, reads).await?;
            items.extend(found.into_iter().flatten().filter_map(&mut shown));
            next = entries.next;
            if next.is_none() || items.len() >= limit {
                break;
            }
        }
        Ok(FeedPage { items, next })
    }

    /// The partition whose next item comes first; `None` at the end of all.
    fn next(&self, readers: &[Reader<'_>]) -> Result<Option<usize>, StoreError> {
        let mut best: Option<((&str, &str), usize)> = None;
        for (at, reader) in readers.iter().enumerate() {
            let Some(item) = reader.items.front() else {
                continue;
            };
            // Two items of one time and id in two partitions are one item that moved between the queries.
            let key = (text(item, self.index.keys().1)?, text(item, attr::PK)?);
            let first = best.is_none_or(|(best, _)| match self.order {
                Order::NewestFirst => key > best,
                Order::OldestFirst => key < best,
            });
            if first {
                best = Some((key, at));
            }
        }
        Ok(best.map(|(_, at)| at))
    }
}

/// Where a partition has run out, ask it for its share of what is wanted of all of them; and with it those that are about to run
/// out, so that there are few rounds of questions.
async fn fill(
    readers: &mut [Reader<'_>],
    table: &Table,
    wanted: usize,
    looked_at: usize,
) -> Result<(), StoreError> {
    if !readers.iter().any(Reader::has_run_out) {
        return Ok(());
    }
    let partitions = readers.len();
    let fills = readers.iter_mut().filter_map(|reader| {
        let share = match looked_at {
            0 => wanted.div_ceil(partitions) + SPARE,
            _ => (wanted * reader.taken).div_ceil(looked_at) + 1,
        };
        let share = share.min(wanted);
        let low = reader.items.len() * 2 < share || reader.has_run_out();
        (low && reader.has_more()).then(|| reader.fill(table, share))
    });
    try_join_all(fills).await.map(drop)
}

/// One partition on its way through.
struct Reader<'a> {
    feed: &'a Feed,
    partition: &'a str,
    items: VecDeque<Item>,
    /// How many of its items were looked at.
    taken: usize,
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
            taken: 0,
            next: Next::From(start.map(|start| start.start_key(feed.index, partition))),
        }
    }

    fn has_more(&self) -> bool {
        matches!(self.next, Next::From(_))
    }

    /// Nothing can be said of what comes next before it is asked.
    fn has_run_out(&self) -> bool {
        self.items.is_empty() && self.has_more()
    }

    fn take(&mut self) -> Option<Item> {
        self.taken += 1;
        self.items.pop_front()
    }

    /// Have about so many items ready, and at least one if there is one.
    async fn fill(&mut self, table: &Table, wanted: usize) -> Result<(), StoreError> {
        loop {
            let Next::From(start) = &self.next else {
                return Ok(());
            };
            let mut query = Query::new(self.feed.index, self.partition)
                .range(self.feed.range.clone())
                .limit(wanted.saturating_sub(self.items.len()))
                .start(start.clone());
            if self.feed.order == Order::NewestFirst {
                query = query.newest_first();
            }
            let page = table.query(&query).await?;
            self.items.extend(page.items);
            self.next = match page.next {
                Some(next) => Next::From(Some(next)),
                None => Next::Nothing,
            };
            // A page may be empty and yet not be the last.
            if !self.items.is_empty() {
                return Ok(());
            }
        }
    }
}
