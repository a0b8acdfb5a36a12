// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The codes of problems that are not the usual ones of their status.

pub use super::rt::codes::{IdempotencyKeyReused, InvalidPageToken};
use super::rt;

rt::problem_code!(AlreadyAttested = "already_attested");
rt::problem_code!(EmailTaken = "email_taken");
rt::problem_code!(InsufficientPoints = "insufficient_points");
rt::problem_code!(InvalidCredentials = "invalid_credentials");
rt::problem_code!(InvalidRefreshToken = "invalid_refresh_token");
rt::problem_code!(LockedOut = "locked_out");
rt::problem_code!(NotArbiter = "not_arbiter");
rt::problem_code!(NotCreator = "not_creator");
rt::problem_code!(NotParticipant = "not_participant");
rt::problem_code!(NotPerformer = "not_performer");
rt::problem_code!(OwnQuest = "own_quest");
rt::problem_code!(QuestExpired = "quest_expired");
rt::problem_code!(QuestNotClaimed = "quest_not_claimed");
rt::problem_code!(QuestNotDisputed = "quest_not_disputed");
rt::problem_code!(QuestNotOpen = "quest_not_open");
rt::problem_code!(QuestNotSubmitted = "quest_not_submitted");
rt::problem_code!(QuotaExceeded = "quota_exceeded");
rt::problem_code!(SignatureMismatch = "signature_mismatch");
rt::problem_code!(WalletRequired = "wallet_required");
