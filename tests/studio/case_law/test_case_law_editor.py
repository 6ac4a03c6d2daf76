"""The server's side of the case-law editor: the page, its words, its questions, saving, and what is used where."""

import html
import re
from pathlib import Path
from types import SimpleNamespace

from opaque_keys.edx.locator import BlockUsageLocator
from xblock.fields import ScopeIds

from dti_xblocks.case_law import model, olx, rules
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.platform.siblings import siblings
from dti_xblocks.studio.case_law import check as case_law_check
from dti_xblocks.studio.case_law.check import check
from dti_xblocks.studio.case_law.words import case_law_words
from dti_xblocks.studio.kit.form import form_words
from tests.browser_words import said_in
from tests.runtime import COURSE, again, make_block, page, post_json, view
from tests.studio.pages import body_of, data_of

SCRIPTS = Path(__file__).parents[3] / "static/js"
CONTENT = """
  <!-- the two that matter most -->
  <authority ref="graham-v-connor"/>
  <authority ref="monroe-v-pape" odd="kept">
    <facts>Thirteen officers broke in.</facts>
  </authority>
  <authority slug="policy-300" kind="policy">
    <caption>Use of force</caption>
    <citation>Policy 300</citation>
    <in-brief>Step in, as *Randall* says.</in-brief>
  </authority>
"""
SETTINGS = {
    "display_name", "packet_title", "complete_when", "search", "notes", "jurisdiction_panel", "packets", "agency_name", "agency_logo",
}  # fmt: skip


def make(content=CONTENT, **options):
    return make_block(CaseLawBlock, content, studio="handler", **options)


def asked(block, content=CONTENT, **more):
    return post_json(again(block), "studio_check", {"content": content, **more})


def problems(content: str, completes_by: str = "") -> list[tuple]:
    return [(found["code"], found["at"], found["field"]) for found in check(content, library(), completes_by)["problems"]]


# -- the page --------------------------------------------------------------------------------------------------------------------


def test_the_page_is_a_form_that_stands_alone():
    block = make()
    markup = page(block, "studio_view")
    assert '<form method="post"' in markup and 'type="submit"' in markup
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", markup, re.DOTALL)[1]
    assert html.unescape(text) == block.content == CONTENT
    assert {name for name, _label, _help in block.studio_settings} == SETTINGS
    for name in SETTINGS:
        assert f'name="{name}"' in markup
    assert re.search(r'<select[^>]*name="complete_when".*?<option value="opened" selected>', markup, re.DOTALL)


def test_the_script_gets_what_it_needs_to_begin():
    block = make()
    data = data_of(page(block, "studio_view"))
    assert data["block"] == str(block.scope_ids.usage_id)
    assert "studio_find" in data["find"] and "studio_check" in data["check"]
    assert [row["name"] for row in data["checked"]["rows"]] == ["graham-v-connor", "monroe-v-pape", "policy-300"]
    assert data["checked"]["problems"][0]["code"] == "CL006"
    assert data["modules"]["2"][0] == ["monroe-v-pape", "Monroe v. Pape"]
    assert set(data["slugs"]) == set(library().slugs) and "4th" in data["circuits"]


def test_the_scripts_data_cannot_leave_its_element_or_be_taken_for_addresses():
    markup = page(
        make("<authority slug='x' kind='case'><caption>&lt;/script>&lt;script> \"/static/x\"</caption></authority>"),
        "studio_view",
    )
    raw = re.search(r"data-dti-data>(.*?)</script>", markup, re.DOTALL)[1]
    assert not set("<>&'") & set(raw)
    assert '\\"' not in raw, "the platform rewrites what follows a quote and looks like an address"


def test_the_page_of_a_block_with_too_much_to_check_at_once_is_there_all_the_same(monkeypatch):
    monkeypatch.setattr("dti_xblocks.studio.case_law.editor.LARGEST", 10)
    assert data_of(page(make(), "studio_view"))["checked"] is None


def test_every_word_that_the_script_says_is_there():
    words = {**form_words(), **case_law_words()}
    said = said_in("case-law-studio")
    assert said - set(words) == set()
    read_by_name = {"offline", "signedOut", "labels", "fieldHelp", "flags", "xml"}
    assert set(words) - said <= read_by_name


def test_every_field_flag_and_kind_has_a_name():
    words = case_law_words()
    assert {*olx.TEXTS, *model.LISTS, "kind"} <= set(words["labels"])
    assert set(words["kinds"]) == set(model.KINDS)
    text = Path(case_law_check.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r'flags(?:\.append\(| = \[)"(\w+)"', text)) | set(re.findall(r'\["(unknown|incomplete)"\]', text))
    assert named | {model.LIMITED, model.SUPERSEDED} == set(words["flags"])


def test_the_script_and_the_server_mean_the_same_elements():
    text = (SCRIPTS / "case-law-studio/entry.js").read_text(encoding="utf-8")

    def listed(pattern: str) -> list[str]:
        return re.findall(r'"([\w-]+)"', re.search(pattern, text, re.DOTALL)[1])

    assert tuple(listed(r"TEXTS = \[(.*?)\]")) == olx.TEXTS
    items = dict(re.findall(r'(\w+): "([\w-]+)"', re.search(r"ITEMS = \{(.*?)\}", text, re.DOTALL)[1]))
    assert items == {field: element for element, field in olx.ITEMS.items()}
    assert tuple(listed(r"case: \[(.*?)\]")) == model.PARTS_OF_CASE and tuple(listed(r"law: \[(.*?)\]")) == model.PARTS_OF_LAW


def test_the_entry_script_and_styles_are_named():
    fragment = view(make(), "studio_view")
    assert fragment.json_init_args["module"].endswith("js/case-law-studio/main.js")
    assert any("css/case-law-studio/editor.css" in resource.data for resource in fragment.resources)


# -- saving ----------------------------------------------------------------------------------------------------------------------


def test_what_the_editor_sends_is_saved_to_the_letter():
    block = make("")
    saved = post_json(
        again(block), "studio_save", body_of(block, CONTENT, complete_when="ended", notes=False, agency_name="Riverside PD")
    )
    assert saved.status_code == 200 and "content" not in saved.json
    now = again(block)
    assert (now.content, now.complete_when, now.notes, now.agency_name) == (CONTENT, "ended", False, "Riverside PD")


def test_what_can_act_in_a_page_is_taken_out_and_the_rest_is_told():
    block = make("")
    active = CONTENT.replace("Thirteen", '<script>alert(1)</script><b onclick="x()">Thirteen</b>')
    saved = post_json(again(block), "studio_save", body_of(block, active))
    assert saved.json["content"] == CONTENT.replace("Thirteen", "<b>Thirteen</b>") == again(block).content
    assert "CL005" in [problem["code"] for problem in saved.json["problems"]]


def test_a_rule_of_completion_that_does_not_exist_is_refused():
    block = make()
    refused = post_json(again(block), "studio_save", body_of(block, CONTENT, complete_when="never"))
    assert refused.status_code == 400 and "never" in refused.json["error"]


def test_a_save_over_something_newer_gets_what_is_there():
    block = make()
    old = body_of(block, CONTENT.replace("Thirteen", "Mine:"))
    assert post_json(again(block), "studio_save", body_of(block, CONTENT.replace("Thirteen", "Theirs:"))).status_code == 200
    refused = post_json(again(block), "studio_save", old)
    assert refused.status_code == 409 and "Theirs:" in refused.json["content"]


# -- what is used where ----------------------------------------------------------------------------------------------------------


class Fake:
    """A block of a course that gives its parent and children, as far as `siblings` asks."""

    def __init__(self, kind, name, children=(), content=None, **fields):
        key = BlockUsageLocator(COURSE, kind, name)
        self.scope_ids = ScopeIds("u", kind, key, key)
        self.display_name, self.children, self.parent = fields.get("title", name), list(children), None
        self.has_children = bool(children)
        self.runtime = SimpleNamespace(load_block_type=lambda kind: SimpleNamespace(has_children=kind in ("chapter", "vertical")))
        if content is not None:
            self.content = content
        for child in self.children:
            child.parent = self

    def get_parent(self):
        return self.parent

    def get_children(self, wanted):
        return [child for child in self.children if wanted(child.scope_ids.usage_id)]


def a_course():
    here = Fake("dti_case_law", "here", content='<authority ref="graham-v-connor"/>')
    beside = Fake(
        "dti_case_law",
        "beside",
        title="Case  law",
        content='<authority ref="graham-v-connor"/><authority ref="graham-v-connor"/>',
    )
    loose = Fake("dti_case_law", "loose", content='<authority slug="own"/>')
    text = Fake("html", "text")
    course = Fake(
        "course",
        "course",
        [Fake("chapter", "two", [Fake("vertical", "unit", [text, beside, here])], title="Module 2"), loose],
    )
    return course, here


def test_the_other_blocks_of_the_course_are_found_by_walking_it():
    _course, here = a_course()
    assert [(one.title, one.section, one.where) for one in siblings(here)] == [
        ("Case law", "Module 2", "Module 2: Case law"),
        ("loose", "", "loose"),
    ]


def test_a_fault_on_the_way_is_logged_and_nothing_more(caplog):
    _course, here = a_course()
    here.get_parent = lambda: 1 / 0
    assert siblings(here) == []
    assert "could not be found" in caplog.text
    assert (
        siblings(make_block(CaseLawBlock, CONTENT, key="word"))
        == siblings(make_block(CaseLawBlock, CONTENT, key="library"))
        == []
    )


def test_the_page_says_where_else_an_authority_is_used(monkeypatch):
    _course, here = a_course()
    broken = SimpleNamespace(where="x", block=make_block(CaseLawBlock, ""))
    broken.block.content = "<authority"
    monkeypatch.setattr("dti_xblocks.studio.case_law.editor.siblings", lambda block: [broken, *siblings(here)])
    used = data_of(page(make(), "studio_view"))["used"]
    assert used == {"graham-v-connor": ["Module 2: Case law"], "own": ["loose"]}


# -- the guide -------------------------------------------------------------------------------------------------------------------


def test_the_authors_guide_has_every_rule_setting_and_element():
    guide = (Path(__file__).parents[3] / "docs/authors.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (CL\d{3}) \| (.*) \|$", guide, re.MULTILINE)
    assert listed == [(rule.code, " ".join(rule.manual.split())) for rule in rules.RULES]
    part = guide.partition("## Case law")[2].partition("## Pledge")[0]
    assert {name for name in SETTINGS if f"`{name}`" not in part} == set()
    assert {name for name in olx.NAMES if f"`{name}`" not in part} == set()


def test_the_example_of_the_authors_guide_is_sound():
    guide = (Path(__file__).parents[3] / "docs/authors.md").read_text(encoding="utf-8")
    example = next(text for text in re.findall(r"```xml\n(.*?)```", guide, re.DOTALL) if "dti_case_law" in text)
    content = re.search(r"<dti_case_law[^>]*>(.*)</dti_case_law>", example, re.DOTALL)[1]
    assert problems(content, "opened") == []
