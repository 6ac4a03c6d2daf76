"""A course and a learner of its own."""

import pytest


@pytest.fixture
def course():
    from tests.records.pledge import race_pledges  # models: Django comes first

    return next(race_pledges.courses)


@pytest.fixture
def user_id():
    from tests.records.pledge.retention.at_work import people

    return next(people)
