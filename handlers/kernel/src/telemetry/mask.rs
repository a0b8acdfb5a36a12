//! What must not get into a log line, taken out of it.
//!
//! This is the second line of defence. The first is that the types which hold secrets do not show them (`Password`,
//! `Secret`, `Account` and others have a `Debug` of their own) and that no call writes one on purpose; a test holds every line that
//! the contract suite writes against everything secret that it has sent and received, *before* it is masked. What is left to mask
//! is what nobody has thought of: the error text of a library, a key of the table that is made of an address.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_lite::Regex;

/// What is written in place of what must not be.
const MASK: &str = "[masked]";

/// Fields whose value is never written, in lower case and without `_`. A test sees to it that whatever the contract calls
/// `format: password`, `format: email` or `writeOnly` is among them.
const SENSITIVE: [&str; 14] = [
    "accesstoken",
    "authorization",
    "cookie",
    "currentpassword",
    "email",
    "idtoken",
    "newpassword",
    "password",
    "passwordhash",
    "phonenumber",
    "refreshtoken",
    "secret",
    "signature",
    "token",
];

/// Secrets in the middle of other text. `keep` is the part of a match that stays.
static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        // The member of an object, in JSON or as `Debug` writes it, also where that is quoted once more.
        r#"(?P<keep>(?i:password_?hash|password|(?:access|refresh|id)_?token|phone_?number|email|signature|secret)\\*"?\s*[:=]\s*(?:Some\(|Value\()?\\*")[^"\\]+"#,
        // An e-mail address.
        r#"[^\s"'`<>()\[\]{},;:=|\\@\x00-\x1f]+@[^\s"'`<>()\[\]{},;:=|\\@\x00-\x1f]+"#,
        // A JSON Web Token, and whatever else is presented as a bearer's.
        r"eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_.-]+",
        r"(?i:bearer)\s+[A-Za-z0-9._~+/=-]{8,}",
        // A refresh token of ours: the end of the family's id, and the secret.
        r"-[0-9a-f]{12}\.[A-Za-z0-9_-]{20,}",
        // A signature of a wallet, or whatever else is longer than its address.
        r"0x[0-9a-fA-F]{41,}",
        // A telephone number in E.164 form.
        r"\+[1-9][0-9]{6,14}",
        // The hash of a password.
        r#"\$(?:argon2|2[abxy]\$)[^\s"]+"#,
        // A private key in PEM.
        r#"-----BEGIN [A-Z ]*PRIVATE KEY[^"]*"#,
    ];
    #[expect(clippy::expect_used, reason = "a test makes it")]
    Regex::new(&parts.join("|")).expect("a pattern")
});

/// Whether a field of this name is never written.
pub(super) fn is_sensitive(name: &str) -> bool {
    SENSITIVE.iter().any(|sensitive| {
        let bytes = name.bytes().filter(|byte| *byte != b'_');
        bytes
            .map(|byte| byte.to_ascii_lowercase())
            .eq(sensitive.bytes())
    })
}

/// Whether there is anything in a text without which none of the pattern's parts matches. Most texts are ids and names that
/// have nothing of it. The pattern is slower, because its engine is the small one that the SDK has in every program anyway.
fn may_match(text: &str) -> bool {
    let has = |part: &str| text.contains(part);
    let words = |words: &[&str]| {
        let bytes = text.as_bytes();
        let starts = |at: usize, word: &str| {
            let part = bytes.get(at..at + word.len());
            part.is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        };
        (0..bytes.len()).any(|at| words.iter().any(|word| starts(at, word)))
    };
    has("@")
        || has("eyJ")
        || has("0x")
        || has("+")
        || has("$")
        || has("-----")
        || (has(".") && has("-"))
        || (has("\"") && words(&["password", "token", "phone", "email", "signature", "secret"]))
        || words(&["bearer"])
}

/// A text without what must not be written.
pub(super) fn mask(text: &str) -> Cow<'_, str> {
    if !may_match(text) {
        return Cow::Borrowed(text);
    }
    PATTERN.replace_all(text, concat!("${keep}", "[masked]"))
}

/// What is written of a field.
pub(super) fn field<'a>(name: &str, text: &'a str) -> Cow<'a, str> {
    match is_sensitive(name) {
        true => Cow::Borrowed(MASK),
        false => mask(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn secrets_are_found_in_the_middle_of_text() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
        let refresh = format!("0199c3f4-7a4e-7bbb-8000-0123456789ab.{}", "A".repeat(43));
        let signature = format!("0x{}", "ab".repeat(65));
        let secrets = [
            "ada@example.org",
            "ada.lovelace+quests@mail.example.org",
            "ädä@exämple.org",
            jwt,
            &refresh,
            &signature,
            "+12025550123",
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
            "$2b$10$abcdefghijklmnopqrstuv",
            "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
        ];
        for secret in secrets {
            for text in [
                secret.to_owned(),
                format!("before {secret} after"),
                format!("EMAIL#{secret} / EMAIL"),
                format!("the value \"{secret}\" is wrong"),
                format!("Some({secret:?})"),
            ] {
                let masked = mask(&text);
                assert!(
                    !masked.contains(secret) && masked.contains(MASK),
                    "{masked}"
                );
            }
        }
        assert_eq!(
            mask("Authorization: bEARER abcdefgh1234"),
            "Authorization: [masked]"
        );
        assert_eq!(mask("for ada@example.org, again"), "for [masked], again");
    }

    #[test]
    fn members_are_masked_by_their_name_and_keep_it() {
        for (text, masked) in [
            (
                r#"{"password":"4 Quiet","name":"Ada"}"#,
                r#"{"password":"[masked]","name":"Ada"}"#,
            ),
            (
                r#"{\"refreshToken\": \"x\"}"#,
                r#"{\"refreshToken\": \"[masked]\"}"#,
            ),
            (
                r#"Grant { refresh_token: "x", a: 1 }"#,
                r#"Grant { refresh_token: "[masked]", a: 1 }"#,
            ),
            (
                r#"phone_number: Some("5550123")"#,
                r#"phone_number: Some("[masked]")"#,
            ),
        ] {
            assert_eq!(mask(text), masked);
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "",
            "GET /api/v1/quests/{questId} 200",
            "0199c3f4-7a4e-7bbb-8000-0123456789ab",
            "2026-01-02T03:04:05.006Z",
            "QUEST#0199c3f4 / QUEST#0199c3f4",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
            "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
            "the password is too short",
            "2 + 2 = 4",
        ] {
            assert!(
                matches!(mask(text), Cow::Borrowed(_)),
                "{text}: {}",
                mask(text)
            );
        }
    }

    #[test]
    fn names_are_told_in_every_spelling() {
        for name in [
            "email",
            "Email",
            "access_token",
            "accessToken",
            "PASSWORD",
            "phone_number",
        ] {
            assert!(is_sensitive(name), "{name}");
        }
        for name in ["emails", "name", "requestId", "tokenType", "", "_"] {
            assert!(!is_sensitive(name), "{name}");
        }
        assert_eq!(field("password", "x"), MASK);
        assert_eq!(field("name", "x"), "x");
    }

    /// A property that is added to the contract as a secret is one in the log too.
    #[test]
    fn what_the_contract_calls_secret_is_sensitive() {
        fn look(value: &Value, name: &str, found: &mut Vec<String>) {
            let Value::Object(members) = value else {
                if let Value::Array(items) = value {
                    items.iter().for_each(|item| look(item, name, found));
                }
                return;
            };
            let format = members.get("format").and_then(Value::as_str);
            let write_only = members.get("writeOnly").and_then(Value::as_bool);
            if write_only == Some(true) || matches!(format, Some("password" | "email")) {
                found.push(name.to_owned());
            }
            for (key, member) in members {
                look(member, key, found);
            }
        }
        let contract = serde_json::from_str(civicforge_api::CONTRACT).unwrap();
        let mut found = Vec::new();
        look(&contract, "", &mut found);
        assert!(found.len() > 5, "{found:?}");
        assert!(found.iter().all(|name| is_sensitive(name)), "{found:?}");
    }
}
