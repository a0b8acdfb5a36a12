"""What an account must have before a stage is deployed to it."""

from __future__ import annotations

import unittest

from account import asked, problem, versions_of

TEMPLATE = {
    "Resources": {
        "Auth": {
            "Type": "AWS::Lambda::Function",
            "Properties": {"ReservedConcurrentExecutions": {"Fn::If": ["IsProd", 100, {"Ref": "AWS::NoValue"}]}},
        },
        "Api": {"Type": "AWS::Lambda::Function", "Properties": {}},
        "AuthLive": {
            "Type": "AWS::Lambda::Alias",
            "Properties": {
                "FunctionName": {"Ref": "Auth"},
                "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 2},
            },
        },
        "ApiLive": {
            "Type": "AWS::Lambda::Alias",
            "Properties": {
                "FunctionName": {"Ref": "Api"},
                "ProvisionedConcurrencyConfig": {
                    "Fn::If": [
                        "KeepsWarm",
                        {"Fn::If": ["IsProd", {"ProvisionedConcurrentExecutions": 3}, {"Ref": "AWS::NoValue"}]},
                        {"Ref": "AWS::NoValue"},
                    ]
                },
            },
        },
    }
}


class Concurrency(unittest.TestCase):
    def test_what_is_warm_within_a_reservation_is_not_asked_for_twice(self) -> None:
        self.assertEqual(asked(TEMPLATE, {"IsProd": True, "KeepsWarm": True}), (100, 5, 3))

    def test_choices_of_the_stage_are_made(self) -> None:
        self.assertEqual(asked(TEMPLATE, {"IsProd": True, "KeepsWarm": False}), (100, 2, 0))
        self.assertEqual(asked(TEMPLATE, {"IsProd": False, "KeepsWarm": True}), (0, 2, 2))

    def test_a_new_account_is_refused_with_what_to_do(self) -> None:
        text = problem(10, 0, 0, 4) or ""
        self.assertIn("has 0 for that", text)
        self.assertIn("Service Quotas", text)

    def test_a_new_account_does_without_a_reservation(self) -> None:
        self.assertIsNone(problem(10, 0, 0, 0))

    def test_what_others_reserve_counts(self) -> None:
        self.assertIsNone(problem(1000, 800, 100, 0))
        self.assertIsNotNone(problem(1000, 801, 100, 0))


class Versions(unittest.TestCase):
    def test_an_alias_on_its_way_names_two(self) -> None:
        moving = {"FunctionVersion": "7", "RoutingConfig": {"AdditionalVersionWeights": {"8": 0.1}}}
        self.assertEqual(versions_of(moving), ["7", "8"])
        self.assertEqual(versions_of({"FunctionVersion": "7"}), ["7"])


if __name__ == "__main__":
    unittest.main()
