"""Expands sam/template.yaml as CloudFormation would, without AWS.

expand.py [STAGE] prints the CloudFormation template in JSON.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

import stack

# Where the programs are, as if `sam deploy` had put them there.
BUCKET = "packaged"

# What `sam deploy` is given by sam/deploy, where it does not matter.
A_REVISION = "1" * 64


class NoManagedPolicies:
    """The template names no managed policy by its name alone, so there is nothing to ask AWS for."""

    def load(self) -> dict[str, str]:
        return {}


# It tells of features that it could be given and of metrics that nobody reads.
logging.getLogger("samtranslator").setLevel(logging.ERROR)


def form(api: str) -> str:
    """The template with this kind of API, `rest` or `http`: `both_forms` of sam/tools/common.sh has made it."""
    return (stack.SAM.parent / "target" / "forms" / api / "template.yaml").read_text()


def program(function: dict[str, Any]) -> str:
    """The name of the program that a function of the template runs."""
    return str(function["Properties"]["CodeUri"]).rpartition("/")[2]


def expand(stage: str, text: str | None = None, **parameters: str) -> dict[str, Any]:
    """The CloudFormation template of a stage."""
    text = text or (stack.SAM / "template.yaml").read_text()
    return translate(text, {"Revision": A_REVISION, **parameters, "Stage": stage})


def translate(text: str, parameters: dict[str, str]) -> dict[str, Any]:
    """What the transform on AWS makes of a template. It replaces some references to parameters by their values."""
    # The translator wants to know for which partition of AWS it works.
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    template = yaml_parse(text)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": BUCKET, "Key": f"{program(resource)}.zip"}
    expanded: dict[str, Any] = transform(template, parameters, NoManagedPolicies())
    return expanded


if __name__ == "__main__":
    json.dump(expand(sys.argv[1] if len(sys.argv) > 1 else "dev"), sys.stdout, indent=2)
    print()
