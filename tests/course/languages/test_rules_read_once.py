"""The rules about translations read the PO files and the texts of a course once, however many rules and texts there are."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from dti_xblocks.course.languages.memory import Memory
from dti_xblocks.course.olx import read
from dti_xblocks.course.rules import languages

FIXTURES = Path(__file__).parents[1] / "fixtures"
RULES = (
    languages.text_without_translation,
    languages.unsure_translation,
    languages.translation_differs,
    languages.translation_of_what_is_gone,
)


@pytest.fixture
def course(tmp_path):
    shutil.copytree(FIXTURES / "tiny", tmp_path / "course")
    shutil.copytree(FIXTURES / "translated", tmp_path, dirs_exist_ok=True)
    return read(tmp_path / "course")


def test_all_rules_read_them_once_and_each_language_once_for_all_texts(course, monkeypatch):
    asked = Counter()
    began, entries, texts = Memory.__init__, Memory.entries.fget, languages.course_texts

    def begin(memory, folder, language):
        asked["memory", language.code] += 1
        began(memory, folder, language)

    def counted(memory):
        asked["entries", memory.language.code] += 1
        return entries(memory)

    def met(root):
        asked["texts"] += 1
        return texts(root)

    monkeypatch.setattr(Memory, "__init__", begin)
    monkeypatch.setattr(Memory, "entries", property(counted))
    monkeypatch.setattr(languages, "course_texts", met)
    assert [problem for rule in RULES for problem in rule(course)] == []
    assert len(list(texts(course.root))) > 3
    assert asked and set(asked.values()) == {1}
    assert {kind for kind, *_code in (key if isinstance(key, tuple) else (key,) for key in asked)} == {
        "memory",
        "entries",
        "texts",
    }


def test_another_course_is_read_for_itself(course, tmp_path):
    page = next((tmp_path / "course/html").glob("*.html"))
    page.write_text(page.read_text(encoding="utf-8") + "<p>A sentence that nobody has translated.</p>", encoding="utf-8")
    again = read(tmp_path / "course")
    [problem] = languages.text_without_translation(again)
    assert problem.code == "CX070" and "A sentence that nobody has translated." in problem.message
