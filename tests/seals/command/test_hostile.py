"""`dti-verify` of hostile files, and where something is not installed."""

import subprocess
import sys
import zlib

import pytest

from dti_xblocks.seals import command, pades
from tests.seals.command.at_work import SETTING, state


@pytest.mark.parametrize("body", [
    b"", b"%PDF", b"%PDF-1.7", b"MZ\x90", b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog>>endobj\n" * 1000, bytes(100_000),
    b"%PDF-1.7\n" + b"<<" * 50_000, b"%PDF-1.7\nstream\n" + zlib.compress(bytes(50_000_000)) + b"\nendstream",
])  # fmt: skip
def test_other_files_are_an_answer_not_a_crash(run, body):
    status, said = run(body)
    assert status == 2 and "cannot be checked: " in said


def test_nothing_is_parsed_whose_seal_does_not_hold(monkeypatch, sealed):
    monkeypatch.setattr(command, "_parts", lambda body: pytest.fail("read"))
    monkeypatch.setattr(pades, "check", lambda *arguments: pytest.fail("read"))
    for body in (sealed[:-1], b"%PDF-1.7 nothing", sealed.replace(b" sealed ", b" signed ")):
        assert state(body) != "valid"


def test_files_that_are_too_large_or_missing_are_said_to_be(run, monkeypatch, sealed, tmp_path, capsys):
    monkeypatch.setattr(command, "LARGEST_FILE", 1024)
    status, said = run(sealed)
    assert status == 2 and "has more than" in said
    assert command.run([str(tmp_path), "--key", str(tmp_path / "institution.pub")]) == 2
    assert "is no file" in capsys.readouterr().out
    assert command.run([str(tmp_path / "pledge.pdf"), "--key", str(tmp_path / "nothing")]) == 2
    assert "The key file cannot be used" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["", "x", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", SETTING["certificate"],
                                 SETTING["private"]])  # fmt: skip
def test_a_key_file_that_cannot_be_used_is_said_to_be(run, sealed, key):
    status, said = run(sealed, key=key)
    assert status == 2 and "cannot be checked: The key file cannot be used" in said
    assert SETTING["private"][30:60] not in said


def test_what_is_printed_cannot_move_the_cursor():
    verdict = command.Verdict("valid", facts=[("Signed by", "Ana\x1b[2J\r\u202eReyes")])
    assert not any(character in command.report("a\x1b.pdf", verdict) for character in "\x1b\r\u202e")


def test_without_pyhanko_it_says_what_was_not_checked(run, monkeypatch, signed, sealed):
    monkeypatch.setattr(pades, "find_spec", lambda name: None)
    status, said = run(signed)
    assert status == 2 and "not checked to the end: " in said and "pip install pyhanko" in said
    assert "What the sealed record says, whatever else is in the file:" in said
    assert run(sealed)[0] == 0


def test_it_runs_without_django(sealed, signed, tmp_path):
    (tmp_path / "institution.pub").write_text(SETTING["public"])
    for name, body in (("sealed.pdf", sealed), ("signed.pdf", signed)):
        (tmp_path / name).write_bytes(body)
        code = (
            "import sys; sys.modules['django'] = None; sys.modules['xblock'] = None; sys.modules['weasyprint'] = None\n"
            "from dti_xblocks.seals.command import main\n"
            "sys.exit(main())"
        )
        arguments = [sys.executable, "-c", code, str(tmp_path / name), "--key", str(tmp_path / "institution.pub")]
        done = subprocess.run(
            arguments, capture_output=True, text=True, timeout=240, env={"PYTHONPATH": ":".join(sys.path), "LANG": "C"}
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert ": valid" in done.stdout and done.stderr == ""
