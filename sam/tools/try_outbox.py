"""Sends messages through a new stack's outbox: stream, filter, queue, worker; and poisoned ones to the dead letters.

MiniStack keeps pipes and does not run them to a queue, so what the pipe does is done here, as the template says it:
the table's stream is read, what passes the pipe's filter goes to the queue, each record as it is. The queue, the worker
and what becomes of its failures are the stack's own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import stack
from api import Api, Wrong
from expand import expand
from resend_outbox import resend
from try_keys import register

# Longer than the worker's first start and the retries of a poisoned message take.
PATIENCE = 120.0
# The queue's own is for a worker that takes its time; with it a poisoned message would take half an hour.
VISIBILITY = "1"
POISON = ["this is not JSON", json.dumps({"eventName": "INSERT", "dynamodb": {"Keys": {}}})]


def until(what: str, holds: Callable[[], bool]) -> None:
    """Waits for something to hold."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise Wrong(f"after {PATIENCE:.0f} seconds: not {what}")
        time.sleep(0.5)


class Outbox:
    """The outbox of a stack, and what is around it."""

    def __init__(self, stage: str) -> None:
        aws = stack.session(stage)
        outputs = stack.outputs(aws, stack.name(stage))
        self.table = outputs["TableName"]
        self.queue = outputs["OutboxQueueUrl"]
        self.dead_letters = outputs["OutboxDeadLetterQueueUrl"]
        self.dynamodb = aws.client("dynamodb", config=stack.TIMEOUTS)
        self._streams = aws.client("dynamodbstreams", config=stack.TIMEOUTS)
        self._events = aws.client("events", config=stack.TIMEOUTS)
        self.sqs = aws.client("sqs", config=stack.TIMEOUTS)
        pipe = expand(stage)["Resources"]["OutboxPipe"]["Properties"]
        filters = pipe["SourceParameters"]["FilterCriteria"]["Filters"]
        self._patterns = [each["Pattern"] for each in filters]

    def stream(self) -> list[dict[str, Any]]:
        """Every record of the table's stream."""
        arn = self.dynamodb.describe_table(TableName=self.table)["Table"]["LatestStreamArn"]
        records: list[dict[str, Any]] = []
        for shard in self._streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator = self._streams.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            while iterator:
                page = self._streams.get_records(ShardIterator=iterator)
                if not page["Records"]:
                    break
                records.extend({**record, "eventSourceARN": arn} for record in page["Records"])
                iterator = page.get("NextShardIterator")
        return records

    def passes(self, record: str) -> bool:
        """Whether the pipe's filter lets a record through."""
        # What an event of EventBridge has besides; a record of a stream has it not, and the patterns do not look at it.
        envelope = {
            "id": "1",
            "account": "1",
            "source": "stream",
            "time": "2026-01-01T00:00:00Z",
            "region": "r",
            "resources": [],
            "detail-type": "record",
            "detail": {},
        }
        event = json.dumps({**envelope, **json.loads(record)})
        matches = (self._events.test_event_pattern(EventPattern=p, Event=event)["Result"] for p in self._patterns)
        return any(matches)

    def send(self, bodies: list[str]) -> None:
        """Puts texts on the queue, in one batch."""
        entries = [{"Id": str(index), "MessageBody": body} for index, body in enumerate(bodies)]
        failed = self.sqs.send_message_batch(QueueUrl=self.queue, Entries=entries).get("Failed")
        if failed:
            raise Wrong(f"the queue does not take {failed}")

    def sent(self, message: str) -> bool:
        """Whether a message has left, as the table says."""
        key = {"PK": {"S": f"OUTBOX#{message}"}, "SK": {"S": "MESSAGE"}}
        item = self.dynamodb.get_item(TableName=self.table, Key=key, ConsistentRead=True).get("Item", {})
        return "sentAt" in item and "GSI2PK" not in item

    def count(self, queue: str) -> int:
        """How many messages are on a queue, also those that somebody is about to handle."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        attributes = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
        return sum(int(attributes[name]) for name in names)


class Subscriber:
    """Somebody who has a rule on the stack's bus, with a queue behind it."""

    def __init__(self, stage: str) -> None:
        aws = stack.session(stage)
        # By its name, because MiniStack knows no rules of a bus by its ARN.
        bus = stack.outputs(aws, stack.name(stage))["EventsBusArn"].rsplit("/", 1)[-1]
        self._sqs = aws.client("sqs", config=stack.TIMEOUTS)
        events = aws.client("events", config=stack.TIMEOUTS)
        self._queue = self._sqs.create_queue(QueueName="subscriber")["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])
        pattern = json.dumps({"source": ["civicforge"], "detail-type": ["quest.created"]})
        events.put_rule(Name="subscriber", EventBusName=bus, EventPattern=pattern)
        target = {"Id": "queue", "Arn": attributes["Attributes"]["QueueArn"]}
        events.put_targets(Rule="subscriber", EventBusName=bus, Targets=[target])

    def expect(self, message: str) -> None:
        """An event with the id of this message comes."""

        def comes() -> bool:
            got = self._sqs.receive_message(QueueUrl=self._queue, WaitTimeSeconds=1).get("Messages", [])
            events = [json.loads(each["Body"]) for each in got]
            return any(event["detail"]["id"] == message for event in events)

        until("on the bus", comes)
        print(f"message {message} came by the bus to a rule's queue")


def as_pipes_write_it(record: dict[str, Any]) -> str:
    """A record of the stream as the text that a pipe puts on a queue."""

    def default(value: object) -> object:
        return int(value.timestamp()) if isinstance(value, datetime) else str(value)

    return json.dumps(record, default=default)


def run(stage: str, address: str) -> None:
    """A quest's message to the worker, then poisoned ones beside a good one."""
    outbox = Outbox(stage)
    outbox.sqs.set_queue_attributes(QueueUrl=outbox.queue, Attributes={"VisibilityTimeout": VISIBILITY})
    api = Api(stage, address)
    token = register(api, "creator")
    quest = {"title": "Weed the beds", "description": "The six beds behind the hall need weeding."}

    def message_of_a_quest() -> tuple[str, str]:
        """The id of the message that a new quest leaves, and its record."""
        known = {record["eventID"] for record in outbox.stream()}
        api.expect(201, "POST", "/api/v1/quests", quest, token)
        new = [as_pipes_write_it(record) for record in outbox.stream() if record["eventID"] not in known]
        through = [record for record in new if outbox.passes(record)]
        # A quest is several items in one transaction; one of them is the message.
        if len(new) < 3 or len(through) != 1:
            raise Wrong(f"{len(through)} of {len(new)} records pass the pipe's filter, and not one of several")
        key: str = json.loads(through[0])["dynamodb"]["Keys"]["PK"]["S"]
        return key.removeprefix("OUTBOX#"), through[0]

    subscriber = Subscriber(stage)
    message, record = message_of_a_quest()
    if outbox.sent(message):
        raise Wrong("the message has left before it was on the queue")
    outbox.send([record])
    subscriber.expect(message)
    until("delivered", lambda: outbox.sent(message))
    until("taken off the queue", lambda: outbox.count(outbox.queue) == 0)
    print(f"message {message} went through stream, filter and queue to the worker")

    # One that the stream has told of and that never came to the queue.
    # Nor do those of what was tried before.
    aws, name = stack.session(stage), stack.name(stage)
    soon = datetime.now(UTC) + timedelta(minutes=5)
    before = resend(aws, name, soon, dry_run=True)
    message, _ = message_of_a_quest()
    sent = resend(aws, name, soon)
    if sent != before + 1:
        raise Wrong(f"{sent} messages are taken for unsent, and not {before + 1}")
    until("delivered after it was sent again", lambda: outbox.sent(message))
    until("taken off the queue", lambda: outbox.count(outbox.queue) == 0)
    print(f"message {message} was found in the table, sent again and delivered")

    message, record = message_of_a_quest()
    outbox.send([POISON[0], record, POISON[1]])
    until("delivered beside poisoned ones", lambda: outbox.sent(message))
    until("among the dead letters", lambda: outbox.count(outbox.dead_letters) == len(POISON))
    until("taken off the queue", lambda: outbox.count(outbox.queue) == 0)
    print(f"{len(POISON)} poisoned messages ended among the dead letters, and {message} did not")
