//! An item that is read and written as a whole, by whoever has something to change in it.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::revise::{Revision, revise};
use super::{Condition, Keys, StoreError, Table, Write, attr, from_item, to_item};

/// What such an item holds. Its serialized form has the version under the name `version`.
pub trait Record: Clone + Default + PartialEq + Serialize + DeserializeOwned {
    /// Counts its changes, from 1; 0 while there is no item, or one of before it had versions.
    fn version(&mut self) -> &mut u64;
}

/// Reads one; where there is none, the default.
///
/// # Errors
///
/// The table cannot be read, or the item is damaged.
pub async fn read<R: Record>(table: &Table, keys: &Keys) -> Result<R, StoreError> {
    let item = table.get(&keys.primary).await?;
    Ok(item.map(from_item).transpose()?.unwrap_or_default())
}

/// Changes one, whatever others change at the same time, and gives it as it is then. `change` is called again with what others have
/// left; where it changes nothing, nothing is written.
///
/// # Errors
///
/// The table fails, or the item is damaged.
pub async fn change<R: Record>(
    table: &Table,
    keys: &Keys,
    change: impl Fn(&mut R),
) -> Result<R, StoreError> {
    let round = || async {
        let mut before: R = read(table, keys).await?;
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(Revision::Done(after));
        }
        let unchanged = match *before.version() {
            // An item of before it had versions is one too.
            0 => Condition::Absent(attr::VERSION),
            version => Condition::eq(attr::VERSION, version),
        };
        *after.version() = before.version().saturating_add(1);
        let put = Write::put(to_item(&after, keys)?).when(unchanged);
        Ok::<_, StoreError>(match table.write_if(put).await? {
            true => Revision::Done(after),
            false => Revision::Stale,
        })
    };
    revise(round).await
}
