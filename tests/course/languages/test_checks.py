"""What a translation must have in common with its text."""

import polib
import pytest

from dti_xblocks.course.languages import table
from dti_xblocks.course.languages.checks import differences, is_to_check, markup_differs, standing_out
from dti_xblocks.course.languages.memory import Memory
from dti_xblocks.course.languages.outlines import SHIPPED, shipped_languages
from dti_xblocks.course.languages.segments import Text
from dti_xblocks.course.languages.wording import wavering


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He said <em>stop</em>.", "Dijo <em>alto</em>."),
        ("<a1>First</a1>, <a2>second</a2>", "<a2>Segundo</a2>, <a1>primero</a1>"),
        ("At 11:40, 42 U.S.C. § 1983, 1,287 men, 3.5 m", "3.5 m, 1,287 hombres, 42 U.S.C. § 1983, a las 11:40"),
        ("What now?", "¿Y ahora qué?"),
        ("<em>Lombardo v. City of St. Louis</em>", "<em>Lombardo v. City of St. Louis</em>"),
        ("One line<br/>two", "Una línea<br/>dos"),
        ("R&amp;D &lt; 3", "I&amp;D &lt; 3"),
    ],
)
def test_a_good_translation_is_left_in_peace(text, said):
    assert list(differences(text, said, "es-419")) == []


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("He said <em>stop</em>.", "Dijo alto.", "The tags differ: em missing"),
        ("<strong><em>a</em></strong> b", "<em><strong>a</strong></em> b", "The tags differ"),
        ("<em>a</em> b", "<em>a b", "The markup is broken"),
        ("a & b", "a & b", "The markup is broken"),
        ("<a1>x</a1> <a2>y</a2>", "<a1>x</a1> <a1>y</a1>", "The tags differ"),
        ("At 11:40", "A las 11:45", "The numbers differ: 11:40 missing, 11:45 too many"),
        ("He stood there.", "It was the officer who did not stop.", "This looks like English"),
        ("He said “stop”.", 'Dijo "alto".', "Quotation marks"),
        ("What now?", "Y ahora qué?", "¿ and ? come in pairs"),
        ("Stop!", "¡Alto", "¡ and ! come in pairs"),
        ("The officer’s gun", "El officer’s arma", "An English ’s"),
    ],
)
def test_what_is_wrong_with_one_is_said(text, said, found):
    assert any(one.startswith(found) for one in differences(text, said, "es-419"))


def test_marks_of_spanish_are_asked_of_spanish_only():
    assert list(differences("What now?", 'Et "maintenant" ?', "fr")) == []


def test_only_the_markup_decides_whether_a_page_breaks():
    assert list(markup_differs("At 11:40?", "nada")) == [] and list(markup_differs("<a>x</a>", "x"))


def test_what_somebody_has_kept_in_english_is_not_looked_at():
    name = "The Police of the City That Did Not Stop"
    assert is_to_check(polib.POEntry(msgid=name, msgstr=name)) and not is_to_check(polib.POEntry(msgid=name))
    assert not is_to_check(polib.POEntry(msgid=name, msgstr=name, tcomment="keep"))


def answers(*texts: str) -> list[Text]:
    return [Text(text, "problem/q.xml", table.ANSWER) for text in texts]


def test_an_answer_that_became_the_longest_by_far_is_found():
    asked = answers("Go at once to her", "Wait for a while", "Stay where I am now")
    said = {("", "Go at once to her"): "Voy con ella de inmediato, sin esperar nada", ("", "Wait for a while"): "Espero un rato más",
            ("", "Stay where I am now"): "Me quedo donde estoy"}  # fmt: skip
    (found,) = standing_out(asked, said)
    assert found[0] == "Go at once to her" and "problem/q.xml: this answer is now the longest by" in found[1]


def test_the_longest_in_english_may_be_the_longest():
    asked = answers("Go at once to her and tell her", "Wait")
    assert (
        list(standing_out(asked, {("", "Go at once to her and tell her"): "Voy enseguida y se lo digo", ("", "Wait"): "Espero"}))
        == []
    )


def test_a_question_is_judged_when_it_is_translated_whole():
    assert list(standing_out(answers("Go", "Wait a bit"), {("", "Go"): "Voy enseguida y se lo digo todo"})) == []


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("The radio is quiet.", "La radio está callada.", ["“La radio”: the word in this course is el radio."]),
        ("The radio is quiet.", "El radio está callado.", []),
        (
            "Misconduct that you see",
            "La mala conducta que veas",
            ["“mala conducta”: the word in this course is conducta indebida."],
        ),
        ("He behaved badly.", "Fue mala conducta.", []),  # another word in English: no decision
        ("Ask your training officer", "Pregúntale a tu oficial de entrenamiento", []),
        ("Training, two hours", "Entrenamiento, dos horas", ["“Entrenamiento”: the word in this course is capacitación."]),
        ("Oregon: <em>The Oregon Study</em>", "Oregón: <em>The Oregon Study</em>", []),
        ("“Stop.”", "“Alto”.", []),
        ("“Stop …”", "“Alto...”", []),
        ("“Stop.”", "“Alto.”", ["A period stands before the closing quotation mark: Spanish puts it behind."]),
    ],
)
def test_a_word_for_which_another_was_decided_is_found(text, said, found):
    assert list(wavering(text, said)) == found


@pytest.mark.content
def test_the_shipped_spanish_uses_the_words_that_were_decided():
    spanish = Memory(SHIPPED, shipped_languages()["es-419"])
    looked = [entry for entry in spanish.entries if is_to_check(entry)]
    assert len(looked) > 5000
    assert [(entry.msgid, found) for entry in looked for found in wavering(entry.msgid, entry.msgstr)] == []
