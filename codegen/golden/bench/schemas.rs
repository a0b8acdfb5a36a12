// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The rules of the contract's schemas, as data that is there when the program starts.

use civicforge_runtime::schema::{Format, Literal, Pattern, Property, Schema};

pub(crate) static PATTERN_1: Pattern = Pattern::new("^\\S.*\\S$");

pub(crate) static PATTERN_2: Pattern = Pattern::new("^[a-z]+$");

pub(crate) static PATTERN_3: Pattern = Pattern::new("^[A-Za-z0-9_-]+$");

/// `/components/schemas/Category`
pub static CATEGORY: Schema = Schema::string()
    .values(
        &[
            Literal::String("ENVIRONMENT"),
            Literal::String("EDUCATION"),
            Literal::String("CULTURE"),
            Literal::String("SAFETY"),
        ],
    );

/// `/components/schemas/Period`
pub static PERIOD: Schema = Schema::string()
    .values(
        &[
            Literal::String("DAY"),
            Literal::String("WEEK"),
            Literal::String("MONTH"),
            Literal::String("YEAR"),
        ],
    );

/// `/components/schemas/QuestDraft`
pub static QUEST_DRAFT: Schema = Schema::object()
    .properties(
        &[
            Property::new(
                "title",
                &Schema::string().min_length(5).max_length(200).pattern(&PATTERN_1),
            ),
            Property::new(
                "description",
                &Schema::string().min_length(20).max_length(2000),
            ),
            Property::new("category", &CATEGORY),
            Property::new(
                "rewardXp",
                &Schema::integer().format(Format::Int32).at_least(10).at_most(1000),
            ),
            Property::new(
                "rewardReputation",
                &Schema::integer().format(Format::Int32).at_least(1).at_most(100),
            ),
            Property::new("expiresAt", &Schema::string().format(Format::DateTime)),
            Property::new(
                "tags",
                &Schema::array()
                    .items(
                        &Schema::string()
                            .min_length(1)
                            .max_length(20)
                            .pattern(&PATTERN_2),
                    )
                    .max_items(10)
                    .unique_items(),
            ),
        ],
    )
    .required(&["title", "description", "category", "expiresAt"])
    .closed();
