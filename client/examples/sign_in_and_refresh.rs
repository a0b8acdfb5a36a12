//! Sessions: opening one, keeping its tokens, going on with them later, renewal, and the end.
//!
//! Start a server with `cargo run`, then: `cargo run -p civicforge-client --example sign_in_and_refresh`.

mod common;

use std::error::Error;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use civicforge_client::{Client, Tokens};

#[tokio::main]
async fn main() -> ExitCode {
    common::finish(sessions().await)
}

/// A real program would keep the tokens in the key ring of the operating system. A refresh token can be used
/// once, so the newest tokens are the ones to keep.
type Kept = Arc<Mutex<Option<Tokens>>>;

fn client(kept: &Kept) -> Result<Client, civicforge_client::Error> {
    let kept = Arc::clone(kept);
    Client::builder(&common::address())
        .on_tokens(move |tokens| {
            println!(
                "  ({})",
                match tokens {
                    Some(_) => "new tokens to keep",
                    None => "no tokens any more",
                }
            );
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = tokens.cloned();
        })
        .build()
}

async fn sessions() -> Result<(), Box<dyn Error>> {
    let kept = Kept::default();

    println!("Opening an account");
    let first = client(&kept)?;
    let user = first
        .register(common::registration("Quest creator"))
        .await?;

    println!("Signing in");
    first.login(&user.email, common::PASSWORD).await?;

    println!("Going on with the kept tokens, in what could be another run of the program");
    let second = client(&kept)?;
    let tokens = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    second.set_tokens(tokens)?;
    println!("  it is {}", second.get_current_user().send().await?.name);

    println!(
        "An access token that the server refuses, as it does after half an hour, is renewed on the way"
    );
    if let Some(mut tokens) = second.tokens() {
        tokens.access_token = "expired".to_owned();
        second.set_tokens(tokens)?;
    }
    println!("  it is {}", second.get_current_user().send().await?.name);

    println!("Signing out");
    second.logout().await?;
    match second.get_current_user().send().await {
        Ok(_) => Err("the session has not ended".into()),
        Err(error) => {
            println!("  now the server says: {error}");
            Ok(())
        }
    }
}
