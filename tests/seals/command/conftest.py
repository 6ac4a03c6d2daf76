"""Rows, files and the command."""

import pytest

from dti_xblocks.seals import command
from tests.pdf import pledge_samples as samples
from tests.seals.command.at_work import SEALING, SETTING, file_of, row_under


@pytest.fixture(scope="module")
def row():
    return row_under(SEALING)


@pytest.fixture(scope="module")
def sealed(row):
    return file_of(row, SEALING)


@pytest.fixture(scope="module")
def signed():
    return file_of(row_under(SETTING, strokes=samples.drawing(), valid_until=samples.WHEN.replace(year=2100)), SETTING)


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on `body` with the keys of `setting`: (exit status, what it prints)."""

    def call(body, *more, setting=SETTING, key=None):
        (tmp_path / "pledge.pdf").write_bytes(body)
        (tmp_path / "institution.pub").write_text(setting["public"] if key is None else key)
        status = command.run([str(tmp_path / "pledge.pdf"), "--key", str(tmp_path / "institution.pub"), *more])
        return status, capsys.readouterr().out

    return call
