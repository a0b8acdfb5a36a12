// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, and which secrets each may read.

use crate::function::{Function, SecretName};

/// Every function. One that serves no operation handles events of the kind that it is called after.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "reads",
        operations: &["listThings", "getThing"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "writes",
        operations: &["createThing", "putPhoto"],
        secrets: &[
            SecretName::SigningKeys,
            SecretName::PublicKeys,
            SecretName::Secret,
            SecretName::Word,
        ],
    },
    Function {
        name: "worker",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "thumbnails",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "accounts",
        operations: &[],
        secrets: &[],
    },
];
