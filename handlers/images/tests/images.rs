//! Images of every kind, good and bad.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::io::Write;

use civicforge_images::{Format, ImageError, MOST_PIXELS, Rendition, WEB_EDGE, render};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use proptest::prelude::*;

fn data(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

const RED: Rgb<u8> = Rgb([200, 30, 30]);
const BLUE: Rgb<u8> = Rgb([30, 30, 200]);

/// Its upper left quarter is red, the rest is blue.
fn marked(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        match x < width / 2 && y < height / 2 {
            true => RED,
            false => BLUE,
        }
    })
}

/// A JPEG with these segments (ITU-T T.81, B.2.4.6).
fn jpeg(image: &RgbImage, segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 95);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data.to_vec()).unwrap();
    }
    let side = |side| u16::try_from(side).unwrap();
    let (width, height) = (side(image.width()), side(image.height()));
    let encoded = encoder.encode(image.as_raw(), width, height, ColorType::Rgb);
    encoded.unwrap();
    file
}

fn png(image: &RgbImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// What cameras write: an orientation, the place, and their name.
fn exif(orientation: u16) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend(2_u16.to_le_bytes());
    let mut entry = |tag: u16, kind: u16, count: u32, value: u32| {
        exif.extend(tag.to_le_bytes());
        exif.extend(kind.to_le_bytes());
        exif.extend(count.to_le_bytes());
        exif.extend(value.to_le_bytes());
    };
    entry(0x010F, 2, 18, 38);
    entry(0x0112, 3, 1, u32::from(orientation));
    exif.extend(0_u32.to_le_bytes());
    exif.extend(b"Camera of somebody");
    exif
}

fn pixels(rendition: &Rendition) -> RgbImage {
    let read = image::load_from_memory_with_format(&rendition.jpeg, ImageFormat::Jpeg).unwrap();
    assert_eq!(
        (read.width(), read.height()),
        (rendition.width, rendition.height)
    );
    read.into_rgb8()
}

fn is_like(pixel: Rgb<u8>, expected: Rgb<u8>) -> bool {
    let channels = pixel.0.into_iter().zip(expected.0);
    channels.into_iter().all(|(a, b)| a.abs_diff(b) < 24)
}

#[track_caller]
fn is_at(image: &RgbImage, x: f64, y: f64, expected: Rgb<u8>) {
    let at = |part: f64, side: u32| (part * f64::from(side - 1)) as u32;
    let pixel = *image.get_pixel(at(x, image.width()), at(y, image.height()));
    assert!(is_like(pixel, expected), "{pixel:?} at {x}, {y}");
}

/// The markers of a JPEG before its pixels, each with its data.
fn segments(file: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let (mut found, mut rest) = (Vec::new(), file.strip_prefix(&[0xFF, 0xD8]).unwrap());
    loop {
        let [0xFF, marker, high, low, ..] = *rest else {
            panic!("{:?}", &rest[..4]);
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        found.push((marker, rest[4..2 + length].to_vec()));
        if marker == 0xDA {
            return found;
        }
        rest = &rest[2 + length..];
    }
}

#[test]
fn an_image_is_made_to_fit_and_never_larger() {
    for (from, web, thumbnail) in [
        ((4000, 3000), (1600, 1200), (400, 300)),
        ((3000, 4000), (1200, 1600), (300, 400)),
        ((1601, 2), (1600, 2), (400, 1)),
        ((1, 5000), (1, 1600), (1, 400)),
        ((500, 400), (500, 400), (400, 320)),
        ((20, 10), (20, 10), (20, 10)),
        ((1, 1), (1, 1), (1, 1)),
    ] {
        let made = render(&png(&marked(from.0, from.1))).unwrap();
        let size = |rendition: &Rendition| (rendition.width, rendition.height);
        assert_eq!((size(&made.web), size(&made.thumbnail)), (web, thumbnail));
        pixels(&made.web);
        pixels(&made.thumbnail);
    }
}

#[test]
fn it_is_turned_as_its_camera_says() {
    // Where the red quarter of the file is to be seen.
    for (orientation, x, y) in [
        (1, 0.25, 0.25),
        (2, 0.75, 0.25),
        (3, 0.75, 0.75),
        (4, 0.25, 0.75),
        (5, 0.25, 0.25),
        (6, 0.75, 0.25),
        (7, 0.75, 0.75),
        (8, 0.25, 0.75),
        // There is no such orientation.
        (9, 0.25, 0.25),
    ] {
        let file = jpeg(&marked(800, 480), &[(1, &exif(orientation))]);
        let made = render(&file).unwrap();
        for rendition in [&made.web, &made.thumbnail] {
            let image = pixels(rendition);
            let is_turned = matches!(orientation, 5..=8);
            assert_eq!(image.height() > image.width(), is_turned, "{orientation}");
            is_at(&image, x, y, RED);
            is_at(&image, 1.0 - x, 1.0 - y, BLUE);
            is_at(&image, x, 1.0 - y, BLUE);
        }
    }
}

#[test]
fn nothing_is_left_but_what_can_be_seen() {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Somebody's place</x:xmpmeta>";
    let mut file = jpeg(
        &marked(64, 32),
        &[(1, &exif(1)), (1, xmp), (13, b"Photoshop")],
    );
    file.extend(b"<script>alert(1)</script>");
    let made = render(&file).unwrap();
    for rendition in [&made.web, &made.thumbnail] {
        for (marker, data) in segments(&rendition.jpeg) {
            let is_known = match marker {
                // JFIF, which has sizes alone.
                0xE0 => data.starts_with(b"JFIF\0") && data.len() == 14,
                // Tables, the frame and the scan.
                marker => matches!(marker, 0xDB | 0xC0 | 0xC4 | 0xDA),
            };
            assert!(
                is_known,
                "{marker:02X}: {:?}",
                String::from_utf8_lossy(&data)
            );
        }
        assert!(rendition.jpeg.ends_with(&[0xFF, 0xD9]));
        let text = String::from_utf8_lossy(&rendition.jpeg).into_owned();
        assert!(!text.contains("script") && !text.contains("Somebody"));
    }
}

#[test]
fn what_colors_mean_is_kept() {
    let mut profile = vec![7; 400];
    profile[16..20].copy_from_slice(b"RGB ");
    let with = |profile: &[u8]| {
        let mut segment = b"ICC_PROFILE\0\x01\x01".to_vec();
        segment.extend(profile);
        let made = render(&jpeg(&marked(64, 32), &[(2, &segment)])).unwrap();
        let of = |rendition: &Rendition| {
            let mut all = segments(&rendition.jpeg).into_iter();
            all.find(|(marker, _)| *marker == 0xE2)
                .map(|(_, data)| data[14..].to_vec())
        };
        assert_eq!(of(&made.web), of(&made.thumbnail));
        of(&made.web)
    };
    assert_eq!(with(&profile), Some(profile.clone()));
    profile[16..20].copy_from_slice(b"CMYK");
    assert_eq!(with(&profile), None);
    let mut long = vec![7; 20_000];
    long[16..20].copy_from_slice(b"RGB ");
    assert_eq!(with(&long), None);
    assert_eq!(with(b"short"), None);
}

#[test]
fn every_kind_of_image_is_read() {
    for name in [
        "cmyk.jpg",
        "progressive.jpg",
        "animated.webp",
        "animated.png",
        "palette.png",
    ] {
        let made = render(&data(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let image = pixels(&made.web);
        assert_eq!((image.width(), image.height()), (64, 32), "{name}");
        let (left, right) = (*image.get_pixel(8, 16), *image.get_pixel(56, 16));
        // Inks are no lights: what is red of them is about red.
        assert!(left.0[0] > 150 && left.0[2] < 100, "{name}: {left:?}");
        assert!(right.0[2] > 120 && right.0[0] < 100, "{name}: {right:?}");
    }
    for (name, shade) in [
        ("gray16.png", 156),
        ("transparent.png", 255),
        ("transparent.webp", 255),
    ] {
        let made = render(&data(name)).unwrap();
        is_at(&pixels(&made.web), 0.5, 0.5, Rgb([shade; 3]));
    }
    let gray = render(&data("gray.jpg")).unwrap();
    let frame = segments(&gray.web.jpeg)
        .into_iter()
        .find(|(marker, _)| *marker == 0xC0);
    assert_eq!(frame.unwrap().1[5], 1, "it has one channel");
}

#[test]
fn a_file_is_what_its_first_bytes_are() {
    for (name, format) in [
        ("cmyk.jpg", Format::Jpeg),
        ("palette.png", Format::Png),
        ("animated.webp", Format::WebP),
    ] {
        assert_eq!(Format::of(&data(name)), Ok(format));
        assert!(format.media_type().starts_with("image/"));
    }
    let others: [&[u8]; 6] = [
        b"",
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7",
        b"RIFF\0\0\0\0WAVEfmt ",
        &data("two.gif"),
    ];
    for file in others {
        assert_eq!(render(file), Err(ImageError::Unknown));
    }
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(data);
    let mut crc = flate2::Crc::new();
    crc.update(&chunk[4..]);
    chunk.extend(crc.sum().to_be_bytes());
    chunk
}

/// A PNG of one bit for a pixel, all of them zero, with more chunks before the pixels.
fn zeros(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[1, 0, 0, 0, 0],
    ]
    .concat();
    file.extend(chunk(b"IHDR", &header));
    file.extend(more);
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::best());
    let row = vec![0; usize::try_from(width.div_ceil(8)).unwrap() + 1];
    for _ in 0..height.min(20_000) {
        pixels.write_all(&row).unwrap();
    }
    file.extend(chunk(b"IDAT", &pixels.finish().unwrap()));
    file.extend(chunk(b"IEND", &[]));
    file
}

#[test]
fn small_files_of_many_pixels_are_refused_before_they_are_read() {
    let bomb = zeros(20_000, 20_000, &[]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let many = |width, height| Err(ImageError::TooManyPixels { width, height });
    assert_eq!(render(&bomb), many(20_000, 20_000));
    // A JPEG that says so in its frame.
    let mut file = jpeg(&marked(64, 32), &[]);
    let frame = file.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    assert_eq!(render(&file), many(65_500, 65_500));
    // As many as there may be.
    let most = zeros(10_000, 5_000, &[]);
    assert_eq!(10_000 * 5_000, MOST_PIXELS);
    assert_eq!(render(&most).unwrap().web.width, WEB_EDGE);
}

#[test]
fn a_text_that_is_a_bomb_is_not_read() {
    let mut text = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..100 {
        text.write_all(&[b' '; 1_000_000]).unwrap();
    }
    let text = [b"Comment\0\0", &text.finish().unwrap()[..]].concat();
    let profile = [b"profile\0\0", &text[9..]].concat();
    for more in [chunk(b"zTXt", &text), chunk(b"iCCP", &profile)] {
        let made = render(&zeros(64, 32, &more));
        assert!(
            made.is_ok() || matches!(made, Err(ImageError::Damaged(_))),
            "{made:?}"
        );
    }
}

#[test]
fn an_image_that_ends_early_is_an_error_or_what_there_is_of_it() {
    let whole = png(&marked(300, 200));
    for end in [8, 20, 33, 60, whole.len() / 2] {
        let made = render(&whole[..end]);
        assert!(
            matches!(made, Err(ImageError::Damaged(_))),
            "{end}: {made:?}"
        );
    }
    assert!(matches!(
        render(&[0xFF, 0xD8, 0xFF]),
        Err(ImageError::Damaged(_))
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever a file has become on its way, there is an answer.
    #[test]
    fn no_file_makes_it_panic(
        which in 0..6_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
    ) {
        let names = ["cmyk.jpg", "progressive.jpg", "animated.webp", "animated.png", "palette.png", "transparent.webp"];
        let mut file = data(names[which]);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let end = file.len() - end.index(file.len()) / 8;
        let _ = render(&file[..end]);
    }
}
