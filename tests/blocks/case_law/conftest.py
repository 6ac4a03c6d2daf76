"""A site that makes packets quickly, for the tests of packets."""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.storage import InMemoryStorage
from django.test.utils import override_settings

from dti_xblocks import pdf
from dti_xblocks.records.case_law import packets


@pytest.fixture
def site(monkeypatch):
    """A site whose renderer is quick, whose storage is its own, and which makes packets in the request. Yields what was made."""
    store, made = InMemoryStorage(), []
    models = [apps.get_model("dti_records", name) for name in ("Packet", "ReaderMark")]

    def quick(html, *, title, base_css, heartbeat):
        made.append(html)
        return b"%PDF-" + title.encode()

    monkeypatch.setattr(packets, "storage", lambda: store)
    monkeypatch.setattr(pdf, "render_apart", quick)
    cache.clear()
    for model in models:
        model.objects.all().delete()
    with override_settings(DTI_RENDER="request"):
        yield made
    for model in models:
        model.objects.all().delete()


@pytest.fixture
def slow():
    """A site where nobody makes packets by themselves: the test is the worker."""
    with override_settings(DTI_RENDER="celery"):
        yield
