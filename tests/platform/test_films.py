"""Where films are fetched from."""

import pytest
from django.core.files.storage import InMemoryStorage, storages
from django.test import override_settings

from dti_xblocks.platform.films import film_address


class Signing(InMemoryStorage):
    """A storage that gives signed addresses."""

    def url(self, name):
        return f"https://bucket.example.gov/{name}?signature=abc"


class Failing(InMemoryStorage):
    """A storage that cannot be reached."""

    def url(self, name):
        raise OSError("no line")


def at(backend):
    made = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}, "films": {"BACKEND": f"{__name__}.{backend}"}}
    return override_settings(STORAGES=made, DTI_FILMS="films")


@pytest.fixture(autouse=True)
def storages_anew():
    yield
    storages._storages.clear()


def test_a_film_is_a_file_of_its_course():
    assert film_address("night.mp4") == "/static/night.mp4"


@pytest.mark.parametrize("base", ["https://films.example.gov/dti", "https://films.example.gov/dti/"])
def test_a_site_may_have_a_place_for_films(base):
    with override_settings(DTI_FILMS=base):
        assert film_address('a "b".mp4') == "https://films.example.gov/dti/a%20%22b%22.mp4"


def test_a_storage_gives_its_own_addresses():
    with at("Signing"):
        assert film_address("night.mp4") == "https://bucket.example.gov/night.mp4?signature=abc"


def test_a_storage_that_fails_is_as_good_as_none():
    with at("Failing"):
        assert film_address("night.mp4") == "/static/night.mp4"


@pytest.mark.parametrize("wrong", ["no-such-alias", "ftp://films.example.gov/"])
def test_a_wrong_setting_is_as_good_as_none(wrong):
    with override_settings(DTI_FILMS=wrong):
        assert film_address("night.mp4") == "/static/night.mp4"
