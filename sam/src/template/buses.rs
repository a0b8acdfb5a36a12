//! Buses of EventBridge, on which functions publish what has happened.

use crate::Stack;
use crate::spec::Bus;
use crate::yaml::{Map, Yaml, attribute, sub};

use super::logical;

pub(super) const INTRODUCTION: &str =
    "Buses. Whoever wants to be told makes a rule on one, in a stack of their own.";

/// The bus of this name in the template.
pub(super) fn arn(name: &str) -> Yaml {
    attribute(format!("{}.Arn", logical(name, "Bus")))
}

/// Their resources by name.
pub(super) fn resources(stack: &Stack) -> Vec<(String, Map)> {
    let buses = stack.source.spec.buses.iter();
    let of = |(name, bus): (&String, &Bus)| {
        let properties = Map::new()
            .with("Name", sub(format!("${{AWS::StackName}}-{name}")))
            .with("Description", bus.description.as_str());
        let resource = Map::new()
            .with("Type", "AWS::Events::EventBus")
            .with("Properties", properties);
        (logical(name, "Bus"), resource)
    };
    buses.map(of).collect()
}

/// What the stack tells of them, and exports to other stacks.
pub(super) fn outputs(stack: &Stack) -> Map {
    let mut out = Map::new();
    for (name, bus) in &stack.source.spec.buses {
        let output = logical(name, "BusArn");
        let export = Map::new().with("Name", sub(format!("${{AWS::StackName}}-{output}")));
        let value = Map::new()
            .with("Description", bus.description.as_str())
            .with("Value", arn(name))
            .with("Export", export);
        out.put(output, value);
    }
    out
}
