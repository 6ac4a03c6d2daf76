"""The platform's extended heartbeat asks our records."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.test import override_settings

from dti_xblocks.records import health
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.settings import HEALTH, plugin_settings


def test_all_is_well():
    assert health.check() == ("dti_records", True, "OK")


def test_a_setting_that_is_wrong_is_told():
    with override_settings(DTI_RENDER="pigeon"):
        name, well, says = health.check()
    assert (name, well) == ("dti_records", False)
    assert "./manage.py lms check" in says


def test_records_that_cannot_be_read_are_told(monkeypatch):
    def gone():
        raise RecordsUnavailableError("no such table")

    monkeypatch.setattr(health, "records", gone)
    assert health.check()[1:] == (False, "The records cannot be read: ./manage.py lms dti_doctor")


def test_keys_that_cannot_seal_are_told_without_their_place(tmp_path):
    with override_settings(DTI_PLEDGE_KEYS=str(tmp_path)):
        _name, well, says = health.check()
    assert not well
    assert str(tmp_path) not in says


@pytest.mark.parametrize("kind", [tuple, list])
def test_the_plugin_adds_itself_once_to_what_the_site_asks(kind):
    site = SimpleNamespace(HEARTBEAT_EXTENDED_CHECKS=kind(["the.site.s"]))
    plugin_settings(site)
    plugin_settings(site)  # the platform loads settings of plugins twice
    assert kind(["the.site.s", HEALTH]) == site.HEARTBEAT_EXTENDED_CHECKS


def test_a_site_without_a_heartbeat_gets_none():
    site = SimpleNamespace()
    plugin_settings(site)
    assert not hasattr(site, "HEARTBEAT_EXTENDED_CHECKS")


def test_the_name_given_to_the_platform_is_the_check():
    module, _, name = HEALTH.rpartition(".")
    assert getattr(import_module(module), name) is health.check
