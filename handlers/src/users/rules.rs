//! What members start with, and what quests cost and earn them.

/// The quest-creation points of a new member.
pub const STARTING_POINTS: u32 = 10;

/// What creating a quest costs, and what deleting or expiring it gives back.
pub const QUEST_COST: u32 = 1;

/// The quest-creation points that completing a quest earns its performer, besides the quest's own
/// experience and reputation.
pub const COMPLETION_POINTS: u32 = 2;

/// How often applying a failed reward is tried before it is abandoned.
pub const MAX_REWARD_TRIES: u32 = 5;

/// The points left after creating a quest; none if there are too few.
pub fn points_after_creating(points: u32) -> Option<u32> {
    points.checked_sub(QUEST_COST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_member_can_create_exactly_ten_quests() {
        let mut points = STARTING_POINTS;
        for _ in 0..10 {
            points = points_after_creating(points).unwrap();
        }
        assert_eq!(points_after_creating(points), None);
    }
}
