"""The pledge's editor, server side: new versions of the wording."""

import json

import pytest

from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.models import SignedPledge
from dti_xblocks.studio.pledge import editor as pledge_editor
from tests.blocks_at_work import agree, pledge_form
from tests.pledge.samples import PLEDGE
from tests.runtime import LEARNER, OTHER, STAFF, again, page, post, post_json
from tests.studio.pages import data_of, version_of
from tests.studio.pledge.editing import CHANGED, asked, hash_of, make, saved

REASKED = PLEDGE.replace('label="Rank or title"', 'label="Rank" format="9[9]"')


def signed_by(block, *people):
    """`block` in Studio after `people` have signed it in the LMS."""
    for person in people:
        learner = again(block, person, studio="")
        agree(learner)
        assert post(learner, "sign", pledge_form(learner, name=person.full_name)).status_code == 200
    return again(block, STAFF, studio="handler")


def test_without_signatures_the_wording_is_saved_at_once():
    block = make()
    assert saved(block, CHANGED).status_code == 200
    assert again(block).content == CHANGED


def test_changing_what_people_have_signed_must_be_confirmed_with_its_hash():
    block = signed_by(make(), LEARNER, OTHER)
    answer = saved(block, CHANGED)
    assert answer.status_code == 409 and again(block).content == PLEDGE
    asked_for = answer.json["confirm"]
    assert asked_for["hash"] == hash_of(CHANGED) and asked_for["short"] == hash_of(CHANGED)[:8]
    assert asked_for["was"] == hash_of(PLEDGE)[:8]
    assert (asked_for["people"], asked_for["current"], asked_for["again"]) == (2, 2, 2)
    assert "2 people" in asked_for["sentence"] and "content" not in answer.json
    for wrong in (True, "yes", hash_of(PLEDGE), "", None, ["x"]):
        assert saved(block, CHANGED, confirmed=wrong).status_code == 409
    assert saved(block, CHANGED, confirmed=asked_for["hash"]).status_code == 200
    assert again(block).content == CHANGED
    row = SignedPledge.objects.filter(usage_key=str(block.scope_ids.usage_id)).first()
    assert row.wording_hash == hash_of(PLEDGE) and "I will step in." in json.dumps(row.document)


def test_a_typo_in_the_closing_words_counts_and_a_question_or_setting_does_not():
    block = signed_by(make(), LEARNER)
    assert saved(block, PLEDGE.replace("freely", "freeley")).status_code == 409
    assert saved(block, REASKED, {"wording_label": "2027", "valid_months": 12}).status_code == 200
    assert again(block).wording_label == "2027"
    assert saved(block, PLEDGE.replace('id="act"', 'id="acts"')).status_code == 200, "a name of a statement is no wording"


def test_going_back_to_what_everybody_signed_needs_no_word():
    block = signed_by(make(), LEARNER)
    assert saved(block, CHANGED, confirmed=hash_of(CHANGED)).status_code == 200
    assert saved(block, PLEDGE).status_code == 200
    assert again(block).content == PLEDGE


def test_each_further_change_is_confirmed_anew():
    block = signed_by(make(), LEARNER)
    assert saved(block, CHANGED, confirmed=hash_of(CHANGED)).status_code == 200
    third = CHANGED.replace("at once", "now")
    answer = saved(block, third, confirmed=hash_of(CHANGED))
    assert answer.status_code == 409 and answer.json["confirm"]["current"] == 0


def test_what_is_cleaned_away_is_no_change():
    block = signed_by(make(), LEARNER)
    assert saved(block, PLEDGE.replace("trust</em>", "trust</em><script>x()</script>")).status_code == 200
    assert again(block).content == PLEDGE


def test_somebody_elses_version_is_told_before_the_wording_is_asked_about():
    block = signed_by(make(), LEARNER)
    body = {"settings": {}, "content": CHANGED, "version": version_of(block)}
    assert saved(block, REASKED).status_code == 200
    answer = post_json(again(block), "studio_save", body)
    assert answer.status_code == 409 and answer.json["content"] == REASKED and "confirm" not in answer.json


def test_who_may_not_author_learns_nothing_of_signatures():
    block = signed_by(make(), LEARNER)
    answer = saved(again(block, may_write=False), CHANGED)
    assert answer.status_code == 403 and "confirm" not in answer.json


def test_the_check_tells_how_many_have_signed():
    block = signed_by(make(), LEARNER, OTHER)
    assert asked(block, CHANGED).json["signed"] == {"people": 2, "current": 2}
    assert "People have signed this pledge" in page(block, "studio_view"), "also where the script does not start"


def test_records_that_cannot_be_reached_stop_no_author(monkeypatch):
    def fail(*args):
        raise RecordsUnavailableError("gone")

    block = make()
    monkeypatch.setattr(pledge_editor.pledges, "counts", fail)
    assert asked(block).json["signed"] is None
    assert saved(block, CHANGED).status_code == 200


def test_a_content_library_works_without_counts_and_gates(monkeypatch):
    block = make(key="library")
    monkeypatch.setattr(pledge_editor.pledges, "counts", lambda *args: pytest.fail("nobody signs in a library"))
    data = data_of(page(block, "studio_view"))
    assert data["checked"]["signed"] is None and data["gates"] == []
    assert "I will step in." in data["checked"]["preview"]
    assert saved(block, CHANGED, {"gate_block": "m09-final"}).status_code == 200
    assert again(block).content == CHANGED
