// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Bench 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Bench","version":"1.0.0"},"security":[{"bearer":[]}],"tags":[{"name":"Quests"}],"paths":{"/api/v1/guilds/{guildId}/quests":{"post":{"operationId":"createQuest","summary":"Post a quest","tags":["Quests"],"parameters":[{"$ref":"#/components/parameters/GuildId"},{"name":"Idempotency-Key","in":"header","required":true,"schema":{"type":"string","minLength":8,"maxLength":64,"pattern":"^[A-Za-z0-9_-]+$"}}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/QuestDraft"}}}},"responses":{"201":{"description":"The quest.","headers":{"ETag":{"required":true,"schema":{"type":"string"}},"Location":{"required":true,"schema":{"type":"string"}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Quest"}}}},"400":{"$ref":"#/components/responses/Problem"},"401":{"$ref":"#/components/responses/Problem"},"406":{"$ref":"#/components/responses/Problem"},"408":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/Problem"},"413":{"$ref":"#/components/responses/Problem"},"415":{"$ref":"#/components/responses/Problem"},"500":{"$ref":"#/components/responses/Problem"},"503":{"$ref":"#/components/responses/Problem"},"504":{"$ref":"#/components/responses/Problem"}}}},"/api/v1/guilds/{guildId}/ranking":{"get":{"operationId":"readRanking","summary":"Read where a guild stands","tags":["Quests"],"parameters":[{"$ref":"#/components/parameters/GuildId"},{"name":"pageSize","in":"query","schema":{"type":"integer","format":"int32","minimum":1,"maximum":100,"default":20}},{"name":"period","in":"query","schema":{"$ref":"#/components/schemas/Period"}}],"responses":{"200":{"description":"Where it stands.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Ranking"}}}},"400":{"$ref":"#/components/responses/Problem"},"401":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/Problem"},"406":{"$ref":"#/components/responses/Problem"},"500":{"$ref":"#/components/responses/Problem"},"503":{"$ref":"#/components/responses/Problem"},"504":{"$ref":"#/components/responses/Problem"}}}}},"components":{"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"}},"parameters":{"GuildId":{"name":"guildId","in":"path","required":true,"schema":{"type":"string","format":"uuid"}}},"schemas":{"QuestDraft":{"type":"object","additionalProperties":false,"required":["title","description","category","expiresAt"],"properties":{"title":{"type":"string","minLength":5,"maxLength":200,"pattern":"^\\S.*\\S$"},"description":{"type":"string","minLength":20,"maxLength":2000},"category":{"$ref":"#/components/schemas/Category"},"rewardXp":{"type":"integer","format":"int32","minimum":10,"maximum":1000},"rewardReputation":{"type":"integer","format":"int32","minimum":1,"maximum":100},"expiresAt":{"type":"string","format":"date-time"},"tags":{"type":"array","maxItems":10,"uniqueItems":true,"items":{"type":"string","minLength":1,"maxLength":20,"pattern":"^[a-z]+$"}}}},"Quest":{"type":"object","required":["id","guildId","creatorId","title","description","category","status","rewardXp","rewardReputation","expiresAt","createdAt","tags"],"properties":{"id":{"type":"string","format":"uuid"},"guildId":{"type":"string","format":"uuid"},"creatorId":{"type":"string","format":"uuid"},"title":{"type":"string"},"description":{"type":"string"},"category":{"$ref":"#/components/schemas/Category"},"status":{"type":"string","enum":["OPEN","CLAIMED","COMPLETE"]},"rewardXp":{"type":"integer","format":"int32"},"rewardReputation":{"type":"integer","format":"int32"},"expiresAt":{"type":"string","format":"date-time"},"createdAt":{"type":"string","format":"date-time"},"tags":{"type":"array","items":{"type":"string"}}}},"Ranking":{"type":"object","required":["guildId","period","rank","points","members"],"properties":{"guildId":{"type":"string","format":"uuid"},"period":{"$ref":"#/components/schemas/Period"},"rank":{"type":"integer","format":"int32"},"points":{"type":"integer","format":"int64"},"members":{"type":"array","items":{"$ref":"#/components/schemas/Member"}}}},"Member":{"type":"object","required":["name","points"],"properties":{"name":{"type":"string"},"points":{"type":"integer","format":"int64"}}},"Category":{"type":"string","enum":["ENVIRONMENT","EDUCATION","CULTURE","SAFETY"]},"Period":{"type":"string","enum":["DAY","WEEK","MONTH","YEAR"]},"Problem":{"type":"object","required":["type","title","status","code"],"properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer","format":"int32"},"detail":{"type":"string"},"instance":{"type":"string"},"code":{"type":"string"},"requestId":{"type":"string"},"violations":{"type":"array","items":{"$ref":"#/components/schemas/Violation"}}}},"Violation":{"type":"object","required":["in","rule","message"],"properties":{"in":{"type":"string","enum":["body","query","path","header","cookie"]},"name":{"type":"string"},"pointer":{"type":"string"},"rule":{"type":"string"},"message":{"type":"string"}}}},"responses":{"Problem":{"description":"What went wrong.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::quests::QuestsApi {}

    impl<T: super::quests::QuestsApi> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[
        &super::quests::create_quest::DESCRIPTOR,
        &super::quests::read_ranking::DESCRIPTOR,
    ];

    /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
    /// that carry out one tag each.
    pub fn routes<S: Api>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        [super::quests::routes(server)].concat()
    }
}
#[rustfmt::skip]
mod json_schema {
    //! `schemars::JsonSchema` for the types that are component schemas: what the contract says,
    //! word for word. It is there where the runtime's feature `json-schema` is on.
    //!
    //! References in them start with `#/components/schemas/`; the settings
    //! `SchemaSettings::openapi3()` resolve them.

    super::rt::component_schemas! {
        super::CONTRACT; super::types::Category => "Category", super::types::Member =>
        "Member", super::types::Period => "Period", super::types::Problem => "Problem",
        super::types::Quest => "Quest", super::types::QuestDraft => "QuestDraft",
        super::types::Ranking => "Ranking", super::types::Violation => "Violation",
    }
}
#[rustfmt::skip]
mod parameters {
    //! Parameters that several operations take.

    use super::rt;

    pub(crate) static GUILD_ID: rt::Parameter = rt::Parameter::path(
        "guildId",
        &rt::Schema::string().format(rt::Format::Uuid),
    );
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    pub(crate) static PATTERN_1: rt::Pattern = rt::Pattern::new("^\\S.*\\S$");

    pub(crate) static PATTERN_2: rt::Pattern = rt::Pattern::new("^[a-z]+$");

    pub(crate) static PATTERN_3: rt::Pattern = rt::Pattern::new("^[A-Za-z0-9_-]+$");

    /// `/components/schemas/Category`
    pub static CATEGORY: rt::Schema = rt::Schema::string()
        .values(
            &[
                rt::Literal::String("ENVIRONMENT"),
                rt::Literal::String("EDUCATION"),
                rt::Literal::String("CULTURE"),
                rt::Literal::String("SAFETY"),
            ],
        );

    /// `/components/schemas/Period`
    pub static PERIOD: rt::Schema = rt::Schema::string()
        .values(
            &[
                rt::Literal::String("DAY"),
                rt::Literal::String("WEEK"),
                rt::Literal::String("MONTH"),
                rt::Literal::String("YEAR"),
            ],
        );

    /// `/components/schemas/QuestDraft`
    pub static QUEST_DRAFT: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new(
                    "title",
                    &rt::Schema::string().min_length(5).max_length(200).pattern(&PATTERN_1),
                ),
                rt::Property::new(
                    "description",
                    &rt::Schema::string().min_length(20).max_length(2000),
                ),
                rt::Property::new("category", &CATEGORY),
                rt::Property::new(
                    "rewardXp",
                    &rt::Schema::integer()
                        .format(rt::Format::Int32)
                        .at_least(10)
                        .at_most(1000),
                ),
                rt::Property::new(
                    "rewardReputation",
                    &rt::Schema::integer().format(rt::Format::Int32).at_least(1).at_most(100),
                ),
                rt::Property::new(
                    "expiresAt",
                    &rt::Schema::string().format(rt::Format::DateTime),
                ),
                rt::Property::new(
                    "tags",
                    &rt::Schema::array()
                        .items(
                            &rt::Schema::string()
                                .min_length(1)
                                .max_length(20)
                                .pattern(&PATTERN_2),
                        )
                        .max_items(10)
                        .unique_items(),
                ),
            ],
        )
        .required(&["title", "description", "category", "expiresAt"])
        .closed();
}
#[rustfmt::skip]
pub mod security {
    //! Who may call: the principals of the contract's security schemes.

    use super::rt;

    /// Checks credentials. The hand-written server implements it, and its associated types are what protected
    /// operations get.
    pub trait Authenticate: Sized + Send + Sync + 'static {
        /// Whoever the scheme `bearer` lets in.
        type Bearer: rt::Principal;

        /// Checks a credential of the scheme `bearer`, and that it has these scopes.
        fn bearer(
            &self,
            context: &rt::Context,
            credential: &str,
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::Bearer, rt::Rejection>> + Send;
    }

    /// Whoever the scheme `bearer` lets in; `None` where the request has no credential of it.
    pub(crate) async fn bearer<S: Authenticate>(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
        scopes: &[&str],
    ) -> Result<Option<S::Bearer>, rt::Rejection> {
        match credentials.bearer()? {
            Some(credential) => {
                Authenticate::bearer(server, context, credential, scopes).await.map(Some)
            }
            None => Ok(None),
        }
    }
}
#[rustfmt::skip]
pub mod types {
    //! The types of the contract's schemas.
    //!
    //! A value that came in a request has satisfied every rule of its schema. A value that a
    //! handler makes is trusted to.

    use super::rt;

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Category {
        /// `ENVIRONMENT`.
        Environment,
        /// `EDUCATION`.
        Education,
        /// `CULTURE`.
        Culture,
        /// `SAFETY`.
        Safety,
    }

    rt::string_enum!(
        Category { Environment = "ENVIRONMENT", Education = "EDUCATION", Culture = "CULTURE",
        Safety = "SAFETY" }
    );

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Member {
        /// `name`.
        pub name: String,
        /// `points`.
        pub points: i64,
    }

    impl rt::Decode for Member {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.required("name")?,
                points: members.required("points")?,
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Period {
        /// `DAY`.
        Day,
        /// `WEEK`.
        Week,
        /// `MONTH`.
        Month,
        /// `YEAR`.
        Year,
    }

    rt::string_enum!(Period { Day = "DAY", Week = "WEEK", Month = "MONTH", Year = "YEAR" });

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Problem {
        /// `type`.
        pub r#type: String,
        /// `title`.
        pub title: String,
        /// `status`.
        pub status: i32,
        /// `detail`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub detail: Option<String>,
        /// `instance`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub instance: Option<String>,
        /// `code`.
        pub code: String,
        /// `requestId`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub request_id: Option<String>,
        /// `violations`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub violations: Option<Vec<Violation>>,
    }

    impl rt::Decode for Problem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                r#type: members.required("type")?,
                title: members.required("title")?,
                status: members.required("status")?,
                detail: members.optional("detail")?,
                instance: members.optional("instance")?,
                code: members.required("code")?,
                request_id: members.optional("requestId")?,
                violations: members.optional("violations")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Quest {
        /// `id`.
        pub id: rt::Uuid,
        /// `guildId`.
        pub guild_id: rt::Uuid,
        /// `creatorId`.
        pub creator_id: rt::Uuid,
        /// `title`.
        pub title: String,
        /// `description`.
        pub description: String,
        /// `category`.
        pub category: Category,
        /// `status`.
        pub status: QuestStatus,
        /// `rewardXp`.
        pub reward_xp: i32,
        /// `rewardReputation`.
        pub reward_reputation: i32,
        /// `expiresAt`.
        pub expires_at: rt::DateTime<rt::Utc>,
        /// `createdAt`.
        pub created_at: rt::DateTime<rt::Utc>,
        /// `tags`.
        pub tags: Vec<String>,
    }

    impl rt::Decode for Quest {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                id: members.required("id")?,
                guild_id: members.required("guildId")?,
                creator_id: members.required("creatorId")?,
                title: members.required("title")?,
                description: members.required("description")?,
                category: members.required("category")?,
                status: members.required("status")?,
                reward_xp: members.required("rewardXp")?,
                reward_reputation: members.required("rewardReputation")?,
                expires_at: members.required("expiresAt")?,
                created_at: members.required("createdAt")?,
                tags: members.required("tags")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct QuestDraft {
        /// `title`.
        pub title: String,
        /// `description`.
        pub description: String,
        /// `category`.
        pub category: Category,
        /// `rewardXp`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reward_xp: Option<i32>,
        /// `rewardReputation`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reward_reputation: Option<i32>,
        /// `expiresAt`.
        pub expires_at: rt::DateTime<rt::Utc>,
        /// `tags`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tags: Option<Vec<String>>,
    }

    impl rt::Decode for QuestDraft {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                title: members.required("title")?,
                description: members.required("description")?,
                category: members.required("category")?,
                reward_xp: members.optional("rewardXp")?,
                reward_reputation: members.optional("rewardReputation")?,
                expires_at: members.required("expiresAt")?,
                tags: members.optional("tags")?,
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum QuestStatus {
        /// `OPEN`.
        Open,
        /// `CLAIMED`.
        Claimed,
        /// `COMPLETE`.
        Complete,
    }

    rt::string_enum!(
        QuestStatus { Open = "OPEN", Claimed = "CLAIMED", Complete = "COMPLETE" }
    );

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Ranking {
        /// `guildId`.
        pub guild_id: rt::Uuid,
        /// `period`.
        pub period: Period,
        /// `rank`.
        pub rank: i32,
        /// `points`.
        pub points: i64,
        /// `members`.
        pub members: Vec<Member>,
    }

    impl rt::Decode for Ranking {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                guild_id: members.required("guildId")?,
                period: members.required("period")?,
                rank: members.required("rank")?,
                points: members.required("points")?,
                members: members.required("members")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Violation {
        /// `in`.
        pub r#in: ViolationIn,
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// `pointer`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub pointer: Option<String>,
        /// `rule`.
        pub rule: String,
        /// `message`.
        pub message: String,
    }

    impl rt::Decode for Violation {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                r#in: members.required("in")?,
                name: members.optional("name")?,
                pointer: members.optional("pointer")?,
                rule: members.required("rule")?,
                message: members.required("message")?,
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ViolationIn {
        /// `body`.
        Body,
        /// `query`.
        Query,
        /// `path`.
        Path,
        /// `header`.
        Header,
        /// `cookie`.
        Cookie,
    }

    rt::string_enum!(
        ViolationIn { Body = "body", Query = "query", Path = "path", Header = "header",
        Cookie = "cookie" }
    );

    rt::deserialize_decoded! {
        Category, Member, Period, Problem, Quest, QuestDraft, QuestStatus, Ranking,
        Violation, ViolationIn
    }
}
#[rustfmt::skip]
pub mod quests {
    //! The operations of the tag "Quests".

    pub mod create_quest {
        //! `POST /api/v1/guilds/{guildId}/quests`.

        use super::super::{parameters, rt, schemas, security, types};

        /// The request of `POST /api/v1/guilds/{guildId}/quests`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateQuestRequest {
            /// A parameter.
            ///
            /// Path parameter `guildId`.
            pub guild_id: rt::Uuid,
            /// A parameter.
            ///
            /// Header parameter `Idempotency-Key`.
            pub idempotency_key: String,
            /// The body.
            pub body: types::QuestDraft,
        }

        /// The answer of `POST /api/v1/guilds/{guildId}/quests`: 201.
        #[derive(Debug, Clone, PartialEq)]
        pub struct CreateQuestResponse {
            /// A header.
            ///
            /// Header `ETag`.
            pub etag: String,
            /// A header.
            ///
            /// Header `Location`.
            pub location: String,
            /// The body.
            pub body: types::Quest,
        }

        impl rt::IntoAnswer for CreateQuestResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { etag, location, body } = self;
                rt::Answer::json(rt::StatusCode::CREATED, "application/json", &body)
                    .header("etag", &etag)
                    .header("location", &location)
            }
        }

        /// What ends `POST /api/v1/guilds/{guildId}/quests` early.
        ///
        /// - 400: What went wrong.
        /// - 401: What went wrong.
        /// - 406: What went wrong.
        /// - 408: What went wrong.
        /// - 409: What went wrong.
        /// - 413: What went wrong.
        /// - 415: What went wrong.
        /// - 500: What went wrong.
        /// - 503: What went wrong.
        /// - 504: What went wrong.
        pub type CreateQuestError = rt::OperationError<CreateQuest>;

        rt::declares!(
            CreateQuest => [BadRequest[..], Unauthorized[..], NotAcceptable[..],
            RequestTimeout[..], Conflict[..], ContentTooLarge[..], UnsupportedMediaType[..],
            InternalServerError[..], ServiceUnavailable[..], GatewayTimeout[..]]
        );

        /// The operation `createQuest`.
        #[derive(Debug)]
        pub struct CreateQuest;

        impl<S: super::QuestsApi> rt::Operation<S> for CreateQuest {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = S::Bearer;
            type Request = CreateQuestRequest;
            type Response = CreateQuestResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let principal = security::bearer(server, context, credentials, &[]).await?;
                context.require(principal)
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let guild_id = input.parameter(&parameters::GUILD_ID);
                let idempotency_key = input.parameter(&IDEMPOTENCY_KEY);
                let body = input.json(&schemas::QUEST_DRAFT);
                Some(CreateQuestRequest {
                    guild_id: guild_id?,
                    idempotency_key: idempotency_key?,
                    body: body?,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: S::Bearer,
                request: CreateQuestRequest,
            ) -> Result<CreateQuestResponse, CreateQuestError> {
                super::QuestsApi::create_quest(server, context, principal, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "createQuest",
            method: rt::Method::POST,
            path: "/api/v1/guilds/{guildId}/quests",
            parameters: &[&parameters::GUILD_ID, &IDEMPOTENCY_KEY],
            body: Some(rt::RequestBody {
                required: true,
                media_types: &["application/json"],
            }),
            produces: &["application/json"],
            response_headers: &["ETag", "Location"],
            challenges: &["Bearer"],
        };

        static IDEMPOTENCY_KEY: rt::Parameter = rt::Parameter::header(
                "Idempotency-Key",
                &rt::Schema::string().min_length(8).max_length(64).pattern(&schemas::PATTERN_3),
            )
            .required();
    }

    pub mod read_ranking {
        //! `GET /api/v1/guilds/{guildId}/ranking`.

        use super::super::{parameters, rt, schemas, security, types};

        /// The request of `GET /api/v1/guilds/{guildId}/ranking`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ReadRankingRequest {
            /// A parameter.
            ///
            /// Path parameter `guildId`.
            pub guild_id: rt::Uuid,
            /// A parameter.
            ///
            /// Query parameter `pageSize`.
            ///
            /// Where it is absent: `20`.
            pub page_size: i32,
            /// A parameter.
            ///
            /// Query parameter `period`.
            pub period: Option<types::Period>,
        }

        /// The answer of `GET /api/v1/guilds/{guildId}/ranking`: 200.
        #[derive(Debug, Clone, PartialEq)]
        pub struct ReadRankingResponse {
            /// The body.
            pub body: types::Ranking,
        }

        impl rt::IntoAnswer for ReadRankingResponse {
            fn into_answer(self) -> rt::Answer {
                let Self { body } = self;
                rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            }
        }

        /// What ends `GET /api/v1/guilds/{guildId}/ranking` early.
        ///
        /// - 400: What went wrong.
        /// - 401: What went wrong.
        /// - 404: What went wrong.
        /// - 406: What went wrong.
        /// - 500: What went wrong.
        /// - 503: What went wrong.
        /// - 504: What went wrong.
        pub type ReadRankingError = rt::OperationError<ReadRanking>;

        rt::declares!(
            ReadRanking => [BadRequest[..], Unauthorized[..], NotFound[..], NotAcceptable[..],
            InternalServerError[..], ServiceUnavailable[..], GatewayTimeout[..]]
        );

        /// The operation `readRanking`.
        #[derive(Debug)]
        pub struct ReadRanking;

        impl<S: super::QuestsApi> rt::Operation<S> for ReadRanking {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = S::Bearer;
            type Request = ReadRankingRequest;
            type Response = ReadRankingResponse;

            async fn authenticate(
                server: &S,
                context: &rt::Context,
                credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::Rejection> {
                let principal = security::bearer(server, context, credentials, &[]).await?;
                context.require(principal)
            }

            fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
                let guild_id = input.parameter(&parameters::GUILD_ID);
                let page_size = input.parameter(&PAGE_SIZE);
                let period = input.parameter(&PERIOD);
                Some(ReadRankingRequest {
                    guild_id: guild_id?,
                    page_size: page_size.unwrap_or(20),
                    period,
                })
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                principal: S::Bearer,
                request: ReadRankingRequest,
            ) -> Result<ReadRankingResponse, ReadRankingError> {
                super::QuestsApi::read_ranking(server, context, principal, request).await
            }
        }

        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: "readRanking",
            method: rt::Method::GET,
            path: "/api/v1/guilds/{guildId}/ranking",
            parameters: &[&parameters::GUILD_ID, &PAGE_SIZE, &PERIOD],
            body: None,
            produces: &["application/json"],
            response_headers: &[],
            challenges: &["Bearer"],
        };

        static PAGE_SIZE: rt::Parameter = rt::Parameter::query(
            "pageSize",
            &rt::Schema::integer().format(rt::Format::Int32).at_least(1).at_most(100),
        );

        static PERIOD: rt::Parameter = rt::Parameter::query("period", &schemas::PERIOD);
    }


    use super::{rt, security};
    pub use self::create_quest::{CreateQuestError, CreateQuestRequest, CreateQuestResponse};
    pub use self::read_ranking::{ReadRankingError, ReadRankingRequest, ReadRankingResponse};

    /// The operations of the tag "Quests".
    pub trait QuestsApi: security::Authenticate {
        /// Post a quest.
        ///
        /// `POST /api/v1/guilds/{guildId}/quests`
        fn create_quest(
            &self,
            context: &rt::Context,
            principal: Self::Bearer,
            request: CreateQuestRequest,
        ) -> impl Future<Output = Result<CreateQuestResponse, CreateQuestError>> + Send;

        /// Read where a guild stands.
        ///
        /// `GET /api/v1/guilds/{guildId}/ranking`
        fn read_ranking(
            &self,
            context: &rt::Context,
            principal: Self::Bearer,
            request: ReadRankingRequest,
        ) -> impl Future<Output = Result<ReadRankingResponse, ReadRankingError>> + Send;
    }

    /// The operations of the tag, carried out by this server.
    pub fn routes<S: QuestsApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::from([
            rt::Route::of::<create_quest::CreateQuest, S>(server),
            rt::Route::of::<read_ranking::ReadRanking, S>(server),
        ])
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;
