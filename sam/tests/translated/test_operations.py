"""What an operator relies on: alarms that can go off, retries that end, and versions that go back."""

from __future__ import annotations

import json
import re
import unittest
from collections.abc import Iterator
from typing import Any

from samtranslator.yaml_helper import yaml_parse

import stack
from expand import expand, form
from parameters import VARIABLES

# The metrics that there are, by AWS's documentation, and the dimensions that each can be asked by.
METRICS = {
    "AWS/DynamoDB": {
        "ConsumedReadCapacityUnits": [{"TableName"}],
        "ConsumedWriteCapacityUnits": [{"TableName"}],
        "ReadThrottleEvents": [{"TableName"}, {"TableName", "GlobalSecondaryIndexName"}],
        "SystemErrors": [{"TableName", "Operation"}],
        "TransactionConflict": [{"TableName"}],
        "WriteThrottleEvents": [{"TableName"}, {"TableName", "GlobalSecondaryIndexName"}],
    },
    "AWS/EventBridge/Pipes": {"ExecutionFailed": [{"PipeName"}]},
    "AWS/Lambda": {
        "Duration": [{"FunctionName"}],
        "Errors": [{"FunctionName"}, {"FunctionName", "Resource", "ExecutedVersion"}],
        "Invocations": [{"FunctionName"}],
        "ProvisionedConcurrencySpilloverInvocations": [{"FunctionName", "Resource"}],
        "Throttles": [{"FunctionName"}],
    },
    "AWS/SQS": {
        "ApproximateAgeOfOldestMessage": [{"QueueName"}],
        "ApproximateNumberOfMessagesVisible": [{"QueueName"}],
    },
}
# Those of each kind of API.
OF_API = {
    "rest": {name: [{"ApiName", "Stage"}] for name in ("4XXError", "5XXError", "Count", "Latency")},
    "http": {name: [{"ApiId", "Stage"}] for name in ("4xx", "5xx", "Count", "Latency")},
}
# The most that an alarm's expression may have.
MOST_METRICS = 10


class Operations:
    """What holds for either kind of API."""

    api: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.resources = expand("prod", form(cls.api))["Resources"]

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        found = {name: r.get("Properties", {}) for name, r in self.resources.items() if r["Type"] == kind}
        self.assertTrue(found, kind)
        return found

    def schedules(self) -> list[dict[str, Any]]:
        """Those that call functions; others call AWS itself."""
        found = self.of_type("AWS::Scheduler::Schedule").values()
        return [schedule for schedule in found if "Ref" in schedule["Target"]["Arn"]]

    def alarms(self) -> dict[str, dict[str, Any]]:
        return self.of_type("AWS::CloudWatch::Alarm")

    def test_alarms_and_dashboard_ask_for_metrics_that_there_are(self) -> None:
        asked = [(name, metric) for name, alarm in self.alarms().items() for metric in metrics(alarm)]
        asked += [("Dashboard", metric) for metric in self.on_dashboard()]
        for place, (namespace, metric, dimensions) in asked:
            with self.subTest(place, metric=metric):
                if namespace == "CivicForge":
                    self.assertEqual(dimensions, {"Stage"})
                else:
                    known = OF_API[self.api] if namespace == "AWS/ApiGateway" else METRICS[namespace]
                    self.assertIn(dimensions, known[metric])

    def on_dashboard(self) -> Iterator[tuple[str, str, set[str]]]:
        for dashboard in self.of_type("AWS::CloudWatch::Dashboard").values():
            body = dashboard["DashboardBody"]["Fn::Sub"]
            for widget in json.loads(body if isinstance(body, str) else body[0])["widgets"]:
                for namespace, name, *dimensions, _ in widget["properties"].get("metrics", []):
                    yield namespace, name, set(dimensions[::2])

    def test_no_alarm_has_more_metrics_than_cloudwatch_takes(self) -> None:
        for name, alarm in self.alarms().items():
            self.assertLessEqual(len(list(metrics(alarm))), MOST_METRICS, name)

    def test_a_schedule_that_does_not_run_is_noticed(self) -> None:
        absent = {
            resolved(alarm["Dimensions"][0]["Value"]): alarm
            for alarm in self.alarms().values()
            if alarm.get("MetricName") == "Invocations"
        }
        for schedule in self.schedules():
            function = called(schedule)
            with self.subTest(function):
                alarm = absent[function]
                self.assertEqual(alarm["TreatMissingData"], "breaching")
                self.assertEqual((alarm["ComparisonOperator"], alarm["Threshold"]), ("LessThanThreshold", 1))
                count, unit = re.fullmatch(r"rate\((\d+) (\w+?)s?\)", schedule["ScheduleExpression"]).groups()
                between = int(count) * {"minute": 60, "hour": 3600}[unit]
                # One call may be a little late, and CloudWatch takes whole minutes of a day.
                self.assertGreaterEqual(alarm["Period"], 2 * between)
                self.assertEqual(alarm["Period"] % 60, 0)
                self.assertLessEqual(alarm["Period"] * alarm["EvaluationPeriods"], 86400)

    def test_a_scheduled_call_that_fails_is_not_made_again_by_lambda(self) -> None:
        """Lambda would call twice more within minutes, and the schedule comes again anyway."""
        configs = {
            resolved(config["FunctionName"]): config
            for config in self.of_type("AWS::Lambda::EventInvokeConfig").values()
        }
        for schedule in self.schedules():
            config = configs[called(schedule)]
            self.assertEqual((config["Qualifier"], config["MaximumRetryAttempts"]), ("live", 0))

    def test_what_waits_in_a_queue_is_noticed(self) -> None:
        sources = {
            resolved(mapping["EventSourceArn"]) for mapping in self.of_type("AWS::Lambda::EventSourceMapping").values()
        }
        watched = {
            resolved(alarm["Dimensions"][0]["Value"])
            for alarm in self.alarms().values()
            if alarm.get("MetricName") == "ApproximateAgeOfOldestMessage"
        }
        self.assertEqual(sources, watched)

    def test_throttles_of_lambda_are_no_server_errors(self) -> None:
        """They are answered 503, and have an alarm of their own."""
        # With many functions it is several alarms, each without the throttles of some of them.
        named = re.compile(r"ServerErrors(Part\d+)?Alarm")
        parts = [alarm for name, alarm in self.alarms().items() if named.fullmatch(name) and "Metrics" in alarm]
        self.assertTrue(parts)
        functions = set()
        for alarm in parts:
            less = re.findall(r" - FILL\((m\d+), 0\)", alarm["Metrics"][0]["Expression"])
            throttles = {
                each["Id"]: resolved(each["MetricStat"]["Metric"]["Dimensions"][0]["Value"])
                for each in alarm["Metrics"][1:]
                if each["MetricStat"]["Metric"]["MetricName"] == "Throttles"
            }
            self.assertTrue(throttles)
            self.assertEqual(set(less), set(throttles))
            functions |= set(throttles.values())
        served = {resolved(p["FunctionName"]) for p in self.of_type("AWS::Lambda::Permission").values() if of_api(p)}
        self.assertEqual(functions, served)

    def test_a_new_version_that_fails_goes_back(self) -> None:
        groups = self.of_type("AWS::CodeDeploy::DeploymentGroup")
        served = {resolved(p["FunctionName"]) for p in self.of_type("AWS::Lambda::Permission").values() if of_api(p)}
        aliases = {
            resolved(r["Properties"]["FunctionName"]): r
            for r in self.resources.values()
            if r["Type"] == "AWS::Lambda::Alias" and "UpdatePolicy" in r
        }
        self.assertEqual(served, set(aliases))
        for alias in aliases.values():
            update = alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]
            group = groups[update["DeploymentGroupName"]["Ref"]]
            self.assertTrue(group["AutoRollbackConfiguration"]["Enabled"])
            self.assertIn("CodeDeployDefault.Lambda", json.dumps(group["DeploymentConfigName"]))
            alarms = group["AlarmConfiguration"]["Fn::If"][1]["Alarms"]
            for alarm in alarms:
                self.assertIn(alarm["Name"]["Ref"], self.alarms())
            self.assertEqual(resolved(group["ServiceRoleArn"]), "RolloutRole")

    def test_every_role_is_inside_the_boundary(self) -> None:
        """Also those that SAM would make: the execution role may not make a role without one."""
        for name, role in self.of_type("AWS::IAM::Role").items():
            self.assertEqual(role["PermissionsBoundary"]["Fn::If"][0], "HasBoundary", name)

    def test_no_template_replaces_a_secret(self) -> None:
        """CloudFormation writes a text into the secret whenever the text changes, over the keys that are there."""
        for name, secret in self.of_type("AWS::SecretsManager::Secret").items():
            self.assertNotIn("SecretString", secret, name)

    def test_lambda_writes_no_lines_of_its_own_for_each_call(self) -> None:
        for name, function in self.of_type("AWS::Lambda::Function").items():
            logging = function["LoggingConfig"]
            self.assertEqual((logging["LogFormat"], logging["SystemLogLevel"]), ("JSON", "WARN"), name)
            # What the function has decided to write is not filtered again.
            self.assertEqual(logging["ApplicationLogLevel"], "TRACE", name)

    def test_a_setting_that_nobody_names_has_the_default_of_the_template(self) -> None:
        """A deployment gives every parameter, so its defaults are the ones that hold."""
        declared = yaml_parse((stack.SAM / "template.yaml").read_text())["Parameters"]
        for name, (_, default) in VARIABLES.items():
            self.assertEqual(declared[name]["Default"], default, name)

    def test_metrics_of_each_operation_are_off_until_somebody_asks_for_them(self) -> None:
        """Each is paid for, and no alarm or chart of ours asks for one."""
        template = yaml_parse((stack.SAM / "template.yaml").read_text())
        self.assertEqual(template["Parameters"]["RequestMetrics"]["Default"], "none")
        self.assertEqual(VARIABLES["RequestMetrics"], ("REQUEST_METRICS", "none"))
        for name, function in self.of_type("AWS::Lambda::Function").items():
            variables = function["Environment"]["Variables"]
            self.assertIn(variables["CIVICFORGE_REQUEST_METRICS"], ({"Ref": "RequestMetrics"}, "none"), name)
        own = {
            metric
            for alarm in self.alarms().values()
            for namespace, metric, _ in metrics(alarm)
            if namespace == "CivicForge"
        }
        own |= {metric for namespace, metric, _ in self.on_dashboard() if namespace == "CivicForge"}
        self.assertTrue(own)
        self.assertEqual(own & {"requests", "latency", "clientErrors", "serverErrors", "errors"}, set())

    def test_what_functions_yaml_asks_for_is_in_the_stack(self) -> None:
        asked = yaml_parse((stack.SAM / "functions.yaml").read_text())["functions"]
        functions = self.of_type("AWS::Lambda::Function")
        for name, function in asked.items():
            logical = name[0].upper() + name[1:] + "Function"
            with self.subTest(name):
                reserved = functions[logical].get("ReservedConcurrentExecutions")
                self.assertEqual("reservedConcurrency" in function, reserved is not None)


class OperationsOfRestApi(Operations, unittest.TestCase):
    api = "rest"

    def test_x_ray_does_not_record_every_request_of_a_quiet_stage(self) -> None:
        """Its own rule takes one a second before it takes a share, and so does Lambda's, which cannot be changed."""
        (rule,) = (found["SamplingRule"] for found in self.of_type("AWS::XRay::SamplingRule").values())
        self.assertEqual(rule["ReservoirSize"], 0)
        self.assertLess(rule["Priority"], 10000)
        self.assertEqual(rule["ServiceType"], "AWS::ApiGateway::Stage")
        self.assertEqual(rule["ServiceName"], {"Fn::Sub": "${AWS::StackName}/${Stage}"})
        for stage in self.of_type("AWS::ApiGateway::Stage").values():
            self.assertTrue(stage["TracingEnabled"])
        served = {resolved(p["FunctionName"]) for p in self.of_type("AWS::Lambda::Permission").values() if of_api(p)}
        for name, function in self.of_type("AWS::Lambda::Function").items():
            mode = "Active" if name in served else "PassThrough"
            self.assertEqual(function["TracingConfig"], {"Mode": mode}, name)

    def test_the_access_log_says_who_was_refused_and_nothing_twice(self) -> None:
        for stage in self.of_type("AWS::ApiGateway::Stage").values():
            words = stage["AccessLogSetting"]["Format"].split(" ")
            self.assertTrue(all(word.startswith("$context.") for word in words), words)
            names = [word.removeprefix("$context.") for word in words]
            self.assertLessEqual({"requestId", "status", "error.responseType", "identity.apiKeyId"}, set(names))
            # The query of the documentation has a name for each.
            asked = (stack.SAM.parent / "docs" / "observability.md").read_text()
            self.assertIn(f'parse @message "{" ".join("*" for _ in words)}"', asked)

    def test_compressed_answers_are_decoded_and_kept_apart(self) -> None:
        for api in self.of_type("AWS::ApiGateway::RestApi").values():
            self.assertEqual(api["Body"]["x-amazon-apigateway-binary-media-types"], ["*/*"])
            self.assertNotIn("MinimumCompressionSize", api)
        for policy in self.of_type("AWS::CloudFront::CachePolicy").values():
            key = policy["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
            self.assertTrue(key["EnableAcceptEncodingGzip"])
        for distribution in self.of_type("AWS::CloudFront::Distribution").values():
            config = distribution["DistributionConfig"]
            for behavior in [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]:
                if behavior["TargetOriginId"] == "api":
                    self.assertFalse(behavior["Compress"])
                    # AllViewerExceptHostHeader, with what viewers accept.
                    self.assertEqual(behavior["OriginRequestPolicyId"], "b689b0a8-53d0-40ab-baf2-68738e2966ac")

    def test_nothing_goes_around_the_distribution_without_a_key(self) -> None:
        """There is no firewall before the API, so each method asks, also those that no function answers."""
        for api in self.of_type("AWS::ApiGateway::RestApi").values():
            for path, methods in api["Body"]["paths"].items():
                for name, method in methods.items():
                    self.assertEqual(method["security"], [{"apiKey": []}], f"{name} {path}")

    def test_gateway_metrics_of_each_method_are_off(self) -> None:
        for api in self.of_type("AWS::ApiGateway::Stage").values():
            for settings in api["MethodSettings"]:
                self.assertFalse(settings["MetricsEnabled"])


class OperationsOfHttpApi(Operations, unittest.TestCase):
    api = "http"

    def test_gateway_metrics_of_each_route_are_off(self) -> None:
        for stage in self.of_type("AWS::ApiGatewayV2::Stage").values():
            self.assertFalse(stage["DefaultRouteSettings"]["DetailedMetricsEnabled"])
            for route, settings in stage.get("RouteSettings", {}).items():
                self.assertFalse(settings["DetailedMetricsEnabled"], route)


def metrics(alarm: dict[str, Any]) -> Iterator[tuple[str, str, set[str]]]:
    """The metrics of an alarm: namespace, name and names of dimensions."""
    if "Metrics" in alarm:
        several = [entry["MetricStat"]["Metric"] for entry in alarm["Metrics"] if "MetricStat" in entry]
    else:
        several = [alarm]
    for metric in several:
        yield metric["Namespace"], metric["MetricName"], {dimension["Name"] for dimension in metric["Dimensions"]}


def resolved(value: Any) -> str:  # noqa: ANN401 (any reference of a template)
    """The logical id that a reference leads to, without what SAM adds for an alias."""
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            return name.removesuffix("Aliaslive")
    raise AssertionError(f"{value} is no reference")


def called(schedule: dict[str, Any]) -> str:
    return resolved(schedule["Target"]["Arn"])


def of_api(permission: dict[str, Any]) -> bool:
    return bool(permission["Principal"] == "apigateway.amazonaws.com")


if __name__ == "__main__":
    unittest.main()
