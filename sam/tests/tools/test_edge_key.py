"""One of the two keys is replaced, and never the one that is shown; and none is shown that is not there."""

from __future__ import annotations

import json
import unittest
from typing import Any

from botocore.exceptions import ClientError

import edge_key


class Aws:
    """A stack and its secret, as far as the command asks. Without a key that is shown there is no stack."""

    def __init__(self, shown: str | None, arn: str | None = "arn:edge-keys") -> None:
        self.shown = shown
        self.outputs = [{"OutputKey": "EdgeKeysArn", "OutputValue": arn}] if arn else []
        self.versions = [json.dumps({"a": "A" * 40, "b": ""})]

    def client(self, _service: str, config: object) -> Aws:
        del config
        return self

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        if self.shown is None:
            raise ClientError({"Error": {"Code": "ValidationError", "Message": StackName}}, "DescribeStacks")
        parameters = [{"ParameterKey": "ShownEdgeKey", "ParameterValue": self.shown}]
        return {"Stacks": [{"Parameters": parameters, "Outputs": self.outputs}]}

    def describe_secret(self, SecretId: str) -> dict[str, Any]:
        stages = ["AWSCURRENT", "AWSPREVIOUS"][: len(self.versions)]
        return {"ARN": SecretId, "VersionIdsToStages": {stage: [stage] for stage in stages}}

    def get_secret_value(self, SecretId: str) -> dict[str, str]:
        return {"ARN": SecretId, "SecretString": self.versions[-1]}

    def put_secret_value(self, SecretId: str, SecretString: str) -> None:
        del SecretId
        self.versions.append(SecretString)


class EdgeKey(unittest.TestCase):
    def test_the_key_that_is_shown_stays(self) -> None:
        for shown, other in (("a", "b"), ("b", "a")):
            aws = Aws(shown)
            self.assertEqual(edge_key.rotate(aws, "civicforge-dev"), other)
            before, after = (json.loads(version) for version in aws.versions)
            self.assertEqual(after[shown], before[shown])
            self.assertRegex(after[other], r"^[A-Za-z0-9]{40}$")
            self.assertNotEqual(after[other], before[other])

    def test_a_key_that_is_not_there_is_not_shown(self) -> None:
        aws = Aws("a")
        edge_key.check(aws, "civicforge-dev", "a")
        with self.assertRaises(edge_key.Refusal):
            edge_key.check(aws, "civicforge-dev", "b")
        edge_key.rotate(aws, "civicforge-dev")
        edge_key.check(aws, "civicforge-dev", "b")

    def test_a_new_stack_shows_its_first_key(self) -> None:
        for aws in (Aws(None), Aws("a", arn=None)):
            edge_key.check(aws, "civicforge-dev", "a")
            with self.assertRaises(edge_key.Refusal):
                edge_key.check(aws, "civicforge-dev", "b")

    def test_a_stack_with_a_rest_api_has_none(self) -> None:
        with self.assertRaises(edge_key.Refusal):
            edge_key.rotate(Aws("a", arn=None), "civicforge-dev")


if __name__ == "__main__":
    unittest.main()
