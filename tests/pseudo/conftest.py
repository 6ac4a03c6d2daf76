"""A site that speaks the pseudo-language."""

import pytest
from django.test.utils import override_settings
from django.utils import translation

from scripts import catalogue
from tests.staff.conftest import platform, tables

__all__ = ["platform", "tables"]


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    path = folder / catalogue.PSEUDO / "LC_MESSAGES/django.mo"
    path.parent.mkdir(parents=True)
    source = catalogue.read(catalogue.path_of(catalogue.SOURCE))
    path.write_bytes(catalogue.compiled(catalogue.pseudo_messages(source)))
    return folder


@pytest.fixture(autouse=True)
def pseudo(catalogues):
    with override_settings(LOCALE_PATHS=[str(catalogues)]), translation.override("en-xa"):
        yield
