//! Pixels, made fewer and turned.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

use crate::ImageError;

/// Pixels of 8 bits for a channel.
pub struct Picture(DynamicImage);

impl Picture {
    /// With fewer bits for a channel where there are more.
    pub fn of(image: DynamicImage) -> Self {
        Self(match image {
            image @ (DynamicImage::ImageLuma8(_)
            | DynamicImage::ImageRgb8(_)
            | DynamicImage::ImageRgba8(_)) => image,
            image if image.color().has_alpha() => image.into_rgba8().into(),
            image if image.color().has_color() => image.into_rgb8().into(),
            image => image.into_luma8().into(),
        })
    }

    /// Whether it has no colors.
    pub fn is_gray(&self) -> bool {
        matches!(self.0, DynamicImage::ImageLuma8(_))
    }

    /// Turned as the camera was held (Exif 3.0, `Orientation`).
    #[must_use]
    pub fn upright(mut self, orientation: Orientation) -> Self {
        self.0.apply_orientation(orientation);
        self
    }

    /// The pixels, without transparency.
    pub fn into_opaque(self) -> DynamicImage {
        match self.0 {
            DynamicImage::ImageRgba8(image) => on_white(&image).into(),
            image => image,
        }
    }
}

/// A picture none of whose edges is longer than this many pixels. One that is small enough stays as it is.
pub fn shrink(picture: &Picture, edge: u32) -> Result<Picture, ImageError> {
    let longest = picture.0.width().max(picture.0.height());
    if longest <= edge {
        return Ok(Picture(picture.0.clone()));
    }
    // What is far too large is made about twice as large as it is to be by means of neighbors, which is quick, and cannot be seen after
    // the rest.
    let twice = edge.saturating_mul(2);
    if longest > twice.saturating_mul(2) {
        let near = resize(picture, twice, FilterType::Box)?;
        return resize(&near, edge, FilterType::Lanczos3);
    }
    resize(picture, edge, FilterType::Lanczos3)
}

fn resize(picture: &Picture, edge: u32, filter: FilterType) -> Result<Picture, ImageError> {
    let (width, height) = (picture.0.width(), picture.0.height());
    let longest = width.max(height);
    let fit = |side: u32| {
        let scaled =
            (u64::from(side) * u64::from(edge) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(edge).max(1)
    };
    let (from, to) = ((width, height), (fit(width), fit(height)));
    let mismatch = || ImageError::Damaged("its pixels are not as many as it says".to_owned());
    let bytes = picture.0.as_bytes();
    let shrunk = match &picture.0 {
        DynamicImage::ImageLuma8(_) => {
            let pixels = resampled::<U8>(bytes, from, to, filter)?;
            GrayImage::from_raw(to.0, to.1, pixels).map(DynamicImage::from)
        }
        DynamicImage::ImageRgba8(_) => {
            let pixels = resampled::<U8x4>(bytes, from, to, filter)?;
            RgbaImage::from_raw(to.0, to.1, pixels).map(DynamicImage::from)
        }
        _ => {
            let pixels = resampled::<U8x3>(bytes, from, to, filter)?;
            RgbImage::from_raw(to.0, to.1, pixels).map(DynamicImage::from)
        }
    };
    shrunk.map(Picture).ok_or_else(mismatch)
}

/// The bytes of so many pixels of this kind, made of others. For each kind it is compiled anew, which takes long: there are no more than
/// are needed.
fn resampled<P: PixelTrait>(
    bytes: &[u8],
    from: (u32, u32),
    to: (u32, u32),
    filter: FilterType,
) -> Result<Vec<u8>, ImageError> {
    let damaged = |error: &dyn std::fmt::Display| ImageError::Damaged(error.to_string());
    let source = TypedImageRef::<P>::from_buffer(from.0, from.1, bytes);
    let source = source.map_err(|error| damaged(&error))?;
    let pixels = usize::try_from(u64::from(to.0) * u64::from(to.1));
    let pixels = pixels.map_err(|error| damaged(&error))?;
    let mut made = vec![0; pixels.saturating_mul(P::size())];
    let target = TypedImage::<P>::from_buffer(to.0, to.1, &mut made);
    let mut target = target.map_err(|error| damaged(&error))?;
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
    let resized = Resizer::new().resize_typed(&source, &mut target, &options);
    resized.map_err(|error| damaged(&error))?;
    Ok(made)
}

/// What is seen where the ground is white.
fn on_white(image: &RgbaImage) -> RgbImage {
    let mut opaque = RgbImage::new(image.width(), image.height());
    for (seen, pixel) in opaque.pixels_mut().zip(image.pixels()) {
        let [channels @ .., alpha] = pixel.0;
        let alpha = u32::from(alpha);
        seen.0 = channels.map(|channel| {
            let mixed = (u32::from(channel) * alpha + 255 * (255 - alpha) + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        });
    }
    opaque
}
