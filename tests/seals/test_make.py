"""Making, rotating and showing the institution's keys."""

import io
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from django.core.management import CommandError, call_command

from dti_xblocks.seals import keys, make

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    make.make_keys(tmp_path / "keys", "Example Police Department", NOW)
    return tmp_path / "keys"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def ring(folder: Path) -> keys.Keyring:
    return keys.read((folder / keys.PRIVATE).read_text(), [(folder / keys.PUBLIC).read_text()])


def everything(folder: Path) -> dict:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("dti_pledge_keys", *map(str, arguments), stdout=out, no_color=True)
    return out.getvalue()


def secrets_in(folder: Path) -> list[str]:
    """Lines of all private keys."""
    files = [path for path in folder.iterdir() if "key" in path.name]
    return [line for path in files for line in path.read_text().splitlines() if len(line) > 20 and "-----" not in line]


# -- making ------------------------------------------------------------------------------------------------------------


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


# -- rotating ----------------------------------------------------------------------------------------------------------


def test_rotation_keeps_what_was_sealed_before(folder):
    before = ring(folder)
    signature = before.sign(b"payload")
    old, new = make.rotate(folder)
    after = ring(folder)
    assert (old, new) == (before.key_id, after.key_id)
    assert old != new
    assert list(after.public) == [new, old]  # the newest first
    assert after.verify(old, b"payload", signature)
    assert after.certificates == before.certificates
    assert {path.name for path in folder.iterdir()} == set(make.FILES)


def test_all_keys_of_many_rotations_stay(folder):
    ids = [ring(folder).key_id, *(make.rotate(folder)[1] for _round in range(4))]
    assert list(ring(folder).public) == ids[::-1]


def test_the_old_private_key_is_kept_only_when_asked(folder):
    text = (folder / keys.PRIVATE).read_text()
    old, _new = make.rotate(folder, keep_old=True)
    kept = folder / f"sealing-key-{old}.pem"
    assert kept.read_text() == text
    assert mode(kept) == 0o600


def test_a_rotation_that_fails_half_way_leaves_the_old_key_at_work(folder, monkeypatch):
    before = ring(folder)
    real, seen = make.os.replace, []

    def second_fails(source, target):
        seen.append(target)
        if len(seen) == 2:
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr(make.os, "replace", second_fails)
    with pytest.raises(OSError, match="Input"):
        make.rotate(folder)
    assert ring(folder).key_id == before.key_id
    assert {path.name for path in folder.iterdir()} == set(make.FILES)


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("words")], ids=["gone", "spoilt"])
def test_without_a_usable_key_there_is_nothing_to_rotate(folder, spoil):
    spoil(folder / keys.PRIVATE)
    before = everything(folder)
    with pytest.raises(make.MakeRefusedError):
        make.rotate(folder)
    assert everything(folder) == before


# -- the certificate ---------------------------------------------------------------------------------------------------


def test_the_certificate_is_one_that_may_sign_documents(folder):
    found = x509.load_pem_x509_certificate((folder / keys.CERTIFICATE).read_bytes())
    usage = found.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert not found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert make.DOCUMENT_SIGNING in found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert found.public_key().key_size == 3072
    assert isinstance(found.signature_hash_algorithm, hashes.SHA256)
    assert found.not_valid_before_utc < NOW < found.not_valid_after_utc
    assert NOW + timedelta(days=3650) < found.not_valid_after_utc
    assert found.subject.rfc4514_string() == "CN=Example Police Department,O=Example Police Department"


def test_the_certificate_is_that_of_its_key(folder):
    found = x509.load_pem_x509_certificate((folder / keys.CERTIFICATE).read_bytes())
    key = serialization.load_pem_private_key((folder / keys.CERTIFICATE_KEY).read_bytes(), password=None)
    signature = key.sign(b"payload", padding.PKCS1v15(), hashes.SHA256())
    found.public_key().verify(signature, b"payload", padding.PKCS1v15(), hashes.SHA256())
    found.verify_directly_issued_by(found)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("", make.DEFAULT_NAME),
        ("  Two \n spaces ", "Two spaces"),
        ("警察署 – Policía", "警察署 – Policía"),
        ("x" * 80, "x" * 64),
        ("O=Fake,CN=Root", "O=Fake,CN=Root"),
    ],
)
def test_any_name_is_written_as_one_name(name, written):
    text, _key = make.make_certificate(name, NOW)
    found = x509.load_pem_x509_certificate(text.encode()).subject
    assert [each.value for each in found] == [written, written]


def test_a_name_that_cannot_be_shown_is_refused():
    with pytest.raises(make.MakeRefusedError, match="name"):
        make.make_certificate("Police\x07")


def test_a_certificate_is_replaced_only_when_asked_and_stays_known(folder):
    first = (folder / keys.CERTIFICATE).read_text().strip()
    with pytest.raises(make.MakeRefusedError, match="--replace"):
        make.renew_certificate(folder, "New Name")
    assert (folder / keys.CERTIFICATE).read_text().strip() == first
    made = make.renew_certificate(folder, "New Name", replace=True)
    second = (folder / keys.CERTIFICATE).read_text().strip()
    assert "New Name" in made.subject.rfc4514_string()
    assert ring(folder).certificates == (second, first)
    assert mode(folder / keys.CERTIFICATE_KEY) == 0o600


def test_a_certificate_of_an_authority_is_handed_out_without_its_issuers(folder):
    """Who trusts what is handed out must not thereby trust everybody whom that authority ever certified."""
    own, key = make.make_certificate("Issued", NOW)
    issuer, _key = make.make_certificate("Authority", NOW)
    (folder / keys.CERTIFICATE).write_text(own + issuer)
    (folder / keys.CERTIFICATE_KEY).write_text(key)
    assert any("lacks the present certificate" in each for each in make.show(folder, NOW).warnings)
    make.publish(folder)
    assert own.strip() in ring(folder).certificates
    assert issuer.strip() not in ring(folder).certificates
    assert make.show(folder, NOW).warnings == ()


# -- showing -----------------------------------------------------------------------------------------------------------


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


# -- the command -------------------------------------------------------------------------------------------------------


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
