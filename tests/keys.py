"""Keys for tests."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SHAPE = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def new_key() -> str:
    """A private key of its own to seal with, as PEM."""
    return Ed25519PrivateKey.generate().private_bytes(*SHAPE).decode()
