"""Asks the HTTP API of a new stack, by its distribution's key and without, and has the key replaced.

MiniStack answers OPTIONS itself and throttles no HTTP API, so preflights are not asked for, and of a stopped API only
the settings are looked at.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import boto3

import stack
import try_keys
from api import Api, Wrong
from restore import Stack
from stopped import DEFAULT, Stopped


def same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise Wrong(f"{what}: {found}, and not {wanted}")


def limits(aws: boto3.Session, api: str) -> dict[str, Any]:
    client = aws.client("apigatewayv2", config=stack.TIMEOUTS)
    settings: dict[str, Any] = client.get_stage(ApiId=api, StageName=DEFAULT)["DefaultRouteSettings"]
    return settings


def shown(aws: boto3.Session, deployed: Stack) -> str:
    """The key that the distribution shows."""
    (distribution,) = deployed.physical_ids("AWS::CloudFront::Distribution")
    client = aws.client("cloudfront", config=stack.TIMEOUTS)
    config = client.get_distribution_config(Id=distribution)["DistributionConfig"]
    origins = {origin["Id"]: origin for origin in config["Origins"]["Items"]}
    (header,) = origins["api"]["CustomHeaders"]["Items"]
    same("the header of the key", header["HeaderName"], "x-edge-key")
    return str(header["HeaderValue"])


def refuses_to_show(stage: str, slot: str, wanted: bool) -> None:
    """What `sam/deploy` asks before it has another key shown."""
    command = [sys.executable, str(stack.SAM / "tools" / "edge_key.py"), "check", stage, slot]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    same(f"whether {slot} is refused", (done.returncode, "sam/edge-key: " in done.stderr), (int(wanted), wanted))


def run(stage: str, address: str) -> None:
    aws, name = stack.session(stage), stack.name(stage)
    try_keys.make(stage, address)
    api, deployed = Api(stage, address), Stack(aws, name)
    for method, path, status, code in [
        ("DELETE", "/health", 405, "method_not_allowed"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/api/v1/users/me", 401, "unauthenticated"),
    ]:
        same(f"{method} {path}", api.expect(status, method, path)["code"], code)
    good = api.key
    for key in ({}, {"x-edge-key": "0" * 40}):
        api.key = key
        same("a request around the distribution", api.expect(403, "GET", "/health")["code"], "forbidden")
    api.key = good

    (http_api,) = deployed.physical_ids("AWS::ApiGatewayV2::Api")
    # MiniStack keeps what a template asks of a stage under names that its API does not have.
    before = {"DetailedMetricsEnabled": False, "ThrottlingRateLimit": 200.0, "ThrottlingBurstLimit": 400}
    client = aws.client("apigatewayv2", config=stack.TIMEOUTS)
    client.update_stage(ApiId=http_api, StageName=DEFAULT, DefaultRouteSettings=before)
    stopped = Stopped(aws, stage, deployed.physical_ids)
    stopped.stop()
    same(
        "limits of a stopped API",
        limits(aws, http_api),
        {**before, "ThrottlingRateLimit": 0, "ThrottlingBurstLimit": 0},
    )
    stopped.start()
    same("limits", limits(aws, http_api), before)

    same("the key that is shown", {"x-edge-key": shown(aws, deployed)}, good)
    refuses_to_show(stage, "b", True)
    subprocess.run([str(stack.SAM / "edge-key"), stage], check=True)
    refuses_to_show(stage, "b", False)
    api.expect(200, "GET", "/health")
    client = aws.client("cloudformation", config=stack.TIMEOUTS)
    parameters = client.describe_stacks(StackName=name)["Stacks"][0]["Parameters"]
    kept = [{"ParameterKey": each["ParameterKey"], "UsePreviousValue": True} for each in parameters]
    changed = [each for each in kept if each["ParameterKey"] != "ShownEdgeKey"]
    client.update_stack(
        StackName=name,
        UsePreviousTemplate=True,
        Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[*changed, {"ParameterKey": "ShownEdgeKey", "ParameterValue": "b"}],
    )
    client.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    secret = aws.client("secretsmanager", config=stack.TIMEOUTS)
    keys = json.loads(secret.get_secret_value(SecretId=stack.physical_id(aws, name, "EdgeKeys"))["SecretString"])
    same("the key that is shown", shown(aws, deployed), keys["b"])
    print(f"{http_api} answers whom the distribution lets through, and the distribution shows another key")
