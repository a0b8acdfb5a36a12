//! The roles of `sam/template.yaml`, and IAM's evaluation of them.
//!
//! It knows the operators that the template uses and no others, so that a condition is never passed over. Nothing is denied
//! explicitly in these roles, so a request is allowed where one statement allows it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_norway::Value;

use super::access::{ATTRIBUTES, Access, Conditions, ENCLOSING, LEADING_KEYS};

/// The address that a mail comes from, and the parameter of the template that says it.
const FROM_ADDRESS: &str = "ses:FromAddress";
const FROM: &str = "MailFrom";

const TEMPLATE: &str = include_str!("../../../sam/template.yaml");

/// The template, with the little of CloudFormation that is needed to read it.
pub struct Template(Value);

/// What a role allows.
pub struct Statement {
    /// Where it stands, for whoever has to mend it.
    pub place: String,
    /// Such as `dynamodb:GetItem`.
    pub actions: Vec<String>,
    /// Such as `Table.Arn`, as the template names them.
    pub resources: Vec<String>,
    conditions: Vec<Condition>,
}

/// One operator on one condition key.
struct Condition {
    operator: String,
    key: &'static str,
    values: Vec<String>,
}

impl Template {
    pub fn read() -> Self {
        Self::of(TEMPLATE)
    }

    /// As it would be with `transactionGrants: merged` in `functions.yaml`.
    pub fn merged() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |path: &str| std::fs::read(root.join(path)).expect("a file");
        let mut functions = b"transactionGrants: merged\n".to_vec();
        functions.extend(read("sam/functions.yaml"));
        let functions = (Path::new("functions.yaml"), functions);
        let contract = (Path::new("openapi.yaml"), read("openapi.yaml"));
        let stack = civicforge_sam::Stack::read(functions, contract);
        let output = stack.and_then(|stack| stack.generate());
        Self::of(&output.expect("a template").template)
    }

    fn of(text: &str) -> Self {
        Self(serde_norway::from_str(text).expect("YAML"))
    }

    /// The functions, by the name in their variables: what is in those, and what the role allows.
    pub fn functions(&self) -> BTreeMap<String, (BTreeMap<String, String>, Vec<Statement>)> {
        let resources = self.0["Resources"].as_mapping().expect("resources");
        let functions = resources
            .values()
            .filter(|resource| resource["Type"] == "AWS::Serverless::Function");
        functions
            .map(|function| {
                let properties = &function["Properties"];
                let variables = self.variables(&properties["Environment"]["Variables"]);
                let role = text(&properties["Role"]);
                let role = role.strip_suffix(".Arn").expect("a role's ARN");
                let name = variables["CIVICFORGE_FUNCTION"].clone();
                (name, (variables, self.statements(role)))
            })
            .collect()
    }

    fn statements(&self, role: &str) -> Vec<Statement> {
        let policies = list(&self.0["Resources"][role]["Properties"]["Policies"]);
        let statements = policies
            .into_iter()
            .flat_map(|policy| list(&policy["PolicyDocument"]["Statement"]));
        statements
            .enumerate()
            .map(|(index, statement)| {
                assert_eq!(statement["Effect"], "Allow", "{role}: {index}");
                Statement {
                    place: format!("{role}, statement {}", index + 1),
                    actions: texts(&statement["Action"]),
                    resources: texts(&statement["Resource"]),
                    conditions: conditions(&statement["Condition"]),
                }
            })
            .collect()
    }

    /// What the variables are in a stack in which everything is called as it is in the template.
    fn variables(&self, variables: &Value) -> BTreeMap<String, String> {
        let variables = variables.as_mapping().expect("variables").iter();
        variables
            .map(|(name, value)| (text(name), self.resolved(value)))
            .collect()
    }

    fn resolved(&self, value: &Value) -> String {
        let Value::Tagged(tagged) = value else {
            return text(value);
        };
        let inner = &tagged.value;
        match tagged.tag.to_string().as_str() {
            "!Ref" => {
                let name = text(inner);
                if name == FROM {
                    return "no-reply@example.org".to_owned();
                }
                let default = &self.0["Parameters"][name.as_str()]["Default"];
                match default.is_null() {
                    false => text(default),
                    true if self.0["Resources"][name.as_str()]["Type"] == "AWS::SQS::Queue" => {
                        format!("https://sqs.example/{name}")
                    }
                    true => name,
                }
            }
            "!Sub" => {
                let pattern = regress::Regex::new(r"\$\{[^}]*\}").expect("a pattern");
                pattern.replace_all(&text(inner), "x")
            }
            "!GetAtt" => text(inner),
            "!If" if text(&inner[0]) == "IsRestored" => self.resolved(&inner[2]),
            "!If" => self.resolved(&inner[1]),
            "!FindInMap" => "1".to_owned(),
            other => panic!("nobody has said what {other} is in a variable"),
        }
    }
}

impl Statement {
    /// Whether it is about the table or one of its indexes, and such an action.
    pub fn is_about(&self, access: &Access) -> bool {
        self.actions.contains(&access.action) && self.resources.contains(&resource(access))
    }

    /// Whether it allows this.
    pub fn allows(&self, access: &Access) -> bool {
        self.is_about(access)
            && self
                .conditions
                .iter()
                .all(|condition| condition.holds(&access.context))
    }

    /// The values that it lists for a condition key.
    pub fn listed(&self, key: &str) -> BTreeSet<&str> {
        let conditions = self.conditions.iter();
        conditions
            .filter(|condition| condition.key == key && condition.operator != "Null")
            .flat_map(|condition| condition.values.iter().map(String::as_str))
            .collect()
    }
}

/// As the template names it.
fn resource(access: &Access) -> String {
    match &access.index {
        None => "Table.Arn".to_owned(),
        Some(index) => format!("${{Table.Arn}}/index/{index}"),
    }
}

impl Condition {
    fn holds(&self, context: &Conditions) -> bool {
        let found = context.get(self.key);
        let values = || found.into_iter().flatten();
        match self.operator.as_str() {
            "Null" => found.is_none() == (self.values == ["true"]),
            "ForAllValues:StringEquals" => values().all(|value| self.values.contains(value)),
            "ForAnyValue:StringEquals" => values().any(|value| self.values.contains(value)),
            "ForAllValues:StringLike" => {
                values().all(|value| self.values.iter().any(|pattern| like(pattern, value)))
            }
            other => panic!("nobody has said what {other} means"),
        }
    }
}

/// `*` stands for any text, in the one way in which the template uses it: at the end.
pub fn like(pattern: &str, value: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => value.starts_with(prefix),
        None => value == pattern,
    }
}

fn conditions(value: &Value) -> Vec<Condition> {
    let operators = value.as_mapping().into_iter().flatten();
    operators
        .flat_map(|(operator, keys)| {
            let keys = keys.as_mapping().expect("condition keys").iter();
            keys.map(move |(key, values)| {
                let values = texts(values);
                assert!(
                    values
                        .iter()
                        .all(|value| !value.trim_end_matches('*').contains('*'))
                );
                Condition {
                    operator: text(operator),
                    key: known(&text(key)),
                    values,
                }
            })
        })
        .collect()
}

fn known(key: &str) -> &'static str {
    [LEADING_KEYS, ATTRIBUTES, ENCLOSING, FROM_ADDRESS]
        .into_iter()
        .find(|known| *known == key)
        .unwrap_or_else(|| panic!("nobody has said where {key} comes from"))
}

pub fn list(value: &Value) -> Vec<&Value> {
    value.as_sequence().into_iter().flatten().collect()
}

/// One text or several, with or without a tag that says what kind of name it is.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(values) => values.iter().map(text).collect(),
        one => vec![text(one)],
    }
}

pub fn text(value: &Value) -> String {
    match value {
        // The table was not restored, and the rest is there.
        Value::Tagged(tagged) if tagged.tag == "!If" => match text(&tagged.value[0]).as_str() {
            "IsRestored" => text(&tagged.value[2]),
            _ => text(&tagged.value[1]),
        },
        Value::Tagged(tagged) => text(&tagged.value),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        other => panic!("{other:?} is not a text"),
    }
}
