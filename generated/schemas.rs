// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Literal, Pattern, Property, Schema};

pub(crate) static PATTERN_1: Pattern = Pattern::new(
    "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*$",
);

pub(crate) static PATTERN_2: Pattern = Pattern::new("^0x[0-9a-fA-F]{130}$");

pub(crate) static PATTERN_3: Pattern = Pattern::new("^[^<>\\u0000-\\u001F\\u007F]*$");

pub(crate) static PATTERN_4: Pattern = Pattern::new("^[A-Za-z0-9][A-Za-z0-9._-]*$");

pub(crate) static PATTERN_5: Pattern = Pattern::new("^\\+[1-9][0-9]{6,14}$");

pub(crate) static PATTERN_6: Pattern = Pattern::new("^0x[0-9a-fA-F]{40}$");

pub(crate) static PATTERN_7: Pattern = Pattern::new("^[!-~]+$");

/// `/components/schemas/LoginCredentials`
pub static LOGIN_CREDENTIALS: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "email",
                &Schema::string().format(Format::Email).min_length(3).max_length(254),
            ),
            Property::new(
                    "password",
                    &Schema::string()
                        .format(Format::Password)
                        .min_length(8)
                        .max_length(128),
                )
                .write_only(),
        ],
    )
    .required(&["email", "password"])
    .closed();

/// `/components/schemas/NewAttestation`
pub static NEW_ATTESTATION: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "notes",
                &Schema::string().max_length(500).pattern(&PATTERN_1),
            ),
            Property::new(
                "signature",
                &Schema::string().min_length(132).max_length(132).pattern(&PATTERN_2),
            ),
        ],
    )
    .closed();

/// `/components/schemas/QuestDispute`
pub static QUEST_DISPUTE: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "reason",
                &Schema::string().min_length(20).max_length(1000).pattern(&PATTERN_1),
            ),
        ],
    )
    .required(&["reason"])
    .closed();

/// `/components/schemas/QuestDraft`
pub static QUEST_DRAFT: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "title",
                &Schema::string().min_length(5).max_length(200).pattern(&PATTERN_3),
            ),
            Property::new(
                "description",
                &Schema::string().min_length(20).max_length(2000).pattern(&PATTERN_1),
            ),
            Property::new(
                "rewardXp",
                &Schema::integer().format(Format::Int32).at_least(10).at_most(1000),
            ),
            Property::new(
                "rewardReputation",
                &Schema::integer().format(Format::Int32).at_least(1).at_most(100),
            ),
            Property::new("expiresAt", &Schema::string().format(Format::DateTime)),
        ],
    )
    .required(&["title", "description"])
    .closed();

/// `/components/schemas/QuestId`
pub static QUEST_ID: Schema = Schema::string().format(Format::Uuid);

/// `/components/schemas/QuestResolution`
pub static QUEST_RESOLUTION: Schema = Schema::object()
    .properties(
        &[
            Property::new("outcome", &RESOLUTION_OUTCOME),
            Property::new("notes", &Schema::string().max_length(500).pattern(&PATTERN_1)),
        ],
    )
    .required(&["outcome"])
    .closed();

/// `/components/schemas/QuestRole`
pub static QUEST_ROLE: Schema = Schema::string()
    .values(&[Literal::String("creator"), Literal::String("performer")]);

/// `/components/schemas/QuestStatus`
pub static QUEST_STATUS: Schema = Schema::string()
    .values(
        &[
            Literal::String("OPEN"),
            Literal::String("CLAIMED"),
            Literal::String("SUBMITTED"),
            Literal::String("COMPLETE"),
            Literal::String("DISPUTED"),
            Literal::String("EXPIRED"),
        ],
    );

/// `/components/schemas/QuestSubmission`
pub static QUEST_SUBMISSION: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "submissionText",
                &Schema::string().min_length(10).max_length(2000).pattern(&PATTERN_1),
            ),
        ],
    )
    .required(&["submissionText"])
    .closed();

/// `/components/schemas/RefreshGrant`
pub static REFRESH_GRANT: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                    "refreshToken",
                    &Schema::string()
                        .format(Format::Password)
                        .min_length(1)
                        .max_length(512),
                )
                .write_only(),
        ],
    )
    .required(&["refreshToken"])
    .closed();

/// `/components/schemas/Registration`
pub static REGISTRATION: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "email",
                &Schema::string().format(Format::Email).min_length(3).max_length(254),
            ),
            Property::new(
                    "password",
                    &Schema::string()
                        .format(Format::Password)
                        .min_length(8)
                        .max_length(128),
                )
                .write_only(),
            Property::new(
                "name",
                &Schema::string().min_length(1).max_length(100).pattern(&PATTERN_3),
            ),
            Property::new(
                "username",
                &Schema::string().min_length(3).max_length(30).pattern(&PATTERN_4),
            ),
            Property::new(
                "phoneNumber",
                &Schema::string().min_length(8).max_length(16).pattern(&PATTERN_5),
            ),
            Property::new("userType", &Schema::ANY.all_of(&[&USER_TYPE])),
        ],
    )
    .required(&["email", "password", "name"])
    .closed();

/// `/components/schemas/ResolutionOutcome`
pub static RESOLUTION_OUTCOME: Schema = Schema::string()
    .values(&[Literal::String("complete"), Literal::String("reopen")]);

/// `/components/schemas/UserId`
pub static USER_ID: Schema = Schema::string().format(Format::Uuid);

/// `/components/schemas/UserType`
pub static USER_TYPE: Schema = Schema::string()
    .values(
        &[Literal::String("buyer"), Literal::String("seller"), Literal::String("agent")],
    );

/// `/components/schemas/UserUpdate`
pub static USER_UPDATE: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "name",
                &Schema::string().min_length(1).max_length(100).pattern(&PATTERN_3),
            ),
            Property::new(
                "username",
                &Schema::string()
                    .nullable()
                    .min_length(3)
                    .max_length(30)
                    .pattern(&PATTERN_4),
            ),
            Property::new(
                "phoneNumber",
                &Schema::string()
                    .nullable()
                    .min_length(8)
                    .max_length(16)
                    .pattern(&PATTERN_5),
            ),
            Property::new("userType", &USER_TYPE),
        ],
    )
    .required(&["name", "userType"])
    .closed();

/// `/components/schemas/WalletAddress`
pub static WALLET_ADDRESS: Schema = Schema::string()
    .min_length(42)
    .max_length(42)
    .pattern(&PATTERN_6);

/// `/components/schemas/WalletUpdate`
pub static WALLET_UPDATE: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "walletAddress",
                &Schema::string()
                    .nullable()
                    .min_length(42)
                    .max_length(42)
                    .pattern(&PATTERN_6),
            ),
        ],
    )
    .required(&["walletAddress"])
    .closed();
