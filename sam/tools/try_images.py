"""Sends an image to a new stack, and has it made, shown and removed; and gets a copy of everything about a member."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3

import stack
from api import Api, Wrong
from try_keys import PASSWORD
from try_outbox import until

HOUSE = {
    "title": "Craftsman house with a garden",
    "description": "Built in 1923.",
    "priceMinor": 32500000,
    "currency": "USD",
    "bedrooms": 3,
    "bathrooms": 1.5,
    "squareFeet": 1640,
    "address": "12 Elm Street",
    "city": "Springfield",
    "state": "IL",
    "zipCode": "62701",
}


def png(width: int, height: int) -> bytes:
    """A gray image."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def put(upload: dict[str, Any], file: bytes) -> int:
    """Sends a file to where an answer says."""
    request = Request(upload["url"], data=file, headers=upload["headers"], method="PUT")
    try:
        with urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def run(stage: str, address: str) -> None:
    """An image from its announcement to its end."""
    aws, name = stack.session(stage), stack.name(stage)
    s3 = aws.client("s3", config=stack.TIMEOUTS)
    uploads, images = (stack.physical_id(aws, name, bucket) for bucket in ["UploadsBucket", "ImagesBucket"])
    api = Api(stage, address)
    account = {"email": "seller@example.org", "password": PASSWORD, "name": "A seller", "userType": "seller"}
    token = api.expect(201, "POST", "/api/v1/auth/register", account)["accessToken"]
    listed = api.expect(201, "POST", "/api/v1/properties", HOUSE, token)
    path = f"/api/v1/properties/{listed['propertyId']}"

    file = png(640, 480)
    digest = base64.b64encode(hashlib.sha256(file).digest()).decode()
    draft = {"contentType": "image/png", "contentLength": len(file), "sha256": digest}
    upload = api.expect(201, "POST", f"{path}/images", draft, token)
    image = f"{path}/images/{upload['imageId']}"
    if not upload["url"].startswith(f"{address}/{uploads}/images/"):
        raise Wrong(f"{upload['url']} is not in {uploads}")
    api.expect(409, "POST", f"{image}/complete", token=token)
    if (status := put(upload, file[:-1] + b"x")) == 200:
        raise Wrong(f"another file than the one that was announced is answered {status}")
    if (status := put(upload, file)) != 200:
        raise Wrong(f"the upload is answered {status}")
    told = tell(aws, name, uploads, upload)

    def ready() -> bool:
        state = api.expect(200, "POST", f"{image}/complete", token=token)
        if state["status"] == "refused":
            raise Wrong(f"the image is refused: {state}")
        return bool(state["status"] == "ready")

    until("an image", ready)
    shown = api.expect(200, "GET", path)["images"][0]
    if (shown["width"], shown["height"]) != (640, 480):
        raise Wrong(f"the image is {shown}")

    def keys(bucket: str) -> set[str]:
        return {entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket).get("Contents", [])}

    web = f"images/{listed['propertyId']}/{upload['imageId']}/web.jpg"
    until("the upload's end", lambda: not keys(uploads))
    head = s3.head_object(Bucket=images, Key=web)
    if head["ContentType"] != "image/jpeg" or "max-age=86400" not in head.get("CacheControl", ""):
        raise Wrong(f"{web} has {head}")
    origins = s3.get_bucket_cors(Bucket=uploads)["CORSRules"][0]["AllowedOrigins"]
    if "https://app.example.org" not in origins:
        raise Wrong(f"pages of {origins} may upload")

    api.expect(204, "DELETE", image, token=token)
    remover = stack.physical_id(aws, name, "RemoveImagesFunction")
    aws.client("lambda", config=stack.TIMEOUTS).invoke(FunctionName=remover, Payload=b"{}")
    until("the image's end", lambda: not keys(images))
    print(f"an image was sent, {told}, made, shown and removed")

    body = {"currentPassword": PASSWORD}
    export = api.expect(200, "POST", "/api/v1/users/me/export", body, token)
    with urlopen(export["downloadUrl"], timeout=30) as answer:
        copy = json.load(answer)
        if answer.headers["Cache-Control"] != "no-store":
            raise Wrong(f"an export has {answer.headers}")
    if copy["account"]["email"] != account["email"] or len(copy["properties"]) != 1:
        raise Wrong(f"the export of a member is {copy}")
    print("a member has got a copy of everything")


def tell(aws: boto3.Session, name: str, bucket: str, upload: dict[str, Any]) -> str:
    """Tells the function what EventBridge would, where MiniStack does not, by the rule's own pattern."""
    key = upload["url"].split(f"/{bucket}/", 1)[1].split("?", 1)[0]
    events = aws.client("events", config=stack.TIMEOUTS)
    rule = stack.physical_id(aws, name, "RenderImagesObjectRule").rsplit("/", 1)[-1].rsplit("|", 1)[-1]
    pattern = events.describe_rule(Name=rule)["EventPattern"]
    event = {
        "id": "1",
        "account": "000000000000",
        "source": "aws.s3",
        "time": "2026-01-01T00:00:00Z",
        "region": "eu-central-1",
        "resources": [],
        "detail-type": "Object Created",
        "detail": {"bucket": {"name": bucket}, "object": {"key": key}},
    }
    if not events.test_event_pattern(EventPattern=pattern, Event=json.dumps(event))["Result"]:
        raise Wrong(f"{pattern} does not let {event} through")
    function = events.list_targets_by_rule(Rule=rule)["Targets"][0]["Arn"]
    client = aws.client("lambda", config=stack.TIMEOUTS)
    answer = client.invoke(FunctionName=function, Payload=json.dumps(event).encode())
    if "FunctionError" in answer:
        raise Wrong(f"{function} has failed: {answer['Payload'].read()!r}")
    return "told of by its rule"
