//! Storage of files in this process, for who has no S3: uploads and images, behind an address of their own.
//!
//! | path | who | |
//! |---|---|---|
//! | `PUT /uploads/…` | who has a URL that this server has signed | S3's protocol |
//! | `GET /images/…` | everybody | what was made of uploads, with ranges, and for caches |
//!
//! It is what a bucket and a distribution are on AWS, and is used by the same code.

mod folder;

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use civicforge_kernel::aws::objects::{Bucket, BucketAddress};
use civicforge_kernel::aws::{self, Credentials, SharedCredentialsProvider, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::private_files::{self, FileError};
use civicforge_runtime::cors::Cors;
use http::header::{CACHE_CONTROL, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use rand::Rng;
use s3s::auth::SimpleAuth;
use s3s::config::{S3Config, StaticConfigProvider};
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;
use url::Url;

use crate::connections::{Bounds, Connections};
use crate::media::{Media, PUBLIC};
use crate::wire::BoxError;
use folder::Folder;

pub use folder::{EXPORTS, IMAGES, UPLOADS};

/// The folder of the data folder.
pub const FOLDER: &str = "media";

/// Connections at once, and how long each may last: ten megabytes over a slow line.
const BOUNDS: Bounds = Bounds {
    most: 256,
    within: Duration::from_secs(300),
    keep_alive: true,
};

/// What signatures are made for. It is no region of AWS.
const REGION: &str = "local";

/// What a page may read of an answer, beside what it always may.
static EXPOSED: HeaderValue = HeaderValue::from_static("etag");

/// How long a browser may keep the answer to a preflight.
const PREFLIGHT: Duration = Duration::from_secs(3600);

type Body = UnsyncBoxBody<Bytes, BoxError>;

/// Where files are, and who may put them.
#[derive(Debug)]
pub struct Storage {
    root: PathBuf,
    folder: Folder,
    arrived: Arc<Notify>,
    credentials: (String, String),
    skew: Option<u32>,
    /// Deleted with what is in it, where nothing is to be left.
    _temporary: Option<tempfile::TempDir>,
}

impl Storage {
    /// In this folder.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn open(root: PathBuf) -> Result<Self, FileError> {
        let arrived = Arc::new(Notify::new());
        Ok(Self {
            folder: Folder::open(root.clone(), arrived.clone())?,
            root,
            arrived,
            // They are good for URLs of minutes, and for this process.
            credentials: (random(), random()),
            skew: None,
            _temporary: None,
        })
    }

    /// With this access key and its secret: for other processes.
    #[must_use]
    pub fn with_credentials(self, key: &str, secret: &str) -> Self {
        let credentials = (key.to_owned(), secret.to_owned());
        Self {
            credentials,
            ..self
        }
    }

    /// Where clocks of signatures may be as far off as this, in seconds: for other processes that have another time.
    #[must_use]
    pub fn with_skew(self, seconds: u32) -> Self {
        let skew = Some(seconds);
        Self { skew, ..self }
    }

    /// In a folder that is gone with it.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn temporary() -> Result<Self, FileError> {
        let parent = std::env::temp_dir();
        let folder = private_files::temporary_folder(&parent);
        let folder = folder.map_err(|source| FileError {
            path: parent,
            source,
        })?;
        let storage = Self::open(folder.path().to_owned())?;
        Ok(Self {
            _temporary: Some(folder),
            ..storage
        })
    }

    /// Starts to listen, for pages of these origins. Port 0 takes a free one. Clients reach it under the URL, or where it listens.
    ///
    /// # Errors
    ///
    /// The address cannot be bound.
    pub async fn listen(
        self,
        address: SocketAddr,
        url: Option<&Url>,
        cors: Cors,
    ) -> io::Result<Listener> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (access_key, secret_key) = self.credentials;
        let mut config = S3Config::default();
        if let Some(seconds) = self.skew {
            config.presigned_url_max_skew_time_secs = seconds;
        }
        let mut s3 = S3ServiceBuilder::new(self.folder);
        s3.set_auth(SimpleAuth::from_single(
            access_key.clone(),
            secret_key.clone(),
        ));
        s3.set_config(Arc::new(StaticConfigProvider::new(Arc::new(config))));
        let images = self.root.join(IMAGES);
        let server = Arc::new(Server {
            s3: s3.build(),
            images: ServeDir::new(images).append_index_html_on_directories(false),
            cors: cors.max_age(PREFLIGHT),
        });
        let task = tokio::spawn(accept(listener, server));
        Ok(Listener {
            address,
            url: url.map_or_else(|| format!("http://{address}"), trimmed),
            credentials: Credentials::new(access_key, secret_key, None, None, "storage"),
            root: self.root,
            arrived: self.arrived,
            task,
            _temporary: self._temporary,
        })
    }
}

pub(super) fn trimmed(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

fn random() -> String {
    hex::encode(rand::rng().random::<[u8; 20]>())
}

/// Storage that listens, until it is dropped.
#[derive(Debug)]
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    /// Under which URL clients reach it, without a slash at the end.
    pub url: String,
    credentials: Credentials,
    root: PathBuf,
    arrived: Arc<Notify>,
    task: JoinHandle<()>,
    _temporary: Option<tempfile::TempDir>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Listener {
    /// Stops to listen. What was stored is there as before.
    pub fn stop(&self) {
        self.task.abort();
    }

    /// What handlers need of it.
    pub fn media(&self) -> Media {
        Media {
            url: self.url.clone(),
            uploads: Some(self.bucket(UPLOADS)),
            images: Some(self.bucket(IMAGES)),
            exports: Some(self.bucket(EXPORTS)),
            told: None,
        }
    }

    fn bucket(&self, name: &str) -> Bucket {
        let here = match self.address.ip() {
            // Every address of this machine is one of these.
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        let here = SocketAddr::new(here, self.address.port());
        let address = BucketAddress {
            name: name.to_owned(),
            region: REGION.to_owned(),
            endpoint: format!("http://{here}").parse().ok(),
            public_endpoint: self.url.parse().ok(),
        };
        let provider = SharedCredentialsProvider::new(self.credentials.clone());
        // The time of signatures is the one that they are checked by.
        let bucket = Bucket::new(address, provider, Trust::System, Clock::system());
        bucket.over(aws::direct_connector(true))
    }

    /// The keys of what was uploaded and is still there, the oldest first. The program that makes images of it deletes it.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub async fn uploaded(&self) -> io::Result<Vec<String>> {
        let folder = self.root.join(UPLOADS);
        let reading = tokio::task::spawn_blocking(move || files_in(&folder));
        reading.await.map_err(io::Error::other)?
    }

    /// Deletes what is older than a day of what is not to be kept: uploads of which nothing was made, and exports.
    ///
    /// # Errors
    ///
    /// A file cannot be deleted.
    pub async fn sweep(&self) -> io::Result<()> {
        let folders = [UPLOADS, EXPORTS].map(|bucket| self.root.join(bucket));
        let sweeping = tokio::task::spawn_blocking(move || {
            folders.iter().try_for_each(|folder| sweep(folder))
        });
        sweeping.await.map_err(io::Error::other)?
    }

    /// Waits until something is uploaded, if nothing was since it was last asked.
    pub async fn arrival(&self) {
        self.arrived.notified().await;
    }
}

/// How long uploads and exports are kept.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

fn sweep(folder: &Path) -> io::Result<()> {
    for (modified, name) in dated_files_in(folder)? {
        let age = modified.and_then(|at| at.elapsed().ok());
        let is_old = age.is_some_and(|age| age > KEPT);
        match is_old.then(|| std::fs::remove_file(folder.join(name))) {
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The paths of all files in a folder from there, the oldest first.
///
/// # Errors
///
/// A folder cannot be read.
pub fn files_in(folder: &Path) -> io::Result<Vec<String>> {
    let found = dated_files_in(folder)?.into_iter();
    Ok(found.map(|(_, key)| key).collect())
}

/// The same with when each was written.
fn dated_files_in(folder: &Path) -> io::Result<Vec<(Option<SystemTime>, String)>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = match std::fs::read_dir(&next) {
            // It was empty, and somebody has removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let facts = match entry.metadata() {
                // Somebody has deleted it just now.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                facts => facts?,
            };
            let path = entry.path();
            if facts.is_dir() {
                folders.push(path);
                continue;
            }
            let key = path.strip_prefix(folder).ok().and_then(Path::to_str);
            found.extend(key.map(|key| (facts.modified().ok(), key.to_owned())));
        }
    }
    found.sort();
    Ok(found)
}

struct Server {
    s3: S3Service,
    images: ServeDir,
    cors: Cors,
}

async fn accept(listener: TcpListener, server: Arc<Server>) {
    let mut connections = Connections::new(BOUNDS);
    loop {
        let stream = connections.next(|| listener.accept()).await;
        let server = server.clone();
        connections.serve(stream, move |request| {
            let server = server.clone();
            async move { Ok::<_, Infallible>(server.answer(request).await) }
        });
    }
}

impl Server {
    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let headers = request.headers().clone();
        if request.method() == Method::OPTIONS && Cors::is_preflight(&headers) {
            return self.preflight(&headers);
        }
        let mut response = match request.uri().path().starts_with(PUBLIC) {
            true => self.image(request).await,
            false => self.object(request).await,
        };
        self.cors.expose(&headers, &EXPOSED, response.headers_mut());
        response
    }

    fn preflight(&self, request: &HeaderMap) -> Response<Body> {
        let methods = HeaderValue::from_static("GET, HEAD, PUT");
        let headers = HeaderValue::from_static("content-type, x-amz-checksum-sha256, range");
        let mut response = answer_of(StatusCode::NO_CONTENT);
        let into = response.headers_mut();
        self.cors
            .answer_preflight(request, &methods, &headers, into);
        self.cors.expose(request, &EXPOSED, into);
        response
    }

    async fn image(&self, request: Request<Incoming>) -> Response<Body> {
        let mut files = self.images.clone();
        let Ok(served) = files.try_call(request).await else {
            return answer_of(StatusCode::INTERNAL_SERVER_ERROR);
        };
        let mut response = served.map(|body| body.map_err(BoxError::from).boxed_unsync());
        if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
            let caches = HeaderValue::from_static(crate::media::CACHE_CONTROL);
            response.headers_mut().insert(CACHE_CONTROL, caches);
        }
        let headers = response.headers_mut();
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        response
    }

    async fn object(&self, request: Request<Incoming>) -> Response<Body> {
        match self.s3.call(request.map(s3s::Body::from)).await {
            Ok(response) => response.map(|body| body.map_err(BoxError::from).boxed_unsync()),
            Err(error) => {
                tracing::warn!(?error, "a request for an object cannot be answered");
                answer_of(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

/// Pages of other origins may show images, also where they ask for everything to allow it.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

fn answer_of(status: StatusCode) -> Response<Body> {
    let nothing = Empty::new().map_err(|never| match never {});
    let mut response = Response::new(nothing.boxed_unsync());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_old_is_swept_and_files_are_found_by_age() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
        let hour = Duration::from_secs(3600);
        for (name, age) in [("a/b/new", 1), ("a/older", 23), ("old", 25)] {
            let file = std::fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - hour * age).unwrap();
        }
        let names = || files_in(folder.path()).unwrap();
        assert_eq!(names(), ["old", "a/older", "a/b/new"]);
        sweep(folder.path()).unwrap();
        assert_eq!(names(), ["a/older", "a/b/new"]);
    }
}
