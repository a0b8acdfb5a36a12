// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use super::rt;

pub(crate) static PATTERN_1: rt::Pattern = rt::Pattern::new(
    "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*$",
);

pub(crate) static PATTERN_2: rt::Pattern = rt::Pattern::new("^0x[0-9a-fA-F]{130}$");

pub(crate) static PATTERN_3: rt::Pattern = rt::Pattern::new(
    "^[^<>\\u0000-\\u001F\\u007F]*$",
);

pub(crate) static PATTERN_4: rt::Pattern = rt::Pattern::new(
    "^[A-Za-z0-9][A-Za-z0-9._-]*$",
);

pub(crate) static PATTERN_5: rt::Pattern = rt::Pattern::new("^\\+[1-9][0-9]{6,14}$");

pub(crate) static PATTERN_6: rt::Pattern = rt::Pattern::new("^0x[0-9a-fA-F]{40}$");

pub(crate) static PATTERN_7: rt::Pattern = rt::Pattern::new("^[!-~]+$");

/// `/components/schemas/LoginCredentials`
pub static LOGIN_CREDENTIALS: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "email",
                &rt::Schema::string()
                    .format(rt::Format::Email)
                    .min_length(3)
                    .max_length(254),
            ),
            rt::Property::new(
                    "password",
                    &rt::Schema::string()
                        .format(rt::Format::Password)
                        .min_length(8)
                        .max_length(128),
                )
                .write_only(),
        ],
    )
    .required(&["email", "password"])
    .closed();

/// `/components/schemas/NewAttestation`
pub static NEW_ATTESTATION: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "notes",
                &rt::Schema::string().max_length(500).pattern(&PATTERN_1),
            ),
            rt::Property::new(
                "signature",
                &rt::Schema::string().min_length(132).max_length(132).pattern(&PATTERN_2),
            ),
        ],
    )
    .closed();

/// `/components/schemas/QuestDispute`
pub static QUEST_DISPUTE: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "reason",
                &rt::Schema::string().min_length(20).max_length(1000).pattern(&PATTERN_1),
            ),
        ],
    )
    .required(&["reason"])
    .closed();

/// `/components/schemas/QuestDraft`
pub static QUEST_DRAFT: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "title",
                &rt::Schema::string().min_length(5).max_length(200).pattern(&PATTERN_3),
            ),
            rt::Property::new(
                "description",
                &rt::Schema::string().min_length(20).max_length(2000).pattern(&PATTERN_1),
            ),
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
        ],
    )
    .required(&["title", "description"])
    .closed();

/// `/components/schemas/QuestId`
pub static QUEST_ID: rt::Schema = rt::Schema::string().format(rt::Format::Uuid);

/// `/components/schemas/QuestResolution`
pub static QUEST_RESOLUTION: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new("outcome", &RESOLUTION_OUTCOME),
            rt::Property::new(
                "notes",
                &rt::Schema::string().max_length(500).pattern(&PATTERN_1),
            ),
        ],
    )
    .required(&["outcome"])
    .closed();

/// `/components/schemas/QuestRole`
pub static QUEST_ROLE: rt::Schema = rt::Schema::string()
    .values(&[rt::Literal::String("creator"), rt::Literal::String("performer")]);

/// `/components/schemas/QuestStatus`
pub static QUEST_STATUS: rt::Schema = rt::Schema::string()
    .values(
        &[
            rt::Literal::String("OPEN"),
            rt::Literal::String("CLAIMED"),
            rt::Literal::String("SUBMITTED"),
            rt::Literal::String("COMPLETE"),
            rt::Literal::String("DISPUTED"),
            rt::Literal::String("EXPIRED"),
        ],
    );

/// `/components/schemas/QuestSubmission`
pub static QUEST_SUBMISSION: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "submissionText",
                &rt::Schema::string().min_length(10).max_length(2000).pattern(&PATTERN_1),
            ),
        ],
    )
    .required(&["submissionText"])
    .closed();

/// `/components/schemas/RefreshGrant`
pub static REFRESH_GRANT: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                    "refreshToken",
                    &rt::Schema::string()
                        .format(rt::Format::Password)
                        .min_length(1)
                        .max_length(512),
                )
                .write_only(),
        ],
    )
    .required(&["refreshToken"])
    .closed();

/// `/components/schemas/Registration`
pub static REGISTRATION: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "email",
                &rt::Schema::string()
                    .format(rt::Format::Email)
                    .min_length(3)
                    .max_length(254),
            ),
            rt::Property::new(
                    "password",
                    &rt::Schema::string()
                        .format(rt::Format::Password)
                        .min_length(8)
                        .max_length(128),
                )
                .write_only(),
            rt::Property::new(
                "name",
                &rt::Schema::string().min_length(1).max_length(100).pattern(&PATTERN_3),
            ),
            rt::Property::new(
                "username",
                &rt::Schema::string().min_length(3).max_length(30).pattern(&PATTERN_4),
            ),
            rt::Property::new(
                "phoneNumber",
                &rt::Schema::string().min_length(8).max_length(16).pattern(&PATTERN_5),
            ),
            rt::Property::new("userType", &rt::Schema::ANY.all_of(&[&USER_TYPE])),
        ],
    )
    .required(&["email", "password", "name"])
    .closed();

/// `/components/schemas/ResolutionOutcome`
pub static RESOLUTION_OUTCOME: rt::Schema = rt::Schema::string()
    .values(&[rt::Literal::String("complete"), rt::Literal::String("reopen")]);

/// `/components/schemas/UserId`
pub static USER_ID: rt::Schema = rt::Schema::string().format(rt::Format::Uuid);

/// `/components/schemas/UserType`
pub static USER_TYPE: rt::Schema = rt::Schema::string()
    .values(
        &[
            rt::Literal::String("buyer"),
            rt::Literal::String("seller"),
            rt::Literal::String("agent"),
        ],
    );

/// `/components/schemas/UserUpdate`
pub static USER_UPDATE: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "name",
                &rt::Schema::string().min_length(1).max_length(100).pattern(&PATTERN_3),
            ),
            rt::Property::new(
                "username",
                &rt::Schema::string()
                    .nullable()
                    .min_length(3)
                    .max_length(30)
                    .pattern(&PATTERN_4),
            ),
            rt::Property::new(
                "phoneNumber",
                &rt::Schema::string()
                    .nullable()
                    .min_length(8)
                    .max_length(16)
                    .pattern(&PATTERN_5),
            ),
            rt::Property::new("userType", &USER_TYPE),
        ],
    )
    .required(&["name", "userType"])
    .closed();

/// `/components/schemas/WalletAddress`
pub static WALLET_ADDRESS: rt::Schema = rt::Schema::string()
    .min_length(42)
    .max_length(42)
    .pattern(&PATTERN_6);

/// `/components/schemas/WalletUpdate`
pub static WALLET_UPDATE: rt::Schema = rt::Schema::object()
    .properties(
        &[
            rt::Property::new(
                "walletAddress",
                &rt::Schema::string()
                    .nullable()
                    .min_length(42)
                    .max_length(42)
                    .pattern(&PATTERN_6),
            ),
        ],
    )
    .required(&["walletAddress"])
    .closed();
