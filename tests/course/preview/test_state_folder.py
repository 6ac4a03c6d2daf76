"""What the preview keeps is its owner's alone."""

import stat

from dti_xblocks.course.preview import settings as preview_settings
from dti_xblocks.seals import make
from dti_xblocks.seals.site import site_keys


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_state_is_its_owners_alone(preview, tmp_path):
    visitor = preview()
    visitor.answer("p", "1")
    assert mode(tmp_path / "state") == 0o700
    for path in (tmp_path / "state").iterdir():
        assert mode(path) & 0o077 == 0, path.name


def test_an_older_state_is_closed(tmp_path, state_in_use):
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    for name in ("state.sqlite3", "state.sqlite3-wal", "secret.key"):
        (state / name).write_text("")
        (state / name).chmod(0o644)
    preview_settings.configure(state)
    assert mode(state) == 0o700
    assert {mode(path) for path in state.iterdir() if path.is_file()} == {0o600}
    assert mode(state / "keys") == 0o700


def test_keys_for_pledges_are_made_once_and_follow_the_state(tmp_path, state_in_use):
    preview_settings.configure(tmp_path / "one")
    first = site_keys()
    preview_settings.configure(tmp_path / "two")
    assert site_keys().ring.key_id != first.ring.key_id
    preview_settings.configure(tmp_path / "one")
    assert site_keys().ring.key_id == first.ring.key_id
    assert "Example Police Department" in make.show(tmp_path / "one" / "keys").certificate.subject.rfc4514_string()


def test_where_no_keys_can_be_made_the_preview_goes_on_without(tmp_path, state_in_use, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(make, "make_keys", full)
    preview_settings.configure(tmp_path / "state")
    assert site_keys().missing
    assert site_keys().fault == ""


def test_a_folder_that_holds_other_things_keeps_its_rights(tmp_path, state_in_use):
    (tmp_path / "home").mkdir(mode=0o755)
    (tmp_path / "home" / "letter.txt").write_text("")
    preview_settings.configure(tmp_path / "home")
    assert mode(tmp_path / "home") == 0o755
    assert mode(tmp_path / "home" / "state.sqlite3") == mode(tmp_path / "home" / "secret.key") == 0o600
