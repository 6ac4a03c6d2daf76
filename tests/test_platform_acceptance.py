"""The parts of the acceptance on Open edX that need no Open edX: pages, archives, walks, the report, and what it says without one."""

import importlib
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation
from lxml import etree

from dti_xblocks.activity import olx as activity_olx
from dti_xblocks.activity.model import KINDS
from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.content import inner_xml
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from dti_xblocks.platform import clock
from dti_xblocks.pledge import olx as pledge_olx
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.video import olx as video_olx
from dti_xblocks.video_block import VideoBlock
from tests.platform_acceptance import (
    courses,
    doing,
    filming,
    more,
    olx,
    others,
    outcome,
    pages,
    playing,
    stage,
    tables,
    walks,
    words,
)
from tests.platform_acceptance.visitors import Answer, Visitor
from tests.runtime import again, make_block, page, post

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
PAGE = """
<form method="post" action="/courses/c/xblock/b/handler/sign#x"><input type="hidden" name="token" value="t">
<input type="radio" name="stars" value="4"><input type="radio" name="stars" value="5" checked><input type="checkbox" name="affirm" value="a">
<select name="answer-rank"><option value="">Choose</option><option>Officer</option></select><textarea name="text">
old</textarea><button name="go" value="on">Go</button><button>Send</button></form>
<a href="/courses/c/xblock/b/handler/pdf?x=1#y">PDF</a> <a href="#here">here</a>
<link href="/static/xblock/resources/x/a.css"><script>{"src": "/static/b.js"}</script>
"""


def test_a_form_is_sent_as_a_browser_would():
    form = pages.form(PAGE, "sign")
    assert form.choices == {"stars": ["4", "5"], "affirm": ["a"], "answer-rank": ["", "Officer"], "go": ["on"]}
    assert form.fields == [("token", "t"), ("stars", "5"), ("answer-rank", ""), ("text", "old")]
    sent = form.filled(stars="4", affirm=["a"], answer_rank="Officer")
    assert sent == [("token", "t"), ("text", "old"), ("stars", "4"), ("affirm", "a"), ("answer-rank", "Officer")]
    with pytest.raises(LookupError, match="no unknown"):
        form.filled(unknown="1")
    assert pages.form(PAGE, "agree") is None


def test_links_files_and_trouble_of_a_page_are_found():
    assert pages.links(PAGE, "pdf") == ["/courses/c/xblock/b/handler/pdf?x=1"] == pages.links(PAGE)
    assert pages.files(PAGE) == {"/static/xblock/resources/x/a.css", "/static/b.js"}
    assert pages.trouble(PAGE) == [] == pages.trouble("<script>var t = '{{ x }}';</script>")
    assert pages.trouble("<p>This activity could not be shown.</p>") == ["a block that is not there"]


def test_archives_are_read_and_compared(tmp_path):
    archive = olx.packed(ROOT / "course_export", tmp_path / "course.tar.gz")
    folder = olx.folder_of(archive, tmp_path / "out")
    assert olx.identity(folder) == olx.Identity("DTI", "DTI101", "2026") or olx.identity(folder).org
    declared = olx.declared(folder)
    assert len(declared) > 200 and len(set(declared)) == len(declared)
    assert ("dti_pledge", "m09-pledge") in declared
    same = olx.difference(ROOT / "course_export", folder)
    assert (same.lost, same.added, same.changed) == ([], [], {})
    (folder / "course.xml").unlink()
    unit = folder / "vertical/m09-review-item-u1.xml"
    unit.write_text(unit.read_text(encoding="utf-8").replace("display_name=", 'new="1" display_name=', 1), encoding="utf-8")
    found = olx.difference(ROOT / "course_export", folder)
    assert found.lost == ["course.xml"] and list(found.changed) == ["vertical/m09-review-item-u1.xml"]


@pytest.mark.parametrize("name", ["m03-night", "m06-seconds", "m08-ladder"])
def test_the_walks_of_each_scenario_are_known(name):
    found = walks.walks(name)
    assert found[0].share == 1.0 > found[-1].share and all(walk.steps and walk.ending for walk in found)


class AtHome(Visitor):
    """A visitor of a block in our own runtime."""

    def __init__(self, block):
        self.block = block

    def get(self, address, **headers):
        return self._answer(200, page(again(self.block)), address)

    def unit(self, usage):
        return self.get("")

    def send(self, page, handler, only=None, **values):
        form = only or pages.form(page.text, handler)
        answer = post(again(self.block), handler, dict(form.filled(**values)))
        return self._answer(answer.status_code, answer.json["html"], page.address)

    def post_form(self, address, fields):
        answer = post(again(self.block), address.rpartition("/")[2], fields)
        return Answer(answer.status_code, answer.body, {}, address=address)

    def _answer(self, status, html, address):
        as_there = html.replace(f"/handler/{self.block.scope_ids.usage_id}/", "/xblock/it/handler/")
        return Answer(status, as_there.encode("utf-8"), {}, address=address)


@pytest.mark.parametrize("name", ["m03-night", "m06-seconds", "m08-ladder"])
def test_the_forms_of_the_courses_scenarios_are_known(name):
    """What is played on Open edX, played here: a form that changes is found before that."""
    (node,) = [block.node for block in read(shipped_course()).blocks("dti_scenario") if block.url_name == name]
    learner = AtHome(make_block(ScenarioBlock, inner_xml(node)))
    end, costs = playing.through(learner, learner.get(name), walks.walks(name)[0])
    assert len(costs) == len(walks.walks(name)[0].steps) and pages.links(end.text, "review_pdf")
    assert learner.block.runtime.place.events("grade")[-1]["value"] == 1.0


def activities():
    """The activities of the course, and the one that the acceptance adds: (name, kind, content)."""
    nodes = [block.node for block in read(shipped_course()).blocks("dti_activity")]
    nodes += [etree.fromstring(text) for text in more.BLOCKS.values() if text.startswith("<dti_activity")]
    return [(node.get("url_name"), node.get("activity"), inner_xml(node)) for node in nodes]


@pytest.mark.parametrize(("name", "kind", "content"), activities(), ids=lambda value: value if len(value) < 40 else "")
def test_the_forms_of_the_courses_activities_are_known(tmp_path, name, kind, content):
    """What is done on Open edX, done here."""
    block = make_block(ActivityBlock, content, activity=kind)
    learner, usage = AtHome(block), SimpleNamespace(block_id=name)
    ledger = outcome.Ledger(tmp_path / "checks", "SQLite")
    doing.through(ledger, learner, usage, activity_olx.read(content, kind), learner.get(name))
    assert all(check.passed for check in ledger.checks())
    assert [event["completion"] for event in block.runtime.place.events("completion")] == [1.0]


@pytest.mark.parametrize("content", [content for _name, kind, content in activities() if kind == "spot"], ids=len)
def test_signs_are_found_anew_for_the_grade(tmp_path, content):
    block = make_block(ActivityBlock, content, activity="spot", weight=1.0, graded_tries=2)
    learner, usage, activity = AtHome(block), SimpleNamespace(block_id="it"), activity_olx.read(content, "spot")
    doing.through(outcome.Ledger(tmp_path / "checks", "SQLite"), learner, usage, activity, learner.get("it"))
    doing.second_round(learner, usage, activity)
    values = [event["value"] for event in block.runtime.place.events("grade")]
    assert max(values) == 1.0 and values[len(activity.cards) - 1] < 1.0


def hands(hand):
    """The module `time` for `hand.now`: to sleep moves it on."""

    def sleep(seconds):
        hand.now += timedelta(seconds=seconds)

    def monotonic():
        return hand.now.timestamp()

    return SimpleNamespace(sleep=sleep, monotonic=monotonic)


def test_films_are_watched_side_by_side(monkeypatch):
    """Each is reported when it can have run so far, and one that breaks off stops none of the others."""
    hand, told = SimpleNamespace(now=clock.now()), []
    began = hand.now
    monkeypatch.setattr(filming, "time", hands(hand))
    monkeypatch.setattr(filming.courses, "usage", lambda block: SimpleNamespace(block_id=block))

    def film(ledger, learner, block):
        for seconds in (20.0, 0.0, 10.0):
            yield seconds
            told.append((block, (hand.now - began).total_seconds()))
            if block == "broken":
                raise filming.NotWatchedError("it stops")

    monkeypatch.setattr(filming, "watch", film)
    failed = []
    filming.watch_all(SimpleNamespace(note=lambda *words: failed.append(words[0])), None, ["one", "broken", "two"])
    assert failed == ["broken: the film goes as its content says"]
    assert [at for block, at in told if block == "one"] == [20.0, 20.0, 30.0] == [at for block, at in told if block == "two"]


def test_a_film_is_read_still_by_still(monkeypatch):
    """The whole of it takes its time, which is waited for on Open edX and here goes by at once."""
    content, hand = inner_xml(etree.fromstring(more.BLOCKS[more.FILM])), SimpleNamespace(now=clock.now())
    monkeypatch.setattr(clock, "now", lambda: hand.now)
    monkeypatch.setattr(filming, "time", hands(hand))
    block, video = make_block(VideoBlock, content, weight=4), video_olx.examine(content)[0]
    assert filming.turned_over(AtHome(block), None, video) == len(video.stills)
    told = block.runtime.place
    assert told.events("grade")[-1]["value"] == 0.0 and told.events("completion") == [{"completion": 1.0}]


def test_every_kind_of_activity_is_done_in_the_acceptance():
    assert {kind for _name, kind, _content in activities()} == set(KINDS)


def test_the_chapter_that_is_added_is_sound(tmp_path):
    folder = shutil.copytree(shipped_course(), tmp_path / "course", ignore=shutil.ignore_patterns("*.webp"))
    before = olx.declared(folder)
    more.add(folder)
    added = olx.declared(folder)
    assert added[: len(before)] == before and all(more.is_added(name) for _kind, name in added[len(before) :])
    assert {("dti_video", more.FILM), ("dti_activity", more.SPOT), ("dti_pledge", more.PLEDGE)} <= set(added)
    film, spot, pledge = (inner_xml(etree.fromstring(more.BLOCKS[name])) for name in (more.FILM, more.SPOT, more.PLEDGE))
    assert video_olx.examine(film)[1] == [] == activity_olx.examine(spot, "spot")[1]
    assert pledge_olx.examine(pledge)[1] == []
    assert not any(more.is_added(name) for _kind, name in before)


KINDS_OF_BLOCKS = {
    "dti_scenario": ScenarioBlock,
    "dti_case_law": CaseLawBlock,
    "dti_pledge": PledgeBlock,
    "dti_review": ReviewBlock,
    "dti_activity": ActivityBlock,
    "dti_video": VideoBlock,
}


@pytest.mark.parametrize("kind", courses.OURS)
def test_people_without_rights_try_every_handler(kind):
    """Whoever adds a handler says in the acceptance which sort it is."""
    block = KINDS_OF_BLOCKS[kind]
    tables = (others.ACTIONS, others.READINGS, others.REPORTS, others.LINKED)
    known = sorted(name for table in tables for name in table.get(kind, ()))
    assert known == sorted(name for name in dir(block) if getattr(getattr(block, name), "_is_xblock_handler", False))


@pytest.mark.parametrize("kind", courses.OURS)
def test_what_the_package_says_on_a_page_is_known_in_both_languages(kind):
    """As asked on Open edX, of the first block of each kind in the course."""
    node, texts = read(shipped_course()).blocks(kind)[0].node, words.ours()
    content = {"dti_review": ()}.get(kind, (inner_xml(node),))
    fields = {name: node.get(name) for name in ("activity", "display_name") if node.get(name)}
    block = make_block(KINDS_OF_BLOCKS[kind], *content, **fields)
    for language, said, other in (("en", set(texts), set(texts.values())), ("es-419", set(texts.values()), set(texts))):
        with translation.override(language):
            shown = words.shown(f"<html><body>{page(again(block))}</body></html>")
        assert len(shown & said) >= words.FEW and shown & other == set()


def test_texts_outside_our_blocks_and_those_marked_as_english_are_passed_over():
    marked = '<p>outside</p><div class="dti x"><p lang="en">marked <b>in it</b></p><i title="told">x</i></div>'
    assert words.shown(marked) == {"x", "told"}


def test_the_report_says_what_failed_and_where(tmp_path):
    ledgers = [outcome.Ledger(tmp_path / name, name) for name in ("SQLite", "MariaDB")]
    for ledger in ledgers:
        with ledger.part("Import"):
            ledger.same("nothing is lost", 3 if ledger.database == "SQLite" else 2, 3, "a | b")
        with ledger.part("Pledge"):
            raise ZeroDivisionError("by zero")
    ledgers[0].note("only here", True, "x" * 1000)
    text = outcome.report({"Package": "w.whl"}, [check for ledger in ledgers for check in ledger.checks()])
    assert "3 of 5 checks failed." in text and "| Package | w.whl |" in text
    assert "| nothing is lost | passed | **failed** | MariaDB: found 2, not 3. a / b; a / b |" in text
    assert text.count("ZeroDivisionError: by zero") >= 1 and "| only here | passed | – |" in text
    assert max(map(len, text.splitlines())) < 500


def test_what_a_stage_began_with_is_put_back(tmp_path):
    """What a broken stage has left besides is gone: it would be taken for its beginning."""
    work, kept = tmp_path / "sqlite", tmp_path / "sqlite/before-learning"
    work.mkdir()
    for name in (*tables.FILES, "checks.jsonl"):
        (work / name).write_text("before", encoding="utf-8")
    tables.keep(kept, work, "")
    for name in (*tables.FILES, *tables.BESIDES):
        (work / name).write_text("after", encoding="utf-8")
    tables.keep(kept, work, "", back=True)
    assert {path.name: path.read_text(encoding="utf-8") for path in work.iterdir() if path.is_file()} == dict.fromkeys(
        (*tables.FILES, "checks.jsonl"), "before"
    )


def test_every_stage_is_a_module_that_needs_no_platform_to_be_imported():
    for name in stage.STAGES:
        assert callable(importlib.import_module(f"tests.platform_acceptance.{name}").run)


@pytest.mark.parametrize(("folder", "said"), [(None, "EDX_PLATFORM"), (".", "is no checkout of edx-platform")])
def test_without_a_platform_it_says_what_is_missing(folder, said):
    environment = {"PATH": "/usr/bin:/bin", **({"EDX_PLATFORM": folder} if folder else {})}
    done = subprocess.run(
        ["sh", ROOT / "scripts/platform.sh", ".venv"], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0 and said in done.stderr
