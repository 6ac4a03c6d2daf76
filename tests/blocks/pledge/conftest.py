"""A pledge block as authors leave it."""

import pytest

from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import make_block


@pytest.fixture
def block():
    from dti_xblocks.pledge_block import PledgeBlock  # Django is configured by now

    return make_block(PledgeBlock, PLEDGE_OLX, display_name="Our pledge")
