//! What was measured.

use std::collections::BTreeSet;

use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::OutboxSource;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_testing::record::{Call, Recorder};
use civicforge_testing::{Reply, TestApp};

/// One access pattern and what it costs.
pub struct Row {
    /// What is done.
    pub pattern: &'static str,
    /// The operation of the contract that does it.
    pub operation: Option<&'static str>,
    /// The event whose function does it.
    pub event: Option<&'static str>,
    /// The calls of the table and how many there were of each, the first one first; a transaction with the number of its
    /// writes.
    pub calls: Vec<(String, usize)>,
    /// Read units, indexes included.
    pub reads: f64,
    /// Write units, indexes included.
    pub writes: f64,
    /// Messages that it has left for the table's stream.
    pub messages: usize,
}

impl Row {
    /// The calls for people.
    pub fn shown_calls(&self) -> String {
        let shown = self.calls.iter().map(|(call, count)| match count {
            1 => call.clone(),
            _ => format!("{count} × {call}"),
        });
        let shown: Vec<_> = shown.collect();
        match shown.is_empty() {
            true => "none".to_owned(),
            false => shown.join(" + "),
        }
    }
}

/// A server, and what its table was asked for.
pub struct Ledger {
    pub app: TestApp,
    pub recorder: Recorder,
    pub shards: u16,
    pub rows: Vec<Row>,
}

impl Ledger {
    pub async fn new(shards: u16) -> Self {
        let embedded = Embedded::in_memory().unwrap();
        embedded.table("test").await.unwrap();
        let recorder = Recorder::default();
        let http = recorder.wrap(embedded.http_client());
        let table = embedded.table_through(http, "test", &Limits::default());
        // As a stack has it.
        let table = table.with_outbox(OutboxSource::Stream);
        Self {
            app: TestApp::setup().table(table).shards(shards).start().await,
            recorder,
            shards,
            rows: Vec::new(),
        }
    }

    /// Forget the calls since the last note: they were preparations.
    pub fn forget(&self) {
        self.recorder.take();
    }

    /// Note what an operation has consumed since the last note. Gives its calls.
    pub fn operation(
        &mut self,
        pattern: &'static str,
        operation: &'static str,
        status: u16,
        reply: &Reply,
    ) -> Vec<Call> {
        assert_eq!(reply.status, status, "{pattern}: {reply:?}");
        let calls = self.note(pattern, Some(operation), None);
        let others = calls.iter().filter(|call| call.made_for != Some(operation));
        assert_eq!(others.count(), 0, "{pattern} is more than {operation}");
        calls
    }

    /// Note what something else has consumed since the last note: an event's function, or the server by itself.
    pub fn note(
        &mut self,
        pattern: &'static str,
        operation: Option<&'static str>,
        event: Option<&'static str>,
    ) -> Vec<Call> {
        let calls = self.recorder.take();
        assert!(calls.iter().all(|call| call.succeeded), "{pattern}");
        let units = |writes: bool| {
            let calls = calls.iter().filter(|call| call.writes() == writes);
            // An empty sum of floating-point numbers is negative.
            0.0 + calls.map(|call| call.capacity).sum::<f64>()
        };
        let names = calls.iter().map(|call| match call.actions.len() {
            0 => call.operation.clone(),
            n => format!("{} of {n}", call.operation),
        });
        let mut counts: Vec<(String, usize)> = Vec::new();
        for name in names {
            match counts.iter_mut().find(|(call, _)| *call == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        let streamed = [Lane::Out, Lane::Sync].map(Lane::partition);
        let keys = calls.iter().flat_map(|call| &call.partitions);
        let keys = keys.filter(|key| streamed.iter().any(|lane| key.starts_with(lane)));
        let messages: BTreeSet<_> = keys.filter(|_| operation.is_some()).collect();
        self.rows.push(Row {
            messages: messages.len(),
            pattern,
            operation,
            event,
            calls: counts,
            reads: units(false),
            writes: units(true),
        });
        calls
    }
}
