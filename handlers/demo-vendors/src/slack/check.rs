//! What blocks may be.

use serde_json::Value;

/// All blocks together, in characters. It is documented nowhere: 9,597 were taken, and 11,341 refused.
const ALL: usize = 11_000;

/// Why blocks are refused.
pub(super) enum Wrong {
    Blocks(Vec<String>),
    TooLong,
}

pub(super) fn blocks(blocks: &Value) -> Result<(), Wrong> {
    let all = blocks.as_array();
    let all = all.ok_or_else(|| Wrong::Blocks(vec!["must be an array".to_owned()]))?;
    let mut errors = Vec::new();
    if all.len() > 50 {
        errors.push("no more than 50 items allowed [json-pointer:/blocks]".to_owned());
    }
    let mut length = 0;
    for (index, block) in all.iter().enumerate() {
        let kind = block["type"].as_str().unwrap_or_default();
        let mut text = |value: &Value, most: usize, place: &str| {
            let count = value.as_str().map_or(0, |text| text.chars().count());
            length += count;
            let place = format!("[json-pointer:/blocks/{index}/{place}]");
            if count == 0 {
                errors.push(format!("must be more than 0 characters {place}"));
            }
            if count > most {
                errors.push(format!("must be less than {} characters {place}", most + 1));
            }
        };
        match kind {
            "section" => text(&block["text"]["text"], 3000, "text/text"),
            "header" => text(&block["text"]["text"], 150, "text/text"),
            "context" => {
                let elements = block["elements"].as_array().map(Vec::as_slice);
                for element in elements.unwrap_or_default() {
                    text(&element["text"], 2000, "elements/text");
                }
            }
            "actions" => {
                let elements = block["elements"].as_array().map(Vec::as_slice);
                for element in elements.unwrap_or_default() {
                    text(&element["text"]["text"], 75, "elements/text/text");
                    text(&element["url"], 3000, "elements/url");
                }
            }
            "divider" => {}
            _ => errors.push(format!(
                "unsupported type: {kind} [json-pointer:/blocks/{index}]"
            )),
        }
        let plain = &block["text"]["type"];
        if kind == "header" && plain != "plain_text" {
            errors.push(format!(
                "must be plain_text [json-pointer:/blocks/{index}/text]"
            ));
        }
    }
    match (errors.is_empty(), length > ALL) {
        (false, _) => Err(Wrong::Blocks(errors)),
        (true, true) => Err(Wrong::TooLong),
        (true, false) => Ok(()),
    }
}
