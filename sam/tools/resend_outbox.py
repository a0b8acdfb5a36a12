"""Puts messages of a stage's outbox on their queue again that were never sent; `sam/resend-outbox --help` says when."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import boto3
from botocore.client import BaseClient

import stack

# SQS takes no more in one call.
BATCH = 10


def unsent(dynamodb: BaseClient, table: str, before: datetime) -> Iterator[dict[str, dict[str, str]]]:
    """The keys of messages that were made before a time, and neither sent nor given up."""
    pages = dynamodb.get_paginator("scan").paginate(
        TableName=table,
        ConsistentRead=True,
        ProjectionExpression="PK, SK",
        FilterExpression=(
            "entityType = :outbox AND createdAt < :before AND attribute_not_exists(sentAt)"
            " AND (attribute_not_exists(GSI2PK) OR GSI2PK <> :dead)"
        ),
        ExpressionAttributeValues={
            ":outbox": {"S": "OUTBOX"},
            ":before": {"S": before.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")},
            ":dead": {"S": "OUTBOX#dead"},
        },
    )
    for page in pages:
        yield from page["Items"]


def record(key: dict[str, dict[str, str]]) -> str:
    """What the pipe would have put on the queue: of a record the worker reads the event's name and the key."""
    return json.dumps({"eventName": "INSERT", "dynamodb": {"Keys": key}})


def resend(aws: boto3.Session, stack_name: str, before: datetime, dry_run: bool = False) -> int:
    """Sends them; the number of messages."""
    outputs = stack.outputs(aws, stack_name)
    dynamodb = aws.client("dynamodb", config=stack.TIMEOUTS)
    sqs = aws.client("sqs", config=stack.TIMEOUTS)
    keys = list(unsent(dynamodb, outputs["TableName"], before))
    if dry_run:
        return len(keys)
    for first in range(0, len(keys), BATCH):
        batch = enumerate(keys[first : first + BATCH])
        entries = [{"Id": str(index), "MessageBody": record(key)} for index, key in batch]
        failed = sqs.send_message_batch(QueueUrl=outputs["OutboxQueueUrl"], Entries=entries).get("Failed")
        if failed:
            raise SystemExit(f"the queue does not take {failed}; run this again")
    return len(keys)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("--minutes", type=int, default=60, help="only messages that are older (60)")
    parser.add_argument("--dry-run", action="store_true", help="only count them")
    arguments = parser.parse_args()
    before = datetime.now(UTC) - timedelta(minutes=arguments.minutes)
    aws = stack.session(arguments.stage)
    count = resend(aws, stack.name(arguments.stage), before, arguments.dry_run)
    print(f"{count} messages {'were never sent' if arguments.dry_run else 'are on the queue again'}")


if __name__ == "__main__":
    main()
