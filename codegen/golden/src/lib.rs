//! What the generator writes for the documents in `codegen/tests/documents`.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-codegen` writes it again; the diff is for reading.

#[rustfmt::skip]
#[path = "../all-of/lib.rs"]
pub mod all_of;
#[rustfmt::skip]
#[path = "../bench/lib.rs"]
pub mod bench;
#[rustfmt::skip]
#[path = "../bodies/lib.rs"]
pub mod bodies;
#[rustfmt::skip]
#[path = "../cookies/lib.rs"]
pub mod cookies;
#[rustfmt::skip]
#[path = "../defaults/lib.rs"]
pub mod defaults;
#[rustfmt::skip]
#[path = "../directions/lib.rs"]
pub mod directions;
#[rustfmt::skip]
#[path = "../discriminator/lib.rs"]
pub mod discriminator;
#[rustfmt::skip]
#[path = "../files/lib.rs"]
pub mod files;
#[rustfmt::skip]
#[path = "../formats/lib.rs"]
pub mod formats;
#[rustfmt::skip]
#[path = "../ignored/lib.rs"]
pub mod ignored;
#[rustfmt::skip]
#[path = "../implied/lib.rs"]
pub mod implied;
#[rustfmt::skip]
#[path = "../missing-ids/lib.rs"]
pub mod missing_ids;
#[rustfmt::skip]
#[path = "../names/lib.rs"]
pub mod names;
#[rustfmt::skip]
#[path = "../newtypes/lib.rs"]
pub mod newtypes;
#[rustfmt::skip]
#[path = "../nullable/lib.rs"]
pub mod nullable;
#[rustfmt::skip]
#[path = "../parameter-levels/lib.rs"]
pub mod parameter_levels;
#[rustfmt::skip]
#[path = "../parameters-styles/lib.rs"]
pub mod parameters_styles;
#[rustfmt::skip]
#[path = "../recursion/lib.rs"]
pub mod recursion;
#[rustfmt::skip]
#[path = "../responses/lib.rs"]
pub mod responses;
#[rustfmt::skip]
#[path = "../schema-rules/lib.rs"]
pub mod schema_rules;
#[rustfmt::skip]
#[path = "../security-schemes/lib.rs"]
pub mod security_schemes;
#[rustfmt::skip]
#[path = "../tags/lib.rs"]
pub mod tags;
#[rustfmt::skip]
#[path = "../unions/lib.rs"]
pub mod unions;
#[rustfmt::skip]
#[path = "../yaml-features/lib.rs"]
pub mod yaml_features;
