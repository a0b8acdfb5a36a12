//! A problem of any status is for operations that declare a range or `default`; the others take what they declare alone.

use civicforge_codegen_golden::missing_ids::default::GetV1AbError;
use civicforge_codegen_golden::responses::default::MakeError;
use civicforge_runtime::problem::Problem;
use http::StatusCode;

fn main() {
    let problem = || Problem::new(StatusCode::IM_A_TEAPOT, "teapot");
    let _: MakeError = problem().into();
    let _: GetV1AbError = problem().into();
}
