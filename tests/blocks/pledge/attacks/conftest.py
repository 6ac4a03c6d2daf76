"""A pledge to attack."""

import pytest

from tests.pledge.samples import PLEDGE
from tests.runtime import make_block


@pytest.fixture
def block():
    from dti_xblocks.pledge_block import PledgeBlock  # Django is configured by now

    return make_block(PledgeBlock, PLEDGE)
