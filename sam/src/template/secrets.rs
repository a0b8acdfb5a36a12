//! Secrets of the functions.

use crate::Stack;
use crate::spec::{Generated, Secret};
use crate::yaml::{Map, reference};

use super::logical;

pub(super) const INTRODUCTION: &str = "Secrets. Functions read them by ARN; docs/operations.md says how each is set and \
    changed. One that an operator sets has no value here: CloudFormation would put it in place of the operator's when its \
    text changes.";

/// Their resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let secrets = stack.source.spec.secrets.iter();
    secrets
        .map(|(name, secret)| (logical(name, ""), itself(secret)))
        .collect()
}

fn itself(secret: &Secret) -> Map {
    let mut properties = Map::new().with("Description", secret.description.as_str());
    if let Some(generated) = &secret.generated {
        properties.put("GenerateSecretString", value(generated));
    }
    Map::new()
        .with("Type", "AWS::SecretsManager::Secret")
        .with("DeletionPolicy", "Retain")
        .with("UpdateReplacePolicy", "Retain")
        .with("Properties", properties)
}

fn value(generated: &Generated) -> Map {
    let value = Map::new()
        .with("PasswordLength", generated.length)
        .with("ExcludePunctuation", true);
    match generated.exclude_characters.as_str() {
        "" => value,
        excluded => value.with("ExcludeCharacters", excluded),
    }
}

/// What the stack tells of those that an operator sets.
pub(super) fn outputs(stack: &Stack) -> Map {
    let mut out = Map::new();
    for (name, secret) in &stack.source.spec.secrets {
        if secret.generated.is_none() {
            let output = Map::new()
                .with("Description", secret.description.as_str())
                .with("Value", reference(logical(name, "")));
            out.put(logical(name, "Arn"), output);
        }
    }
    out
}
