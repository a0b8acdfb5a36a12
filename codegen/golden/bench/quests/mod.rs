// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Quests".

pub mod create_quest;
pub mod read_ranking;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
use super::security::Authenticate;
pub use self::create_quest::{CreateQuestError, CreateQuestRequest, CreateQuestResponse};
pub use self::read_ranking::{ReadRankingError, ReadRankingRequest, ReadRankingResponse};

/// The operations of the tag "Quests".
pub trait QuestsApi: Authenticate {
    /// Post a quest.
    ///
    /// `POST /api/v1/guilds/{guildId}/quests`
    fn create_quest(
        &self,
        context: &Context,
        principal: Self::Bearer,
        request: CreateQuestRequest,
    ) -> impl Future<Output = Result<CreateQuestResponse, CreateQuestError>> + Send;

    /// Read where a guild stands.
    ///
    /// `GET /api/v1/guilds/{guildId}/ranking`
    fn read_ranking(
        &self,
        context: &Context,
        principal: Self::Bearer,
        request: ReadRankingRequest,
    ) -> impl Future<Output = Result<ReadRankingResponse, ReadRankingError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: QuestsApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<create_quest::CreateQuest, S>(server),
        Route::of::<read_ranking::ReadRanking, S>(server),
    ])
}
