"""`dti-verify` ends in time, whatever it is given, and says so."""

import json
import subprocess
import sys
import time

import pytest

from dti_xblocks.seals import keys
from tests.keys import new_key
from tests.seals.command.at_work import SETTING

START = "-----BEGIN PUBLIC KEY-----\n"


@pytest.mark.parametrize("text", [
    START * 38_000, "-----BEGIN A-----" * 60_000, "-----BEGIN " + "A" * 1_000_000, "-----BEGIN " * 90_000,
    (START + "-----END CERTIFICATE-----\n") * 19_000, "-----END PUBLIC KEY-----" * 40_000, "-" * 1_000_000,
], ids=range(7))  # fmt: skip
def test_a_key_file_that_is_none_is_refused_at_once(run, sealed, text):
    start = time.process_time()
    status, said = run(sealed, key=text)
    assert time.process_time() - start < 5
    assert status == 2 and "The key file cannot be used" in said


def test_more_keys_than_an_institution_has_are_refused(run, sealed):
    public = keys.public_pem(keys.read(new_key()).private.public_key())
    status, said = run(sealed, key=SETTING["public"] + public * keys.MOST_BLOCKS)
    assert status == 2 and f"more than {keys.MOST_BLOCKS} keys" in said
    assert run(sealed, key=SETTING["public"] + public * 10)[0] == 0


def test_a_start_without_an_end_takes_no_key_away_that_follows():
    assert keys.read(public=[START + SETTING["public"]]).public == keys.read(public=[SETTING["public"]]).public


@pytest.mark.parametrize("raised", ["time", "memory"])
def test_at_the_end_of_its_time_or_memory_there_is_a_sentence(sealed, tmp_path, raised):
    (tmp_path / "a.pdf").write_bytes(sealed)
    (tmp_path / "k").write_text(SETTING["public"])
    busy = "while True: pass" if raised == "time" else "raise MemoryError"
    code = f"""if True:
        import sys
        from dti_xblocks.seals import command
        command.SECONDS = 1
        def busy(*given):
            try:
                {busy}
            except Exception as error:
                if {raised!r} == "memory": raise
        command.verify = busy
        sys.exit(command.main())"""
    for more in ([], ["--json"]):
        arguments = [sys.executable, "-c", code, str(tmp_path / "a.pdf"), "--key", str(tmp_path / "k"), *more]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
        assert done.returncode == 2, done.stderr
        assert ("It was not done after 1 seconds" if raised == "time" else "not enough memory") in done.stdout
        assert not more or json.loads(done.stdout)["state"] == "unreadable"
