//! Images: files to upload, and how they become images in a test.

use std::net::{Ipv4Addr, SocketAddr};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civicforge_handlers::properties::images::keys;
use civicforge_handlers::serve::media::{Listener, Storage};
use civicforge_kernel::aws::objects::Description;
use civicforge_runtime::cors::Cors;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::TestApp;

const ANY: Description<'static> = Description {
    content_type: "application/octet-stream",
    cache_control: "no-store",
    content_disposition: None,
};

/// The page that may upload in tests.
pub const PAGE: &str = "https://app.example.org";

/// Storage with the credentials of functions in tests, whose clocks are off.
pub(crate) async fn storage() -> Listener {
    let storage = Storage::temporary().expect("a folder");
    let storage = storage.with_credentials("emulator", "emulator");
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listening = storage.with_skew(u32::MAX);
    let listening = listening.listen(address, None, Cors::new([PAGE])).await;
    listening.expect("a port")
}

/// An image of so many pixels.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let channel = |at: u32, of: u32| u8::try_from(at * 255 / of.max(1)).unwrap_or(u8::MAX);
    let pixel = |x, y| Rgb([channel(x, width), channel(y, height), 128]);
    let mut file = std::io::Cursor::new(Vec::new());
    let image = RgbImage::from_fn(width, height, pixel);
    image.write_to(&mut file, ImageFormat::Png).expect("a PNG");
    file.into_inner()
}

/// What is said of a file before it is sent.
pub fn draft(file: &[u8], content_type: &str) -> Value {
    json!({
        "contentType": content_type,
        "contentLength": file.len(),
        "sha256": STANDARD.encode(digest(&SHA256, file)),
        "alt": "The house from the street",
    })
}

/// Sends a file to where an answer says. It is the status, and what was answered.
pub async fn put(upload: &Value, file: Vec<u8>) -> (u16, String) {
    let mut request = client().put(upload["url"].as_str().expect("a URL"));
    for (name, value) in upload["headers"].as_object().expect("headers") {
        // The client knows the length by itself.
        if name != "content-length" {
            request = request.header(name, value.as_str().expect("a text"));
        }
    }
    let response = request.body(file).send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, response.text().await.expect("a text"))
}

/// A client that goes past every proxy.
pub fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy();
    client.build().expect("a client")
}

impl TestApp {
    /// Puts a file where an image of a property is announced, by the server's own key.
    pub async fn upload(&self, property: &Value, upload: &Value, file: Vec<u8>) {
        let id = |of: &Value, name: &str| of[name].as_str().and_then(|id| id.parse().ok());
        let ids = id(property, "propertyId").zip(id(upload, "imageId"));
        let (property, image) = ids.expect("ids");
        let uploads = self.storage.media().uploads.expect("a bucket");
        let key = keys::upload(property, image);
        uploads.put(&key, file, ANY).await.expect("an answer");
    }

    /// Makes images of all that was uploaded, as the program `images` does.
    pub async fn render(&self) {
        for upload in self.storage.uploaded().await.expect("a folder") {
            let rendered = self.app.properties.render(&upload).await;
            rendered.expect("buckets and a table");
        }
    }
}
