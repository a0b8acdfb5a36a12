//! Who is let in: every scheme, AND, OR, optional, nobody.

use std::borrow::Cow;
use std::sync::Arc;

use civicforge_codegen_golden::security_schemes::default::*;
use civicforge_codegen_golden::security_schemes::routes;
use civicforge_codegen_golden::security_schemes::security::{
    Authenticate, BearerOrBasic, HeaderKeyAndQueryKeyOrCookieKey, OauthOrOauth,
};
use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{AuthenticationError, Basic};
use civicforge_runtime::status::Forbidden;
use http::StatusCode;
use http::header::WWW_AUTHENTICATE;

use crate::support::{get, service};

/// Whose credential is "good".
struct Door;

#[derive(Debug)]
struct Guest;

impl Principal for Guest {
    fn id(&self) -> Cow<'_, str> {
        "guest".into()
    }
}

fn check(credential: &str) -> Result<Guest, AuthenticationError> {
    match credential {
        "good" => Ok(Guest),
        _ => Err(AuthenticationError::invalid("It is not good.")),
    }
}

impl Authenticate for Door {
    type Basic = Guest;
    type Bearer = Guest;
    type CookieKey = Guest;
    type HeaderKey = Guest;
    type Oauth = Guest;
    type Openid = Guest;
    type QueryKey = Guest;

    async fn basic(
        &self,
        _: &Context,
        credential: &Basic,
        _: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        check(credential.password.expose())
    }

    async fn bearer(
        &self,
        _: &Context,
        credential: &str,
        _: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        check(credential)
    }

    async fn cookie_key(
        &self,
        _: &Context,
        credential: &str,
        _: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        check(credential)
    }

    async fn header_key(
        &self,
        _: &Context,
        credential: &str,
        _: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        check(credential)
    }

    async fn oauth(
        &self,
        _: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        match (scopes, credential) {
            // A reader has one of the two scopes.
            (["write"], "reader") => {
                Err(AuthenticationError::InsufficientScope(Forbidden::default()))
            }
            (["read"], "reader") => Ok(Guest),
            (["read"], _) => Err(AuthenticationError::InsufficientScope(Forbidden::default())),
            (["write"] | ["read", "write"], credential) => check(credential),
            (scopes, _) => Err(AuthenticationError::invalid(match scopes {
                [] => "no scopes",
                _ => "other scopes",
            })),
        }
    }

    async fn openid(
        &self,
        _: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        assert_eq!(scopes, ["profile"]);
        check(credential)
    }

    async fn query_key(
        &self,
        _: &Context,
        credential: &str,
        _: &[&str],
    ) -> Result<Guest, AuthenticationError> {
        check(credential)
    }
}

const FINE: StatusCode = StatusCode::NO_CONTENT;

impl DefaultApi for Door {
    async fn inherited(
        &self,
        _: &Context,
        Guest: Guest,
    ) -> Result<InheritedResponse, InheritedError> {
        Ok(InheritedResponse { status: FINE })
    }

    async fn public(&self, _: &Context) -> Result<PublicResponse, PublicError> {
        Ok(PublicResponse { status: FINE })
    }

    async fn nobody(&self, _: &Context) -> Result<NobodyResponse, NobodyError> {
        Ok(NobodyResponse { status: FINE })
    }

    async fn optional(
        &self,
        _: &Context,
        principal: Option<Guest>,
    ) -> Result<OptionalResponse, OptionalError> {
        let status = if principal.is_some() {
            FINE
        } else {
            StatusCode::RESET_CONTENT
        };
        Ok(OptionalResponse { status })
    }

    async fn or(&self, _: &Context, principal: BearerOrBasic<Self>) -> Result<OrResponse, OrError> {
        let status = match principal {
            BearerOrBasic::Bearer(Guest) => FINE,
            BearerOrBasic::Basic(Guest) => StatusCode::RESET_CONTENT,
        };
        Ok(OrResponse { status })
    }

    async fn or_again(
        &self,
        _: &Context,
        _: BearerOrBasic<Self>,
    ) -> Result<OrAgainResponse, OrAgainError> {
        Ok(OrAgainResponse { status: FINE })
    }

    async fn and(
        &self,
        _: &Context,
        (Guest, Guest): (Guest, Guest),
    ) -> Result<AndResponse, AndError> {
        Ok(AndResponse { status: FINE })
    }

    async fn both(
        &self,
        _: &Context,
        principal: HeaderKeyAndQueryKeyOrCookieKey<Self>,
    ) -> Result<BothResponse, BothError> {
        let status = match principal {
            HeaderKeyAndQueryKeyOrCookieKey::HeaderKeyAndQueryKey(_) => FINE,
            HeaderKeyAndQueryKeyOrCookieKey::CookieKey(_) => StatusCode::RESET_CONTENT,
        };
        Ok(BothResponse { status })
    }

    async fn scopes(&self, _: &Context, Guest: Guest) -> Result<ScopesResponse, ScopesError> {
        Ok(ScopesResponse { status: FINE })
    }

    async fn either_scope(
        &self,
        _: &Context,
        principal: OauthOrOauth<Self>,
    ) -> Result<EitherScopeResponse, EitherScopeError> {
        let status = match principal {
            OauthOrOauth::Oauth(Guest) => FINE,
            OauthOrOauth::OauthAlternative2(Guest) => StatusCode::RESET_CONTENT,
        };
        Ok(EitherScopeResponse { status })
    }

    async fn openid(&self, _: &Context, Guest: Guest) -> Result<OpenidResponse, OpenidError> {
        Ok(OpenidResponse { status: FINE })
    }
}

/// The status, and what a 401 challenges with.
async fn call(uri: &str, headers: &[(&'static str, &str)]) -> (u16, Vec<String>) {
    let mut request = get(uri);
    for (name, value) in headers {
        request.headers_mut().append(*name, value.parse().unwrap());
    }
    let response = service(routes(&Arc::new(Door))).call(request).await;
    let challenges = response.headers().get_all(WWW_AUTHENTICATE).iter();
    let challenges = challenges
        .map(|value| value.to_str().unwrap().to_owned())
        .collect();
    (response.status().as_u16(), challenges)
}

const BASIC_GOOD: &str = "Basic dTpnb29k";

#[tokio::test]
async fn credentials_decide() {
    for (uri, headers, status) in [
        ("/public", vec![], 204),
        ("/nobody", vec![], 204),
        ("/inherited", vec![], 401),
        ("/inherited", vec![("authorization", "Bearer good")], 204),
        ("/inherited", vec![("authorization", "bearer good")], 204),
        ("/inherited", vec![("authorization", "Bearer bad")], 401),
        ("/inherited", vec![("authorization", "Bearer")], 401),
        ("/inherited", vec![("authorization", "good")], 401),
        ("/inherited", vec![("authorization", BASIC_GOOD)], 401),
        (
            "/inherited",
            vec![
                ("authorization", "Bearer good"),
                ("authorization", "Bearer good"),
            ],
            401,
        ),
        ("/optional", vec![], 205),
        ("/optional", vec![("authorization", "Bearer good")], 204),
        ("/optional", vec![("authorization", "Bearer bad")], 401),
        ("/or", vec![("authorization", "Bearer good")], 204),
        ("/or", vec![("authorization", BASIC_GOOD)], 205),
        ("/or", vec![("authorization", "Basic dTpiYWQ=")], 401),
        ("/or", vec![("authorization", "Basic !")], 401),
        ("/or", vec![], 401),
        ("/and", vec![("x-key", "good")], 401),
        ("/and?key=good", vec![], 401),
        ("/and?key=good", vec![("x-key", "good")], 204),
        ("/and?key=good&key=good", vec![("x-key", "good")], 401),
        ("/both?key=good", vec![("x-key", "good")], 204),
        ("/both", vec![("cookie", "a=b; KEY=good")], 205),
        (
            "/both?key=good",
            vec![("x-key", "bad"), ("cookie", "KEY=good")],
            205,
        ),
        ("/both?key=good", vec![("x-key", "bad")], 401),
        ("/scopes", vec![("authorization", "Bearer good")], 204),
        (
            "/either-scope",
            vec![("authorization", "Bearer reader")],
            204,
        ),
        ("/either-scope", vec![("authorization", "Bearer good")], 205),
        ("/either-scope", vec![("authorization", "Bearer bad")], 401),
        ("/openid", vec![("authorization", "Bearer good")], 204),
    ] {
        let (answered, challenges) = call(uri, &headers).await;
        assert_eq!(answered, status, "{uri} {headers:?}");
        assert_eq!(answered == 401, !challenges.is_empty(), "{uri} {headers:?}");
    }
}

#[tokio::test]
async fn a_401_names_every_scheme() {
    let (_, challenges) = call("/or", &[]).await;
    assert_eq!(
        challenges,
        ["Bearer", "Basic realm=\"api\", charset=\"UTF-8\""]
    );
}
