//! Values that are described one by one, and alternatives that are named by what tells them apart.

use civicforge_codegen_golden::named_choices::types::*;
use serde_json::json;

#[test]
fn described_values_are_one_enum() {
    assert_eq!(Level::ALL, [Level::Debug, Level::Info, Level::Fatal]);
    let level: Level = serde_json::from_value(json!("fatal")).unwrap();
    assert_eq!(level, Level::Fatal);
    assert!(serde_json::from_value::<Level>(json!("other")).is_err());
    for (sent, priority) in [
        (json!(1), Some(EventPriority::Value1)),
        (json!(-2), Some(EventPriority::ValueMinus2)),
    ] {
        assert_eq!(serde_json::from_value(sent).ok(), priority);
    }
}

#[test]
fn alternatives_without_a_name_have_one_of_their_own() {
    for (action, target) in [
        (
            json!({"kind": "open-it", "at": "noon"}),
            json!({"note": "x", "url": "u"}),
        ),
        (
            json!({"kind": "close", "at": "noon"}),
            json!({"email": "e", "note": "x"}),
        ),
        (json!({"kind": "close", "at": "one"}), json!({"label": "l"})),
    ] {
        let sent = json!({"level": "info", "state": null, "mixed": "auto", "action": action, "target": target});
        let event: Event = serde_json::from_value(sent.clone()).unwrap();
        let is_open = matches!(event.action, EventAction::OpenIt(_));
        assert_eq!(is_open, action["kind"] == "open-it");
        let named = match event.target.as_ref().unwrap() {
            EventTarget::Url(_) => "url",
            EventTarget::Email(_) => "email",
            EventTarget::Label(_) => "label",
        };
        assert!(target.get(named).is_some());
        assert_eq!(serde_json::to_value(&event).unwrap(), sent);
    }
}
