"""What writes to a stage's table, stopped and started again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3

import stack

FOLDER = stack.SAM.parent / "target"
# The one stage of an HTTP API.
DEFAULT = "$default"
# The limits of all routes without their own, beside those of routes: `POST /things`.
ALL_ROUTES = "*"
# Requests a second, and at once.
Limits = dict[str, tuple[float, int]]
# What a schedule is besides its state: an update sets everything anew.
SCHEDULE = [
    "Name",
    "GroupName",
    "ScheduleExpression",
    "ScheduleExpressionTimezone",
    "StartDate",
    "EndDate",
    "Description",
    "KmsKeyArn",
    "Target",
    "FlexibleTimeWindow",
    "ActionAfterCompletion",
]


class Stopped:
    """What was stopped, which a file under target/ remembers until it is started again.

    Only what was running is stopped, so that what somebody else has stopped stays so.
    """

    def __init__(self, aws: boto3.Session, stage: str, physical_ids: Callable[[str], list[str]]) -> None:
        self._stage = stage
        self._ids = physical_ids
        self._file: Path = FOLDER / f"stopped-{stage}.json"
        self._api = aws.client("apigateway", config=stack.TIMEOUTS)
        self._http_api = aws.client("apigatewayv2", config=stack.TIMEOUTS)
        self._lambda = aws.client("lambda", config=stack.TIMEOUTS)
        self._scheduler = aws.client("scheduler", config=stack.TIMEOUTS)
        self._pipes = aws.client("pipes", config=stack.TIMEOUTS)
        self._remembered: dict[str, Any] = json.loads(self._file.read_text()) if self._file.exists() else {}

    def stop(self) -> None:
        """Stops API, queues, schedules and pipe. The API answers 429 from now on."""
        for api in self._ids("AWS::ApiGateway::RestApi"):
            methods = self._api.get_stage(restApiId=api, stageName=self._stage)["methodSettings"]
            limits = {
                method: (settings["throttlingRateLimit"], settings["throttlingBurstLimit"])
                for method, settings in methods.items()
                if settings.get("throttlingRateLimit")
            }
            if limits:
                self._remember("apis", api, {**self._of("apis").get(api, {}), **limits})
                self._limit(api, dict.fromkeys(limits, (0, 0)))
        for api in self._ids("AWS::ApiGatewayV2::Api"):
            limits = {
                route: (settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"])
                for route, settings in self._settings(api).items()
                if settings.get("ThrottlingRateLimit")
            }
            if limits:
                self._remember("httpApis", api, {**self._of("httpApis").get(api, {}), **limits})
                self._limit_http(api, dict.fromkeys(limits, (0, 0)))
        for mapping in self._ids("AWS::Lambda::EventSourceMapping"):
            if self._lambda.get_event_source_mapping(UUID=mapping)["State"] in ("Enabled", "Enabling", "Creating"):
                self._remember("mappings", mapping, True)
                self._lambda.update_event_source_mapping(UUID=mapping, Enabled=False)
        for schedule in self._schedules("ENABLED"):
            self._remember("schedules", schedule["Name"], True)
            self._scheduler.update_schedule(**schedule, State="DISABLED")
        for pipe in self._ids("AWS::Pipes::Pipe"):
            # The change to another table makes another pipe, which runs; this one is for when it does not come to that.
            if self._pipes.describe_pipe(Name=pipe)["CurrentState"] in ("RUNNING", "STARTING", "CREATING"):
                self._remember("pipes", pipe, True)
                self._pipes.stop_pipe(Name=pipe)
        print({kind: len(each) for kind, each in self._remembered.items()}, "are stopped")

    def start(self) -> None:
        """Starts what was stopped, where it is still there."""
        for api, limits in self._of("apis").items():
            if api in self._ids("AWS::ApiGateway::RestApi"):
                self._limit(api, limits)
        for api, limits in self._of("httpApis").items():
            if api in self._ids("AWS::ApiGatewayV2::Api"):
                self._limit_http(api, limits)
        for mapping in self._of("mappings"):
            if mapping in self._ids("AWS::Lambda::EventSourceMapping"):
                self._lambda.update_event_source_mapping(UUID=mapping, Enabled=True)
        for schedule in self._schedules("DISABLED"):
            if schedule["Name"] in self._of("schedules"):
                self._scheduler.update_schedule(**schedule, State="ENABLED")
        for pipe in self._of("pipes"):
            if pipe in self._ids("AWS::Pipes::Pipe"):
                self._pipes.start_pipe(Name=pipe)
        print({kind: len(each) for kind, each in self._remembered.items()}, "are started")
        self._remembered = {}
        self._file.unlink(missing_ok=True)

    def _limit(self, api: str, limits: Limits) -> None:
        operations = [
            {"op": "replace", "path": f"/{in_a_patch(method)}/throttling/{what}", "value": str(value)}
            for method, (rate, burst) in limits.items()
            for what, value in (("rateLimit", rate), ("burstLimit", burst))
        ]
        self._api.update_stage(restApiId=api, stageName=self._stage, patchOperations=operations)

    def _limit_http(self, api: str, limits: Limits) -> None:
        # An update sets all of a route's settings anew.
        routes = {
            route: {**settings, "ThrottlingRateLimit": limits[route][0], "ThrottlingBurstLimit": limits[route][1]}
            for route, settings in self._settings(api).items()
            if route in limits
        }
        changes: dict[str, Any] = {}
        if ALL_ROUTES in routes:
            changes["DefaultRouteSettings"] = routes.pop(ALL_ROUTES)
        if routes:
            changes["RouteSettings"] = routes
        self._http_api.update_stage(ApiId=api, StageName=DEFAULT, **changes)

    def _settings(self, api: str) -> dict[str, Any]:
        stage = self._http_api.get_stage(ApiId=api, StageName=DEFAULT)
        return {ALL_ROUTES: stage.get("DefaultRouteSettings", {}), **stage.get("RouteSettings", {})}

    def _schedules(self, state: str) -> list[dict[str, Any]]:
        found = [self._scheduler.get_schedule(Name=name) for name in self._ids("AWS::Scheduler::Schedule")]
        return [{key: each[key] for key in SCHEDULE if key in each} for each in found if each["State"] == state]

    def _of(self, kind: str) -> dict[str, Any]:
        kept: dict[str, Any] = self._remembered.get(kind, {})
        return kept

    def _remember(self, kind: str, name: str, value: object) -> None:
        self._remembered.setdefault(kind, {})[name] = value
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(self._remembered))


def in_a_patch(method: str) -> str:
    """A method of `methodSettings`, such as `things/{id}/GET` or `*/*`, as a patch has it: with `~1` for slashes."""
    path, _, verb = method.rpartition("/")
    if path != "*":
        path = "~1" + path.replace("/", "~1").removeprefix("~1")
    return f"{path}/{verb}"
