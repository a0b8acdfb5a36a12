//! Delivering messages: the lease, the delivery, and what becomes of the message.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{join_all, try_join_all};
use futures::stream::{self, FuturesUnordered, StreamExt};

use super::breaker::Breakers;
use super::{Backlog, Delivery, DeliveryError, Message, OutboxSource};
use crate::clock::Clock;
use crate::table::key::IndexKey;
use crate::table::key::outbox::Lane;
use crate::table::{
    Backoff, Condition, Due, Index, Item, Key, Query, StoreError, Table, Transaction, Write, attr,
    from_item, item, key, reason_to_keep, stamp,
};
use crate::telemetry::metric;

/// Until when nobody else takes the message.
const LEASED_UNTIL: &str = "leasedUntil";
/// When it was sent; absent while it is not.
const SENT_AT: &str = "sentAt";

/// How many messages one round looks at in a partition, at most: more than one destination can have waiting there.
const LOOKED_AT: usize = 1_000;

/// How often a relay that runs counts the dead: they change rarely, and each look is a read of all of them.
const COUNT_DEAD_EVERY: Duration = Duration::from_secs(60);

/// A message in a partition that was used before messages were spread is left to the queue for so long, where a queue brings it.
const QUEUES_TURN: TimeDelta = TimeDelta::hours(1);

/// How a relay works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelayLimits {
    /// How long to wait where nothing is due.
    pub idle: Duration,
    /// How long a delivery may take. The lease is twice as long.
    pub delivery: Duration,
    /// How many messages are delivered to one destination at a time.
    pub parallel: usize,
    /// How long a round begins deliveries.
    pub round: Duration,
    /// The waits between deliveries of one message.
    pub backoff: Backoff,
    /// A message that is as old as this, and was not taken, is dead.
    pub age: Duration,
    /// How long a delivered message is kept.
    pub kept: Duration,
}

impl Default for RelayLimits {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(1),
            delivery: Duration::from_secs(20),
            parallel: 8,
            round: Duration::from_secs(10),
            backoff: Backoff {
                base: Duration::from_secs(2),
                cap: Duration::from_secs(3600),
                retries: u32::MAX,
                budget: Duration::MAX,
            },
            age: Duration::from_secs(24 * 3600),
            kept: Duration::from_secs(7 * 24 * 3600),
        }
    }
}

/// What became of a message that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// It was delivered just now.
    Delivered,
    /// It was delivered before; there is nothing left to do.
    Settled,
    /// Another worker has it. Should that one die, it has to be handed over again.
    Held,
    /// There was no time for it, and it has to be handed over again.
    NotBegun,
    /// It was not taken, and waits in the index.
    Later,
    /// It was given up, and is kept.
    Dead,
}

/// What became of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AttemptOutcome {
    Delivered,
    Later,
    Dead,
}

/// What a round of a relay did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages delivered.
    pub delivered: usize,
    /// Messages to be tried again.
    pub later: usize,
    /// Messages given up, and damaged ones that were set aside.
    pub dead: usize,
    /// Messages that could not be taken, or of which it could not be noted what became of them, because the table failed.
    pub failed: usize,
}

/// Delivers messages that are due.
pub struct Relay<D> {
    table: Table,
    delivery: D,
    limits: RelayLimits,
    clock: Clock,
    backlog: Arc<Backlog>,
    breakers: Arc<Breakers>,
}

/// A message that is due, and its destinations.
type DueMessage = (Due, Vec<String>);

/// A message that is this relay's for a while.
struct Leased {
    message: Message,
    until: String,
}

impl<D: Delivery> Relay<D> {
    /// A relay from a table to a destination.
    pub fn new(table: Table, delivery: D, limits: RelayLimits) -> Self {
        Self {
            table,
            delivery,
            limits,
            clock: Clock::system(),
            backlog: Arc::default(),
            breakers: Arc::default(),
        }
    }

    /// What this relay has seen last.
    pub fn backlog(&self) -> Arc<Backlog> {
        self.backlog.clone()
    }

    /// Which destinations this relay leaves alone.
    pub fn breakers(&self) -> Arc<Breakers> {
        self.breakers.clone()
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Deliver until dropped, which may be at any time. Failures of the table are logged, and tried again. A destination that is slow
    /// holds up nothing but what is for it.
    pub async fn run(&self) {
        let mut failures = 0;
        let mut counted: Option<Instant> = None;
        let mut busy = BTreeSet::new();
        let mut under_way = FuturesUnordered::new();
        let mut look_at = Instant::now();
        loop {
            let round: Round = tokio::select! {
                Some(done) = under_way.next(), if !under_way.is_empty() => {
                    let (name, round): (String, Round) = done;
                    busy.remove(&name);
                    if round.delivered > 0 {
                        // There may be more for it, or for those that a message was split for.
                        look_at = Instant::now();
                    }
                    round
                }
                () = tokio::time::sleep_until(look_at.into()) => {
                    if counted.is_none_or(|at| at.elapsed() >= COUNT_DEAD_EVERY) {
                        counted = Some(Instant::now());
                        if let Err(error) = self.count_dead().await {
                            tracing::warn!(%error, "the dead messages could not be counted");
                        }
                    }
                    look_at = Instant::now() + self.limits.idle;
                    let until = Instant::now() + self.limits.round;
                    let mut round = Round::default();
                    match self.due(&Lane::ALL, &mut round).await {
                        Ok(due) => for (name, messages) in due {
                            if busy.insert(name.clone()) {
                                under_way.push(self.deliver_to(name, messages, until));
                            }
                        },
                        Err(error) => {
                            tracing::warn!(%error, "the outbox could not be read");
                            round.failed += 1;
                        }
                    }
                    round
                }
            };
            if round.failed > 0 {
                failures += 1;
                look_at = Instant::now() + self.limits.idle + self.limits.backoff.wait(failures);
            } else if round.delivered > 0 {
                failures = 0;
            }
        }
    }

    /// Deliver what is due: to each destination a few messages at a time, beginning with none after [`RelayLimits::round`].
    ///
    /// # Errors
    ///
    /// The index cannot be read. What goes wrong with one message is logged and counted, and does not stop the others.
    pub async fn round(&self) -> Result<Round, StoreError> {
        self.round_until(Instant::now() + self.limits.round).await
    }

    /// The same, beginning with none after this time.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn round_until(&self, until: Instant) -> Result<Round, StoreError> {
        self.round_of(&Lane::ALL, until).await
    }

    /// The same, of the messages of these lanes alone.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn round_of(&self, lanes: &[Lane], until: Instant) -> Result<Round, StoreError> {
        let mut round = Round::default();
        let due = self.due(lanes, &mut round).await?;
        let due = due.into_values();
        let deliveries = due.map(|messages| self.deliver_all(messages, until));
        for one in join_all(deliveries).await {
            round.add(one);
        }
        Ok(round)
    }

    /// What is due, by its destination; under no name what goes to none or to several.
    async fn due(
        &self,
        lanes: &[Lane],
        round: &mut Round,
    ) -> Result<BTreeMap<String, Vec<DueMessage>>, StoreError> {
        let mut destinations: BTreeMap<String, Vec<DueMessage>> = BTreeMap::new();
        for found in self.look(lanes).await? {
            let Some((due, message)) = self.read(found, round).await else {
                continue;
            };
            let names = match self.destinations(&message).await {
                Ok(names) => names,
                Err(error) => {
                    round.count(Some(Err(error)));
                    continue;
                }
            };
            let name = match names.as_slice() {
                [name] => name.clone(),
                // It is done with without any of them.
                _ => String::new(),
            };
            if self.breakers.is_open(&name) {
                continue;
            }
            destinations.entry(name).or_default().push((due, names));
        }
        Ok(destinations)
    }

    /// Delivers the messages of one destination, some at a time, beginning with none after this time.
    async fn deliver_all(&self, messages: Vec<DueMessage>, until: Instant) -> Round {
        let messages = stream::iter(messages);
        let messages = messages.map(|(due, names)| self.deliver_due(due, names, until));
        let mut deliveries = messages.buffer_unordered(self.limits.parallel).boxed();
        let mut round = Round::default();
        while let Some(fate) = deliveries.next().await {
            round.count(fate);
        }
        round
    }

    /// The same, with the destination's name.
    async fn deliver_to(
        &self,
        name: String,
        messages: Vec<DueMessage>,
        until: Instant,
    ) -> (String, Round) {
        (name, self.deliver_all(messages, until).await)
    }

    /// The items of the index that are due, the oldest of each partition first.
    async fn look(&self, lanes: &[Lane]) -> Result<Vec<Item>, StoreError> {
        let now = self.clock.now();
        let former = match self.table.outbox() {
            OutboxSource::Index => now,
            // Nothing tells one that is stuck there from one that is still on its way through the stream, except its age.
            OutboxSource::Stream => now - QUEUES_TURN,
        };
        let partitions = lanes.iter().flat_map(|lane| lane.due());
        let partitions = partitions.map(|pk| (pk, now));
        let was_there = lanes.contains(&Lane::Out);
        let former = was_there.then(|| (key::outbox::FORMER_DUE.to_owned(), former));
        let partitions = partitions.chain(former);
        let found = partitions.map(|(partition, until)| self.look_in(partition, until));
        let found = try_join_all(found).await?;
        let found: Vec<Item> = found.into_iter().flatten().collect();
        self.backlog.saw_due(found.len());
        Ok(found)
    }

    /// Counts the messages that were given up, for the [`Backlog`].
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn count_dead(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let dead = Lane::ALL.map(|lane| self.look_in(lane.dead().to_owned(), now));
        let dead = try_join_all(dead).await?;
        self.backlog.saw_dead(dead.iter().map(Vec::len).sum());
        Ok(())
    }

    async fn look_in(
        &self,
        partition: String,
        until: DateTime<Utc>,
    ) -> Result<Vec<Item>, StoreError> {
        let query = Query::new(Index::Gsi2, partition).at_most(key::dated_at_most(until));
        self.table.query_up_to(query, LOOKED_AT).await
    }

    /// What an item of the index says. A damaged one is set aside; one that somebody has is passed over.
    async fn read(&self, found: Item, round: &mut Round) -> Option<(Due, Message)> {
        let name = item::describe(&found);
        let due = Due::of(&found);
        let lease = found.get(LEASED_UNTIL).and_then(|until| until.as_s().ok());
        if lease.is_some_and(|until| *until > stamp::format(self.clock.now())) {
            return None;
        }
        match (due, from_item(found)) {
            (Ok(due), Ok(message)) => Some((due, message)),
            (Ok(due), Err(error)) => {
                round.count(self.set_aside(&due.key, due.unchanged(), &error).await);
                None
            }
            // DynamoDB has no item in an index without these keys.
            (Err(error), _) => {
                tracing::error!(item = name, %error, "a message has no place");
                round.failed += 1;
                None
            }
        }
    }

    /// `None` where it is another relay's, or there is no time left.
    async fn deliver_due(
        &self,
        due: Due,
        names: Vec<String>,
        until: Instant,
    ) -> Option<Result<AttemptOutcome, StoreError>> {
        if Instant::now() >= until {
            return None;
        }
        let leased = match self.lease(&due.key, due.unchanged()).await {
            Ok(leased) => leased,
            Err(StoreError::ConditionFailed(_)) => return None,
            Err(error) if error.is_damage() => {
                return self.set_aside(&due.key, due.unchanged(), &error).await;
            }
            Err(error) => return Some(Err(error)),
        };
        Some(self.deliver(leased, &names, self.limits.delivery).await)
    }

    /// Deliver one message, of which something else has told that it waits. One that was given up is tried again, because
    /// handing it over is how that is asked for. A delivery is not begun after `until`, and does not go on past it.
    ///
    /// # Errors
    ///
    /// The table cannot be read or written. The message is free again, at once or when the lease ends.
    pub async fn deliver_by_key(
        &self,
        key: &Key,
        until: Instant,
    ) -> Result<DeliveryOutcome, StoreError> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(DeliveryOutcome::NotBegun);
        }
        let leased = match self.lease(key, Condition::exists()).await {
            Ok(leased) => leased,
            Err(StoreError::ConditionFailed(failed)) => {
                // Only what was sent is deleted, a week later.
                let waits = failed
                    .item()
                    .is_some_and(|item| !item.contains_key(SENT_AT));
                return Ok(if waits {
                    DeliveryOutcome::Held
                } else {
                    DeliveryOutcome::Settled
                });
            }
            Err(error) if error.is_damage() => {
                return match self.set_aside(key, Condition::exists(), &error).await {
                    Some(Err(error)) => Err(error),
                    _ => Ok(DeliveryOutcome::Dead),
                };
            }
            Err(other) => return Err(other),
        };
        let names = self.destinations(&leased.message).await?;
        let within = self.limits.delivery.min(left);
        Ok(match self.deliver(leased, &names, within).await? {
            AttemptOutcome::Delivered => DeliveryOutcome::Delivered,
            AttemptOutcome::Later => DeliveryOutcome::Later,
            AttemptOutcome::Dead => DeliveryOutcome::Dead,
        })
    }

    /// Make a message this relay's for a while, from now on, where it waits and nobody has it.
    async fn lease(&self, key: &Key, waits: Condition) -> Result<Leased, StoreError> {
        let now = self.clock.now();
        let until = stamp::format(now + delta(self.limits.delivery * 2));
        let free = Condition::Absent(LEASED_UNTIL)
            .or(Condition::at_most(LEASED_UNTIL, stamp::format(now)));
        let lease = Write::update(key.clone())
            .when(waits.and(Condition::Absent(SENT_AT)).and(free))
            .set(LEASED_UNTIL, &until)
            .add("attempts", 1);
        let item = self.table.write(lease).await?.ok_or_else(|| {
            StoreError::unavailable("UpdateItem", "an update answered without the item")
        })?;
        let message = from_item(item)?;
        Ok(Leased { message, until })
    }

    /// Where a message goes.
    async fn destinations(&self, message: &Message) -> Result<Vec<String>, StoreError> {
        match &message.destination {
            Some(one) => Ok(vec![one.clone()]),
            None => self.delivery.destinations(&message.kind).await,
        }
    }

    /// Deliver a message to its one destination, or put one for each in its place.
    async fn deliver(
        &self,
        leased: Leased,
        names: &[String],
        within: Duration,
    ) -> Result<AttemptOutcome, StoreError> {
        let lane = leased.message.lane();
        let name = match names {
            // A worker of one lane does not deliver what belongs to the other.
            [name] if Lane::of(Some(name)) == lane => name,
            _ => return self.split(leased, names).await,
        };
        let Leased { message, until } = leased;
        let result = self.attempt(name, &message, within).await;
        let now = self.clock.now();
        let failures = message.attempts.saturating_sub(1);
        let due = now + delta(self.limits.backoff.wait(failures));
        let age = delta(self.limits.age);
        let dead_at = message.give_up_at.unwrap_or(message.created_at + age);
        let fate = match &result {
            Ok(()) => AttemptOutcome::Delivered,
            Err(DeliveryError::Later(_)) if due < dead_at => AttemptOutcome::Later,
            Err(_) => AttemptOutcome::Dead,
        };
        if let Err(error) = &result {
            let (id, attempts) = (message.id, message.attempts);
            tracing::warn!(%id, kind = message.kind, destination = name, attempts, %error, ?fate, "message not delivered");
        }
        let key = message.key();
        let settle = settling(&key, until);
        let settle = match fate {
            AttemptOutcome::Delivered => self.sent(settle, now),
            AttemptOutcome::Later => at(settle, key::outbox::waiting(lane, message.id, due)),
            AttemptOutcome::Dead => at(settle, key::outbox::dead(&key, now)),
        };
        let settle = match &result {
            Ok(()) => settle.remove(attr::LAST_ERROR),
            Err(error) => settle.set(attr::LAST_ERROR, reason_to_keep(error)),
        };
        match self.table.write(settle).await {
            Ok(_) => {
                match fate {
                    AttemptOutcome::Delivered => metric!("outbox.delivered"),
                    AttemptOutcome::Later => {}
                    AttemptOutcome::Dead => metric!("outbox.dead"),
                }
                Ok(fate)
            }
            // The lease ran out and another relay has it; it will settle it.
            Err(StoreError::ConditionFailed(_)) => Ok(fate),
            Err(other) => Err(other),
        }
    }

    async fn attempt(
        &self,
        name: &str,
        message: &Message,
        within: Duration,
    ) -> Result<(), DeliveryError> {
        if !self.breakers.lets(name) {
            let why = "the destination has failed too often, and is left alone for a while";
            return Err(DeliveryError::Later(why.to_owned()));
        }
        let delivery = tokio::time::timeout(within, self.delivery.deliver(name, message));
        let result = delivery
            .await
            .unwrap_or_else(|_| Err(DeliveryError::Later("no answer in time".to_owned())));
        match &result {
            // One that will never take this message may take others.
            Ok(()) | Err(DeliveryError::Never(_)) => self.breakers.succeeded(name),
            Err(DeliveryError::Later(_)) => {
                if self.breakers.failed(name) {
                    tracing::error!(
                        destination = name,
                        "a destination is left alone for a while"
                    );
                    metric!("outbox.suspended");
                }
            }
        }
        result
    }

    /// Put messages for each destination in the place of one message; for none, if nobody takes its kind.
    async fn split(&self, leased: Leased, names: &[String]) -> Result<AttemptOutcome, StoreError> {
        let Leased { message, until } = leased;
        let now = self.clock.now();
        let mut transaction =
            Transaction::new().with(self.sent(settling(&message.key(), until), now));
        for name in names {
            transaction.push(message.to(name).send_at(self.table.outbox(), now)?);
        }
        match self.table.transact(transaction).await {
            // The lease ran out and another relay has it.
            Ok(()) | Err(StoreError::ConditionFailed(_)) => Ok(AttemptOutcome::Delivered),
            Err(other) => Err(other),
        }
    }

    /// There is nothing left to do for the message; it is deleted after a while.
    fn sent(&self, settle: Write, now: DateTime<Utc>) -> Write {
        let deleted = stamp::epoch_seconds(now + delta(self.limits.kept));
        settle
            .remove(attr::GSI2PK)
            .remove(attr::GSI2SK)
            .set(SENT_AT, now)
            .set(attr::TTL, deleted)
    }

    /// Move a message that does not read as one to those that were given up, so that it is seen and in nobody's way. `None` where
    /// it has changed since it was read.
    async fn set_aside(
        &self,
        key: &Key,
        waits: Condition,
        error: &StoreError,
    ) -> Option<Result<AttemptOutcome, StoreError>> {
        let now = self.clock.now();
        let aside = Write::update(key.clone())
            .when(waits.and(Condition::Absent(SENT_AT)))
            .remove(LEASED_UNTIL)
            .set(attr::LAST_ERROR, reason_to_keep(error));
        match self
            .table
            .write(at(aside, key::outbox::dead(key, now)))
            .await
        {
            Ok(_) => {
                tracing::error!(item = %key, %error, "a damaged message was set aside");
                metric!("outbox.dead");
                Some(Ok(AttemptOutcome::Dead))
            }
            Err(StoreError::ConditionFailed(_)) => None,
            Err(other) => Some(Err(other)),
        }
    }
}

impl Round {
    /// With another one.
    fn add(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.later += other.later;
        self.dead += other.dead;
        self.failed += other.failed;
    }

    fn count(&mut self, fate: Option<Result<AttemptOutcome, StoreError>>) {
        match fate {
            None => {}
            Some(Ok(AttemptOutcome::Delivered)) => self.delivered += 1,
            Some(Ok(AttemptOutcome::Later)) => self.later += 1,
            Some(Ok(AttemptOutcome::Dead)) => self.dead += 1,
            Some(Err(error)) => {
                tracing::warn!(%error, "a message could not be taken or settled");
                self.failed += 1;
            }
        }
    }
}

/// The write that says what became of a message, under the lease.
fn settling(key: &Key, until: String) -> Write {
    Write::update(key.clone())
        .when(Condition::eq(LEASED_UNTIL, until))
        .remove(LEASED_UNTIL)
}

fn at(write: Write, place: IndexKey) -> Write {
    write
        .set(attr::GSI2PK, place.pk)
        .set(attr::GSI2SK, place.sk)
}

fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::days(365))
}
