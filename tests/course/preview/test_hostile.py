"""Courses that mean harm, and requests that do: a sentence or nothing, never a traceback, a hang or somebody else's file."""

import json
import os
import stat
import time
from urllib.parse import quote

import pytest
from django.test import override_settings

from dti_xblocks.course.preview import bounds, loader
from dti_xblocks.course.preview import settings as preview_settings
from dti_xblocks.course.preview.confine import MAX_NOTES, Notes, plain
from dti_xblocks.course.preview.course import LiveCourse
from dti_xblocks.course.preview.course_files import CourseFiles
from dti_xblocks.course.preview.errors import PreviewError
from dti_xblocks.course.preview.loader import load
from dti_xblocks.course.preview.serve import make_application
from dti_xblocks.course.preview.static_files import StaticFiles
from dti_xblocks.course.preview.transcripts import read_cues
from dti_xblocks.seals import make
from dti_xblocks.seals.site import site_keys
from tests.course.preview.conftest import Visitor

PROBLEM = '<problem url_name="p"><numericalresponse answer="1"><textline/></numericalresponse></problem>'


def in_a_unit(inner: str) -> str:
    return (
        '<course url_name="r" org="E" course="E1"><chapter url_name="c">'
        '<sequential url_name="s" graded="true" format="HW">'
        f'<vertical url_name="u">{inner}</vertical></sequential></chapter></course>'
    )


@pytest.fixture
def write(tmp_path):
    """`write({"course.xml": ...})` makes a course of these files; names may be bytes."""

    def make(files):
        folder = tmp_path / "course"
        for name, content in {"course.xml": in_a_unit(PROBLEM), **files}.items():
            path = os.path.join(os.fsencode(folder), os.fsencode(name))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


@pytest.fixture
def preview(write, tmp_path, state_in_use):
    """`preview(files, who)` is that person in front of the course of these files."""

    def make(files=(), who="learner"):
        return Visitor(make_application(write(dict(files)), tmp_path / "state"), who)

    return make


def every_page(visitor):
    for address in ("/", "/progress", "/info", "/completion", "/unit/u"):
        assert visitor.get(address).status_code == 200, address


# -- nothing is run -----------------------------------------------------------------------------------------------------------

SYMBOLIC = (
    '<problem url_name="p"><symbolicresponse expect="{expect}"><textline math="1"/></symbolicresponse></problem>'
    '<html url_name="h"><p>After it.</p></html>'
)


def mathml(text):
    return f"<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>{text}</mi></math>"


@pytest.mark.parametrize("who", ["learner", "staff", "studio"])
@pytest.mark.parametrize("place", ["course", "answer"])
def test_symbolic_mathematics_runs_nothing(preview, tmp_path, place, who):
    mark = tmp_path / "run"
    harm = f"__import__('os').system('touch {mark}')"
    visitor = preview({"course.xml": in_a_unit(SYMBOLIC.format(expect=harm if place == "course" else "x"))}, who)
    page = visitor.unit("u")
    assert "This problem contains Python. The preview runs it only" in page
    assert "After it." in page
    given = harm if place == "answer" else "x"
    answer = visitor.client.post(
        visitor.handler("p", "xmodule_handler", "problem_check"),
        {"input_p_2_1": given, "input_p_2_1_dynamath": mathml(given)},
    )
    assert answer.status_code == 200
    assert "DTI_PREVIEW_RUN_PYTHON=1" in answer.json()["success"]
    for dispatch in ("problem_show", "problem_get", "problem_reset"):
        visitor.client.post(visitor.handler("p", "xmodule_handler", dispatch), {})
    assert not mark.exists()
    assert visitor.records().scores() == {}, "an answer that was not looked at is not wrong"


def test_symbolic_mathematics_runs_for_who_trusts_the_course(preview):
    visitor = preview({"course.xml": in_a_unit(SYMBOLIC.format(expect="x"))})
    with override_settings(DTI_PREVIEW_RUN_PYTHON=True):
        assert "This problem contains Python" not in visitor.unit("u")
        data = {"input_p_2_1": "x", "input_p_2_1_dynamath": mathml("x")}
        answer = visitor.client.post(visitor.handler("p", "xmodule_handler", "problem_check"), data)
    assert answer.json()["success"] == "correct"


def test_every_door_to_eval_is_closed():
    import symmath
    from xblocks_contrib.problem.capa import responsetypes

    from dti_xblocks.course.preview.graders import NotRun, guard

    guard()  # a second time changes nothing
    for check in (responsetypes.symmath_check, symmath.symmath_check):
        with pytest.raises(NotRun):
            check("x", "x")
    with pytest.raises(NotRun):
        symmath.my_sympify("x")
    with pytest.raises(NotRun):
        symmath.formula("x").sympy  # noqa: B018 - a property that evaluates


@pytest.mark.parametrize(
    "response",
    [
        '<script type="loncapa/python">{harm}</script><numericalresponse answer="1"><textline/></numericalresponse>',
        '<customresponse><textline/><answer type="loncapa/python">{harm}</answer></customresponse>',
        '<customresponse expect="{harm}"><textline/></customresponse>',
        '<schematicresponse><schematic/><answer type="loncapa/python">{harm}</answer></schematicresponse>',
        '<numericalresponse answer="{harm}"><responseparam type="tolerance" default="{harm}"/><textline/></numericalresponse>',
        '<formularesponse type="cs" samples="x@1:2#3" answer="{harm}"><textline/></formularesponse>',
        '<optionresponse><optioninput options="({harm},\'a\')" correct="a"/></optionresponse>',
        "<coderesponse><textbox/><codeparam><grader_payload>{harm}</grader_payload></codeparam></coderesponse>",
        '<externalresponse url="http://127.0.0.1:9/"><textbox/><answer>{harm}</answer></externalresponse>',
        '<stringresponse answer="x"><textline/><hintgroup hintfn="f"/></stringresponse>',
    ],
)
def test_other_responses_run_nothing_either(preview, tmp_path, response):
    mark = tmp_path / "run"
    harm = f"__import__('os').system('touch {mark}')"
    visitor = preview({"course.xml": in_a_unit(f'<problem url_name="p">{response.format(harm=harm)}</problem>')})
    every_page(visitor)
    for dispatch in ("problem_check", "problem_get", "problem_show"):
        answer = visitor.client.post(visitor.handler("p", "xmodule_handler", dispatch), {"input_p_2_1": harm})
        assert "Traceback" not in answer.content.decode()
    assert not mark.exists()


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (
            "<coderesponse><textbox/><codeparam><grader_payload>x</grader_payload></codeparam></coderesponse>",
            "the preview has no external grader",
        ),
        (
            '<externalresponse url="http://127.0.0.1:9/"><textbox/><answer>x</answer></externalresponse>',
            "a server elsewhere, which the preview does not call",
        ),
        (
            '<formularesponse type="cs" samples="x@1:2#1000000000" answer="x"><textline/></formularesponse>',
            "more samples of its formula than the preview computes (1000)",
        ),
    ],
)
def test_what_cannot_be_graded_is_a_sentence(preview, response, sentence):
    visitor = preview({"course.xml": in_a_unit(f'<problem url_name="p">{response}</problem>')})
    assert sentence in json.dumps(visitor.answer("p", "x"), ensure_ascii=False)


@pytest.mark.parametrize("formula", ["9^9^9^9", "fact(100000000)", "fact(170)^fact(170)"])
def test_a_number_that_takes_years_is_not_computed(preview, formula):
    visitor = preview({"course.xml": in_a_unit(PROBLEM)})
    start = time.process_time()
    assert visitor.answer("p", formula)["success"] not in ("correct", "incorrect")
    assert time.process_time() - start < 10
    assert visitor.answer("p", "2^10 - fact(6) - 303")["success"] == "correct"


# -- nothing outside the course is read ---------------------------------------------------------------------------------------


@pytest.fixture
def leaking(write, tmp_path):
    """A course in which everything that can be a link is one, out of the course."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "secret.html").write_text("TOPSECRET")
    (secrets / "secret.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nTOPSECRET\n")
    (secrets / "policy.json").write_text('{"course/r": {"display_name": "TOPSECRET"}}')
    (secrets / "problem.xml").write_text("<problem><p>TOPSECRET</p></problem>")
    folder = write({
        "course.xml": in_a_unit(
            '<html url_name="h1" filename="link"/><html url_name="h2"/><html url_name="h3" filename="../../secrets/secret"/>'
            '<problem url_name="p1"/><problem url_name="p2"><include file="secret.xml"/><p>z</p></problem>'
            '<video url_name="v" transcripts=\'{"en": "secret.srt", "fr": "../../secrets/secret.srt"}\'/>'
        ),
        "html/h2.xml": '<html filename="folder/secret"/>',
        "policies/x": "",
        "tabs/x": "",
        "static/x": "",
        "about/x": "",
        "problem/x": "",
    })  # fmt: skip
    for link, target in {
        "html/link.html": "secret.html",
        "html/folder": "",
        "tabs/t.html": "secret.html",
        "about/overview.html": "secret.html",
        "info": "",
        "static/secret.srt": "secret.srt",
        "static/deep": "",
        "policies/r": "",
        "problem/p1.xml": "problem.xml",
        "secret.xml": "problem.xml",
    }.items():
        (folder / link).symlink_to(secrets / target)
    (secrets / "handouts.html").write_text("TOPSECRET")
    return folder


def test_links_out_of_the_course_are_not_followed(leaking, tmp_path, state_in_use):
    visitor = Visitor(make_application(leaking, tmp_path / "state"), "staff")
    for address in ("/", "/info", "/unit/u", "/tab/t"):
        assert b"TOPSECRET" not in visitor.get(address).content, address
    for name in ("secret.srt", "deep/secret.html", "deep_secret.html"):
        assert visitor.get(f"/asset/{name}").status_code == 404
    for language in ("en", "fr"):
        answer = visitor.get(visitor.handler("v", "transcript", f"translation/{language}"))
        assert answer.status_code == 404 and b"TOPSECRET" not in answer.content
    tree = visitor.tree
    assert "TOPSECRET" not in str([dict(block.fields) for block in tree.blocks.values()]) + str(tree.policy)
    for link in ("html/link.html", "html/folder", "info", "static/secret.srt", "static/deep", "policies/r", "secret.xml"):
        assert any(warning.startswith(f"{link} is a link that leads out of the course") for warning in tree.warnings), link


def test_a_static_folder_elsewhere_is_not_served(write, tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "a.txt").write_text("TOPSECRET")
    folder = write({})
    (folder / "static").symlink_to(tmp_path / "secrets")
    assert StaticFiles(folder / "static").find("a.txt") is None


def test_a_file_that_becomes_a_link_is_not_served(write, tmp_path):
    folder = write({"static/a.txt": "mine"})
    files = StaticFiles(folder / "static")
    assert files.find("a.txt")
    (folder / "static" / "a.txt").unlink()
    (folder / "static" / "a.txt").symlink_to("/etc/hostname")
    assert files.find("a.txt") is None


def test_links_inside_the_course_are_followed(write):
    folder = write({"static/a.txt": "mine", "course.xml": in_a_unit('<html url_name="h" filename="b"/>'), "html/a.html": "Words"})
    (folder / "html" / "b.html").symlink_to("a.html")
    (folder / "static" / "b.txt").symlink_to("a.txt")
    tree = load(folder)
    assert tree.named("h").fields["data"] == "Words"
    assert tree.static.find("b.txt")
    assert tree.warnings == ()


def test_course_xml_elsewhere_is_a_sentence(write, tmp_path):
    folder = write({})
    (folder / "course.xml").rename(tmp_path / "elsewhere.xml")
    (folder / "course.xml").symlink_to(tmp_path / "elsewhere.xml")
    with pytest.raises(PreviewError, match="leads out of the course"):
        load(folder)


def test_tabs_cannot_name_files_elsewhere(preview, tmp_path):
    (tmp_path / "secret.html").write_text("TOPSECRET")
    slugs = ["../../secret", str(tmp_path / "secret"), "a\x00b", "a\nb", "A" * 5000, "\ud800"]
    tabs = [{"type": "static_tab", "name": "T", "url_slug": slug} for slug in slugs]
    visitor = preview({"policies/r/policy.json": json.dumps({"course/r": {"tabs": tabs}})})
    every_page(visitor)
    assert visitor.tree.tabs == ()


def test_a_pipe_is_not_waited_for(write):
    folder = write(
        {
            "course.xml": in_a_unit('<html url_name="a" filename="pipe"/><problem url_name="pipe"/>'),
            "html/x": "",
            "problem/x": "",
            "about/x": "",
        }
    )
    for name in ("html/pipe.html", "problem/pipe.xml", "about/overview.html"):
        os.mkfifo(folder / name)
    tree = load(folder)
    assert len(tree.warnings) == 2


def test_blocks_cannot_write_into_the_course(write):
    folder = write({})
    files = CourseFiles(folder)
    for attempt in (lambda: files.open("new.txt", "w"), lambda: files.openbin("course.xml", "a")):
        with pytest.raises(Exception, match=r"read only|read-only"):
            attempt()
    assert files.open("course.xml").read().startswith("<course")


# -- nothing is without end ---------------------------------------------------------------------------------------------------


def test_files_that_point_at_each_other_twice_are_a_sentence(write):
    files = {f"vertical/v{i}.xml": f'<vertical>{2 * f"""<vertical url_name="v{i + 1}"/>"""}</vertical>' for i in range(27)}
    folder = write({"course.xml": in_a_unit('<vertical url_name="v0"/>'), **files, "vertical/v27.xml": "<vertical/>"})
    start = time.process_time()
    with pytest.raises(PreviewError, match=r"uses .* more than 1000 times\. Perhaps files point at each other"):
        load(folder)
    assert time.process_time() - start < 20


def test_a_course_that_becomes_endless_keeps_the_last_good_one(write):
    folder = write({})
    live = LiveCourse(folder)
    good = live.tree()
    (folder / "course.xml").write_text(in_a_unit('<html url_name="a"/>' * 2000))
    live._looked = time.monotonic() - 10
    assert live.tree() is good
    assert "more than 1000 times" in live.fault


def test_too_many_blocks_are_a_sentence(write, monkeypatch):
    assert bounds.MAX_BLOCKS == 100_000
    monkeypatch.setattr(loader, "MAX_BLOCKS", 50)
    folder = write({"course.xml": in_a_unit("".join(f'<html url_name="h{i}"><p>x</p></html>' for i in range(60)))})
    with pytest.raises(PreviewError, match="more than 50 blocks"):
        load(folder)


def test_too_much_text_is_a_sentence(write, monkeypatch):
    monkeypatch.setattr(loader, "MAX_READ", 50_000)
    uses = "".join(f'<html url_name="h{i}" filename="big"/>' for i in range(9))
    folder = write({"course.xml": in_a_unit(uses), "html/big.html": "x" * 10_000})
    with pytest.raises(PreviewError, match="MiB of text"):
        load(folder)


def test_a_file_too_large_is_left_out(write):
    folder = write({"course.xml": in_a_unit('<html url_name="h" filename="big"/>' + PROBLEM), "html/x": "", "about/x": ""})
    for name in ("html/big.html", "about/overview.html"):
        with (folder / name).open("wb") as file:
            file.truncate(10 * 1024**3)  # a hole: it takes no room
    tree = load(folder)
    assert tree.named("p") and tree.info == ()
    assert any("larger than 64 MiB" in warning for warning in tree.warnings)


@pytest.mark.parametrize("depth", [100, 600])
def test_a_long_chain_ends(write, depth):
    files = {f"vertical/v{i}.xml": f'<vertical><vertical url_name="v{i + 1}"/></vertical>' for i in range(depth)}
    tree = load(write({"course.xml": in_a_unit('<vertical url_name="v0"/>'), **files}))
    assert any("nested deeper than 40 levels" in warning for warning in tree.warnings)


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ('<word_cloud url_name="w" num_inputs="99999999" num_top_words="99999999"/>', "num_inputs is larger than 100"),
        (f'<word_cloud url_name="w" num_inputs="{"9" * 4000}"/>', "num_inputs"),
        ('<word_cloud url_name="w" num_inputs="-99999999999999999999"/>', "num_inputs"),
        ('<itembank url_name="w" max_count="zz"><html url_name="h"><p>x</p></html></itembank>', "max_count"),
        ('<itembank url_name="w" max_count="1e400"><html url_name="h"><p>x</p></html></itembank>', "max_count"),
        ('<problem url_name="w" weight="nan"><numericalresponse answer="1"><textline/></numericalresponse></problem>', "weight"),
        (
            '<problem url_name="w" weight="1e308"><numericalresponse answer="1"><textline/></numericalresponse></problem>',
            "weight",
        ),
    ],
)
def test_numbers_without_bounds_hang_no_page(preview, block, named):
    visitor = preview({"course.xml": in_a_unit(block + PROBLEM)})
    start = time.process_time()
    every_page(visitor)
    assert len(visitor.unit("u")) < 400_000
    assert time.process_time() - start < 15
    assert any(named in warning for warning in visitor.tree.warnings), visitor.tree.warnings


def test_ordinary_numbers_stay(write):
    tree = load(write({"course.xml": in_a_unit(
        '<word_cloud url_name="w" num_inputs="7" num_top_words="250"/><split_test url_name="t" user_partition_id="2147483647"/>'
    )}))  # fmt: skip
    assert tree.named("w").fields["num_inputs"] == 7
    assert tree.named("t").fields["user_partition_id"] == 2147483647
    assert tree.warnings == ()


def test_a_subtitle_without_end_is_read_at_once():
    start = time.process_time()
    assert read_cues("1" * 300_000, ".srt") == []
    assert read_cues("[" * 100_000, ".sjson") == []
    assert read_cues('{"start": [1, "x"], "end": [2, 3], "text": ["a", "b"]}', ".sjson") == []
    assert time.process_time() - start < 5


def test_notes_are_few_short_and_plain():
    notes = Notes()
    for number in range(MAX_NOTES + 7):
        notes.append(f"{number} \x1b[31m" + "A" * 5000)
        notes.append("twice")
    assert len(notes.all()) == MAX_NOTES + 1
    assert notes.all()[-1] == "There are 8 more such notes."
    assert all(len(note) <= 400 and note.isprintable() for note in notes.all())
    assert plain("a\ud800b") == "a�b"


# -- wrong shapes -------------------------------------------------------------------------------------------------------------

DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("policy", "noted"),
    [
        ('{"course/r": {"tabs": 5}}', "tabs must be a list"),
        ('{"course/r": {"tabs": {"a": 1}}}', "tabs must be a list"),
        ('{"course/r": {"tabs": ["x", null]}}', "tabs[0] must be a JSON object"),
        ('{"course/r": {"tabs": [{"type": "static_tab", "url_slug": ["x"]}, 5]}}', "url_slug must be text"),
        ('{"course/r": 5}', "“course/r” must be a JSON object"),
        ('{"course/r": []}', "“course/r” must be a JSON object"),
        ('{"course/r": {"learning_info": 5}}', "learning_info must be a list"),
        ('{"course/r": {"learning_info": {"a": 1}}}', "learning_info must be a list"),
        ('{"course/r": {"display_name": {"a": 1}, "language": ["x"], "start": "zz"}}', "language must be text"),
        ('{"course/r": {"advanced_modules": {"x": 1}, "other_course_settings": 5}}', "other_course_settings"),
        ('{"problem/p": 5, "vertical/u": [], "chapter/c": "x"}', "“chapter/c” must be a JSON object"),
        ('{"sequential/s": {"graded": [], "format": {"a": 1}, "due": "zz"}}', "“format” of sequential/s"),
        ('{"problem/p": {"display_name": {"a": 1}, "weight": [], "max_attempts": "x"}}', "“weight” of problem/p"),
        ("[[", "is not JSON"),
        ("[]", "must be a JSON object"),
        (DEEP, "nested too deep"),
        (b"\xff\xfe{", "cannot be read as UTF-8"),
    ],
)
def test_a_policy_of_a_wrong_shape_is_noted(preview, policy, noted):
    visitor = preview({"policies/r/policy.json": policy}, "staff")
    every_page(visitor)
    assert any(noted in warning for warning in visitor.tree.warnings), visitor.tree.warnings
    assert visitor.tree.named("p"), "the rest of the course is there"


@pytest.mark.parametrize(
    ("policy", "noted"),
    [
        ('{"GRADER": 5}', "GRADER must be a list"),
        ('{"GRADER": [5, "x"]}', "GRADER[0] must be a JSON object"),
        ('{"GRADER": [{"type": ["x"], "weight": "a", "min_count": "z"}]}', "type must be text"),
        ('{"GRADER": [{"type": "HW", "weight": null}]}', "weight must be a number"),
        ('{"GRADER": [{"type": "HW", "weight": "0.5"}]}', "weight must be a number"),
        ('{"GRADER": [{"type": "HW", "weight": NaN, "min_count": 1, "drop_count": -5}]}', "weight of “HW” is not from 0"),
        ('{"GRADER": [{"type": "HW", "weight": 1, "min_count": 2000000000}]}', "min_count of “HW” is not from 0 to 1000"),
        ('{"GRADER": [{"type": "HW", "weight": 1, "drop_count": 99999999999}]}', "drop_count of “HW”"),
        ('{"GRADER": [{"type": "HW", "weight": 1e999}]}', "weight of “HW”"),
        ('{"GRADE_CUTOFFS": [1]}', "GRADE_CUTOFFS must be a JSON object"),
        ('{"GRADE_CUTOFFS": 5}', "GRADE_CUTOFFS must be a JSON object"),
        ('{"GRADE_CUTOFFS": {"Pass": "a"}}', "GRADE_CUTOFFS.Pass must be a number"),
        ('{"GRADE_CUTOFFS": {"Pass": NaN}}', "the cutoff “Pass” is not from 0 to 1"),
        (DEEP, "nested too deep"),
    ],
)
def test_a_grading_policy_of_a_wrong_shape_is_noted(preview, policy, noted):
    visitor = preview({"policies/r/grading_policy.json": policy})
    every_page(visitor)
    assert any(noted in warning for warning in visitor.tree.warnings), visitor.tree.warnings


def test_the_sound_part_of_a_grading_policy_is_kept(preview):
    policy = {
        "GRADER": [{"type": "HW", "weight": 1.0, "min_count": 1, "drop_count": 0}, {"type": "Exam", "weight": None}],
        "GRADE_CUTOFFS": {"Pass": 0.8, "B": "x"},
    }
    visitor = preview({"policies/r/grading_policy.json": json.dumps(policy)})
    visitor.answer("p", "1")
    assert "Your grade is 100%. The pass mark is 80%." in visitor.grade()


def test_attributes_of_a_wrong_shape_are_noted(preview):
    course = in_a_unit(PROBLEM).replace(
        "<course ", f'<course learning_info="5" tabs="[[" other_course_settings="{"[" * 5000}" due="zz" '
    )
    visitor = preview({"course.xml": course})
    every_page(visitor)
    assert any('<course url_name="r">: the value of learning_info' in warning for warning in visitor.tree.warnings)


def test_names_that_are_not_utf_8(preview):
    visitor = preview(
        {
            b"static/\xff.png": "x",
            b"tabs/\xff.html": "x",
            b"html/\xff.xml": "<html/>",
            "tabs/a b?.html": "Words",
            "static/a\nb": "x",
        },
        "staff",
    )
    every_page(visitor)
    assert [tab.slug for tab in visitor.tree.tabs] == ["a b?"]
    assert "Words" in visitor.page("/tab/a%20b%3F")
    for name in ("static/", "tabs/", "html/"):
        assert any(f"{name}�" in warning and "not UTF-8" in warning for warning in visitor.tree.warnings), name


@pytest.mark.parametrize(
    "name", ["A" * 5000, "a/b c?d#e%2f", "../..", "é;&quot;", "漢字", "a&#13;&#10;Set-Cookie: x=1", ".", "..", "²"]
)
def test_names_that_no_author_should_give(preview, name):
    course = in_a_unit(f'{PROBLEM}</vertical><vertical url_name="{name}"><html url_name="{name}"><p>Words.</p></html>')
    visitor = preview({"course.xml": course}, "staff")
    every_page(visitor)
    unit = [unit for _chapter, _sequence, unit in visitor.tree.units()][1]
    answer = visitor.get("/unit/" + unit.key.block_id) if unit.key.block_id not in (".", "..") else visitor.get("/")
    assert answer.status_code == 200
    answer.cookies.output().encode("latin-1")  # what the server does with it
    assert answer.headers.get("Set-Cookie", "").count("\n") == 0
    assert visitor.get("/").status_code == 200


# -- requests -----------------------------------------------------------------------------------------------------------------

ROUTES = ("/page/", "/page/vendor/input/", "/page/fonts/", "/page/js/capa/", "/asset/", "/static/", "/resource/problem/",
          "/resource/problem/problem/public/", "/resource/dti_pledge/public/", "/resource/", "/tab/", "/unit/", "/sequence/",
          "/jump_to/", "/jump_to_id/", "/course/", "/courses/", "/studio/edit/", "/videos/", "/xblock/learner/")  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_names_in_addresses_that_no_file_has(preview, route):
    visitor = preview(who="studio")
    for name in (
        "%00",
        "a%00b",
        "A" * 300,
        "A" * 5000,
        "A/" * 3000,
        "%ff%fe",
        "%0d%0aX:y",
        "..%2f..%2fetc%2fpasswd",
        "x/y%00",
        "[",
        "//[",
    ):
        assert visitor.get(route + name).status_code in (302, 400, 403, 404), name[:20]


@pytest.mark.parametrize(
    "key",
    [
        "lb:org:lib:problem:x",
        "lib-block-v1:a+b+type@problem+block@x",
        "library-v1:a+b",
        "lct:o:l:unit:x",
        "i4x://a/b/c/d",
        "aside-usage-v1:block-v1$:a+b+c+type@d+block@e::x",
        "aside-usage-v2:block-v1$::E+E1+r+type@problem+block@p::x",
        "course-v1:E+E1+r",
        "asset-v1:E+E1+r+type@asset+block@x.png",
        "def-v1:5f+type@html",
        "block-v1:",
        "x",
    ],
)
def test_keys_of_other_things_are_not_found(preview, key):
    visitor = preview(who="studio")
    for address in ("/jump_to/{}", "/studio/edit/{}", "/xblock/learner/{}/handler", "/xblock/studio/{}/studio_save"):
        assert visitor.get(address.format(quote(key, safe=""))).status_code == 404, address
    assert visitor.client.post(f"/studio/discard/{quote(key, safe='')}").status_code == 404


def test_ranges_of_thousands_of_digits(preview):
    visitor = preview({"static/a.txt": "0123456789"})
    many = "9" * 5000
    for asked, status in ((f"{many}-", 416), (f"-{many}", 206), (f"0-{many}", 206), (f"{'0' * 5000}-{many}", 416), ("²-", 200)):
        assert visitor.get("/asset/a.txt", HTTP_RANGE=f"bytes={asked}").status_code == status, asked[:9]


# -- the state folder ---------------------------------------------------------------------------------------------------------


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_state_is_its_owners_alone(preview, tmp_path):
    visitor = preview()
    visitor.answer("p", "1")
    assert mode(tmp_path / "state") == 0o700
    for path in (tmp_path / "state").iterdir():
        assert mode(path) & 0o077 == 0, path.name


def test_an_older_state_is_closed(tmp_path, state_in_use):
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    for name in ("state.sqlite3", "state.sqlite3-wal", "secret.key"):
        (state / name).write_text("")
        (state / name).chmod(0o644)
    preview_settings.configure(state)
    assert mode(state) == 0o700
    assert {mode(path) for path in state.iterdir() if path.is_file()} == {0o600}
    assert mode(state / "keys") == 0o700


def test_keys_for_pledges_are_made_once_and_follow_the_state(tmp_path, state_in_use):
    preview_settings.configure(tmp_path / "one")
    first = site_keys()
    preview_settings.configure(tmp_path / "two")
    assert site_keys().ring.key_id != first.ring.key_id
    preview_settings.configure(tmp_path / "one")
    assert site_keys().ring.key_id == first.ring.key_id
    assert "Example Police Department" in make.show(tmp_path / "one" / "keys").certificate.subject.rfc4514_string()


def test_where_no_keys_can_be_made_the_preview_goes_on_without(tmp_path, state_in_use, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(make, "make_keys", full)
    preview_settings.configure(tmp_path / "state")
    assert site_keys().missing
    assert site_keys().fault == ""


def test_a_folder_that_holds_other_things_keeps_its_rights(tmp_path, state_in_use):
    (tmp_path / "home").mkdir(mode=0o755)
    (tmp_path / "home" / "letter.txt").write_text("")
    preview_settings.configure(tmp_path / "home")
    assert mode(tmp_path / "home") == 0o755
    assert mode(tmp_path / "home" / "state.sqlite3") == mode(tmp_path / "home" / "secret.key") == 0o600


# -- what works here and not there --------------------------------------------------------------------------------------------


def test_a_video_of_the_static_folder_is_noted(write):
    videos = (
        '<video url_name="here" html5_sources="[&quot;/static/clip.mp4&quot;]"/>'
        '<video url_name="there" html5_sources="[&quot;https://media.example/clip.mp4&quot;]"/>'
    )
    tree = load(write({"course.xml": in_a_unit(videos), "static/clip.mp4": "x"}))
    (warning,) = tree.warnings
    assert warning.startswith('<video url_name="here"> plays /static/clip.mp4 in the preview, but not on Open edX')
