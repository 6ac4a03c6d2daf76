"""Signatures as CSV, and the platform's report."""

import re

from dti_xblocks.blocks.pledge import report as pledge_report
from dti_xblocks.blocks.pledge import staff_list
from dti_xblocks.records.models import (
    SignedPledge,
)
from dti_xblocks.records.pledge import chain as pledge_chain
from tests.blocks.pledge.staff.at_work import THIRD, sign, staff, table, withdraw
from tests.runtime import LEARNER, OTHER, get, search


def test_the_table_has_a_line_for_each_signature(block):
    row = sign(block, answer_agency="=cmd()", name="R. Xu", reason="+1 married")
    lines = table(get(staff(block), "signatures_csv"))
    line = dict(zip(lines[0], lines[1], strict=True))
    assert line["Username"] == "reyes" and line["Verification code"] == row.code
    assert (line["Number of the signature"], line["Method"], line["Withdrawn"], line["Status"]) == ("1", "typed", "no", "valid")
    assert line["Position in the chain"] == str(pledge_chain.link_of("pledge", row.id).position)
    assert line["Seal"] == "in the chain, not signed yet"
    assert line["Agency"] == "'=cmd()" and line["Reason"] == "'+1 married"  # no formulas
    assert len(lines) == 2


def test_it_has_earlier_signatures_unless_people_are_chosen(block):
    first = sign(block)
    withdraw(block, first)
    second = sign(block)
    rows = [(line[9], line[15]) for line in table(get(staff(block), "signatures_csv"))[1:]]
    assert rows == [(first.code, "withdrawn"), (second.code, "valid")]
    assert [line[9] for line in table(get(staff(block), "signatures_csv", "status=current"))[1:]] == [second.code]
    assert len(table(search(staff(block), "signatures_csv", "q=okafor"))) == 1


def test_answers_to_questions_that_are_gone_stand_in_the_last_column(block):
    row = sign(block)
    document = {**row.document, "answers": [*row.document["answers"], {"id": "old", "label": "Old question", "value": "yes"}]}
    SignedPledge.objects.filter(id=row.id).update(document=document)
    lines = table(get(staff(block), "signatures_csv"))
    assert lines[0][-1] == "Answers to earlier questions" and lines[1][-1] == "Old question: yes"


def test_it_comes_in_parts(block, monkeypatch):
    monkeypatch.setattr(staff_list, "PART", 2)
    monkeypatch.setattr(pledge_report, "PART", 2)
    rows = [sign(block, user) for user in (LEARNER, OTHER, THIRD)]
    html = get(staff(block), "signatures").text
    assert "Signatures 1–2 (CSV)" in html and "Signatures 3–3 (CSV)" in html
    addresses = re.findall(r'signatures_csv\?([^"]+)"', html)
    found = [
        line[9] for query in addresses for line in table(get(staff(block), "signatures_csv", query.replace("&amp;", "&")))[1:]
    ]
    assert found == [row.code for row in rows]


def test_who_has_not_signed_is_a_table_too(block):
    sign(block)
    assert table(get(staff(block), "not_signed_csv")) == [
        ["Username", "Name of the account"], ["okafor", "Ben Okafor"], ["zhou", "Chris Zhou"],
    ]  # fmt: skip
    assert len(table(search(staff(block), "not_signed_csv", "q=zhou"))) == 2
    assert len(table(get(staff(block), "not_signed_csv", "after=102"))) == 2


def test_the_platforms_report_has_it(block):
    row = sign(block)
    erased = sign(block, OTHER)
    SignedPledge.objects.filter(id=erased.id).update(document=None, username="", full_name="", signed_name="")
    ((username, columns),) = block.generate_report_data([], 10)
    assert username == "reyes" and columns["Verification code"] == row.code and columns["Status"] == "valid"
    assert list(block.generate_report_data([], 0)) == []
