"""Runs a program of the functions under AWS's Lambda Runtime Interface Emulator; `sam/check-rie --help` says how."""

from __future__ import annotations

import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import samcli

from keys import Key

PACKAGE = Path(samcli.__file__).parent / "local" / "rapid"

# A request to GET /health, as a function URL or an HTTP API sends it.
REQUEST = {
    "version": "2.0",
    "routeKey": "$default",
    "rawPath": "/health",
    "rawQueryString": "",
    "headers": {"host": "example.org", "accept": "application/json"},
    "requestContext": {
        "accountId": "123456789012",
        "apiId": "api",
        "domainName": "example.org",
        "domainPrefix": "example",
        "http": {
            "method": "GET",
            "path": "/health",
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "test",
        },
        "requestId": "request-1",
        "routeKey": "$default",
        "stage": "$default",
        "time": "01/Jan/2026:00:00:00 +0000",
        "timeEpoch": 1767225600000,
    },
    "isBase64Encoded": False,
}

# All that the function `api` asks for. Health looks at no table, so there is none at the end of this address.
ENVIRONMENT = {
    "CIVICFORGE_FUNCTION": "api",
    "CIVICFORGE_STAGE": "dev",
    "CIVICFORGE_TABLE": "none",
    "CIVICFORGE_DYNAMODB_ENDPOINT": "http://127.0.0.1:9",
    "CIVICFORGE_PUBLIC_URL": "https://api.example.org",
    "CIVICFORGE_SECRET": "A" * 43,
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_LAMBDA_FUNCTION_NAME": "api",
    "AWS_LAMBDA_FUNCTION_TIMEOUT": "10",
}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def invoke(port: int, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Sends the request, once the emulator listens. The first one starts the program."""
    url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"
    deadline = time.monotonic() + 20
    while True:
        try:
            with urlopen(Request(url, data=json.dumps(REQUEST).encode()), timeout=20) as answer:
                result: dict[str, Any] = json.load(answer)
                return result
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def main() -> int:
    program = Path(sys.argv[1]).resolve()
    jwks = json.dumps({"keys": [Key.generate().jwk()]})
    machine = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine()]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as log:
        emulator = Path(folder) / "aws-lambda-rie"
        shutil.copy(PACKAGE / f"aws-lambda-rie-{machine}", emulator)
        emulator.chmod(0o755)
        port = free_port()
        command = [
            str(emulator),
            "--runtime-interface-emulator-address",
            f"127.0.0.1:{port}",
            "--runtime-api-address",
            f"127.0.0.1:{free_port()}",
            str(program),
        ]
        environment = {"PATH": os.environ["PATH"], **ENVIRONMENT, "CIVICFORGE_PUBLIC_KEYS": jwks}
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            answer = invoke(port, process)
        finally:
            process.terminate()
            process.wait(10)
            log.seek(0)
            said = log.read().decode(errors="replace")
    body = json.loads(answer.get("body") or "{}")
    if (answer.get("statusCode"), body.get("status")) != (200, "ok"):
        print(f"GET /health was answered with {answer}\n{said}", file=sys.stderr)
        return 1
    print(f"{program.name} answers GET /health under the Runtime Interface Emulator: {answer['statusCode']} {body}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
