"""What the tests of `crypto/` share: one RSA key, and patience on a busy machine."""

import pytest
from hypothesis import settings

from crypto.blind_rsa import SecretKey
from tests.crypto.published import ours

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def secret_key() -> SecretKey:
    """The RSA key of our own vectors: making one takes a while, this one is public anyway."""
    return SecretKey.from_der(bytes.fromhex(ours("blind_signature")["secret_key"]))
