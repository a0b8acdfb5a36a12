//! The address that a request comes from, also where it was sent on by a proxy.
//!
//! Whoever sends a request can write `X-Forwarded-For` too, so the header is read from its end, and only as far as the addresses are those
//! of proxies that are trusted to have written what is before them.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use http::HeaderMap;

/// What proxies add the address to that they were called from.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the peer that sent a request, where a host knows it. The port is 0 where it does not know that.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Which addresses are those of proxies.
#[derive(Clone)]
pub(crate) struct Proxies(pub(crate) Arc<dyn Fn(IpAddr) -> bool + Send + Sync>);

impl Default for Proxies {
    fn default() -> Self {
        Self(Arc::new(|_| false))
    }
}

impl Proxies {
    /// Where a request comes from. A peer that has shown what only a proxy knows is one, whatever its address.
    pub(crate) fn source(
        &self,
        peer: Option<&Peer>,
        peer_is_proxy: bool,
        headers: &HeaderMap,
    ) -> Option<IpAddr> {
        let mut source = peer?.0.ip().to_canonical();
        let mut is_proxy = peer_is_proxy || (self.0)(source);
        if !is_proxy {
            return Some(source);
        }
        let mut before = addresses(headers);
        // API Gateway adds the address that it was called from itself.
        if before.last() == Some(&Some(source)) {
            before.pop();
        }
        while is_proxy && let Some(Some(address)) = before.pop() {
            source = address;
            is_proxy = (self.0)(source);
        }
        Some(source)
    }
}

/// What the header says, line by line; nothing in the place of what is no address.
fn addresses(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lines = headers.get_all(FORWARDED_FOR).iter();
    let texts = lines.flat_map(|line| line.to_str().unwrap_or_default().split(','));
    texts.map(|text| address(text.trim())).collect()
}

/// An address, also with a port, which some proxies add.
fn address(text: &str) -> Option<IpAddr> {
    let address = text.parse::<IpAddr>();
    let address = address.or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    let bare = |text: &str| {
        let inner = text.strip_prefix('[')?.strip_suffix(']')?;
        inner.parse().ok()
    };
    address
        .ok()
        .or_else(|| bare(text))
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a request comes from whose peer is 10.0.0.1, which is a proxy as all of 10.0.0.0/8 are.
    fn source(lines: &[&str]) -> String {
        source_by("10.0.0.1", false, lines)
    }

    fn source_by(peer: &str, peer_is_proxy: bool, lines: &[&str]) -> String {
        let proxies = Proxies(Arc::new(|address| match address {
            IpAddr::V4(address) => address.octets()[0] == 10,
            IpAddr::V6(_) => false,
        }));
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let peer = Peer(SocketAddr::new(peer.parse().unwrap(), 0));
        let source = proxies.source(Some(&peer), peer_is_proxy, &headers);
        source.unwrap().to_string()
    }

    #[test]
    fn the_first_that_is_no_proxy_is_the_source() {
        assert_eq!(source(&[]), "10.0.0.1");
        assert_eq!(source(&["198.51.100.7"]), "198.51.100.7");
        assert_eq!(source(&["203.0.113.1, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(source(&["198.51.100.7, 10.0.0.9"]), "198.51.100.7");
        assert_eq!(
            source(&["203.0.113.1", "198.51.100.7", "10.0.0.9"]),
            "198.51.100.7"
        );
        assert_eq!(source(&["198.51.100.7:4711"]), "198.51.100.7");
        assert_eq!(source(&["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(source(&["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(source(&["::ffff:198.51.100.7"]), "198.51.100.7");
    }

    #[test]
    fn what_a_stranger_writes_says_nothing() {
        assert_eq!(
            source_by("192.0.2.1", false, &["198.51.100.7"]),
            "192.0.2.1"
        );
        assert_eq!(
            source_by("::ffff:192.0.2.1", false, &["198.51.100.7"]),
            "192.0.2.1"
        );
        assert_eq!(source(&["203.0.113.1, unknown"]), "10.0.0.1");
        assert_eq!(source(&["203.0.113.1, "]), "10.0.0.1");
    }

    #[test]
    fn a_distribution_is_a_proxy_by_what_it_shows() {
        let sent = ["203.0.113.1, 198.51.100.7, 192.0.2.1"];
        assert_eq!(source_by("192.0.2.1", true, &sent), "198.51.100.7");
        assert_eq!(source_by("192.0.2.1", false, &sent), "192.0.2.1");
    }

    #[test]
    fn a_host_that_knows_no_peer_knows_no_source() {
        assert_eq!(
            Proxies::default().source(None, true, &HeaderMap::new()),
            None
        );
    }
}
