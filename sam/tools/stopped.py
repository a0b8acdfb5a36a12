"""What writes to a stage's table, stopped and started again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3

import stack

FOLDER = stack.SAM.parent / "target"
# Settings of every method of the API, as API Gateway names them.
RATE, BURST = "/*/*/throttling/rateLimit", "/*/*/throttling/burstLimit"
# The one stage of an HTTP API.
DEFAULT = "$default"
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
            settings = self._api.get_stage(restApiId=api, stageName=self._stage)["methodSettings"].get("*/*", {})
            rate, burst = settings.get("throttlingRateLimit"), settings.get("throttlingBurstLimit")
            if rate:
                self._remember("apis", api, [rate, burst])
                self._limit(api, 0, 0)
        for api in self._ids("AWS::ApiGatewayV2::Api"):
            settings = self._settings(api)
            rate, burst = settings.get("ThrottlingRateLimit"), settings.get("ThrottlingBurstLimit")
            if rate:
                self._remember("httpApis", api, [rate, burst])
                self._limit_http(api, 0, 0)
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
        for api, (rate, burst) in self._of("apis").items():
            if api in self._ids("AWS::ApiGateway::RestApi"):
                self._limit(api, rate, burst)
        for api, (rate, burst) in self._of("httpApis").items():
            if api in self._ids("AWS::ApiGatewayV2::Api"):
                self._limit_http(api, rate, burst)
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

    def _limit(self, api: str, rate: float, burst: int) -> None:
        changes = [(RATE, rate), (BURST, burst)]
        operations = [{"op": "replace", "path": path, "value": str(value)} for path, value in changes]
        self._api.update_stage(restApiId=api, stageName=self._stage, patchOperations=operations)

    def _limit_http(self, api: str, rate: float, burst: int) -> None:
        # An update sets all of them anew.
        settings = {**self._settings(api), "ThrottlingRateLimit": rate, "ThrottlingBurstLimit": burst}
        self._http_api.update_stage(ApiId=api, StageName=DEFAULT, DefaultRouteSettings=settings)

    def _settings(self, api: str) -> dict[str, Any]:
        found: dict[str, Any] = self._http_api.get_stage(ApiId=api, StageName=DEFAULT).get("DefaultRouteSettings", {})
        return found

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
