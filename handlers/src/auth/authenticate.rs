//! From an access token to a member.
//!
//! A token of our own names the member. For what only reads it is believed until it expires, and no item is read for it but the list of
//! members whose tokens are refused ([`refused`](super::refused)), now and then; for what
//! writes, its session must still go on, and its account be open. A token of another
//! issuer names somebody in that issuer's space, who is a member only where a link says so ([`identity`]). Who
//! is not linked has no account, and gets a 401 even with a good token.
//!
//! The roles are the token's, in both cases. Ours has those that the account had when it was issued. A token of another issuer
//! has those that the configured claim lists, as far as the configuration lets that issuer give them. `admin` is in neither: it is
//! read from the account where it is needed ([`users::admin::is_admin`](crate::users::admin::is_admin)).

use civicforge_api::types::UserRole;
use civicforge_kernel::table::StoreError;
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::AuthenticationError;
use civicforge_runtime::status::{ServiceUnavailable, Unauthorized};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::access_token::TokenError;
use super::issuers::TokenIssuer;
use super::store::Ended;
use super::{Auth, identity, store};
use crate::members::{Authenticator, Member, unknowable};
use crate::members::{invalid_token, no_account};

/// The operations that write, and look themselves whether the session goes on: one that ends what has ended does nothing, and one that
/// has closed the account is told so again.
const LOOK_THEMSELVES: [&str; 2] = ["logoutUser", "closeAccount"];

impl Authenticator for Auth {
    fn member<'a>(
        &'a self,
        context: &'a Context,
        token: &'a str,
    ) -> BoxFuture<'a, Result<Member, AuthenticationError>> {
        Box::pin(self.member_of(context, token))
    }
}

impl Auth {
    async fn member_of(
        &self,
        context: &Context,
        token: &str,
    ) -> Result<Member, AuthenticationError> {
        let token = self.verifier.verify(token, self.clock.now()).await;
        let token = token.map_err(|why| {
            // The reason is never the token, and the id finds the request.
            tracing::debug!(requestId = context.request_id(), %why, "access token refused");
            refuse(&why)
        })?;
        let malformed = || refuse(&TokenError::Malformed);
        let (user_id, session) = match token.issuer {
            TokenIssuer::Own { session } => {
                let user = Uuid::try_parse(&token.subject).map_err(|_| malformed())?;
                let session = Uuid::try_parse(&session).map_err(|_| malformed())?;
                (user, Some(session))
            }
            TokenIssuer::External(issuer) => {
                let user = identity::find(&self.table, &issuer, &token.subject)
                    .await
                    .map_err(unknowable)?;
                let user = user.ok_or_else(|| AuthenticationError::Unauthorized(no_account()))?;
                (user, None)
            }
        };
        let member = Member {
            user_id,
            roles: roles(&token.roles),
            session,
        };
        let operation = context.operation();
        let ended = match operation.method.is_safe() {
            true => {
                let refused = self.refused.now().await.map_err(unknowable)?;
                refused.has(user_id).then_some(Ended::Account)
            }
            false if LOOK_THEMSELVES.contains(&operation.id) => None,
            false => self.ended(&member).await.map_err(unknowable)?,
        };
        match ended {
            None => Ok(member),
            Some(ended) => Err(AuthenticationError::Unauthorized(has_ended(ended))),
        }
    }

    /// Why the access token of a member is good no more; nothing where it is.
    pub(super) async fn ended(&self, member: &Member) -> Result<Option<Ended>, StoreError> {
        store::ended(&self.table, member.user_id, member.session).await
    }
}

/// The 401 of an access token that has not expired, and is good no more.
pub(super) fn has_ended(ended: Ended) -> Unauthorized {
    invalid_token(match ended {
        Ended::Session => "The session of the access token has ended.",
        Ended::Account => "The account of the access token is closed or blocked.",
    })
}

/// Those of a token's roles that mean something here. Every member is one, whatever the token says, and no token makes an admin.
fn roles(named: &[String]) -> Vec<UserRole> {
    let others = named
        .iter()
        .filter_map(|name| name.parse().ok())
        .filter(|role| !matches!(role, UserRole::Member | UserRole::Admin));
    let mut roles = vec![UserRole::Member];
    for role in others {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

/// What the caller is told. What is wrong with a forged token is not for the forger to know.
fn refuse(why: &TokenError) -> AuthenticationError {
    match why {
        TokenError::KeysUnavailable => AuthenticationError::Unavailable(
            ServiceUnavailable::default()
                .detail("The keys of the token's issuer cannot be had right now.")
                .retry_after(5),
        ),
        TokenError::Expired => {
            AuthenticationError::Unauthorized(invalid_token("The access token has expired."))
        }
        TokenError::NotYetValid => {
            AuthenticationError::Unauthorized(invalid_token("The access token is not valid yet."))
        }
        _ => AuthenticationError::Unauthorized(invalid_token("The access token is not valid.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_roles_that_mean_something_count_and_everybody_is_a_member() {
        let named =
            |names: &[&str]| roles(&names.iter().map(|n| n.to_string()).collect::<Vec<_>>());
        assert_eq!(named(&[]), [UserRole::Member]);
        assert_eq!(
            named(&["arbiter", "admins", "admin", "member", "arbiter"]),
            [UserRole::Member, UserRole::Arbiter]
        );
        assert_eq!(named(&["Arbiter", " arbiter"]), [UserRole::Member]);
    }
}
