"""Replaces the key that a stage's distribution does not show; `sam/edge-key --help` says when."""

from __future__ import annotations

import argparse
import json
import secrets
import string
import sys

import boto3

import stack

LENGTH = 40
SLOTS = {"a": "b", "b": "a"}


class Refusal(Exception):
    """What was asked for makes no sense here."""


def shown(aws: boto3.Session, name: str) -> str:
    """The slot whose key the distribution shows, which is a parameter of the stack."""
    client = aws.client("cloudformation", config=stack.TIMEOUTS)
    parameters = client.describe_stacks(StackName=name)["Stacks"][0].get("Parameters", [])
    slots = [each["ParameterValue"] for each in parameters if each["ParameterKey"] == "ShownEdgeKey"]
    if not slots:
        raise Refusal(f"{name} has no edge keys: its API is a REST API, which asks for a key itself")
    return str(slots[0])


def replaced(document: str, slot: str, key: str) -> str:
    """The keys with another one in this slot."""
    keys: dict[str, str] = json.loads(document)
    return json.dumps({**keys, slot: key})


def rotate(aws: boto3.Session, name: str) -> str:
    """Puts a new key where the distribution does not look. Gives the slot."""
    slot = SLOTS[shown(aws, name)]
    client = aws.client("secretsmanager", config=stack.TIMEOUTS)
    secret = stack.physical_id(aws, name, "EdgeKeys")
    key = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(LENGTH))
    document = client.get_secret_value(SecretId=secret)["SecretString"]
    client.put_secret_value(SecretId=secret, SecretString=replaced(document, slot, key))
    return slot


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    stage = parser.parse_args().stage
    try:
        slot = rotate(stack.session(stage), stack.name(stage))
    except Refusal as refusal:
        print(f"sam/edge-key: {refusal}", file=sys.stderr)
        return 1
    print(f"key {slot} is new, and {SLOTS[slot]} is shown; functions know both within five minutes")
    print(f"to show it, wait ten minutes and deploy with EDGE_KEY={slot}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
