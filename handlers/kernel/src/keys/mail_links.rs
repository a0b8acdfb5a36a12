//! Links in mails that need no login: an id that says whose mails they are, and that nobody can make who has not got one.

use aws_lc_rs::constant_time;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::secret::{DerivedKey, Secret};

/// The bytes of an id, and of the half that is the member's. The other half authenticates it, with 128 bits.
const BYTES: usize = 32;
const HALF: usize = 16;

/// Makes and reads ids of links. What was made with any of the secrets is read.
pub struct MailLinks {
    current: DerivedKey,
    others: Vec<DerivedKey>,
}

impl MailLinks {
    pub(super) fn new(current: &Secret, others: &[Secret]) -> Self {
        let key = |secret: &Secret| secret.derive("mail links");
        Self {
            current: key(current),
            others: others.iter().map(key).collect(),
        }
    }

    /// The id for the mails of a member: 43 letters, digits, `-` and `_`.
    pub fn id(&self, member: Uuid) -> String {
        let tag = self.current.tag(member.as_bytes());
        let halves = [&member.as_bytes()[..], &tag[..HALF]];
        URL_SAFE_NO_PAD.encode(halves.concat())
    }

    /// Whose mails an id is for. Nothing where it was not made here.
    pub fn read(&self, id: &str) -> Option<Uuid> {
        let bytes: [u8; BYTES] = URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?;
        let (member, shown) = bytes.split_at(HALF);
        let mut keys = std::iter::once(&self.current).chain(&self.others);
        let made_here = keys.any(|key| {
            let tag = key.tag(member);
            constant_time::verify_slices_are_equal(&tag[..HALF], shown).is_ok()
        });
        Uuid::from_slice(member).ok().filter(|_| made_here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets<const N: usize>() -> [Secret; N] {
        std::array::from_fn(|_| Secret::from_base64(&Secret::generate().unwrap()).unwrap())
    }

    #[test]
    fn an_id_is_good_for_one_member_and_cannot_be_made() {
        let [secret, stranger] = secrets();
        let links = MailLinks::new(&secret, &[]);
        let member = Uuid::now_v7();
        let id = links.id(member);
        assert_eq!((id.len(), links.read(&id)), (43, Some(member)));
        assert_eq!(links.id(member), id);
        assert_eq!(links.read(&MailLinks::new(&stranger, &[]).id(member)), None);
        let other = links.id(Uuid::now_v7());
        for wrong in [
            &*format!("{}{}", &other[..21], &id[21..]),
            &id[..42],
            &format!("{id}A"),
            "",
            "=",
        ] {
            assert_eq!(links.read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_id_outlives_the_rotation_of_its_secret() {
        let [former, current] = secrets();
        let member = Uuid::now_v7();
        let id = MailLinks::new(&former, &[]).id(member);
        let links = MailLinks::new(&current, &[former]);
        assert_eq!(links.read(&id), Some(member));
        assert_ne!(links.id(member), id);
    }
}
