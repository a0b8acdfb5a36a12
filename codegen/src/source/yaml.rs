//! YAML 1.2 by the events of `saphyr-parser`, which keeps its own stack and so does not recurse.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::build::{Abort, Builder};
use super::scalar::{Scalar, resolve};
use super::{Data, FileId, NodeId, Position};
use crate::diagnostic::Code;

/// Reads the text into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) -> Result<(), Abort> {
    Reader {
        builder,
        anchors: HashMap::new(),
        open: Vec::new(),
        skipping: 0,
        documents: 0,
    }
    .run(text)
}

struct Reader<'a, 'b> {
    builder: &'a mut Builder<'b>,
    /// Finished values by the parser's anchor number. `None`: the value is not finished yet.
    anchors: HashMap<usize, Option<NodeId>>,
    /// The anchors of the objects and lists that are open; 0 is no anchor.
    open: Vec<usize>,
    /// How deep we are in a key that is an object or a list.
    skipping: usize,
    documents: usize,
}

impl Reader<'_, '_> {
    fn run(&mut self, text: &str) -> Result<(), Abort> {
        for event in Parser::new_from_str(text) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let place = place(self.builder.file, error.marker());
                    if error.info() == "recursion limit exceeded" {
                        let message = "Objects and lists are nested too deep.";
                        self.builder.problem(place, Code::TooDeep, message);
                        return Err(Abort);
                    }
                    let mut message = error.info().to_owned();
                    if let Some(first) = message.get(..1).map(str::to_uppercase) {
                        message.replace_range(..1, &first);
                    }
                    let hint = text
                        .lines()
                        .nth(error.marker().line().saturating_sub(1))
                        .is_some_and(|line| line.trim_start_matches(' ').starts_with('\t'))
                        .then(|| "Indent with spaces: YAML does not take tabs there.".to_owned());
                    self.builder
                        .push_problem(place, Code::Syntax, format!("{message}."), hint);
                    return Err(Abort);
                }
            };
            self.event(event, &span)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Abort> {
        let at = place(self.builder.file, &span.start);
        if self.skipping > 0 {
            self.skip(&event);
            return Ok(());
        }
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "A second YAML document starts here; a file has one.";
                    self.builder.problem(at, Code::MultipleDocuments, message);
                    return Err(Abort);
                }
            }
            Event::MappingStart(anchor, tag) => {
                if self.complex_key(at) {
                    return Ok(());
                }
                self.tag(tag.as_deref(), at);
                self.start(anchor);
                self.builder.open_map(at)?;
            }
            Event::SequenceStart(anchor, tag) => {
                if self.complex_key(at) {
                    return Ok(());
                }
                self.tag(tag.as_deref(), at);
                self.start(anchor);
                self.builder.open_list(at)?;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let node = self.builder.close()?;
                if let Some(anchor) = self.open.pop().filter(|anchor| *anchor > 0) {
                    self.anchors.insert(anchor, node);
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), at)?
            }
            Event::Alias(anchor) => self.alias(anchor, at)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn start(&mut self, anchor: usize) {
        self.open.push(anchor);
        if anchor > 0 {
            self.anchors.insert(anchor, None);
        }
    }

    /// A key that is an object or a list is reported and passed over.
    fn complex_key(&mut self, at: Position) -> bool {
        if !self.builder.expects_key() {
            return false;
        }
        let message = "A key is an object or an array; it must be a string.";
        self.builder.problem(at, Code::KeyNotString, message);
        self.builder.key("?".to_owned(), at, false);
        self.skipping = 1;
        true
    }

    fn skip(&mut self, event: &Event<'_>) {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => self.skipping += 1,
            Event::MappingEnd | Event::SequenceEnd => self.skipping -= 1,
            _ => {}
        }
    }

    fn alias(&mut self, anchor: usize, at: Position) -> Result<(), Abort> {
        let Some(source) = self.anchors.get(&anchor).copied().flatten() else {
            let message = "This alias stands inside of what it stands for.";
            self.builder.problem(at, Code::Syntax, message);
            return Err(Abort);
        };
        if !self.builder.expects_key() {
            return self.builder.alias(source, at);
        }
        let key = match self.builder.tree.data(source) {
            Data::String(text) => text.clone(),
            Data::Number(number) => number.to_string(),
            _ => {
                self.builder
                    .problem(at, Code::KeyNotString, "This key is not a string.");
                "?".to_owned()
            }
        };
        self.builder.key(key, at, false);
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        at: Position,
    ) -> Result<(), Abort> {
        let forced_text = self.tag(tag, at) == Some("str");
        let plain = matches!(style, ScalarStyle::Plain) && !forced_text;
        let scalar = if plain { resolve(text) } else { Scalar::Text };
        if self.builder.expects_key() {
            if matches!(scalar, Scalar::Null | Scalar::Bool(_)) {
                let message = format!("The key `{text}` is not a string in YAML.");
                let hint = Some(format!("Write it in quotes: \"{text}\"."));
                self.builder
                    .push_problem(at, Code::KeyNotString, message, hint);
            }
            if anchor > 0 {
                let node = self.builder.tree.add(at, Data::String(text.to_owned()));
                self.anchors.insert(anchor, Some(node));
            }
            self.builder.key(text.to_owned(), at, plain && text == "<<");
            return Ok(());
        }
        let data = match scalar {
            Scalar::Null => Data::Null,
            Scalar::Bool(value) => Data::Bool(value),
            Scalar::Number(number) => Data::Number(number),
            Scalar::Rounded(number) => {
                let message = format!("The integer {text} is wider than 64 bits and is rounded.");
                self.builder.problem(at, Code::NumberPrecision, message);
                Data::Number(number)
            }
            Scalar::NotJson => {
                let message = format!("JSON has no number {text}.");
                let hint = Some(format!("Write it in quotes if it is a string: \"{text}\"."));
                self.builder
                    .push_problem(at, Code::NumberRange, message, hint);
                Data::String(text.to_owned())
            }
            Scalar::Text => Data::String(text.to_owned()),
        };
        let node = self.builder.scalar(at, data)?;
        if anchor > 0 {
            self.anchors.insert(anchor, Some(node));
        }
        Ok(())
    }

    /// The name of a core tag; others are reported.
    fn tag<'t>(&mut self, tag: Option<&'t Tag>, at: Position) -> Option<&'t str> {
        let tag = tag?;
        if tag.is_yaml_core_schema() {
            return Some(&tag.suffix);
        }
        if !(tag.handle.is_empty() && tag.suffix == "!") {
            let message = format!("The YAML tag `{}{}` is ignored.", tag.handle, tag.suffix);
            self.builder.problem(at, Code::YamlTag, message);
            return None;
        }
        Some("str")
    }
}

fn place(file: FileId, marker: &saphyr_parser::Marker) -> Position {
    Position {
        file,
        line: u32::try_from(marker.line()).unwrap_or(u32::MAX).max(1),
        column: u32::try_from(marker.col() + 1).unwrap_or(u32::MAX),
    }
}
