//! An update as the difference of two items.
//!
//! A change is worked out as a whole before anything is written, because a response may be kept in the same transaction: what is
//! answered and what is written must be one and the same. So no attribute can be in one of them and not in the other.

use super::item::{Item, Value};
use super::transact::Write;

impl Write {
    /// Sets and removes what makes an item the one that it is to be. Only these attributes may differ.
    pub fn difference(self, mut before: Item, mut after: Item, changing: &[&'static str]) -> Self {
        let write = changing.iter().fold(self, |write, name| {
            match (before.remove(*name), after.remove(*name)) {
                (Some(_), None) => write.remove(name),
                (before, Some(after)) if before.as_ref() != Some(&after) => {
                    write.set(name, Value::from(after))
                }
                _ => write,
            }
        });
        debug_assert_eq!(before, after, "an attribute changed that is not listed");
        write
    }
}
