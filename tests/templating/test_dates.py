"""Dates and times for people."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation

from dti_xblocks.templating.dates import day_text, moment_text


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "November 23, 2026", "November 23, 2026, 12:46 p.m. UTC"),
        ("de", "23. November 2026", "23. November 2026 12:46 UTC"),
        ("es", "23 de noviembre de 2026", "23 de noviembre de 2026 a las 12:46 UTC"),
        ("ja", "2026年11月23日", "2026年11月23日12:46 UTC"),
    ],
)
def test_each_language_has_its_own_form(language, day, moment):
    when = datetime(2026, 11, 23, 12, 46, 30, tzinfo=UTC)
    with translation.override(language):
        assert day_text(when) == day_text(when.date()) == day
        assert moment_text(when) == moment


def test_a_time_elsewhere_is_told_in_utc():
    when = datetime(2026, 11, 23, 20, 5, tzinfo=timezone(timedelta(hours=-8)))
    assert moment_text(when) == "November 24, 2026, 4:05 a.m. UTC"
    assert day_text(when) == "November 24, 2026"


def test_an_escaped_letter_of_a_format_is_kept(monkeypatch):
    monkeypatch.setattr(
        "dti_xblocks.templating.dates.formats.get_format", lambda name, **more: r"j \N N Y" if name == "DATE_FORMAT" else name
    )
    assert day_text(date(2026, 9, 1)) == "1 N September 2026"
