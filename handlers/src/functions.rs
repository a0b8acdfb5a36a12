// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, and which ones handle other events.

/// Each function that serves requests, and the operations that it serves.
pub const HTTP: &[(&str, &[&str])] = &[
    (
        "api",
        &[
            "getHealth",
            "getReadiness",
            "getJwks",
            "listMyQuests",
            "getUserProfile",
            "listQuests",
            "getQuest",
        ],
    ),
    (
        "users",
        &["getCurrentUser", "updateCurrentUser", "updateWallet"],
    ),
    (
        "auth",
        &["registerUser", "loginUser", "refreshToken", "logoutUser"],
    ),
    ("createQuest", &["createQuest"]),
    ("attestQuest", &["attestQuest"]),
    ("deleteQuest", &["deleteQuest"]),
    (
        "questActions",
        &[
            "claimQuest",
            "unclaimQuest",
            "submitQuest",
            "disputeQuest",
            "resolveQuest",
        ],
    ),
];

/// The functions that handle other events.
pub const EVENTS: &[&str] = &[
    "createUser",
    "reprocessFailedRewards",
    "expireQuests",
    "deliverOutbox",
];
