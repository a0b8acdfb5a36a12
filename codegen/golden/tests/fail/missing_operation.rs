//! A server that leaves an operation out is no server.

use civicforge_codegen_golden::missing_ids::security::Authenticate;
use civicforge_codegen_golden::missing_ids::default::DefaultApi;

struct Server;

impl Authenticate for Server {}

impl DefaultApi for Server {}

fn main() {}
