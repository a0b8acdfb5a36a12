//! Custom fields, whose values have a form for each type, and another one where they are written.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use url::Url;

use super::{or_default, text};
use crate::vendors::tolerant::{as_integer, as_text};

/// A custom field: its definition, and on a task its value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Field {
    /// Its id, the same on all lists that have it. Names are not unique.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// Its type, such as `drop_down`. New ones come without notice.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: String,
    /// What can be chosen.
    #[serde(rename = "type_config", default, deserialize_with = "options")]
    pub options: Vec<FieldOption>,
    /// Its value, in the form of its type. None and null are the same: it is not set.
    #[serde(default)]
    pub value: Option<Value>,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// Its id, which is what is written.
    pub id: String,
    /// What people see.
    pub name: String,
    /// What is read. It changes when somebody moves the options.
    pub orderindex: i64,
}

/// A value for a custom field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldSetting {
    /// The field's id.
    pub id: String,
    /// The value in the form in which it is written: an option's id, a text, true or false.
    pub value: Value,
}

impl Field {
    /// What was chosen.
    pub fn option(&self) -> Option<&FieldOption> {
        option_of(self.value.as_ref()?, &self.options)
    }

    /// What was chosen, where that may be several.
    pub fn labels(&self) -> Vec<&FieldOption> {
        let chosen = self.value.as_ref().and_then(Value::as_array);
        let options = chosen.into_iter().flatten();
        options
            .filter_map(|value| option_of(value, &self.options))
            .collect()
    }

    /// The text, where there is any.
    pub fn text(&self) -> Option<String> {
        let text = as_text(self.value.as_ref()?)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// The URL, if it is one of the web.
    pub fn url(&self) -> Option<Url> {
        let url = Url::parse(&self.text()?).ok()?;
        Some(url).filter(|url| matches!(url.scheme(), "https" | "http"))
    }

    /// Whether it is checked, where that was ever said.
    pub fn is_checked(&self) -> Option<bool> {
        match self.value.as_ref()? {
            Value::Bool(checked) => Some(*checked),
            value => match as_text(value)?.as_str() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
        }
    }
}

/// The option that a value means: its place, as tasks have it, or its id, as events have it.
pub fn option_of<'a>(value: &Value, options: &'a [FieldOption]) -> Option<&'a FieldOption> {
    let by_id = |id: &str| options.iter().find(|option| option.id == id);
    let named = value.as_str().and_then(by_id);
    named.or_else(|| {
        let place = as_integer(value)?;
        options.iter().find(|option| option.orderindex == place)
    })
}

/// What cannot be read has no options: types without any have whatever they like there.
fn options<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<FieldOption>, D::Error> {
    let config = Value::deserialize(from)?;
    let options = config.get("options").and_then(Value::as_array);
    let options = options.into_iter().flatten().zip(0..);
    let read = options.filter_map(|(option, place)| {
        // Labels have their name under another key.
        let name = option.get("name").or_else(|| option.get("label"));
        let orderindex = option.get("orderindex").and_then(as_integer);
        Some(FieldOption {
            id: as_text(option.get("id")?)?,
            name: name.and_then(as_text)?,
            orderindex: orderindex.unwrap_or(place),
        })
    });
    Ok(read.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(value: Value) -> Field {
        let options = json!([
            { "id": "a", "name": "Woodshop", "orderindex": "1" },
            { "id": "b", "label": "Lasers", "orderindex": 0 },
            { "id": "c", "name": "Ceramics" },
            { "name": "without an id" },
            7,
        ]);
        serde_json::from_value(json!({
            "id": 5,
            "name": "Shop",
            "type": "drop_down",
            "type_config": { "options": options },
            "value": value,
        }))
        .unwrap()
    }

    #[test]
    fn an_option_is_read_by_its_place_and_by_its_id() {
        let chosen = |value| field(value).option().map(|option| option.name.clone());
        assert_eq!(chosen(json!(1)).as_deref(), Some("Woodshop"));
        assert_eq!(chosen(json!("0")).as_deref(), Some("Lasers"));
        assert_eq!(chosen(json!("b")).as_deref(), Some("Lasers"));
        // Without a place of its own it has that in the list.
        assert_eq!(chosen(json!(2)).as_deref(), Some("Ceramics"));
        for none in [json!(null), json!(9), json!("x"), json!({}), json!(-1)] {
            assert_eq!(chosen(none.clone()), None, "{none}");
        }
        let labels = field(json!(["b", "c", "x"]));
        let labels: Vec<_> = labels.labels().iter().map(|label| &*label.name).collect();
        assert_eq!(labels, ["Lasers", "Ceramics"]);
    }

    #[test]
    fn a_value_of_another_form_is_none_and_no_error() {
        for (value, checked) in [
            (json!("true"), Some(true)),
            (json!(false), Some(false)),
            (json!(1), Some(true)),
            (json!("yes"), None),
            (json!(null), None),
            (json!([]), None),
        ] {
            assert_eq!(field(value.clone()).is_checked(), checked, "{value}");
        }
        assert_eq!(field(json!(" 23 ")).text().as_deref(), Some("23"));
        assert_eq!(field(json!(23)).text().as_deref(), Some("23"));
        assert_eq!(field(json!(" ")).text(), None);
        assert_eq!(field(json!({ "a": 1 })).text(), None);
        assert!(field(json!("https://a.example/b")).url().is_some());
        for no in ["javascript:alert(1)", "a.example", ""] {
            assert_eq!(field(json!(no)).url(), None, "{no}");
        }
    }

    #[test]
    fn a_definition_of_an_unknown_type_is_read() {
        for config in [json!(null), json!([]), json!({ "options": 1 }), json!("x")] {
            let field = json!({ "id": "a", "type": "new", "type_config": config });
            let field: Field = serde_json::from_value(field).unwrap();
            assert_eq!((field.options, field.name), (vec![], String::new()));
        }
    }
}
