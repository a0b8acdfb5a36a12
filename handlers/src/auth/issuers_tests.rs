//! Our own tokens and a Cognito user pool's side by side, with the pool's keys on a local server.

use civicforge_kernel::keys::Keys;
use civicforge_kernel::keys::signing::SigningKeys;
use jsonwebtoken::{Algorithm, Header};
use serde_json::json;

use super::*;
use crate::auth::access_token::tests::{OURS, THEIRS};
use crate::auth::jwks_cache::tests::JwksServer;

const POOL: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn names() -> TokenNames {
    TokenNames {
        issuer: "https://civicforge.test".into(),
        audience: "civicforge".into(),
    }
}

async fn start() -> (JwksServer, TokenVerifier) {
    let server = JwksServer::start(&serde_json::to_value(THEIRS.public().jwks()).unwrap()).await;
    let pool = TrustedIssuer {
        issuer: POOL.to_owned(),
        jwks_url: server.url.clone(),
        audiences: vec!["client-1".to_owned()],
        roles_claim: TrustedIssuer::default_roles_claim(),
        roles: vec![UserRole::Arbiter],
    };
    let keys = Keys::new(None, Arc::clone(OURS.public()), &[]);
    let keys = CurrentKeys::new(keys);
    let verifier = TokenVerifier::new(keys, names(), vec![pool], JwksPolicy::default());
    (server, verifier)
}

/// An access token as Cognito makes them, with some claims changed, or removed by null.
fn pool_token(change: Value) -> String {
    let mut claims = json!({
        "sub": "pool-user", "iss": POOL, "client_id": "client-1", "token_use": "access",
        "scope": "aws.cognito.signin.user.admin", "auth_time": now().timestamp(),
        "iat": now().timestamp(), "exp": now().timestamp() + 3600, "jti": "j", "username": "pool-user",
        "cognito:groups": ["arbiter", "staff"],
    });
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    sign(&THEIRS, THEIRS.kid(), Algorithm::RS256, &claims)
}

fn sign(keys: &SigningKeys, kid: &str, algorithm: Algorithm, claims: &Value) -> String {
    let header = Header {
        kid: Some(kid.to_owned()),
        ..Header::new(algorithm)
    };
    jsonwebtoken::encode(&header, claims, keys.encoding()).unwrap()
}

#[tokio::test]
async fn both_issuers_are_trusted_and_told_apart() {
    let (server, verifier) = start().await;
    let own = access_token::issue(
        &OURS,
        &names(),
        "user-1",
        &[],
        "family-1",
        chrono::TimeDelta::minutes(30),
        now(),
    )
    .unwrap();
    let own = verifier.verify(&own.token, now()).await.unwrap();
    assert_eq!(
        own.issuer,
        TokenIssuer::Own {
            session: "family-1".into()
        }
    );
    assert_eq!((own.subject.as_str(), server.requests()), ("user-1", 0));

    let pool = verifier
        .verify(&pool_token(json!({})), now())
        .await
        .unwrap();
    assert_eq!(pool.issuer, TokenIssuer::External(POOL.into()));
    assert_eq!((pool.subject.as_str(), server.requests()), ("pool-user", 1));
    assert_eq!(pool.roles, ["arbiter"], "no role of ours is called staff");
    assert_eq!(pool.expires_at.timestamp(), now().timestamp() + 3600);
}

/// Whatever a token of another issuer lists, and however it does: it has the roles that the issuer may give, and no others.
#[tokio::test]
async fn a_role_that_is_not_listed_is_not_had() {
    let (server, listed) = start().await;
    let pool = TrustedIssuer {
        issuer: POOL.to_owned(),
        jwks_url: server.url.clone(),
        audiences: vec!["client-1".to_owned()],
        roles_claim: TrustedIssuer::default_roles_claim(),
        roles: Vec::new(),
    };
    let keys = CurrentKeys::new(Keys::new(None, Arc::clone(OURS.public()), &[]));
    let unlisted = TokenVerifier::new(keys, names(), vec![pool], JwksPolicy::default());
    for (claim, expected) in [
        (json!(["arbiter", "admin"]), &["arbiter"][..]),
        (json!(["admin", "member", "staff"]), &[]),
        (json!("arbiter"), &[]),
        (json!({"arbiter": true}), &[]),
        (json!([["arbiter"], 7, "Arbiter", " arbiter"]), &[]),
        (json!(null), &[]),
    ] {
        let token = pool_token(json!({"cognito:groups": claim, "roles": ["arbiter"]}));
        let verified = listed.verify(&token, now()).await.unwrap();
        assert_eq!(verified.roles, expected, "{claim}");
        let verified = unlisted.verify(&token, now()).await.unwrap();
        assert_eq!(verified.roles, [""; 0], "{claim}");
    }
}

/// A token is remembered as verified, and refused all the same once it has ended or its key is gone.
#[tokio::test]
async fn a_token_that_was_good_is_checked_again() {
    let keys = |keys: &SigningKeys| Keys::new(None, Arc::clone(keys.public()), &[]);
    let current = CurrentKeys::new(keys(&OURS));
    let verifier = TokenVerifier::new(current.clone(), names(), Vec::new(), JwksPolicy::default());
    let lifetime = chrono::TimeDelta::minutes(30);
    let token = access_token::issue(&OURS, &names(), "u", &[], "f", lifetime, now()).unwrap();
    let at = |minutes| now() + chrono::TimeDelta::minutes(minutes);
    for _ in 0..2 {
        let verified = verifier.verify(&token.token, now()).await.unwrap();
        assert_eq!(verified.subject, "u");
    }
    let late = verifier.verify(&token.token, at(31)).await;
    assert_eq!(late.unwrap_err(), TokenError::Expired);
    let early = verifier.verify(&token.token, at(-2)).await;
    assert_eq!(early.unwrap_err(), TokenError::NotYetValid);
    let mut other = token.token.clone();
    let last = if other.ends_with('A') { "B" } else { "A" };
    other.replace_range(other.len() - 2..other.len() - 1, last);
    assert!(verifier.verify(&other, now()).await.is_err(), "{other}");
    current.replace(keys(&THEIRS));
    let retired = verifier.verify(&token.token, now()).await;
    assert_eq!(retired.unwrap_err(), TokenError::UnknownKey);
}

#[tokio::test]
async fn audiences_are_in_aud_or_client_id() {
    let (_server, verifier) = start().await;
    for (change, expected) in [
        (json!({"aud": "client-1", "client_id": null}), Ok(())),
        (json!({"aud": ["x", "client-1"], "client_id": null}), Ok(())),
        (json!({"client_id": "client-2"}), Err(TokenError::Audience)),
        (json!({"aud": "client-2"}), Err(TokenError::Audience)),
        (
            json!({"client_id": null}),
            Err(TokenError::MissingClaim("aud".into())),
        ),
        (
            json!({"aud": [], "client_id": null}),
            Err(TokenError::MissingClaim("aud".into())),
        ),
    ] {
        let verified = verifier.verify(&pool_token(change.clone()), now()).await;
        assert_eq!(verified.map(|_| ()), expected, "{change}");
    }
}

#[tokio::test]
async fn the_pools_other_tokens_are_refused() {
    let (_server, verifier) = start().await;
    let at = now().timestamp();
    for (change, expected) in [
        (json!({"token_use": "id"}), TokenError::TokenUse),
        (json!({"token_use": null}), TokenError::Malformed),
        (json!({"exp": at - 60}), TokenError::Expired),
        (json!({"exp": null}), TokenError::Malformed),
        (json!({"nbf": at + 60}), TokenError::NotYetValid),
        (json!({"iat": at + 60}), TokenError::NotYetValid),
        (json!({"iss": "https://evil.example"}), TokenError::Issuer),
        (json!({"iss": null}), TokenError::Malformed),
        (json!({"sub": null}), TokenError::Malformed),
    ] {
        let refusal = verifier
            .verify(&pool_token(change.clone()), now())
            .await
            .unwrap_err();
        assert_eq!(refusal, expected, "{change}");
    }
}

#[tokio::test]
async fn neither_issuers_keys_work_for_the_other() {
    let (_server, verifier) = start().await;
    // The pool says that it is us, with its own key and with the name of ours.
    let as_us = pool_token(json!({"iss": names().issuer, "aud": names().audience}));
    assert_eq!(
        verifier.verify(&as_us, now()).await.unwrap_err(),
        TokenError::Issuer
    );
    let claims = json!({
        "iss": names().issuer, "aud": names().audience, "sub": "admin", "token_use": "access",
        "exp": now().timestamp() + 60, "nbf": now().timestamp(), "iat": now().timestamp(),
        "jti": "j", "roles": [], "sid": "s",
    });
    let as_us = sign(&THEIRS, OURS.kid(), Algorithm::RS256, &claims);
    assert_eq!(
        verifier.verify(&as_us, now()).await.unwrap_err(),
        TokenError::Signature
    );
    // We say that we are the pool.
    let claims = json!({
        "iss": POOL, "client_id": "client-1", "sub": "admin", "token_use": "access",
        "exp": now().timestamp() + 60,
    });
    let as_pool = sign(&OURS, OURS.kid(), Algorithm::RS256, &claims);
    assert!(verifier.verify(&as_pool, now()).await.is_err());
    let as_pool = sign(&OURS, THEIRS.kid(), Algorithm::RS256, &claims);
    assert_eq!(
        verifier.verify(&as_pool, now()).await.unwrap_err(),
        TokenError::Signature
    );
}

#[tokio::test]
async fn the_algorithm_is_the_keys() {
    let (server, verifier) = start().await;
    let claims = json!({
        "iss": POOL, "client_id": "client-1", "sub": "u", "token_use": "access",
        "exp": now().timestamp() + 60,
    });
    let other = sign(&THEIRS, THEIRS.kid(), Algorithm::RS512, &claims);
    assert_eq!(
        verifier.verify(&other, now()).await.unwrap_err(),
        TokenError::Algorithm
    );
    let header = Header {
        kid: Some(THEIRS.kid().to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    let secret = serde_json::to_string(THEIRS.public().jwks()).unwrap();
    let secret = jsonwebtoken::EncodingKey::from_secret(secret.as_bytes());
    let forged = jsonwebtoken::encode(&header, &claims, &secret).unwrap();
    assert_eq!(
        verifier.verify(&forged, now()).await.unwrap_err(),
        TokenError::Algorithm
    );
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn without_its_keys_a_pools_token_is_neither_good_nor_bad() {
    let (server, verifier) = start().await;
    server.answer(500, &json!({}), std::time::Duration::ZERO);
    let refusal = verifier
        .verify(&pool_token(json!({})), now())
        .await
        .unwrap_err();
    assert_eq!(refusal, TokenError::KeysUnavailable);
}

#[test]
fn issuers_are_configured_in_json() {
    let text = r#"{"issuer": "https://i", "jwksUrl": "https://i/jwks", "audiences": ["a"]}"#;
    let issuer: TrustedIssuer = serde_json::from_str(text).unwrap();
    assert_eq!(issuer.roles_claim, "cognito:groups");
    assert_eq!(issuer.roles, [], "none is given by default");
    assert!(serde_json::from_str::<TrustedIssuer>(r#"{"issuer": "https://i"}"#).is_err());
}

#[test]
fn the_keys_of_user_pools_are_fetched_under_amazons_own_certificates() {
    let issuer = |jwks_url: &str| TrustedIssuer {
        issuer: POOL.to_owned(),
        jwks_url: jwks_url.parse().unwrap(),
        audiences: vec!["client-1".to_owned()],
        roles_claim: TrustedIssuer::default_roles_claim(),
        roles: Vec::new(),
    };
    let pool = issuer(&format!("{POOL}/.well-known/jwks.json"));
    let other = issuer("https://amazonaws.com.example/jwks.json");
    assert_eq!(trust(std::slice::from_ref(&pool)), Trust::Amazon);
    assert_eq!(trust(&[pool, other]), Trust::System);
}
