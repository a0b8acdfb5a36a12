//! A table of this process for other processes: a port on which it speaks DynamoDB's protocol.
//!
//! Requests go through the HTTP client that the table's own client has, so that whatever is between the two (faults, a record of
//! the calls) is between the other processes and the table too.

use std::convert::Infallible;
use std::net::Ipv4Addr;

use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnectorSettings};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use civicforge_kernel::table::Table;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::elsewhere;
use civicforge_handlers::wire::pass;

/// A table that listens. It stops when it is dropped.
#[derive(Debug)]
pub struct Loopback {
    url: String,
    server: Option<JoinHandle<Infallible>>,
}

impl Loopback {
    /// Listens for this table. Call it in a runtime.
    pub fn of(table: &Table) -> Self {
        if let Some(url) = elsewhere::place_of(table) {
            // It is there for everybody.
            return Self { url, server: None };
        }
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        listener.set_nonblocking(true).expect("a socket");
        let listener = TcpListener::from_std(listener).expect("a runtime");
        let http = table.client().config().http_client().expect("a client");
        // The components are for connectors that make connections of their own; those behind tests do not.
        let components = RuntimeComponentsBuilder::for_tests().build();
        let components = components.expect("components");
        let settings = HttpConnectorSettings::builder().build();
        let connector = http.http_connector(&settings, &components);
        let server = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    continue;
                };
                let connector = connector.clone();
                let service = service_fn(move |request| pass(connector.clone(), request));
                // What the connector cannot do is the end of the connection, as it would be of the table's.
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Self {
            url: format!("http://{address}"),
            server: Some(server),
        }
    }

    /// Where other processes find it.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}
