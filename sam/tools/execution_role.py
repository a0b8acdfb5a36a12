"""Holds the execution role of sam/cicd.yaml against what CloudFormation says that it needs.

For every type of resource, AWS publishes the permissions that creating, reading, changing and deleting it takes;
cfn-lint brings that list along. Every permission that a type of the template takes, with either kind of API, must be
granted, unless it is for something that the template does not use (UNUSED says what). What is granted and no type takes
is one grant too many (EXTRA lists what AWS's list forgets). It prints what is missing or too much, and fails if there
is anything.
"""

from __future__ import annotations

import fnmatch
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cfnlint
from cfnlint.decode.cfn_yaml import load

import stack
from expand import expand, form

SCHEMAS = Path(cfnlint.__file__).parent / "data" / "schemas"

# What AWS lists for features that the template does not use, by the reason why it does not need them.
UNUSED: dict[str, list[str]] = {
    "functions are in no network, and have no file systems, layers, signatures or capacity of their own": [
        "ec2:Describe[NSV]*s",
        "elasticfilesystem:*",
        "lambda:AssociateRuntimeAlias",
        "lambda:DeleteFunctionCodeSigningConfig",
        "lambda:GetCodeSigningConfig",
        "lambda:GetLayerVersion",
        "lambda:PassCapacityProvider",
        "lambda:PutFunctionCodeSigningConfig",
        "lambda:PutFunctionRecursionConfig",
        "lambda:PutFunctionScalingConfig",
        "lambda:PutRuntimeManagementConfig",
        "s3:GetObjectVersion",
        "s3files:*",
    ],
    "what is encrypted has keys of AWS, whose own policies let services use them, as the topic's lets alarms": [
        "kms:CreateGrant",
        "kms:*crypt*",
        "kms:GenerateDataKey*",
        "kms:ListAliases",
        "kms:RevokeGrant",
        "logs:*KmsKey",
    ],
    "the topic's key is never off": ["kms:DisableKey*", "kms:EnableKey", "kms:ListKeys"],
    "nothing is copied to other regions, streams, tables or deliveries": [
        "dynamodb:*ableKinesisStreamingDestination",
        "dynamodb:UpdateKinesisStreamingDestination",
        "dynamodb:*Replica",
        "firehose:*",
        "kinesis:*",
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
        "s3tables:*",
        "secretsmanager:Re*",
    ],
    "a table is made empty, and items are the functions'": [
        "dynamodb:*Import*",
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
        "s3:GetObjectMetadata",
    ],
    "there are no policies of resources but those of the bucket": [
        "apigateway:UpdateRestApiPolicy",
        "dynamodb:*[et]eResourcePolicy",
        "dynamodb:PutResourcePolicy",
        "events:*Permission",
        "logs:DeleteResourcePolicy",
        "sns:PutDataProtectionPolicy",
    ],
    "logs, tables and the distribution have no settings of these kinds": [
        "cloudfront:*ConnectionGroup",
        "cloudfront:*StagingConfig",
        "cloudfront:GetVpcOrigin",
        "dynamodb:UpdateContributorInsights",
        "logs:DeleteDataProtectionPolicy",
        "logs:DeleteIndexPolicy",
        "logs:Put[BDIL]*",
        "s3:REST.PUT.OBJECT",
    ],
    "buckets have no settings of these kinds": [
        "s3:CreateBucketMetadata*",
        "s3:DeleteBucket[ACELMRW]*",
        "s3:DeleteObject",
        "s3:PutAccelerate*",
        "s3:PutAnalytics*",
        "s3:PutBucketAbac",
        "s3:PutBucket[RW]*",
        "s3:PutBucketObjectLock*",
        "s3:PutIntelligent*",
        "s3:PutInventory*",
        "s3:PutMetrics*",
        "s3:PutObject*",
        "s3:PutReplication*",
        "s3:UpdateBucketMetadata*",
    ],
    "functions run on no machines": ["codedeploy:RegisterOnPremisesInstance"],
    "tags of API Gateway are set by PUT, and there are no such actions": ["apigateway:*agResource"],
    "a zone is known by its id": ["route53:ListHostedZones"],
    "the boundary stays": ["iam:DeleteRolePermissionsBoundary"],
    "the tags of a distribution come with CreateDistribution": ["cloudfront:CreateDistributionWithTags"],
    "CloudFormation lists what is there for others than stacks": [
        "cloudfront:List[CDFO]*",
        "cloudwatch:ListDashboards",
        "codedeploy:ListApplications",
        "cognito-idp:ListUserPools",
        "dynamodb:ListTables",
        "events:ListEventBuses",
        "iam:ListRoles",
        "pipes:ListPipes",
        "s3:ListAllMyBuckets",
        "scheduler:ListSchedules",
        "secretsmanager:ListSecrets",
        "sns:ListSubscriptions",
        "sns:ListTopics",
        "sqs:ListQueues",
    ],
}

# What it takes that AWS does not list, because it is no type of resource.
EXTRA = {
    "cloudformation:CreateChangeSet": "the transform of SAM",
    "wafv2:GetWebACL": "a distribution that has a firewall",
    "apigateway:SetWebACL": "stacks of before, which had a firewall before the API",
    "wafv2:DeleteWebACL": "the same",
    "wafv2:DisassociateWebACL": "the same",
    "wafv2:GetWebACLForResource": "the same",
}


def needed(types: set[str]) -> dict[str, set[str]]:
    """Which types take a permission."""
    provider: dict[str, str] = json.loads((SCHEMAS / "providers" / "us-east-1.json").read_text())
    takers: dict[str, set[str]] = {}
    for name in sorted(types):
        schema = json.loads((SCHEMAS / "resources" / f"{provider[name].removesuffix('.json')}.json").read_text())
        for handler in schema.get("handlers", {}).values():
            for permission in handler.get("permissions", []):
                takers.setdefault(permission, set()).add(name)
    return takers


def granted() -> set[str]:
    """The patterns of actions that the execution role has."""
    cicd = load(str(stack.SAM / "cicd.yaml"))
    patterns: set[str] = set()
    for policy in cicd["Resources"]["ExecutionRole"]["Properties"]["ManagedPolicyArns"]:
        for statement in cicd["Resources"][policy["Ref"]]["Properties"]["PolicyDocument"]["Statement"]:
            # One that depends on a condition counts as if it were there.
            actions: Any = statement["Fn::If"][1]["Action"] if "Fn::If" in statement else statement["Action"]
            patterns.update([actions] if isinstance(actions, str) else actions)
    return patterns


def matches(pattern: str, permission: str) -> bool:
    return fnmatch.fnmatchcase(permission.lower(), pattern.lower())


def problems(takers: dict[str, set[str]], grants: set[str]) -> Iterator[str]:
    """What is missing or too much, in the role and in the lists here."""
    unused = {pattern: reason for reason, patterns in UNUSED.items() for pattern in patterns}
    for permission, names in takers.items():
        spared = [pattern for pattern in unused if matches(pattern, permission)]
        given = [grant for grant in grants if matches(grant, permission)]
        if not spared and not given:
            yield f"missing: {permission}, which {', '.join(sorted(names))} takes"
        if spared and given:
            yield f"contradiction: {given[0]} is granted, and {permission} is not needed: {unused[spared[0]]}"
    for grant in grants:
        if not any(matches(grant, permission) for permission in [*takers, *EXTRA]):
            yield f"too much: {grant}, which no resource takes"
    for pattern in unused:
        if not any(matches(pattern, permission) for permission in takers):
            yield f"needless: no resource takes {pattern} anyway"


def main() -> int:
    expanded = [expand(stage, form(api)) for stage in ("dev", "prod") for api in ("rest", "http")]
    types = {resource["Type"] for template in expanded for resource in template["Resources"].values()}
    found = sorted(problems(needed(types), granted()))
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print(f"the execution role has what {len(types)} types of resources take, and no more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
