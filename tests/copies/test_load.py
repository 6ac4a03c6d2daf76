"""Many ask at once, and something fails for a moment: one rendering, and no lasting file that is worse than need be."""

import threading
import time

import pytest
from django.db import connection
from django.test import override_settings

from dti_xblocks.copies import copy_of
from dti_xblocks.copies import make as making
from dti_xblocks.copies.flights import Flights
from dti_xblocks.records import models
from dti_xblocks.seals import file, pades
from dti_xblocks.seals.site import site_keys
from tests.pdf import pledge_samples as samples

SETTING = samples.institution("Department of load")


def together(number, work) -> list:
    """What `number` threads get that do `work` at the same time, results or errors."""
    start, got = threading.Barrier(number), []

    def run():
        start.wait()
        try:
            got.append(work())
        except Exception as error:
            got.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_a_file_that_was_not_signed_for_a_passing_reason_is_not_kept(monkeypatch):
    def busy(*_arguments):
        raise TimeoutError("no end")

    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        row = samples.signed_row()
        with monkeypatch.context() as patched:
            patched.setattr(pades, "_signed", busy)
            made = copy_of(row)
        assert made.kind == "sealed" and file.check(made.body, site_keys().ring).state == file.INTACT
        assert not models.PledgeCopy.objects.filter(pledge=row.id).exists()
        assert copy_of(row).kind == "signed"
        assert models.PledgeCopy.objects.get(pledge=row.id).signed


def test_a_lasting_reason_leaves_a_sealed_file_that_is_kept():
    with override_settings(DTI_PLEDGE_KEYS={**SETTING, "certificate": "nothing"}):
        row = samples.signed_row()
        assert copy_of(row).kind == "sealed"
        assert models.PledgeCopy.objects.filter(pledge=row.id, signed=False).exists()


def test_signing_without_a_time_stamp_server_has_no_deadline(monkeypatch):
    signed = pades._signed

    def slow(*arguments):
        time.sleep(0.2)
        return signed(*arguments)

    monkeypatch.setattr(pades, "_signed", slow)
    monkeypatch.setattr(pades, "AT_MOST_SECONDS", 0.05)
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        assert copy_of(samples.signed_row()).kind == "signed"


@pytest.mark.parametrize("setting", [SETTING, None], ids=["kept", "unsealed"])
def test_a_file_is_made_once_however_many_ask_at_the_same_time(monkeypatch, setting):
    rendered = []
    with override_settings(DTI_PLEDGE_KEYS=setting):
        row = samples.signed_row()
        render = making.render_pdf

        def slow(*arguments, **more):
            rendered.append(1)
            time.sleep(0.5)
            return render(*arguments, **more)

        monkeypatch.setattr(making, "render_pdf", slow)
        bodies = together(8, lambda: copy_of(row))
    assert len(rendered) == 1
    assert len({each.body for each in bodies}) == 1


def test_an_error_is_the_error_of_all_who_waited_and_the_next_tries_again():
    flights = Flights()

    def work():
        time.sleep(0.3)
        raise ValueError("broken")

    assert [str(each) for each in together(5, lambda: flights.one("x", work))] == ["broken"] * 5
    assert flights.one("x", lambda: 7) == 7
