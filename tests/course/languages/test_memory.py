"""The memory of a language: what an extraction keeps, marks, puts aside and takes back."""

import polib
import pytest

from dti_xblocks.course.languages.memory import (
    Language,
    Memory,
    MemoryUnreadableError,
    group_of,
    groups,
    languages,
    wanted,
)
from dti_xblocks.course.languages.segments import Text

SPANISH = Language("es-419", "Español", "es", "-es")


def text(said: str, file: str = "html/m01-a.html", kind: str = "text") -> Text:
    return Text(said, file, kind)


def extracted(folder, *texts: Text, files=None, given=None) -> Memory:
    memory = Memory(folder, SPANISH)
    memory.bring_up_to_date(wanted(texts, files or {}), given or {})
    memory.write()
    return Memory(folder, SPANISH)


def translate(folder, **said: str) -> None:
    memory = Memory(folder, SPANISH)
    for entry in memory.entries:
        entry.msgstr = said.get(entry.msgid, entry.msgstr)
    memory.write()


def entry(memory: Memory, said: str):
    return next(one for one in memory.entries if one.msgid == said and not one.msgctxt)


def test_a_text_stands_once_with_all_its_places_and_kinds(tmp_path):
    memory = extracted(tmp_path, text("Stop"), text("Stop", "problem/q.xml", "title"), text("Go"))
    assert [one.msgid for one in memory.entries] == ["Stop", "Go"]
    assert entry(memory, "Stop").occurrences == [("html/m01-a.html", ""), ("problem/q.xml", "")]
    assert entry(memory, "Stop").comment == "text\ntitle" and entry(memory, "Stop").msgstr == ""


def test_files_are_split_by_patterns_and_the_first_place_of_a_text_decides(tmp_path):
    files = {"m02-questions": ["problem/m02-*"], "m02": ["*/m02-*"]}
    memory = extracted(
        tmp_path,
        text("A", "problem/m02-q.xml"),
        text("B", "html/m02-u.html"),
        text("A", "html/m02-u.html"),
        text("C"),
        files=files,
    )
    assert {name: [one.msgid for one in file] for name, file in memory.files.items()} == {
        "m02-questions": ["A"], "m02": ["B"], "course": ["C"],
    }  # fmt: skip
    assert group_of("problem/m02-x.xml", files) == "m02-questions" and group_of("tabs/x.html", files) == "course"


def test_what_is_translated_is_kept_where_a_text_moves_to_another_file(tmp_path):
    extracted(tmp_path, text("Stop"))
    translate(tmp_path, Stop="Alto")
    memory = extracted(tmp_path, text("Stop", "html/m02-x.html"), files={"m02": ["*/m02-*"]})
    assert list(memory.files) == ["m02"] and memory.translations() == {("", "Stop"): "Alto"}
    assert not (tmp_path / "es-419/course.po").exists()


def test_a_changed_text_takes_over_the_old_translation_and_is_marked(tmp_path):
    extracted(tmp_path, text("He stops at the door."))
    translate(tmp_path, **{"He stops at the door.": "Se detiene en la puerta."})
    memory = extracted(tmp_path, text("He stops at the red door."))
    changed = entry(memory, "He stops at the red door.")
    assert (changed.msgstr, changed.flags, changed.previous_msgid) == (
        "Se detiene en la puerta.", ["fuzzy"], "He stops at the door.",
    )  # fmt: skip
    assert memory.translations() == {}, "an unsure translation is not shown"
    assert [one for file in memory.files.values() for one in file if one.obsolete] == []


def test_the_mark_stays_until_somebody_takes_it_away(tmp_path):
    test_a_changed_text_takes_over_the_old_translation_and_is_marked(tmp_path)
    memory = extracted(tmp_path, text("He stops at the red door."))
    assert entry(memory, "He stops at the red door.").flags == ["fuzzy"]


def test_a_text_of_other_words_takes_over_nothing(tmp_path):
    extracted(tmp_path, text("He stops at the door."))
    translate(tmp_path, **{"He stops at the door.": "Se detiene en la puerta."})
    memory = extracted(tmp_path, text("Nobody came."))
    assert entry(memory, "Nobody came.").msgstr == ""


def test_what_is_gone_is_put_aside_and_comes_back_with_its_text(tmp_path):
    extracted(tmp_path, text("Stop"), text("Go on"))
    translate(tmp_path, Stop="Alto")
    without = extracted(tmp_path, text("Go on"))
    assert [one.msgid for one in without.entries] == ["Go on"] and '#~ msgstr "Alto"' in (
        tmp_path / "es-419/course.po"
    ).read_text()
    assert extracted(tmp_path, text("Stop"), text("Go on")).translations() == {("", "Stop"): "Alto"}


def test_what_was_never_translated_leaves_nothing(tmp_path):
    extracted(tmp_path, text("Stop"), text("Go on"))
    extracted(tmp_path, text("Go on"))
    assert "Stop" not in (tmp_path / "es-419/course.po").read_text()


def test_a_translation_for_one_file_stays_beside_that_for_all(tmp_path):
    extracted(tmp_path, text("Back"), text("Back", "html/card.html"))
    memory = Memory(tmp_path, SPANISH)

    memory.files["course"].append(polib.POEntry(msgctxt="html/card.html", msgid="Back", msgstr="Reverso"))
    memory.write()
    translate(tmp_path)
    again = extracted(tmp_path, text("Back"), text("Back", "html/card.html"), given={"Back": "Atrás"})
    assert again.translations() == {("", "Back"): "Atrás", ("html/card.html", "Back"): "Reverso"}
    assert extracted(tmp_path, text("Back")).translations() == {("", "Back"): "Atrás"}, "its file no longer says it"


def test_what_is_given_fills_gaps_and_replaces_nothing(tmp_path):
    extracted(tmp_path, text("Stop"))
    translate(tmp_path, Stop="Detente")
    memory = extracted(tmp_path, text("Stop"), text("Go"), given={"Stop": "Alto", "Go": "Sigue"})
    assert memory.translations() == {("", "Stop"): "Detente", ("", "Go"): "Sigue"}


def test_extracting_twice_changes_no_byte_and_comments_of_translators_stay(tmp_path):
    memory = extracted(tmp_path, text("Stop"), text('A “long” text with "quotes", ' + "words " * 40))
    memory.entries[0].tcomment = "keep"
    memory.write()
    before = (tmp_path / "es-419/course.po").read_bytes()
    again = Memory(tmp_path, SPANISH)
    again.bring_up_to_date(wanted([text("Stop"), text('A “long” text with "quotes", ' + "words " * 40)], {}), {})
    assert again.write() == [] and (tmp_path / "es-419/course.po").read_bytes() == before and b"# keep" in before


def test_languages_and_files_are_read_from_one_file(tmp_path):
    (tmp_path / "languages.toml").write_text(
        '[languages.fr]\nname = "Français"\nsetting = "fr"\nrun = "-fr"\ncomplete = true\n[files]\nm01 = ["*/m01-*"]\n'
    )
    assert languages(tmp_path)["fr"] == Language("fr", "Français", "fr", "-fr", complete=True)
    assert groups(tmp_path) == {"m01": ["*/m01-*"]}


@pytest.mark.parametrize(
    "broken", ["[", '[languages.fr]\nname = "F"\n', '[languages.fr]\nname = "F"\nsetting = "f"\nrun = "x"\nmore = 1\n']
)
def test_a_list_of_languages_that_cannot_be_read_says_so(tmp_path, broken):
    (tmp_path / "languages.toml").write_text(broken)
    with pytest.raises(MemoryUnreadableError, match=r"languages\.toml"):
        languages(tmp_path)


def test_a_po_file_that_cannot_be_read_says_which(tmp_path):
    (tmp_path / "es-419").mkdir()
    (tmp_path / "es-419/m01.po").write_text('msgid "a"\nno line of such a file\n')
    with pytest.raises(MemoryUnreadableError, match=r"m01\.po"):
        Memory(tmp_path, SPANISH)
