//! How requests go over to new versions: CodeDeploy moves the alias, and back where an alarm goes off meanwhile.

use crate::Stack;
use crate::spec::{Function, Rollout, Rollouts};
use crate::yaml::{Map, Yaml, attribute, if_else, line, nothing, reference, sub};

use super::{alarms, functions};

pub(super) const INTRODUCTION: &str = "What CodeDeploy may do to move requests to new versions.";

/// Whether a stage says how.
pub(crate) fn any(stack: &Stack) -> bool {
    stack.source.spec.rollouts != Rollouts::default()
}

/// How one function's requests go over.
pub(super) fn preference(stack: &Stack, function: &Function) -> Option<Map> {
    if !(any(stack) && function.serves()) {
        return None;
    }
    let Rollouts { dev, staging, prod } = stack.source.spec.rollouts;
    let name = |rollout: Option<Rollout>| Yaml::from(rollout.unwrap_or(Rollout::AllAtOnce).name());
    let mut kind = name(dev);
    if staging != dev {
        kind = if_else("IsStaging", name(staging), kind);
    }
    if prod != dev || staging != dev {
        kind = if_else("IsProd", name(prod), kind);
    }
    let alarms = alarms::of_rollouts(stack);
    let alarms = alarms.into_iter().map(reference).collect::<Vec<_>>();
    Some(
        Map::new()
            .with("Type", if_else("IsGradual", kind, "AllAtOnce"))
            .with("Role", attribute("RolloutRole.Arn"))
            // An alarm that is on already would stop the very deployment that is to mend its cause.
            .with("Alarms", if_else("IsGradual", alarms, vec![nothing()])),
    )
}

/// Its resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    if !any(stack) {
        return Vec::new();
    }
    let statement = |actions: Yaml, resource: Yaml| {
        Map::new()
            .with("Effect", "Allow")
            .with("Action", actions)
            .with("Resource", resource)
    };
    let trust = Map::new()
        .with("Effect", "Allow")
        .with("Action", "sts:AssumeRole")
        .with(
            "Principal",
            Map::new().with("Service", "codedeploy.amazonaws.com"),
        )
        .with(
            "Condition",
            Map::new().with(
                "StringEquals",
                Map::new().with("aws:SourceAccount", reference("AWS::AccountId")),
            ),
        );
    let actions = [
        "lambda:GetAlias",
        "lambda:GetProvisionedConcurrencyConfig",
        "lambda:UpdateAlias",
    ];
    let names = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-*";
    let document = |statements: Vec<Map>| {
        Map::new()
            .with("Version", "2012-10-17")
            .with("Statement", statements)
    };
    let policy = document(vec![
        statement(line(actions), sub(names)),
        // Alarms are described all together.
        statement("cloudwatch:DescribeAlarms".into(), "*".into()),
    ]);
    let role = Map::new().with("Type", "AWS::IAM::Role").with(
        "Properties",
        Map::new()
            .with("PermissionsBoundary", functions::boundary())
            .with("AssumeRolePolicyDocument", document(vec![trust]))
            .with(
                "Policies",
                vec![
                    Map::new()
                        .with("PolicyName", "rollout")
                        .with("PolicyDocument", policy),
                ],
            ),
    );
    vec![("RolloutRole".to_owned(), role)]
}
