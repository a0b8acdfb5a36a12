"""The template's parameters, as `sam/deploy` gives them.

parameters.py STAGE PROGRAM… [--first] [--at-once] prints Name="value", one to a line. The other values come from the
environment.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import stack

# The variable of the environment that has a parameter's value, and the value where it is not set.
VARIABLES = {
    "DomainName": ("DOMAIN_NAME", ""),
    "CertificateArn": ("CERTIFICATE_ARN", ""),
    "WebAclArn": ("WEB_ACL_ARN", ""),
    "HostedZoneId": ("HOSTED_ZONE_ID", ""),
    "CorsOrigins": ("CORS_ORIGINS", ""),
    "AccessTokenLifetime": ("ACCESS_TOKEN_LIFETIME", "30m"),
    "RefreshTokenLifetime": ("REFRESH_TOKEN_LIFETIME", "7days"),
    "AlarmEmail": ("ALARM_EMAIL", ""),
    "MonthlyBudget": ("MONTHLY_BUDGET", ""),
    "MailIdentityArn": ("MAIL_IDENTITY_ARN", ""),
    "MailFrom": ("MAIL_FROM", ""),
    "MailDomain": ("MAIL_DOMAIN", ""),
    "AppUrl": ("APP_URL", ""),
    "LogLevel": ("LOG_LEVEL", "info"),
    "RequestMetrics": ("REQUEST_METRICS", "none"),
    "StreamView": ("STREAM_VIEW", "KEYS_ONLY"),
    "OwnerIndex": ("OWNER_INDEX", "KEYS_ONLY"),
    "PermissionsBoundaryArn": ("PERMISSIONS_BOUNDARY_ARN", ""),
}
# Those that only the template of a REST API has, or that of an HTTP API.
OF_ONE_API = {"TracedShare": ("TRACED_SHARE", "0.005"), "ShownEdgeKey": ("EDGE_KEY", "a")}


def variables(template: bytes) -> dict[str, tuple[str, str]]:
    """Those of the parameters that this template has."""
    has = {name for name in OF_ONE_API if re.search(rf"^  {name}:$".encode(), template, re.MULTILINE)}
    return VARIABLES | {name: OF_ONE_API[name] for name in has}


def revision(program: bytes, template: bytes, parameters: Mapping[str, str]) -> str:
    """A digest of everything that a function's version is made of.

    SAM publishes a version when this changes. By itself SAM looks at the code and at literal values of the template,
    not at parameters and mappings, so a change of those would not reach the functions that requests are sent to.
    """
    parts = [hashlib.sha256(part).hexdigest() for part in (program, template)]
    text = json.dumps([parts, sorted(parameters.items())])
    return hashlib.sha256(text.encode()).hexdigest()


def parameters(
    stage: str,
    program: bytes,
    template: bytes,
    environment: Mapping[str, str],
    first: bool = False,
    at_once: bool = False,
) -> dict[str, str]:
    """Every parameter of the template. One that was left out would keep its value of the last deployment."""
    # A variable that is empty is as good as one that is not set: a workflow sets all of them.
    values = {name: environment.get(variable) or default for name, (variable, default) in variables(template).items()}
    values |= {"Stage": stage, "KeepWarm": "false" if first else "true"}
    # It says how versions change, and is not a part of any.
    made_of = dict(values)
    values["Rollout"] = "at-once" if at_once else "gradual"
    return values | {"Revision": revision(program, template, made_of)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage")
    parser.add_argument("programs", type=Path, nargs="+", metavar="program")
    parser.add_argument("--first", action="store_true", help="keep nothing warm")
    parser.add_argument("--at-once", action="store_true", help="send all requests to new versions at once")
    arguments = parser.parse_args()
    template = (stack.SAM / "template.yaml").read_bytes()
    program = b"".join(program.read_bytes() for program in arguments.programs)
    given = parameters(arguments.stage, program, template, os.environ, arguments.first, arguments.at_once)
    for name, value in given.items():
        print(f'{name}="{value}"')


if __name__ == "__main__":
    main()
