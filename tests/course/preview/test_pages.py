"""What people see."""

import html
import re

import pytest
from lxml import etree

UNITS = (
    "html-unit",
    "video-unit",
    "social",
    "strange",
    "choices",
    "numbers",
    "drawn",
    "exam-unit",
    "practice-unit",
    "nested",
    "nothing",
    "bare-problem",
)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("who", ["learner", "second", "staff", "studio", "visitor"])
def test_every_unit_is_shown_to_everybody(visit, who, unit):
    page = visit(who).unit(unit)
    assert "could not be shown" not in page
    assert "This is a preview, not an LMS." in page
    tree = etree.HTML(page)
    assert len(tree.findall(".//h1")) == 1
    assert len(tree.findall(".//main")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), "an id stands twice"


def test_the_frame_is_that_of_the_learning_mfe(learner):
    page = etree.HTML(learner.unit("numbers"))
    assert page.findtext(".//h1") == "Quiz one"
    assert page.findtext(".//h2") == "Numbers and words"
    crumbs = [" ".join(item.itertext()).strip() for item in page.xpath("//nav[@class='crumbs']//li")]
    assert crumbs == ["Every block, from the policy", "Grading", "Quiz one"]
    assert page.xpath("//nav[@class='strip']//a[@rel='prev']/@href") == ["/unit/choices"]
    assert page.xpath("//nav[@class='turn']//a[@rel='next']/@href") == ["/unit/drawn"]
    assert page.xpath("//nav[@class='strip']//li/a[@aria-current='page']/span[@class='sr']/text()") == ["Numbers and words"]
    assert page.xpath("//details[@data-outline]//a[@aria-current='page']/@href") == ["/unit/numbers"]


def test_text_blocks_are_personal_and_their_links_work(learner):
    page = learner.unit("html-unit")
    assert "this is course-v1:ExampleOrg+EB101+2030" in page
    assert "%%USER_ID%%" not in page
    assert '"/asset/pictures/a square.svg"' in page
    assert '"/asset/pictures_a_square.svg"' in page
    assert '"/static/not-there.pdf"' in page, "only files that the course owns are rewritten"
    for name in ("pictures/a%20square.svg", "pictures_a_square.svg"):
        assert learner.get(f"/asset/{name}").status_code == 200
    assert learner.get("/static/not-there.pdf").status_code == 404


def test_links_inside_the_course_lead_to_pages(learner):
    assert learner.get("/jump_to_id/exam-problem")["Location"] == "/unit/exam-unit#block-problem-exam-problem"
    assert 'id="block-problem-exam-problem"' in learner.unit("exam-unit")
    assert learner.get("/jump_to_id/quiz-one")["Location"] == "/unit/choices"
    assert learner.get(f"/jump_to/{learner.key('clip')}")["Location"] == "/unit/video-unit#block-video-clip"
    course = learner.tree.course_key
    assert learner.get(f"/courses/{course}/jump_to_id/choices")["Location"] == "/unit/choices"
    assert learner.get("/course/progress")["Location"] == "/progress"
    assert learner.get("/course/syllabus/")["Location"] == "/tab/syllabus"
    assert learner.get("/sequence/quiz-two")["Location"] == "/unit/drawn"
    assert learner.get("/jump_to_id/nowhere").status_code == 404


def test_a_type_that_is_not_installed_is_named(learner):
    page = html.unescape(learner.unit("strange"))
    assert "This block is of type “galaxy_map”, which is not installed here." in page
    assert "Map of the galaxy" in page
    assert "could not be read from the course: The file html/lost.xml is missing." in page
    assert "The rest of the unit is here." in page


def test_an_exception_in_one_block_leaves_the_rest(learner, visit, monkeypatch):
    cls = learner.tree.named("inline-text").cls
    right = cls.get_html

    def fail(self):
        if self.scope_ids.usage_id.block_id == "inline-text":
            raise RuntimeError("broken on purpose")
        return right(self)

    monkeypatch.setattr(cls, "get_html", fail)
    page = learner.unit("html-unit")
    assert "This block could not be shown." in page
    assert "broken on purpose" not in page
    assert "From a file" in page
    assert "broken on purpose" in visit("staff").unit("html-unit")
    assert learner.key("inline-text") not in learner.records().completed()


def test_nested_containers(learner):
    page = learner.unit("nested")
    assert "Deep inside." in page
    assert "Group A sees this." in page
    assert "Group B sees this." not in page
    assert "Behind a condition." in page


def test_what_is_for_staff_is_hidden_from_learners(learner, visit):
    assert learner.get("/unit/for-staff").status_code == 404
    assert "/unit/for-staff" not in learner.unit("nested")
    assert "Only staff may read this." in visit("staff").unit("for-staff")


def test_a_bank_draws_one_and_stays_with_it(learner, visit):
    def drawn(person):
        return re.findall(r"block@(drawn-\d)\"", person.unit("drawn"))

    mine = set(drawn(learner))
    assert len(mine) == 1
    assert set(drawn(learner)) == mine
    assert len(set(drawn(visit("second")))) == 1


def test_info_and_extra_pages(learner):
    page = learner.page("/info")
    assert "All about <b>every block</b>." in page
    assert "See every block" in page
    assert '"/asset/clip-en.srt"' in page
    assert "Week one: everything." in learner.page("/tab/syllabus")
    assert learner.get("/tab/nothing").status_code == 404


def test_the_home_page_starts_and_resumes(learner):
    page = learner.page("/")
    assert "Start the course" in page
    assert 'href="/unit/html-unit"' in page
    learner.unit("numbers")
    assert "Resume the course" in learner.page("/")


def test_notes_for_the_author_are_for_staff(learner, visit):
    assert "html/lost.xml is missing" not in learner.page("/")
    assert "html/lost.xml is missing" in visit("staff").page("/")


def test_the_switch_changes_the_person(visit):
    visitor = visit("learner")
    answer = visitor.client.post("/person", {"person": "second", "next": "/progress"})
    assert answer["Location"] == "/progress"
    assert 'value="second" selected' in visitor.page("/progress")
    assert visitor.client.post("/person", {"person": "nobody"}).status_code == 404
    assert visitor.client.post("/person", {"person": "staff", "next": "//evil.example/"})["Location"] == "/"
    assert visitor.get("/person").status_code == 405


def test_a_visitor_sees_texts_but_takes_nothing(visit):
    visitor = visit("visitor")
    assert "From a file" in visitor.unit("html-unit")
    assert "only accessible to enrolled learners" in visitor.unit("choices")
    visitor.answer("exam-problem", "choice_1", check=403)
    assert visitor.records().completed() == {}


def test_other_hosts_are_refused(learner):
    for host in ("evil.example", "127.0.0.1.evil.example", "0.0.0.0"):
        assert learner.client.get("/", HTTP_HOST=host).status_code == 400, host
    for host in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        assert learner.client.get("/", HTTP_HOST=host).status_code == 200, host


def test_changes_need_the_token(visit):
    careful = visit("learner", enforce_csrf_checks=True)
    for address in ("/person", "/reset", careful.handler("exam-problem", "xmodule_handler", "problem_check")):
        assert careful.client.post(address, {"person": "staff"}).status_code == 403, address
    careful.page("/")
    token = careful.client.cookies["csrftoken"].value
    answer = careful.client.post(careful.handler("exam-problem", "xmodule_handler", "problem_check"), {}, HTTP_X_CSRFTOKEN=token)
    assert answer.status_code == 200


def test_pages_are_said_in_a_sentence_when_missing(learner):
    answer = learner.get("/unit/nowhere")
    assert answer.status_code == 404
    assert "There is no unit of this name" in answer.content.decode()
    assert learner.get("/xblock/learner/not-a-key/handler").status_code == 404


def test_nothing_is_loaded_from_elsewhere(learner):
    for unit in UNITS:
        page = learner.unit(unit)
        assert not re.search(r"""(?:src|srcset|@import|url\()\s*=?\s*["'(]*(?:https?:)?//(?!www\.youtube)""", page), unit
        for sheet in re.findall(r'rel="stylesheet" href="([^"]+)"', page):
            answer = learner.get(sheet)
            assert answer.status_code == 200, sheet
            text = (answer.getvalue() if answer.streaming else answer.content).decode()
            assert not re.search(r"""(?:@import|url\()\s*["'(]*https?://""", text), sheet
        for script in re.findall(r'<script[^>]* src="([^"]+)"', page):
            assert learner.get(script).status_code == 200, script
