"""Has the stack's dead letters of sign-ups listed, tried again and dropped by `civicforge sign-ups`."""

from __future__ import annotations

import json
import os
import subprocess

import stack
from api import Wrong

ADDRESS = "grace@example.org"


def sign_up(subject: str, email: str) -> str:
    """What Cognito sends when a sign-up is confirmed."""
    attributes = {"sub": subject, "email": email, "email_verified": "true", "name": "Grace"}
    event = {
        "region": "eu-central-1",
        "userPoolId": "eu-central-1_AbCdEfGhI",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "request": {"userAttributes": attributes},
    }
    return json.dumps(event)


def run(stage: str, address: str) -> None:
    """One that becomes a member, and one that is poisoned."""
    aws = stack.session(stage)
    outputs = stack.outputs(aws, stack.name(stage))
    sqs = aws.client("sqs", config=stack.TIMEOUTS)
    dead_letters = outputs["UserCreationDeadLetterQueueUrl"]
    sent = [
        sqs.send_message(QueueUrl=dead_letters, MessageBody=body)["MessageId"]
        for body in (sign_up("sub-grace", ADDRESS), "this is not JSON")
    ]

    def civicforge(expected: int, *arguments: str) -> str:
        """What the operator's command says."""
        command = ["cargo", "run", "--quiet", "--", "sign-ups", *arguments]
        place = {
            "CIVICFORGE_TABLE": outputs["TableName"],
            "CIVICFORGE_DYNAMODB_ENDPOINT": address,
            "CIVICFORGE_USER_DLQ_URL": outputs["UserCreationQueueUrl"],
        }
        environment = {**os.environ, **place}
        done = subprocess.run(
            command, cwd=stack.SAM.parent, env=environment, check=False, capture_output=True, text=True
        )
        if done.returncode != expected or ADDRESS in done.stdout + done.stderr:
            raise Wrong(f"sign-ups {arguments} has ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    for _ in range(2):
        shown = civicforge(0, "list")
        if not all(message in shown for message in sent):
            raise Wrong(f"{sent} are not all shown: {shown}")
    if "is member" not in civicforge(1, "retry", "--all"):
        raise Wrong("a sign-up was not made a member of")
    if civicforge(0, "drop", sent[1]) != "1 deleted\n" or civicforge(0, "list"):
        raise Wrong("a poisoned sign-up was not dropped")
    print("a sign-up that was given up became a member, and a poisoned one was dropped")
