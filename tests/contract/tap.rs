//! What a client and a server say to each other, written down on the way.
//!
//! The typed client hands out values and no raw answers, and what it is answered must be held against the contract
//! all the same. So it talks to the server through a port that passes every byte on as it is.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use crate::transport::{Host, record};
use crate::wire;

type Bytes = Arc<Mutex<Vec<u8>>>;

/// A port before a server's port.
pub struct Tap {
    address: SocketAddr,
    /// What went to the server and what came from it, for each connection.
    connections: Arc<Mutex<Vec<(Bytes, Bytes)>>>,
}

impl Tap {
    /// Before this server.
    pub async fn before(host: &Host) -> Self {
        let server = host.address();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let connections: Arc<Mutex<Vec<(Bytes, Bytes)>>> = Arc::default();
        let all = connections.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(server).await.expect("a connection");
                let (there, back) = (Bytes::default(), Bytes::default());
                all.lock()
                    .expect("unpoisoned")
                    .push((there.clone(), back.clone()));
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(pass(from_client, to_server, there));
                tokio::spawn(pass(from_server, to_client, back));
            }
        });
        Self {
            address,
            connections,
        }
    }

    /// Where the client finds it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Holds everything that was answered so far against the contract; how much that was.
    pub fn check(&self, host: &Host) -> usize {
        let mut count = 0;
        for (there, back) in self.connections.lock().expect("unpoisoned").iter() {
            let requests = wire::requests(&there.lock().expect("unpoisoned"));
            let methods: Vec<_> = requests.iter().map(|(method, _)| method.clone()).collect();
            let replies = wire::replies(&back.lock().expect("unpoisoned"), &methods);
            assert_eq!(requests.len(), replies.len(), "a request was not answered");
            for ((method, path), reply) in requests.iter().zip(&replies) {
                record(method, path, reply, host.transport(), false);
            }
            count += replies.len();
        }
        count
    }
}

/// Writes down before passing on, so that what was received is always written down.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, said: Bytes) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        said.lock()
            .expect("unpoisoned")
            .extend_from_slice(&buffer[..count]);
        if to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}
