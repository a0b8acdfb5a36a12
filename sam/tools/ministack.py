"""Creates the stack on MiniStack and tries what is in it; `sam/ministack --help` says what."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import boto3
from samtranslator.yaml_helper import yaml_parse

import stack
import try_export
import try_http
import try_images
import try_keys
import try_outbox
import try_restore
import try_sign_ups
import try_versions
from api import Wrong
from expand import A_REVISION, BUCKET, form, program, translate

ROOT = stack.SAM.parent
STAGE = "dev"
WITH_HTTP_API = "staging"
REGION = "eu-central-1"
# What MiniStack has no stacks with. What of it has no condition is taken out of a stage that `sam deploy` creates.
MISSING = {
    "AWS::Budgets::Budget",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::XRay::SamplingRule",
}
# MiniStack takes these and no others where it looks at them.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def say(text: str) -> None:
    print(f"\n== {text}", file=sys.stderr, flush=True)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def ministack(log: Path) -> Iterator[str]:
    """A server of its own, which is gone with everything in it at the end. Gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        # No broker for a service that is not used, on a port that is.
        "IOT_MTLS_PORT": "0",
        # What the server has in its environment its functions have too: on AWS they need no address.
        "CIVICFORGE_DYNAMODB_ENDPOINT": address,
        "CIVICFORGE_SECRETS_ENDPOINT": address,
        "CIVICFORGE_EVENTS_ENDPOINT": address,
        "CIVICFORGE_S3_ENDPOINT": address,
    }
    with log.open("wb") as output:
        command = [sys.executable, str(stack.SAM / "tools" / "emulator" / "serve.py")]
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=output, stderr=output)
        try:
            await_answer(f"{address}/_ministack/health", process)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def await_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"MiniStack did not start: {error}") from error
        time.sleep(0.2)


def with_the_provider_there(template: str) -> str:
    """sam/cicd.yaml as it is where the account has GitHub's identity provider: MiniStack has no stacks with one."""
    document: dict[str, Any] = yaml_parse(template)
    del document["Resources"]["GitHubOidcProvider"]

    def otherwise(value: object) -> object:
        if isinstance(value, dict):
            choice = value.get("Fn::If")
            if isinstance(choice, list) and choice[0] == "MakesProvider":
                return otherwise(choice[2])
            return {key: otherwise(each) for key, each in value.items()}
        return [otherwise(each) for each in value] if isinstance(value, list) else value

    return json.dumps(otherwise(document))


def without_what_is_missing(document: dict[str, Any]) -> dict[str, Any]:
    """A template without what MiniStack cannot create: it refuses the whole template because of it."""
    missing = [name for name, resource in document["Resources"].items() if resource["Type"] in MISSING]
    for name in missing:
        del document["Resources"][name]
    print(f"not created, because MiniStack has no stacks with it: {', '.join(missing)}")
    return document


def known_here(template: str) -> str:
    """A template without what MiniStack does not have: CodeDeploy, alarms on expressions of metrics, and MISSING."""
    template = re.sub(r"^      DeploymentPreference:\n(?: {8}.*\n)+", "", template, flags=re.MULTILINE)

    def is_known(block: str) -> bool:
        expressed = "Type: AWS::CloudWatch::Alarm" in block and "\n      Metrics:\n" in block
        always = "\n    Condition:" not in block
        return not expressed and not (always and any(f"    Type: {kind}\n" in block for kind in MISSING))

    return "\n\n".join(filter(is_known, template.split("\n\n")))


def create(template: str, name: str, region: str, parameters: dict[str, str]) -> dict[str, str]:
    """Creates one of the stacks that are deployed by hand. Gives its outputs."""
    aws = boto3.Session(region_name=region)
    client = aws.client("cloudformation", config=stack.TIMEOUTS)
    # Only a bucket takes a template of any size.
    s3 = aws.client("s3", config=stack.TIMEOUTS)
    s3.put_object(Bucket=BUCKET, Key=f"{name}.json", Body=template.encode())
    client.create_stack(
        StackName=name,
        TemplateURL=f"{os.environ['AWS_ENDPOINT_URL']}/{BUCKET}/{name}.json",
        Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    check_resources(aws, name)
    return stack.outputs(aws, name)


def prepare(stage: str) -> dict[str, str]:
    """What an administrator does before a stage is deployed. Gives the variables of its environment in GitHub."""
    domain = f"api.{stage}.example.org"
    route53 = boto3.Session(region_name=REGION).client("route53", config=stack.TIMEOUTS)
    zone = route53.create_hosted_zone(Name=f"{stage}.example.org", CallerReference=stage)["HostedZone"]["Id"]
    zone = zone.rsplit("/", 1)[-1]
    certificate = create(
        json.dumps(without_what_is_missing(yaml_parse((stack.SAM / "certs.yaml").read_text()))),
        f"civicforge-{stage}-certificate",
        "us-east-1",
        {"Stage": stage, "DomainName": domain, "HostedZoneId": zone},
    )
    cicd = create(
        with_the_provider_there((stack.SAM / "cicd.yaml").read_text()),
        f"civicforge-cicd-{stage}",
        REGION,
        {
            "Stage": stage,
            "GitHubRepository": "owner/name",
            "GitHubOidcProviderArn": "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com",
            "HostedZoneId": zone,
        },
    )
    return {
        "DOMAIN_NAME": domain,
        "HOSTED_ZONE_ID": zone,
        "CERTIFICATE_ARN": certificate["CertificateArn"],
        "WEB_ACL_ARN": certificate.get("WebAclArn", ""),
        "EXECUTION_ROLE_ARN": cicd["ExecutionRoleArn"],
        "PERMISSIONS_BOUNDARY_ARN": cicd["PermissionsBoundaryArn"],
        "ARTIFACT_BUCKET": cicd["ArtifactBucket"],
        "ALARM_EMAIL": "alarms@example.org",
        "CORS_ORIGINS": "https://app.example.org,https://www.example.org",
    }


def deploy() -> dict[str, str]:
    """Deploys the first stage as the workflow does, and looks whether all of it is there. Gives its variables."""
    variables = prepare(STAGE)
    # Beside sam/, so that the programs are where the template says.
    template = ROOT / "target" / "template.yaml"
    template.write_text(known_here((stack.SAM / "template.yaml").read_text()))
    # Later deployments of the stage have the same template.
    variables["SAM_TEMPLATE"] = str(template)
    environment = {**os.environ, **variables}
    subprocess.run(["sam/deploy", STAGE, "--first", "--yes"], cwd=ROOT, check=True, env=environment)
    aws, name = stack.session(STAGE), stack.name(STAGE)
    check_resources(aws, name)
    put_secret(aws, name)
    return variables


def put_secret(aws: boto3.Session, name: str) -> None:
    """MiniStack does not heed ExcludePunctuation, so what it has generated is not base64."""
    secret = base64.b64encode(secrets.token_bytes(32)).decode()
    client = aws.client("secretsmanager", config=stack.TIMEOUTS)
    client.put_secret_value(SecretId=stack.physical_id(aws, name, "Secret"), SecretString=secret)


def expanded(template: str, stage: str) -> dict[str, Any]:
    """A template as MiniStack takes it where `sam deploy` is not used."""
    given = {"Stage": stage, "Revision": A_REVISION}
    return without_what_is_missing(translate(known_here(template), given))


def create_prod() -> None:
    """Creates what only production has, too, but for what MiniStack cannot create; so `sam deploy` is not used."""
    variables = prepare("prod")
    text = (stack.SAM / "template.yaml").read_text()
    template = expanded(text, "prod")
    s3 = boto3.Session(region_name=REGION).client("s3", config=stack.TIMEOUTS)
    resources = yaml_parse(text)["Resources"].values()
    for name in {program(one) for one in resources if one["Type"] == "AWS::Serverless::Function"}:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(ROOT / "target/lambda" / name / "bootstrap", "bootstrap")
        s3.put_object(Bucket=BUCKET, Key=f"{name}.zip", Body=archive.getvalue())
    given = {
        "Stage": "prod",
        "Revision": A_REVISION,
        "DomainName": variables["DOMAIN_NAME"],
        "HostedZoneId": variables["HOSTED_ZONE_ID"],
        "CertificateArn": variables["CERTIFICATE_ARN"],
        "PermissionsBoundaryArn": variables["PERMISSIONS_BOUNDARY_ARN"],
        "WebAclArn": variables["WEB_ACL_ARN"],
        "AlarmEmail": variables["ALARM_EMAIL"],
        "MonthlyBudget": "200",
        "MailIdentityArn": f"arn:aws:ses:{REGION}:000000000000:identity/example.org",
        "MailFrom": "no-reply@example.org",
    }
    create(json.dumps(template), stack.name("prod"), REGION, given)


def create_with_http_api() -> None:
    """Creates a stage with the other kind of API, of the programs that prod has."""
    given = {"Stage": WITH_HTTP_API, "Revision": A_REVISION}
    name = stack.name(WITH_HTTP_API)
    create(json.dumps(expanded(form("http"), WITH_HTTP_API)), name, REGION, given)
    put_secret(stack.session(WITH_HTTP_API), name)


def try_probe() -> None:
    """The probe's stack comes and goes, its requests are made, and it does not claim that anything was proven."""
    done = subprocess.run([str(stack.SAM / "probe")], check=False, stdout=subprocess.PIPE, text=True)
    print(done.stdout)
    if done.returncode != 3 or "IAM is not evaluated here" not in done.stdout:
        raise Wrong(f"sam/probe has ended with {done.returncode}")


def check_resources(aws: boto3.Session, name: str) -> None:
    """Every resource that a stack's template asks for is there."""
    client = aws.client("cloudformation", config=stack.TIMEOUTS)
    pages = client.get_paginator("list_stack_resources").paginate(StackName=name)
    resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    incomplete = [
        f"{resource['LogicalResourceId']} ({resource['ResourceType']}): {resource['ResourceStatus']}"
        for resource in resources
        if resource["ResourceStatus"] != "CREATE_COMPLETE"
    ]
    if incomplete or not resources:
        raise SystemExit("not created:\n" + "\n".join(incomplete or ["anything"]))
    types = {resource["ResourceType"] for resource in resources}
    print(f"{name}: {len(resources)} resources of {len(types)} types are CREATE_COMPLETE")


def main() -> int:
    command = sys.argv[2:]
    log = ROOT / "target" / "ministack.log"
    with ministack(log) as address:
        os.environ.update(CREDENTIALS, AWS_REGION=REGION, AWS_DEFAULT_REGION=REGION, AWS_ENDPOINT_URL=address)
        try:
            say("creating the stacks")
            s3 = boto3.Session(region_name=REGION).client("s3", config=stack.TIMEOUTS)
            s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
            variables = deploy()
            create_prod()
            create_with_http_api()
            say("making its keys")
            try_keys.make(STAGE, address)
            say("asking an HTTP API")
            try_http.run(WITH_HTTP_API, address)
            say("sending an image")
            try_images.run(STAGE, address)
            say("sending messages")
            try_outbox.run(STAGE, address)
            say("repairing sign-ups")
            try_sign_ups.run(STAGE, address)
            say("restoring its table")
            try_restore.run(STAGE, address, variables)
            say("exporting its table")
            try_export.run(STAGE)
            say("deleting old versions")
            try_versions.run(STAGE)
            say("probing an account that evaluates no conditions")
            try_probe()
            say("rotating its keys")
            try_keys.rotate(STAGE)
            if command:
                say(" ".join(command))
                table = stack.outputs(stack.session(STAGE), stack.name(STAGE))["TableName"]
                places = {"CIVICFORGE_TEST_DYNAMODB_ENDPOINT": address, "CIVICFORGE_TEST_TABLE": table}
                return subprocess.run(command, cwd=ROOT, env={**os.environ, **places}, check=False).returncode
        except (subprocess.CalledProcessError, Wrong) as error:
            print(f"{error}\nwhat MiniStack said is in {log}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
