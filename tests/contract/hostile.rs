//! Requests that no client sends, as bytes on a socket. The server answers each with a 4xx or closes the connection, and goes
//! on serving everybody else.
//!
//! Some never reach the dispatch: what is no HTTP is hyper's to refuse, and three kinds of request are dropshot's (see
//! `docs/decisions/0002-dropshot-hosts-one-dispatch.md`). Those answers have no form of ours.

mod framing;
mod heads;
mod targets;

use civicforge_testing::{Reply, TestMember};

use crate::harness::Suite;
use crate::transport::{Host, Transport, record};
use crate::wire::{self, Outcome};

pub fn cases(suite: &mut Suite) {
    suite.once("hostile::paths", targets::paths);
    suite.once("hostile::queries", targets::queries);
    suite.once(
        "hostile::what_dropshot_refuses_itself",
        targets::dropshots_own,
    );
    suite.once("hostile::what_is_no_http", framing::no_http);
    suite.once(
        "hostile::bodies_that_are_not_what_they_say",
        framing::framing,
    );
    suite.once("hostile::headers", heads::headers);
    suite.once("hostile::large_heads", heads::large_heads);
    suite.once("hostile::requests_that_never_end", framing::unfinished);
    suite.once("hostile::many_at_once", heads::many);
}

struct Target {
    host: Host,
    ada: TestMember,
}

impl Target {
    async fn new() -> Self {
        let host = Transport::Dropshot.host().await;
        let ada = host.member("ada").await;
        Self { host, ada }
    }

    async fn raw(&self, bytes: impl AsRef<[u8]>) -> Outcome {
        wire::send(self.host.address(), bytes.as_ref(), false).await
    }

    /// A request of a member for this target, with these lines after the usual ones.
    fn lines(&self, method: &str, target: &str, lines: &str) -> String {
        let token = &self.ada.access_token;
        format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n{lines}\r\n"
        )
    }

    /// The one answer to a request that the dispatch gets to see.
    async fn dispatched(&self, method: &str, target: &str, rest: &str) -> Reply {
        let outcome = self.raw(self.lines(method, target, rest)).await;
        let reply = only(outcome, target);
        let path = target.split('?').next().unwrap_or_default();
        let method = method.parse().expect("a method");
        record(&method, path, &reply, Transport::Dropshot, false);
        reply
    }

    /// Everybody else is served.
    async fn goes_on(&self) {
        assert_eq!(self.host.get("/health").send().await.status, 200);
        assert_eq!(
            self.host
                .get(crate::world::ME)
                .member(&self.ada)
                .send()
                .await
                .status,
            200
        );
    }
}

#[track_caller]
fn only(outcome: Outcome, what: &str) -> Reply {
    let [reply] = <[Reply; 1]>::try_from(outcome.replies)
        .unwrap_or_else(|replies| panic!("{what}: not one answer: {replies:?}"));
    reply
}

/// A 4xx of whatever form, or the end of the connection.
#[track_caller]
fn refused(outcome: &Outcome, what: &str) {
    let statuses: Vec<_> = outcome.replies.iter().map(|reply| reply.status).collect();
    assert!(
        statuses.iter().all(|status| (400..500).contains(status)),
        "{what}: {statuses:?}"
    );
    assert!(outcome.closed, "{what}: neither refused nor closed");
}
