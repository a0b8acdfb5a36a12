//! What must not compile. The fixtures are in `tests/fail`; `TRYBUILD=overwrite` writes the compiler's messages again.

#[test]
fn the_compiler_holds_handlers_to_the_contract() {
    trybuild::TestCases::new().compile_fail("tests/fail/*.rs");
}
