"""Restores the table of a new stack, from a backup and from its own past, with requests before and after.

MiniStack keeps of a table only its present, so a restore to a moment gives that; only a backup has what was before.
"""

from __future__ import annotations

import os
import subprocess
from typing import Any

import boto3

import stack
from api import Api, Wrong
from restore import Stack
from stopped import Stopped
from try_keys import register
from try_outbox import Outbox, until

QUEST = {"title": "Weed the beds", "description": "The six beds behind the hall need weeding."}


def restore(stage: str, *arguments: str) -> None:
    """Runs `sam/restore`."""
    command = [str(stack.SAM / "restore"), stage, *arguments]
    subprocess.run(command, check=True, env={**os.environ, "CIVICFORGE_RESTORE_PAUSE": "0.2"})


def same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise Wrong(f"{what}: {found}, and not {wanted}")


def settings(aws: boto3.Session, table: str) -> dict[str, Any]:
    """What a restore does not carry over."""
    client = aws.client("dynamodb", config=stack.TIMEOUTS)
    found = client.describe_table(TableName=table)["Table"]
    backups = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    tags = client.list_tags_of_resource(ResourceArn=found["TableArn"])["Tags"]
    return {
        "stream": found.get("StreamSpecification"),
        "time to live": client.describe_time_to_live(TableName=table)["TimeToLiveDescription"],
        "recovery": backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
        "protection": bool(found.get("DeletionProtectionEnabled")),
        "stage": {tag["Key"]: tag["Value"] for tag in tags}.get("civicforge:stage"),
        "indexes": sorted(index["IndexName"] for index in found["GlobalSecondaryIndexes"]),
    }


# As sam/parts/table.yaml has them for this stage. MiniStack does not give all of them to a table that a stack creates,
# so a restored table is not held against the first one.
WANTED = {
    "stream": {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
    "time to live": {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"},
    "recovery": "ENABLED",
    "protection": False,
    "stage": "dev",
    "indexes": ["GSI1", "GSI2"],
}


def sources_of_pipes(aws: boto3.Session, deployed: Stack) -> set[str]:
    pipes = aws.client("pipes", config=stack.TIMEOUTS)
    return {str(pipes.describe_pipe(Name=pipe)["Source"]) for pipe in deployed.physical_ids("AWS::Pipes::Pipe")}


def running(aws: boto3.Session, deployed: Stack, stage: str) -> list[object]:
    """Whether everything runs that writes to the table."""
    functions = aws.client("lambda", config=stack.TIMEOUTS)
    schedules = aws.client("scheduler", config=stack.TIMEOUTS)
    (api,) = deployed.physical_ids("AWS::ApiGateway::RestApi")
    settings = aws.client("apigateway", config=stack.TIMEOUTS).get_stage(restApiId=api, stageName=stage)
    mappings = sorted(deployed.physical_ids("AWS::Lambda::EventSourceMapping"))
    return [
        settings["methodSettings"]["*/*"]["throttlingRateLimit"],
        [functions.get_event_source_mapping(UUID=mapping)["State"] for mapping in mappings],
        [
            (name, schedules.get_schedule(Name=name)["State"])
            for name in sorted(deployed.physical_ids("AWS::Scheduler::Schedule"))
        ],
    ]


def deploy_again(stage: str, variables: dict[str, str]) -> None:
    """An ordinary deployment with another setting, which says nothing of restored tables."""
    environment = {**os.environ, **variables, "LOG_LEVEL": "debug"}
    root = stack.SAM.parent
    subprocess.run(["sam/deploy", stage, "--first", "--yes"], cwd=root, check=True, env=environment)


def run(stage: str, address: str, variables: dict[str, str]) -> None:
    """From a backup to traffic, then a deployment, then from the table's own past."""
    aws, name = stack.session(stage), stack.name(stage)
    api = Api(stage, address)
    token = register(api, "restored")
    kept: str = api.expect(201, "POST", "/api/v1/quests", QUEST, token)["questId"]
    outbox, original = Outbox(stage), Stack(aws, name)
    was_running = running(aws, original, stage)
    backups = aws.client("dynamodb", config=stack.TIMEOUTS)
    backup = backups.create_backup(TableName=original.table, BackupName="before")["BackupDetails"]["BackupArn"]
    lost: str = api.expect(201, "POST", "/api/v1/quests", QUEST, token)["questId"]

    Stopped(aws, stage, original.physical_ids).stop()
    same("a request while the API is stopped", api.call("GET", f"/api/v1/quests/{kept}", token=token).status, 429)
    if running(aws, original, stage) == was_running:
        raise Wrong("nothing was stopped")
    restore(stage, "--start")
    same("what runs", running(aws, original, stage), was_running)

    restore(stage, "--backup", backup, "--yes")
    restored = Stack(aws, name)
    if restored.table == original.table:
        raise Wrong("the stack has kept its table")
    same("settings", settings(aws, restored.table), WANTED)
    same("what runs", running(aws, restored, stage), was_running)
    same("tables of the functions", set(restored.functions().values()), {restored.table})
    stream = backups.describe_table(TableName=restored.table)["Table"]["LatestStreamArn"]
    same("the pipes' sources", sources_of_pipes(aws, restored), {stream})
    api.expect(200, "GET", f"/api/v1/quests/{kept}", token=token)
    api.expect(404, "GET", f"/api/v1/quests/{lost}", token=token)
    new: str = api.expect(201, "POST", "/api/v1/quests", QUEST, token)["questId"]
    outbox.table = restored.table
    # What the backup has of unsent messages: those of the quest before it.
    until("delivered", lambda: outbox.count(outbox.queue) == 0)
    print(f"{original.table} was restored from a backup as {restored.table}, and requests go to it")

    deploy_again(stage, variables)
    same("the table after a deployment", Stack(aws, name).table, restored.table)
    restore(stage, "--latest", "--yes")
    again = Stack(aws, name)
    if again.table in (original.table, restored.table):
        raise Wrong(f"the stack uses {again.table}")
    same("settings", settings(aws, again.table), WANTED)
    same("tables of the functions", set(again.functions().values()), {again.table})
    api.expect(200, "GET", f"/api/v1/quests/{new}", token=token)
    print(f"a deployment kept {restored.table}, which was restored to its latest moment as {again.table}")
