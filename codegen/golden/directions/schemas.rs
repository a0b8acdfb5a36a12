// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Property, Schema};

/// `/components/schemas/Login`
pub static LOGIN: Schema = Schema::object()
    .properties(
        &[
            Property::new("name", &Schema::string()),
            Property::new("secret", &Schema::string()).write_only(),
            Property::new("token", &Schema::string()).read_only(),
        ],
    );

/// `/components/schemas/Role`
pub static ROLE: Schema = Schema::object()
    .properties(&[Property::new("name", &Schema::string())]);

/// `/components/schemas/Team`
pub static TEAM: Schema = Schema::object()
    .properties(&[Property::new("members", &Schema::array().items(&USER))]);

/// `/components/schemas/User`
pub static USER: Schema = Schema::object()
    .properties(
        &[
            Property::new("id", &Schema::string().format(Format::Uuid)).read_only(),
            Property::new("name", &Schema::string()),
            Property::new("password", &Schema::string().format(Format::Password))
                .write_only(),
            Property::new("role", &ROLE),
        ],
    )
    .required(&["id", "name", "password"]);
