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
use futures::future::{join3, join5};

use super::open::Files;
use crate::app::CivicForge;

/// How often expired items of the embedded table are deleted. Elsewhere DynamoDB does it.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// How often uploads are looked for of which nobody has told, or that could not be made into images.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Does all of it, until dropped. Without a relay, which is with jobs off, it only does what no other process can: it reads keys again, and
/// keeps an embedded table swept.
pub async fn run(
    app: &CivicForge,
    relay: Option<&Relay<Destinations>>,
    embedded: Option<Embedded>,
    keys: &KeyReloader,
    mut files: Files,
) {
    let sweeper = async {
        if let Some(embedded) = embedded {
            embedded.keep_swept(SWEEP_EVERY).await;
        }
    };
    let Some(relay) = relay else {
        // It never ends by itself, as the jobs do not. What listens goes on with it.
        join3(sweeper, keys.run(), pending::<()>()).await;
        drop(files);
        return;
    };
    join5(
        sweeper,
        keys.run(),
        relay.run(),
        jobs::run(&app.jobs()),
        render(app, &mut files),
    )
    .await;
}

/// Makes images of what is uploaded, one after the other: of what is here, also from before, or of what was told to be in a bucket.
async fn render(app: &CivicForge, files: &mut Files) {
    loop {
        let uploads = match &files.here {
            Some(here) => here.uploaded().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "uploads cannot be looked for");
                Vec::new()
            }),
            None => files.told.recv().await.into_iter().collect(),
        };
        for upload in uploads {
            if let Err(error) = app.properties.render(&upload).await {
                tracing::warn!(%error, upload, "an upload could not be made into an image");
            }
        }
        if let Some(here) = &files.here {
            if let Err(error) = here.sweep().await {
                tracing::warn!(%error, "old files cannot be deleted");
            }
            let _ = tokio::time::timeout(LOOK_EVERY, here.arrival()).await;
        }
    }
}
