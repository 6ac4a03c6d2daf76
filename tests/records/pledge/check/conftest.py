"""A chain that nobody spoils, and one to spoil."""

import pytest


def chain_of_eight():
    from tests.records.pledge.check.chains import KEY, drop_course, fill, new_course, signing_with  # models: Django comes first

    with signing_with(KEY):
        chain = fill(new_course())
        yield chain
    drop_course(chain)


@pytest.fixture(scope="module")
def sound():
    """A course of eight links that is never left altered."""
    yield from chain_of_eight()


@pytest.fixture
def course():
    """A course of eight links that a test may spoil."""
    yield from chain_of_eight()
