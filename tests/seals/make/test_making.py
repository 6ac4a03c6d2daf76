"""Making the institution's keys."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dti_xblocks.seals import keys, make
from tests.seals.make.folders import everything, mode, ring, secrets_in


def test_what_is_secret_is_for_its_owner_only(folder):
    assert mode(folder) == 0o700
    assert {path.name for path in folder.iterdir()} == set(make.FILES)
    assert mode(folder / keys.PRIVATE) == mode(folder / keys.CERTIFICATE_KEY) == 0o600


def test_a_generous_umask_opens_nothing(tmp_path):
    before = os.umask(0)
    try:
        make.make_keys(tmp_path / "keys")
        make.rotate(tmp_path / "keys", keep_old=True)
    finally:
        os.umask(before)
    assert mode(tmp_path / "keys") == 0o700
    assert [mode(path) for path in (tmp_path / "keys").iterdir() if "key" in path.name] == [0o600] * 3


def test_the_keys_belong_together(folder):
    found = ring(folder)
    assert list(found.public) == [found.key_id]
    assert found.certificates == ((folder / keys.CERTIFICATE).read_text().strip(),)


def test_what_is_handed_out_holds_nothing_secret(folder):
    make.rotate(folder, keep_old=True)
    handed_out = (folder / keys.PUBLIC).read_text()
    assert "PRIVATE" not in handed_out
    assert not any(line in handed_out for line in secrets_in(folder))


@pytest.mark.parametrize("file", make.FILES)
def test_nothing_is_ever_overwritten(folder, file):
    for each in set(make.FILES) - {file}:
        (folder / each).unlink()
    before = everything(folder)
    with pytest.raises(make.MakeRefusedError, match=file):
        make.make_keys(folder)
    assert everything(folder) == before


def test_an_empty_folder_is_used_and_closed(tmp_path):
    (tmp_path / "mounted").mkdir(mode=0o755)
    made = make.make_keys(tmp_path / "mounted")
    assert ring(tmp_path / "mounted").key_id == made
    assert mode(tmp_path / "mounted") == 0o700


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "keys").write_text("mine")
    with pytest.raises(make.MakeRefusedError, match="no folder"):
        make.make_keys(tmp_path / "keys")
    assert (tmp_path / "keys").read_text() == "mine"


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_is_full_leaves_no_half_file(tmp_path, monkeypatch, there):
    folder = tmp_path / "keys"
    if there:
        folder.mkdir()
    calls = []

    def full(handle):
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(make.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        make.make_keys(folder)
    assert not (folder / keys.PRIVATE).exists()
    assert [path.name for path in tmp_path.rglob(".*")] == []
    assert folder.exists() == there


def test_two_that_make_at_once_make_one_folder(tmp_path, monkeypatch):
    folder = tmp_path / "keys"
    real = make._write
    made = []

    def meanwhile(path, text, replace=False):
        if not made:
            made.append("")
            made.append(make.make_keys(folder))
        real(path, text, replace)

    monkeypatch.setattr(make, "_write", meanwhile)
    with pytest.raises(make.MakeRefusedError, match="at this moment"):
        make.make_keys(folder)
    assert ring(folder).key_id == made[1]
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_file_system_without_links_is_no_obstacle(tmp_path, monkeypatch):
    def without(*_paths):
        raise PermissionError("no links here")

    monkeypatch.setattr(make.os, "link", without)
    make.make_keys(tmp_path / "keys")
    with pytest.raises(make.MakeRefusedError):
        make._write(tmp_path / "keys" / keys.PRIVATE, "x")
    assert ring(tmp_path / "keys").key_id


def test_making_keys_needs_no_django():
    code = "import sys; from dti_xblocks.seals import make; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
