"""Asks a deployment whether it is well.

smoke.py STAGE
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import urllib.request

import stack


def smoke_test(base: str, patience: float = 180.0) -> str | None:
    """Asks for /health until it is well; what is wrong, where it never is.

    A new distribution or DNS record takes a while to be known everywhere, so the first answers count for nothing.
    """
    url = f"{base.rstrip('/')}/health"
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                body = json.load(answer)
            if body.get("status") == "ok":
                print(f"{url} is well")
                return None
            problem = f"{url} answered {body}"
        except (OSError, ValueError) as error:
            problem = f"{url}: {error}"
        if time.monotonic() > deadline:
            return problem
        time.sleep(5)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", help="as sam/samconfig.toml names it")
    arguments = parser.parse_args()
    outputs = stack.outputs(stack.session(arguments.stage), stack.name(arguments.stage))
    problem = smoke_test(outputs["ApiUrl"])
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
