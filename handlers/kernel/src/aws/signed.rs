//! Calls of a service of AWS of which a few operations are wanted: requests that are signed by `aws-sigv4`, made once. The caller waits and
//! tries again (docs/decisions/0016).

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::config::ProvideCredentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningInstructions, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http::Method;
use tokio::sync::Mutex;
use url::Url;

use super::{Credentials, SharedCredentialsProvider, Trust, connector, reasons};
use crate::clock::Clock;

/// The service whose signatures are made otherwise.
pub(super) const S3: &str = "s3";

/// Credentials are asked for anew so long before they end.
const MARGIN: Duration = Duration::from_secs(300);

/// What a request is signed with went wrong.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

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
        let (region, domain) = (&self.region, domain(&self.region));
        format!("https://{}.{region}.{domain}/{path}", self.host)
    }
}

/// What the names of hosts in a region end with.
pub(super) fn domain(region: &str) -> &'static str {
    match region.starts_with("cn-") {
        true => "amazonaws.com.cn",
        false => "amazonaws.com",
    }
}

/// Where a signature stands, and what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In a header. It covers the body.
    Header,
    /// In the query of a URL, which is good for so long. It does not cover the body.
    Url(Duration),
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

    /// The same over another connector, such as one that goes past every proxy.
    #[must_use]
    pub fn over(self, connector: SharedHttpConnector) -> Self {
        Self { connector, ..self }
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
        let url = self.address.url(path);
        let body = Bytes::from(body);
        let mut response = self.call(Method::POST, &url, headers, body).await?;
        let status = response.status().as_u16();
        let error = response.headers().get("x-amzn-errortype");
        // A namespace may stand behind it.
        let error = error.and_then(|kind| kind.split(':').next());
        let error = error.map(str::to_owned);
        let body = read(&mut response).await?.to_vec();
        Ok(Answer {
            status,
            error,
            body,
        })
    }

    /// Sends a request that is signed in a header. The caller reads its body.
    ///
    /// # Errors
    ///
    /// There was no answer; why, in words.
    pub(super) async fn call(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<HttpResponse, String> {
        let request = self.signed(method, url, headers, body).await?;
        let sent = self.connector.call(request).await;
        sent.map_err(|error| reasons(&error))
    }

    async fn signed(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<HttpRequest, String> {
        let credentials = self.credentials().await?;
        let signing = || {
            let payload = SignableBody::Bytes(&body);
            let signable =
                SignableRequest::new(method.as_str(), url, headers.iter().copied(), payload)?;
            let instructions = self.sign(signable, credentials, Form::Header)?;
            let mut request = http::Request::builder().method(&method).uri(url);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let mut request = request
                .header("content-length", body.len())
                .body(SdkBody::from(body.clone()))?;
            instructions.apply_to_request_http1x(&mut request);
            Ok(request.try_into()?)
        };
        signing().map_err(|error: BoxError| format!("the call cannot be signed: {error}"))
    }

    /// The URL by which anybody may send this request for so long, with these headers and any body that they describe.
    ///
    /// # Errors
    ///
    /// There are no credentials; why, in words.
    pub(super) async fn presigned(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        lifetime: Duration,
    ) -> Result<String, String> {
        let credentials = self.credentials().await?;
        let signing = || {
            let payload = SignableBody::UnsignedPayload;
            let signable =
                SignableRequest::new(method.as_str(), url, headers.iter().copied(), payload)?;
            let instructions = self.sign(signable, credentials, Form::Url(lifetime))?;
            let mut request = http::Request::builder().uri(url).body(())?;
            instructions.apply_to_request_http1x(&mut request);
            Ok(request.uri().to_string())
        };
        signing().map_err(|error: BoxError| format!("the URL cannot be signed: {error}"))
    }

    fn sign(
        &self,
        request: SignableRequest<'_>,
        credentials: Credentials,
        form: Form,
    ) -> Result<SigningInstructions, BoxError> {
        let identity = credentials.into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.address.region)
            .name(self.address.service)
            .time(SystemTime::from(self.clock.now()))
            .settings(self.settings(form))
            .build()?
            .into();
        Ok(sign(request, &params)?.into_parts().0)
    }

    fn settings(&self, form: Form) -> SigningSettings {
        let mut settings = SigningSettings::default();
        if self.address.service == S3 {
            // Its keys are paths as they are, and it wants the hash of the body in a header.
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        if let Form::Url(lifetime) = form {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(lifetime);
        }
        settings
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

/// The body of a response, as a whole.
pub(super) async fn read(response: &mut HttpResponse) -> Result<Bytes, String> {
    let body = std::mem::replace(response.body_mut(), SdkBody::taken());
    let body = ByteStream::new(body).collect().await;
    Ok(body.map_err(|error| reasons(&error))?.into_bytes())
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
