"""Renders mapping templates of API Gateway with Apache Velocity, in whose language they are written."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).parent / "velocity" / "Render.java"


@dataclass(frozen=True)
class Request:
    """A template, and the headers of the request that it is rendered for."""

    template: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rendered:
    """The text, and the headers of the response that the template has set."""

    text: str
    headers: dict[str, str]


class NotATemplate(Exception):
    """Velocity cannot parse or render it."""


def render(requests: Sequence[Request]) -> list[Rendered | NotATemplate]:
    """Renders all of them in one process. VELOCITY_CLASSPATH has Velocity: `velocity` of sam/tools/common.sh."""
    lines = [f"{encoded(request.template)}\t{encoded(lines_of(request.headers))}\n" for request in requests]
    command = ["java", "-cp", os.environ["VELOCITY_CLASSPATH"], str(PROGRAM)]
    done = subprocess.run(command, input="".join(lines), check=True, stdout=subprocess.PIPE, text=True)
    results = [result_of(line) for line in done.stdout.splitlines()]
    if len(results) != len(requests):
        raise RuntimeError(f"{len(results)} results for {len(requests)} requests")
    return results


def result_of(line: str) -> Rendered | NotATemplate:
    kind, *fields = line.split("\t")
    texts = [base64.b64decode(field).decode() for field in fields]
    if kind == "error":
        return NotATemplate(texts[0])
    pairs = [header.split(": ", 1) for header in texts[1].splitlines()]
    return Rendered(texts[0], {name: value for name, value in pairs})


def lines_of(headers: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
