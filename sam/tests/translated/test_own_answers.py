"""What a REST API answers before a function is asked: every template of its definition renders, for whoever asks."""

from __future__ import annotations

import json
import re
import unittest
from collections.abc import Iterator
from itertools import product
from typing import Any

from samtranslator.yaml_helper import yaml_parse

import stack
from expand import expand, form
from mapping_templates import NotATemplate, Rendered, Request, render

ONE, OTHER = "https://app.example.org", "https://www.example.org:8443"
CONFIGURED = ["", ONE, f"{ONE},{OTHER}", "*"]
# None, those that may call, and those that look like them.
ORIGINS = [
    None,
    ONE,
    OTHER,
    "https://evil.example",
    f"{ONE}.evil.example",
    "https://app.example",
    "http://app.example.org",
    f"{ONE},{OTHER}",
    ",",
    "*",
    "null",
    "$context.requestId",
    "#set($x = 1)",
    "', '') #end",
]
ALLOW_ORIGIN = "Access-Control-Allow-Origin"
# What the API is asked to read into the texts of its problems, and what that could be.
CONTEXT = {
    "$context.requestId": "request-1",
    "$context.error.messageString": "\"Missing required request parameters: ['limit']\"",
}


def resolved(value: Any, origins: str) -> Any:  # noqa: ANN401 (any part of a template)
    """A part of the template where `CorsOrigins` has this value; nothing, where there is to be nothing."""
    conditions = {"HasCorsOrigins": origins != ""}
    if isinstance(value, list):
        return [resolved(item, origins) for item in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"Fn::If": [condition, yes, no]}:
            return resolved(yes if conditions[condition] else no, origins)
        case {"Fn::Sub": str(text)}:
            return text.replace("${CorsOrigins}", origins)
        case {"Ref": "AWS::NoValue"}:
            return None
    fields = {name: resolved(field, origins) for name, field in value.items()}
    return {name: field for name, field in fields.items() if field is not None}


class OwnAnswers(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.body = expand("dev", form("rest"))["Resources"]["Api"]["Properties"]["Body"]

    def methods(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, methods in self.body["paths"].items():
            for name, method in methods.items():
                yield path, name, method["x-amazon-apigateway-integration"]

    def test_every_template_renders_for_every_origin(self) -> None:
        mocks = [integration for _, _, integration in self.methods() if integration["type"] == "mock"]
        self.assertEqual(len(mocks), len(self.body["paths"]), "preflights")
        answers = [mock["responses"]["default"]["responseTemplates"]["application/json"] for mock in mocks]
        cases, requests = [], []
        for origins, origin, name in product(CONFIGURED, ORIGINS, ("Origin", "origin")):
            # The methods have one template, which is not rendered again for each.
            for template in {resolved(answer, origins) for answer in answers}:
                cases.append((origins, origin))
                requests.append(Request(template, () if origin is None else ((name, origin),)))
        for (origins, origin), rendered in zip(cases, render(requests), strict=True):
            allowed = "*" if origins == "*" else origin if origin in origins.split(",") else None
            with self.subTest(origin=origin, configured=origins):
                self.assertIsInstance(rendered, Rendered, rendered)
                self.assertEqual(rendered.text.strip(), "")
                self.assertEqual(rendered.headers, {} if allowed is None else {ALLOW_ORIGIN: allowed})

    def test_a_mock_names_a_status_that_it_has(self) -> None:
        for path, name, integration in self.methods():
            if integration["type"] != "mock":
                continue
            with self.subTest(path=path, method=name):
                (template,) = integration["requestTemplates"].values()
                self.assertIsNone(re.search(r"[#$]", template), template)
                status = json.loads(template)["statusCode"]
                self.assertIsInstance(status, int)
                answers = integration["responses"]
                self.assertIn(str(status), [answer["statusCode"] for answer in answers.values()])
                self.assertIn(str(status), self.body["paths"][path][name]["responses"])

    def test_no_body_is_taken_for_a_status(self) -> None:
        """A mock whose templates do not know a body's type would read the status out of the body."""
        for path, name, integration in self.methods():
            if integration["type"] == "mock":
                self.assertEqual(integration["passthroughBehavior"], "never", f"{name} {path}")

    def test_a_method_that_a_path_does_not_have_goes_to_a_function_with_any_body(self) -> None:
        """Proxies take every type of body, and functions answer 405 with the methods that there are."""
        for path, methods in self.body["paths"].items():
            other = methods["x-amazon-apigateway-any-method"]
            self.assertEqual(other["x-amazon-apigateway-integration"]["type"], "aws_proxy", path)
            self.assertEqual(other["security"], [{"apiKey": []}], path)

    def test_a_page_reads_problems_only_where_pages_may_call(self) -> None:
        for origins in CONFIGURED:
            allowed = "'*'" if origins else None
            for name, answer in resolved(self.gateway_responses(), origins).items():
                with self.subTest(name, origins=origins):
                    headers = answer["responseParameters"]
                    self.assertEqual(headers.get(f"gatewayresponse.header.{ALLOW_ORIGIN}"), allowed)

    def test_the_api_answers_problem_documents(self) -> None:
        for name, answer in self.gateway_responses().items():
            with self.subTest(name):
                self.assertEqual(
                    answer["responseParameters"]["gatewayresponse.header.Content-Type"], "'application/problem+json'"
                )
                (template,) = answer["responseTemplates"].values()
                for reference, text in CONTEXT.items():
                    template = template.replace(reference, text)
                # These are no templates of Velocity: API Gateway puts in the values of references, and nothing else.
                self.assertIsNone(re.search(r"[#$]", template), template)
                problem = json.loads(template)
                self.assertEqual(problem["status"], int(answer["statusCode"]))
                self.assertEqual(problem["requestId"], "request-1")

    def test_throttling_and_failures_say_when_to_come_again(self) -> None:
        """A plan that is used up is the caller's 429; a function that could not be asked is a 503, and not a 504."""
        expected = {
            "THROTTLED": ("429", "'1'"),
            "QUOTA_EXCEEDED": ("429", "'3600'"),
            "INTEGRATION_FAILURE": ("503", "'1'"),
            "DEFAULT_5XX": ("503", "'1'"),
            "INTEGRATION_TIMEOUT": ("504", None),
        }
        for name, (status, wait) in expected.items():
            with self.subTest(name):
                answer = self.gateway_responses()[name]
                found = answer["responseParameters"].get("gatewayresponse.header.Retry-After")
                self.assertEqual((answer["statusCode"], found), (status, wait))

    def test_every_operation_declares_what_is_answered_for_it(self) -> None:
        contract = yaml_parse((stack.SAM.parent / "openapi.yaml").read_text())
        for path, methods in contract["paths"].items():
            for method, operation in methods.items():
                if method == "parameters":
                    continue
                with self.subTest(f"{method} {path}"):
                    self.assertLessEqual({"429", "503", "504"}, {str(status) for status in operation["responses"]})

    def gateway_responses(self) -> dict[str, Any]:
        responses: dict[str, Any] = self.body["x-amazon-apigateway-gateway-responses"]
        return responses


class Velocity(unittest.TestCase):
    """The renderer is as strict as Velocity is, or these tests would show nothing."""

    def test_no_method_is_called_on_a_literal(self) -> None:
        (rendered,) = render([Request("#if(',a,'.contains(',a,'))yes#end")])
        self.assertIsInstance(rendered, NotATemplate)

    def test_what_is_not_there_is_an_error(self) -> None:
        for template in ("$context.nothing", "$input.body", "$nothing"):
            (rendered,) = render([Request(template)])
            self.assertIsInstance(rendered, NotATemplate, template)


if __name__ == "__main__":
    unittest.main()
