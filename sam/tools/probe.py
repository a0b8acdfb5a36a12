"""Shows how DynamoDB evaluates the conditions in the functions' roles; `sam/probe --help` says why."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import boto3
from botocore.exceptions import ClientError

import stack

NAME = "civicforge-probe"
# A new role's policy is not known everywhere at once. A refusal counts once it has lasted this long.
PATIENCE = 60.0
OK, CHANGE, FAILED, UNKNOWN = 0, 1, 2, 3

Statement = dict[str, Any]
Request = dict[str, Any]


def allow(action: str, keys: list[str], attributes: list[str] | None = None, in_transaction: bool = False) -> Statement:
    """A statement as sam/src/template/policy.rs writes it."""
    condition: dict[str, Any] = {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": keys},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }
    if attributes:
        condition["ForAllValues:StringEquals"] = {"dynamodb:Attributes": ["PK", "SK", *attributes]}
    if in_transaction:
        condition["ForAnyValue:StringEquals"] = {"dynamodb:EnclosingOperation": ["TransactWriteItems"]}
    return {
        "Effect": "Allow",
        "Action": f"dynamodb:{action}",
        "Resource": {"Fn::GetAtt": ["Table", "Arn"]},
        "Condition": condition,
    }


def key(partition: str) -> Request:
    return {"PK": {"S": f"{partition}#1"}, "SK": {"S": "1"}}


def put(partition: str, attribute: str) -> Request:
    return {"Put": {"TableName": "TABLE", "Item": {**key(partition), attribute: {"S": "1"}}}}


def check(partition: str) -> Request:
    check = {"TableName": "TABLE", "Key": key(partition), "ConditionExpression": "attribute_not_exists(gamma)"}
    return {"ConditionCheck": check}


def transaction(*parts: Request) -> Request:
    return {"transact_write_items": {"TransactItems": list(parts)}}


def alone(partition: str, attribute: str) -> Request:
    return {"put_item": put(partition, attribute)["Put"]}


@dataclass(frozen=True)
class Case:
    """One request with one role. `must` is what is certain, where it is."""

    name: str
    about: str
    role: list[Statement]
    request: Request
    must: bool | None = None


PART_BY_PART = [allow("PutItem", ["A#*"], ["alpha"], True), allow("PutItem", ["B#*"], ["beta"], True)]
MERGED = [allow("PutItem", ["A#*", "B#*"], ["alpha", "beta"], True)]
BY_KEY = [allow("PutItem", ["A#*"], None, True), allow("PutItem", ["B#*"], None, True)]
PUTS = allow("PutItem", ["A#*"], ["alpha"], True)
UPDATE = {
    "update_item": {
        "TableName": "TABLE",
        "Key": key("A"),
        "UpdateExpression": "SET alpha = :alpha",
        "ExpressionAttributeValues": {":alpha": {"S": "2"}},
        "ReturnValues": "ALL_NEW",
    }
}

BOTH = transaction(put("A", "alpha"), put("B", "beta"))
CROSSED = transaction(put("A", "beta"), put("B", "alpha"))
UPDATES = allow("UpdateItem", ["A#*"], ["alpha"])
BY_ATTRIBUTE = allow("PutItem", ["A#*"], ["alpha"])

CASES = [
    Case("AllowedKey", "a put of a key that is granted", [allow("PutItem", ["A#*"])], alone("A", "beta"), True),
    Case("ForeignKey", "a put of a key that is not granted", [allow("PutItem", ["A#*"])], alone("B", "beta"), False),
    Case(
        "ForeignAttribute",
        "an attribute that is not",
        [allow("PutItem", ["A#*"], ["alpha"])],
        alone("A", "beta"),
        False,
    ),
    Case("OutsideTransaction", "a put by itself, granted in transactions only", [PUTS], alone("A", "alpha"), False),
    Case("OnePart", "a transaction of one put", [PUTS], transaction(put("A", "alpha")), True),
    Case(
        "PartsByKey",
        "two puts, a statement for the key of each",
        BY_KEY,
        BOTH,
    ),
    Case("Parts", "the same with attributes", PART_BY_PART, BOTH),
    Case(
        "CrossedParts",
        "each with the other's attribute",
        PART_BY_PART,
        CROSSED,
    ),
    Case(
        "MergedParts",
        "two puts, one statement for both",
        MERGED,
        BOTH,
        True,
    ),
    Case(
        "Check",
        "a condition check that may stand anywhere",
        [PUTS, allow("ConditionCheckItem", ["B#*"])],
        transaction(put("A", "alpha"), check("B")),
    ),
    Case(
        "CheckInTransaction",
        "a condition check, granted in transactions only",
        [PUTS, allow("ConditionCheckItem", ["B#*"], None, True)],
        transaction(put("A", "alpha"), check("B")),
    ),
    Case(
        "AllNew", "an update of one attribute that answers with all", [allow("UpdateItem", ["A#*"], ["alpha"])], UPDATE
    ),
]


def template(account: str) -> str:
    """The stack: a table, and a role for each case."""
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}}
        ],
    }
    resources: dict[str, Any] = {
        "Table": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": n, "AttributeType": "S"} for n in ("PK", "SK")],
                "KeySchema": [
                    {"AttributeName": "PK", "KeyType": "HASH"},
                    {"AttributeName": "SK", "KeyType": "RANGE"},
                ],
            },
        }
    }
    for case in CASES:
        policy = {"Version": "2012-10-17", "Statement": case.role}
        resources[case.name] = {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": trust,
                "Policies": [{"PolicyName": "probe", "PolicyDocument": policy}],
            },
        }
    outputs = {name: {"Value": {"Fn::GetAtt": [name, "Arn"]}} for name in resources if name != "Table"}
    outputs["Table"] = {"Value": {"Ref": "Table"}}
    return json.dumps({"Resources": resources, "Outputs": outputs})


def with_table(request: object, table: str) -> Any:  # noqa: ANN401
    if isinstance(request, dict):
        return {name: with_table(value, table) for name, value in request.items()}
    if isinstance(request, list):
        return [with_table(value, table) for value in request]
    return table if request == "TABLE" else request


def is_allowed(client: Any, request: Request, table: str) -> bool:  # noqa: ANN401
    """Whether a request is allowed. Anything else that goes wrong is an error."""
    ((call, arguments),) = request.items()
    try:
        getattr(client, call)(**with_table(arguments, table))
    except ClientError as error:
        reasons = [reason.get("Code") for reason in error.response.get("CancellationReasons", [])]
        if {error.response["Error"]["Code"], *reasons} & {"AccessDeniedException", "AccessDenied"}:
            return False
        raise
    return True


def settled(ask: Callable[[], bool]) -> bool:
    """An allowed request is one at once; a refused one may be of a role that is too new."""
    deadline = time.monotonic() + PATIENCE
    while not ask():
        if time.monotonic() > deadline:
            return False
        time.sleep(5)
    return True


def run(aws: boto3.Session, outputs: dict[str, str]) -> dict[str, bool]:
    """What was allowed, by case."""
    sts = aws.client("sts", config=stack.TIMEOUTS)
    allowed = {}
    for case in CASES:
        got = sts.assume_role(RoleArn=outputs[case.name], RoleSessionName="probe")["Credentials"]
        session = boto3.Session(got["AccessKeyId"], got["SecretAccessKey"], got["SessionToken"], aws.region_name)
        client = session.client("dynamodb", config=stack.TIMEOUTS)
        request = case.request
        # A role that is not known yet is refused too, so what must be refused need not be asked again.
        ask = partial(is_allowed, client, request, outputs["Table"])
        allowed[case.name] = ask() if case.must is False else settled(ask)
        print(f"{case.name:20} {'allowed' if allowed[case.name] else 'refused':8} {case.about}", flush=True)
    return allowed


def verdict(allowed: dict[str, bool], cases: Iterable[Case] = CASES) -> tuple[int, list[str]]:
    """What follows: the exit status, and what to say."""
    let_through = [case.name for case in cases if case.must is False and allowed[case.name]]
    if let_through:
        text = f"nothing can be said: {', '.join(let_through)} must be refused; IAM is not evaluated here"
        return UNKNOWN, [text]
    kept_out = [case.name for case in cases if case.must is True and not allowed[case.name]]
    if kept_out:
        return UNKNOWN, [f"nothing can be said: {', '.join(kept_out)} must be allowed and was refused"]
    status, out = OK, []
    if allowed["Parts"] and allowed["CrossedParts"]:
        status = UNKNOWN
        out.append("a part's attributes are not held against the statement of its key: look at CrossedParts")
    elif allowed["Parts"]:
        out.append("parts are evaluated one by one: transactionGrants: perItem, the default, is right")
    else:
        status = CHANGE
        what = "attributes" if allowed["PartsByKey"] else "keys"
        out.append(f"the {what} of all puts count together: set transactionGrants: merged in sam/functions.yaml")
    if not allowed["Check"]:
        status = CHANGE
        out.append("a condition check needs more than ConditionCheckItem on its key: look at the refusal's message")
    if not allowed["CheckInTransaction"]:
        out.append("a condition check has no dynamodb:EnclosingOperation: the generator leaves it off, as it must")
    if not allowed["AllNew"]:
        status = CHANGE
        out.append("ALL_NEW is refused under dynamodb:Attributes: such grants need every attribute of the item")
    return status, out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the stack there")
    keep = parser.parse_args().keep
    aws = stack.session("dev")
    cloudformation = aws.client("cloudformation", config=stack.TIMEOUTS)
    try:
        account = aws.client("sts", config=stack.TIMEOUTS).get_caller_identity()["Account"]
        print(f"creating {NAME} in {account}, {aws.region_name}", file=sys.stderr, flush=True)
        cloudformation.create_stack(
            StackName=NAME, TemplateBody=template(account), Capabilities=["CAPABILITY_IAM"], OnFailure="DELETE"
        )
        try:
            cloudformation.get_waiter("stack_create_complete").wait(StackName=NAME)
            status, texts = verdict(run(aws, stack.outputs(aws, NAME)))
        finally:
            if not keep:
                print(f"deleting {NAME}", file=sys.stderr, flush=True)
                cloudformation.delete_stack(StackName=NAME)
                cloudformation.get_waiter("stack_delete_complete").wait(StackName=NAME)
    except Exception as error:  # Whatever it was, it says nothing about conditions.
        print(f"sam/probe: {error}", file=sys.stderr)
        return FAILED
    print("\n" + "\n".join(texts))
    return status


if __name__ == "__main__":
    sys.exit(main())
