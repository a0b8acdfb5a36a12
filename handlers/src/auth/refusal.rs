//! The 401s that are about access tokens, with the challenge that each must have (RFC 6750 §3).

use civicforge_runtime::status::Unauthorized;

/// What a caller is told to bring where it brought nothing of use.
pub(super) const CHALLENGE: &str = "Bearer realm=\"civicforge\"";

/// The same, to a caller whose access token is the problem.
const INVALID_TOKEN: &str = "Bearer realm=\"civicforge\", error=\"invalid_token\"";

/// An access token is not good, for a reason that the caller may know.
pub fn invalid_token(reason: &'static str) -> Unauthorized {
    Unauthorized::default()
        .detail(reason)
        .challenge(INVALID_TOKEN)
}

/// The access token is good, but the account that it is for is gone.
pub fn no_account() -> Unauthorized {
    invalid_token("There is no account for this access token.")
}
