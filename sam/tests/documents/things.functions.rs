// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, which secrets each may read, and what each program is made of.

use civicforge_api::{default};
use civicforge_runtime::operation::Route;

use crate::app::CivicForge;
use crate::function::{EVENTS, Function, Program, SecretName};

/// Every function. One that serves no operation handles events of the kind that it is called after.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "reads",
        program: "small",
        operations: &["listThings", "getThing"],
        secrets: &[SecretName::PublicKeys],
    },
    Function {
        name: "writes",
        program: "large",
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
        program: "small",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "thumbnails",
        program: "small",
        operations: &[],
        secrets: &[],
    },
    Function {
        name: "accounts",
        program: "small",
        operations: &[],
        secrets: &[],
    },
];

/// The program `small`. Reads and works.
pub static SMALL: Program = Program {
    routes: routes_of_small,
    events: Some(&EVENTS),
};

fn routes_of_small(app: &CivicForge) -> Vec<Route> {
    vec![
        Route::of::<default::list_things::ListThings, _>(&app.default),
        Route::of::<default::get_thing::GetThing, _>(&app.default),
    ]
}

/// The program `large`. Everything.
pub static LARGE: Program = Program {
    routes: routes_of_large,
    events: None,
};

fn routes_of_large(app: &CivicForge) -> Vec<Route> {
    vec![
        Route::of::<default::create_thing::CreateThing, _>(&app.default),
        Route::of::<default::put_photo::PutPhoto, _>(&app.default),
    ]
}
