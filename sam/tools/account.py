"""What an account must have before a stage is deployed to it, and what a deployment leaves behind.

account.py check STAGE [--first]   fails where the functions' concurrency does not fit into the account's
account.py clean STAGE             deletes old versions of the stage's functions
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import boto3

import stack
from expand import expand

# Lambda keeps so many back for functions that reserve nothing.
UNRESERVED = 100
# Versions that stay, the newest first: what a function is put back to.
KEPT = 10


def resolved(value: Any, conditions: dict[str, bool]) -> Any:  # noqa: ANN401
    """A value of the template, with its choices made."""
    if isinstance(value, dict) and "Fn::If" in value:
        condition, yes, no = value["Fn::If"]
        return resolved(yes if conditions.get(condition, False) else no, conditions)
    if isinstance(value, dict):
        return None if "Ref" in value else {key: resolved(each, conditions) for key, each in value.items()}
    return value


def asked(template: dict[str, Any], conditions: dict[str, bool]) -> tuple[int, int, int]:
    """How many invocations at once a template reserves, keeps warm, and keeps warm without reserving."""
    reserved, warm, unreserved_warm = 0, 0, 0
    functions = {}
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Lambda::Function":
            count = resolved(resource["Properties"].get("ReservedConcurrentExecutions"), conditions)
            functions[name] = int(count or 0)
            reserved += int(count or 0)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Alias":
            properties = resource["Properties"]
            config = resolved(properties.get("ProvisionedConcurrencyConfig"), conditions)
            count = int((config or {}).get("ProvisionedConcurrentExecutions") or 0)
            warm += count
            if not functions.get(properties["FunctionName"].get("Ref", "")):
                unreserved_warm += count
    return reserved, warm, unreserved_warm


def problem(limit: int, elsewhere: int, reserved: int, unreserved_warm: int) -> str | None:
    """Why it does not fit: `limit` is the account's, of which others have reserved `elsewhere`."""
    wanted = reserved + unreserved_warm
    free = limit - elsewhere - UNRESERVED
    if wanted == 0 or wanted <= free:
        return None
    return (
        f"the functions reserve or keep warm {wanted} invocations at once, "
        f"and the account has {max(free, 0)} for that: "
        f"{limit} in all, less {elsewhere} that others have reserved, less {UNRESERVED} that Lambda keeps back. "
        "Ask AWS for more (Service Quotas, Lambda, Concurrent executions), or take them out of sam/functions.yaml"
    )


def check(aws: boto3.Session, stage: str, first: bool) -> str | None:
    """Asks the account."""
    client = aws.client("lambda", config=stack.TIMEOUTS)
    limits = client.get_account_settings()["AccountLimit"]
    limit = int(limits["ConcurrentExecutions"])
    elsewhere = limit - int(limits.get("UnreservedConcurrentExecutions", limit))
    # What the stage itself has reserved already does not stand in its own way.
    for function in functions(client, stack.name(stage)):
        found = client.get_function_concurrency(FunctionName=function)
        elsewhere -= int(found.get("ReservedConcurrentExecutions", 0))
    conditions = {"IsProd": stage == "prod", "IsStaging": stage == "staging", "KeepsWarm": not first}
    reserved, warm, unreserved_warm = asked(expand(stage), conditions)
    print(f"{limit} invocations at once in the account; {reserved} reserved and {warm} kept warm here", file=sys.stderr)
    return problem(limit, max(elsewhere, 0), reserved, unreserved_warm)


def functions(client: Any, prefix: str) -> Iterator[str]:  # noqa: ANN401
    """The stage's functions."""
    for page in client.get_paginator("list_functions").paginate():
        names = (function["FunctionName"] for function in page["Functions"])
        yield from (name for name in names if name.startswith(f"{prefix}-"))


def clean(aws: boto3.Session, stage: str) -> int:
    """Deletes versions that are neither among the newest nor named by an alias; how many."""
    client = aws.client("lambda", config=stack.TIMEOUTS)
    deleted = 0
    for function in functions(client, stack.name(stage)):
        aliases = client.get_paginator("list_aliases").paginate(FunctionName=function)
        named = {version for page in aliases for alias in page["Aliases"] for version in versions_of(alias)}
        pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
        versions = [each["Version"] for page in pages for each in page["Versions"] if each["Version"] != "$LATEST"]
        for version in sorted(versions, key=int)[:-KEPT]:
            if version not in named:
                client.delete_function(FunctionName=function, Qualifier=version)
                deleted += 1
    return deleted


def versions_of(alias: dict[str, Any]) -> list[str]:
    """Those that an alias sends requests to; two, while it moves from one to the other."""
    return [alias["FunctionVersion"], *alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["check", "clean"])
    parser.add_argument("stage")
    parser.add_argument("--first", action="store_true", help="nothing is kept warm yet")
    arguments = parser.parse_args()
    aws = stack.session(arguments.stage)
    if arguments.action == "clean":
        print(f"{clean(aws, arguments.stage)} old versions are deleted")
        return 0
    found = check(aws, arguments.stage, arguments.first)
    if found:
        print(f"sam/deploy: {found}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
