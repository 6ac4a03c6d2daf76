"""The activity block on a runtime that behaves as the platform does."""

import csv
import io
import re
from types import SimpleNamespace

import crum
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from dti_xblocks.activity.model import plain
from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.records import own_words
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.activity import standings
from dti_xblocks.records.models import ActivityStanding
from tests import runtime
from tests.activity.samples import ALL, FLIP, SORT, activity
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

CARDS = ("sort", "order", "match", "flip", "spot")
OWN = ("reflect", "say", "plan")
WORDS = {"reflect": {"text": "My own words."}, "say": {"text": "My own words."}, "plan": {"if": "My own words.", "then": "act"}}


def made(kind: str, content: str = "", **options):
    return make_block(ActivityBlock, content or ALL[kind], activity=kind, **options)


def version(block) -> str:
    return re.search(r'name="version" value="(\w+)"', page(again(block)))[1]


def send(block, handler: str = "answer", **form):
    return post(
        again(block), handler, {"version": version(block), **{name.replace("_", "-"): value for name, value in form.items()}}
    )


def places(block) -> dict[str, str]:
    """Fields by the text on their cards."""
    html = page(again(block))
    return {text: f"card-{n}" for n, text in re.findall(r'id="[^"]*-card-(\d+)">([^<]+)</div>', html)}


def sort(block, *groups: str, tries="0"):
    fields = places(block)
    texts = ("You see the third blow.", "Your voice carries.", "One shove.")
    form = {fields[text]: number for text, number in zip(texts, groups, strict=True) if text in fields}
    return post(again(block), "answer", {"version": version(block), "tries": tries, **form})


def row(block):
    return ActivityStanding.objects.get(usage_key=str(block.scope_ids.usage_id))


@pytest.mark.parametrize("kind", ALL)
def test_nothing_that_tells_an_answer_is_in_the_page_before_a_try(kind):
    block, sample = made(kind), activity(kind)
    shown = page(block) + str(block.student_view_data()) + str(block.index_dictionary())
    hidden = [plain(card.why) for card in sample.cards if card.why] + [plain(sample.after)]
    hidden += [plain(card.text) for card in sample.cards] if kind == "say" else []
    hidden += [plain(card.back) for card in sample.cards] if kind == "flip" else []
    hidden += [card.area_given for card in sample.cards if card.area_given]
    assert [words for words in hidden if words and words in shown] == []
    if kind in CARDS:
        values = re.findall(r'="([^"]*)"', page(block))  # ids tell an answer, too
        ids = {card.id for card in sample.cards} | {group.id for group in sample.groups}
        assert ids & {part for value in values for part in (value, value.rpartition("-")[2])} == set()


def test_cards_are_dealt_to_each_learner_in_another_order_and_the_same_at_each_visit():
    block = made("order", "".join(f'<card id="c{n}"><text>{n}</text></card>' for n in range(12)))
    orders = {person.user_id: list(places(again(block, person))) for person in (LEARNER, OTHER)}
    assert orders[101] != orders[102] and orders[101] == list(places(again(block, LEARNER)))


def test_sorting_to_the_end():
    block = made("sort")
    html = sort(block, "1", "2", "2").json["html"]
    assert "2 of 3 are right. Move the others, and check again." in html and "data-dti-focus" in html
    assert html.count("Not yet") == 1 and html.count("data-dti-fixed") == 2 and "A word is a means." in html
    assert block.runtime.place.events("completion") == []
    html = sort(block, "1", "1", "2", tries="1").json["html"]
    assert "Everything is in its place." in html and "Time, position, knowledge, means." in html and "Do it once more" in html
    place = block.runtime.place
    assert place.events("completion") == [{"completion": 1.0}] and place.events("grade") == []
    assert place.events("dti.activity.tried") == [
        {"kind": "sort", "tries": 1, "right": 0.6667}, {"kind": "sort", "tries": 2, "right": 1.0},
    ]  # fmt: skip
    assert place.events("dti.activity.done") == [{"kind": "sort", "tries": 2, "answers_shown": False}]
    kept = row(block)
    assert kept.first == {"placed": {"reach": "act", "voice": "not", "instant": "not"}} and kept.tries == 2
    assert kept.answer["placed"]["voice"] == "act" and kept.username == "reyes" and kept.done_at
    fresh = send(block, "again").json["html"]
    assert "Choose its place" in fresh and "Everything is" not in fresh and row(block).first == kept.first


def test_a_double_press_is_one_try():
    block = made("sort")
    for _time in range(2):
        sort(block, "1", "2", "2", tries="0")
    assert row(block).tries == 1 and len(block.runtime.place.events("dti.activity.tried")) == 1


def test_what_is_missing_is_said_and_nothing_is_counted():
    block = made("sort")
    answer = sort(block, "1", "", "2")
    assert answer.status_code == 400 and answer.json["error"] == "1 card has no place yet."
    assert not ActivityStanding.objects.filter(usage_key=str(block.scope_ids.usage_id), tries__gt=0).exists()


def test_the_answers_come_after_two_tries():
    block = made("sort")
    assert send(block, "show_answers").status_code == 400
    assert "Show the answers" not in sort(block, "2", "2", "1").json["html"]
    assert "Show the answers" in sort(block, "2", "2", "1", tries="1").json["html"]
    html = send(block, "show_answers").json["html"]
    assert "Here is where they belong." in html and html.count("data-dti-fixed") == 3
    assert row(block).revealed and block.runtime.place.events("completion") == [{"completion": 1.0}]
    assert block.runtime.place.events("dti.activity.done")[0]["answers_shown"] is True


def test_a_page_of_other_cards_is_refused():
    block = made("sort")
    answer = post(again(block), "answer", {"version": "another", "card-1": "1"})
    assert answer.status_code == 409 and "has changed since" in answer.json["error"]


def test_putting_in_order_and_matching():
    block = made("order")
    fields = places(block)
    right = {fields[text]: str(number) for number, text in enumerate(("First", "Second", "Third"), start=1)}
    assert "That is the right order." in send(block, **right).json["html"]
    block = made("match")
    html = page(again(block))
    cards = re.findall(r"data-dti-name>([^<]+)</span>", html)
    backs = re.findall(r'id="[^"]*-card-(\d+)">([^<]+)</div>', html)
    whose = dict(zip(("stands by", "looks away", "writes policy"), ("The officer", "The sergeant", "The city"), strict=True))
    form = {f"card-{n}": str(cards.index(whose[text]) + 1) for n, text in backs}
    assert "All pairs are right." in send(block, **form).json["html"]


def test_turning_cards_shows_one_back_after_the_other():
    block = made("flip")
    html = send(block, card="1").json["html"]
    assert "Rank gives no right." in html and "Ask." not in html and "1 of 2 turned." in html
    html = send(block, card="2").json["html"]
    assert "Ask." in html and "You have turned all of them." in html
    assert block.runtime.place.events("completion") == [{"completion": 1.0}]


def test_spotting_shows_what_was_found_and_where():
    block = made("spot")
    html = send(block, x="15", y="45").json["html"]
    assert "Found: Red. 1 of 2 found." in html and 'x="10.0" y="20.0" width="20.0" height="30.0"' in html
    assert "12" not in re.findall(r"<rect[^>]*>", html)[0] and "There is none." not in html
    assert "There is nothing to find there. 1 of 2 found." in send(block, x="99", y="99").json["html"]
    green = re.search(r'value="(\d)">Green<', page(again(block)))[1]
    assert "Not there: Green." in send(block, card=green).json["html"]
    assert "You have found everything." in send(block, x="13", y="23").json["html"]


@pytest.mark.parametrize("kind", OWN)
def test_own_words_are_the_learners_alone(kind, monkeypatch):
    block = made(kind)
    html = send(block, "write", seen="0", keep="yes", **WORDS[kind]).json["html"]
    assert "My own words." in html and "Remove what I have written here" in html
    assert "My own words." in page(again(block))
    place = block.runtime.place
    assert place.events("completion") == [{"completion": 1.0}] and place.events("dti.activity.tried") == []
    for person in (OTHER, STAFF):
        assert "My own words." not in page(again(block, person))
    told = (
        get(again(block, STAFF), "activity_csv").text
        + get(again(block, STAFF), "report").text
        + str(place.published)
        + str(row(block).answer)
    )
    told += str(list(block.generate_report_data([SimpleNamespace(username="reyes", state={})])))
    assert "My own words." not in told and "reyes" in told
    saved = get(again(block), "own_words_markdown").text
    assert "My own words." in saved and "My own words." not in get(again(block, OTHER), "own_words_markdown").text
    staff = SimpleNamespace(pk=STAFF.user_id, is_authenticated=True)
    monkeypatch.setattr(crum, "get_current_request", lambda: SimpleNamespace(user=staff, META={}))
    assert "My own words." not in page(again(block)), "staff who view the course as the learner"
    assert get(again(block), "own_words_markdown").status_code == 403
    assert send(block, "write", seen="1", **WORDS[kind]).status_code == send(block, "forget").status_code == 403


@pytest.mark.parametrize("kind", OWN)
def test_templates_miss_nothing_and_log_no_words(kind, caplog):
    caplog.set_level("DEBUG")
    block = made(kind)
    send(block, "write", seen="0", keep="yes", **WORDS[kind])
    page(again(block))
    get(again(block), "own_words_markdown")
    assert "My own words." not in caplog.text and [one for one in caplog.records if one.name == "django.template"] == []


@pytest.mark.parametrize("situation", ["a person go quiet", "a person go quiet.", "a person go quiet, "])
def test_a_plan_is_one_sentence_however_its_first_half_ends(situation):
    block = made("plan")
    send(block, "write", seen="0", **{"if": situation, "then": "say it."})
    html = page(again(block))
    assert "If I see a person go quiet, then I will say it." in html
    assert f">\n{situation.strip()}</textarea>" in html  # what is written stays as it is


def test_what_one_has_written_is_among_the_notes_of_the_case_law():
    block = made("plan", display_name="My *plan*")
    send(block, "write", seen="0", **{"if": "a person go quiet", "then": "say it"})
    notes = make_block(CaseLawBlock, '<authority ref="graham-v-connor"/>')
    html = get(notes, "my_notes", json=True).json["html"]
    assert "My *plan*" in html and "If I see a person go quiet, then I will say it" in html
    text = get(again(notes), "notes_markdown").text
    assert "## My \\*plan\\*" in text and "If I see a person go quiet, then I will say it" in text
    assert (
        "go quiet"
        not in get(again(notes, OTHER), "my_notes", json=True).json["html"] + get(again(notes, STAFF), "notes_markdown").text
    )


def test_words_are_removed_and_the_activity_stays_done():
    block = made("reflect")
    send(block, "write", seen="0", text="My own words.")
    assert "My own words." not in send(block, "forget").json["html"]
    assert own_words.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id)) is None and row(block).done_at


def test_words_of_another_window_are_not_overwritten():
    block = made("reflect")
    send(block, "write", seen="0", text="One.")
    answer = send(block, "write", seen="0", text="Two.")
    assert answer.status_code == 409 and "another window" in answer.json["error"]
    assert "One." in page(again(block)) and send(block, "write", seen="1", text="Two.").status_code == 200


def test_what_one_would_say_is_kept_only_if_one_wants():
    block = made("say")
    html = send(block, "write", seen="0", text="Stop, Mike.").json["html"]
    assert "Stop, Mike." in html and "“Mike, stop.”" in html and "A name and an order." in html
    after = page(again(block))
    assert "Stop, Mike." not in after and "“Mike, stop.”" in after
    assert own_words.of_learner(LEARNER.user_id, str(block.scope_ids.usage_id)) is None
    assert send(block, "write", seen="0", said="yes").status_code == 200, "the words stayed in the browser"
    assert send(block, "write", seen="0").status_code == 400
    assert "Stop, Mike." in send(block, "write", seen="0", text="Stop, Mike.", keep="yes").json["html"]
    assert "Stop, Mike." in page(again(block))


def test_a_plan_comes_back_in_another_activity():
    plan = made("plan")
    send(plan, "write", seen="0", **{"if": "a person go quiet", "then": "say it"})
    name = plan.scope_ids.usage_id.block_id
    later = made("plan", "<task>Again.</task>", earlier=name)
    html = page(later)
    assert "The plan you made" in html and "If I see a person go quiet, then I will say it" in html
    assert ">\na person go quiet</textarea>" in html, "it is there to be changed"
    assert "go quiet" not in page(again(later, OTHER))
    assert "The plan you made" not in page(made("plan", earlier="nothing"))


def test_text_is_shown_and_told_as_text():
    block = made("reflect", display_name="# [x](y) <b>")
    html = send(block, "write", seen="0", text="<script>alert(1)</script>\n# {{ x }} كلام").json["html"]
    assert "<script>alert" not in html and "&lt;script&gt;" in html
    text = get(again(block), "own_words_markdown").text
    assert "<script" not in text.replace("\\<", "") and "\n# {{" not in text and "\\#" in text


def test_a_weight_makes_it_graded_and_the_best_try_counts():
    block = made("sort", weight=2.0)
    assert block.has_score and block.max_score() == 1.0 and not made("sort").has_score
    sort(block, "1", "2", "2")
    sort(block, "1", "1", "2", tries="1")
    assert block.runtime.place.events("grade") == [
        {"value": pytest.approx(2 / 3), "max_value": 1.0, "only_if_higher": True},
        {"value": 1.0, "max_value": 1.0, "only_if_higher": True},
    ]


def test_only_the_first_tries_count_where_the_author_says_so_and_learners_are_told():
    block = made("sort", weight=1.0, graded_tries=1)
    assert "It counts toward your grade. The first try counts" in page(block)
    sort(block, "1", "2", "2")
    sort(block, "1", "1", "2", tries="1")
    assert [event["value"] for event in block.runtime.place.events("grade")] == [pytest.approx(2 / 3)]
    assert block.runtime.place.events("completion") == [{"completion": 1.0}]  # it may be done to the end all the same


def test_the_best_of_two_tries_counts_and_a_third_does_not():
    block = made("sort", weight=1.0, graded_tries=2)
    assert "The best of your first 2 tries counts" in page(block)
    sort(block, "1", "2", "2")
    sort(block, "2", "2", "2", tries="1")
    sort(block, "1", "1", "2", tries="2")
    assert all(event["value"] < 1 for event in block.runtime.place.events("grade"))
    assert "counts toward your grade" not in page(made("sort", graded_tries=2))  # without points nothing is said


def test_where_each_card_is_a_step_a_round_of_all_of_them_is_one_try():
    block = made("spot", weight=1.0, graded_tries=1)
    numbers = dict(re.findall(r'value="(\d)">(Red|Small|Green)<', page(block)))
    number = {text: value for value, text in numbers.items()}
    for card in ("Red", "Green", "Small"):
        send(block, card=number[card])
    assert block.runtime.place.events("grade")[-1]["value"] == pytest.approx(2 / 3)
    send(block, "again")
    for card in ("Red", "Small"):
        send(block, card=number[card])
    assert len(block.runtime.place.events("grade")) == 3  # the second round is practice


def test_staff_see_what_was_right_at_the_first_try():
    block = made("sort")
    sort(again(block, LEARNER), "1", "2", "2")
    sort(again(block, LEARNER), "1", "1", "2", tries="1")
    sort(again(block, OTHER), "2", "2", "2")
    html = get(again(block, STAFF), "report", json=True).json["html"]
    assert "2 people have begun, 1 done. Tries in all: 3." in html
    found = re.findall(r'<th scope="row">([^<]+)</th><td><svg.*?</svg> (\d) of (\d)', html)
    assert found == [("You see the third blow.", "1", "2"), ("Your voice carries.", "0", "2"), ("One shove.", "2", "2")]
    assert get(again(block, LEARNER), "report", json=True).status_code == 403
    assert "/report" in page(again(block, STAFF)) and "/report" not in page(again(block, LEARNER))
    [first, second] = csv.DictReader(io.StringIO(get(again(block, STAFF), "activity_csv").body.decode("utf-8-sig"), newline=""))
    assert (first["Username"], first["Tries"], first["voice"], first["instant"]) == ("reyes", "2", "0", "1")
    assert second["Done at (UTC)"] == "" and first["Done at (UTC)"].endswith("Z")
    assert get(again(block, LEARNER), "activity_csv").status_code == 403
    people = [SimpleNamespace(username=name, state={}) for name in ("reyes", "nobody")]
    [(name, told)] = block.generate_report_data(people)
    assert name == "reyes" and told["First try: voice"] == "wrong" and told["Done"] == "yes"


@pytest.mark.parametrize("kind", ALL)
def test_nobody_else_can_send(kind):
    block, sent = made(kind), version(made(kind))
    handler = "answer" if kind in CARDS else "write"
    for person in (ANONYMOUS, Person(999, "stranger")):
        assert post(again(block, person), handler, {"version": sent, "card": "1"}).status_code == 403
    assert get(block, handler, json=True).status_code == 405
    assert "sign in" in page(again(block, ANONYMOUS))
    assert not ActivityStanding.objects.filter(usage_key=str(block.scope_ids.usage_id)).exists()
    other = "write" if kind in CARDS else "answer"
    assert send(block, other).status_code == 400


@pytest.mark.parametrize("options", [{"studio": "preview"}, {"key": "library"}, {"key": "word"}])
def test_authors_try_it_where_nothing_is_kept(options):
    studio = options.get("studio")
    block = again(made("flip"), STAFF, studio="preview") if studio else made("flip", **options)
    html = page(block, "author_view" if studio else "student_view")
    sent = {"version": re.search(r'name="version" value="(\w+)"', html)[1], "card": "1"}
    assert "Rank gives no right." in post(block, "answer", sent).json["html"]
    assert "1 of 2 turned." in page(again(block, STAFF, studio="preview") if studio else again(block))
    assert not ActivityStanding.objects.filter(usage_key=str(block.scope_ids.usage_id)).exists()
    assert block.runtime.place.published == []


def test_in_studio_own_words_are_refused_with_a_reason():
    block = again(made("reflect"), STAFF, studio="preview")
    sent = re.search(r'name="version" value="(\w+)"', page(block, "author_view"))[1]
    answer = post(block, "write", {"version": sent, "text": "x", "seen": "0"})
    assert answer.status_code == 400 and "nothing is kept here" in answer.json["error"]


def test_missing_tables_are_a_notice_and_a_refusal(monkeypatch):
    block = made("flip")
    sent = version(block)

    def broken(*args, **kwargs):
        raise RecordsUnavailableError("no such table")

    for name in ("of_learner", "change"):
        monkeypatch.setattr(standings, name, broken)
    assert "cannot be done right now" in page(again(block)) and "migrations of dti_records" in page(again(block, STAFF))
    answer = post(again(block), "answer", {"version": sent, "card": "1"})
    assert answer.status_code == 503 and "Nothing was saved" in answer.json["error"]


@pytest.mark.parametrize("kind", ALL)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_form_makes_a_handler_fail(kind, data):
    block = made(kind)
    names = ["card", "card-1", "card-2", "card-3", "x", "y", "tries", "text", "if", "then", "keep", "said", "seen"]
    values = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
        ["1", "2", "3", "-1", "nan", "1e9", "yes"]
    )
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), values), max_size=8))
    sent = version(block)
    for handler in ("answer", "show_answers", "again", "write", "forget"):
        assert post(again(block), handler, [("version", sent), *pairs]).status_code in (200, 400, 409)
    assert page(again(block))


def test_content_that_cannot_be_done_is_a_notice_and_staff_learn_why():
    block = made("sort", "<task>x</task>")
    assert "being edited" in page(block) and "AC002" not in page(block) and "AC002" in page(again(block, STAFF))
    assert post(again(block), "answer", {"version": ""}).status_code == 400
    assert page(again(block, STAFF, studio="preview"), "author_view").count("AC002") == 1


def test_content_that_is_no_xml_is_not_saved():
    with pytest.raises(ValueError, match="line 1"):
        ActivityBlock.clean_content("<card>")
    assert ActivityBlock.clean_content(SORT) == SORT


@pytest.mark.parametrize("content", [*ALL.values(), "\n  <!-- c --><task>a &amp; <strong>b</strong></task>\n"])
def test_the_content_survives_the_round_trip_to_the_byte(content):
    assert runtime.exported(make_block(ActivityBlock, content)) == content


def test_apps_and_search_get_what_is_known_before():
    block = made("sort")
    told = block.student_view_data()
    assert told["task"] == "Sort." and told["groups"] == ["You could act", "You could not"] and len(told["cards"]) == 3
    assert block.index_dictionary()["content"] == {"display_name": "Activity", "text": "Sort."}


def test_few_queries_are_enough():
    block = made("flip", FLIP)
    sent = version(block)
    with CaptureQueriesContext(connection) as reading:
        page(again(block))
    assert len(reading) <= 2
    post(again(block), "answer", {"version": sent, "card": "1"})
    with CaptureQueriesContext(connection) as sending:
        post(again(block), "answer", {"version": sent, "card": "2"})
    assert len(sending) <= 9
