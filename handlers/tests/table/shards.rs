//! The number of shards in the table: who may read what, how it is raised, and what refuses it.

use std::time::Duration;

use civicforge_kernel::table::Freshness;
use civicforge_kernel::table::shards::{Progress, RaiseError, raise, read};
use civicforge_kernel::table::{
    CurrentShards, Item, ShardCounts, Shards, StoreError, Table, Value, Write, key,
};
use civicforge_testing::fault::{Fault, Faults};
use civicforge_testing::memory;

use super::support::{faulty, number};

fn counts(readers: u16, writers: u16) -> ShardCounts {
    ShardCounts {
        readers: Shards::new(readers),
        writers: Shards::new(writers),
    }
}

async fn raised(table: &Table, to: u16) -> Result<ShardCounts, RaiseError> {
    raise(table, Shards::new(to), Duration::ZERO, |_| {}).await
}

fn gets(faults: &Faults) -> usize {
    faults
        .requests()
        .get("GetItem")
        .copied()
        .unwrap_or_default()
}

async fn stored(table: &Table) -> Option<Item> {
    table.get(&key::meta::config()).await.unwrap()
}

#[tokio::test]
async fn a_table_that_says_nothing_has_one_shard() {
    let table = memory().await;
    assert_eq!(read(&table).await.unwrap(), ShardCounts::ONE);
    let current = CurrentShards::new(table.clone(), Freshness::default());
    assert_eq!(current.now().await.unwrap(), ShardCounts::ONE);
    assert_eq!(raised(&table, 1).await.unwrap(), ShardCounts::ONE);
    assert_eq!(stored(&table).await, None, "nothing was to be written");
}

/// Copies that are too old after so long.
fn short() -> Freshness {
    Freshness {
        bound: Duration::from_millis(200),
        refresh_after: Duration::from_millis(100),
    }
}

#[tokio::test]
async fn readers_learn_of_a_number_before_writers_and_no_copy_is_used_beyond_its_bound() {
    let table = memory().await;
    let old = CurrentShards::new(table.clone(), short());
    assert_eq!(old.now().await.unwrap(), ShardCounts::ONE);
    let mut steps = Vec::new();
    let settle = short().bound;
    let raised = raise(&table, Shards::new(4), settle, |step| {
        steps.push(step);
    });
    assert_eq!(raised.await.unwrap(), counts(4, 4));
    let [
        Progress::ReadersRaised(4),
        Progress::Waiting(left),
        Progress::WritersRaised(4),
    ] = steps[..]
    else {
        panic!("{steps:?}");
    };
    assert!(left <= settle);
    // The copy is older than its bound, so it is not used.
    assert_eq!(old.now().await.unwrap().readers, Shards::new(4));
}

#[tokio::test]
async fn a_copy_that_grows_old_is_used_and_refreshed_in_the_background() {
    let f = faulty().await;
    let freshness = Freshness {
        bound: Duration::from_secs(600),
        refresh_after: Duration::ZERO,
    };
    let current = CurrentShards::new(f.table.clone(), freshness);
    current.now().await.unwrap();
    raised(&f.table, 2).await.unwrap();
    // The old number is used until the new one is there.
    assert_eq!(current.now().await.unwrap(), ShardCounts::ONE);
    while current.now().await.unwrap() == ShardCounts::ONE {
        tokio::task::yield_now().await;
    }
    assert_eq!(current.now().await.unwrap(), counts(2, 2));
}

#[tokio::test]
async fn those_who_wait_for_the_number_share_one_read_and_its_failure() {
    let f = faulty().await;
    let current = CurrentShards::new(f.table.clone(), Freshness::default());
    let all = || futures::future::join_all((0..20).map(|_| current.now()));
    f.faults.script("GetItem", [Some(Fault::ErrorBefore); 3]);
    let before = gets(&f.faults);
    for outcome in all().await {
        let error = outcome.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable { .. }), "{error}");
    }
    // The SDK's three attempts.
    assert_eq!(gets(&f.faults) - before, 3);
    for outcome in all().await {
        assert_eq!(outcome.unwrap(), ShardCounts::ONE);
    }
    assert_eq!(gets(&f.faults) - before, 4);
}

#[tokio::test]
async fn a_table_that_is_down_is_an_error_when_the_copy_is_too_old() {
    let f = faulty().await;
    let current = CurrentShards::new(f.table.clone(), short());
    let patient = CurrentShards::new(f.table.clone(), Freshness::default());
    current.now().await.unwrap();
    patient.now().await.unwrap();
    f.faults.random(1, 1.0, [Fault::Refused]);
    tokio::time::sleep(short().bound).await;
    let error = current.now().await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error}");
    assert_eq!(patient.now().await.unwrap(), ShardCounts::ONE);
}

#[tokio::test]
async fn the_number_is_never_lowered() {
    let table = memory().await;
    raised(&table, 4).await.unwrap();
    let before = stored(&table).await;
    let error = raised(&table, 2).await.unwrap_err();
    assert!(
        matches!(error, RaiseError::Lower { from: 4, to: 2 }),
        "{error}"
    );
    assert!(error.to_string().contains("stays there"), "{error}");
    assert_eq!(stored(&table).await, before);
}

#[tokio::test]
async fn a_raise_that_was_cut_off_goes_on_where_it_was() {
    let table = memory().await;
    let mut told = false;
    let cut_off = raise(&table, Shards::new(8), Duration::from_secs(600), |step| {
        told |= step == Progress::ReadersRaised(8);
    });
    let cut_off = tokio::time::timeout(Duration::from_millis(300), cut_off).await;
    assert!(cut_off.is_err() && told);
    assert_eq!(read(&table).await.unwrap(), counts(8, 1));
    // A lower number than the one that readers know of would take it back from them.
    let error = raised(&table, 4).await.unwrap_err();
    assert!(
        matches!(error, RaiseError::Unfinished { readers: 8 }),
        "{error}"
    );
    let mut steps = Vec::new();
    let done = raise(&table, Shards::new(8), Duration::ZERO, |step| {
        steps.push(step);
    });
    assert_eq!(done.await.unwrap(), counts(8, 8));
    assert_eq!(steps, [Progress::WritersRaised(8)]);
}

#[tokio::test]
async fn of_raises_at_once_each_is_done_or_says_that_another_was_first() {
    let table = memory().await;
    let raises = (1..=16).map(|to| {
        let table = table.clone();
        tokio::spawn(async move {
            let settle = Duration::from_millis(20);
            raise(&table, Shards::new(to), settle, |_| {}).await
        })
    });
    for outcome in futures::future::join_all(raises).await {
        match outcome.unwrap() {
            Ok(counts) => assert!(counts.readers >= counts.writers),
            Err(RaiseError::Changed | RaiseError::Lower { .. } | RaiseError::Unfinished { .. }) => {
            }
            Err(error) => panic!("{error}"),
        }
    }
    let left = read(&table).await.unwrap();
    assert!(left.readers >= left.writers);
    assert_eq!(raised(&table, 64).await.unwrap(), counts(64, 64));
    let item = stored(&table).await.unwrap();
    assert_eq!(number(&item, "format"), 1);
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_named_with_its_attribute_and_left_alone() {
    for (attribute, value, said) in [
        ("format", Value::from(2), "`format` is 2"),
        ("format", Value::from("1"), "`format` is not a number"),
        (
            "readShards",
            Value::from(0),
            "`readShards` is 0, expected 1 to 64",
        ),
        (
            "writeShards",
            Value::from(65),
            "`writeShards` is 65, expected 1 to 64",
        ),
        (
            "writeShards",
            Value::from(3),
            "`readShards` is 2, which is less than `writeShards`, 3",
        ),
        ("version", Value::from("x"), "`version` is not a number"),
    ] {
        let table = memory().await;
        raised(&table, 2).await.unwrap();
        let broken = Write::update(key::meta::config()).set(attribute, value);
        table.write(broken).await.unwrap();
        let before = stored(&table).await;
        let current = CurrentShards::new(table.clone(), Freshness::default());
        let errors = [
            current.now().await.unwrap_err().to_string(),
            raised(&table, 4).await.unwrap_err().to_string(),
        ];
        for error in errors {
            assert!(error.contains("META#CONFIG / CONFIG"), "{error}");
            assert!(error.contains(said), "{error}");
        }
        assert_eq!(stored(&table).await, before, "{attribute}");
    }
    let table = memory().await;
    raised(&table, 2).await.unwrap();
    let broken = Write::update(key::meta::config()).remove("writeShards");
    table.write(broken).await.unwrap();
    let error = read(&table).await.unwrap_err().to_string();
    assert!(error.contains("`writeShards` is missing"), "{error}");
}
