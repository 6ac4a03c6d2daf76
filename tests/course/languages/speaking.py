"""Memories for tests: a language that is nobody's, in which every text of a course has a translation."""

from pathlib import Path

from dti_xblocks.course.languages.memory import Language, Memory, wanted
from dti_xblocks.course.languages.sources import course_texts
from scripts.catalogue import pseudo

PSEUDO = Language("en-xa", "⟦Ƥšééúúđóó⟧", "xa", "-xa", complete=True)


def pseudo_memory(root: Path, folder: Path) -> Memory:
    """All texts of the course in `root`, each in brackets and without a plain letter."""
    memory = Memory(folder, PSEUDO)
    memory.bring_up_to_date(wanted(course_texts(root), {}), {})
    for entry in memory.entries:
        entry.msgstr = pseudo(entry.msgid)
    memory.write()
    return memory
