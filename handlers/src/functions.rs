// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, and which secrets each may read.

use crate::function::{Function, SecretName};

/// Every function. One that serves no operation handles events of the kind that it is called after.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "api",
        operations: &[
            "getHealth",
            "getReadiness",
            "getJwks",
            "listMyQuests",
            "getUserProfile",
            "listQuests",
            "getQuest",
        ],
        secrets: &[SecretName::PublicKeys, SecretName::Secret],
    },
    Function {
        name: "users",
        operations: &["getCurrentUser", "updateCurrentUser", "updateWallet"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "auth",
        operations: &["registerUser", "loginUser", "refreshToken", "logoutUser"],
        secrets: &[SecretName::SigningKeys, SecretName::Secret],
    },
    Function {
        name: "createQuest",
        operations: &["createQuest"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "attestQuest",
        operations: &["attestQuest"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "deleteQuest",
        operations: &["deleteQuest"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "questActions",
        operations: &[
            "claimQuest",
            "unclaimQuest",
            "submitQuest",
            "disputeQuest",
            "resolveQuest",
        ],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "createUser",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "reprocessFailedRewards",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "expireQuests",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "deliverOutbox",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "redeliverOutbox",
        operations: &[],
        secrets: &[],
    },
];
