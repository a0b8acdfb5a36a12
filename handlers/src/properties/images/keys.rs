//! The names of files of images, and the keys of those that are to be removed.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::{IndexKey, dated};
use civicforge_kernel::table::{Key, Keys};
use uuid::Uuid;

/// Where the file is put of which an image is made.
pub fn upload(property: Uuid, image: Uuid) -> String {
    format!("images/{property}/{image}")
}

/// Of which property and image a file is that was put there.
pub fn of_upload(key: &str) -> Option<(Uuid, Uuid)> {
    let (property, image) = key.strip_prefix("images/")?.split_once('/')?;
    Some((
        Uuid::try_parse(property).ok()?,
        Uuid::try_parse(image).ok()?,
    ))
}

/// The image for a page.
pub fn web(property: Uuid, image: Uuid) -> String {
    format!("images/{property}/{image}/web.jpg")
}

/// The image for a list.
pub fn thumbnail(property: Uuid, image: Uuid) -> String {
    format!("images/{property}/{image}/thumbnail.jpg")
}

/// That images were removed, of which this is the first.
pub fn removed(property: Uuid, image: Uuid) -> Key {
    Key::new(format!("PROPERTY#{property}"), format!("REMOVED#{image}"))
}

/// The item of that, due for who removes their files.
pub fn removed_keys(property: Uuid, image: Uuid, due: DateTime<Utc>) -> Keys {
    Keys::new("IMAGES_REMOVED", removed(property, image)).gsi2(IndexKey {
        pk: REMOVED.to_owned(),
        sk: dated(due, image),
    })
}

/// The GSI2 partition of removed images; its sort key starts with when something is to be done about one.
pub const REMOVED: &str = "IMAGES#REMOVED";

/// The GSI2 partition of those about which nothing can be done, because the item is damaged.
pub const REMOVED_DAMAGED: &str = "IMAGES#REMOVED_DAMAGED";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_says_what_it_is_of() {
        let (property, image) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let key = upload(property, image);
        assert_eq!(of_upload(&key), Some((property, image)));
        for other in ["", "images/", "images/1/2", "other/x/y", &key[1..]] {
            assert_eq!(of_upload(other), None, "{other}");
        }
        let longer = format!("{key}/web.jpg");
        assert_eq!(of_upload(&longer), None);
    }
}
