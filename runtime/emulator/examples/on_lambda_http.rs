//! A function of ours on `lambda_http` in place of the host adapter of the runtime, for `measure`: the same service, from the same
//! variables.

use civicforge_handlers::{function, functions};
use civicforge_kernel::clock::Clock;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    let (service, _log) = function::service(&functions::READS, Clock::system()).await?;
    lambda_http::run(service).await
}
