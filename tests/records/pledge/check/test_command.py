"""The command that checks chains."""

import io

import pytest
from django.core.management import CommandError, call_command

from dti_xblocks.records import models
from dti_xblocks.records.pledge import check as pledge_check
from tests.records.pledge.check.chains import RING, cut_off, sign, signing_with


def run(*arguments) -> tuple[str, str]:
    out, errors = io.StringIO(), io.StringIO()
    call_command("verify_pledges", *arguments, stdout=out, stderr=errors, no_color=True)
    return out.getvalue(), errors.getvalue()


def test_the_command_says_that_all_is_well(sound):
    out, errors = run(sound)
    assert "8 links, 4 signed pledges, 4 events" in out
    assert f"8 links signed by key {RING.key_id}" in out
    assert "  sound\n" in out
    assert f"ends at {pledge_check.check(sound, RING).head}" in out
    assert "8 of 8 links" in errors


def test_the_command_names_the_bad_row_and_fails(course):
    row = models.SignedPledge.objects.filter(course_key=course, user_id=3).get()
    models.SignedPledge.objects.filter(id=row.id).update(signed_name="Ben")
    out = io.StringIO()
    with pytest.raises(CommandError, match="FAULTS in 1 of 1"):
        call_command("verify_pledges", course, stdout=out, stderr=io.StringIO(), no_color=True)
    told = out.getvalue()
    assert f"row {row.id}, position 6, code {row.code}: The column “signed_name” does not agree" in told
    assert "[dti_records_signedpledge]" in told


def test_the_command_completes_first_when_told(course):
    with signing_with(""):
        sign(course, 5)
    out, _errors = run(course)
    assert "1 links are not signed yet" in out
    out, _errors = run(course, "--complete")
    assert "linked 0, signed 1" in out
    assert "not signed yet" not in out


def test_the_command_holds_the_chain_against_what_was_noted_down(course):
    head = cut_off(course, fixed=True)
    run(course)
    with pytest.raises(CommandError, match="FAULTS"):
        run(course, "--expect", str(head))


@pytest.mark.parametrize(
    "arguments", [("c", "--expect", "8"), ("c", "--expect", "8:xyz"), ("--expect", "8:" + "0" * 64)], ids=str
)
def test_the_command_refuses_what_it_cannot_read(arguments):
    with pytest.raises(CommandError, match="--expect"):
        run(*arguments)


def test_a_course_that_is_misspelled_is_not_called_sound():
    with pytest.raises(CommandError, match="Nothing is on record"):
        run("course-v1:No+Such+Course")


def test_without_keys_the_command_says_so_and_does_not_call_a_signed_chain_sound(course):
    errors = io.StringIO()
    with signing_with(""), pytest.raises(CommandError):
        call_command("verify_pledges", course, stdout=io.StringIO(), stderr=errors, no_color=True)
    assert "names no keys" in errors.getvalue()


def test_every_fault_has_words():
    from dti_xblocks.records.pledge.check_words import FAULTS

    for fault in FAULTS:
        assert "{" not in str(pledge_check.Finding("PledgeLink", 1, 2, "C", fault, "3"))
