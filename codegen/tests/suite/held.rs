//! The type of a schema holds every value that its rules accept, with all that the schema declares of it.
//!
//! Schemas and values are random. What the emitted decoders and `serde` do is done here to the model: that they do the same is shown where
//! they are compiled, in `codegen/golden`.

use std::fmt;
use std::path::Path;

use civicforge_codegen::diagnostic::Code;
use civicforge_codegen::model::{
    AdditionalRule, Field, JsonType, Model, Presence, Schema, SchemaRef, Shape, Type, TypeDef,
    Variant,
};
use civicforge_codegen::{Config, load_text};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
const COMPONENTS: [&str; 4] = ["First", "Second", "Third", "Fourth"];

/// A schema. In place of it, only components from `from` on may stand, so that no schema stands in itself.
fn schema(from: usize) -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": "string", "nullable": true})),
        Just(json!({"type": "string", "enum": ["x", "y"]})),
        Just(json!({"type": "string", "enum": ["y", "z"]})),
        Just(json!({"type": "integer"})),
        Just(json!({"type": "integer", "enum": [1, 2]})),
        Just(json!({"type": "number"})),
        Just(json!({"type": "boolean"})),
        Just(json!({})),
        Just(json!({"type": "object"})),
        Just(json!({"type": "array", "items": {}})),
    ];
    let in_place = match from < COMPONENTS.len() {
        true => (from..COMPONENTS.len())
            .prop_map(|at| json!({"$ref": format!("#/components/schemas/{}", COMPONENTS[at])}))
            .boxed(),
        false => Just(json!({"type": "object", "properties": {"a": {"type": "string"}}})).boxed(),
    };
    let leaf = prop_oneof![3 => scalar, 2 => in_place];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let anywhere = (0..COMPONENTS.len())
            .prop_map(|at| json!({"$ref": format!("#/components/schemas/{}", COMPONENTS[at])}));
        let member = prop_oneof![4 => inner.clone(), 1 => anywhere];
        let additional = prop_oneof![
            6 => Just(None),
            1 => Just(Some(json!(true))),
            1 => Just(Some(json!(false))),
            1 => member.clone().prop_map(Some),
        ];
        let properties =
            prop::collection::btree_map(prop::sample::select(&NAMES[..]), member.clone(), 0..4);
        let required = prop::sample::subsequence(&NAMES[..], 0..=2);
        let object =
            (properties, required, additional).prop_map(|(properties, required, additional)| {
                let mut out = json!({"type": "object"});
                let required: Vec<_> = required
                    .into_iter()
                    .filter(|name| properties.contains_key(name))
                    .collect();
                if !properties.is_empty() {
                    out["properties"] = json!(properties);
                }
                if !required.is_empty() {
                    out["required"] = json!(required);
                }
                if let Some(additional) = additional {
                    out["additionalProperties"] = additional;
                }
                out
            });
        let keyword = prop::sample::select(vec!["allOf", "anyOf", "oneOf"]);
        let parts = prop::collection::vec(inner.clone(), 1..4);
        let combined =
            (keyword.clone(), parts.clone()).prop_map(|(keyword, parts)| json!({keyword: parts}));
        let beside = (
            object.clone(),
            keyword.clone(),
            parts.clone(),
            keyword,
            parts,
        )
            .prop_map(|(mut object, keyword, parts, other, others)| {
                object[keyword] = json!(parts);
                object[other] = json!(others);
                object
            });
        let array = member.prop_map(|items| json!({"type": "array", "items": items}));
        prop_oneof![4 => object, 3 => combined, 2 => beside, 1 => array]
    })
}

/// A document, which is shown as its text.
struct Document(Value);

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

fn document() -> impl Strategy<Value = Document> {
    (schema(1), schema(2), schema(3), schema(4)).prop_map(|(first, second, third, fourth)| {
        Document(json!({
            "openapi": "3.0.3",
            "info": {"title": "Random", "version": "1"},
            "paths": {},
            "components": {"schemas": {"First": first, "Second": second, "Third": third, "Fourth": fourth}},
        }))
    })
}

/// Numbers that look random, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

struct World {
    model: Model,
}

impl World {
    fn rules<'m>(&'m self, schema: &'m SchemaRef) -> &'m Schema {
        match schema {
            SchemaRef::Named(id) => &self.model.schemas[id.0].schema,
            SchemaRef::Inline(schema) => schema,
        }
    }

    /// A value that the rules may accept.
    fn sample(&self, schema: &Schema, dice: &mut Dice, depth: usize) -> Value {
        if let Some(values) = &schema.enumeration {
            return values[dice.below(values.len())].clone();
        }
        if schema.nullable && dice.below(6) == 0 {
            return Value::Null;
        }
        let mut value = match schema.json_type {
            Some(JsonType::Boolean) => json!(true),
            Some(JsonType::Integer) => json!(dice.below(4)),
            Some(JsonType::Number) => [json!(1), json!(2.5)][dice.below(2)].clone(),
            Some(JsonType::String) => json!(["x", "y", "z", "w"][dice.below(4)]),
            Some(JsonType::Array) => {
                let length = if depth == 0 { 0 } else { dice.below(3) };
                let items = schema.items.as_ref().map(|items| self.rules(items));
                let any = Schema::default();
                (0..length)
                    .map(|_| self.sample(items.unwrap_or(&any), dice, depth - 1))
                    .collect()
            }
            Some(JsonType::Object) => json!({}),
            None if schema.all_of.is_empty()
                && schema.any_of.is_empty()
                && schema.one_of.is_empty() =>
            {
                [
                    json!("x"),
                    json!(1),
                    json!({"a": 1, "d": "w"}),
                    json!([{"b": 2}]),
                ][dice.below(4)]
                .clone()
            }
            None => Value::Null,
        };
        let mut chosen: Vec<&SchemaRef> = schema.all_of.iter().collect();
        chosen.extend(schema.any_of.iter().filter(|_| dice.below(2) == 0));
        if !schema.one_of.is_empty() {
            chosen.push(&schema.one_of[dice.below(schema.one_of.len())]);
        }
        for part in chosen {
            let part = self.sample(self.rules(part), dice, depth);
            merge(&mut value, part);
        }
        if let Value::Object(members) = &mut value {
            for property in &schema.properties {
                let wanted = schema.required.contains(&property.name) || dice.below(2) == 0;
                if wanted && depth > 0 {
                    let member = self.sample(self.rules(&property.schema), dice, depth - 1);
                    match members.get_mut(&property.name) {
                        Some(known) => merge(known, member),
                        None => drop(members.insert(property.name.clone(), member)),
                    }
                }
            }
            if depth > 0 && dice.below(3) == 0 {
                let other = match &schema.additional {
                    AdditionalRule::Schema(schema) => {
                        self.sample(self.rules(schema), dice, depth - 1)
                    }
                    AdditionalRule::Allowed | AdditionalRule::Denied => json!({"c": [1]}),
                };
                members.entry(NAMES[dice.below(4)]).or_insert(other);
            }
        }
        value
    }

    fn accepts(&self, schema: &Schema, value: &Value) -> bool {
        if value.is_null() && schema.nullable {
            return true;
        }
        let is_of = |json_type| match json_type {
            JsonType::Boolean => value.is_boolean(),
            JsonType::Integer => value.is_i64(),
            JsonType::Number => value.is_number(),
            JsonType::String => value.is_string(),
            JsonType::Array => value.is_array(),
            JsonType::Object => value.is_object(),
        };
        let held = |list: &[SchemaRef]| {
            list.iter()
                .filter(|one| self.accepts(self.rules(one), value))
                .count()
        };
        let inside = match value {
            Value::Object(members) => {
                schema
                    .required
                    .iter()
                    .all(|name| members.contains_key(name))
                    && members
                        .iter()
                        .all(|(name, value)| match self.member(schema, name) {
                            Member::Of(rules) => self.accepts(rules, value),
                            Member::Anything => true,
                            Member::Refused => false,
                        })
            }
            Value::Array(items) => schema.items.as_ref().is_none_or(|rules| {
                items
                    .iter()
                    .all(|item| self.accepts(self.rules(rules), item))
            }),
            _ => true,
        };
        inside
            && schema.json_type.is_none_or(is_of)
            && schema
                .enumeration
                .as_ref()
                .is_none_or(|values| values.contains(value))
            && held(&schema.all_of) == schema.all_of.len()
            && (schema.any_of.is_empty() || held(&schema.any_of) > 0)
            && (schema.one_of.is_empty() || held(&schema.one_of) == 1)
    }

    fn member<'m>(&'m self, schema: &'m Schema, name: &str) -> Member<'m> {
        match schema
            .properties
            .iter()
            .find(|property| property.name == name)
        {
            Some(property) => Member::Of(self.rules(&property.schema)),
            None => match &schema.additional {
                AdditionalRule::Schema(schema) => Member::Of(self.rules(schema)),
                AdditionalRule::Allowed => Member::Anything,
                AdditionalRule::Denied => Member::Refused,
            },
        }
    }

    /// What the schemas that hold declare of a value.
    fn declared(&self, schema: &Schema, value: &Value) -> Value {
        let mut out = match value {
            Value::Object(members) => {
                let known =
                    members
                        .iter()
                        .filter_map(|(name, value)| match self.member(schema, name) {
                            Member::Of(rules) => Some((name.clone(), self.declared(rules, value))),
                            Member::Anything | Member::Refused => None,
                        });
                Value::Object(known.collect())
            }
            Value::Array(items) => {
                let any = Schema::default();
                let rules = schema
                    .items
                    .as_ref()
                    .map_or(&any, |items| self.rules(items));
                items
                    .iter()
                    .map(|item| self.declared(rules, item))
                    .collect()
            }
            scalar => scalar.clone(),
        };
        let parts = schema
            .all_of
            .iter()
            .chain(&schema.any_of)
            .chain(&schema.one_of);
        for part in parts
            .map(|part| self.rules(part))
            .filter(|part| self.accepts(part, value))
        {
            merge(&mut out, self.declared(part, value));
        }
        out
    }

    /// What is left of a value in its type: decoded, and written again.
    fn through(&self, ty: &Type, value: &Value) -> Option<Value> {
        match ty {
            Type::Any => Some(value.clone()),
            Type::FreeObject => value.is_object().then(|| value.clone()),
            Type::Boolean => value.is_boolean().then(|| value.clone()),
            Type::Int32 | Type::Int64 => value.is_i64().then(|| value.clone()),
            Type::Float | Type::Double => value.is_number().then(|| value.clone()),
            Type::Nullable(_) if value.is_null() => Some(Value::Null),
            Type::Nullable(inner) | Type::Boxed(inner) => self.through(inner, value),
            Type::Array(items) => {
                let all = value
                    .as_array()?
                    .iter()
                    .map(|item| self.through(items, item));
                all.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            Type::Map(values) => {
                let all = value.as_object()?.iter();
                let all =
                    all.map(|(name, value)| Some((name.clone(), self.through(values, value)?)));
                all.collect::<Option<Map<_, _>>>().map(Value::Object)
            }
            Type::Named(id) => self.through_named(&self.model.types[id.0], value),
            _ => value.is_string().then(|| value.clone()),
        }
    }

    fn through_named(&self, def: &TypeDef, value: &Value) -> Option<Value> {
        match &def.shape {
            Shape::Newtype { inner } => self.through(inner, value),
            Shape::Enum { values, .. } => values
                .iter()
                .any(|known| known.value == *value)
                .then(|| value.clone()),
            Shape::Union { variants, .. } => {
                let holds = |variant: &&Variant| self.accepts(self.rules(&variant.schema), value);
                self.through(&variants.iter().find(holds)?.ty, value)
            }
            Shape::Struct {
                fields,
                alternatives,
                additional,
            } => {
                let members = value.as_object()?;
                let holds: Vec<bool> = alternatives
                    .iter()
                    .map(|one| self.accepts(self.rules(one), value))
                    .collect();
                let mut out = Map::new();
                for field in fields {
                    let counts = field.alternatives.is_empty()
                        || field.alternatives.iter().any(|at| holds[*at]);
                    match members.get(&field.json_name).filter(|_| counts) {
                        Some(value) => drop(
                            out.insert(field.json_name.clone(), self.through(&field.ty, value)?),
                        ),
                        None if field.presence == Presence::Required => return None,
                        None => {}
                    }
                }
                if let Some(additional) = additional {
                    let is_field =
                        |name: &str| fields.iter().any(|field: &Field| field.json_name == name);
                    for (name, value) in members.iter().filter(|(name, _)| !is_field(name)) {
                        out.insert(name.clone(), self.through(&additional.ty, value)?);
                    }
                }
                Some(Value::Object(out))
            }
        }
    }
}

enum Member<'m> {
    Of(&'m Schema),
    Anything,
    Refused,
}

/// Adds what another view of the same value knows.
fn merge(value: &mut Value, other: Value) {
    match (value, other) {
        (Value::Object(members), Value::Object(others)) => {
            for (name, other) in others {
                match members.get_mut(&name) {
                    Some(known) => merge(known, other),
                    None => drop(members.insert(name, other)),
                }
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (item, other) in items.iter_mut().zip(others) {
                merge(item, other);
            }
        }
        (value @ Value::Null, other) => *value = other,
        _ => {}
    }
}

/// Whether a value has all that another one has.
fn covers(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Object(members), Value::Object(others)) => others
            .iter()
            .all(|(name, other)| members.get(name).is_some_and(|value| covers(value, other))),
        (Value::Array(items), Value::Array(others)) => {
            items.len() == others.len()
                && items
                    .iter()
                    .zip(others)
                    .all(|(item, other)| covers(item, other))
        }
        (value, other) => value == other,
    }
}

fn component_type(model: &Model, name: &str) -> Option<Type> {
    let at = model
        .types
        .iter()
        .position(|def| def.component.as_deref() == Some(name))?;
    Some(Type::Named(civicforge_codegen::model::TypeId(at)))
}

fn check(document: &Value, seed: u64) -> Result<usize, TestCaseError> {
    let allow = Code::ALL.iter().copied();
    let config = Config::new().allow(allow.filter(|code| code.can_be_allowed()));
    let (model, _) = load_text(
        Path::new("random.json"),
        document.to_string().into_bytes(),
        &config,
    )
    .map_err(|found| TestCaseError::fail(format!("{found:#?}")))?;
    crate::invariants::check(&model);
    let world = World { model };
    let mut dice = Dice(seed);
    let mut accepted = 0;
    for name in COMPONENTS {
        let Some(ty) = component_type(&world.model, name) else {
            continue;
        };
        let Type::Named(id) = &ty else { continue };
        let rules = &world.model.schemas[world.model.types[id.0].schema.0].schema;
        for _ in 0..20 {
            let value = world.sample(rules, &mut dice, 4);
            if value.is_null() || !world.accepts(rules, &value) {
                continue;
            }
            accepted += 1;
            let declared = world.declared(rules, &value);
            let Some(held) = world.through(&ty, &value) else {
                return Err(TestCaseError::fail(format!("{name} does not hold {value}")));
            };
            prop_assert!(
                covers(&held, &declared),
                "{name}: of {value}, {held} is left, not {declared}"
            );
            prop_assert!(covers(&value, &held), "{name}: of {value} became {held}");
        }
    }
    Ok(accepted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn what_the_rules_accept_is_held(document in document(), seed: u64) {
        check(&document.0, seed)?;
    }
}
