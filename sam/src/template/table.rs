//! The names of the table that is in use: the stack's own, or the one that `sam/restore` has put in its place.

use crate::yaml::{Map, Yaml, attribute, line, reference, sub};

/// Its name.
pub(super) fn name() -> Yaml {
    in_use(reference("RestoredTable"), reference("Table"))
}

/// Its ARN.
pub(super) fn arn() -> Yaml {
    in_use(sub(restored("")), attribute("Table.Arn"))
}

/// Its ARN, for a part that is text.
pub(super) fn arn_in_text() -> String {
    let entry = Map::new().with("x", arn()).render(0);
    entry.trim_start_matches("x:").trim().to_owned()
}

/// The ARN of one of its indexes.
pub(super) fn index(index: &str) -> Yaml {
    let index = format!("/index/{index}");
    in_use(sub(restored(&index)), sub(format!("${{Table.Arn}}{index}")))
}

fn restored(rest: &str) -> String {
    format!(
        "arn:${{AWS::Partition}}:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/${{RestoredTable}}{rest}"
    )
}

fn in_use(restored: Yaml, own: Yaml) -> Yaml {
    let parts: [Yaml; 3] = ["IsRestored".into(), restored, own];
    Yaml::Tagged("!If", Box::new(line(parts)))
}
