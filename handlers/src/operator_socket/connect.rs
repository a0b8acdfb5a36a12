//! The command's side of the socket.

use std::path::{Path, PathBuf};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::Table;
use civicforge_kernel::table::embedded;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;

use super::SocketError;
use crate::wire::BoxError;

/// The table of this name, of the server that has this data folder.
///
/// # Errors
///
/// There is no way to the server.
pub async fn connect(folder: &Path, name: &str) -> Result<Table, SocketError> {
    let path = super::path(folder);
    // The SDK's error would not say what to do.
    let tried = UnixStream::connect(&path).await;
    tried.map_err(SocketError::at(&path))?;
    let connector = SharedHttpConnector::new(Socket(path));
    let http = http_client_fn(move |_, _| connector.clone());
    Ok(embedded::table_through(http, name, &Limits::default()))
}

#[derive(Debug, Clone)]
struct Socket(PathBuf);

impl HttpConnector for Socket {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let path = self.0.clone();
        HttpConnectorFuture::new(async move {
            let stream = UnixStream::connect(&path).await;
            let stream = stream.map_err(|error| ConnectorError::io(error.into()))?;
            let answer = exchange(stream, request).await;
            answer.map_err(ConnectorError::io)
        })
    }
}

async fn exchange(stream: UnixStream, request: HttpRequest) -> Result<HttpResponse, BoxError> {
    let (mut parts, body) = request.try_into_http1x()?.into_parts();
    let body = Bytes::copy_from_slice(body.bytes().ok_or("the body is a stream")?);
    // The host is in a header; over a socket there is nothing else to name.
    parts.uri = http::Uri::from_static("/");
    let request = http::Request::from_parts(parts, Full::new(body));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let answer = async {
        let (parts, body) = sender.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok::<_, hyper::Error>(http::Response::from_parts(parts, SdkBody::from(body)))
    };
    // The connection is over with the answer. Until then it has to be driven.
    let (answer, _) = futures::join!(answer, connection);
    Ok(answer?.try_into()?)
}
