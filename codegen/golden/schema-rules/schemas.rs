// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Literal, Number, Pattern, Property, Schema};

pub(crate) static PATTERN_1: Pattern = Pattern::new("^[a-z\\-]+@$");

/// `/components/schemas/Level`
pub static LEVEL: Schema = Schema::integer()
    .format(Format::Int32)
    .values(
        &[
            Literal::Number(Number::Integer(1)),
            Literal::Number(Number::Integer(2)),
            Literal::Number(Number::Integer(-1)),
        ],
    );

/// `/components/schemas/Rules`
pub static RULES: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "text",
                &Schema::string().min_length(2).max_length(5).pattern(&PATTERN_1),
            ),
            Property::new(
                "whole",
                &Schema::integer()
                    .minimum(Number::Integer(-5), true)
                    .at_most(9223372036854775807)
                    .multiple_of(Number::Integer(5)),
            ),
            Property::new(
                "real",
                &Schema::number()
                    .maximum(Number::Float(1.5), true)
                    .multiple_of(Number::Float(0.25)),
            ),
            Property::new(
                "list",
                &Schema::array()
                    .items(&Schema::string())
                    .min_items(1)
                    .max_items(3)
                    .unique_items(),
            ),
            Property::new("anything", &Schema::ANY),
            Property::new("not", &Schema::ANY.not(&Schema::string())),
            Property::new(
                "mixed",
                &Schema::ANY
                    .values(
                        &[
                            Literal::Number(Number::Integer(1)),
                            Literal::String("one"),
                            Literal::Null,
                            Literal::Array(&[Literal::Number(Number::Integer(1))]),
                            Literal::Object(
                                &[("a", Literal::Number(Number::Integer(1)))],
                            ),
                        ],
                    ),
            ),
            Property::new(
                "few",
                &Schema::number()
                    .values(
                        &[
                            Literal::Number(Number::Float(0.5)),
                            Literal::Number(Number::Float(1.5)),
                        ],
                    ),
            ),
            Property::new("truth", &Schema::boolean().values(&[Literal::Boolean(true)])),
            Property::new("closed", &RULES_CLOSED),
            Property::new("nothing", &RULES_NOTHING),
            Property::new("open", &RULES_OPEN),
            Property::new("typed", &RULES_TYPED),
            Property::new("map", &Schema::object().additional(&LEVEL).min_properties(1)),
            Property::new("free", &Schema::object()),
            Property::new("demanding", &RULES_DEMANDING),
            Property::new("untyped", &Schema::ANY.at_least(5).min_length(3)),
        ],
    )
    .required(&["text", "whole"])
    .min_properties(1)
    .max_properties(30);

/// `/components/schemas/Rules/properties/closed`
pub static RULES_CLOSED: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())])
    .closed();

/// `/components/schemas/Rules/properties/demanding`
pub static RULES_DEMANDING: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())])
    .required(&["a", "b"]);

/// `/components/schemas/Rules/properties/nothing`
pub static RULES_NOTHING: Schema = Schema::object().closed();

/// `/components/schemas/Rules/properties/open`
pub static RULES_OPEN: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())]);

/// `/components/schemas/Rules/properties/typed`
pub static RULES_TYPED: Schema = Schema::object()
    .properties(&[Property::new("a", &Schema::string())])
    .additional(&Schema::integer());
