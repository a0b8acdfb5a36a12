"""Deletes old versions of a new stack's functions, of which there are too few, so some are made first."""

from __future__ import annotations

import stack
from account import KEPT, clean, functions
from api import Wrong


def run(stage: str) -> None:
    """The newest stay, and so does an old one that an alias names."""
    aws, name = stack.session(stage), stack.name(stage)
    client = aws.client("lambda", config=stack.TIMEOUTS)
    function = next(functions(client, name))

    def versions() -> list[str]:
        pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
        return [each["Version"] for page in pages for each in page["Versions"] if each["Version"] != "$LATEST"]

    for number in range(KEPT + 2):
        # A version is made only of what has changed.
        client.update_function_configuration(FunctionName=function, Description=f"version {number}")
        client.publish_version(FunctionName=function)
    before = sorted(versions(), key=int)
    live = client.get_alias(FunctionName=function, Name="live")["FunctionVersion"]
    client.create_alias(FunctionName=function, Name="kept", FunctionVersion=before[0])
    clean(aws, stage)
    wanted = {before[0], live, *before[-KEPT:]}
    if set(versions()) != wanted:
        raise Wrong(f"{versions()} are left of {before}, and not {wanted}")
    if clean(aws, stage):
        raise Wrong("something was left to delete")
    client.delete_alias(FunctionName=function, Name="kept")
    print(f"of {len(before)} versions of {function}, {len(wanted)} are left")
