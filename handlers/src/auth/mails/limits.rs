//! How many mails may be asked for.

use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};

/// In what time mails are counted.
pub const WINDOW: TimeDelta = TimeDelta::hours(1);
/// How many mails one address gets in that time.
pub const TO_ADDRESS: usize = 3;
/// How many mails one source may ask for in that time.
pub const FROM_SOURCE: usize = 20;

/// The times of the mails of the last hour with one more, or nothing where there were as many as there may be.
pub fn with_one_more(
    sent: &[DateTime<Utc>],
    most: usize,
    now: DateTime<Utc>,
) -> Option<Vec<DateTime<Utc>>> {
    let counts = |at: &&DateTime<Utc>| now.signed_duration_since(**at) < WINDOW;
    let mut sent: Vec<_> = sent.iter().filter(counts).copied().collect();
    let admitted = sent.len() < most;
    sent.push(now);
    admitted.then_some(sent)
}

/// What is counted as one source: an address of IPv4, or the network of 64 bits that a subscriber of IPv6 has.
pub fn source(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let network = address.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However requests come, no hour has more than there may be, and what is refused counts for nothing.
        #[test]
        fn no_hour_has_more(gaps in prop::collection::vec(0i64..3_000, 1..60)) {
            let (mut now, mut sent, mut admitted) = (DateTime::UNIX_EPOCH, Vec::new(), Vec::new());
            for gap in gaps {
                now += TimeDelta::seconds(gap);
                let within = admitted.iter().filter(|at| now - **at < WINDOW).count();
                let after = with_one_more(&sent, TO_ADDRESS, now);
                prop_assert_eq!(after.is_some(), within < TO_ADDRESS);
                if let Some(after) = after {
                    prop_assert!(after.len() <= TO_ADDRESS);
                    admitted.push(now);
                    sent = after;
                }
            }
        }
    }

    #[test]
    fn a_subscriber_of_ipv6_is_one_source() {
        let of = |text: &str| source(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("2001:db8:1:2::9"), "2001:db8:1:2::");
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
    }
}
