//! Values for a schema: mostly valid ones, ones with a fault, and anything.

use serde_json::{Map, Number, Value, json};

use super::formats;
use super::schemas::NAMES;

/// SplitMix64: the same values for the same seed, so that a failure comes again.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    /// Below a limit that is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// One time in so many.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// A value that the schema probably takes.
pub fn value(schema: &Value, random: &mut Random, depth: usize) -> Value {
    if schema.get("$ref").is_some() {
        return tree(random, depth);
    }
    if schema.get("nullable").is_some() && random.once_in(5) {
        return Value::Null;
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return random.pick(values).clone();
    }
    let alternatives = ["oneOf", "anyOf"]
        .iter()
        .find_map(|keyword| schema.get(keyword)?.as_array())
        .filter(|list| !list.is_empty());
    let parts = schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let chosen = alternatives.map(|list| random.pick(list).clone());
    let mut values: Vec<_> = parts
        .chain(&chosen)
        .map(|part| value(part, random, depth))
        .collect();
    values.push(own(schema, random, depth));
    // Objects are put together; of other things the first one that says something wins.
    let mut all = Map::new();
    for value in &values {
        if let Value::Object(members) = value {
            all.extend(members.clone());
        }
    }
    match values.swap_remove(0) {
        Value::Object(_) => Value::Object(all),
        other => other,
    }
}

fn own(schema: &Value, random: &mut Random, depth: usize) -> Value {
    let kind = schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_else(|| {
            if schema.get("properties").is_some() || schema.get("required").is_some() {
                "object"
            } else if schema.get("items").is_some() {
                "array"
            } else if schema.get("minLength").is_some() || schema.get("pattern").is_some() {
                "string"
            } else if schema.get("minimum").is_some() || schema.get("maximum").is_some() {
                "number"
            } else {
                *random.pick(&["object", "array", "string", "integer", "boolean", "null"])
            }
        });
    match kind {
        "boolean" => Value::Bool(random.once_in(2)),
        "integer" | "number" => number(schema, kind == "integer", random),
        "string" => Value::String(string(schema, random)),
        "array" => array(schema, random, depth),
        "object" => object(schema, random, depth),
        _ => Value::Null,
    }
}

fn number(schema: &Value, whole: bool, random: &mut Random) -> Value {
    if random.once_in(12) {
        return random
            .pick(&[
                json!(i64::MAX),
                json!(i64::MIN),
                json!(u64::MAX),
                json!(9_223_372_036_854_775_808_u64),
                json!(9_007_199_254_740_993_i64),
                json!(2_147_483_648_i64),
                json!(1e19),
                json!(3.402_823_5e38),
                json!(3.5e38),
                json!(-1e300),
                json!(5e-324),
                json!(-0.0),
            ])
            .clone();
    }
    let step = schema.get("multipleOf").and_then(Value::as_f64);
    let limit = |name: &str| schema.get(name).and_then(Value::as_f64);
    let step = match step {
        Some(step) => step,
        None if whole => 1.0,
        None => 0.25,
    };
    let steps = (random.below(9) as f64) - 1.0;
    let value = match (limit("minimum"), limit("maximum")) {
        (Some(minimum), _) => ((minimum / step).ceil() + steps) * step,
        (None, Some(maximum)) => ((maximum / step).floor() - steps) * step,
        (None, None) => (steps - 3.0) * step,
    };
    // As people write it: without the noise of the multiplication.
    let value: f64 = format!("{value:.9}").parse().unwrap_or(value);
    if value.fract() == 0.0 && value.abs() < 1e15 && !random.once_in(4) {
        json!(value as i64)
    } else {
        Number::from_f64(value).map_or(Value::Null, Value::Number)
    }
}

fn string(schema: &Value, random: &mut Random) -> String {
    if let Some(Value::String(format)) = schema.get("format") {
        return (*random.pick(formats::examples(format))).to_owned();
    }
    let minimum = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0) as usize;
    let length = minimum + random.below(4);
    let letters = ["a", "b", "a", "b", "é", "1", "😀", "c"];
    (0..length).map(|_| *random.pick(&letters)).collect()
}

fn array(schema: &Value, random: &mut Random, depth: usize) -> Value {
    let minimum = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0) as usize;
    // Sometimes many, because equality is found by hashes then.
    let many = depth == 0 && schema.get("maxItems").is_none() && random.once_in(10);
    let length = minimum + if many { 20 } else { random.below(4) };
    let any = json!({});
    let items = schema.get("items").unwrap_or(&any);
    (0..length).map(|_| deeper(items, random, depth)).collect()
}

fn object(schema: &Value, random: &mut Random, depth: usize) -> Value {
    let mut members = Map::new();
    let required = schema.get("required").and_then(Value::as_array);
    let required: Vec<_> = required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let any = json!({});
    let property = |name: &str| schema.get("properties")?.get(name);
    let additional = schema
        .get("additionalProperties")
        .filter(|rules| rules.is_object());
    for name in NAMES {
        let declared = property(name);
        let wanted = required.contains(&name) && !random.once_in(12)
            || declared.is_some() && random.once_in(2)
            || declared.is_none() && additional.is_some() && random.once_in(3)
            || random.once_in(20);
        let marked = declared
            .is_some_and(|schema| schema.get("readOnly").or(schema.get("writeOnly")).is_some());
        if wanted && (!marked || random.once_in(3)) {
            let rules = declared.or(additional).unwrap_or(&any);
            members.insert(name.to_owned(), deeper(rules, random, depth));
        }
    }
    Value::Object(members)
}

fn deeper(schema: &Value, random: &mut Random, depth: usize) -> Value {
    match depth {
        0..8 => value(schema, random, depth + 1),
        _ => Value::Null,
    }
}

fn tree(random: &mut Random, depth: usize) -> Value {
    if depth > 5 || random.once_in(3) {
        return json!(random.below(5));
    }
    let mut members = Map::new();
    for name in ["a", "b"] {
        if random.once_in(2) {
            members.insert(name.to_owned(), tree(random, depth + 1));
        }
    }
    Value::Object(members)
}

/// Any value.
pub fn anything(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth < 3 { 8 } else { 6 }) {
        0 => Value::Null,
        1 => Value::Bool(random.once_in(2)),
        2 => json!(random.below(20) as i64 - 10),
        3 => number(&Value::Null, false, random),
        4 => Value::String(string(&Value::Null, random)),
        5 => random
            .pick(&[json!([]), json!({}), json!(""), json!(1.0)])
            .clone(),
        6 => (0..random.below(4))
            .map(|_| anything(random, depth + 1))
            .collect(),
        _ => (0..random.below(4))
            .map(|_| {
                (
                    (*random.pick(&NAMES)).to_owned(),
                    anything(random, depth + 1),
                )
            })
            .collect(),
    }
}

/// Changes one thing somewhere.
pub fn mutate(value: &mut Value, random: &mut Random) {
    let inside = !random.once_in(3);
    match value {
        Value::Array(items) if inside && !items.is_empty() => {
            let index = random.below(items.len());
            mutate(&mut items[index], random);
        }
        Value::Object(members) if inside && !members.is_empty() => {
            let index = random.below(members.len());
            if let Some(member) = members.values_mut().nth(index) {
                mutate(member, random);
            }
        }
        Value::Array(items) if random.once_in(2) => {
            let more = items.first().cloned().unwrap_or(Value::Null);
            items.push(more);
        }
        Value::Object(members) if random.once_in(2) => {
            let name = (*random.pick(&NAMES)).to_owned();
            if members.remove(&name).is_none() {
                members.insert(name, anything(random, 2));
            }
        }
        Value::String(text) if random.once_in(2) => {
            if text.pop().is_none() || random.once_in(2) {
                text.push('é');
            }
        }
        Value::Number(number) if random.once_in(2) => {
            let next = number
                .as_f64()
                .map(|value| value + 0.5)
                .and_then(Number::from_f64);
            *number = next.unwrap_or(0.into());
        }
        other => *other = anything(random, 1),
    }
}
