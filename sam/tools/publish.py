"""Puts the contract and its documentation where CloudFront serves them, and asks the new deployment whether it is well.

publish.py --stack civicforge-dev --config-env dev FOLDER
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import tomllib
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

# The name of the object is the path under which CloudFront serves it.
FILES = {
    "openapi.yaml": "application/yaml",
    "openapi.json": "application/json",
    "docs": "text/html; charset=utf-8",
}
TIMEOUTS = Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 4, "mode": "standard"})


def outputs(session: boto3.Session, stack: str) -> dict[str, str]:
    """The outputs of a stack, by name."""
    found = session.client("cloudformation", config=TIMEOUTS).describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def publish(session: boto3.Session, bucket: str, folder: Path) -> None:
    """Puts the files into the bucket."""
    s3 = session.client("s3", config=TIMEOUTS)
    for name, media_type in FILES.items():
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=(folder / name).read_bytes(),
            ContentType=media_type,
            CacheControl="public, max-age=300",
        )
        print(f"published {name}")


def invalidate(session: boto3.Session, distribution: str) -> None:
    """Makes CloudFront forget the files that were there before."""
    session.client("cloudfront", config=TIMEOUTS).create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": len(FILES), "Items": [f"/{name}" for name in FILES]},
            "CallerReference": str(uuid.uuid4()),
        },
    )
    print(f"invalidated {len(FILES)} paths of {distribution}")


def smoke_test(base: str, patience: float = 180.0) -> str | None:
    """Asks for /health until it is well; what is wrong, where it never is.

    A new distribution or DNS record takes a while to be known everywhere, so the first answers count for nothing.
    """
    url = f"{base.rstrip('/')}/health"
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                body = json.load(answer)
            if body.get("status") == "ok":
                print(f"{url} is well")
                return None
            problem = f"{url} answered {body}"
        except (OSError, ValueError) as error:
            problem = f"{url}: {error}"
        if time.monotonic() > deadline:
            return problem
        time.sleep(5)


def region(config_env: str) -> str | None:
    """The region of a stage: the environment's, else that of sam/samconfig.toml."""
    given = os.environ.get("AWS_REGION")
    if given:
        return given
    config: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "samconfig.toml").read_text())
    named: str | None = config.get(config_env, {}).get("deploy", {}).get("parameters", {}).get("region")
    return named


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stack", required=True, help="the stack's name")
    parser.add_argument("--config-env", required=True, help="the stage, as sam/samconfig.toml names it")
    parser.add_argument("folder", type=Path, help="where sam/published has left the files")
    arguments = parser.parse_args()

    session = boto3.Session(region_name=region(arguments.config_env))
    known = outputs(session, arguments.stack)
    missing = [n for n in ("PublishedSpecBucket", "DistributionId", "DistributionDomainName") if n not in known]
    if missing:
        print(f"the stack {arguments.stack} has no output {', '.join(missing)}", file=sys.stderr)
        return 1
    publish(session, known["PublishedSpecBucket"], arguments.folder)
    invalidate(session, known["DistributionId"])
    host = os.environ.get("DOMAIN_NAME") or known["DistributionDomainName"]
    problem = smoke_test(f"https://{host}")
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
