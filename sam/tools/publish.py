"""Puts the contract and its documentation where CloudFront serves them.

publish.py STAGE FOLDER
"""

from __future__ import annotations

import argparse
import sys
import uuid
from pathlib import Path

import boto3

import stack

# The name of the object is the path under which CloudFront serves it.
FILES = {
    "openapi.yaml": "application/yaml",
    "openapi.json": "application/json",
    "docs": "text/html; charset=utf-8",
}


def publish(aws: boto3.Session, bucket: str, folder: Path) -> None:
    """Puts the files into the bucket."""
    s3 = aws.client("s3", config=stack.TIMEOUTS)
    for name, media_type in FILES.items():
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=(folder / name).read_bytes(),
            ContentType=media_type,
            CacheControl="public, max-age=300",
        )
        print(f"published {name}")


def invalidate(aws: boto3.Session, distribution: str) -> None:
    """Makes CloudFront forget the files that were there before."""
    aws.client("cloudfront", config=stack.TIMEOUTS).create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": len(FILES), "Items": [f"/{name}" for name in FILES]},
            "CallerReference": str(uuid.uuid4()),
        },
    )
    print(f"invalidated {len(FILES)} paths of {distribution}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", help="as sam/samconfig.toml names it")
    parser.add_argument("folder", type=Path, help="where sam/published has left the files")
    arguments = parser.parse_args()

    aws = stack.session(arguments.stage)
    name = stack.name(arguments.stage)
    known = stack.outputs(aws, name)
    missing = [n for n in ("PublishedSpecBucket", "DistributionId") if n not in known]
    if missing:
        print(f"the stack {name} has no output {', '.join(missing)}", file=sys.stderr)
        return 1
    publish(aws, known["PublishedSpecBucket"], arguments.folder)
    invalidate(aws, known["DistributionId"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
