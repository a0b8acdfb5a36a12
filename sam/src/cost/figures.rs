//! What was measured: `docs/capacity.json` and `docs/requests.json`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::code::Problem;
use crate::read::{Source, read_as};

/// One access pattern in the table.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Capacity {
    /// Its name.
    pub pattern: String,
    /// The number of shards of the table.
    pub shards: u32,
    /// How often each call of the table is made.
    pub calls: BTreeMap<String, u32>,
    /// Read units.
    pub read_units: f64,
    /// Write units.
    pub write_units: f64,
    /// Messages that it leaves for the table's stream.
    pub messages: u32,
}

/// One access pattern beside the table.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Its name.
    pub pattern: String,
    /// The operation, where it is one of the contract.
    pub operation_id: Option<String>,
    /// The function that does it.
    pub function: String,
    /// Bytes of the response, with its headers.
    pub response_bytes: f64,
    /// Bytes in the function's log.
    pub log_bytes: f64,
    /// Processor time in microseconds.
    pub processor_micros: f64,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Patterns<T> {
    /// The profile of the program that was measured.
    #[serde(default)]
    profile: String,
    patterns: Vec<T>,
}

/// Everything that was measured.
#[derive(Debug)]
pub struct Figures {
    capacity: Vec<Capacity>,
    requests: Vec<Request>,
    /// The profile of the program whose requests were measured.
    pub profile: String,
}

/// The pattern of a delivered message.
const DELIVERY: &str = "deliver a message that the stream has brought";

static CAPACITY: LazyLock<Value> =
    LazyLock::new(|| schemars::schema_for!(Patterns<Capacity>).to_value());
static REQUESTS: LazyLock<Value> =
    LazyLock::new(|| schemars::schema_for!(Patterns<Request>).to_value());

impl Figures {
    /// Reads both files from memory. The paths say what they are called in problems.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read(
        capacity: (&Path, Vec<u8>),
        requests: (&Path, Vec<u8>),
    ) -> Result<Self, Vec<Problem>> {
        let capacity = patterns(capacity, &CAPACITY)?;
        let requests = patterns(requests, &REQUESTS)?;
        Ok(Self {
            capacity: capacity.patterns,
            requests: requests.patterns,
            profile: requests.profile,
        })
    }

    /// A request of this pattern on a table with one shard, which is the default.
    ///
    /// # Errors
    /// Which of the two files does not have it.
    pub fn request(&self, pattern: &str) -> Result<(&Capacity, &Request), String> {
        let capacity = self.capacity.iter();
        let capacity = capacity
            .filter(|row| row.shards == 1)
            .find(|row| row.pattern == pattern)
            .ok_or_else(|| format!("`{pattern}` is no pattern of docs/capacity.json."))?;
        let mut requests = self.requests.iter();
        let request = requests.find(|row| row.pattern == pattern).ok_or_else(|| {
            format!("`{pattern}` was not measured: docs/requests.json does not have it.")
        })?;
        Ok((capacity, request))
    }

    /// A message that is delivered.
    ///
    /// # Errors
    /// Which of the two files does not have it.
    pub fn delivery(&self) -> Result<(&Capacity, &Request), String> {
        self.request(DELIVERY)
    }
}

fn patterns<T: DeserializeOwned>(
    (path, text): (&Path, Vec<u8>),
    schema: &Value,
) -> Result<Patterns<T>, Vec<Problem>> {
    let source: Source<Patterns<T>> = read_as(path, text, schema)?;
    Ok(source.spec)
}
