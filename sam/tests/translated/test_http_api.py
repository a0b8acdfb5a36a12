"""An HTTP API has a route for every request, and whatever it does not do by itself is done elsewhere."""

from __future__ import annotations

import json
import re
import unittest
from collections.abc import Iterator
from typing import Any

from samtranslator.yaml_helper import yaml_parse

import stack
from expand import expand, form

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# The variables of an HTTP API's access log, by AWS's documentation, as far as they are used.
LOGGED = {
    "error.responseType",
    "integrationErrorMessage",
    "requestId",
    "responseLatency",
    "routeKey",
    "status",
}
# What is there for REST APIs alone, and what an HTTP API cannot be associated with.
REST_ONLY = {
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::ApiKey",
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::UsagePlan",
    "AWS::WAFv2::WebACL",
    "AWS::WAFv2::WebACLAssociation",
}


def reference(value: Any) -> str:  # noqa: ANN401 (any reference of a template)
    """The logical id that a reference leads to."""
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            return name
        case {"Fn::Sub": str(text)}:
            (name,) = re.findall(r"\$\{(\w+)[^:]*\}", text)
            return str(name)
    raise AssertionError(f"{value} is no reference")


class HttpApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.resources = expand("prod", form("http"))["Resources"]
        contract = yaml_parse((stack.SAM.parent / "openapi.yaml").read_text())
        cls.paths = contract["paths"]
        functions = yaml_parse((stack.SAM / "functions.yaml").read_text())["functions"]
        cls.serving = {
            operation: name[0].upper() + name[1:] + "Function"
            for name, function in functions.items()
            for operation in function.get("operations", [])
        }

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        found = {name: r.get("Properties", {}) for name, r in self.resources.items() if r["Type"] == kind}
        self.assertTrue(found, kind)
        return found

    def functions(self) -> dict[str, str]:
        """The function that each route leads to, through its integration and the alias of the function."""
        integrations = self.of_type("AWS::ApiGatewayV2::Integration")
        routes = self.of_type("AWS::ApiGatewayV2::Route").values()
        return {route["RouteKey"]: self.function(integrations[reference(route["Target"])]) for route in routes}

    def function(self, integration: dict[str, Any]) -> str:
        alias = self.resources[reference(integration["IntegrationUri"])]
        self.assertEqual((alias["Type"], alias["Properties"]["Name"]), ("AWS::Lambda::Alias", "live"))
        return reference(alias["Properties"]["FunctionName"])

    def operations(self) -> Iterator[tuple[str, str, str]]:
        for path, item in self.paths.items():
            for method in METHODS:
                if method in item:
                    yield method.upper(), path, item[method]["operationId"]

    def test_every_operation_is_routed_to_its_function(self) -> None:
        functions, expected = self.functions(), {}
        for method, path, operation in self.operations():
            expected[f"{method} {path}"] = self.serving[operation]
        found = {key: name for key, name in functions.items() if key.split(" ")[0] not in ("ANY", "$default")}
        self.assertEqual(found, expected)
        named = {r["OperationName"] for r in self.of_type("AWS::ApiGatewayV2::Route").values() if "OperationName" in r}
        self.assertEqual(named, set(self.serving))

    def test_other_methods_of_a_path_go_to_a_function_that_serves_the_path(self) -> None:
        """It answers preflights, HEAD, and 405 with the methods that there are."""
        functions = self.functions()
        for path in self.paths:
            on_path = {method: self.serving[name] for method, each, name in self.operations() if each == path}
            with self.subTest(path):
                self.assertIn(functions[f"ANY {path}"], on_path.values())
                # HEAD is GET without the body, so it is GET's function that has it.
                self.assertEqual(functions[f"ANY {path}"], on_path.get("GET", functions[f"ANY {path}"]))

    def test_paths_that_there_are_not_are_answered_with_problems_too(self) -> None:
        self.assertIn(self.functions()["$default"], self.serving.values())

    def test_no_two_routes_have_one_key(self) -> None:
        routes = self.of_type("AWS::ApiGatewayV2::Route")
        self.assertEqual(len({route["RouteKey"] for route in routes.values()}), len(routes))

    def test_functions_get_the_payloads_that_they_read(self) -> None:
        for name, integration in self.of_type("AWS::ApiGatewayV2::Integration").items():
            self.assertEqual(integration["IntegrationType"], "AWS_PROXY", name)
            self.assertEqual(integration["PayloadFormatVersion"], "2.0", name)

    def test_only_this_api_may_invoke_the_functions_and_only_their_live_versions(self) -> None:
        asked = set(self.functions().values())
        permitted = set()
        for name, permission in self.of_type("AWS::Lambda::Permission").items():
            if permission["Principal"] != "apigateway.amazonaws.com":
                continue
            with self.subTest(name):
                alias = self.resources[reference(permission["FunctionName"])]
                permitted.add(reference(alias["Properties"]["FunctionName"]))
                self.assertRegex(permission["SourceArn"]["Fn::Sub"], r":execute-api:.*:\$\{HttpApi\}/\*$")
        self.assertEqual(permitted, asked)

    def test_requests_are_throttled_by_stage(self) -> None:
        (stage,) = self.of_type("AWS::ApiGatewayV2::Stage").values()
        self.assertEqual(stage["StageName"], "$default")
        for setting, what in (("ThrottlingRateLimit", "Rate"), ("ThrottlingBurstLimit", "Burst")):
            found = stage["DefaultRouteSettings"][setting]
            self.assertEqual(found, {"Fn::FindInMap": ["Stages", {"Ref": "Stage"}, what]})

    def test_the_access_log_asks_for_variables_that_there_are(self) -> None:
        (stage,) = self.of_type("AWS::ApiGatewayV2::Stage").values()
        settings = stage["AccessLogSettings"]
        self.assertEqual(self.resources[reference(settings["DestinationArn"])]["Type"], "AWS::Logs::LogGroup")
        variables = json.loads(settings["Format"]).values()
        self.assertEqual({variable.removeprefix("$context.") for variable in variables}, LOGGED)

    def test_every_function_that_serves_asks_for_what_the_distribution_shows(self) -> None:
        """Nothing else stands between the world and a function: an HTTP API has no keys and no firewall."""
        for name, function in self.of_type("AWS::Lambda::Function").items():
            asks = "CIVICFORGE_EDGE_KEYS_ARN" in function["Environment"]["Variables"]
            self.assertEqual(asks, name in self.serving.values(), name)
            role = json.dumps(self.resources[reference(function["Role"])]["Properties"]["Policies"])
            self.assertEqual('{"Ref": "EdgeKeys"}' in role, asks, name)

    def test_the_distribution_shows_one_of_the_two_keys(self) -> None:
        (distribution,) = self.of_type("AWS::CloudFront::Distribution").values()
        origins = {origin["Id"]: origin for origin in distribution["DistributionConfig"]["Origins"]}
        origin = origins["api"]
        # The stage's name is in no path.
        self.assertNotIn("OriginPath", origin)
        self.assertIn("${HttpApi}.execute-api.", origin["DomainName"]["Fn::Sub"])
        (header,) = origin["OriginCustomHeaders"]
        self.assertEqual(header["HeaderName"], "x-edge-key")
        shown = "{{resolve:secretsmanager:${EdgeKeys}:SecretString:${ShownEdgeKey}}}"
        self.assertEqual(header["HeaderValue"], {"Fn::Sub": shown})
        generated = self.of_type("AWS::SecretsManager::Secret")["EdgeKeys"]["GenerateSecretString"]
        keys = json.loads(generated["SecretStringTemplate"]) | {generated["GenerateStringKey"]: ""}
        self.assertEqual(set(keys), {"a", "b"})
        # Shorter ones are refused by the functions.
        self.assertGreaterEqual(generated["PasswordLength"], 32)

    def test_nothing_is_left_of_the_rest_api(self) -> None:
        types = {resource["Type"] for resource in self.resources.values()}
        self.assertEqual(types & REST_ONLY, set())
        # A stack may go from one to the other, and CloudFormation refuses another type under the same id.
        rest = expand("prod", form("rest"))["Resources"]
        changed = {name for name in rest if self.resources.get(name, rest[name])["Type"] != rest[name]["Type"]}
        self.assertEqual(changed, set())


if __name__ == "__main__":
    unittest.main()
