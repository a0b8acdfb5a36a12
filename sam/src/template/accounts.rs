//! The user pool, and the functions that it calls.

use crate::Stack;
use crate::spec::CognitoTrigger;
use crate::yaml::{Map, attribute, reference};

use super::functions::invocable;
use super::logical;

const ACCOUNTS: &str = include_str!("../../parts/accounts.yaml");

/// Each trigger with its function.
fn triggers(stack: &Stack) -> Vec<(CognitoTrigger, &str)> {
    let functions = stack.source.spec.functions.iter();
    functions
        .flat_map(|(name, function)| {
            let triggers = function.events.iter().filter_map(|event| event.cognito);
            triggers.map(|trigger| (trigger, name.as_str()))
        })
        .collect()
}

/// The part of the template.
pub(super) fn resources(stack: &Stack) -> String {
    let triggers = triggers(stack);
    let mut config = Map::new();
    for (trigger, function) in &triggers {
        let alias = format!("{}.Alias", logical(function, "Function"));
        config.put(trigger.name(), reference(alias));
    }
    let config = match config.is_empty() {
        true => String::new(),
        false => Map::new().with("LambdaConfig", config).render(3),
    };
    let mut out = ACCOUNTS.replace("@TRIGGERS@\n", &format!("{config}\n"));
    let mut functions: Vec<&str> = triggers.into_iter().map(|(_, function)| function).collect();
    functions.dedup();
    for function in functions {
        let id = logical(function, "FunctionUserPoolPermission");
        out.push_str(&Map::new().with(id, permission(function)).render(1));
        out.push('\n');
    }
    out
}

fn permission(function: &str) -> Map {
    let pool = Map::new()
        .with("SourceAccount", reference("AWS::AccountId"))
        .with("SourceArn", attribute("UserPool.Arn"));
    invocable(function, "cognito-idp.amazonaws.com", pool)
}
