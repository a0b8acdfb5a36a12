//! Photographs that anybody may have sent, made into ones that may be shown.
//!
//! What was sent is never shown. It is decoded within limits, turned as its camera says, made smaller, and written anew as JPEG: once for a
//! page and once for a list. So nothing of the file is left but what can be seen, and the color profile that it is to be seen with:
//! no place, no name of a camera, no text, and nothing that a browser would take for something else.

mod decode;
mod encode;
mod scale;

use image::ImageFormat;

/// The most pixels that an image may have.
pub const MOST_PIXELS: u64 = 50_000_000;

/// The longest edge of an image for a page, in pixels.
pub const WEB_EDGE: u32 = 1600;

/// The longest edge of an image for a list, in pixels.
pub const THUMBNAIL_EDGE: u32 = 400;

/// Why an image is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// Its first bytes are not those of a JPEG, PNG or WebP.
    #[error("the file is not a JPEG, PNG or WebP image")]
    Unknown,
    /// It has too many pixels, whatever the size of its file is.
    #[error("the image has {width} × {height} pixels; the most are 50 million in all")]
    TooManyPixels {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// It cannot be decoded, or only with more memory than there is for it.
    #[error("the image cannot be read: {0}")]
    Damaged(String),
}

/// What kinds of images are taken, by their content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// ITU-T T.81.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
    /// RFC 9649.
    WebP,
}

impl Format {
    /// The kind of a file, by its first bytes.
    ///
    /// # Errors
    ///
    /// [`ImageError::Unknown`].
    pub fn of(file: &[u8]) -> Result<Self, ImageError> {
        match image::guess_format(file) {
            Ok(ImageFormat::Jpeg) => Ok(Self::Jpeg),
            Ok(ImageFormat::Png) => Ok(Self::Png),
            Ok(ImageFormat::WebP) => Ok(Self::WebP),
            _ => Err(ImageError::Unknown),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// An image that may be shown: a JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The file.
    pub jpeg: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// What is made of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renditions {
    /// For a page. No edge is longer than [`WEB_EDGE`].
    pub web: Rendition,
    /// For a list. No edge is longer than [`THUMBNAIL_EDGE`].
    pub thumbnail: Rendition,
}

/// Makes of a file what may be shown of it. One that moves is shown as it begins. What is transparent is white.
///
/// It takes a core for as long as it takes, some tens of milliseconds for a photograph, and a few bytes of memory for each pixel.
///
/// # Errors
///
/// [`ImageError`].
///
/// # Panics
///
/// Never by itself. The decoders are not ours: call it where a panic is an error.
pub fn render(file: &[u8]) -> Result<Renditions, ImageError> {
    let decoded = decode::decode(file)?;
    let web = scale::shrink(&decoded.picture, WEB_EDGE)?;
    drop(decoded.picture);
    let web = web.upright(decoded.orientation);
    let thumbnail = scale::shrink(&web, THUMBNAIL_EDGE)?;
    let profile = decoded.profile.as_deref();
    Ok(Renditions {
        web: encode::jpeg(web, profile)?,
        thumbnail: encode::jpeg(thumbnail, profile)?,
    })
}
