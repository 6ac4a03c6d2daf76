"""What the scripts of a Studio editor say: every `words.name` in the modules of its own room and of the kit that its page can load."""

import re
from pathlib import Path

SCRIPTS = Path(__file__).parent.parent / "static/js"
IMPORT = re.compile(r"""(?:from|import\()\s*"(\.[^"]+)\"""")
WORD = re.compile(r"\bwords\.(\w+)")


def modules(room: str) -> set[Path]:
    """The entry module of `room` and all that it imports, at once or later."""
    found: set[Path] = set()
    waiting = [SCRIPTS / room / "main.js"]
    while waiting:
        path = waiting.pop().resolve()
        if path not in found:
            found.add(path)
            waiting += [path.parent / name for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
    return found


def said_in(room: str) -> set[str]:
    """The names of the words that these modules say."""
    own = [path for path in modules(room) if path.parent.name in {room, "studio"}]
    return {word for path in own for word in WORD.findall(path.read_text(encoding="utf-8"))}
