"""Vendors' reports pass the firewall, whatever somebody has written into them; what else comes is looked at as before.

The statements of `certs.yaml` are evaluated here, as far as it has them. What AWS's managed rules look for is not
public, so a rule that looks at bodies is taken to match every body.
"""

from __future__ import annotations

import json
import posixpath
import unittest
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

from samtranslator.yaml_helper import yaml_parse

import stack

SAMPLES = stack.SAM.parent / "handlers/tests/vendors/samples"
# The rules of AWS's groups that look at bodies, and the one that is about who names no program, by AWS's documentation.
BODY_RULES = {
    "AWSManagedRulesCommonRuleSet": {
        "SizeRestrictions_BODY",
        "EC2MetaDataSSRF_BODY",
        "GenericLFI_BODY",
        "GenericRFI_BODY",
        "CrossSiteScripting_BODY",
    },
    "AWSManagedRulesKnownBadInputsRuleSet": {
        "JavaDeserializationRCE_BODY",
        "Log4JRCE_BODY",
        "ReactJSRCE_BODY",
    },
}
NO_USER_AGENT = {"AWSManagedRulesCommonRuleSet": "NoUserAgent_HEADER"}
WEBHOOKS = {"clickup": "/webhooks/clickup", "neon": "/webhooks/neon"}
# What people write into tasks, and what is longer than the 8 KB of the common rules.
HOSTILE = ["<script>alert(1)</script>", "${jndi:ldap://example.org/a}", "../../etc/passwd", "' OR 1=1 --", "x" * 20_000]


@dataclass
class Request:
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    # How many its address has sent in the window of a rate, of the same kind.
    sent: int = 1


def transformed(text: str, transformations: list[dict[str, Any]]) -> str:
    for each in sorted(transformations, key=lambda each: each["Priority"]):
        match each["Type"]:
            case "URL_DECODE":
                text = urllib.parse.unquote(text)
            case "NORMALIZE_PATH":
                # POSIX leaves two slashes at the beginning, and takes one at the end away.
                text = posixpath.normpath("/" + text.lstrip("/")) + ("/" if text.endswith("/") else "")
            case other:
                raise NotImplementedError(other)
    return text


def matches(statement: dict[str, Any], request: Request) -> bool:
    ((kind, what),) = statement.items()
    match kind:
        case "NotStatement":
            return not matches(what["Statement"], request)
        case "ByteMatchStatement":
            assert (what["FieldToMatch"], what["PositionalConstraint"]) == ({"UriPath": {}}, "STARTS_WITH")
            return transformed(request.path, what["TextTransformations"]).startswith(what["SearchString"])
        case "RateBasedStatement":
            scope = what.get("ScopeDownStatement")
            return request.sent > what["Limit"] and (scope is None or matches(scope, request))
        case "ManagedRuleGroupStatement":
            scope = what.get("ScopeDownStatement")
            if scope is not None and not matches(scope, request):
                return False
            met = set(BODY_RULES[what["Name"]]) if request.body else set()
            if "user-agent" not in request.headers and what["Name"] in NO_USER_AGENT:
                met.add(NO_USER_AGENT[what["Name"]])
            counted = {each["Name"] for each in what.get("RuleActionOverrides", []) if "Count" in each["ActionToUse"]}
            return bool(met - counted)
    raise NotImplementedError(kind)


class Firewall(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        certs = yaml_parse((stack.SAM / "certs.yaml").read_text())
        rules = certs["Resources"]["Firewall"]["Properties"]["Rules"]
        cls.rules = sorted(rules, key=lambda rule: rule["Priority"])

    def answer(self, request: Request) -> tuple[str, int] | None:
        """The first rule that blocks, and with which status; none where the request passes."""
        for rule in self.rules:
            if matches(rule["Statement"], request):
                if "OverrideAction" in rule:
                    self.assertEqual(rule["OverrideAction"], {"None": {}})
                    return rule["Name"], 403
                return rule["Name"], rule["Action"]["Block"]["CustomResponse"]["ResponseCode"]
        return None

    def test_reports_of_vendors_pass(self) -> None:
        for vendor, path in WEBHOOKS.items():
            recorded = sorted(SAMPLES.glob(f"{vendor}-event-*.json"))
            self.assertGreater(len(recorded), 4, vendor)
            for sample in recorded:
                with self.subTest(sample.name):
                    self.assertIsNone(self.answer(Request(path, sample.read_bytes())))

    def test_reports_pass_whatever_somebody_has_written_into_them(self) -> None:
        sample = json.loads((SAMPLES / "clickup-event-task-created.json").read_text())
        for text in HOSTILE:
            with self.subTest(text[:30]):
                body = json.dumps({**sample, "description": text}).encode()
                self.assertIsNone(self.answer(Request(WEBHOOKS["clickup"], body)))

    def test_a_vendor_may_report_thousands_of_changes_at_once_and_is_never_told_to_stop(self) -> None:
        self.assertIsNone(self.answer(Request(WEBHOOKS["clickup"], sent=20_000)))
        # On 401 and 410 a vendor would stop at once.
        self.assertEqual(self.answer(Request(WEBHOOKS["clickup"], sent=20_001)), ("webhooks-rate", 429))

    def test_what_is_no_webhook_is_looked_at_as_before(self) -> None:
        agent = {"user-agent": "curl/8"}
        others = ["/api/v1/quests", "/webhook", "/webhooks", "/api/webhooks/clickup"]
        # Who names a webhook on the way to something else does not pass as one.
        others += ["/webhooks/../api/v1/quests", "/webhooks/%2e%2e/api/v1/quests", "/webhooks/x/..%2f../api/v1/quests"]
        for path in others:
            with self.subTest(path):
                self.assertEqual(self.answer(Request(path, b"{}", agent)), ("known-bad-inputs", 403))
                self.assertIsNone(self.answer(Request(path, b"", agent, sent=2_000)))
                self.assertEqual(self.answer(Request(path, b"", agent, sent=2_001)), ("rate", 429))
