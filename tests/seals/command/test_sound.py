"""`dti-verify` of files that are as the institution made them."""

import json

from dti_xblocks.seals import command, keys
from tests.pdf import pledge_samples as samples
from tests.seals.command.at_work import COURSE, RING, SEALING, SETTING, file_of, row_under, state


def test_a_sealed_file_is_valid_and_told_in_plain_words(run, sealed, row):
    status, said = run(sealed)
    assert status == 0
    assert "pledge.pdf: valid\n" in said
    for words in ("Ana Reyes", row.code, "2026-11-23T11:26:05Z", "The Duty to Intervene pledge", "Sergeant", COURSE,
                  "Statements affirmed            7", "withdrawn since can only be seen online"):  # fmt: skip
        assert words in said, words
    assert "PDF signature" not in said


def test_a_signed_file_is_valid(run, signed):
    status, said = run(signed)
    assert status == 0
    assert "The PDF signature is by “Department of the command”, covers the whole file" in said
    assert "typed and drawn" in said


def test_json_for_programs(run, sealed, row):
    status, said = run(sealed, "--json")
    found = json.loads(said)
    assert (status, found["status"], found["state"], found["reasons"]) == (0, 0, "valid", [])
    assert ["Verification code", row.code] in found["facts"]


def test_an_answer_cannot_pass_for_a_fact():
    from dti_xblocks.pledge.model import Affirmation, Pledge, Question

    pledge = Pledge("<p>x</p>", (Affirmation("a", "I will."),), "", (Question("q", "Signed by"),))
    body = file_of(row_under(SEALING, pledge=pledge, answers=("Somebody Else",)), SEALING)
    facts = command.verify(body, RING).facts
    assert ("Signed by", "Ana Reyes") in facts and ("Signed by", "Somebody Else") not in facts
    assert ("Answer: Signed by", "Somebody Else") in facts


def test_a_pledge_that_ran_out_is_genuine_and_said_to_have_run_out():
    body = file_of(row_under(SEALING, valid_until=samples.WHEN.replace(year=2027)), SEALING)
    assert command.verify(body, RING, samples.WHEN).reasons == []
    found = command.verify(body, RING, samples.WHEN.replace(year=2028))
    assert found.state == "valid" and "ran out at 2027-11-23T11:26:05Z" in found.reasons[0]


def test_a_file_of_an_earlier_key_is_valid_with_the_key_file_of_today(sealed):
    today = samples.institution("The key after it")
    assert state(sealed, keys.read(public=[today["public"], SETTING["public"]])) == "valid"
    assert state(sealed, keys.read(public=[today["public"]])) == "unknown-key"
