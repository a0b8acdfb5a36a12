//! How images are made fit to be shown, beside Pillow and sharp: `benches/images/run`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a measurement that fails has failed"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use image::{ImageFormat, RgbImage, RgbaImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// What a process has used for one file.
#[derive(Clone, Copy)]
struct Used {
    cpu: Duration,
    kibibytes: f64,
}

fn main() {
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    let mut named = BTreeMap::new();
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .unwrap_or_else(|| panic!("{name} has no value"));
        named.insert(name, value);
    }
    if let Some(file) = named.get("--render") {
        return render(Path::new(file), named["--times"].parse().unwrap());
    }
    let value = |name: &str| match named.get(name) {
        Some(value) => value.clone(),
        None => panic!("{name} is missing; benches/images/run gives it"),
    };
    let times = value("--times");
    let (python, pillow, sharp) = (value("--python"), value("--pillow"), value("--sharp"));
    let own = env::current_exe().unwrap();
    let folder = tempfile::tempdir().unwrap();
    println!(
        "| image | this | Pillow | sharp | this beside Pillow, sharp | memory: this, Pillow, sharp |"
    );
    println!("|---|---|---|---|---|---|");
    for (what, file, megapixels) in files(folder.path(), &python) {
        let path = file.to_str().unwrap();
        let used = [
            used(
                own.to_str().unwrap(),
                &["--render", path, "--times", &times],
            ),
            used(&python, &[&pillow, path, &times]),
            used("node", &[&sharp, path, &times]),
        ];
        let times: f64 = times.parse().unwrap();
        let speed = used.map(|used| megapixels * times / used.cpu.as_secs_f64());
        let memory = used.map(|used| used.kibibytes / 1024.0);
        println!(
            "| {what} | {:.0} | {:.0} | {:.0} | {:.2}, {:.2} | {:.0}, {:.0}, {:.0} MiB |",
            speed[0],
            speed[1],
            speed[2],
            speed[0] / speed[1],
            speed[0] / speed[2],
            memory[0],
            memory[1],
            memory[2],
        );
    }
}

/// Runs a program on one core. It prints what it has used.
fn used(program: &str, arguments: &[&str]) -> Used {
    let mut run = Command::new("taskset");
    let output = run
        .args(["--cpu-list", "0", program])
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {failed}");
    let (cpu, kibibytes) = said.trim().split_once(' ').unwrap();
    Used {
        cpu: Duration::from_secs_f64(cpu.parse().unwrap()),
        kibibytes: kibibytes.parse().unwrap(),
    }
}

/// What the peers do too, in this process.
fn render(file: &Path, times: u32) {
    let file = fs::read(file).unwrap();
    civicforge_images::render(&file).unwrap();
    let before = cpu();
    for _ in 0..times {
        civicforge_images::render(&file).unwrap();
    }
    println!("{} {}", (cpu() - before).as_secs_f64(), peak_memory());
}

/// How long this thread has been on a core (proc(5), schedstat). There is no other.
fn cpu() -> Duration {
    let all = fs::read_to_string("/proc/self/schedstat").unwrap();
    let on_a_core = all.split_whitespace().next().unwrap();
    Duration::from_nanos(on_a_core.parse().unwrap())
}

/// The most memory that the process has had, in kibibytes (proc(5), status).
fn peak_memory() -> u64 {
    let all = fs::read_to_string("/proc/self/status").unwrap();
    let peak = all
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Files of what members send, and the megapixels of each.
fn files(folder: &Path, python: &str) -> Vec<(&'static str, PathBuf, f64)> {
    let mut files = Vec::new();
    let mut add = |what, name: &str, file: Vec<u8>, (width, height): (u32, u32)| {
        let path = folder.join(name);
        fs::write(&path, file).unwrap();
        files.push((what, path, f64::from(width) * f64::from(height) / 1e6));
    };
    let large = photograph(8000, 6000);
    add(
        "JPEG of 48 megapixels",
        "48.jpg",
        jpeg(&large),
        large.dimensions(),
    );
    let usual = photograph(4000, 3000);
    add(
        "JPEG of 12 megapixels",
        "12.jpg",
        jpeg(&usual),
        usual.dimensions(),
    );
    // Only libwebp makes those that members send.
    let (from, to) = (folder.join("12.jpg"), folder.join("12.webp"));
    let convert =
        "import sys; from PIL import Image; Image.open(sys.argv[1]).save(sys.argv[2], quality=85)";
    let mut call = Command::new(python);
    let made = call.args(["-c", convert]).args([&from, &to]).status();
    assert!(made.unwrap().success());
    let webp = fs::read(&to).unwrap();
    add("WebP of 12 megapixels", "12.webp", webp, usual.dimensions());
    let small = photograph(2000, 1500);
    add(
        "PNG of 3 megapixels",
        "3.png",
        png(small.clone().into()),
        small.dimensions(),
    );
    let mut clear = RgbaImage::new(2000, 1500);
    for (x, y, pixel) in clear.enumerate_pixels_mut() {
        let [red, green, blue] = small.get_pixel(x, y).0;
        pixel.0 = [red, green, blue, u8::try_from(x * 255 / 2000).unwrap()];
    }
    add(
        "PNG of 3 megapixels with transparency",
        "3a.png",
        png(clear.into()),
        small.dimensions(),
    );
    files
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 92);
    // As cameras have it.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let side = |side| u16::try_from(side).unwrap();
    let (width, height) = (side(image.width()), side(image.height()));
    encoder
        .encode(image.as_raw(), width, height, ColorType::Rgb)
        .unwrap();
    file
}

fn png(image: image::DynamicImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Something with as much detail of each size as a photograph has: noise of several sizes, the larger the stronger.
fn photograph(width: u32, height: u32) -> RgbImage {
    const SIZES: [(u32, f32); 5] = [(1, 4.0), (4, 10.0), (16, 20.0), (64, 40.0), (256, 80.0)];
    let mut values = vec![[128.0_f32; 3]; (width * height) as usize];
    let mut state = 1_u64;
    for (size, strength) in SIZES {
        let (columns, rows) = (width.div_ceil(size) + 2, height.div_ceil(size) + 2);
        let grid: Vec<[f32; 3]> = (0..columns * rows)
            .map(|_| [(); 3].map(|()| (random(&mut state) - 0.5) * strength))
            .collect();
        let at = |x: u32, y: u32| grid[(y * columns + x) as usize];
        for y in 0..height {
            let (row, down) = (y / size, (y % size) as f32 / size as f32);
            for x in 0..width {
                let (column, right) = (x / size, (x % size) as f32 / size as f32);
                let (a, b) = (at(column, row), at(column + 1, row));
                let (c, d) = (at(column, row + 1), at(column + 1, row + 1));
                let value = &mut values[(y * width + x) as usize];
                for channel in 0..3 {
                    let above = a[channel] + (b[channel] - a[channel]) * right;
                    let below = c[channel] + (d[channel] - c[channel]) * right;
                    value[channel] += above + (below - above) * down;
                }
            }
        }
    }
    let bytes = values
        .into_iter()
        .flatten()
        .map(|value| value.clamp(0.0, 255.0) as u8);
    RgbImage::from_raw(width, height, bytes.collect()).unwrap()
}

/// From 0 to 1 (xorshift64*, Vigna 2016).
fn random(state: &mut u64) -> f32 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    let mixed = state.wrapping_mul(0x2545_F491_4F6C_DD1D);
    (mixed >> 40) as f32 / (1_u64 << 24) as f32
}
