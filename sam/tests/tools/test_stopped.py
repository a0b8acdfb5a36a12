"""An API that is stopped takes nothing, also where a method has its own limit; and each has its own again then."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import boto3
from botocore.stub import Stubber

import stopped

KINDS = {"AWS::ApiGateway::RestApi": ["rest"], "AWS::ApiGatewayV2::Api": ["http"]}
METHODS = {
    "*/*": (50.0, 100),
    "~1hooks~1a/POST": (20.0, 40),
    "hooks/{b}/POST": (10.0, 20),
}
PATCHES = ["/*/*", "/~1hooks~1a/POST", "/~1hooks~1{b}/POST"]
ROUTES = {"POST /hooks/a": (20.0, 40), "POST /hooks/{b}": (10.0, 20)}


def methods(limits: dict[str, tuple[float, int]]) -> dict[str, object]:
    each = {
        method: {"throttlingRateLimit": rate, "throttlingBurstLimit": burst} for method, (rate, burst) in limits.items()
    }
    return {"methodSettings": each}


def patches(limits: list[tuple[float, int]]) -> list[dict[str, str]]:
    return [
        {"op": "replace", "path": f"{path}/throttling/{what}", "value": str(value)}
        for path, (rate, burst) in zip(PATCHES, limits, strict=True)
        for what, value in (("rateLimit", rate), ("burstLimit", burst))
    ]


def settings(limit: tuple[float, int]) -> dict[str, object]:
    return {"DetailedMetricsEnabled": False, "ThrottlingRateLimit": limit[0], "ThrottlingBurstLimit": limit[1]}


def http(all_routes: tuple[float, int], routes: dict[str, tuple[float, int]]) -> dict[str, object]:
    each = {route: settings(limit) for route, limit in routes.items()}
    return {"DefaultRouteSettings": settings(all_routes), "RouteSettings": each}


class StoppedApis(unittest.TestCase):
    def setUp(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.object(stopped, "FOLDER", folder))
        session = boto3.Session("id", "key", region_name="eu-central-1")
        self.clients = {name: session.client(name) for name in ("apigateway", "apigatewayv2", "scheduler")}
        self.rest, self.http, schedules = (self.enterContext(Stubber(each)) for each in self.clients.values())
        del schedules

    def stopped(self) -> stopped.Stopped:
        aws = mock.Mock(client=lambda name, config: self.clients.get(name))
        return stopped.Stopped(aws, "dev", lambda kind: KINDS.get(kind, []))

    def expect(self, before: bool) -> None:
        """The calls that stop the APIs, or start them."""
        none, stage = (0.0, 0), {"restApiId": "rest", "stageName": "dev"}
        then = dict.fromkeys(METHODS, (0, 0)) if before else METHODS
        if before:
            self.rest.add_response("get_stage", methods(METHODS), stage)
        change = {**stage, "patchOperations": patches(list(then.values()))}
        self.rest.add_response("update_stage", {}, change)
        stage = {"ApiId": "http", "StageName": "$default"}
        full, empty = http((50.0, 100), ROUTES), http(none, dict.fromkeys(ROUTES, none))
        now, becomes = (full, empty) if before else (empty, full)
        for _ in range(2 if before else 1):
            self.http.add_response("get_stage", {"StageName": "$default", **now}, stage)
        self.http.add_response("update_stage", {}, {**stage, **becomes})

    def test_every_limit_is_taken_and_given_back(self) -> None:
        self.expect(before=True)
        self.stopped().stop()
        self.rest.assert_no_pending_responses()
        self.http.assert_no_pending_responses()
        # By another process, which knows what the file remembers.
        self.expect(before=False)
        self.stopped().start()
        self.rest.assert_no_pending_responses()
        self.http.assert_no_pending_responses()

    def test_stopping_twice_forgets_no_limit(self) -> None:
        self.expect(before=True)
        self.stopped().stop()
        nothing = dict.fromkeys(METHODS, (0.0, 0))
        self.rest.add_response("get_stage", methods(nothing), {"restApiId": "rest", "stageName": "dev"})
        is_stopped = http((0.0, 0), dict.fromkeys(ROUTES, (0.0, 0)))
        stage = {"ApiId": "http", "StageName": "$default"}
        self.http.add_response("get_stage", {"StageName": "$default", **is_stopped}, stage)
        self.stopped().stop()
        self.expect(before=False)
        self.stopped().start()
        self.rest.assert_no_pending_responses()
