//! Members who register, post quests, perform and attest them, and look at lists.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{Method, Request};
use serde_json::{Value, json};

use crate::Error;
use crate::meter::Meter;

const MEMBERS: usize = 20;
const QUESTS: usize = 100;
/// Members who perform quests, behind those who post them.
const PERFORMERS: usize = 5;
const PASSWORD: &str = "4-Quiet-Gardens";
/// Letters of a quest's title, and of its description.
const TITLE: usize = 50;
const DESCRIPTION: usize = 850;
/// What quests are about. Texts that were made up by a rule would be shorter in gzip than those that people write.
const PROSE: [&str; 3] = [
    include_str!("../../../docs/operations.md"),
    include_str!("../../../docs/data-model.md"),
    include_str!("../../../docs/observability.md"),
];

/// The quests that are posted: each has a part of the prose that no other one has, until it is used up.
fn quests() -> impl Iterator<Item = Value> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "'(),-.:;?".contains(c);
    let words = PROSE.iter().flat_map(|text| text.split_whitespace());
    let words: Vec<_> = words.filter(|word| word.chars().all(plain)).collect();
    let prose = words.join(" ");
    let mut from = 0;
    std::iter::repeat_with(move || {
        if from + TITLE + DESCRIPTION > prose.len() {
            from = 0;
        }
        let (title, rest) = prose[from..].split_at(TITLE);
        from += TITLE + DESCRIPTION;
        json!({
            "title": title, "description": &rest[..DESCRIPTION], "rewardXp": 100, "rewardReputation": 10,
        })
    })
}

/// A request as a browser sends it.
fn request(method: Method, path: &str, token: Option<&str>, body: Option<Value>) -> Request<Bytes> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = method;
    // Paths are those of this file, and ids.
    *request.uri_mut() = path.parse().unwrap_or_default();
    let headers = request.headers_mut();
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let codings = "gzip, deflate, br, zstd";
    for (name, value) in [(USER_AGENT, agent), (ACCEPT_ENCODING, codings)] {
        headers.insert(name, http::HeaderValue::from_static(value));
    }
    let token = token.and_then(|token| format!("Bearer {token}").parse().ok());
    headers.extend(token.map(|token| (AUTHORIZATION, token)));
    if let Some(body) = body {
        let json = http::HeaderValue::from_static("application/json");
        headers.extend([(CONTENT_TYPE, json)]);
        *request.body_mut() = body.to_string().into();
    }
    request
}

fn get(path: &str, token: Option<&str>, times: usize) -> Vec<Request<Bytes>> {
    std::iter::repeat_with(|| request(Method::GET, path, token, None))
        .take(times)
        .collect()
}

fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str, Error> {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.ok_or_else(|| format!("no {pointer} in {value}").into())
}

fn texts(values: &[Value], pointer: &str) -> Result<Vec<String>, Error> {
    let texts = values
        .iter()
        .map(|value| text(value, pointer).map(str::to_owned));
    texts.collect()
}

/// Does all of it.
pub async fn all(meter: &mut Meter) -> Result<(), Error> {
    let post =
        |path: &str, token: Option<&str>, body| request(Method::POST, path, token, Some(body));
    let emails: Vec<_> = (0..MEMBERS)
        .map(|n| format!("member.number{n}@example.org"))
        .collect();
    let register = emails.iter().map(|email| {
        let body = json!({
            "email": email, "password": PASSWORD, "name": "Somebody With A Name", "phoneNumber": "+12025550123",
        });
        post("/api/v1/auth/register", None, body)
    });
    meter
        .requests("register", "registerUser", register.collect())
        .await?;
    let login = emails.iter().map(|email| {
        post(
            "/api/v1/auth/login",
            None,
            json!({"email": email, "password": PASSWORD}),
        )
    });
    let tokens = meter
        .requests("log in", "loginUser", login.collect())
        .await?;
    let refresh = texts(&tokens, "/refreshToken")?;
    let refresh = refresh
        .iter()
        .map(|token| post("/api/v1/auth/refresh", None, json!({"refreshToken": token})));
    let tokens = meter
        .requests("rotate a refresh token", "refreshToken", refresh.collect())
        .await?;
    let tokens = texts(&tokens, "/accessToken")?;
    let creator = |n: usize| Some(&*tokens[n % (MEMBERS - PERFORMERS)]);
    let performer = |n: usize| Some(&*tokens[MEMBERS - PERFORMERS + n % PERFORMERS]);
    let first = creator(0);

    let account = meter
        .requests(
            "read one's account",
            "getCurrentUser",
            get("/api/v1/users/me", first, 300),
        )
        .await?;
    let update = (0..100).map(|n| {
        let body = json!({"name": format!("Somebody With Name {n}"), "userType": "agent"});
        request(Method::PUT, "/api/v1/users/me", first, Some(body))
    });
    meter
        .requests("update a profile", "updateCurrentUser", update.collect())
        .await?;

    let mut quests = quests();
    meter.messages();
    let create = |(n, quest)| post("/api/v1/quests", creator(n), quest);
    let created = meter
        .requests(
            "create a quest",
            "createQuest",
            quests
                .by_ref()
                .take(QUESTS)
                .enumerate()
                .map(create)
                .collect(),
        )
        .await?;
    let messages = meter.messages();
    let ids = texts(&created, "/questId")?;
    let act = |n: usize, action: &str, token, body: Option<Value>| {
        let path = format!("/api/v1/quests/{}/{action}", ids[n]);
        request(Method::POST, &path, token, body)
    };
    let claim = (0..QUESTS).map(|n| act(n, "claim", performer(n), None));
    meter
        .requests("claim a quest", "claimQuest", claim.collect())
        .await?;
    let submission =
        || Some(json!({"submissionText": "All of the chairs are in the garden, dry and clean."}));
    let submit = (0..QUESTS).map(|n| act(n, "submit", performer(n), submission()));
    meter
        .requests("submit a quest", "submitQuest", submit.collect())
        .await?;
    let attest = (0..QUESTS).map(|n| act(n, "attest", performer(n), Some(json!({}))));
    meter
        .requests("attest first", "attestQuest", attest.collect())
        .await?;
    let attest = (0..QUESTS).map(|n| act(n, "attest", creator(n), Some(json!({}))));
    meter
        .requests(
            "attest second, complete and reward",
            "attestQuest",
            attest.collect(),
        )
        .await?;

    let events = messages.iter().map(|id| {
        let keys = json!({"PK": {"S": format!("OUTBOX#{id}")}, "SK": {"S": "MESSAGE"}});
        let body = json!({"eventName": "INSERT", "dynamodb": {"Keys": keys}});
        json!({"Records": [{
            "messageId": id, "receiptHandle": "handle", "body": body.to_string(), "eventSource": "aws:sqs",
            "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes": {},
            "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:queue", "awsRegion": "eu-central-1",
        }]})
    });
    meter
        .events(
            "deliver a message that the stream has brought",
            "deliverOutbox",
            events.collect(),
        )
        .await?;

    // Those who have performed quests have earned points, and post some that are still open.
    let open = quests.take(30);
    let open = open.map(|quest| post("/api/v1/quests", performer(0), quest));
    let open = meter.unmeasured("createQuest", open.collect()).await?;
    let id = text(&account[0], "/userId")?;
    for (pattern, operation, path, token, times) in [
        ("health", "getHealth", "/health".to_owned(), None, 300),
        (
            "signing keys",
            "getJwks",
            "/.well-known/jwks.json".to_owned(),
            None,
            300,
        ),
        (
            "read a quest",
            "getQuest",
            format!("/api/v1/quests/{}", ids[0]),
            first,
            300,
        ),
        (
            "read a member",
            "getUserProfile",
            format!("/api/v1/users/{id}"),
            first,
            300,
        ),
        (
            "list 20 quests of a status",
            "listQuests",
            "/api/v1/quests?status=COMPLETE".to_owned(),
            first,
            100,
        ),
        (
            "list 20 quests of any status",
            "listQuests",
            "/api/v1/quests".to_owned(),
            first,
            100,
        ),
        (
            "search in vain",
            "listQuests",
            "/api/v1/quests?search=zeppelin".to_owned(),
            first,
            50,
        ),
        (
            "list 20 quests that one has posted",
            "listMyQuests",
            "/api/v1/users/me/quests?role=creator".to_owned(),
            performer(0),
            100,
        ),
        (
            "list 20 quests that one performs",
            "listMyQuests",
            "/api/v1/users/me/quests?role=performer".to_owned(),
            performer(0),
            100,
        ),
    ] {
        meter
            .requests(pattern, operation, get(&path, token, times))
            .await?;
    }
    let delete = texts(&open, "/questId")?;
    let delete = delete.iter().map(|id| {
        request(
            Method::DELETE,
            &format!("/api/v1/quests/{id}"),
            performer(0),
            None,
        )
    });
    meter
        .requests("delete a quest", "deleteQuest", delete.collect())
        .await?;
    Ok(())
}
