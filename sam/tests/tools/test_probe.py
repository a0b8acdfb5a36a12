"""What the probe says about an account, by what the account allowed."""

from __future__ import annotations

import json
import unittest

from probe import CASES, CHANGE, OK, UNKNOWN, template, verdict

# An account that evaluates each part of a transaction by itself, and knows no enclosing operation of condition checks.
PER_ITEM = {case.name: case.must is not False for case in CASES} | {"CrossedParts": False, "CheckInTransaction": False}


class Verdict(unittest.TestCase):
    def said(self, changed: dict[str, bool]) -> tuple[int, str]:
        status, texts = verdict(PER_ITEM | changed)
        return status, " ".join(texts)

    def test_parts_one_by_one_are_what_the_roles_are_made_for(self) -> None:
        status, text = self.said({})
        self.assertEqual(status, OK)
        self.assertIn("perItem", text)
        self.assertIn("the generator leaves it off", text)

    def test_parts_together_ask_for_merged_grants(self) -> None:
        for changed, what in [({"Parts": False}, "attributes"), ({"Parts": False, "PartsByKey": False}, "keys")]:
            status, text = self.said(changed)
            self.assertEqual(status, CHANGE)
            self.assertIn("transactionGrants: merged", text)
            self.assertIn(what, text)

    def test_an_emulator_is_no_proof(self) -> None:
        status, text = self.said({case.name: True for case in CASES})
        self.assertEqual(status, UNKNOWN)
        self.assertIn("IAM is not evaluated here", text)

    def test_roles_that_reach_nothing_are_no_proof(self) -> None:
        status, _ = self.said({case.name: False for case in CASES})
        self.assertEqual(status, UNKNOWN)

    def test_attributes_of_the_answer_are_a_change(self) -> None:
        status, text = self.said({"AllNew": False})
        self.assertEqual(status, CHANGE)
        self.assertIn("ALL_NEW", text)


class Template(unittest.TestCase):
    def test_every_case_has_a_role(self) -> None:
        body = template("123456789012")
        self.assertLess(len(body), 51_200, "CloudFormation takes no more without a bucket")
        self.assertEqual({"Table", *(case.name for case in CASES)}, set(json.loads(body)["Resources"]))


if __name__ == "__main__":
    unittest.main()
