"""The rules of the house, read from a tree of Python files: every breach is a line that names the file and what is wrong.

The rules about imports stand in docs/tour.md, in two tables; the others are below. `House(package)` reads any tree, so that the
tests can show a breach of each rule being found.
"""

import ast
import functools
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs/tour.md"
KINDS = ("scenario", "case_law", "pledge", "review", "activity", "video")
DOORS = ("urls", "views", "tasks", "admin", "apps", "receivers", "management")
SUBROOMS = {("blocks", "base"), ("studio", "kit"), ("course", "preview"), ("course", "media"), ("course", "films")}
MOST_LINES, MOST_LINES_OF_A_BLOCK, MOST_MEMBERS = 300, 150, 50
# What the platform calls or reads by name: no class of ours chooses to have it, or what it is called.
PRESCRIBED = frozenset(
    [
        "has_children",
        "plugin_name",
        "display_name",
        "weight",
        "icon_class",
        "resources_dir",
        "has_author_view",
        "has_score",
        "has_custom_completion",
        "completion_mode",
        "show_in_read_only_mode",
        "student_view",
        "author_view",
        "studio_view",
        "public_view",
        "student_view_data",
        "index_dictionary",
        "parse_xml",
        "add_xml_to_node",
        "generate_report_data",
        "calculate_score",
        "get_score",
        "set_score",
        "has_submitted_answer",
        "max_score",
        "publish_grade",
        "rescore",
    ]
)

# Files that may be longer, with the reason.
LONG: dict[str, str] = {}
# Files that import a room of ours inside a function, with the reason.
LATE = {
    "course/media/build.py": "what draws needs packages that a check does without",
    "course/media/command.py": "what draws needs packages that a check does without",
    "course/films/again.py": "what draws needs packages that a check does without",
    "course/films/build.py": "what draws needs packages that a check does without",
    "course/films/dubbing.py": "what draws needs packages that a check does without",
    "course/films/looking.py": "what draws needs packages that a check does without",
    "course/films/keeping.py": "what speaks needs packages that a check does without",
    "course/films/sound/hear.py": "what encodes needs packages that listening to recordings does without",
    "course/films/command.py": "what speaks needs packages that a check does without",
    "course/films/sound/speak.py": "what speaks needs packages that a check does without",
    "course/cli.py": "the preview needs packages that the course tool does without",
    "course/preview/application.py": "blocks and models want Django's settings when they are imported, and it makes them",
    "course/preview/settings.py": "Django must be configured first",
}
# What is heavy, optional or a secret: the one room that imports it, and whether only when it is called.
ONE_ROOM = {
    "weasyprint": ("pdf", True),
    "pydyf": ("pdf", True),
    "pyhanko": ("seals", True),
    "pyhanko_certvalidator": ("seals", True),
    "asn1crypto": ("seals", True),
    "pypdf": ("seals", True),
    "cryptography": ("seals", False),
    "numpy": ("course", False),
    "scipy": ("course", False),
    "embreex": ("course", False),
    "trimesh": ("course", False),
    "shapely": ("course", False),
    "tutor": ("tutor", False),
    "click": ("tutor", False),
}
OPEN_EDX = {"lms", "cms", "openedx", "common", "xmodule", "crum", "student", "completion", "submissions"}
EXTRAS = {"xblocks_contrib", "waitress", "olxcleaner", "simplejson", "workbench", "pytest", "playwright"}


@dataclass(frozen=True)
class Import:
    """One import: `name` in full, modules by their own name; `late` inside of a function or class."""

    name: str
    line: int
    relative: bool
    late: bool


class House:
    """The tree of a package, `dti_xblocks` or a copy of it."""

    def __init__(self, package: Path):
        self.package = package
        self.name = package.name

    @cached_property
    def modules(self) -> list[Path]:
        left_out = {"migrations", "export", "web"}
        return sorted(path for path in self.package.rglob("*.py") if not left_out & set(path.relative_to(self.package).parts))

    def place(self, path: Path) -> str:
        return path.relative_to(self.package).as_posix()

    def imports(self, path: Path) -> list[Import]:
        found = []
        folder = [self.name, *path.relative_to(self.package).parent.parts]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [Import(alias.name, node.lineno, False, node.col_offset > 0) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = folder[: len(folder) - node.level + 1] if node.level else []
                name = [*base, *(node.module.split(".") if node.module else [])]
                there = self.package.parent.joinpath(*name)
                for alias in node.names:
                    is_module = (there / alias.name).is_dir() or (there / f"{alias.name}.py").exists()
                    full = ".".join([*name, alias.name] if is_module else name)
                    found.append(Import(full, node.lineno, bool(node.level), node.col_offset > 0))
        return found

    def room(self, name: str) -> str:
        """The room of a name of ours as the table writes it, or "" for other people's packages and the package itself."""
        first, *parts = name.split(".")
        if first != self.name or not parts:
            return ""
        top, *more = parts
        if top.endswith("_block"):
            return "*_block.py"
        if top == "records" and more and more[0] in DOORS:
            return "records doors"
        if more and (more[0] in KINDS or (top, more[0]) in SUBROOMS):
            return f"{top}/{more[0]}"
        return top

    def room_of(self, path: Path) -> str:
        parts = (self.name, *path.relative_to(self.package).with_suffix("").parts)
        return self.room(".".join(parts[:-1] if parts[-1] == "__init__" else parts))

    def kind_of(self, path: Path) -> str:
        parts = path.relative_to(self.package).with_suffix("").parts
        return next((kind for kind in KINDS if parts[0] in (kind, f"{kind}_block") or parts[1:2] == (kind,)), "")

    def breaches(self, paths: list[Path] | None = None) -> list[str]:
        """Every breach of every rule, in `paths` or in all files; empty for a house in order."""
        found = []
        for path in self.modules if paths is None else paths:
            for breach in (*self._imports(path), *self._outside(path), *self._size(path), *self._docstring(path)):
                found.append(f"{self.place(path)}{breach}")
        return found

    def _imports(self, path: Path) -> list[str]:
        here, found = self.room_of(path), []
        allowed = allowed_for(here, self.kind_of(path))
        for each in self.imports(path):
            there = self.room(each.name)
            if there in ("", "__version__"):
                continue
            if each.relative and each.late and self.place(path) not in LATE:
                found.append(f":{each.line} imports {each.name} late")
            if there != here and not may(allowed, there):
                found.append(f":{each.line} imports {each.name}, which {here or 'the package'} may not")
        return found

    def _outside(self, path: Path) -> list[str]:
        """Breaches in imports of other people's packages."""
        place, found = self.place(path), []
        room = place.split("/")[0]
        domain = room in (*KINDS, "content", "drawing")
        for each in self.imports(path):
            top = each.name.split(".")[0]
            home, when_called = ONE_ROOM.get(top, (room, False))
            if home != room:
                found.append(f":{each.line} imports {top}, which only {home} may")
            if when_called and not each.late:
                found.append(f":{each.line} imports {top} when it is loaded")
            if top in OPEN_EDX and room != "platform" and not place.startswith("course/preview/"):
                found.append(f":{each.line} imports {top}, which only platform may")
            if top in EXTRAS and room != "course":
                found.append(f":{each.line} imports {top}, which a server does not have")
            lxml = top == "lxml" and (path.name == "olx.py" or room == "content")
            if domain and top not in sys.stdlib_module_names and top != self.name and not lxml:
                found.append(f":{each.line} imports {top}: a domain uses the standard library only")
        return found

    def _size(self, path: Path) -> list[str]:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        most = MOST_LINES_OF_A_BLOCK if self.room_of(path) == "*_block.py" else MOST_LINES
        return [f" has {lines} lines, {most} are allowed"] if lines > most and self.place(path) not in LONG else []

    def _docstring(self, path: Path) -> list[str]:
        if path.name == "__main__.py" or path.parent.name == "commands":
            return []  # a command's `help` says it
        return [] if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) else [" does not say what it is for"]


@functools.cache
def tables() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """What each room may import, and what some may import besides, as docs/tour.md says."""
    rules: dict[str, set[str]] = {}
    besides: dict[str, set[str]] = {}
    for name, allowed in re.findall(r"^\| `([^`]+)` \|([^|]*)\|", TOUR.read_text(encoding="utf-8"), re.MULTILINE):
        words = set(re.findall(r"`([^`]+)`", allowed))
        if allowed.strip().startswith("everything"):
            words = {"everything", *(f"not {word}" for word in words)}
        (besides if name in rules or name.split("/")[-1] in KINDS else rules)[name] = words
    return rules, besides


def allowed_for(here: str, kind: str) -> set[str]:
    """The rooms that files of `here` may import."""
    rules, besides = tables()
    general = "<kind>" if here in KINDS else here.replace(kind, "<kind>") if kind and here != "*_block.py" else here
    allowed = rules.get(general, set())  # a folder of rooms, and the package itself, import nothing of ours
    if here == "records doors":  # they serve all kinds
        allowed = {name.replace("<kind>", each) for name in allowed for each in KINDS}
    return {name.replace("<kind>", kind) for name in allowed} | besides.get(here, set())


def may(allowed: set[str], there: str) -> bool:
    """Whether a room with that list may import the room `there`."""
    if "everything" in allowed:
        return not {f"not {there}", f"not {there.split('/', maxsplit=1)[0]}"} & allowed
    return there in allowed


def members(block: type) -> set[str]:
    """The names that our classes give to a block class and the platform does not prescribe: fields, views, handlers."""
    ours = [base for base in block.__mro__ if base.__module__.split(".")[0] == "dti_xblocks"]
    found = {member for base in ours for member in vars(base) if not member.startswith("__")}
    return found - PRESCRIBED
