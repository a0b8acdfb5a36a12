//! Reading a request's body: not more than the limit, and not longer than the time for it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use pin_project_lite::pin_project;

/// Why a body's transport failed.
pub type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// A request's body, read or not.
#[derive(Debug)]
pub enum Body {
    /// All of it is here: a Lambda event, a test.
    Complete(Bytes),
    /// It is still coming.
    Streaming(UnsyncBoxBody<Bytes, BodyError>),
}

/// Why a body could not be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// It is larger than the limit.
    TooLarge,
    /// It did not come in time.
    TimedOut,
    /// The transport failed, or the caller's framing is broken.
    Broken,
}

/// No body.
impl Default for Body {
    fn default() -> Self {
        Body::Complete(Bytes::new())
    }
}

impl Body {
    /// One that comes from a transport, in buffers of any type. A buffer that is not [`Bytes`] is copied once.
    pub fn streaming<B>(body: B) -> Self
    where
        B: http_body::Body + Send + 'static,
        B::Error: Into<BodyError>,
    {
        Body::Streaming(UnsyncBoxBody::new(InBytes { body }))
    }

    /// Whether it is known to be empty without reading.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Body::Complete(bytes) => bytes.is_empty(),
            Body::Streaming(body) => http_body::Body::is_end_stream(body),
        }
    }

    /// Reads it to its end.
    pub(crate) async fn read(self, limit: usize, within: Duration) -> Result<Bytes, ReadError> {
        // Nothing to wait for, as with nearly every GET.
        if self.is_empty() {
            return Ok(Bytes::new());
        }
        match self {
            Body::Complete(bytes) if bytes.len() > limit => Err(ReadError::TooLarge),
            Body::Complete(bytes) => Ok(bytes),
            Body::Streaming(body) => tokio::time::timeout(within, collect(body, limit))
                .await
                .unwrap_or(Err(ReadError::TimedOut)),
        }
    }
}

async fn collect(
    mut body: UnsyncBoxBody<Bytes, BodyError>,
    limit: usize,
) -> Result<Bytes, ReadError> {
    // A declared length that is too large is refused before a byte of it is read.
    if http_body::Body::size_hint(&body).lower() > limit as u64 {
        return Err(ReadError::TooLarge);
    }
    let mut whole = Bytes::new();
    let mut joined = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| ReadError::Broken)?.into_data() else {
            continue;
        };
        if whole.len() + joined.len() + data.len() > limit {
            return Err(ReadError::TooLarge);
        }
        // Most bodies are one frame, and one frame is not copied.
        if whole.is_empty() && joined.is_empty() {
            whole = data;
        } else {
            if joined.is_empty() {
                joined.extend_from_slice(&whole);
                whole = Bytes::new();
            }
            joined.extend_from_slice(&data);
        }
    }
    Ok(if joined.is_empty() {
        whole
    } else {
        joined.freeze()
    })
}

pin_project! {
    /// A body whose buffers are [`Bytes`]. Unlike `BodyExt::map_frame` it keeps the size that the transport has declared, by
    /// which a body that is too large is refused before it is read.
    struct InBytes<B> {
        #[pin]
        body: B,
    }
}

impl<B> http_body::Body for InBytes<B>
where
    B: http_body::Body,
    B::Error: Into<BodyError>,
{
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = ready!(self.project().body.poll_frame(context));
        Poll::Ready(frame.map(|frame| {
            let frame = frame.map_err(Into::into)?;
            // Of `Bytes` this is no copy.
            Ok(frame.map_data(|mut data| data.copy_to_bytes(data.remaining())))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures::stream;
    use http_body_util::{Full, StreamBody};

    use super::*;

    fn chunks(chunks: &'static [&'static [u8]]) -> Body {
        let frames = chunks
            .iter()
            .map(|chunk| Ok::<_, Infallible>(Frame::data(Bytes::from_static(chunk))));
        Body::streaming(StreamBody::new(stream::iter(frames)))
    }

    #[tokio::test]
    async fn joins_frames_up_to_the_limit() {
        let second = Duration::from_secs(1);
        assert_eq!(
            chunks(&[b"ab", b"", b"c", b"d"])
                .read(4, second)
                .await
                .unwrap(),
            "abcd"
        );
        assert!(matches!(
            chunks(&[b"ab", b"cde"]).read(4, second).await,
            Err(ReadError::TooLarge)
        ));
        let complete = Body::Complete(Bytes::from_static(b"abcde"));
        assert!(matches!(
            complete.read(4, second).await,
            Err(ReadError::TooLarge)
        ));
    }

    #[tokio::test]
    async fn takes_buffers_of_any_type() {
        let second = Duration::from_secs(1);
        let chained = || Buf::chain(&b"ab"[..], &b"cd"[..]);
        let read = Body::streaming(Full::new(chained())).read(4, second).await;
        assert_eq!(read.unwrap(), "abcd");
        let read = Body::streaming(Full::new(chained())).read(3, second).await;
        assert!(matches!(read, Err(ReadError::TooLarge)));
    }

    /// A body that declares its length, and panics when somebody reads it.
    struct Declared(u64);

    impl http_body::Body for Declared {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            panic!("it was read")
        }

        fn size_hint(&self) -> SizeHint {
            SizeHint::with_exact(self.0)
        }
    }

    #[tokio::test]
    async fn a_declared_length_is_refused_before_anything_is_read() {
        let read = Body::streaming(Declared(5)).read(4, Duration::from_secs(1));
        assert!(matches!(read.await, Err(ReadError::TooLarge)));
    }

    #[tokio::test(start_paused = true)]
    async fn gives_up_on_a_body_that_stalls() {
        let stalled = StreamBody::new(stream::pending::<Result<Frame<Bytes>, Infallible>>());
        let read = Body::streaming(stalled)
            .read(4, Duration::from_secs(10))
            .await;
        assert!(matches!(read, Err(ReadError::TimedOut)));
    }
}
