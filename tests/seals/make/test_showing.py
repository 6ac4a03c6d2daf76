"""What a folder of keys holds, and the command."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from dti_xblocks.seals import keys, make
from tests.seals.make.folders import NOW, everything, ring, secrets_in


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("dti_pledge_keys", *map(str, arguments), stdout=out, no_color=True)
    return out.getvalue()


def test_a_sound_folder_has_no_warnings(folder):
    shown = make.show(folder, NOW)
    assert shown.warnings == ()
    assert shown.ring.key_id == ring(folder).key_id


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / keys.PRIVATE).unlink(), "sealing-key.pem is missing"),
        (lambda folder: (folder / keys.PUBLIC).unlink(), "lacks the present key"),
        (lambda folder: (folder / keys.CERTIFICATE_KEY).unlink(), "sealed, but not signed"),
        (lambda folder: (folder / keys.PRIVATE).chmod(0o640), "chmod 600"),
        (lambda folder: (folder / keys.CERTIFICATE_KEY).chmod(0o604), "chmod 600"),
    ],
)
def test_what_is_not_as_it_should_be_is_told(folder, spoil, told):
    spoil(folder)
    assert any(told in each for each in make.show(folder, NOW).warnings)


def test_a_certificate_that_has_expired_is_told(folder):
    assert any("has expired" in each for each in make.show(folder, NOW + timedelta(days=4000)).warnings)


@pytest.mark.parametrize("file", make.FILES[:3])
def test_a_spoilt_file_is_named_without_a_word_of_it(folder, file):
    (folder / file).write_text("secret words")
    with pytest.raises(make.MakeRefusedError) as refusal:
        make.show(folder)
    assert "secret words" not in str(refusal.value)


def test_the_command_makes_shows_and_rotates(tmp_path):
    folder = tmp_path / "keys"
    told = run("make", folder, "--name", "Example Police Department")
    made = ring(folder).key_id
    assert made in told
    assert f'DTI_PLEDGE_KEYS = "{folder}"' in told
    assert f"Seals now: key {made}" in run("show", folder)
    told = run("rotate", folder)
    assert f"The private key {made} was removed" in told
    assert ring(folder).key_id in told
    shown = run("show", folder)
    assert f"Sealed before, or elsewhere: {made}" in shown
    assert "CN=Example Police Department" in shown
    assert "Note:" not in shown
    assert "up to date" in run("publish", folder)
    assert "New Name" in run("certificate", folder, "--name", "New Name", "--replace")


def test_the_command_prints_nothing_secret(tmp_path):
    folder = tmp_path / "keys"
    told = (
        run("make", folder) + run("rotate", folder, "--keep-old") + run("show", folder) + run("certificate", folder, "--replace")
    )
    assert len(secrets_in(folder)) > 10
    assert not any(line in told for line in secrets_in(folder))


@pytest.mark.parametrize("act", ["make", "certificate"])
def test_the_command_refuses_to_overwrite(folder, act):
    before = everything(folder)
    with pytest.raises(CommandError, match="already"):
        run(act, folder)
    assert everything(folder) == before


@pytest.mark.parametrize("act", ["rotate", "publish", "show", "certificate"])
def test_the_command_says_that_a_folder_is_missing(tmp_path, act):
    with pytest.raises(CommandError):
        run(act, tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []
