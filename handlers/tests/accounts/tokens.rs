//! Access tokens that are good, and every way of making one that is not, through HTTP.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use civicforge_testing::{ISSUER, Reply, TestApp, TestMember};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};

use super::support::FOREIGN_KEY;

async fn me(app: &TestApp, token: &str) -> Reply {
    app.get("/api/v1/users/me").bearer(token).send().await
}

fn assert_refused(reply: &Reply, why: &str) {
    assert_eq!(
        reply.problem(),
        (401, "unauthenticated".to_owned()),
        "{why}: {reply:?}"
    );
    let challenge = reply.header("www-authenticate").unwrap();
    assert!(challenge.starts_with("Bearer"), "{why}: {challenge}");
}

async fn jwks(app: &TestApp) -> Value {
    let reply = app.get("/.well-known/jwks.json").send().await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("cache-control").unwrap().contains("max-age"));
    reply.json()
}

fn parts(token: &str) -> [String; 3] {
    let parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    parts.try_into().unwrap()
}

fn read(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn write(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[tokio::test]
async fn anybody_can_verify_a_token_with_the_published_keys() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let document = jwks(&app).await;
    let members: Vec<_> = document["keys"][0].as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["kty", "use", "alg", "kid", "n", "e"],
        "the public half only"
    );
    let keys: JwkSet = serde_json::from_value(document).unwrap();
    let header = jsonwebtoken::decode_header(&member.access_token).unwrap();
    assert_eq!(header.alg, Algorithm::RS256);
    let key = keys.find(&header.kid.unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&["civicforge"]);
    validation.validate_exp = false;
    let key = DecodingKey::from_jwk(key).unwrap();
    let claims = jsonwebtoken::decode::<Value>(&member.access_token, &key, &validation)
        .unwrap()
        .claims;
    assert_eq!(claims["sub"], member.id.to_string());
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        1800
    );
    assert_eq!(
        (&claims["token_use"], &claims["roles"]),
        (&json!("access"), &json!(["member"]))
    );
}

#[tokio::test]
async fn a_token_is_good_for_half_an_hour() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    app.advance(TimeDelta::minutes(30) + TimeDelta::seconds(29));
    assert_eq!(
        me(&app, &member.access_token).await.status,
        200,
        "clocks may differ by 30 seconds"
    );
    app.advance(TimeDelta::seconds(1));
    let late = me(&app, &member.access_token).await;
    assert_refused(&late, "expired");
    assert_eq!(late.json()["detail"], "The access token has expired.");
    assert!(
        late.header("www-authenticate")
            .unwrap()
            .contains("error=\"invalid_token\"")
    );
    app.advance(TimeDelta::hours(-1));
    assert_refused(&me(&app, &member.access_token).await, "not yet valid");
}

#[tokio::test]
async fn without_a_token_there_is_a_challenge() {
    let app = TestApp::new().await;
    assert_refused(&app.get("/api/v1/users/me").send().await, "no header");
    for header in [
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "bearer",
        "Token x",
        "Bearer x y",
    ] {
        let reply = app
            .get("/api/v1/users/me")
            .header("authorization", header)
            .send()
            .await;
        assert_refused(&reply, header);
    }
    let member = app.register("ada").await;
    let twice = app
        .get("/api/v1/users/me")
        .member(&member)
        .member(&member)
        .send()
        .await;
    assert_refused(&twice, "two headers");
    let lower = format!("bearer {}", member.access_token);
    let reply = app
        .get("/api/v1/users/me")
        .header("authorization", &lower)
        .send()
        .await;
    assert_eq!(reply.status, 200, "the scheme's name has no case");
}

/// Changes of a good token that leave its signature as it was.
fn tampered(member: &TestMember) -> Vec<(&'static str, String)> {
    let [header, claims, signature] = parts(&member.access_token);
    let with_claims = |change: &dyn Fn(&mut Value)| {
        let mut claims = read(&claims);
        change(&mut claims);
        format!("{header}.{}.{signature}", write(&claims))
    };
    let with_header = |change: &dyn Fn(&mut Value), signature: &str| {
        let mut header = read(&header);
        change(&mut header);
        format!("{}.{claims}.{signature}", write(&header))
    };
    vec![
        (
            "another subject",
            with_claims(&|c| c["sub"] = json!(uuid::Uuid::now_v7())),
        ),
        (
            "another role",
            with_claims(&|c| c["roles"] = json!(["arbiter"])),
        ),
        (
            "a later end",
            with_claims(&|c| c["exp"] = json!(9_999_999_999_i64)),
        ),
        ("alg none", with_header(&|h| h["alg"] = json!("none"), "")),
        (
            "alg None, signature kept",
            with_header(&|h| h["alg"] = json!("None"), &signature),
        ),
        (
            "alg RS512",
            with_header(&|h| h["alg"] = json!("RS512"), &signature),
        ),
        (
            "alg PS256",
            with_header(&|h| h["alg"] = json!("PS256"), &signature),
        ),
        (
            "another kid",
            with_header(&|h| h["kid"] = json!("other"), &signature),
        ),
        (
            "a kid that is a path",
            with_header(&|h| h["kid"] = json!("../../dev/null"), &signature),
        ),
        ("no signature", format!("{header}.{claims}.")),
        ("two parts", format!("{header}.{claims}")),
        ("four parts", format!("{}.x", member.access_token)),
        (
            "a cut signature",
            member.access_token[..member.access_token.len() - 2].to_owned(),
        ),
        ("the refresh token", member.refresh_token.clone()),
        (
            "9 KiB",
            format!("{}{}", member.access_token, "A".repeat(9 * 1024)),
        ),
    ]
}

#[tokio::test]
async fn a_token_that_was_changed_is_refused() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    for (why, token) in tampered(&member) {
        assert_refused(&me(&app, &token).await, why);
    }
    assert_eq!(me(&app, &member.access_token).await.status, 200);
}

#[tokio::test]
async fn a_public_key_is_not_a_secret() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let document = jwks(&app).await;
    let key: Jwk = serde_json::from_value(document["keys"][0].clone()).unwrap();
    let modulus = URL_SAFE_NO_PAD
        .decode(document["keys"][0]["n"].as_str().unwrap())
        .unwrap();
    let [_, claims, _] = parts(&member.access_token);
    let header = Header {
        kid: key.common.key_id.clone(),
        ..Header::new(Algorithm::HS256)
    };
    let secrets = [
        ("the JWK", document["keys"][0].to_string().into_bytes()),
        ("the JWK set", document.to_string().into_bytes()),
        ("the modulus", modulus),
        ("nothing", Vec::new()),
    ];
    for (why, secret) in secrets {
        let secret = EncodingKey::from_secret(&secret);
        let forged = jsonwebtoken::encode(&header, &read(&claims), &secret).unwrap();
        assert_refused(&me(&app, &forged).await, why);
    }
}

#[tokio::test]
async fn another_key_under_our_name_is_refused_also_where_the_token_brings_it() {
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let kid = jwks(&app).await["keys"][0]["kid"]
        .as_str()
        .unwrap()
        .to_owned();
    let [_, claims, _] = parts(&member.access_token);
    let public = Jwk::from_encoding_key(&FOREIGN_KEY, Algorithm::RS256).unwrap();
    let ours = Header {
        kid: Some(kid),
        ..Header::new(Algorithm::RS256)
    };
    for (why, header) in [
        ("our kid", ours.clone()),
        (
            "our kid and its own jwk",
            Header {
                jwk: Some(public.clone()),
                ..ours.clone()
            },
        ),
        (
            "its own jwk",
            Header {
                jwk: Some(public),
                ..Header::new(Algorithm::RS256)
            },
        ),
        (
            "a jku",
            Header {
                jku: Some("https://evil.example/jwks".into()),
                ..ours.clone()
            },
        ),
        (
            "a critical extension",
            Header {
                crit: Some(vec!["b64".into()]),
                ..ours
            },
        ),
    ] {
        let forged = jsonwebtoken::encode(&header, &read(&claims), &FOREIGN_KEY).unwrap();
        assert_refused(&me(&app, &forged).await, why);
    }
}

/// Tokens that carry our own signature, and are still none of ours: only who has the key can make them, so this is
/// about the mistakes of a future version and of other servers that share the keys.
#[tokio::test]
async fn our_own_signature_is_not_enough() {
    use civicforge_handlers::auth::access_token::{TokenNames, issue};
    let app = TestApp::new().await;
    let member = app.register("ada").await;
    let names = |issuer: &str, audience: &str| TokenNames {
        issuer: issuer.to_owned(),
        audience: audience.to_owned(),
    };
    let session = uuid::Uuid::new_v4().to_string();
    let user = member.id.to_string();
    for (why, names, user, session, status) in [
        (
            "good",
            names(ISSUER, "civicforge"),
            user.as_str(),
            session.as_str(),
            200,
        ),
        (
            "another issuer",
            names("https://evil.example", "civicforge"),
            &user,
            &session,
            401,
        ),
        (
            "another audience",
            names(ISSUER, "another"),
            &user,
            &session,
            401,
        ),
        (
            "a subject that is no id",
            names(ISSUER, "civicforge"),
            "admin",
            &session,
            401,
        ),
        (
            "a session that is no id",
            names(ISSUER, "civicforge"),
            &user,
            "x",
            401,
        ),
    ] {
        let keys = app.app.keys.now();
        let token = issue(
            keys.signing().unwrap(),
            &names,
            user,
            &[],
            session,
            TimeDelta::minutes(30),
            app.app.clock.now(),
        )
        .unwrap();
        let reply = me(&app, &token.token).await;
        assert_eq!(reply.status, status, "{why}");
        if status == 401 {
            assert_refused(&reply, why);
        }
    }
}
