"""A site with keys, its page, and a pledge on record."""

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from dti_xblocks.platform import conf, limits
from tests.pdf.pledge_samples import signed_row
from tests.verify.at_work import KEYS, MIDDLEWARE, courses


@pytest.fixture(autouse=True)
def site():
    """A site with keys, whose counts begin anew, and with what any site of Django's has around its pages."""
    cache.clear()
    limits.own.clear()
    with override_settings(DTI_PLEDGE_KEYS=KEYS, DTI_PLEDGE_VERIFY_RATE=conf.VERIFY_RATE.default, MIDDLEWARE=MIDDLEWARE):
        yield
    cache.clear()


@pytest.fixture
def client():
    return Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def row():
    """The second of three records of its course, so that there are links around it."""
    course = next(courses)
    signed_row(course=course, name="Somebody Before")
    mine = signed_row(course=course, name="Ana Reyes", course_title="Duty to Intervene")
    signed_row(course=course, name="Somebody After")
    return mine
