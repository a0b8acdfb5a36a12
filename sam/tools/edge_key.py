"""The keys that a distribution shows to functions behind an HTTP API; `sam/edge-key --help` says how they change.

edge_key.py replace STAGE      another key takes the place of the one that is not shown
edge_key.py check STAGE SLOT   fails where there is no key yet that a deployment is to show
"""

from __future__ import annotations

import argparse
import json
import secrets
import string
import sys
from typing import Any

import boto3
from botocore.exceptions import ClientError

import stack

LENGTH = 40
SLOTS = {"a": "b", "b": "a"}


class Refusal(Exception):
    """What was asked for makes no sense here."""


def described(aws: boto3.Session, name: str) -> dict[str, Any]:
    """The stack; nothing, where there is none yet."""
    client = aws.client("cloudformation", config=stack.TIMEOUTS)
    try:
        found: dict[str, Any] = client.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        return {}
    return found


def secret_of(deployed: dict[str, Any]) -> str | None:
    """The secret with the keys; none, where there is no stack yet, or one with a REST API."""
    outputs = {each["OutputKey"]: str(each["OutputValue"]) for each in deployed.get("Outputs", [])}
    return outputs.get("EdgeKeysArn")


def rotate(aws: boto3.Session, name: str) -> str:
    """Puts a new key where the distribution does not look. Gives the slot."""
    deployed = described(aws, name)
    secret = secret_of(deployed)
    if secret is None:
        raise Refusal(f"{name} has no edge keys: a REST API asks for a key itself")
    parameters = {each["ParameterKey"]: each["ParameterValue"] for each in deployed["Parameters"]}
    slot = SLOTS[parameters["ShownEdgeKey"]]
    client = aws.client("secretsmanager", config=stack.TIMEOUTS)
    key = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(LENGTH))
    keys: dict[str, str] = json.loads(client.get_secret_value(SecretId=secret)["SecretString"])
    client.put_secret_value(SecretId=secret, SecretString=json.dumps({**keys, slot: key}))
    return slot


def check(aws: boto3.Session, name: str, slot: str) -> None:
    """Refuses to show a key that is not there, with which every request would be refused.

    `a` is there from the start, and the first change of the secret makes `b`. So nobody has to read it who deploys.
    """
    if slot == "a":
        return
    secret = secret_of(described(aws, name))
    versions: dict[str, list[str]] = {}
    if secret is not None:
        client = aws.client("secretsmanager", config=stack.TIMEOUTS)
        versions = client.describe_secret(SecretId=secret).get("VersionIdsToStages", {})
    if not any("AWSPREVIOUS" in stages for stages in versions.values()):
        raise Refusal(f"there is no key {slot} yet that could be shown; sam/edge-key makes it")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("replace").add_argument("stage")
    checked = actions.add_parser("check")
    checked.add_argument("stage")
    checked.add_argument("slot", choices=sorted(SLOTS))
    given = parser.parse_args()
    aws, name = stack.session(given.stage), stack.name(given.stage)
    try:
        if given.action == "check":
            check(aws, name, given.slot)
            return 0
        slot = rotate(aws, name)
    except Refusal as refusal:
        print(f"sam/edge-key: {refusal}", file=sys.stderr)
        return 1
    print(f"key {slot} is new, and {SLOTS[slot]} is shown; functions know both within five minutes")
    print(f"to show it, wait ten minutes and deploy with EDGE_KEY={slot}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
