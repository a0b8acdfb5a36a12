//! What may happen to the images of a property. Pure: no table, no clock.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::refusal::Refusal;
use uuid::Uuid;

use super::item::{Image, State};

/// The most images of a property, whatever their state is.
pub const MOST: usize = 30;

/// How long one counts that was announced. What was put and not made into an image is deleted then, too.
pub const FORGOTTEN: TimeDelta = TimeDelta::days(1);

/// Why nothing is done with the images of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ImageRefusal {
    /// There are as many as there may be.
    #[error("a property has at most 30 images")]
    TooMany,
    /// An order names others than there are.
    #[error("the order must name every image of the property once")]
    Changed,
    /// Nothing has arrived.
    #[error("nothing was sent yet for this image")]
    Missing,
}

impl Refusal for ImageRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooMany => "too_many_images",
            Self::Changed => "images_changed",
            Self::Missing => "image_missing",
        }
    }

    fn is_forbidden(&self) -> bool {
        false
    }
}

/// The images with one more, behind all others. What nobody waits for any more makes room for it.
///
/// # Errors
///
/// [`ImageRefusal::TooMany`].
pub fn announce(
    images: &[Image],
    new: Image,
    now: DateTime<Utc>,
) -> Result<Vec<Image>, ImageRefusal> {
    let mut images = images.to_vec();
    if images.len() >= MOST {
        images.retain(|image| match image.state {
            State::Announced => now < image.announced_at + FORGOTTEN,
            State::Refused(_) => false,
            State::Ready { .. } => true,
        });
    }
    if images.len() >= MOST {
        return Err(ImageRefusal::TooMany);
    }
    images.push(new);
    Ok(images)
}

/// The images after a file was made into one, or was refused; none where nobody waits for that.
pub fn judged(images: &[Image], id: Uuid, state: State) -> Option<Vec<Image>> {
    let mut images = images.to_vec();
    let image = images.iter_mut().find(|image| image.image_id == id)?;
    if image.state != State::Announced {
        return None;
    }
    image.state = state;
    Some(images)
}

/// The images without one; none where it is not there.
pub fn without(images: &[Image], id: Uuid) -> Option<Vec<Image>> {
    let mut images = images.to_vec();
    let position = images.iter().position(|image| image.image_id == id)?;
    images.remove(position);
    Some(images)
}

/// The images in this order. Those that cannot be shown yet stay behind them.
///
/// # Errors
///
/// [`ImageRefusal::Changed`].
pub fn ordered(images: &[Image], order: &[Uuid]) -> Result<Vec<Image>, ImageRefusal> {
    let (ready, others): (Vec<_>, Vec<_>) = images.iter().cloned().partition(Image::is_ready);
    let named: BTreeSet<_> = order.iter().collect();
    let there: BTreeSet<_> = ready.iter().map(|image| &image.image_id).collect();
    if named != there || order.len() != ready.len() {
        return Err(ImageRefusal::Changed);
    }
    let place = |image: &Image| order.iter().position(|id| *id == image.image_id);
    let mut images = ready;
    images.sort_by_key(place);
    images.extend(others);
    Ok(images)
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: State = State::Ready {
        width: 4,
        height: 3,
    };

    fn image(id: u128, state: State) -> Image {
        let now = DateTime::UNIX_EPOCH;
        Image {
            state,
            ..Image::announced(Uuid::from_u128(id), String::new(), now)
        }
    }

    fn ids(images: &[Image]) -> Vec<u128> {
        images
            .iter()
            .map(|image| image.image_id.as_u128())
            .collect()
    }

    #[test]
    fn thirty_are_enough_and_what_nobody_waits_for_makes_room() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::hours(1);
        let full: Vec<_> = (0..30).map(|id| image(id, READY)).collect();
        let new = image(99, State::Announced);
        let refused = announce(&full, new.clone(), now);
        assert_eq!(refused, Err(ImageRefusal::TooMany));

        let mut mixed = full.clone();
        mixed[3].state = State::Refused("no".to_owned());
        mixed[4].state = State::Announced;
        let images = announce(&mixed, new.clone(), now).unwrap();
        assert_eq!(images.len(), 30);
        assert!(!ids(&images).contains(&3) && ids(&images).contains(&4));
        assert_eq!(ids(&images).last(), Some(&99));
        // A day later nobody waits for the one that was announced.
        let later = DateTime::UNIX_EPOCH + FORGOTTEN;
        let images = announce(&mixed, new.clone(), later).unwrap();
        assert!(!ids(&images).contains(&4), "{:?}", ids(&images));

        // While there is room nothing goes that somebody may want to know about.
        let few = announce(&mixed[..5], new, later).unwrap();
        assert_eq!(ids(&few), [0, 1, 2, 3, 4, 99]);
    }

    #[test]
    fn a_file_is_judged_once() {
        let images = [image(1, State::Announced), image(2, READY)];
        let refusal = State::Refused("no".to_owned());
        let judged_one = judged(&images, Uuid::from_u128(1), refusal.clone()).unwrap();
        assert_eq!(judged_one[0].state, refusal);
        assert_eq!(judged(&judged_one, Uuid::from_u128(1), READY), None);
        assert_eq!(judged(&images, Uuid::from_u128(2), refusal.clone()), None);
        assert_eq!(judged(&images, Uuid::from_u128(3), refusal), None);
    }

    #[test]
    fn an_order_names_what_can_be_shown_and_nothing_else() {
        let images = [
            image(1, READY),
            image(2, State::Announced),
            image(3, READY),
            image(4, READY),
        ];
        let order = |ids: &[u128]| {
            let ids: Vec<_> = ids.iter().map(|id| Uuid::from_u128(*id)).collect();
            ordered(&images, &ids).map(|images| self::ids(&images))
        };
        assert_eq!(order(&[4, 1, 3]), Ok(vec![4, 1, 3, 2]));
        for wrong in [&[4, 1][..], &[4, 1, 3, 2], &[4, 1, 3, 3], &[4, 1, 9], &[]] {
            assert_eq!(order(wrong), Err(ImageRefusal::Changed), "{wrong:?}");
        }
    }

    #[test]
    fn one_that_is_there_can_be_removed() {
        let images = [image(1, READY), image(2, State::Announced)];
        let left = without(&images, Uuid::from_u128(1)).unwrap();
        assert_eq!(ids(&left), [2]);
        assert_eq!(without(&left, Uuid::from_u128(1)), None);
    }
}
