//! A protected operation cannot be called without somebody who calls.

use civicforge_codegen_golden::security_schemes::default::DefaultApi;
use civicforge_runtime::context::Context;

pub async fn call<S: DefaultApi>(server: &S, context: &Context) {
    let _ = server.inherited(context).await;
}

fn main() {}
