"""Requests meet what was deployed: a change of any setting makes new versions of the functions and of the API."""

from __future__ import annotations

import re
import time
import unittest
from typing import Any
from unittest.mock import patch

from samtranslator.yaml_helper import yaml_parse

from expand import form, translate
from parameters import parameters, variables

PROGRAM = b"the functions' program"
ENVIRONMENT = {
    "DOMAIN_NAME": "api.example.org",
    "CERTIFICATE_ARN": "arn:aws:acm:us-east-1:000000000000:certificate/one",
    "HOSTED_ZONE_ID": "Z1",
    "CORS_ORIGINS": "https://one.example",
    "ALARM_EMAIL": "one@example.org",
    "LOG_LEVEL": "info",
    "STREAM_VIEW": "KEYS_ONLY",
    "OWNER_INDEX": "KEYS_ONLY",
    "PERMISSIONS_BOUNDARY_ARN": "arn:aws:iam::000000000000:policy/one",
}
# Two deployments are never in the same second.
CLOCK = iter(range(int(time.time()), 1 << 62))


def deployed(
    template: str,
    environment: dict[str, str] = ENVIRONMENT,
    program: bytes = PROGRAM,
    stage: str = "dev",
    first: bool = False,
) -> dict[str, Any]:
    """The resources that `sam/deploy` would hand to CloudFormation."""
    given = parameters(stage, program, template.encode(), environment, first)
    with patch("time.time", lambda: next(CLOCK)):
        resources: dict[str, Any] = translate(template, given)["Resources"]
    return resources


def of_type(resources: dict[str, Any], kind: str) -> set[str]:
    return {name for name, resource in resources.items() if resource["Type"] == kind}


class Revision:
    """What holds for either kind of API."""

    maxDiff = None
    api: str
    # What is made anew with each revision.
    anew: tuple[str, ...]

    @classmethod
    def setUpClass(cls) -> None:
        cls.template = form(cls.api)
        cls.before = deployed(cls.template)

    def is_new(self, after: dict[str, Any]) -> None:
        """Every function has a new version, which `live` is, and the API a new deployment, which the stage is."""
        for kind in self.anew:
            old, new = of_type(self.before, kind), of_type(after, kind)
            self.assertTrue(old)
            self.assertEqual(len(old), len(new))
            self.assertEqual(old & new, set(), f"{kind} that stay as they were")
        functions = of_type(after, "AWS::Lambda::Function")
        self.assertEqual(len(functions), len(of_type(after, "AWS::Lambda::Version")))
        # Lambda publishes no version of a function that has not changed, so the function itself says which one it is.
        for name in functions:
            description = after[name]["Properties"]["Description"]
            self.assertNotEqual(self.before[name]["Properties"]["Description"], description)
            self.assertLessEqual(len(description), 256)

    def test_a_change_of_any_parameter_reaches_functions_and_api(self) -> None:
        # The restored table is given by sam/restore, with a revision of its own, and kept by what is deployed later.
        elsewhere = {"Stage", "Revision", "KeepWarm", "Rollout", "RestoredTable", "RestoredTableStream"}
        others = set(yaml_parse(self.template)["Parameters"]) - elsewhere
        given = variables(self.template.encode())
        self.assertEqual(others, set(given), "parameters of the template that sam/deploy does not give")
        for name, (variable, _) in given.items():
            with self.subTest(name):
                self.is_new(deployed(self.template, {**ENVIRONMENT, variable: ENVIRONMENT.get(variable, "") + "2"}))

    def test_keeping_functions_warm_reaches_them(self) -> None:
        self.is_new(deployed(self.template, first=True))

    def test_a_change_of_a_mapping_reaches_functions_and_api(self) -> None:
        changed = re.sub(r"(\bdev: \{.*Rate: )\d+", r"\g<1>77", self.template)
        self.assertNotEqual(changed, self.template)
        self.is_new(deployed(changed))

    def test_a_change_of_a_setting_reaches_functions_and_api(self) -> None:
        self.is_new(deployed(self.template.replace("Timeout: 10", "Timeout: 20")))

    def test_a_new_program_reaches_the_functions(self) -> None:
        self.is_new(deployed(self.template, program=b"another program"))

    def test_the_same_again_makes_no_new_versions(self) -> None:
        again = deployed(self.template)
        kind = "AWS::Lambda::Version"
        self.assertEqual(of_type(self.before, kind), of_type(again, kind))

    def test_a_variable_that_is_empty_is_one_that_is_not_set(self) -> None:
        empty = dict.fromkeys(ENVIRONMENT, "")
        self.assertEqual(parameters("dev", PROGRAM, b"", empty), parameters("dev", PROGRAM, b"", {}))


class RevisionOfRestApi(Revision, unittest.TestCase):
    api = "rest"
    anew = ("AWS::Lambda::Version", "AWS::ApiGateway::Deployment")


class RevisionOfHttpApi(Revision, unittest.TestCase):
    api = "http"
    anew = ("AWS::Lambda::Version",)

    def test_no_deployment_of_the_api_can_be_forgotten(self) -> None:
        """Each change of a route is deployed by the stage itself."""
        self.assertEqual(of_type(self.before, "AWS::ApiGatewayV2::Deployment"), set())
        (stage,) = of_type(self.before, "AWS::ApiGatewayV2::Stage")
        self.assertIs(self.before[stage]["Properties"]["AutoDeploy"], True)


if __name__ == "__main__":
    unittest.main()
