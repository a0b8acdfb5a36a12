"""Five operations of CivicForge on FastAPI and boto3, as the design documents had them.

It works on the same items of the same table as the server that it is measured beside, verifies the same tokens,
checks the same rules, and writes the same transaction. Handlers that call boto3 are plain functions, which FastAPI runs
in threads.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import os
import time
import urllib.request
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import boto3
import jwt
import nh3
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.config import Config
from botocore.exceptions import ClientError
from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

TABLE = os.environ["PEER_TABLE"]
ISSUER = os.environ["PEER_ISSUER"]
AUDIENCE = "civicforge"
SECRET = os.urandom(32)

dynamodb = boto3.client(
    "dynamodb",
    endpoint_url=os.environ["PEER_ENDPOINT"],
    config=Config(max_pool_connections=64, connect_timeout=1, read_timeout=3, retries={"mode": "standard"}),
)
serialize = TypeSerializer().serialize
deserialize = TypeDeserializer().deserialize
access = logging.getLogger("access")

with urllib.request.urlopen(os.environ["PEER_JWKS"]) as response:
    KEYS = {key["kid"]: jwt.PyJWK(key).key for key in json.load(response)["keys"]}

app = FastAPI(title="CivicForge")
bearer = HTTPBearer(auto_error=False)


class Failure(Exception):
    """A response that is no success, as problem details."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail


@app.exception_handler(Failure)
async def problem(request: Request, failure: Failure) -> JSONResponse:
    body = {"type": "about:blank", "status": failure.status, "code": failure.code, "detail": failure.detail}
    return JSONResponse(body, failure.status, media_type="application/problem+json")


@app.middleware("http")
async def frame(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    started = time.perf_counter()
    request_id = str(uuid.uuid4())
    response = await call_next(request)
    response.headers["x-request-id"] = request_id
    access.info(
        json.dumps(
            {
                "requestId": request_id,
                "method": request.method,
                "path": request.url.path,
                "status": response.status_code,
                "latencyUs": int((time.perf_counter() - started) * 1e6),
            }
        )
    )
    return response


def member(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    if credentials is None:
        raise Failure(401, "unauthorized", "A credential is needed.")
    try:
        key = KEYS[jwt.get_unverified_header(credentials.credentials)["kid"]]
        claims = jwt.decode(credentials.credentials, key, ["RS256"], audience=AUDIENCE, issuer=ISSUER, leeway=30)
    except (jwt.PyJWTError, KeyError) as error:
        raise Failure(401, "invalid_token", "The access token is not valid.") from error
    return str(claims["sub"])


Member = Annotated[str, Depends(member)]


class Attestation(BaseModel):
    userId: uuid.UUID
    role: str
    attestedAt: datetime
    notes: str | None = None
    signature: str | None = None


class Quest(BaseModel):
    questId: uuid.UUID
    title: str
    description: str
    status: str
    creatorId: uuid.UUID
    performerId: uuid.UUID | None = None
    rewardXp: int
    rewardReputation: int
    attestations: list[Attestation] = []
    submissionText: str | None = None
    disputeReason: str | None = None
    createdAt: datetime
    claimedAt: datetime | None = None
    submittedAt: datetime | None = None
    completedAt: datetime | None = None
    expiresAt: datetime | None = None
    updatedAt: datetime
    version: int


class QuestPage(BaseModel):
    items: list[Quest]
    nextPageToken: str | None = None


class Task(BaseModel):
    taskId: uuid.UUID
    title: str
    description: str | None = None
    shop: str
    status: str
    urgency: str
    problemType: str | None = None
    majorRepair: bool = False
    clickUpUrl: str | None = None
    discourseUrl: str | None = None
    slackUrl: str | None = None
    notice: str | None = None
    createdAt: datetime
    updatedAt: datetime
    version: int


class TaskPage(BaseModel):
    items: list[Task]
    nextPageToken: str | None = None


class QuestDraft(BaseModel):
    title: str = Field(min_length=5, max_length=200)
    description: str = Field(min_length=20, max_length=2000)
    rewardXp: int = Field(default=100, ge=10, le=1000)
    rewardReputation: int = Field(default=10, ge=1, le=100)
    expiresAt: datetime | None = None


def item(found: dict[str, Any]) -> dict[str, Any]:
    return {name: deserialize(value) for name, value in found.items()}


def text(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok", "version": "1"}


@app.get("/api/v1/quests/{quest_id}", response_model_exclude_none=True)
def get_quest(quest_id: uuid.UUID, _: Member, response: Response) -> Quest:
    key = {"PK": {"S": f"QUEST#{quest_id}"}, "SK": {"S": f"QUEST#{quest_id}"}}
    found = dynamodb.get_item(TableName=TABLE, Key=key, ConsistentRead=True).get("Item")
    if found is None:
        raise Failure(404, "not_found", "There is no such quest.")
    quest = Quest(**item(found))
    response.headers["etag"] = f'"{quest.version}"'
    return quest


@app.get("/api/v1/quests", response_model_exclude_none=True)
def list_quests(caller: Member, status: str, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> QuestPage:
    found = dynamodb.query(
        TableName=TABLE,
        IndexName="GSI2",
        KeyConditionExpression="GSI2PK = :partition",
        ExpressionAttributeValues={":partition": {"S": f"STATUS#{status}#0"}},
        ScanIndexForward=False,
        Limit=limit,
    )
    token = None
    if "LastEvaluatedKey" in found:
        position = json.dumps([found["LastEvaluatedKey"], caller, status]).encode()
        tag = hmac.new(SECRET, position, hashlib.sha256).digest()
        token = base64.urlsafe_b64encode(tag + position).decode()
    return QuestPage(items=[Quest(**item(one)) for one in found["Items"]], nextPageToken=token)


@app.get("/api/v1/tasks", response_model_exclude_none=True)
def list_tasks(response: Response, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> TaskPage:
    found = dynamodb.query(
        TableName=TABLE,
        IndexName="GSI2",
        KeyConditionExpression="GSI2PK = :partition",
        ExpressionAttributeValues={":partition": {"S": "TASKS#OPEN#0"}},
        ScanIndexForward=False,
        Limit=limit,
    )
    token = None
    if "LastEvaluatedKey" in found:
        position = json.dumps([found["LastEvaluatedKey"], "OPEN"]).encode()
        tag = hmac.new(SECRET, position, hashlib.sha256).digest()
        token = base64.urlsafe_b64encode(tag + position).decode()
    response.headers["cache-control"] = "public, max-age=5"
    return TaskPage(items=[Task(**item(one)) for one in found["Items"]], nextPageToken=token)


@app.post("/api/v1/quests", status_code=201, response_model_exclude_none=True)
def create_quest(draft: QuestDraft, caller: Member, response: Response) -> Quest:
    now = datetime.now(UTC)
    if draft.expiresAt is not None and draft.expiresAt <= now:
        raise Failure(400, "validation_failed", "expiresAt must be in the future")
    quest_id, created = uuid.uuid4(), text(now)
    quest = {
        "questId": str(quest_id),
        "title": " ".join(draft.title.split()),
        "description": nh3.clean(draft.description.strip()),
        "status": "OPEN",
        "creatorId": caller,
        "rewardXp": draft.rewardXp,
        "rewardReputation": draft.rewardReputation,
        "attestations": [],
        "createdAt": created,
        "updatedAt": created,
        "version": 1,
    }
    keys = {
        "PK": f"QUEST#{quest_id}",
        "SK": f"QUEST#{quest_id}",
        "GSI1PK": f"USER#{caller}",
        "GSI1SK": f"QUEST#{created}#{quest_id}",
        "GSI2PK": "STATUS#OPEN#0",
        "GSI2SK": f"{created}#{quest_id}",
        "entityType": "QUEST",
    }
    message_id = str(uuid.uuid4())
    message = {
        "PK": f"OUTBOX#{message_id}",
        "SK": "MESSAGE",
        "GSI2PK": "OUTBOX#due#0",
        "GSI2SK": f"{created}#{message_id}",
        "entityType": "OUTBOX",
        "messageId": message_id,
        "kind": "quest.created",
        "version": 1,
        "payload": json.dumps({"questId": str(quest_id), "creatorId": caller, "title": quest["title"]}),
        "createdAt": created,
        "attempts": 0,
    }

    def put(values: dict[str, Any]) -> dict[str, Any]:
        return {
            "Put": {
                "TableName": TABLE,
                "Item": {name: serialize(value) for name, value in values.items()},
                "ConditionExpression": "attribute_not_exists(PK)",
            }
        }

    pay = {
        "TableName": TABLE,
        "Key": {"PK": {"S": f"USER#{caller}"}, "SK": {"S": "PROFILE"}},
        "ConditionExpression": "questCreationPoints >= :one",
        "UpdateExpression": "SET updatedAt = :now ADD questCreationPoints :less, questsCreated :one, version :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}, ":less": {"N": "-1"}, ":now": {"S": created}},
    }
    try:
        dynamodb.transact_write_items(TransactItems=[put(quest | keys), {"Update": pay}, put(message)])
    except ClientError as error:
        if error.response["Error"]["Code"] == "TransactionCanceledException":
            raise Failure(409, "insufficient_points", "You have no quest-creation point left.") from error
        raise Failure(503, "service_unavailable", "The table cannot be used right now.") from error
    response.headers["location"] = f"/api/v1/quests/{quest_id}"
    response.headers["etag"] = '"1"'
    return Quest(**quest)
