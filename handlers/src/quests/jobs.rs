//! What happens to quests by itself: overdue ones expire, and rewards that could not be given are given.

pub mod expiry;
pub mod rewards;

use std::sync::Arc;
use std::time::Duration;

use civicforge_kernel::jobs::Job;

use super::Quests;

/// The jobs of quests.
pub fn jobs(quests: &Arc<Quests>) -> [Job; 2] {
    let (expiring, rewarding) = (quests.clone(), quests.clone());
    [
        Job::new(
            "expireQuests",
            "overdue quests",
            Duration::from_secs(60),
            move |bounds| {
                let quests = expiring.clone();
                async move { quests.expire_overdue(bounds).await }
            },
        ),
        Job::new(
            "reprocessFailedRewards",
            "pending rewards",
            Duration::from_secs(15 * 60),
            move |bounds| {
                let quests = rewarding.clone();
                async move { quests.reprocess_failed_rewards(bounds).await }
            },
        ),
    ]
}
