//! The petstore on axum.

use std::error::Error;

use axum::Router;
use civicforge_petstore::{address, service};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let router: Router = Router::new().fallback_service(service()?);
    let listener = TcpListener::bind(address()).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
