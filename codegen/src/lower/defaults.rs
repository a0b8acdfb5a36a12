//! Defaults.

use serde_json::Value;

use super::Lowering;
use crate::source::NodeId;

impl Lowering<'_> {
    /// The default of a schema: its own, or that of the one schema that it only annotates.
    pub(super) fn default_of(&self, node: NodeId) -> Option<Value> {
        let mut at = node;
        loop {
            let view = self.view(at);
            if let Some(default) = &view.default {
                return (!self.bad_defaults.contains(&at)).then(|| default.clone());
            }
            // `cycles` has made sure that this ends.
            match view.all_of.as_slice() {
                [only] => at = *only,
                _ => return None,
            }
        }
    }
}
