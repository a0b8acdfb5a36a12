"""Makes and rotates the signing keys of a new stack, and has tokens signed and verified with the first."""

from __future__ import annotations

import subprocess

import stack
from api import Api, Wrong

PASSWORD = "4-Quiet-Gardens"


def keys(stage: str, action: str) -> list[str]:
    """Runs `sam/keys`; what it says, line by line."""
    command = [str(stack.SAM / "keys"), stage, action]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def refuses(stage: str, action: str) -> None:
    """What would lose a key, or makes no sense now, is not done."""
    command = [str(stack.SAM / "keys"), stage, action]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 1 or "sam/keys: " not in done.stderr:
        raise Wrong(f"sam/keys {stage} {action} was not refused: {done.stdout}{done.stderr}")


def kids(stage: str) -> list[str]:
    """The keys, of which the first signs."""
    return [line.split()[0] for line in keys(stage, "list")]


def register(api: Api, name: str) -> str:
    """A new member's access token."""
    account = {"email": f"{name}@example.org", "password": PASSWORD, "name": name}
    token: str = api.expect(201, "POST", "/api/v1/auth/register", account)["accessToken"]
    return token


def make(stage: str, address: str) -> None:
    """The first key, and what has to know it: one function signs, another verifies, and a third publishes."""
    keys(stage, "init")
    (kid,) = kids(stage)
    api = Api(stage, address)
    if api.expect(200, "GET", "/health")["status"] != "ok":
        raise Wrong("the API is not well")
    api.expect(200, "GET", "/api/v1/users/me", token=register(api, "member"))
    published = [key["kid"] for key in api.expect(200, "GET", "/.well-known/jwks.json")["keys"]]
    if published != [kid]:
        raise Wrong(f"{published} is published, and not {kid}")
    print(f"tokens are signed with {kid} and verified")


def rotate(stage: str) -> None:
    """A rotation, step by step. Functions would hear of it after minutes, so only the secrets are looked at."""
    (first,) = kids(stage)
    for action in ["init", "promote", "retire"]:
        refuses(stage, action)
    keys(stage, "add")
    refuses(stage, "add")
    old, new = kids(stage)
    keys(stage, "promote")
    if (old, kids(stage)) != (first, [new, old]):
        raise Wrong(f"{kids(stage)} are the keys after {new} was promoted")
    keys(stage, "retire")
    if kids(stage) != [new]:
        raise Wrong(f"{kids(stage)} are the keys after {old} was retired")
    print(f"{first} was rotated to {new}")
