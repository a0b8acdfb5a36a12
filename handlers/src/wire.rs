//! DynamoDB's protocol for other processes, over the connector that a table of this process has.

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;

/// An error of any kind, which is the end of a connection.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// DynamoDB takes no larger request.
const LARGEST: usize = 16 * 1024 * 1024;

/// Passes a request on, and the answer back.
///
/// # Errors
///
/// The request is too large, or the connector fails. It is the end of the connection, as it would be of the table's.
pub async fn pass(
    connector: SharedHttpConnector,
    request: http::Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, BoxError> {
    let (mut parts, body) = request.into_parts();
    let body = Limited::new(body, LARGEST).collect().await?.to_bytes();
    parts.uri = http::Uri::from_static("http://embedded.invalid/");
    let request = http::Request::from_parts(parts, SdkBody::from(body));
    let response = connector.call(HttpRequest::try_from(request)?).await?;
    let response = response.try_into_http1x()?;
    let (parts, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    Ok(http::Response::from_parts(parts, Full::new(body)))
}
