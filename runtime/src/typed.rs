//! Bodies of which the OpenAPI document names only a range of media types.

use std::fmt;

use http::HeaderValue;

/// A body, and the media type that it is of: where the document names a range (`image/*`), only a body can say which one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed<T> {
    media_type: String,
    content: T,
}

/// A text that no `Content-Type` can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidMediaType;

impl fmt::Display for InvalidMediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a media type")
    }
}

impl std::error::Error for InvalidMediaType {}

impl<T> Typed<T> {
    /// A body of this media type, such as `image/png` or `text/csv; header=present`. In a response, it must be one that the range of
    /// the document covers; otherwise the response is an internal error.
    ///
    /// # Errors
    ///
    /// The text is no media type.
    pub fn new(media_type: impl Into<String>, content: T) -> Result<Self, InvalidMediaType> {
        let media_type = media_type.into();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_one = essence.split_once('/').is_some_and(|(kind, subtype)| {
            !kind.is_empty() && !subtype.is_empty() && !essence.contains(['*', ' ', ','])
        });
        if !is_one || HeaderValue::from_str(&media_type).is_err() {
            return Err(InvalidMediaType);
        }
        Ok(Typed {
            media_type,
            content,
        })
    }

    /// The media type, with its parameters.
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// The body.
    pub fn content(&self) -> &T {
        &self.content
    }

    /// The body.
    pub fn into_content(self) -> T {
        self.content
    }

    pub(crate) fn into_parts(self) -> (String, T) {
        (self.media_type, self.content)
    }

    /// Another form of the body, which is of the same media type.
    pub(crate) fn try_map<U, E>(self, map: impl FnOnce(T) -> Result<U, E>) -> Result<Typed<U>, E> {
        let media_type = self.media_type;
        let content = map(self.content)?;
        Ok(Typed {
            media_type,
            content,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_one() {
        for text in ["image/png", "text/csv; header=present", "a/b"] {
            assert_eq!(
                Typed::new(text, ()).map(|typed| typed.media_type),
                Ok(text.to_owned())
            );
        }
        for text in [
            "", "png", "image/*", "*/*", "image/", "a/b, c/d", "a/b\n", "a /b",
        ] {
            assert_eq!(Typed::new(text, ()), Err(InvalidMediaType), "{text:?}");
        }
    }
}
