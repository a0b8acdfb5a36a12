//! Buckets in a folder: what [`s3s`] needs to answer as S3 does. It reads requests, checks signatures and writes answers; here are the
//! files.
//!
//! A file has its name when it is whole, was checked against its announced hash, and is on the disk. `s3s-fs`, which is there for this,
//! gives a file its name before it looks at the hash, and never waits for the disk (docs/decisions/0022).

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civicforge_kernel::private_files::{self, FileError};
use futures::StreamExt;
use s3s::dto::{
    DeleteObjectInput, DeleteObjectOutput, GetObjectInput, GetObjectOutput, HeadObjectInput,
    HeadObjectOutput, PutObjectInput, PutObjectOutput, StreamingBlob, Timestamp,
};
use s3s::{S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};
use tempfile::NamedTempFile;
use tokio::fs;
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;

use crate::media::EXPORT;

/// Where members put what they upload. Nobody reads it but the program that makes images of it.
pub const UPLOADS: &str = "uploads";
/// Images that everybody may see. They have a path of their own, which is not that of the bucket.
pub const IMAGES: &str = "published";
/// Copies of everything about a member, for a day.
pub const EXPORTS: &str = "exports";
/// The buckets.
const BUCKETS: [&str; 3] = [UPLOADS, IMAGES, EXPORTS];

/// The most bytes of an object.
const LARGEST: u64 = 64 * 1024 * 1024;

/// How often a folder is made again that somebody has just removed because it was empty.
const TRIES: usize = 4;

/// A folder with a folder for each bucket.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// Told whenever something was uploaded.
    arrived: Arc<Notify>,
}

impl Folder {
    /// This folder. It is made for the owner alone where it is not there.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub(super) fn open(root: PathBuf, arrived: Arc<Notify>) -> Result<Self, FileError> {
        for bucket in BUCKETS {
            private_files::create_folder(&root.join(bucket))?;
        }
        // What a process has left that was stopped while it wrote.
        let parts = root.join(PARTS);
        if parts.exists() {
            std::fs::remove_dir_all(&parts).map_err(|source| FileError {
                path: parts.clone(),
                source,
            })?;
        }
        private_files::create_folder(&parts)?;
        Ok(Self { root, arrived })
    }

    /// Where an object is. A key is made of simple names, so it leads nowhere else.
    fn path(&self, bucket: &str, key: &str) -> S3Result<PathBuf> {
        if !BUCKETS.contains(&bucket) {
            return Err(s3_error!(NoSuchBucket));
        }
        let simple = |name: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            !name.is_empty() && !name.starts_with('.') && name.chars().all(allowed)
        };
        match key.split('/').all(simple) {
            true => Ok(self.root.join(bucket).join(key)),
            false => Err(s3_error!(
                InvalidArgument,
                "The key is not made of simple names."
            )),
        }
    }

    /// Writes what comes to a file without a name, and gives its hash.
    async fn receive(&self, mut body: StreamingBlob) -> S3Result<(NamedTempFile, Vec<u8>, u64)> {
        let part = NamedTempFile::new_in(self.root.join(PARTS)).map_err(failed)?;
        let mut file = fs::File::from_std(part.reopen().map_err(failed)?);
        let (mut hash, mut length) = (Context::new(&SHA256), 0);
        while let Some(bytes) = body.next().await {
            let bytes =
                bytes.map_err(|error| S3Error::with_source(S3ErrorCode::IncompleteBody, error))?;
            length += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            if length > LARGEST {
                return Err(s3_error!(EntityTooLarge));
            }
            hash.update(&bytes);
            file.write_all(&bytes).await.map_err(failed)?;
        }
        file.sync_all().await.map_err(failed)?;
        Ok((part, hash.finish().as_ref().to_vec(), length))
    }

    async fn facts(&self, bucket: &str, key: &str) -> S3Result<(PathBuf, i64, Timestamp)> {
        let path = self.path(bucket, key)?;
        let facts = fs::metadata(&path).await.map_err(absent)?;
        if !facts.is_file() {
            return Err(s3_error!(NoSuchKey));
        }
        let length = i64::try_from(facts.len()).unwrap_or(i64::MAX);
        let modified = facts.modified().map_err(failed)?;
        Ok((path, length, Timestamp::from(modified)))
    }
}

/// What is said of every object of a bucket. Nothing is kept of what is said of one when it is put.
fn described(bucket: &str) -> GetObjectOutput {
    match bucket {
        EXPORTS => GetObjectOutput {
            content_type: Some(EXPORT.content_type.to_owned()),
            content_disposition: EXPORT.content_disposition.map(str::to_owned),
            cache_control: Some(EXPORT.cache_control.to_owned()),
            ..GetObjectOutput::default()
        },
        _ => GetObjectOutput::default(),
    }
}

/// The folder of files that have no name yet. No bucket is called so.
const PARTS: &str = "parts";

/// Gives a file its name. Folders above it are made.
fn name(mut part: NamedTempFile, path: &Path) -> io::Result<()> {
    let above = private_files::folder_of(path);
    let mut tries = 0;
    loop {
        tries += 1;
        private_files::create_folder(above).map_err(|error| error.source)?;
        match part.persist(path) {
            Ok(_) => break,
            // It was empty, and is gone again.
            Err(error) if error.error.kind() == io::ErrorKind::NotFound && tries < TRIES => {
                part = error.file;
            }
            Err(error) => return Err(error.error),
        }
    }
    std::fs::File::open(above)?.sync_all()
}

fn failed(error: io::Error) -> S3Error {
    tracing::error!(%error, "a file of an object cannot be used");
    S3Error::with_source(S3ErrorCode::InternalError, Box::new(error))
}

fn absent(error: io::Error) -> S3Error {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => s3_error!(NoSuchKey),
        _ => failed(error),
    }
}

#[async_trait]
impl S3 for Folder {
    async fn put_object(
        &self,
        request: S3Request<PutObjectInput>,
    ) -> S3Result<S3Response<PutObjectOutput>> {
        let input = request.input;
        let path = self.path(&input.bucket, &input.key)?;
        let body = input.body.ok_or_else(|| s3_error!(IncompleteBody))?;
        let (part, hash, length) = self.receive(body).await?;
        if let Some(announced) = input.content_length
            && u64::try_from(announced) != Ok(length)
        {
            return Err(s3_error!(IncompleteBody));
        }
        if let Some(announced) = &input.checksum_sha256
            && *announced != STANDARD.encode(&hash)
        {
            return Err(s3_error!(
                BadDigest,
                "The file is not the one that was announced."
            ));
        }
        let naming = tokio::task::spawn_blocking(move || name(part, &path)).await;
        naming
            .map_err(io::Error::other)
            .and_then(|named| named)
            .map_err(failed)?;
        if input.bucket == UPLOADS {
            self.arrived.notify_one();
        }
        Ok(S3Response::new(PutObjectOutput {
            checksum_sha256: input.checksum_sha256,
            ..PutObjectOutput::default()
        }))
    }

    async fn get_object(
        &self,
        request: S3Request<GetObjectInput>,
    ) -> S3Result<S3Response<GetObjectOutput>> {
        let input = request.input;
        let (path, length, modified) = self.facts(&input.bucket, &input.key).await?;
        // The largest are as large as what is put, and put by us.
        let content = fs::read(&path).await.map_err(absent)?;
        Ok(S3Response::new(GetObjectOutput {
            body: Some(StreamingBlob::from(s3s::Body::from(content))),
            content_length: Some(length),
            last_modified: Some(modified),
            ..described(&input.bucket)
        }))
    }

    async fn head_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        let input = request.input;
        let (_, length, modified) = self.facts(&input.bucket, &input.key).await?;
        Ok(S3Response::new(HeadObjectOutput {
            content_length: Some(length),
            last_modified: Some(modified),
            ..HeadObjectOutput::default()
        }))
    }

    async fn delete_object(
        &self,
        request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        let input = request.input;
        let path = self.path(&input.bucket, &input.key)?;
        match fs::remove_file(&path).await.map_err(absent) {
            Err(error) if *error.code() == S3ErrorCode::NoSuchKey => {}
            other => other?,
        }
        // Folders go with what was in them. One that is not empty stays.
        let bucket = self.root.join(&input.bucket);
        let above = path.ancestors().skip(1);
        for folder in above.take_while(|folder| *folder != bucket) {
            if fs::remove_dir(folder).await.is_err() {
                break;
            }
        }
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }
}
