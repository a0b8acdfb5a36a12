//! The petstore on dropshot.

use std::error::Error;

use civicforge_petstore::{address, service};
use civicforge_runtime::host::dropshot;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = dropshot::start(service()?, address().parse()?)?;
    println!("http://{}", server.address());
    server.wait().await?;
    Ok(())
}
