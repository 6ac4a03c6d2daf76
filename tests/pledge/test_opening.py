"""From when on a pledge may be signed."""

from datetime import UTC, datetime

import pytest

from dti_xblocks.pledge.opening import opening


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("  ", None),
        ("2027-01-15", datetime(2027, 1, 15, tzinfo=UTC)),
        (" 2027-01-15T08:30 ", datetime(2027, 1, 15, 8, 30, tzinfo=UTC)),
        ("2027-01-15T08:30:00Z", datetime(2027, 1, 15, 8, 30, tzinfo=UTC)),
        ("2027-01-15T08:30-05:00", datetime(2027, 1, 15, 13, 30, tzinfo=UTC)),
    ],
)
def test_a_day_or_time_is_read_in_utc(text, moment):
    assert opening(text) == moment


@pytest.mark.parametrize(
    "text", ["soon", "15.1.2027", "2027-13-01", "2027-02-30", "1999-12-31", "2201-01-01", "0001-01-01", "08:00"]
)
def test_what_is_no_day_of_ours_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        opening(text)
