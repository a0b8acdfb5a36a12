"""What the tools share about a stage's stack."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import boto3
from botocore.config import Config

SAM = Path(__file__).parents[1]
# No call may hang, and none is given up at the first try.
TIMEOUTS = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 4, "mode": "standard"})


def name(stage: str) -> str:
    """The stack's name, as sam/samconfig.toml has it."""
    return str(_parameters(stage)["stack_name"])


def session(stage: str) -> boto3.Session:
    """A session in the stage's region: the environment's, else that of sam/samconfig.toml."""
    return boto3.Session(region_name=os.environ.get("AWS_REGION") or str(_parameters(stage)["region"]))


def outputs(aws: boto3.Session, stack: str) -> dict[str, str]:
    """The outputs of a stack, by name."""
    found = aws.client("cloudformation", config=TIMEOUTS).describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def physical_id(aws: boto3.Session, stack: str, logical_id: str) -> str:
    """What AWS calls a resource of a stack."""
    client = aws.client("cloudformation", config=TIMEOUTS)
    detail = client.describe_stack_resource(StackName=stack, LogicalResourceId=logical_id)
    return str(detail["StackResourceDetail"]["PhysicalResourceId"])


def _parameters(stage: str) -> dict[str, object]:
    config = tomllib.loads((SAM / "samconfig.toml").read_text())
    parameters: dict[str, object] = config[stage]["deploy"]["parameters"]
    return parameters
