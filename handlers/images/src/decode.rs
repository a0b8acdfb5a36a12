//! From a file to its pixels, within limits.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::scale::Picture;
use crate::{Format, ImageError, MOST_PIXELS};

/// What a decoder may take beside the pixels, in bytes. What a file says about itself may be packed a thousandfold.
const SPARE_MEMORY: u64 = 16 * 1024 * 1024;

/// The bytes of a pixel with four channels of 16 bits.
const BYTES_OF_PIXEL: u64 = 8;

/// The longest color profile that is kept, in bytes. Those of cameras and screens have some hundred to some thousand.
const LONGEST_PROFILE: usize = 16 * 1024;

/// What was in a file.
pub struct Decoded {
    /// The pixels, as they are in the file.
    pub picture: Picture,
    /// How it is to be turned.
    pub orientation: Orientation,
    /// What its colors mean, where they are red, green and blue in another way than usual (ICC.1, sRGB otherwise).
    pub profile: Option<Vec<u8>>,
}

pub fn decode(file: &[u8]) -> Result<Decoded, ImageError> {
    let format = match Format::of(file)? {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::WebP => ImageFormat::WebP,
    };
    // As many as it says, and no more than it may.
    let (width, height) = decoder(file, format, SPARE_MEMORY)?.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return Err(ImageError::TooManyPixels { width, height });
    }
    let memory = pixels * BYTES_OF_PIXEL + SPARE_MEMORY;
    let mut decoder = decoder(file, format, memory)?;
    // A damaged description is no reason to refuse what can be seen.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let picture = Picture::of(image);
    Ok(Decoded {
        profile: profile.filter(|profile| !picture.is_gray() && is_rgb(profile)),
        picture,
        orientation,
    })
}

/// What reads a file with so many bytes of memory. It has read the file up to the pixels.
fn decoder(
    file: &[u8],
    format: ImageFormat,
    memory: u64,
) -> Result<impl ImageDecoder + '_, ImageError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(memory);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    reader.into_decoder().map_err(damaged)
}

/// Whether a profile is one of red, green and blue (ICC.1 §7.2.6), of a size that is worth to be sent with each image.
fn is_rgb(profile: &[u8]) -> bool {
    profile.len() <= LONGEST_PROFILE && profile.get(16..20) == Some(b"RGB ")
}

fn damaged(error: image::ImageError) -> ImageError {
    ImageError::Damaged(error.to_string())
}
