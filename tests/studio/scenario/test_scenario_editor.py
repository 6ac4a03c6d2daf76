"""The server's side of the scenario's editor: the page, its words, saving, and playing what is not saved."""

import html
import re
import sys
from pathlib import Path
from types import ModuleType

from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.studio.kit.form import form_words
from dti_xblocks.studio.scenario.words import editor_words
from tests.browser_words import said_in
from tests.runtime import ANONYMOUS, LEARNER, again, make_block, page, post, post_json, view
from tests.studio.pages import body_of, data_of

SCRIPTS = Path(__file__).parents[3] / "static/js"
CONTENT = """<level id="words" title="Words">Say it.</level>
<meter id="trust" title="Trust" start="50">What people think.</meter>
<scene id="stop" title="The stop" level="words" clock="20" timeout="nothing">
  <p>Hale has him down.</p>
  <choice id="speak" to="later" points="3"><text>Speak.</text><outcome><p>He looks up.</p></outcome><why><p>Words help.</p></why>
    <effect meter="trust" by="10"/><authority ref="byrd-v-brishke"/></choice>
  <choice id="nothing" to="hurt" points="0"><text>Nothing.</text><outcome><p>It goes on.</p></outcome><why><p>Time.</p></why></choice>
</scene>
<scene id="later" title="Later" level="words">
  <p>It is quiet.</p>
  <choice id="report" to="calm" points="2"><text>Report it.</text><outcome><p>You do.</p></outcome><why><p>Records.</p></why></choice>
  <choice id="leave" to="hurt" points="0"><text>Leave it.</text><outcome><p>You do.</p></outcome><why><p>No.</p></why></choice>
</scene>
<ending id="calm" title="In time" result="good"><p>All is well.</p></ending>
<ending id="hurt" title="Too late" result="bad"><p>He is hurt.</p></ending>"""


def make(content=CONTENT, **options):
    return make_block(ScenarioBlock, content, studio="handler", **options)


def trial(block, **changes):
    body = {"content": CONTENT, "score_by": "choices", "settings": {}, "start": "stop", "decisions": [], "choice": "", **changes}
    return post_json(again(block), "studio_play", body)


# -- the page --------------------------------------------------------------------------------------------------------------


def test_the_page_is_a_form_that_stands_alone():
    block = make()
    markup = page(block, "studio_view")
    assert '<form method="post"' in markup and 'type="submit"' in markup
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", markup, re.DOTALL)[1]
    assert html.unescape(text) == block.content
    for name, _label, _help in block.studio_settings:
        assert f'name="{name}"' in markup


def test_content_that_begins_with_a_line_break_keeps_it():
    """A browser drops the first line break of a textarea."""
    block = make()
    assert post_json(again(block), "studio_save", body_of(block, "\n" + CONTENT)).status_code == 200
    assert re.search(r"<textarea[^>]*>\n\n&lt;level", page(again(block), "studio_view"))


def test_settings_with_few_values_are_chosen_from_a_list():
    markup = page(make(counted="latest"), "studio_view")
    assert re.search(r'<select[^>]*name="counted".*?<option value="latest" selected>', markup, re.DOTALL)


def test_the_script_gets_authorities_starters_and_addresses():
    block = make()
    data = data_of(page(block, "studio_view"))
    assert data["block"] == str(block.scope_ids.usage_id)
    assert "studio_play" in data["play"]
    assert "graham-v-connor" in data["authorities"]
    assert [starter["id"] for starter in data["starters"]] == ["blank", "peer-officer", "supervisor", "agency"]
    assert all("<scene" in starter["content"] for starter in data["starters"])


def test_the_scripts_data_cannot_leave_its_element_or_be_taken_for_addresses():
    raw = re.search(r"data-dti-data>(.*?)</script>", page(make(), "studio_view"), re.DOTALL)[1]
    assert not set("<>&'") & set(raw)
    assert '\\"' not in raw, "the platform rewrites what follows a quote and looks like an address"


def test_every_word_that_the_script_says_is_there():
    words = {**form_words(), **editor_words()}
    said = said_in("scenario-studio")
    assert said - set(words) == {"toLocaleString"}  # a number called words
    by_name = {"offline", "signedOut", "problems", "download", "openFile"}  # asked for by a name that is made at run time
    assert set(words) - said <= by_name


def test_every_problem_that_the_script_finds_has_a_sentence():
    text = (SCRIPTS / "scenario-studio/problems.js").read_text(encoding="utf-8")
    sentences = editor_words()["problems"]
    assert set(re.findall(r'"(SC\d{3})"', text)) == {key.split(".")[0] for key in sentences}
    xml = (SCRIPTS / "studio/xml.js").read_text(encoding="utf-8")
    codes = set(re.findall(r'fail\("(\w+)"', xml)) | set(re.findall(r'upTo\([^;]*?, "(\w+)"\)', xml))
    assert codes == set(editor_words()["xml"])


def test_the_entry_script_and_styles_are_named():
    fragment = view(make(), "studio_view")
    assert fragment.json_init_args["module"].endswith("js/scenario-studio/main.js")
    assert any("css/scenario-studio/editor.css" in resource.data for resource in fragment.resources)


# -- saving ----------------------------------------------------------------------------------------------------------------


def test_a_save_answers_with_problems_and_the_new_version():
    block = make()
    body = body_of(block, CONTENT.replace('to="calm"', 'to="nowhere"'))
    saved = post_json(again(block), "studio_save", body)
    assert saved.status_code == 200
    problem = saved.json["problems"][0]
    assert (problem["code"], problem["where"], problem["severity"]) == ("SC006", "later > report", "error")
    assert problem["line"] == 11 and "nowhere" in problem["message"]
    assert "content" not in saved.json, "nothing was cleaned"
    assert saved.json["version"] == body_of(block, "")["version"] != body["version"]


def test_what_was_cleaned_away_is_told():
    block = make()
    saved = post_json(
        again(block),
        "studio_save",
        body_of(block, CONTENT.replace("<p>It is quiet.</p>", "<p>It is quiet.<script>x</script></p>")),
    )
    assert saved.json["content"] == CONTENT == again(block).content


def test_a_save_over_something_newer_gets_what_is_there():
    block = make()
    old = body_of(block, CONTENT.replace("Hale", "Mine"))
    assert post_json(again(block), "studio_save", body_of(block, CONTENT.replace("Hale", "Theirs"))).status_code == 200
    refused = post_json(again(block), "studio_save", old)
    assert refused.status_code == 409 and refused.json["error"]
    assert "Theirs" in refused.json["content"]
    merged = {**old, "version": refused.json["version"]}
    assert post_json(again(block), "studio_save", merged).status_code == 200
    assert "Mine" in again(block).content


# -- playing ---------------------------------------------------------------------------------------------------------------


def test_unsaved_content_is_played_from_any_scene_to_its_ending():
    block = make("")
    first = trial(block, content=CONTENT.replace("Hale has him down.", "Nobody has saved this."), start="stop")
    assert "Nobody has saved this." in first.json["html"] and first.json["decisions"] == [] and first.json["place"] == "stop"
    second = trial(block, choice="speak")
    for words in ("He looks up.", "Words help.", "Byrd v. Brishke", "It is quiet."):
        assert words in second.json["html"], words
    last = trial(block, decisions=second.json["decisions"], choice="report")
    assert last.json["ended"] and "All is well." in last.json["html"]
    later = trial(block, start="later")
    assert "It is quiet." in later.json["html"] and later.json["place"] == "later"
    assert again(block).content == "" and block.runtime.place.published == []


def test_a_scene_with_conditions_is_played_too():
    content = CONTENT.replace('<scene id="later" title="Later"', '<scene id="later" otherwise="hurt" title="Later"')
    content = content.replace("<p>It is quiet.</p>", '<needs choice="stop/speak"/><p>It is quiet.</p>')
    assert "It is quiet." in trial(make(), content=content, start="later").json["html"]
    assert "It is quiet." in trial(make(), content=content, choice="speak").json["html"]


def test_the_clock_does_not_run_but_its_end_can_be_played():
    block = make()
    assert 'name="time_up"' in trial(block).json["html"]
    late = trial(block, time_up=True).json
    assert late["ended"] and late["decisions"][0][3] == "time-up" and "Time ran out." in late["html"]
    assert 'name="time_up"' not in trial(block, start="later").json["html"]


def test_a_story_that_is_not_finished_is_played_as_far_as_it_goes():
    block = make()
    nowhere = trial(block, content=CONTENT.replace('to="later"', 'to="cellar"'), choice="speak").json
    assert "cellar" in nowhere["html"] and nowhere["problems"]
    empty = trial(block, content='<scene id="stop" title="Stop"><p>x</p></scene>').json
    assert "no choice is open" in empty["html"] and not empty["ended"]
    broken = trial(block, content=CONTENT.replace('by="10"', 'by="ten"'), choice="speak")
    assert broken.status_code == 400 and broken.json["problems"]


def test_a_trial_that_cannot_be_is_refused_in_words():
    block = make()
    for changes, words in (
        ({"content": "<scene>"}, "not well-formed"),
        ({"start": "cellar"}, "no such scene"),
        ({"decisions": "x"}, "damaged"),
        ({"choice": 5}, "damaged"),
        ({"content": None}, "damaged"),
    ):
        refused = trial(block, **changes)
        assert refused.status_code == 400 and words in refused.json["error"], changes
    for junk in ([["stop", "speak"]], [["stop", "fly", "2030-01-01T00:00:00+00:00"]], [5], [[]]):
        assert trial(block, decisions=junk).json["decisions"] == []
    assert trial(block, choice="fly").json["decisions"] == []
    assert post(again(block), "studio_play", {}).status_code == 400


def test_only_authors_play_what_is_not_saved():
    assert trial(make(may_write=False)).status_code == 403
    for person in (LEARNER, ANONYMOUS):
        assert trial(make_block(ScenarioBlock, CONTENT, user=person)).status_code == 403


def test_an_ending_is_shown_as_a_learner_comes_to_it():
    content = CONTENT.replace(
        'id="calm" title="In time" result="good">',
        'id="calm" title="In time" result="good" otherwise="hurt"><needs level="words"/>',
    )
    answer = trial(make(), content=content, start="calm").json
    assert "In time" in answer["html"] and "All is well." in answer["html"] and "Too late" not in answer["html"]
    assert (answer["place"], answer["ended"], answer["decisions"]) == ("calm", True, [])


def test_pictures_have_addresses_that_a_browser_finds(monkeypatch):
    """Studio's handlers have no service that replaces them."""
    platform = ModuleType("common.djangoapps.static_replace")
    platform.replace_static_urls = lambda text, course_id: text.replace("/static/", f"/{course_id}@")
    for name in ("common", "common.djangoapps"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, platform.__name__, platform)
    content = CONTENT.replace("<p>It is quiet.</p>", '<image src="/static/lot.png" alt="A lot."/>')
    assert 'src="/course-v1:DTI+DTI101+2026@lot.png"' in trial(make(), content=content, start="later").json["html"]
