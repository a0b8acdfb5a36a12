//! Settings that change what a server does.

use serde_json::json;

use super::process::Server;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_documentation_has_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--docs", "off"]);
    for path in [
        "/",
        "/docs",
        "/openapi.json",
        "/openapi.yaml",
        "/events.json",
    ] {
        let reply = reqwest::get(format!("{}{path}", server.url)).await.unwrap();
        assert_eq!(reply.status(), 404, "{path}");
    }
    let reply = reqwest::get(format!("{}/health", server.url)).await;
    assert_eq!(reply.unwrap().status(), 200);
    assert!(!server.banner.contains("docs") && !server.banner.contains("openapi"));
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_good_for_as_long_as_they_are_set_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let set = [
        "--access-token-lifetime",
        "5m",
        "--refresh-token-lifetime",
        "2days",
    ];
    let server = Server::start(folder.path(), &set);
    let tokens = server.register("ada@example.org").await;
    let times = |tokens: &serde_json::Value| {
        let [access, refresh] = ["expiresIn", "refreshExpiresIn"].map(|name| tokens[name].clone());
        (access, refresh)
    };
    assert_eq!(times(&tokens), (json!(300), json!(172_800)));
    let body = json!({"refreshToken": tokens["refreshToken"]});
    let (status, next) = server.post("/api/v1/auth/refresh", &body).await;
    assert_eq!(status, 200, "{next}");
    assert_eq!(times(&next), (json!(300), json!(172_800)));
    server.stop();
}
