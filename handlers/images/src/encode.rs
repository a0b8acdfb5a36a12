//! From pixels to a file that may be shown.

use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::scale::Picture;
use crate::{ImageError, Rendition};

/// Of 100. More makes files longer, and nothing that is seen in a photograph.
const QUALITY: u8 = 80;

/// A JPEG of these pixels, with what their colors mean and nothing else.
pub fn jpeg(picture: Picture, profile: Option<&[u8]>) -> Result<Rendition, ImageError> {
    let image = picture.into_opaque();
    let (width, height) = (image.width(), image.height());
    let colors = match image {
        DynamicImage::ImageLuma8(_) => ColorType::Luma,
        _ => ColorType::Rgb,
    };
    let side = |side: u32| u16::try_from(side).map_err(|_| unwritten("it is too large"));
    let (columns, rows) = (side(width)?, side(height)?);
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    // Half as many colors in either direction, as cameras have it.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(profile) = profile {
        let added = encoder.add_icc_profile(profile);
        added.map_err(|error| unwritten(error.to_string()))?;
    }
    let encoded = encoder.encode(image.as_bytes(), columns, rows, colors);
    encoded.map_err(|error| unwritten(error.to_string()))?;
    Ok(Rendition {
        jpeg,
        width,
        height,
    })
}

fn unwritten(why: impl Into<String>) -> ImageError {
    ImageError::Damaged(why.into())
}
