//! Bodies that are no JSON, or JSON that says something else than its sender thinks.
//!
//! Each is refused with a place, costs the server little, and leaves it as it was.

use std::time::{Duration, Instant};

use civicforge_testing::TestMember;

use crate::harness::Suite;
use crate::transport::{Host, Transport};
use crate::world::{QUESTS, account, violates, violations};

pub fn cases(suite: &mut Suite) {
    suite.each("bad_json::is_refused_with_a_place", located);
    suite.each("bad_json::secrets_are_not_told_again", secrets);
    suite.each("bad_json::large_mistakes_are_capped", capped);
    suite.each("bad_json::unusual_but_right", unusual);
}

async fn post(
    host: &Host,
    ada: &TestMember,
    body: impl Into<Vec<u8>>,
) -> civicforge_testing::Reply {
    let call = host.post(QUESTS).member(ada);
    call.body("application/json", body.into()).send().await
}

/// A draft with something at the place of `…`.
fn with(what: &str) -> Vec<u8> {
    format!(
        r#"{{"title": "Chairs to the garden", "description": "Carry them from the cellar."{what}}}"#
    )
    .into_bytes()
}

async fn located(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let raw = |before: &[u8], after: &[u8]| [before, after].concat();
    let text = br#"{"title": "Chairs to the garden", "description": "Carry them from the cellar."#;
    let (whole, place) = ("", |place: &'static str| place);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", b" ".to_vec(), whole),
        ("a word", b"hello".to_vec(), whole),
        ("cut off", text.to_vec(), whole),
        ("more than one value", raw(&with(""), b"{}"), whole),
        (
            "a comma too many",
            raw(&with(r#", "rewardXp": 20,"#), b""),
            whole,
        ),
        ("a comment", raw(b"/* chairs */", &with("")), whole),
        ("single quotes", b"{'title': 'Chairs'}".to_vec(), whole),
        ("NaN", with(r#", "rewardXp": NaN"#), whole),
        ("Infinity", with(r#", "rewardXp": -Infinity"#), whole),
        ("a leading zero", with(r#", "rewardXp": 020"#), whole),
        ("a plus sign", with(r#", "rewardXp": +20"#), whole),
        ("hexadecimal", with(r#", "rewardXp": 0x20"#), whole),
        ("broken UTF-8", raw(text, b"\xff\xfe\"}"), whole),
        ("overlong UTF-8", raw(text, b"\xc0\xaf\"}"), whole),
        ("a surrogate in UTF-8", raw(text, b"\xed\xa0\x80\"}"), whole),
        ("a lone surrogate", raw(text, br#"\ud800"}"#), whole),
        (
            "surrogates the wrong way round",
            raw(text, br#"\udc00\ud800"}"#),
            whole,
        ),
        ("a raw control character", raw(text, b"\x00\"}"), whole),
        (
            "UTF-16",
            "{\"title\""
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            whole,
        ),
        ("an array", b"[]".to_vec(), whole),
        ("null", b"null".to_vec(), whole),
        ("a string", b"\"title\"".to_vec(), whole),
        (
            "a name twice",
            with(r#", "title": "Chairs to the garden""#),
            place("/title"),
        ),
        (
            "a name twice, spelled differently",
            with(r#", "t\u0069tle": "Chairs to the garden""#),
            place("/title"),
        ),
        (
            "an unknown name",
            with(r#", "rewardXP": 20"#),
            place("/rewardXP"),
        ),
        (
            "a name with a slash",
            with(r#", "a/b~": 20"#),
            place("/a~1b~0"),
        ),
        ("an empty name", with(r#", "": 20"#), place("/")),
        (
            "a prototype",
            with(r#", "__proto__": {}"#),
            place("/__proto__"),
        ),
        (
            "a number as text",
            with(r#", "rewardXp": "20""#),
            place("/rewardXp"),
        ),
        (
            "a fraction",
            with(r#", "rewardXp": 20.5"#),
            place("/rewardXp"),
        ),
        (
            "beyond 32 bits",
            with(r#", "rewardXp": 4294967316"#),
            place("/rewardXp"),
        ),
        (
            "beyond 64 bits",
            with(r#", "rewardXp": 18446744073709551636"#),
            place("/rewardXp"),
        ),
        (
            "beyond every width",
            with(&format!(r#", "rewardXp": 1{}"#, "0".repeat(400))),
            whole,
        ),
        ("beyond a double", with(r#", "rewardXp": 1e400"#), whole),
        (
            "an exponent of a thousand digits",
            with(&format!(r#", "rewardXp": 1e{}"#, "9".repeat(1000))),
            whole,
        ),
        (
            "minus zero",
            with(r#", "rewardXp": -0"#),
            place("/rewardXp"),
        ),
        (
            "a boolean",
            with(r#", "rewardXp": true"#),
            place("/rewardXp"),
        ),
        (
            "null where none is allowed",
            with(r#", "rewardXp": null"#),
            place("/rewardXp"),
        ),
        (
            "an array where a text is expected",
            with(r#", "expiresAt": ["2030-01-01T00:00:00Z"]"#),
            place("/expiresAt"),
        ),
        (
            "a day that does not exist",
            with(r#", "expiresAt": "2030-02-30T00:00:00Z""#),
            place("/expiresAt"),
        ),
        (
            "a time without a zone",
            with(r#", "expiresAt": "2030-02-20T00:00:00""#),
            place("/expiresAt"),
        ),
        (
            "an escaped null byte",
            br#"{"title": "Chairs\u0000", "description": "Carry them from the cellar."}"#.to_vec(),
            place("/title"),
        ),
        (
            "markup in plain text",
            br#"{"title": "<b>Chairs</b>", "description": "Carry them from the cellar."}"#.to_vec(),
            place("/title"),
        ),
    ];
    for (what, body, place) in cases {
        let reply = post(&host, &ada, body).await;
        assert_eq!(
            reply.problem(),
            (400, "invalid_request".to_owned()),
            "{what}: {reply:?}"
        );
        let all = violations(&reply);
        if all[0].2 == "syntax" {
            // What cannot be read has no place in a tree, but one in the text.
            let message = reply.json()["violations"][0]["message"].to_string();
            assert!(message.contains(" at line 1 column "), "{what}: {message}");
        }
        assert!(
            all.iter()
                .any(|(part, at, _)| part == "body" && at == place),
            "{what}: nothing at `{place}`: {all:?}"
        );
    }
    assert_eq!(account(&host, &ada).await["questCreationPoints"], 10);
}

async fn secrets(transport: Transport) {
    let host = transport.host().await;
    let secret = "Tr0ub4dor&3-never-say-this";
    for body in [
        format!(r#"{{"email": 1, "password": ["{secret}"]}}"#),
        format!(r#"{{"email": "x", "password": {{"{secret}": 1}}}}"#),
        format!(
            r#"{{"email": "a@example.org", "password": "{}"}}"#,
            secret.repeat(10)
        ),
        format!(r#"{{"email": "a@example.org", "password": "{secret}", "password": "{secret}"}}"#),
        format!(r#"{{"email": "a@example.org", "password": "{secret}"#),
        format!(r#"{{"email": "a@example.org", "password": "{secret}\x"}}"#),
    ] {
        let call = host
            .post("/api/v1/auth/login")
            .body("application/json", body.clone());
        let reply = call.send().await;
        assert_eq!(reply.status, 400, "{body}: {reply:?}");
        let text = String::from_utf8_lossy(&reply.body);
        assert!(!text.contains("Tr0ub4dor"), "{text}");
    }
}

/// A megabyte of mistakes must not become many megabytes of complaints, nor much work.
async fn capped(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let megabyte = 1_000_000;
    let deep = |open: &str| format!("{{\"x\": {}", open.repeat(10_000)).into_bytes();
    let closed = [
        b"{\"x\": ",
        "[".repeat(10_000).as_bytes(),
        "]".repeat(10_000).as_bytes(),
        b"}",
    ]
    .concat();
    let mut names: String = (0..megabyte / 12)
        .map(|n| format!("\"n{n:06}\":1,"))
        .collect();
    names.pop();
    let mut same: String = "\"title\":1,".repeat(megabyte / 11);
    same.pop();
    for (what, body) in [
        ("deep arrays", deep("[")),
        ("deep objects", deep("{\"a\":")),
        ("deep arrays that end", closed),
        (
            "a large array",
            format!("[{}1]", "1,".repeat(megabyte / 2 - 2)).into_bytes(),
        ),
        (
            "a large array in a place",
            with(&format!(
                r#", "rewardXp": [{}1]"#,
                "\"\",".repeat(megabyte / 4)
            )),
        ),
        ("many unknown names", format!("{{{names}}}").into_bytes()),
        ("one name many times", format!("{{{same}}}").into_bytes()),
        (
            "a long name",
            format!("{{\"{}\": 1}}", "n".repeat(megabyte)).into_bytes(),
        ),
        (
            "a long number",
            format!("{{\"rewardXp\": {}}}", "9".repeat(megabyte)).into_bytes(),
        ),
        (
            "a long text",
            format!("{{\"title\": \"{}\"}}", "é".repeat(megabyte / 2 - 20)).into_bytes(),
        ),
    ] {
        let started = Instant::now();
        let reply = post(&host, &ada, body).await;
        assert_eq!(reply.status, 400, "{what}: {}", reply.status);
        let count = violations(&reply).len();
        assert!((1..=100).contains(&count), "{what}: {count} violations");
        assert!(
            reply.body.len() < 64 * 1024,
            "{what}: {} bytes",
            reply.body.len()
        );
        let took = started.elapsed();
        assert!(took < Duration::from_secs(10), "{what} took {took:?}");
    }
}

async fn unusual(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let escaped = r#" { "t\u0069tle" : "Chairs \ud83e\ude91 to the garden" , "description":"Carry them from the cellar.\n" , "rewardXp" : 2.0e1 } "#;
    let reply = post(&host, &ada, escaped).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let quest = reply.json();
    assert_eq!(quest["title"], "Chairs \u{1fa91} to the garden");
    assert_eq!(quest["rewardXp"], 20);
    let call = host.post(QUESTS).member(&ada);
    let reply = call
        .body("Application/JSON; Charset=\"UTF-8\"", with(""))
        .send()
        .await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let reply = post(&host, &ada, with(r#", "description": 1"#)).await;
    violates(&reply, "body", "/description");
}
