"""What is in the course, item by item, and how hard it is to read: held against lessons small enough to count by hand."""

import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.course.inventory import assessing, law, parts, tables
from dti_xblocks.course.inventory.passages import of_html, passages
from dti_xblocks.course.inventory.reading import grade, syllables
from dti_xblocks.course.olx import read
from dti_xblocks.course.outline import outline
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.content


@pytest.fixture(scope="module")
def course():
    return read(shipped_course())


@pytest.fixture(scope="module")
def found(course):
    return parts(course)


def row_of(table, first: str) -> tuple[str, ...]:
    return next(row for row in table.rows if row[0] == first)


# -- reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("he", 1), ("the", 1), ("I", 1), ("stopped", 1), ("wanted", 2), ("table", 2), ("police", 2), ("officer", 3), ("didn't", 2),
        ("doesn’t", 2), ("friend", 1), ("patient", 2),
        ("being", 2), ("quiet", 2), ("custody", 3), ("intervention", 4), ("duty", 2), ("voices", 2), ("rights", 1),
        ("reasonable", 4), ("agency's", 3), ("you", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_spelling(word, number):
    assert syllables(word) == number


def test_the_grade_is_that_of_flesch_and_kincaid():
    # one sentence of six words with six syllables; two of five words in all with eight
    assert grade(["The man sat on the wall."]) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert grade(["Officer, stop. Let him breathe."]) == pytest.approx(0.39 * 5 / 2 + 11.8 * 7 / 5 - 15.59)
    assert grade(["Smith v. Jones ended it."]) == grade(["Smith vs Jones ended it."]), "a full stop that ends nothing"
    assert grade([]) is None and grade(["…", "12"]) is None


def test_a_passage_is_a_sentence_at_least():
    assert grade(["Stop", "Look"]) == grade(["Stop. Look."])


def test_paragraphs_are_read_one_by_one():
    assert of_html("<p>One <em>two</em>.</p><ul><li>Three</li></ul>") == ["One two .", "Three"]
    assert of_html("plain words") == ["plain words"] and of_html(" ") == []


def test_what_is_looked_up_is_not_read(course):
    page = next(block for block in course.blocks("html") if block.url_name == "m02-section-1983-u1-law")
    read_out = " ".join(passages(course, page))
    assert "nobody goes to prison under it" in read_out
    assert "in twenty seconds" not in read_out and "Read the whole brief" not in read_out, "briefs open on request"
    assert "What has to be shown" not in read_out, "a heading is no sentence"


def test_the_course_is_written_for_officers_and_not_for_lawyers(found):
    levels = {part.number: part.grade for part in found}
    assert all(level is not None for level in levels.values())
    assert all(level <= 10 for number, level in levels.items()), "the standard of the course: grade 10 at most"


# -- items -------------------------------------------------------------------------------------------------------------


def test_every_item_of_the_outline_is_there_with_its_place(found):
    wanted = [(module.number, item.title) for module in outline().modules for item in module.items]
    assert [(part.module, part.item.title) for part in found] == wanted
    assert [part.number for part in found][:4] == ["1.1", "1.2", "1.3", "2.1"]


def test_a_lesson_has_its_goals_units_activities_and_authorities(found):
    lesson = next(part for part in found if part.name == "m02-section-1983")
    assert len(lesson.goals) == 3 and {goal.outcome for goal in lesson.goals} == {"O2"}
    assert lesson.units[0].title == "The envelope"
    assert lesson.units[2].contents == ("text", "activity (sort): What immunity reaches")
    assert "Then the money" in lesson.units[3].topics and "In short" not in lesson.units[3].topics, "cards are no topics"
    assert lesson.active_moments >= 2 and lesson.checks == 1
    assert {"42-usc-1983", "pearson-v-callahan"} <= lesson.authorities


def test_the_time_of_units_is_that_of_their_item(found):
    for part in found:
        assert sum(unit.time.usual for unit in part.units) == pytest.approx(part.time.usual)


def test_every_question_stands_beside_the_lesson_that_it_names(found):
    lessons = {part.name for part in found}
    asked = tables.questions(found)
    assert asked and {question.lesson for question in asked} <= lessons
    assert len({question.name for question in asked}) == len(asked)


# -- tables ------------------------------------------------------------------------------------------------------------


def test_every_table_is_as_wide_as_its_head(course, found):
    every = [
        tables.minutes(found), tables.contents(outline(), found), tables.hours(found), tables.goals(found), tables.outcomes(outline(), found),
        assessing.assessments(course, found), assessing.weights(course), assessing.by_form(found), assessing.scenarios(course),
        law.kinds(library(), found), law.places(library()), law.entries(law.shipped(library())),
    ]  # fmt: skip
    for table in every:
        assert table.rows and all(len(row) == len(table.head) for row in table.rows), table.caption
        assert len(table.widths) == len(table.head) and sum(table.widths) == 100, table.caption


def test_hours_add_up_to_those_of_the_outline(found):
    hours = tables.hours(found)
    assert len(hours.rows) == outline().hours + 1 and hours.rows[-1][-1] == str(outline().hours * 60)
    assert sum(int(row[-1]) for row in hours.rows[:-1]) == outline().hours * 60
    assert [row[3].split(" to ")[0] for row in hours.rows[:-1]] == ["0", *[row[3].split(" to ")[1] for row in hours.rows[:-2]]]


def test_outcomes_have_all_questions_and_all_goals(found):
    outcomes = tables.outcomes(outline(), found)
    assert [row[0] for row in outcomes.rows] == list(outline().outcomes)
    assert sum(int(row[5]) + int(row[6]) for row in outcomes.rows) == len(tables.questions(found))
    assert sum(int(row[3]) for row in outcomes.rows) == sum(len(part.goals) for part in found)


def test_weights_of_tests_add_up_to_those_of_the_grade(course, found):
    shares = [float(row[7].rstrip("%")) for row in assessing.assessments(course, found).rows]
    assert sum(shares) == pytest.approx(80, abs=0.2), "assessments and final; scenarios are the rest"


def test_the_library_is_counted_once_and_whole(found):
    kinds = law.kinds(library(), found)
    assert row_of(kinds, "In all")[1] == str(len(law.shipped(library())))
    assert sum(int(row[1]) for row in kinds.rows[:-1]) == len(law.shipped(library()))
    places = law.places(library())
    assert sum(int(row[1]) for row in places.rows) == len(library().jurisdictions)


def test_names_of_questions_are_shortened_without_losing_one(found):
    every = tables.questions(found)
    assert tables.named(every[:3]) == "m02-assessment q01–q03"
    assert tables.named([every[0], every[2], every[3]]) == "m02-assessment q01, q03, q04"
    assert tables.named([every[0], every[12]]) == "m02-assessment q01; m05-assessment-1 q01"
    assert tables.named([]) == ""
