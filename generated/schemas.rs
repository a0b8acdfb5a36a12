// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{
    Additional, Bound, Format, JsonType, Literal, Number, Pattern, Property, Schema,
};

pub(crate) static PATTERN_1: Pattern = Pattern::new("^0x[0-9a-fA-F]{130}$");

pub(crate) static PATTERN_2: Pattern = Pattern::new(
    "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*$",
);

pub(crate) static PATTERN_3: Pattern = Pattern::new("^[^<>\\u0000-\\u001F\\u007F]*$");

pub(crate) static PATTERN_4: Pattern = Pattern::new("^[A-Za-z0-9][A-Za-z0-9._-]*$");

pub(crate) static PATTERN_5: Pattern = Pattern::new("^\\+[1-9][0-9]{6,14}$");

pub(crate) static PATTERN_6: Pattern = Pattern::new("^0x[0-9a-fA-F]{40}$");

pub(crate) static PATTERN_7: Pattern = Pattern::new("^[!-~]+$");

/// `/components/schemas/Attestation`
pub static ATTESTATION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("userId", &USER_ID),
        Property::new("role", &ATTESTATION_ROLE),
        Property::new(
            "attestedAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "notes",
            &Schema {
                json_type: Some(JsonType::String),
                max_length: Some(500),
                ..Schema::ANY
            },
        ),
        Property::new(
            "signature",
            &Schema {
                json_type: Some(JsonType::String),
                pattern: Some(&PATTERN_1),
                ..Schema::ANY
            },
        ),
    ],
    required: &["userId", "role", "attestedAt"],
    ..Schema::ANY
};

/// `/components/schemas/AttestationRole`
pub static ATTESTATION_ROLE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("requestor"), Literal::String("performer")]),
    ..Schema::ANY
};

/// `/components/schemas/ComponentStatus`
pub static COMPONENT_STATUS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new("status", &COMPONENT_STATUS_STATUS),
    ],
    required: &["name", "status"],
    ..Schema::ANY
};

/// `/components/schemas/ComponentStatus/properties/status`
pub static COMPONENT_STATUS_STATUS: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("up")]),
    ..Schema::ANY
};

/// `/components/schemas/Health`
pub static HEALTH: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("status", &HEALTH_STATUS),
        Property::new(
            "version",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["status", "version"],
    ..Schema::ANY
};

/// `/components/schemas/Health/properties/status`
pub static HEALTH_STATUS: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("ok")]),
    ..Schema::ANY
};

/// `/components/schemas/Jwk`
pub static JWK: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("kty", &JWK_KTY),
        Property::new("use", &JWK_USE),
        Property::new("alg", &JWK_ALG),
        Property::new(
            "kid",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "n",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "e",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["kty", "use", "alg", "kid", "n", "e"],
    ..Schema::ANY
};

/// `/components/schemas/Jwk/properties/alg`
pub static JWK_ALG: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("RS256")]),
    ..Schema::ANY
};

/// `/components/schemas/Jwk/properties/kty`
pub static JWK_KTY: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("RSA")]),
    ..Schema::ANY
};

/// `/components/schemas/JwkSet`
pub static JWK_SET: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "keys",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&JWK),
                ..Schema::ANY
            },
        ),
    ],
    required: &["keys"],
    ..Schema::ANY
};

/// `/components/schemas/Jwk/properties/use`
pub static JWK_USE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("sig")]),
    ..Schema::ANY
};

/// `/components/schemas/LoginCredentials`
pub static LOGIN_CREDENTIALS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "email",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Email),
                min_length: Some(3),
                max_length: Some(254),
                ..Schema::ANY
            },
        ),
        Property {
            name: "password",
            schema: &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Password),
                min_length: Some(8),
                max_length: Some(128),
                ..Schema::ANY
            },
            read_only: false,
            write_only: true,
        },
    ],
    required: &["email", "password"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/NewAttestation`
pub static NEW_ATTESTATION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "notes",
            &Schema {
                json_type: Some(JsonType::String),
                max_length: Some(500),
                pattern: Some(&PATTERN_2),
                ..Schema::ANY
            },
        ),
        Property::new(
            "signature",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(132),
                max_length: Some(132),
                pattern: Some(&PATTERN_1),
                ..Schema::ANY
            },
        ),
    ],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/Problem`
pub static PROBLEM: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "type",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::UriReference),
                ..Schema::ANY
            },
        ),
        Property::new(
            "title",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "status",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(400),
                    exclusive: false,
                }),
                maximum: Some(Bound {
                    limit: Number::Integer(599),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "detail",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "instance",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::UriReference),
                ..Schema::ANY
            },
        ),
        Property::new("code", &PROBLEM_CODE),
        Property::new(
            "violations",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&VIOLATION),
                ..Schema::ANY
            },
        ),
        Property::new(
            "requestId",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["type", "title", "status", "code"],
    ..Schema::ANY
};

/// `/components/schemas/ProblemCode`
pub static PROBLEM_CODE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String("invalid_request"),
            Literal::String("invalid_page_token"),
            Literal::String("unauthenticated"),
            Literal::String("invalid_credentials"),
            Literal::String("invalid_refresh_token"),
            Literal::String("forbidden"),
            Literal::String("own_quest"),
            Literal::String("not_creator"),
            Literal::String("not_performer"),
            Literal::String("not_participant"),
            Literal::String("not_arbiter"),
            Literal::String("not_found"),
            Literal::String("method_not_allowed"),
            Literal::String("not_acceptable"),
            Literal::String("request_timeout"),
            Literal::String("email_taken"),
            Literal::String("insufficient_points"),
            Literal::String("quest_not_open"),
            Literal::String("quest_not_claimed"),
            Literal::String("quest_not_submitted"),
            Literal::String("quest_not_disputed"),
            Literal::String("quest_expired"),
            Literal::String("already_attested"),
            Literal::String("wallet_required"),
            Literal::String("signature_mismatch"),
            Literal::String("precondition_failed"),
            Literal::String("payload_too_large"),
            Literal::String("unsupported_media_type"),
            Literal::String("idempotency_key_reused"),
            Literal::String("locked_out"),
            Literal::String("too_many_requests"),
            Literal::String("quota_exceeded"),
            Literal::String("internal_error"),
            Literal::String("service_unavailable"),
            Literal::String("timed_out"),
        ],
    ),
    ..Schema::ANY
};

/// `/components/schemas/Quest`
pub static QUEST: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("questId", &QUEST_ID),
        Property::new(
            "title",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(5),
                max_length: Some(200),
                ..Schema::ANY
            },
        ),
        Property::new(
            "description",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(20),
                max_length: Some(2000),
                ..Schema::ANY
            },
        ),
        Property::new("status", &QUEST_STATUS),
        Property::new(
            "creatorId",
            &Schema {
                all_of: &[&USER_ID],
                ..Schema::ANY
            },
        ),
        Property::new(
            "performerId",
            &Schema {
                all_of: &[&USER_ID],
                ..Schema::ANY
            },
        ),
        Property::new(
            "rewardXp",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(10),
                    exclusive: false,
                }),
                maximum: Some(Bound {
                    limit: Number::Integer(1000),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "rewardReputation",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(1),
                    exclusive: false,
                }),
                maximum: Some(Bound {
                    limit: Number::Integer(100),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "attestations",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&ATTESTATION),
                max_items: Some(2),
                ..Schema::ANY
            },
        ),
        Property::new(
            "submissionText",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(10),
                max_length: Some(2000),
                ..Schema::ANY
            },
        ),
        Property::new(
            "disputeReason",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(20),
                max_length: Some(1000),
                ..Schema::ANY
            },
        ),
        Property::new(
            "createdAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "claimedAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "submittedAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "completedAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "expiresAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "updatedAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "version",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(1),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
    ],
    required: &[
        "questId",
        "title",
        "description",
        "status",
        "creatorId",
        "rewardXp",
        "rewardReputation",
        "attestations",
        "createdAt",
        "updatedAt",
        "version",
    ],
    ..Schema::ANY
};

/// `/components/schemas/QuestCounts`
pub static QUEST_COUNTS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "created",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "performed",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "completed",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
    ],
    required: &["created", "performed", "completed"],
    ..Schema::ANY
};

/// `/components/schemas/QuestDispute`
pub static QUEST_DISPUTE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "reason",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(20),
                max_length: Some(1000),
                pattern: Some(&PATTERN_2),
                ..Schema::ANY
            },
        ),
    ],
    required: &["reason"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/QuestDraft`
pub static QUEST_DRAFT: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "title",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(5),
                max_length: Some(200),
                pattern: Some(&PATTERN_3),
                ..Schema::ANY
            },
        ),
        Property::new(
            "description",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(20),
                max_length: Some(2000),
                pattern: Some(&PATTERN_2),
                ..Schema::ANY
            },
        ),
        Property::new(
            "rewardXp",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(10),
                    exclusive: false,
                }),
                maximum: Some(Bound {
                    limit: Number::Integer(1000),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "rewardReputation",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(1),
                    exclusive: false,
                }),
                maximum: Some(Bound {
                    limit: Number::Integer(100),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "expiresAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
    ],
    required: &["title", "description"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/QuestId`
pub static QUEST_ID: Schema = Schema {
    json_type: Some(JsonType::String),
    format: Some(Format::Uuid),
    ..Schema::ANY
};

/// `/components/schemas/QuestPage`
pub static QUEST_PAGE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "items",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&QUEST),
                max_items: Some(100),
                ..Schema::ANY
            },
        ),
        Property::new(
            "nextPageToken",
            &Schema {
                json_type: Some(JsonType::String),
                max_length: Some(1024),
                ..Schema::ANY
            },
        ),
    ],
    required: &["items"],
    ..Schema::ANY
};

/// `/components/schemas/QuestResolution`
pub static QUEST_RESOLUTION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("outcome", &RESOLUTION_OUTCOME),
        Property::new(
            "notes",
            &Schema {
                json_type: Some(JsonType::String),
                max_length: Some(500),
                pattern: Some(&PATTERN_2),
                ..Schema::ANY
            },
        ),
    ],
    required: &["outcome"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/QuestRole`
pub static QUEST_ROLE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("creator"), Literal::String("performer")]),
    ..Schema::ANY
};

/// `/components/schemas/QuestStatus`
pub static QUEST_STATUS: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String("OPEN"),
            Literal::String("CLAIMED"),
            Literal::String("SUBMITTED"),
            Literal::String("COMPLETE"),
            Literal::String("DISPUTED"),
            Literal::String("EXPIRED"),
        ],
    ),
    ..Schema::ANY
};

/// `/components/schemas/QuestSubmission`
pub static QUEST_SUBMISSION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "submissionText",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(10),
                max_length: Some(2000),
                pattern: Some(&PATTERN_2),
                ..Schema::ANY
            },
        ),
    ],
    required: &["submissionText"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/Readiness`
pub static READINESS: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("status", &READINESS_STATUS),
        Property::new(
            "components",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&COMPONENT_STATUS),
                ..Schema::ANY
            },
        ),
    ],
    required: &["status", "components"],
    ..Schema::ANY
};

/// `/components/schemas/Readiness/properties/status`
pub static READINESS_STATUS: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("ready")]),
    ..Schema::ANY
};

/// `/components/schemas/RefreshGrant`
pub static REFRESH_GRANT: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property {
            name: "refreshToken",
            schema: &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Password),
                min_length: Some(1),
                max_length: Some(512),
                ..Schema::ANY
            },
            read_only: false,
            write_only: true,
        },
    ],
    required: &["refreshToken"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/Registration`
pub static REGISTRATION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "email",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Email),
                min_length: Some(3),
                max_length: Some(254),
                ..Schema::ANY
            },
        ),
        Property {
            name: "password",
            schema: &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Password),
                min_length: Some(8),
                max_length: Some(128),
                ..Schema::ANY
            },
            read_only: false,
            write_only: true,
        },
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(1),
                max_length: Some(100),
                pattern: Some(&PATTERN_3),
                ..Schema::ANY
            },
        ),
        Property::new(
            "username",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(3),
                max_length: Some(30),
                pattern: Some(&PATTERN_4),
                ..Schema::ANY
            },
        ),
        Property::new(
            "phoneNumber",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(8),
                max_length: Some(16),
                pattern: Some(&PATTERN_5),
                ..Schema::ANY
            },
        ),
        Property::new(
            "userType",
            &Schema {
                all_of: &[&USER_TYPE],
                ..Schema::ANY
            },
        ),
    ],
    required: &["email", "password", "name"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/ResolutionOutcome`
pub static RESOLUTION_OUTCOME: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("complete"), Literal::String("reopen")]),
    ..Schema::ANY
};

/// `/components/schemas/TokenResponse`
pub static TOKEN_RESPONSE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "accessToken",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Password),
                ..Schema::ANY
            },
        ),
        Property::new(
            "refreshToken",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Password),
                ..Schema::ANY
            },
        ),
        Property::new("tokenType", &TOKEN_RESPONSE_TOKEN_TYPE),
        Property::new(
            "expiresIn",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "refreshExpiresIn",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new("user", &USER),
    ],
    required: &[
        "accessToken",
        "refreshToken",
        "tokenType",
        "expiresIn",
        "refreshExpiresIn",
        "user",
    ],
    ..Schema::ANY
};

/// `/components/schemas/TokenResponse/properties/tokenType`
pub static TOKEN_RESPONSE_TOKEN_TYPE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("Bearer")]),
    ..Schema::ANY
};

/// `/components/schemas/User`
pub static USER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("userId", &USER_ID),
        Property::new(
            "email",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Email),
                max_length: Some(254),
                ..Schema::ANY
            },
        ),
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(1),
                max_length: Some(100),
                ..Schema::ANY
            },
        ),
        Property::new(
            "username",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(3),
                max_length: Some(30),
                ..Schema::ANY
            },
        ),
        Property::new(
            "phoneNumber",
            &Schema {
                json_type: Some(JsonType::String),
                max_length: Some(16),
                ..Schema::ANY
            },
        ),
        Property::new("userType", &USER_TYPE),
        Property::new(
            "roles",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&USER_ROLE),
                ..Schema::ANY
            },
        ),
        Property::new(
            "verified",
            &Schema {
                json_type: Some(JsonType::Boolean),
                ..Schema::ANY
            },
        ),
        Property::new("walletAddress", &WALLET_ADDRESS),
        Property::new(
            "reputation",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "experience",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "questCreationPoints",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "createdAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "updatedAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "version",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(1),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
    ],
    required: &[
        "userId",
        "email",
        "name",
        "userType",
        "roles",
        "verified",
        "reputation",
        "experience",
        "questCreationPoints",
        "createdAt",
        "updatedAt",
        "version",
    ],
    ..Schema::ANY
};

/// `/components/schemas/UserId`
pub static USER_ID: Schema = Schema {
    json_type: Some(JsonType::String),
    format: Some(Format::Uuid),
    ..Schema::ANY
};

/// `/components/schemas/UserProfile`
pub static USER_PROFILE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("userId", &USER_ID),
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(1),
                max_length: Some(100),
                ..Schema::ANY
            },
        ),
        Property::new(
            "username",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(3),
                max_length: Some(30),
                ..Schema::ANY
            },
        ),
        Property::new("userType", &USER_TYPE),
        Property::new(
            "verified",
            &Schema {
                json_type: Some(JsonType::Boolean),
                ..Schema::ANY
            },
        ),
        Property::new(
            "reputation",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new(
            "experience",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                minimum: Some(Bound {
                    limit: Number::Integer(0),
                    exclusive: false,
                }),
                ..Schema::ANY
            },
        ),
        Property::new("questCounts", &QUEST_COUNTS),
        Property::new(
            "createdAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
    ],
    required: &[
        "userId",
        "name",
        "userType",
        "verified",
        "reputation",
        "experience",
        "questCounts",
        "createdAt",
    ],
    ..Schema::ANY
};

/// `/components/schemas/UserRole`
pub static USER_ROLE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(&[Literal::String("member"), Literal::String("arbiter")]),
    ..Schema::ANY
};

/// `/components/schemas/UserType`
pub static USER_TYPE: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[Literal::String("buyer"), Literal::String("seller"), Literal::String("agent")],
    ),
    ..Schema::ANY
};

/// `/components/schemas/UserUpdate`
pub static USER_UPDATE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                min_length: Some(1),
                max_length: Some(100),
                pattern: Some(&PATTERN_3),
                ..Schema::ANY
            },
        ),
        Property::new(
            "username",
            &Schema {
                json_type: Some(JsonType::String),
                nullable: true,
                min_length: Some(3),
                max_length: Some(30),
                pattern: Some(&PATTERN_4),
                ..Schema::ANY
            },
        ),
        Property::new(
            "phoneNumber",
            &Schema {
                json_type: Some(JsonType::String),
                nullable: true,
                min_length: Some(8),
                max_length: Some(16),
                pattern: Some(&PATTERN_5),
                ..Schema::ANY
            },
        ),
        Property::new("userType", &USER_TYPE),
    ],
    required: &["name", "userType"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/Violation`
pub static VIOLATION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("in", &VIOLATION_IN),
        Property::new(
            "pointer",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "rule",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "message",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
    ],
    required: &["in", "rule", "message"],
    ..Schema::ANY
};

/// `/components/schemas/Violation/properties/in`
pub static VIOLATION_IN: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String("body"),
            Literal::String("query"),
            Literal::String("path"),
            Literal::String("header"),
            Literal::String("cookie"),
        ],
    ),
    ..Schema::ANY
};

/// `/components/schemas/WalletAddress`
pub static WALLET_ADDRESS: Schema = Schema {
    json_type: Some(JsonType::String),
    min_length: Some(42),
    max_length: Some(42),
    pattern: Some(&PATTERN_6),
    ..Schema::ANY
};

/// `/components/schemas/WalletUpdate`
pub static WALLET_UPDATE: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "walletAddress",
            &Schema {
                json_type: Some(JsonType::String),
                nullable: true,
                min_length: Some(42),
                max_length: Some(42),
                pattern: Some(&PATTERN_6),
                ..Schema::ANY
            },
        ),
    ],
    required: &["walletAddress"],
    additional: Additional::Denied,
    ..Schema::ANY
};
