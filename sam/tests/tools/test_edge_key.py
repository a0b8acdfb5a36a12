"""One of the two keys is replaced, and never the one that is shown."""

from __future__ import annotations

import json
import unittest
from typing import Any
from unittest.mock import patch

import edge_key


class Aws:
    """A stack and its secret, as far as the command asks."""

    def __init__(self, shown: str | None) -> None:
        self.parameters = [{"ParameterKey": "ShownEdgeKey", "ParameterValue": shown}] if shown else []
        self.document = json.dumps({"a": "A" * 40, "b": ""})

    def client(self, _service: str, config: object) -> Aws:
        del config
        return self

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        return {"Stacks": [{"StackName": StackName, "Parameters": self.parameters}]}

    def get_secret_value(self, SecretId: str) -> dict[str, str]:
        return {"ARN": SecretId, "SecretString": self.document}

    def put_secret_value(self, SecretId: str, SecretString: str) -> None:
        del SecretId
        self.document = SecretString


class EdgeKey(unittest.TestCase):
    def rotated(self, aws: Aws) -> str:
        with patch("stack.physical_id", lambda *_: "arn:edge-keys"):
            return edge_key.rotate(aws, "civicforge-dev")

    def test_the_key_that_is_shown_stays(self) -> None:
        for shown, other in (("a", "b"), ("b", "a")):
            aws = Aws(shown)
            before = json.loads(aws.document)
            self.assertEqual(self.rotated(aws), other)
            after = json.loads(aws.document)
            self.assertEqual(after[shown], before[shown])
            self.assertRegex(after[other], r"^[A-Za-z0-9]{40}$")
            self.assertNotEqual(after[other], before[other])

    def test_a_stack_with_a_rest_api_has_none(self) -> None:
        with self.assertRaises(edge_key.Refusal):
            self.rotated(Aws(None))


if __name__ == "__main__":
    unittest.main()
