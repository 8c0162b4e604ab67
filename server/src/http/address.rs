//! Where a request really comes from.

use axum::http::HeaderMap;
use std::net::IpAddr;

const FORWARDED: &str = "x-forwarded-for";

/// Returns the address of the client: the connection's, or what a proxy says that stands on this machine or is
/// named in `proxies`. Of a list only the last entry counts, which that proxy has written itself.
pub fn client(headers: &HeaderMap, connection: IpAddr, proxies: &[IpAddr]) -> IpAddr {
    let connection = connection.to_canonical();
    if !connection.is_loopback() && !proxies.contains(&connection) {
        return connection;
    }
    let lists = headers.get_all(FORWARDED).iter().filter_map(|value| value.to_str().ok());
    let last = lists.flat_map(|list| list.split(',')).next_back();
    last.and_then(|address| address.trim().parse().ok()).map_or(connection, |a: IpAddr| a.to_canonical())
}

/// Tells whether a request was passed on by a proxy.
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.contains_key(FORWARDED) || headers.contains_key("forwarded") || headers.contains_key("x-real-ip")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(connection: &str, forwarded: Option<&str>, proxies: &[&str], expected: &str) {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let mut headers = HeaderMap::new();
        if let Some(forwarded) = forwarded {
            headers.insert(FORWARDED, forwarded.parse().expect("a header"));
        }
        let proxies: Vec<IpAddr> = proxies.iter().map(|p| address(p)).collect();
        assert_eq!(client(&headers, address(connection), &proxies), address(expected));
    }

    #[test]
    fn only_a_proxy_is_believed_and_only_what_it_wrote_itself() {
        check("203.0.113.5", None, &[], "203.0.113.5");
        check("203.0.113.5", Some("10.0.0.1"), &[], "203.0.113.5");
        check("127.0.0.1", Some("10.0.0.1, 198.51.100.7"), &[], "198.51.100.7");
        check("::ffff:127.0.0.1", Some("198.51.100.7"), &[], "198.51.100.7");
        check("192.0.2.2", Some("198.51.100.7"), &["192.0.2.2"], "198.51.100.7");
        check("127.0.0.1", Some("nonsense"), &[], "127.0.0.1");
        check("127.0.0.1", None, &[], "127.0.0.1");
    }
}
