"""A path through the course: a course of its own, cut from the same files, that keeps every rule."""

import json
import re
import shutil
import tarfile

import pytest

from dti_xblocks import __version__
from dti_xblocks.course.cli import main, problems_of
from dti_xblocks.course.films.delivery import stands_for
from dti_xblocks.course.identity import identity
from dti_xblocks.course.minutes import timed
from dti_xblocks.course.olx import read
from dti_xblocks.course.paths.cut import cut
from dti_xblocks.course.paths.links import LINK
from dti_xblocks.course.paths.model import HERE, LearningPath, learning_path, outline_of
from dti_xblocks.course.source import CourseUnreadableError, open_course, shipped_course

REFRESHER = HERE / "refresher.toml"


@pytest.fixture(scope="module")
def refresher(tmp_path_factory):
    return read(cut(shipped_course(), learning_path("refresher"), tmp_path_factory.mktemp("path") / "course"))


def changed(folder, find: str, replace: str) -> LearningPath:
    text = REFRESHER.read_text(encoding="utf-8")
    assert find in text
    file = folder / "mine.toml"
    file.write_text(text.replace(find, replace), encoding="utf-8")
    return learning_path(str(file))


def test_the_refresher_keeps_every_rule_that_the_course_keeps(refresher):
    assert refresher.is_ours and refresher.curriculum.title == "Duty to Intervene: Refresher"
    assert [problem for problem in problems_of(refresher.root) if problem.code != "CX049"] == []


def test_the_refresher_takes_two_hours(refresher):
    assert refresher.curriculum.minutes == 120
    assert abs(sum(each.time.usual for each in timed(refresher)) - 120) < 120 * 0.06
    assert not [each.item.title for each in timed(refresher) if each.is_off]


def test_it_is_a_course_of_its_own_beside_the_whole_one(refresher):
    own, whole = identity(refresher.root), identity(shipped_course())
    assert own.key == "course-v1:DTI+DTI101+refresher" != whole.key
    assert (own.title, own.version) == ("Duty to Intervene: Refresher", __version__) and own.slug != whole.slug
    assert [path.name for path in (refresher.root / "policies").iterdir() if path.is_dir()] == ["refresher"]


def test_what_counts_in_it_adds_up_to_the_grade(refresher):
    graders = {grader["type"]: (grader["min_count"], grader["weight"]) for grader in refresher.grading["GRADER"]}
    assert graders == {"Assessments": (3, 0.7), "Scenarios": (2, 0.3)}
    assert refresher.grading["GRADE_CUTOFFS"] == {"Pass": 0.8}


def test_every_link_to_an_authority_finds_it_in_the_list_that_it_leads_to(refresher):
    lists = {
        block.url_name: {node.get("ref") for node in block.node.iter("authority")} for block in refresher.blocks("dti_case_law")
    }
    links = [
        link
        for name in refresher.used
        if name.endswith((".html", ".xml"))
        for link in LINK.finditer(refresher.text(name))
        if link["slug"]
    ]
    assert len(links) > 100
    assert [link[0] for link in links if link["name"] in lists and link["slug"] not in lists[link["name"]]] == []
    assert {link["name"] for link in links} <= set(lists)
    assert "graham-v-connor" in lists["m06-more-cases"]  # its own list is left out


def test_nothing_in_it_speaks_of_the_whole_course(refresher):
    said = re.compile(r"\bmodule \d|nine modules|four[ -]hour course|final assessment|three scenarios|syllabus", re.IGNORECASE)
    found = {
        name: said.findall(refresher.text(name))
        for name in refresher.files
        if name.endswith((".html", ".xml", ".json")) and not name.startswith("static/")
    }
    policy = found.pop("policies/refresher/policy.json")
    assert {name: words for name, words in found.items() if words} == {}
    assert policy == [f"Module {number}" for number in range(1, 7)]  # the topics of its discussion


def test_outcomes_are_those_that_it_teaches(refresher):
    assert "agency" not in " ".join(refresher.settings["learning_info"])
    assert list(refresher.curriculum.outcomes.values()) == refresher.settings["learning_info"]


def test_files_that_nothing_shows_any_more_stay_out(refresher):
    kept = {name for name in refresher.files if name.startswith("static/")}
    assert "static/scene-open-law.webp" in kept and "static/scene-open-customs.webp" not in kept
    spoken = {f"static/{path.name}" for path in (shipped_course() / "static").glob("film-*.es.mp4")}
    assert {name for name in kept if name.endswith(".es.mp4")} == {name for name in spoken if stands_for(name) in kept}
    assert not [name for name in refresher.files if "m05-" in name]


def test_it_is_built_from_the_command_line_the_same_each_time(tmp_path, capsys):
    for place in ("one", "two"):
        assert main(["build", str(shipped_course()), "--path", "refresher", "--into", str(tmp_path / place)]) == 0
    said = capsys.readouterr()
    name = f"duty-to-intervene-refresher-{__version__}.tar.gz"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert "DTI101+refresher" in said.err and "dti-import" not in said.err  # the image has the whole course
    with open_course(tmp_path / "one" / name) as root:
        assert identity(root).is_shipped
        assert main(["validate", str(root)]) == 0


def test_an_agency_gives_it_a_key_and_older_banks(tmp_path):
    key = "course-v1:Academy+DTI101+2027R"
    command = ["build", "--path", "refresher", "--key", key, "--banks", "library_content", "--into", str(tmp_path)]
    assert main([*command, str(shipped_course())]) == 0
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as tar:
        names = tar.getnames()
        policy = json.load(tar.extractfile("course/policies/2027R/policy.json"))
    assert list(policy) == ["course/2027R"]
    assert (
        "course/library_content/m08-assessment-bank.xml" in names
        and "course/library_content/m02-assessment-bank.xml" not in names
    )


def test_minutes_and_items_are_told_of_the_path(capsys):
    assert main(["minutes", str(shipped_course()), "--path", "refresher"]) == 0
    assert re.search(r"In all .* 120\n", capsys.readouterr().out)


def test_a_path_of_an_agencys_own_is_held_to_the_rules(tmp_path, capsys):
    shorter = '  { keep = "m09-handout", title = "Course Handout", kind = "handout", minutes = 2, outcomes = [] },\n'
    changed(tmp_path, shorter, "")
    file = tmp_path / "mine.toml"
    file.write_text(file.read_text().replace("DTI+DTI101+refresher", "DTI+DTI101+mine"))
    assert main(["validate", str(shipped_course()), "--path", str(file)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2 and "CX023 about/effort.html" in said[0]  # 118 minutes are not the two hours that it promises
    assert outline_of("DTI+DTI101+mine") is None


def test_units_of_a_subsection_can_be_chosen(tmp_path):
    part = '{ keep = "m06-the-law", '
    path = changed(tmp_path, part, f'{part}units = ["m06-the-law-u4", "m06-the-law-u1"], ')
    course = read(cut(shipped_course(), path, tmp_path / "course"))
    law = next(block for block in course.blocks("sequential") if block.url_name == "m06-the-law")
    assert [unit.url_name for unit in law.children] == ["m06-the-law-u4", "m06-the-law-u1"]
    assert "html/m06-the-law-u2-text.html" not in course.files


@pytest.mark.parametrize(
    ("find", "replace", "message"),
    [
        ('find = "4 hours"', 'find = "7 hours"', "about/effort.html does not say '7 hours'"),
        ('keep = "m06-the-law"', 'keep = "m06-gone"', "The path keeps m06-gone, which is not in chapter m06-officer-level"),
        ('chapter = "m08-technique"', 'chapter = "m08-gone"', "m08-gone, which is not in course v1"),
        ('of = "DTI+DTI101+v1"', 'of = "A+B+C"', "This path is of the course A+B+C"),
        ("Scenarios = 0.3", "Exams = 0.3", "formats Assessments, Scenarios, and gives weights to Assessments, Exams"),
    ],
)
def test_a_path_that_no_longer_fits_the_course_says_where(tmp_path, find, replace, message):
    with pytest.raises(CourseUnreadableError, match=re.escape(message)):
        cut(shipped_course(), changed(tmp_path, find, replace), tmp_path / "course")


@pytest.mark.parametrize(
    ("text", "message"),
    [("hours = 2", "it lacks"), ("[[", "is no path file"), ('modules = "x"\nof = "y"', "is no path file")],
)
def test_a_file_that_is_no_path_is_refused(tmp_path, capsys, text, message):
    (tmp_path / "p.toml").write_text(text)
    assert main(["build", str(shipped_course()), "--into", str(tmp_path), "--path", str(tmp_path / "p.toml")]) == 2
    assert message in capsys.readouterr().err


def test_a_path_that_nobody_knows_is_refused_with_those_that_there_are(tmp_path, capsys):
    for name in ("gone", str(tmp_path / "gone.toml")):
        assert main(["minutes", str(shipped_course()), "--path", name]) == 2
    said = capsys.readouterr().err
    assert "There is no path gone. There are: refresher" in said and "cannot be read" in said


def test_the_whole_course_is_not_touched(tmp_path):
    copy = tmp_path / "course"
    shutil.copytree(shipped_course(), copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    cut(copy, learning_path("refresher"), tmp_path / "cut")
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
