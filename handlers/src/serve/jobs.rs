//! What the server does by itself beside answering requests.
//!
//! Every job may be cut off anywhere: what it changes is one conditional write or transaction, and the next round finds what
//! is left. So stopping means not to go on.

use std::future::pending;
use std::time::Duration;

use civicforge_kernel::destinations::Destinations;
use civicforge_kernel::jobs;
use civicforge_kernel::keys::reload::KeyReloader;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::outbox::Relay;
use futures::future::{join3, join4};

use crate::app::CivicForge;

/// How often expired items of the embedded table are deleted. Elsewhere DynamoDB does it.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Does all of it, until dropped. Without a relay, which is with jobs off, it only does what no other process can: it reads keys again, and
/// keeps an embedded table swept.
pub async fn run(
    app: &CivicForge,
    relay: Option<&Relay<Destinations>>,
    embedded: Option<Embedded>,
    keys: &KeyReloader,
) {
    let sweeper = async {
        if let Some(embedded) = embedded {
            embedded.keep_swept(SWEEP_EVERY).await;
        }
    };
    let Some(relay) = relay else {
        // It never ends by itself, as the jobs do not.
        join3(sweeper, keys.run(), pending::<()>()).await;
        return;
    };
    join4(sweeper, keys.run(), relay.run(), jobs::run(&app.jobs())).await;
}
