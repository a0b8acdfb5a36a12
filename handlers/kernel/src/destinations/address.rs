//! Addresses that a webhook may be at: the world's, and not those of our own network or of the host's metadata service.
//!
//! The ranges are those that IANA's special-purpose registries call not globally reachable
//! (<https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>),
//! and those in which an IPv6 address has an IPv4 address in it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Whether an address is reachable from everywhere.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        // Between a provider and its customers.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        // 6to4 relays.
        || (a == 192 && b == 88 && c == 99)
        // Benchmarks.
        || (a == 198 && (b == 18 || b == 19))
        // Reserved, and the broadcast address.
        || a >= 240;
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let [a, b, c, ..] = address.segments();
    // Global unicast is all that is handed out.
    let global = (0x2000..0x4000).contains(&a);
    let special = match (a, b) {
        // Teredo, benchmarks, ORCHID and the like.
        (0x2001, 0..0x0200) => true,
        (0x2001, 0x0db8) => true,
        // 6to4: an IPv4 address is in it.
        (0x2002, _) => {
            let [h, l] = [b.to_be_bytes(), c.to_be_bytes()];
            !is_public_v4(Ipv4Addr::new(h[0], h[1], l[0], l[1]))
        }
        // Documentation.
        (0x3fff, 0..0x1000) => true,
        _ => false,
    };
    global && !special
}

/// Why a name leads nowhere.
#[derive(Debug, thiserror::Error)]
#[error("{0} has no public address")]
struct NotPublic(String);

/// The public addresses of a name. To be asked at each connection: what a name led to when it was looked at before says nothing.
pub(crate) async fn public_addresses(name: &str) -> io::Result<Vec<SocketAddr>> {
    let found = tokio::net::lookup_host((name, 0)).await?;
    let public: Vec<_> = found.filter(|at| is_public(at.ip())).collect();
    match public.is_empty() {
        true => Err(io::Error::other(NotPublic(name.to_owned()))),
        false => Ok(public),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_special_is_not_public() {
        for special in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(special.parse().unwrap()), "{special}");
        }
        for public in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "2001:4860:4860::8888",
            "2002:808:808::",
            "2606:4700::1111",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
