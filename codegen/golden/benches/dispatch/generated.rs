//! The handlers of the generated service.

use std::borrow::Cow;
use std::sync::Arc;

use civicforge_codegen_golden::bench::quests::{
    CreateQuestError, CreateQuestRequest, CreateQuestResponse, QuestsApi, ReadRankingError,
    ReadRankingRequest, ReadRankingResponse,
};
use civicforge_codegen_golden::bench::routes;
use civicforge_codegen_golden::bench::security::Authenticate;
use civicforge_codegen_golden::bench::types::{Member, Period, Quest, QuestStatus, Ranking};
use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::AuthenticationError;
use uuid::Uuid;

use crate::requests::{MEMBER, QUEST, created_at, is_good};

/// The service that is measured.
pub use civicforge_runtime::service::Service;

/// What a server without a database does.
pub struct Handlers;

/// The service of them.
pub fn service() -> Service {
    Service::builder()
        .routes(routes(&Arc::new(Handlers)))
        .build()
        .expect("the routes can be told apart")
}

/// Whoever has the token.
pub struct Caller(Uuid);

impl Principal for Caller {
    fn id(&self) -> Cow<'_, str> {
        self.0.to_string().into()
    }
}

impl Authenticate for Handlers {
    type Bearer = Caller;

    async fn bearer(
        &self,
        _: &Context,
        token: &str,
        _: &[&str],
    ) -> Result<Caller, AuthenticationError> {
        if is_good(token) {
            Ok(Caller(MEMBER))
        } else {
            Err(AuthenticationError::invalid("The token is not good."))
        }
    }
}

impl QuestsApi for Handlers {
    async fn create_quest(
        &self,
        _: &Context,
        Caller(creator): Caller,
        request: CreateQuestRequest,
    ) -> Result<CreateQuestResponse, CreateQuestError> {
        let draft = request.body;
        let quest = Quest {
            id: QUEST,
            guild_id: request.guild_id,
            creator_id: creator,
            title: draft.title,
            description: draft.description,
            category: draft.category,
            status: QuestStatus::Open,
            reward_xp: draft.reward_xp.unwrap_or(50),
            reward_reputation: draft.reward_reputation.unwrap_or(5),
            expires_at: draft.expires_at,
            created_at: created_at(),
            tags: draft.tags.unwrap_or_default(),
        };
        Ok(CreateQuestResponse {
            etag: "\"1\"".to_owned(),
            location: format!("/api/v1/guilds/{}/quests/{}", quest.guild_id, quest.id),
            body: quest,
        })
    }

    async fn read_ranking(
        &self,
        _: &Context,
        _: Caller,
        request: ReadRankingRequest,
    ) -> Result<ReadRankingResponse, ReadRankingError> {
        let members = (1..=request.page_size).map(|place| Member {
            name: format!("Member {place}"),
            points: i64::from(1000 - place),
        });
        Ok(ReadRankingResponse {
            body: Ranking {
                guild_id: request.guild_id,
                period: request.period.unwrap_or(Period::Month),
                rank: 3,
                points: 4711,
                members: members.collect(),
            },
        })
    }
}
