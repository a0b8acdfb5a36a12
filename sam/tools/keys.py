"""Makes and rotates the signing keys of a stage; `sam/keys --help` says how.

SigningKeys holds RSA private keys in PEM, of which the first signs. PublicKeys holds the JWKS of all of them. A kid
is its RFC 7638 thumbprint, so nobody has to be told it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from dataclasses import dataclass

import boto3
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

import stack

PEM = re.compile(r"-----BEGIN (?:RSA )?PRIVATE KEY-----.*?-----END (?:RSA )?PRIVATE KEY-----", re.DOTALL)
BITS = 2048


class Refusal(Exception):
    """What was asked for would lose something, or makes no sense now."""


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class Key:
    """A signing key."""

    private: rsa.RSAPrivateKey

    @classmethod
    def generate(cls) -> Key:
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=BITS))

    @classmethod
    def parse(cls, pem: str) -> Key:
        private = serialization.load_pem_private_key(pem.encode(), password=None)
        if not isinstance(private, rsa.RSAPrivateKey):
            raise Refusal("SigningKeys holds a key that is not RSA")
        return cls(private)

    def pem(self) -> str:
        encoding, format_ = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return self.private.private_bytes(encoding, format_, serialization.NoEncryption()).decode()

    def public(self) -> dict[str, str]:
        """The members of the public key that make it what it is."""
        numbers = self.private.public_key().public_numbers()

        def text(number: int) -> str:
            return base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))

        return {"e": text(numbers.e), "kty": "RSA", "n": text(numbers.n)}

    def kid(self) -> str:
        canonical = json.dumps(self.public(), separators=(",", ":"), sort_keys=True)
        return base64url(hashlib.sha256(canonical.encode()).digest())

    def jwk(self) -> dict[str, str]:
        return {**self.public(), "use": "sig", "alg": "RS256", "kid": self.kid()}


class KeySecrets:
    """The keys of a stack: the private ones, and the public halves of them."""

    def __init__(self, aws: boto3.Session, stack_name: str) -> None:
        self._client = aws.client("secretsmanager", config=stack.TIMEOUTS)
        self._ids = {secret: stack.physical_id(aws, stack_name, secret) for secret in ("SigningKeys", "PublicKeys")}

    def keys(self) -> list[Key]:
        """The signing keys, of which the first signs; none where none was ever put there."""
        return [Key.parse(pem) for pem in PEM.findall(self._get("SigningKeys"))]

    def put_private(self, keys: list[Key]) -> None:
        self._put("SigningKeys", "".join(key.pem() for key in keys))

    def put_public(self, keys: list[Key]) -> None:
        self._put("PublicKeys", json.dumps({"keys": [key.jwk() for key in keys]}))

    def _get(self, secret: str) -> str:
        try:
            return str(self._client.get_secret_value(SecretId=self._ids[secret])["SecretString"])
        except self._client.exceptions.ResourceNotFoundException:
            # The secret exists, and no value was ever put into it.
            return ""

    def _put(self, secret: str, value: str) -> None:
        self._client.put_secret_value(SecretId=self._ids[secret], SecretString=value)


def rotate(action: str, held: KeySecrets) -> str:
    """Does one step, and says what was done."""
    keys = held.keys()
    if action == "init":
        if keys:
            raise Refusal("there are signing keys already; to replace them, use add, promote and retire")
        key = Key.generate()
        held.put_public([key])
        held.put_private([key])
        return f"{key.kid()} signs"
    if not keys:
        raise Refusal("there are no signing keys yet; use init")
    if action == "add":
        if len(keys) > 1:
            raise Refusal("a rotation is under way; use promote, or retire what is old")
        keys.append(Key.generate())
        # Whoever verifies knows a key before anybody signs with it.
        held.put_public(keys)
        held.put_private(keys)
        return f"{keys[1].kid()} is known; {keys[0].kid()} still signs"
    if action == "promote":
        if len(keys) != 2:
            raise Refusal("there is no second key that could sign; use add")
        keys.reverse()
        held.put_private(keys)
        return f"{keys[0].kid()} signs; {keys[1].kid()} still verifies"
    if action == "retire":
        if len(keys) < 2:
            raise Refusal("there is only the key that signs")
        held.put_private(keys[:1])
        held.put_public(keys[:1])
        return f"{keys[0].kid()} is the only key"
    signing, *others = [key.kid() for key in keys]
    return "\n".join([f"{signing} signs", *(f"{kid} verifies" for kid in others)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("action", choices=["init", "add", "promote", "retire", "list"])
    arguments = parser.parse_args()
    aws = stack.session(arguments.stage)
    try:
        print(rotate(arguments.action, KeySecrets(aws, stack.name(arguments.stage))))
    except Refusal as refusal:
        print(f"sam/keys: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
