//! What `schemars` says of the generated types is what their values look like: the examples of the contract's successful responses,
//! read into the types and written again, satisfy it.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use civicforge_api::{CONTRACT, types};
use civicforge_runtime::schemars::JsonSchema;
use civicforge_runtime::schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The component schemas of what operations answer with, and their examples.
fn answered(document: &Value) -> Vec<(String, Value)> {
    let items = document["paths"].as_object().expect("paths").values();
    let operations = items.flat_map(|item| item.as_object().expect("a path item").values());
    let responses = operations.flat_map(|operation| operation["responses"].as_object());
    let successes = responses
        .flatten()
        .filter(|(status, _)| status.starts_with('2'));
    let mut answered = Vec::new();
    for (_, response) in successes {
        let content = &response["content"]["application/json"];
        let Some(name) = content["schema"]["$ref"].as_str() else {
            continue;
        };
        let name = name.rsplit('/').next().expect("a name");
        for example in content["examples"].as_object().expect("examples").values() {
            let example = match example["$ref"].as_str() {
                Some(pointer) => document.pointer(&pointer[1..]).expect("an example"),
                None => example,
            };
            answered.push((name.to_owned(), example["value"].clone()));
        }
    }
    answered
}

/// Reads the examples of a component into its type, and holds what is written again against the type's own schema.
fn check<T: DeserializeOwned + Serialize + JsonSchema>(
    answered: &[(String, Value)],
    seen: &mut BTreeSet<String>,
) {
    let name = T::schema_name().into_owned();
    // The dialect of OpenAPI 3.0 has no validator of its own; it is that of draft 4 in all that these schemas use.
    let settings = SchemaSettings::openapi3().with(|settings| settings.meta_schema = None);
    let generator = settings.into_generator();
    let schema = generator.into_root_schema_for::<T>().to_value();
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft4);
    let validator = options.build(&schema).expect("a schema");
    for (_, example) in answered.iter().filter(|(of, _)| *of == name) {
        let value: T = serde_json::from_value(example.clone()).expect("an example of the type");
        let written = serde_json::to_value(&value).expect("JSON");
        let errors: Vec<_> = validator
            .iter_errors(&written)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?} in {written}");
        assert!(!validator.is_valid(&json!({})), "{name} is anything");
        seen.insert(name.clone());
    }
}

#[test]
fn responses_satisfy_the_json_schemas_of_their_types() {
    let document: Value = serde_json::from_str(CONTRACT).expect("JSON");
    let answered = answered(&document);
    let mut seen = BTreeSet::new();
    check::<types::AccountExport>(&answered, &mut seen);
    check::<types::AccountPage>(&answered, &mut seen);
    check::<types::Health>(&answered, &mut seen);
    check::<types::ImageState>(&answered, &mut seen);
    check::<types::ImageUpload>(&answered, &mut seen);
    check::<types::Inquiry>(&answered, &mut seen);
    check::<types::InquiryPage>(&answered, &mut seen);
    check::<types::JwkSet>(&answered, &mut seen);
    check::<types::Property>(&answered, &mut seen);
    check::<types::PropertyPage>(&answered, &mut seen);
    check::<types::Quest>(&answered, &mut seen);
    check::<types::QuestPage>(&answered, &mut seen);
    check::<types::Readiness>(&answered, &mut seen);
    check::<types::ShopPage>(&answered, &mut seen);
    check::<types::SyncStatus>(&answered, &mut seen);
    check::<types::Task>(&answered, &mut seen);
    check::<types::TaskPage>(&answered, &mut seen);
    check::<types::TaskPeople>(&answered, &mut seen);
    check::<types::TokenResponse>(&answered, &mut seen);
    check::<types::User>(&answered, &mut seen);
    check::<types::UserProfile>(&answered, &mut seen);
    let all: BTreeSet<String> = answered.into_iter().map(|(name, _)| name).collect();
    assert_eq!(seen, all);
}
