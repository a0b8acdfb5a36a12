//! What the generator writes for the documents in `codegen/tests/documents`, each as one file.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-codegen` writes it again; the diff is for reading.

/// Also keeps rustfmt out of the modules.
macro_rules! documents {
    ($($name:ident)*) => {$(
        #[doc = concat!("What is written for the document `", stringify!($name), "`.")]
        pub mod $name;
    )*};
}

pub mod own;

documents! {
    all_of
    any_of_several
    bench
    bodies
    combinations
    configured
    content_of_204
    cookies
    defaults
    direction_marks
    directions
    discriminator
    discriminator_holders
    error_bodies
    files
    form_map
    formats
    ignored
    implied
    media_type_versions
    media_types
    missing_ids
    multipart
    named_choices
    names
    nested_query
    newtypes
    nullable
    numbers
    parameter_levels
    parameters_styles
    path_spellings
    path_suffixes
    problem_codes
    query_map
    read_only_in_all_of
    recursion
    response_headers
    responses
    schema_rules
    security_schemes
    specific_media_type
    subtypes
    tags
    text_range
    two_discriminator_values
    unions
    webhooks
    write_only_in_all_of
    yaml_features
}
