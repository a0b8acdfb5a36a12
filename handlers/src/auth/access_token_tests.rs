//! A token that is good, and every way of making one that is not.

use std::sync::{Arc, LazyLock};

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::jwk::AlgorithmParameters;
use serde_json::{Value, json};

use super::*;

/// Making RSA keys is slow in a debug build, so the tests share two.
pub(crate) static OURS: LazyLock<Arc<SigningKeys>> =
    LazyLock::new(|| Arc::new(SigningKeys::generate().unwrap()));
pub(crate) static THEIRS: LazyLock<SigningKeys> =
    LazyLock::new(|| SigningKeys::generate().unwrap());

const LIFETIME: TimeDelta = TimeDelta::minutes(30);

fn names() -> TokenNames {
    TokenNames {
        issuer: "https://civicforge.test".into(),
        audience: "civicforge".into(),
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn good() -> String {
    issue(
        &OURS,
        &names(),
        "user-1",
        &["arbiter".into()],
        "family-1",
        LIFETIME,
        now(),
    )
    .unwrap()
    .token
}

fn check(token: &str) -> Result<AccessClaims, TokenError> {
    verify(OURS.public(), &names(), token, now())
}

/// The claims of a good token with one changed, or removed by null.
fn claims(change: Value) -> Value {
    let mut claims = json!({
        "iss": names().issuer, "sub": "user-1", "aud": names().audience, "jti": "j", "roles": [],
        "exp": now().timestamp() + 600, "nbf": now().timestamp(), "iat": now().timestamp(),
        "token_use": "access", "sid": "family-1",
    });
    for (name, value) in change.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims
                .as_object_mut()
                .unwrap()
                .insert(name.clone(), value.clone()),
        };
    }
    claims
}

fn signed(keys: &SigningKeys, kid: Option<&str>, claims: &Value) -> String {
    let header = Header {
        kid: kid.map(str::to_owned),
        ..Header::new(Algorithm::RS256)
    };
    jsonwebtoken::encode(&header, claims, keys.encoding()).unwrap()
}

fn changed(change: Value) -> Result<AccessClaims, TokenError> {
    check(&signed(&OURS, Some(OURS.kid()), &claims(change)))
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn a_good_token_says_who_it_is() {
    let claims = check(&good()).unwrap();
    assert_eq!(
        (claims.sub.as_str(), claims.sid.as_str()),
        ("user-1", "family-1")
    );
    assert_eq!(claims.roles, ["arbiter"]);
    assert_eq!(claims.exp - claims.iat, 30 * 60);
    assert!(changed(json!({})).is_ok());
    assert!(
        changed(json!({"aud": ["civicforge"]})).is_err(),
        "ours have one audience"
    );
}

#[test]
fn no_algorithm() {
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let header = part(&json!({"alg": alg, "typ": "JWT", "kid": OURS.kid()}));
        for signature in ["", "AAAA"] {
            let token = format!("{header}.{}.{signature}", part(&claims(json!({}))));
            assert!(check(&token).is_err(), "{alg}");
        }
    }
}

#[test]
fn an_hmac_with_the_public_key_as_its_secret() {
    let AlgorithmParameters::RSA(public) = &OURS.public().jwks().keys[0].algorithm else {
        panic!()
    };
    let components = aws_lc_rs::rsa::PublicKeyComponents {
        n: URL_SAFE_NO_PAD.decode(&public.n).unwrap(),
        e: URL_SAFE_NO_PAD.decode(&public.e).unwrap(),
    };
    let der = AsDer::<PublicKeyX509Der<'_>>::as_der(&components).unwrap();
    let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref()));
    let document = serde_json::to_string(OURS.public().jwks()).unwrap();
    for secret in [
        der.as_ref(),
        pem.as_bytes(),
        document.as_bytes(),
        public.n.as_bytes(),
        b"",
    ] {
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            let kid = Some(OURS.kid().to_owned());
            let header = Header {
                kid,
                ..Header::new(algorithm)
            };
            let key = EncodingKey::from_secret(secret);
            let token = jsonwebtoken::encode(&header, &claims(json!({})), &key).unwrap();
            assert_eq!(check(&token), Err(TokenError::Algorithm));
        }
    }
}

#[test]
fn another_rsa_algorithm_than_the_keys() {
    for algorithm in [Algorithm::RS384, Algorithm::RS512, Algorithm::PS256] {
        let kid = Some(OURS.kid().to_owned());
        let header = Header {
            kid,
            ..Header::new(algorithm)
        };
        let key = OURS.encoding();
        let token = jsonwebtoken::encode(&header, &claims(json!({})), key).unwrap();
        assert_eq!(check(&token), Err(TokenError::Algorithm));
    }
}

#[test]
fn keys_that_are_not_ours() {
    let stranger = signed(&THEIRS, Some(THEIRS.kid()), &claims(json!({})));
    assert_eq!(check(&stranger), Err(TokenError::UnknownKey));
    let pretender = signed(&THEIRS, Some(OURS.kid()), &claims(json!({})));
    assert_eq!(check(&pretender), Err(TokenError::Signature));
    let nameless = signed(&OURS, None, &claims(json!({})));
    assert_eq!(check(&nameless), Err(TokenError::UnknownKey));
    for kid in ["", "../../dev/null", "' OR 1=1 --"] {
        let token = signed(&OURS, Some(kid), &claims(json!({})));
        assert_eq!(check(&token), Err(TokenError::UnknownKey));
    }
}

#[test]
fn a_key_that_the_token_brings_along() {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(OURS.kid().to_owned());
    header.jwk = Some(THEIRS.public().jwks().keys[0].clone());
    header.jku = Some("https://evil.example/jwks.json".to_owned());
    let key = THEIRS.encoding();
    let token = jsonwebtoken::encode(&header, &claims(json!({})), key).unwrap();
    assert_eq!(check(&token), Err(TokenError::Signature));
}

#[test]
fn critical_extensions() {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(OURS.kid().to_owned());
    header.crit = Some(vec!["b64".to_owned()]);
    let key = OURS.encoding();
    let token = jsonwebtoken::encode(&header, &claims(json!({})), key).unwrap();
    assert_eq!(check(&token), Err(TokenError::Malformed));
}

#[test]
fn claims_for_somebody_else() {
    assert_eq!(
        changed(json!({"iss": "https://evil.example"})),
        Err(TokenError::Issuer)
    );
    assert_eq!(
        changed(json!({"iss": "https://civicforge.test/"})),
        Err(TokenError::Issuer)
    );
    assert_eq!(
        changed(json!({"aud": "another"})),
        Err(TokenError::Audience)
    );
    for token_use in ["id", "refresh", "ACCESS", ""] {
        assert_eq!(
            changed(json!({"token_use": token_use})),
            Err(TokenError::TokenUse)
        );
    }
}

#[test]
fn times() {
    let now = now().timestamp();
    assert_eq!(changed(json!({"exp": now - 31})), Err(TokenError::Expired));
    assert_eq!(changed(json!({"exp": now - 30})), Err(TokenError::Expired));
    assert!(
        changed(json!({"exp": now - 29})).is_ok(),
        "within the leeway"
    );
    assert_eq!(changed(json!({"exp": 0})), Err(TokenError::Expired));
    assert_eq!(
        changed(json!({"nbf": now + 31})),
        Err(TokenError::NotYetValid)
    );
    assert_eq!(
        changed(json!({"iat": now + 31})),
        Err(TokenError::NotYetValid)
    );
    assert!(
        changed(json!({"nbf": now + 30, "iat": now + 30})).is_ok(),
        "within the leeway"
    );
    for odd in [
        json!("2099-01-01"),
        json!(1e300),
        json!(-1),
        json!(i64::MIN),
        json!(u64::MAX),
    ] {
        assert!(changed(json!({"exp": odd})).is_err(), "{odd}");
    }
    assert!(changed(json!({"nbf": i64::MAX})).is_err());
}

#[test]
fn every_claim_is_required() {
    for claim in [
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "token_use",
        "roles",
        "sid",
    ] {
        assert!(changed(json!({claim: null})).is_err(), "{claim}");
    }
}

#[test]
fn tampering_with_any_byte() {
    let token = good();
    for index in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        let tampered = String::from_utf8(bytes).unwrap();
        assert!(check(&tampered).is_err(), "byte {index}");
    }
    let parts: Vec<_> = token.split('.').collect();
    let promoted = part(&claims(json!({"sub": "admin"})));
    assert_eq!(
        check(&format!("{}.{promoted}.{}", parts[0], parts[2])),
        Err(TokenError::Signature)
    );
}

#[test]
fn things_that_are_no_tokens() {
    let token = good();
    let long = format!("{token}{}", "A".repeat(MAX_TOKEN_BYTES));
    for text in [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "é.é.é",
        &token[1..],
        &format!("{token}."),
        &long,
        &token.replace('.', " "),
    ] {
        assert!(check(text).is_err(), "{text}");
    }
}
