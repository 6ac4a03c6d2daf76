"""A folder of keys."""

import pytest

from dti_xblocks.seals import make
from tests.seals.make.folders import NOW


@pytest.fixture
def folder(tmp_path):
    make.make_keys(tmp_path / "keys", "Example Police Department", NOW)
    return tmp_path / "keys"
