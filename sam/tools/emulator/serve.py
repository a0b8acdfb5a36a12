"""MiniStack, with two things as CloudFormation does them.

SAM's transform gets the values of the stack's parameters: MiniStack gives it none, and then SAM refuses what it has to
know the value of, such as `AutoPublishCodeSha256`. And a condition may split a parameter.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from ministack.app import main
from ministack.services.cloudformation import changesets, engine, handlers, stacks
from samtranslator.translator import transform as translator

Template = dict[str, Any]

values: ContextVar[Template | None] = ContextVar("values", default=None)
apply_transforms = engine._apply_transforms
evaluate_conditions = engine._evaluate_conditions
translate = translator.transform


def apply_with_parameters(template: Template, provided: object = None, previous: object = None) -> Template:
    """What a stack's template becomes, which is where its parameters are still known."""
    token = values.set(engine._transform_parameters(template, provided, previous))
    try:
        applied: Template = apply_transforms(template, provided, previous)
        return applied
    finally:
        values.reset(token)


def translate_with_parameters(template: Template, _none: Template, policies: object) -> Template:
    """SAM's own transform."""
    translated: Template = translate(template, values.get() or {}, policies)
    return translated


def evaluate_with_split(template: Template, parameters: Template) -> dict[str, bool]:
    """The conditions of a template, with the parameters that they split already split."""

    def split(value: object) -> object:
        if isinstance(value, dict):
            if "Fn::Split" in value:
                separator, text = value["Fn::Split"]
                return str(parameters[text["Ref"]]["Value"]).split(separator)
            return {key: split(each) for key, each in value.items()}
        return [split(each) for each in value] if isinstance(value, list) else value

    conditions = split(template.get("Conditions", {}))
    evaluated: dict[str, bool] = evaluate_conditions({**template, "Conditions": conditions}, parameters)
    return evaluated


translator.transform = translate_with_parameters
for module in (engine, changesets, handlers, stacks):
    module._apply_transforms = apply_with_parameters
    module._evaluate_conditions = evaluate_with_split

if __name__ == "__main__":
    main()
