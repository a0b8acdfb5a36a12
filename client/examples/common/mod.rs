//! What the examples share.

use std::error::Error;
use std::process::ExitCode;

use civicforge_client::{Client, types};

/// Where the server is: the first argument, or `CIVICFORGE_URL`, or where `cargo run` puts it.
pub fn address() -> String {
    std::env::args()
        .nth(1)
        .or_else(|| std::env::var("CIVICFORGE_URL").ok())
        .unwrap_or_else(|| "http://127.0.0.1:8080".to_owned())
}

/// The password of everyone in the examples.
pub const PASSWORD: &str = "4-Quiet-Gardens";

/// An account to open. The e-mail address is a new one each time.
pub fn registration(name: &str) -> types::builder::Registration {
    types::Registration::builder()
        .email(format!("{}@example.org", uuid::Uuid::now_v7().simple()))
        .password(PASSWORD)
        .name(name)
}

/// Opens an account, with a client of its own.
///
/// # Errors
/// If the server cannot be reached or does not want the account.
#[allow(dead_code, reason = "not every example needs it")]
pub async fn member(name: &str) -> Result<(Client, types::User), civicforge_client::Error> {
    let client = Client::new(&address())?;
    let user = client.register(registration(name)).await?;
    println!("{name} has opened an account: {}", user.email);
    Ok((client, user))
}

/// Says what went wrong, and what to do about it where that is known.
pub fn finish(outcome: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    eprintln!("Failed: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        eprintln!("  because: {error}");
        source = error.source();
    }
    if matches!(
        error.downcast_ref(),
        Some(civicforge_client::Error::Connection(_))
    ) {
        eprintln!(
            "Is there a server at {}? `cargo run` starts one; another address can be the first argument, or \
             CIVICFORGE_URL.",
            address()
        );
    }
    ExitCode::FAILURE
}
