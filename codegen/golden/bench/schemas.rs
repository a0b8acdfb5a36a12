// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{
    Additional, Bound, Format, JsonType, Literal, Number, Pattern, Property, Schema,
};

pub(crate) static PATTERN_1: Pattern = Pattern::new("^\\S.*\\S$");

pub(crate) static PATTERN_2: Pattern = Pattern::new("^[a-z]+$");

pub(crate) static PATTERN_3: Pattern = Pattern::new("^[A-Za-z0-9_-]+$");

/// `/components/schemas/Category`
pub static CATEGORY: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String("ENVIRONMENT"),
            Literal::String("EDUCATION"),
            Literal::String("CULTURE"),
            Literal::String("SAFETY"),
        ],
    ),
    ..Schema::ANY
};

/// `/components/schemas/Member`
pub static MEMBER: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "points",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                ..Schema::ANY
            },
        ),
    ],
    required: &["name", "points"],
    ..Schema::ANY
};

/// `/components/schemas/Period`
pub static PERIOD: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String("DAY"),
            Literal::String("WEEK"),
            Literal::String("MONTH"),
            Literal::String("YEAR"),
        ],
    ),
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
                ..Schema::ANY
            },
        ),
        Property::new(
            "code",
            &Schema {
                json_type: Some(JsonType::String),
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
        Property::new(
            "violations",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&VIOLATION),
                ..Schema::ANY
            },
        ),
    ],
    required: &["type", "title", "status", "code"],
    ..Schema::ANY
};

/// `/components/schemas/Quest`
pub static QUEST: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "id",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
        ),
        Property::new(
            "guildId",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
        ),
        Property::new(
            "creatorId",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
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
            "description",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new("category", &CATEGORY),
        Property::new("status", &QUEST_STATUS),
        Property::new(
            "rewardXp",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                ..Schema::ANY
            },
        ),
        Property::new(
            "rewardReputation",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
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
            "createdAt",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::DateTime),
                ..Schema::ANY
            },
        ),
        Property::new(
            "tags",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(
                    &Schema {
                        json_type: Some(JsonType::String),
                        ..Schema::ANY
                    },
                ),
                ..Schema::ANY
            },
        ),
    ],
    required: &[
        "id",
        "guildId",
        "creatorId",
        "title",
        "description",
        "category",
        "status",
        "rewardXp",
        "rewardReputation",
        "expiresAt",
        "createdAt",
        "tags",
    ],
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
                pattern: Some(&PATTERN_1),
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
        Property::new("category", &CATEGORY),
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
        Property::new(
            "tags",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(
                    &Schema {
                        json_type: Some(JsonType::String),
                        min_length: Some(1),
                        max_length: Some(20),
                        pattern: Some(&PATTERN_2),
                        ..Schema::ANY
                    },
                ),
                max_items: Some(10),
                unique_items: true,
                ..Schema::ANY
            },
        ),
    ],
    required: &["title", "description", "category", "expiresAt"],
    additional: Additional::Denied,
    ..Schema::ANY
};

/// `/components/schemas/Quest/properties/status`
pub static QUEST_STATUS: Schema = Schema {
    json_type: Some(JsonType::String),
    enumeration: Some(
        &[
            Literal::String("OPEN"),
            Literal::String("CLAIMED"),
            Literal::String("COMPLETE"),
        ],
    ),
    ..Schema::ANY
};

/// `/components/schemas/Ranking`
pub static RANKING: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new(
            "guildId",
            &Schema {
                json_type: Some(JsonType::String),
                format: Some(Format::Uuid),
                ..Schema::ANY
            },
        ),
        Property::new("period", &PERIOD),
        Property::new(
            "rank",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int32),
                ..Schema::ANY
            },
        ),
        Property::new(
            "points",
            &Schema {
                json_type: Some(JsonType::Integer),
                format: Some(Format::Int64),
                ..Schema::ANY
            },
        ),
        Property::new(
            "members",
            &Schema {
                json_type: Some(JsonType::Array),
                items: Some(&MEMBER),
                ..Schema::ANY
            },
        ),
    ],
    required: &["guildId", "period", "rank", "points", "members"],
    ..Schema::ANY
};

/// `/components/schemas/Violation`
pub static VIOLATION: Schema = Schema {
    json_type: Some(JsonType::Object),
    properties: &[
        Property::new("in", &VIOLATION_IN),
        Property::new(
            "name",
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        Property::new(
            "pointer",
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
