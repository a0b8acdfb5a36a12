"""Exports the table of a new stack as its schedule would: MiniStack does not run such schedules.

It takes the call, too, but writes nothing to the bucket.
"""

from __future__ import annotations

import json

import stack
from api import Wrong
from try_outbox import until

CALL = ":scheduler:::aws-sdk:dynamodb:exportTableToPointInTime"


def run(stage: str) -> None:
    """Makes the schedule's call, with the input that the schedule has."""
    aws, name = stack.session(stage), stack.name(stage)
    schedule = stack.physical_id(aws, name, "TableExport")
    target = aws.client("scheduler", config=stack.TIMEOUTS).get_schedule(Name=schedule)["Target"]
    if not target["Arn"].endswith(CALL):
        raise Wrong(f"the schedule calls {target['Arn']}")
    given = json.loads(target["Input"])
    outputs = stack.outputs(aws, name)
    table, bucket = given["TableArn"].rpartition("/")[2], given["S3Bucket"]
    if (table, bucket) != (outputs["TableName"], outputs["ExportBucket"]):
        raise Wrong(f"{table} would be exported to {bucket}")
    dynamodb = aws.client("dynamodb", config=stack.TIMEOUTS)
    export = dynamodb.export_table_to_point_in_time(**given)["ExportDescription"]["ExportArn"]
    found: dict[str, str] = {}

    def exported() -> bool:
        found.update(dynamodb.describe_export(ExportArn=export)["ExportDescription"])
        return found["ExportStatus"] == "COMPLETED"

    until("exported", exported)
    if (found["S3Bucket"], found["ExportFormat"]) != (bucket, "DYNAMODB_JSON"):
        raise Wrong(f"it was exported as {found}")
    print(f"{table} can be exported to {bucket} by the schedule's call")
