"""Calls the API of a stack on MiniStack, by the way that its distribution takes: with the key that the API asks for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import stack


class Wrong(Exception):
    """Something is not as it should be."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: dict[str, Any]


class Api:
    """The API of a stage: a REST API, or an HTTP API."""

    def __init__(self, stage: str, address: str) -> None:
        aws, name = stack.session(stage), stack.name(stage)
        secrets = aws.client("secretsmanager", config=stack.TIMEOUTS)

        def secret(identifier: str) -> str:
            return str(secrets.get_secret_value(SecretId=identifier)["SecretString"])

        outputs = stack.outputs(aws, name)
        api = outputs["ApiId"]
        if "EdgeKeysArn" in outputs:
            self.base = f"{address}/_aws/execute-api/{api}/$default"
            self.key = {"x-edge-key": str(json.loads(secret(outputs["EdgeKeysArn"]))["a"])}
        else:
            self.base = f"{address}/restapis/{api}/{stage}/_user_request_"
            self.key = {"x-api-key": secret(stack.physical_id(aws, name, "EdgeKeySecret"))}

    def call(self, method: str, path: str, body: object = None, token: str | None = None) -> Answer:
        """Sends a request, and reads what comes back as JSON."""
        headers = dict(self.key)
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.base}{path}", data=data, headers=headers, method=method)
        try:
            with urlopen(request, timeout=40) as answer:
                status, text = answer.status, answer.read()
        except HTTPError as error:
            status, text = error.code, error.read()
        try:
            return Answer(status, json.loads(text) if text else {})
        except ValueError as error:
            raise Wrong(f"{method} {path} answered {status} and no JSON: {text[:500]!r}") from error

    def expect(
        self, status: int, method: str, path: str, body: object = None, token: str | None = None
    ) -> dict[str, Any]:
        """The same, where only this status is right."""
        answer = self.call(method, path, body, token)
        if answer.status != status:
            raise Wrong(f"{method} {path} answered {answer.status} instead of {status}: {answer.body}")
        return answer.body
