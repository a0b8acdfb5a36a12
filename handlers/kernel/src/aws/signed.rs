//! Calls of a service of AWS of which one operation is wanted: a POST that is signed by `aws-sigv4`, made once. Whoever calls waits and tries
//! again (docs/decisions/0016).

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use aws_sdk_dynamodb::config::ProvideCredentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use tokio::sync::Mutex;
use url::Url;

use super::{Credentials, SharedCredentialsProvider, Trust, connector, reasons};
use crate::clock::Clock;

/// Credentials are asked for anew so long before they end.
const MARGIN: std::time::Duration = std::time::Duration::from_secs(300);

/// A service, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAddress {
    /// What the names of its hosts begin with.
    pub host: &'static str,
    /// Its name in signatures.
    pub service: &'static str,
    /// The region of the endpoint and of signatures.
    pub region: String,
    /// Another endpoint than the region's own.
    pub endpoint: Option<Url>,
}

impl ServiceAddress {
    /// The address of a path, which begins with no slash.
    fn url(&self, path: &str) -> String {
        if let Some(endpoint) = &self.endpoint {
            let base = endpoint.as_str().trim_end_matches('/');
            return format!("{base}/{path}");
        }
        let region = &self.region;
        let domain = match region.starts_with("cn-") {
            true => "amazonaws.com.cn",
            false => "amazonaws.com",
        };
        format!("https://{}.{region}.{domain}/{path}", self.host)
    }
}

/// The way to one service. Clones are the same.
#[derive(Clone)]
pub struct SignedCalls {
    address: ServiceAddress,
    connector: SharedHttpConnector,
    provider: SharedCredentialsProvider,
    credentials: Arc<Mutex<Option<Credentials>>>,
    clock: Clock,
}

impl fmt::Debug for SignedCalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SignedCalls").field(&self.address).finish()
    }
}

/// What a service has answered.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// What kind of error it is, where a header says so.
    pub error: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

impl SignedCalls {
    /// Calls of the service at this address.
    pub fn new(
        address: ServiceAddress,
        provider: SharedCredentialsProvider,
        trust: Trust,
        clock: Clock,
    ) -> Self {
        Self {
            address,
            connector: connector(trust),
            provider,
            credentials: Arc::default(),
            clock,
        }
    }

    /// Posts a body to a path, which begins with no slash.
    ///
    /// # Errors
    ///
    /// There was no answer; why, in words.
    ///
    /// # Cancellation
    ///
    /// Where the future is dropped, the service may have got the call or not.
    pub async fn post(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Result<Answer, String> {
        let credentials = self.credentials().await?;
        let request = self.request(path, headers, body, credentials);
        let request = request.map_err(|error| format!("the call cannot be signed: {error}"))?;
        let sent = self.connector.call(request).await;
        let mut response = sent.map_err(|error| reasons(&error))?;
        let status = response.status().as_u16();
        let error = response.headers().get("x-amzn-errortype");
        // A namespace may stand behind it.
        let error = error.and_then(|kind| kind.split(':').next());
        let error = error.map(str::to_owned);
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        let body = ByteStream::new(body).collect().await;
        let body = body.map_err(|error| reasons(&error))?;
        Ok(Answer {
            status,
            error,
            body: body.to_vec(),
        })
    }

    fn request(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
        credentials: Credentials,
    ) -> Result<HttpRequest, Box<dyn std::error::Error + Send + Sync>> {
        let url = self.address.url(path);
        let identity = credentials.into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.address.region)
            .name(self.address.service)
            .time(SystemTime::from(self.clock.now()))
            .settings(SigningSettings::default())
            .build()?
            .into();
        let signed = SignableBody::Bytes(body.as_bytes());
        let signable = SignableRequest::new("POST", &*url, headers.iter().copied(), signed)?;
        let (instructions, _) = sign(signable, &params)?.into_parts();
        let mut request = http::Request::post(&url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request
            .header("content-length", body.len())
            .body(SdkBody::from(body))?;
        instructions.apply_to_request_http1x(&mut request);
        Ok(request.try_into()?)
    }

    /// Those of before, while they hold.
    async fn credentials(&self) -> Result<Credentials, String> {
        let mut known = self.credentials.lock().await;
        let now = SystemTime::now();
        let holds = |credentials: &&Credentials| {
            let end = credentials.expiry();
            end.is_none_or(|end| end > now + MARGIN)
        };
        if let Some(credentials) = known.as_ref().filter(holds) {
            return Ok(credentials.clone());
        }
        let found = self.provider.provide_credentials().await;
        let found =
            found.map_err(|error| format!("there are no credentials: {}", reasons(&error)))?;
        *known = Some(found.clone());
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_has_a_host_in_each_region() {
        let url = |region: &str, endpoint: Option<&str>| {
            let address = ServiceAddress {
                host: "email",
                service: "ses",
                region: region.to_owned(),
                endpoint: endpoint.map(|url| url.parse().unwrap()),
            };
            address.url("v2/x")
        };
        assert_eq!(
            url("eu-central-1", None),
            "https://email.eu-central-1.amazonaws.com/v2/x"
        );
        assert_eq!(
            url("cn-north-1", None),
            "https://email.cn-north-1.amazonaws.com.cn/v2/x"
        );
        assert_eq!(
            url("x", Some("http://127.0.0.1:1")),
            "http://127.0.0.1:1/v2/x"
        );
        assert_eq!(
            url("x", Some("http://127.0.0.1:1/a/")),
            "http://127.0.0.1:1/a/v2/x"
        );
    }
}
