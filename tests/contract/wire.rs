//! HTTP/1.1 as bytes: for requests that no client would send, and for reading what went over a connection.

use std::net::SocketAddr;
use std::time::Duration;

use civicforge_testing::Reply;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long a server may leave a broken request without an answer and without an end.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a server does with bytes.
#[derive(Debug)]
pub struct Outcome {
    /// What it answered.
    pub replies: Vec<Reply>,
    /// Whether it closed the connection.
    pub closed: bool,
}

/// Sends bytes on a connection of their own, and reads until the server closes it. With `end`, the server is told
/// that nothing more will come.
pub async fn send(address: SocketAddr, bytes: &[u8], end: bool) -> Outcome {
    let stream = TcpStream::connect(address).await.expect("a connection");
    let (mut from, mut to) = stream.into_split();
    let mut received = Vec::new();
    let write = async {
        // The server may have enough of it before all is sent.
        let sent = to.write_all(bytes).await;
        if end || sent.is_err() {
            let _ = to.shutdown().await;
        }
    };
    let read = async { from.read_to_end(&mut received).await };
    let closed = tokio::time::timeout(PATIENCE, async { tokio::join!(write, read) }).await;
    Outcome {
        closed: closed.is_ok(),
        replies: replies(&received, &[]),
    }
}

/// Start line and headers, and how long they are; none where they are not complete.
fn head(bytes: &[u8]) -> Option<(String, HeaderMap, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = text.split("\r\n");
    let start = lines.next()?.to_owned();
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name: HeaderName = name.parse().ok()?;
        headers.append(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    Some((start, headers, end + 4))
}

fn length(headers: &HeaderMap) -> usize {
    let length = headers.get("content-length");
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    assert!(
        !headers.contains_key("transfer-encoding"),
        "only bodies of a known length are read"
    );
    length.unwrap_or(0)
}

/// Method and path of each request.
pub fn requests(mut bytes: &[u8]) -> Vec<(Method, String)> {
    let mut all = Vec::new();
    while let Some((start, headers, read)) = head(bytes) {
        let mut words = start.split(' ');
        let method = words.next().and_then(|method| method.parse().ok());
        let path = words.next().and_then(|target| target.split('?').next());
        all.push((method.expect("a method"), path.expect("a path").to_owned()));
        bytes = &bytes[(read + length(&headers)).min(bytes.len())..];
    }
    all
}

/// Each answer. One to HEAD has no body, whatever its length says.
pub fn replies(mut bytes: &[u8], methods: &[Method]) -> Vec<Reply> {
    let mut all = Vec::new();
    while let Some((start, headers, read)) = head(bytes) {
        let status = start
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let length = match methods.get(all.len()) {
            Some(&Method::HEAD) => 0,
            _ => length(&headers),
        };
        let end = (read + length).min(bytes.len());
        all.push(Reply {
            status: status.expect("a status"),
            headers,
            body: bytes[read..end].to_vec().into(),
        });
        bytes = &bytes[end..];
    }
    all
}
