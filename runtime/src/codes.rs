//! The stable codes of problems, as types: `Conflict<QuestExpired>` is a 409 whose code is `quest_expired`.
//!
//! Generated code has a type for each code that a contract lists. Here are those that code of several contracts shares.

/// A code. [`problem_code!`](crate::problem_code) makes one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a code of problems",
    label = "not a code",
    note = "codes are types, in the module `codes` of what was generated"
)]
pub trait ProblemCode {
    /// As it is sent.
    const CODE: &'static str;
}

/// Stands for the code that a status usually has: `not_found` for 404.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual;

/// Makes a type of a code.
#[macro_export]
macro_rules! problem_code {
    ($name:ident = $code:literal) => {
        #[doc = concat!("`", $code, "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name;

        impl $crate::codes::ProblemCode for $name {
            const CODE: &'static ::core::primitive::str = $code;
        }
    };
}

problem_code!(IdempotencyKeyReused = "idempotency_key_reused");
problem_code!(InvalidPageToken = "invalid_page_token");
