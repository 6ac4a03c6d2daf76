"""The platform with one course, empty of people before each test. Models are imported once Django is set up."""

import pytest


@pytest.fixture(scope="module")
def platform():
    """The platform's tables, with its modules around them."""
    from tests import lms
    from tests.staff.at_course import BLOCKS, COLLECTED, COURSE

    with lms.tables() as made, lms.course_of_staff(made, COURSE, COLLECTED, BLOCKS, {"sergeant"}):
        yield made


@pytest.fixture
def tables(platform):
    from django.contrib.auth.models import User

    from dti_xblocks.records import models
    from tests.staff.at_course import KEY

    yield platform
    for model in reversed(vars(platform).values()):
        model.objects.all().delete()
    User.objects.all().delete()
    models.PledgePending.objects.filter(chain=KEY).delete()
    models.PledgeLink.objects.filter(chain=KEY).delete()
    models.PledgeChain.objects.filter(chain=KEY).delete()
    for model in (models.ScenarioStart, models.SignedPledge, models.PledgeEvent, models.CourseReview, models.AuthorityProgress):
        model.objects.filter(course_key=KEY).delete()


@pytest.fixture
def sergeant(tables):
    """A member of the course's staff."""
    from django.contrib.auth.models import User

    return User.objects.create(username="sergeant")
