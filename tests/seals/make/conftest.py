"""A folder of keys."""

import itertools

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from dti_xblocks.seals import make
from tests.seals.make.folders import NOW


@pytest.fixture(scope="module", autouse=True)
def few_keys():
    """RSA keys of the real size, of which a process makes four only: to find their primes takes a third of a second each."""
    made = itertools.cycle([rsa.generate_private_key(public_exponent=65537, key_size=make.RSA_BITS) for _key in range(4)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make.rsa, "generate_private_key", lambda **_given: next(made))
        yield


@pytest.fixture
def folder(tmp_path):
    make.make_keys(tmp_path / "keys", "Example Police Department", NOW)
    return tmp_path / "keys"
