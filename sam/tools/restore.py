"""Puts a restored table in the place of a stage's table; `sam/restore --help` says how."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.exceptions import ClientError

import stack
from resend_outbox import resend
from stopped import Stopped

# How long AWS may take, and how often it is asked. The restore of a large table takes hours.
PATIENCE = 24 * 3600.0
PAUSE = float(os.environ.get("CIVICFORGE_RESTORE_PAUSE", "15"))


class Refusal(Exception):
    """It cannot be done, or not like this."""


def say(text: str) -> None:
    print(f"\n== {text}", file=sys.stderr, flush=True)


def wait(what: str, ask: Callable[[], str | None]) -> None:
    """Asks until there is nothing left to wait for, and says how it goes: `ask` gives the present state, or None."""
    start = time.monotonic()
    while (state := ask()) is not None:
        passed = int(time.monotonic() - start)
        if passed > PATIENCE:
            raise Refusal(f"{what}: {state} after {passed // 3600} hours")
        print(f"{passed // 60:4}:{passed % 60:02} {what}: {state}", file=sys.stderr, flush=True)
        time.sleep(PAUSE)


class Stack:
    """The stack of a stage, as it was deployed last."""

    def __init__(self, aws: boto3.Session, name: str) -> None:
        self.name = name
        self.cloudformation = aws.client("cloudformation", config=stack.TIMEOUTS)
        self._s3 = aws.client("s3", config=stack.TIMEOUTS)
        self._lambda = aws.client("lambda", config=stack.TIMEOUTS)
        described = self.cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        self.parameters = {each["ParameterKey"]: each["ParameterValue"] for each in described["Parameters"]}
        self.tags: list[dict[str, str]] = described.get("Tags", [])
        outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]}
        self.table = outputs["TableName"]
        if "RestoredTable" not in self.parameters:
            raise Refusal(f"{name} does not know restored tables yet: deploy it once as it is in this folder")

    def physical_ids(self, kind: str) -> list[str]:
        """What AWS calls the resources of a type."""
        pages = self.cloudformation.get_paginator("list_stack_resources").paginate(StackName=self.name)
        resources = (resource for page in pages for resource in page["StackResourceSummaries"])
        return [resource["PhysicalResourceId"] for resource in resources if resource["ResourceType"] == kind]

    def use(self, table: str, stream: str) -> None:
        """Has CloudFormation change the stack to another table, with the template and program that it has.

        The original template is given again, because SAM's transform has to make new versions of the functions of it.
        """
        original = self.cloudformation.get_template(StackName=self.name, TemplateStage="Original")["TemplateBody"]
        text = original if isinstance(original, str) else json.dumps(original)
        changed = {
            "RestoredTable": table,
            "RestoredTableStream": stream,
            "Revision": hashlib.sha256(f"{self.parameters['Revision']} {table} {stream}".encode()).hexdigest(),
        }
        change_set = f"restore-{datetime.now(UTC):%Y%m%d%H%M%S}"
        role = os.environ.get("EXECUTION_ROLE_ARN")
        self.cloudformation.create_change_set(
            StackName=self.name,
            ChangeSetName=change_set,
            Description=f"Use the table {table}.",
            TemplateURL=self._upload(text, change_set),
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=[
                {"ParameterKey": key, "ParameterValue": changed[key]}
                if key in changed
                else {"ParameterKey": key, "UsePreviousValue": True}
                for key in self.parameters
            ],
            **({"RoleARN": role} if role else {}),
        )
        self._wait_for_change_set(change_set)
        self.cloudformation.execute_change_set(StackName=self.name, ChangeSetName=change_set)
        wait(f"changing {self.name}", self._state_of_change)

    def _upload(self, template: str, name: str) -> str:
        """Puts a template beside the program, in the bucket that the last deployment has used."""
        found = re.search(r"s3://([^/'\"\s]+)/([^'\"\s]+)", template)
        if not found:
            raise Refusal("the stack's template does not say where its program is")
        bucket, prefix = found[1], found[2].rpartition("/")[0]
        key = f"{prefix}/{name}.template" if prefix else f"{name}.template"
        self._s3.put_object(Bucket=bucket, Key=key, Body=template.encode())
        return f"{self._s3.meta.endpoint_url}/{bucket}/{key}"

    def _wait_for_change_set(self, name: str) -> None:
        described: dict[str, Any] = {}

        def ask() -> str | None:
            described.update(self.cloudformation.describe_change_set(StackName=self.name, ChangeSetName=name))
            return None if described["Status"] in ("CREATE_COMPLETE", "FAILED") else str(described["Status"])

        wait("working out the changes", ask)
        if described["Status"] == "FAILED":
            raise Refusal(f"there is no such change: {described.get('StatusReason')}")
        changes = [change["ResourceChange"] for change in described.get("Changes", [])]
        replaced = [change["LogicalResourceId"] for change in changes if change.get("Replacement") == "True"]
        print(f"{len(changes)} resources change; replaced: {', '.join(replaced) or 'none'}", file=sys.stderr)

    def _state_of_change(self) -> str | None:
        described = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        state = str(described["StackStatus"])
        if state in ("UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"):
            return None
        if state == "UPDATE_IN_PROGRESS":
            return state
        if state.endswith("IN_PROGRESS"):
            return f"{state} {described.get('StackStatusReason', '')}"
        raise Refusal(f"the stack is {state}: {described.get('StackStatusReason', 'see its events')}")

    def functions(self) -> dict[str, str | None]:
        """The table that each function's `live` version uses."""
        tables: dict[str, str | None] = {}
        for function in self.physical_ids("AWS::Lambda::Function"):
            live = self._lambda.get_function_configuration(FunctionName=function, Qualifier="live")
            tables[function] = live.get("Environment", {}).get("Variables", {}).get("CIVICFORGE_TABLE")
        return tables


class Tables:
    """Tables, as they are restored and set up."""

    def __init__(self, aws: boto3.Session) -> None:
        self._dynamodb = aws.client("dynamodb", config=stack.TIMEOUTS)

    def restore(self, source: str, target: str, to: datetime | None, backup: str | None) -> None:
        """Makes a table of what another one was, or of a backup."""
        if backup:
            self._dynamodb.restore_table_from_backup(TargetTableName=target, BackupArn=backup)
        else:
            if to:
                self._check_moment(source, to)
            moment: dict[str, Any] = {"RestoreDateTime": to} if to else {"UseLatestRestorableTime": True}
            self._dynamodb.restore_table_to_point_in_time(SourceTableName=source, TargetTableName=target, **moment)

    def _check_moment(self, source: str, to: datetime) -> None:
        described = self._dynamodb.describe_continuous_backups(TableName=source)["ContinuousBackupsDescription"]
        recovery = described["PointInTimeRecoveryDescription"]
        if recovery["PointInTimeRecoveryStatus"] != "ENABLED":
            raise Refusal(f"{source} has no point-in-time recovery; use a backup")
        earliest, latest = recovery["EarliestRestorableDateTime"], recovery["LatestRestorableDateTime"]
        # An emulator keeps the present alone, and says so.
        if earliest < latest and not earliest <= to <= latest:
            raise Refusal(f"{source} can be restored to {earliest} at the earliest and {latest} at the latest")

    def wait_until_active(self, table: str) -> None:
        """Waits for the table and its indexes."""

        def ask() -> str | None:
            found = self._dynamodb.describe_table(TableName=table)["Table"]
            states = {f"the table is {found['TableStatus']}": found["TableStatus"]}
            for index in found.get("GlobalSecondaryIndexes", []):
                states[f"{index['IndexName']} is {index['IndexStatus']}"] = index["IndexStatus"]
            pending = [text for text, state in states.items() if state != "ACTIVE"]
            return ", ".join(pending) or None

        wait(f"restoring {table}", ask)

    def set_up(self, table: str, view: str, protected: bool, tags: list[dict[str, str]]) -> str:
        """Turns on what a restore leaves out, as sam/parts/table.yaml has it. Gives the label of the stream."""
        found = self._dynamodb.describe_table(TableName=table)["Table"]
        arn = found["TableArn"]
        if tags:
            self._dynamodb.tag_resource(ResourceArn=arn, Tags=tags)
        live = self._dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        if live["TimeToLiveStatus"] not in ("ENABLED", "ENABLING"):
            specification = {"Enabled": True, "AttributeName": "ttl"}
            self._dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=specification)
        self._recover(table)
        if bool(found.get("DeletionProtectionEnabled")) != protected:
            self._dynamodb.update_table(TableName=table, DeletionProtectionEnabled=protected)
            self.wait_until_active(table)
        if view == "NONE":
            return "NONE"
        if not found.get("StreamSpecification", {}).get("StreamEnabled"):
            specification = {"StreamEnabled": True, "StreamViewType": view}
            self._dynamodb.update_table(TableName=table, StreamSpecification=specification)
            self.wait_until_active(table)
        return str(self._dynamodb.describe_table(TableName=table)["Table"]["LatestStreamLabel"])

    def _recover(self, table: str) -> None:
        """Turns on point-in-time recovery, which AWS refuses until it has set up a new table's backups."""

        def ask() -> str | None:
            try:
                self._dynamodb.update_continuous_backups(
                    TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
                )
            except self._dynamodb.exceptions.ContinuousBackupsUnavailableException:
                return "its backups are being set up"
            return None

        wait(f"turning on recovery of {table}", ask)


def moment(text: str) -> datetime:
    """A time with its zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no time zone; write {text}Z for UTC")
    if found > datetime.now(UTC):
        raise argparse.ArgumentTypeError(f"{text} is in the future")
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["dev", "staging", "prod"])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=moment, metavar="TIME")
    what.add_argument("--latest", action="store_true")
    what.add_argument("--backup", metavar="ARN")
    what.add_argument("--use", metavar="TABLE")
    what.add_argument("--start", action="store_true")
    parser.add_argument("--yes", action="store_true")
    return parser.parse_args()


def confirm(question: str) -> None:
    if input(f"{question} Type yes: ") != "yes":
        raise Refusal("nothing was done")


def restore(given: argparse.Namespace) -> None:
    aws = stack.session(given.stage)
    deployed = Stack(aws, stack.name(given.stage))
    stopped = Stopped(aws, given.stage, deployed.physical_ids)
    if given.start:
        say("starting what was stopped")
        stopped.start()
        return

    tables = Tables(aws)
    target = given.use or f"{deployed.name}-{datetime.now(UTC):%Y%m%dt%H%M%S}"
    if not target.startswith(f"{deployed.name}-") or len(target) > 50:
        raise Refusal(f"the roles reach tables whose names start with {deployed.name}- and have 50 characters at most")
    since = given.to or given.backup or ("some minutes ago" if given.latest else "its restore")
    if not given.yes:
        confirm(f"{deployed.table} gives way to {target}; what was written since {since} is lost.")

    say("stopping what writes")
    stopped.stop()
    if not given.use:
        say(f"restoring {deployed.table} as {target}")
        tables.restore(deployed.table, target, given.to, given.backup)
        print(f"if this is cut off, go on with: sam/restore {given.stage} --use {target}", file=sys.stderr)
    tables.wait_until_active(target)

    say("turning on what a restore does not carry over")
    view = deployed.parameters["StreamView"]
    stream = tables.set_up(target, view, given.stage == "prod", deployed.tags)

    say("changing the stack")
    if (deployed.parameters["RestoredTable"], deployed.parameters["RestoredTableStream"]) != (target, stream):
        deployed.use(target, stream)
    others = {function: table for function, table in deployed.functions().items() if table != target}
    if others:
        raise Refusal(f"these functions do not use {target}: {others}")

    say("starting what was stopped")
    stopped.start()
    if view != "NONE":
        count = resend(aws, deployed.name, datetime.now(UTC))
        print(f"{count} messages of the outbox had not been sent, and are on their queue")
    print(f"{deployed.name} uses {target}; {deployed.table} is as it was left. Check now:")
    print("- the API answers: python3 sam/tools/smoke.py", given.stage)
    print("- the dashboard and the alarms, and the dead-letter queues, for a quarter of an hour")
    print("- members who signed up since then: docs/operations.md, Restoring the table")


def main() -> int:
    try:
        restore(arguments())
    except (Refusal, ClientError) as problem:
        print(f"sam/restore: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
