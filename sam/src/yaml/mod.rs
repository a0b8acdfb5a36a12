//! Writes YAML that reads as if it were written by hand.
//!
//! No library that was looked at writes comments, or CloudFormation's tags, or chooses between a block and a line as a
//! person would. What is written here is a small part of YAML 1.2: block mappings and lists, lists in one line, literal
//! blocks, and scalars that are quoted wherever another reading is possible.

mod write;

/// A value, and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Yaml {
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Number(i64),
    /// A text.
    Text(String),
    /// A text of several lines, as it is.
    Literal(String),
    /// A list, an item to a line.
    List(Vec<Item>),
    /// A list in one line.
    Line(Vec<Yaml>),
    /// An object.
    Map(Map),
    /// An object in one line.
    Inline(Map),
    /// A value with a tag, such as `!Sub`.
    Tagged(&'static str, Box<Yaml>),
}

/// An item of a list, and the comment above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Lines of the comment.
    pub comment: Option<String>,
    /// The item.
    pub value: Yaml,
}

/// Entries in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Map(Vec<Entry>);

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    comment: Option<String>,
    key: String,
    value: Yaml,
}

impl Map {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one more entry.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Yaml>) -> Self {
        self.put(key, value);
        self
    }

    /// The same with the entries of another one.
    #[must_use]
    pub fn with_all(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The same with one more entry, under a comment.
    #[must_use]
    pub fn with_comment(
        mut self,
        comment: impl Into<String>,
        key: impl Into<String>,
        value: impl Into<Yaml>,
    ) -> Self {
        self.0.push(Entry {
            comment: Some(comment.into()),
            key: key.into(),
            value: value.into(),
        });
        self
    }

    /// Adds an entry.
    pub fn put(&mut self, key: impl Into<String>, value: impl Into<Yaml>) {
        self.0.push(Entry {
            comment: None,
            key: key.into(),
            value: value.into(),
        });
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As a text, indented by so many steps.
    #[must_use]
    pub fn render(&self, depth: usize) -> String {
        let mut out = String::new();
        write::map(&mut out, self, depth);
        out
    }
}

impl From<&str> for Yaml {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Yaml {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Yaml {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Yaml {
    fn from(value: i32) -> Self {
        Self::Number(value.into())
    }
}

impl From<u32> for Yaml {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl From<Map> for Yaml {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<Vec<Item>> for Yaml {
    fn from(items: Vec<Item>) -> Self {
        Self::List(items)
    }
}

impl<T: Into<Yaml>> From<Vec<T>> for Yaml {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Item::from).collect())
    }
}

impl<T: Into<Yaml>> From<T> for Item {
    fn from(value: T) -> Self {
        Self {
            comment: None,
            value: value.into(),
        }
    }
}

/// A list in one line.
pub fn line<T: Into<Yaml>>(items: impl IntoIterator<Item = T>) -> Yaml {
    Yaml::Line(items.into_iter().map(Into::into).collect())
}

/// `!Sub text`.
pub fn sub(text: impl Into<String>) -> Yaml {
    Yaml::Tagged("!Sub", Box::new(Yaml::Text(text.into())))
}

/// `!Ref name`.
pub fn reference(name: impl Into<String>) -> Yaml {
    Yaml::Tagged("!Ref", Box::new(Yaml::Text(name.into())))
}

/// `!GetAtt name`.
pub fn attribute(name: impl Into<String>) -> Yaml {
    Yaml::Tagged("!GetAtt", Box::new(Yaml::Text(name.into())))
}

/// `!If [condition, yes, no]`.
pub fn if_else(condition: &str, yes: impl Into<Yaml>, no: impl Into<Yaml>) -> Yaml {
    let parts: Vec<Yaml> = vec![condition.into(), yes.into(), no.into()];
    Yaml::Tagged("!If", Box::new(parts.into()))
}

/// `!Ref AWS::NoValue`.
pub fn nothing() -> Yaml {
    reference("AWS::NoValue")
}

impl Yaml {
    /// As JSON, with every reference, attribute and placeholder as a text of so many characters: for what is counted.
    #[must_use]
    pub fn counted(&self, placeholder: usize) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Bool(value) => (*value).into(),
            Self::Number(value) => (*value).into(),
            Self::Text(text) | Self::Literal(text) => text.as_str().into(),
            Self::List(items) => items
                .iter()
                .map(|item| item.value.counted(placeholder))
                .collect(),
            Self::Line(items) => items.iter().map(|item| item.counted(placeholder)).collect(),
            Self::Map(map) | Self::Inline(map) => {
                let entry = |entry: &Entry| (entry.key.clone(), entry.value.counted(placeholder));
                Value::Object(map.0.iter().map(entry).collect())
            }
            Self::Tagged("!Sub", inner) => match &**inner {
                Self::Text(text) => {
                    let mut parts = text.split("${");
                    let mut out = parts.next().unwrap_or_default().to_owned();
                    for part in parts {
                        out.push_str(&"x".repeat(placeholder));
                        out.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
                    }
                    out.into()
                }
                other => other.counted(placeholder),
            },
            Self::Tagged(..) => "x".repeat(placeholder).into(),
        }
    }
}
