//! Writes the server of `petstore.yaml`.

fn main() -> std::process::ExitCode {
    civicforge_codegen::build("petstore.yaml")
}
