//! The same service on every host: each program is started, and called as its clients do.

use std::process::Stdio;

use bytes::Bytes;
use civicforge_lambda_emulator::{Function, Gateway, Launch};
use http::Request;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

/// What each host is asked, with the status and a part of the body that it responds with.
const CALLS: [(&str, u16, &str); 4] = [
    ("/pets/1", 200, r#"{"id":1,"name":"Rex"}"#),
    ("/pets/2", 404, "There is no such pet."),
    ("/pets/0", 400, r#""name":"petId""#),
    ("/toys", 404, "application/problem+json"),
];

async fn called(program: &str) {
    let mut server = Command::new(program)
        .arg("127.0.0.1:0")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the program starts");
    let stdout = server.stdout.take().expect("its output is piped");
    let mut lines = BufReader::new(stdout).lines();
    let line = lines.next_line().await.expect("its output can be read");
    let line = line.expect("it says where it listens");
    let address = line.strip_prefix("http://").expect("it says a URL");
    for (path, status, part) in CALLS {
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream
            .write_all(request.as_bytes())
            .await
            .expect("the request can be sent");
        let mut response = String::new();
        stream
            .read_to_string(&mut response)
            .await
            .expect("the response can be read");
        let start = format!("HTTP/1.1 {status} ");
        assert!(
            response.starts_with(&start) && response.contains(part),
            "{program}: {path}: {response}"
        );
    }
}

#[tokio::test]
async fn axum() {
    called(env!("CARGO_BIN_EXE_petstore-axum")).await;
}

#[tokio::test]
async fn dropshot() {
    called(env!("CARGO_BIN_EXE_petstore-dropshot")).await;
}

#[tokio::test]
async fn hyper() {
    called(env!("CARGO_BIN_EXE_petstore-hyper")).await;
}

#[tokio::test]
async fn lambda_http() {
    let launch = Launch::new("petstore", env!("CARGO_BIN_EXE_petstore-lambda"))
        .variable("AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH", "1");
    let function = Function::new(launch, 1);
    for (path, status, part) in CALLS {
        let request = Request::get(path)
            .body(Bytes::new())
            .expect("the request is valid");
        let event = Gateway::RestApi.event(&request, "/{path+}").to_string();
        let answer = function.invoke(event).await.expect("an answer");
        let response = Gateway::RestApi.response(&answer).expect("a response");
        let text = format!("{:?} {}", response.headers(), text(response.body()));
        assert_eq!(response.status(), status, "{path}: {text}");
        assert!(text.contains(part), "{path}: {text}");

        // `lambda_http` answers a function URL with members that its format does not have. AWS ignores them, and the emulator does not.
        let event = Gateway::FunctionUrl.event(&request, "/{path+}").to_string();
        let answer = function.invoke(event).await.expect("an answer");
        let answer: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
        assert_eq!(answer["statusCode"], status, "{path}: {answer}");
        let is_there = answer["headers"].to_string().contains(part)
            || answer["body"]
                .as_str()
                .is_some_and(|body| body.contains(part));
        assert!(is_there, "{path}: {answer}");
    }
}

fn text(body: &Bytes) -> String {
    String::from_utf8_lossy(body).into_owned()
}
