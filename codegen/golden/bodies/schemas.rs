// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Property, Schema};

/// `/components/schemas/Note`
pub static NOTE: Schema = Schema::object()
    .properties(&[Property::new("text", &Schema::string())])
    .required(&["text"]);

/// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema`
pub static POST_FORM_BODY: Schema = Schema::object()
    .properties(
        &[
            Property::new("name", &Schema::string()),
            Property::new("tags", &Schema::array().items(&Schema::string())),
            Property::new("codes", &Schema::array().items(&Schema::integer())),
            Property::new("address", &POST_FORM_BODY_ADDRESS),
            Property::new("spread", &POST_FORM_BODY_SPREAD),
        ],
    )
    .required(&["name"]);

/// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/address`
pub static POST_FORM_BODY_ADDRESS: Schema = Schema::object()
    .properties(&[Property::new("city", &Schema::string())]);

/// `/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/spread`
pub static POST_FORM_BODY_SPREAD: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())]);
