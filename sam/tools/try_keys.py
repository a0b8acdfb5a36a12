"""Makes and rotates the signing keys of a new stack, and has tokens signed and verified with them."""

from __future__ import annotations

import subprocess

import stack
from api import Api, Wrong

PASSWORD = "4-Quiet-Gardens"


def keys(stage: str, action: str) -> list[str]:
    """Runs `sam/keys`; what it says, line by line."""
    command = [str(stack.SAM / "keys"), stage, action]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def kids(stage: str) -> list[str]:
    """The keys, of which the first signs."""
    return [line.split()[0] for line in keys(stage, "list")]


def register(api: Api, name: str) -> str:
    """A new member's access token."""
    account = {"email": f"{name}@example.org", "password": PASSWORD, "name": name}
    token: str = api.expect(201, "POST", "/api/v1/auth/register", account)["accessToken"]
    return token


def run(stage: str, address: str) -> None:
    """Everything, in the order in which an operator does it."""
    keys(stage, "init")
    (first,) = kids(stage)
    api = Api(stage, address)
    if api.expect(200, "GET", "/health")["status"] != "ok":
        raise Wrong("the API is not well")
    # One function signs the token, another verifies it, and a third publishes the key.
    api.expect(200, "GET", "/api/v1/users/me", token=register(api, "before"))
    published = [key["kid"] for key in api.expect(200, "GET", "/.well-known/jwks.json")["keys"]]
    if published != [first]:
        raise Wrong(f"{published} is published, and not {first}")

    keys(stage, "add")
    old, new = kids(stage)
    keys(stage, "promote")
    if (old, kids(stage)) != (first, [new, old]):
        raise Wrong(f"{kids(stage)} are the keys after {new} was promoted")
    keys(stage, "retire")
    if kids(stage) != [new]:
        raise Wrong(f"{kids(stage)} are the keys after {old} was retired")
    print(f"tokens are signed and verified; {first} was rotated to {new}")
