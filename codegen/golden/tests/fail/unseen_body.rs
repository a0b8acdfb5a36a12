//! The credential of `signature` signs the body: whoever checks it gets the bytes, and cannot leave them out.

use std::borrow::Cow;

use civicforge_codegen_golden::webhooks::security::Authenticate;
use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{AuthenticationError, Basic};

struct Receiver;

struct Sender;

impl Principal for Sender {
    fn id(&self) -> Cow<'_, str> {
        "sender".into()
    }
}

impl Authenticate for Receiver {
    type Bearer = Sender;
    type Challenged = Sender;
    type Password = Sender;
    type Signature = Sender;

    async fn bearer(
        &self,
        _: &Context,
        _: &str,
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        Ok(Sender)
    }

    async fn challenged(
        &self,
        _: &Context,
        _: &str,
        _body: &[u8],
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        Ok(Sender)
    }

    async fn password(
        &self,
        _: &Context,
        _: &Basic,
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        Ok(Sender)
    }

    async fn signature(
        &self,
        _: &Context,
        _: &str,
        _: &[&str],
    ) -> Result<Sender, AuthenticationError> {
        Ok(Sender)
    }
}

fn main() {}
