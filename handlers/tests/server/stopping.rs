//! What happens to requests in flight when the server is told to stop.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use super::process::Server;

/// A registration of which only a part has been sent.
struct Unfinished {
    stream: TcpStream,
    rest: String,
}

impl Unfinished {
    fn begin(server: &Server, email: &str) -> Self {
        let body =
            json!({"email": email, "password": "4-Quiet-Gardens", "name": "A member"}).to_string();
        let (first, rest) = body.split_at(10);
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let length = body.len();
        let head = format!(
            "POST /api/v1/auth/register HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{first}"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // The server has to have seen the head before it is told to stop.
        std::thread::sleep(Duration::from_millis(500));
        let rest = rest.to_owned();
        Self { stream, rest }
    }

    fn finish(mut self) -> String {
        self.stream.write_all(self.rest.as_bytes()).unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

#[tokio::test]
async fn a_request_in_flight_is_finished_and_takes_effect() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(folder.path(), &[]);
        let idle = TcpStream::connect(server.address()).unwrap();
        let request = Unfinished::begin(&server, "member@example.org");
        server.signal(signal);
        std::thread::sleep(Duration::from_millis(300));
        // The system still takes connections, because dropshot closes its socket last; the server does not.
        let mut late = TcpStream::connect(server.address()).unwrap();
        late.set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        late.write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
            .unwrap();
        let answer = request.finish();
        assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
        let (status, said) = server.wait();
        assert_eq!(status.code(), Some(0), "{said}");
        assert!(
            said.starts_with(&format!("SIG{signal}: finishing")),
            "{said}"
        );
        let mut unanswered = Vec::new();
        // Closed or reset.
        let _ = late.read_to_end(&mut unanswered);
        assert_eq!(unanswered, b"", "nobody new is let in");
        drop(idle);
        let server = Server::start(folder.path(), &[]);
        assert_eq!(server.login("member@example.org").await, 200);
        server.stop();
    }
}

#[test]
fn a_request_that_takes_too_long_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["--shutdown-grace", "500ms"]);
    let request = Unfinished::begin(&server, "member@example.org");
    server.signal("TERM");
    let (status, said) = server.wait();
    assert_eq!(status.code(), Some(1));
    assert!(
        said.contains("stopped before all requests were answered"),
        "{said}"
    );
    drop(request);
}

#[test]
fn a_second_signal_stops_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &[]);
    let request = Unfinished::begin(&server, "member@example.org");
    server.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    server.signal("INT");
    let (status, said) = server.wait();
    assert_eq!(status.code(), Some(1));
    assert!(said.contains("a second SIGINT"), "{said}");
    drop(request);
}
