//! Functions that answer only what comes through the distribution.

use civicforge_kernel::keys::edge::HEADER;
use civicforge_lambda_emulator::{Function, Gateway};
use civicforge_testing::{EDGE_KEY, edge_keys};
use http::{HeaderValue, Method};

use super::support::{World, get_as, json, logged, send};

#[tokio::test]
async fn whoever_goes_around_the_distribution_is_refused() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let (variable, keys) = edge_keys();
    let launch = world.launch("users").variable(variable, keys);
    let users = Function::new(launch, 1);
    let path = "/api/v1/users/me";
    let ask = async |method: Method, keys: &[&str]| {
        let mut request = get_as(&ada, path);
        *request.method_mut() = method;
        for key in keys {
            let key = HeaderValue::from_str(key).unwrap();
            request.headers_mut().append(HEADER, key);
        }
        send(&users, Gateway::HttpApi, &request, path).await
    };
    let other = EDGE_KEY.replace('0', "a");
    for good in [EDGE_KEY, &other] {
        let answer = ask(Method::GET, &[good]).await;
        assert_eq!(answer.status(), 200, "{answer:?}");
        assert_eq!(json(&answer)["email"], "ada@example.org");
    }
    for (method, bad) in [
        (Method::GET, &[][..]),
        (Method::GET, &["", EDGE_KEY]),
        (Method::GET, &[EDGE_KEY, EDGE_KEY]),
        (Method::GET, &["edge-key-of-tests"]),
        (Method::PUT, &["nothing"]),
        // A browser's preflight, and a method that there is not.
        (Method::OPTIONS, &[]),
        (Method::TRACE, &[]),
    ] {
        let answer = ask(method.clone(), bad).await;
        assert_eq!(answer.status(), 403, "{method} {bad:?}: {answer:?}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem = json(&answer);
        assert_eq!(problem["code"], "forbidden");
        let id = answer.headers()["x-request-id"].to_str().unwrap();
        assert_eq!(problem["requestId"], id);
    }
    let access = logged(&users, "INFO");
    let refused = access.iter().filter(|line| line["code"] == "forbidden");
    assert_eq!(refused.count(), 7, "{access:#?}");
    for line in users.output() {
        assert!(!line.contains(EDGE_KEY) && !line.contains(&other), "{line}");
    }
}
