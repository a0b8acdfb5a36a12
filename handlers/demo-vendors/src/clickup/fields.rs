//! Custom fields: their definitions, and the forms in which values are written, kept and told.

use serde_json::{Value, json};

use super::model::Refused;
use super::state::State;

/// Those of a list of problems.
pub(super) fn of_problems() -> Vec<Value> {
    let shops = [
        "Woodshop",
        "Metal-Shop",
        "Electronics",
        "Lasers",
        "3D Printing",
        "Textiles",
        "Ceramics",
        "General Areas",
    ];
    let kinds = ["Equipment", "Cleaning", "Other"];
    let choice = |prefix: &str, names: &[&str]| {
        let options = names.iter().enumerate().map(|(place, name)| {
            json!({ "id": format!("{prefix}-{place:012}"), "name": name, "color": null, "orderindex": place })
        });
        json!({ "sorting": "manual", "new_drop_down": true, "options": options.collect::<Vec<_>>() })
    };
    let field = |number: &str, name: &str, kind: &str, config: Value, required: bool| {
        json!({
            "id": format!("6d0f3a52-0000-4000-8000-00000000a{number}"),
            "name": name,
            "type": kind,
            "type_config": config,
            "date_created": "1717245600000",
            "hide_from_guests": false,
            "required": required,
        })
    };
    let labels = json!({ "options": [
        { "id": "1c8f2d00-0000-4000-8000-000000000000", "label": "Needs parts", "color": "#f900ea" },
        { "id": "1c8f2d00-0000-4000-8000-000000000001", "label": "Two people", "color": "#667684" },
    ] });
    let users = json!({ "single_user": false, "include_team_members": true });
    vec![
        field(
            "001",
            "Shop",
            "drop_down",
            choice("0b7e1c00-0000-4000-8000", &shops),
            true,
        ),
        field("002", "Contact details", "email", json!({}), false),
        field("003", "Work labels", "labels", labels, false),
        field("004", "Shop leads", "users", users, false),
        field("005", "Estimated hours", "number", json!({}), false),
        field("006", "Major repair", "checkbox", json!({}), false),
        field("007", "Slack post", "url", json!({}), false),
        field("008", "First seen", "date", json!({}), false),
        field(
            "009",
            "Age in days",
            "formula",
            json!({ "formula": "1" }),
            false,
        ),
        field(
            "00a",
            "Problem type",
            "drop_down",
            choice("0b7e1c01-0000-4000-8000", &kinds),
            false,
        ),
        field("00b", "Discourse post", "url", json!({}), false),
        field("00c", "Volunteer", "short_text", json!({}), false),
    ]
}

pub(super) fn id(field: &Value) -> String {
    field["id"].as_str().unwrap_or_default().to_owned()
}

fn options(field: &Value) -> &[Value] {
    let options = field["type_config"]["options"].as_array();
    options.map(Vec::as_slice).unwrap_or_default()
}

/// A value that is written, in the form in which it is read; none where it is cleared.
pub(super) fn stored(
    field: &Value,
    value: &Value,
    before: Option<&Value>,
    state: &State,
) -> Result<Option<Value>, Refused> {
    if value.is_null() {
        return Ok(None);
    }
    // No source names the code.
    let refused = || Refused::new(400, "FIELD_002", "Value is not valid");
    let stored = match field["type"].as_str().unwrap_or_default() {
        "drop_down" => {
            let chosen = options(field).iter().find(|option| option["id"] == *value);
            chosen.ok_or_else(refused)?["orderindex"].clone()
        }
        "labels" => {
            let ids = value.as_array().ok_or_else(refused)?;
            let known = |id: &Value| options(field).iter().any(|option| option["id"] == *id);
            if !ids.iter().all(known) {
                return Err(refused());
            }
            value.clone()
        }
        "users" => {
            let ids = |key: &str| value[key].as_array().cloned().unwrap_or_default();
            let (add, rem) = (ids("add"), ids("rem"));
            let mut users = before
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default();
            users.retain(|user| !rem.contains(&user["id"]) && !add.contains(&user["id"]));
            for id in &add {
                users.push(state.show_member(id.as_i64().ok_or_else(refused)?));
            }
            Value::Array(users)
        }
        "number" | "currency" => json!(value.as_f64().ok_or_else(refused)?.to_string()),
        "checkbox" => json!(value.as_bool().ok_or_else(refused)?.to_string()),
        "date" => json!(value.as_i64().ok_or_else(refused)?.to_string()),
        "url" => {
            let url = value.as_str().ok_or_else(refused)?;
            if !url.starts_with("https://") && !url.starts_with("http://") {
                return Err(refused());
            }
            value.clone()
        }
        "email" | "phone" | "short_text" | "text" => {
            json!(value.as_str().ok_or_else(refused)?)
        }
        _ => return Err(refused()),
    };
    Ok(Some(stored))
}

/// A value that is read, in the form that events have.
pub(super) fn told(field: &Value, value: Option<&Value>) -> Value {
    let Some(value) = value else {
        return Value::Null;
    };
    if field["type"] != "drop_down" {
        return value.clone();
    }
    let chosen = options(field)
        .iter()
        .find(|option| option["orderindex"] == *value);
    chosen
        .map(|option| option["id"].clone())
        .unwrap_or_default()
}
