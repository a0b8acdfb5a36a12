//! The petstore as a function of Lambda, by `lambda_http`.

use civicforge_petstore::service;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::run(service()?).await
}
