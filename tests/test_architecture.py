"""The house's import rule, as a test: which room may know which."""

import ast
import importlib.metadata
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dti_xblocks"
DOMAINS = ("scenario", "case_law", "pledge", "review")
# What a room of ours may import of the others. `problems` imports nothing; `content_xml` is lxml's safe use.
EDGES_OF_BLOCKS = {"block", "platform", "records", "pdf", "seals", "studio", "problems", "content_xml", "templating", "dates"}
OPEN_EDX = {"lms", "cms", "openedx", "common", "xmodule", "crum", "student", "completion", "submissions"}


def modules(folder: str = "") -> list[Path]:
    return sorted(
        path for path in (PACKAGE / folder).rglob("*.py") if "migrations" not in path.parts and "export" not in path.parts
    )


def imports(path: Path) -> list[tuple[str, ast.AST]]:
    """Absolute names of everything `path` imports, ours as `dti_xblocks.…`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    package = ["dti_xblocks", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, node.module] if node.module else base)
            found += [
                (f"{name}.{alias.name}" if not node.module or name == "dti_xblocks" else name, node) for alias in node.names
            ]
    return found


def room(name: str) -> str:
    """The first room below dti_xblocks that a name of ours is in, or '' for other people's packages."""
    parts = name.split(".")
    return parts[1] if parts[0] == "dti_xblocks" and len(parts) > 1 else ""


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_imports_the_standard_library_only(domain):
    for path in modules(domain):
        for name, _node in imports(path):
            top = name.split(".")[0]
            ours = room(name)
            allowed = (
                top in sys.stdlib_module_names
                or ours in {domain, "problems"}
                or (path.name == "olx.py" and (top == "lxml" or ours == "content_xml"))
            )
            assert allowed, f"{path.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*_block.py")), ids=lambda path: path.name)
def test_a_block_imports_its_own_domain_and_the_edges(path):
    domain = path.name.removesuffix("_block.py")
    # The scenario and review show authorities by slug: the library is asked through the block, never from domain to domain.
    allowed = EDGES_OF_BLOCKS | {domain, "case_law"}
    for name, _node in imports(path):
        own_helper = room(name).startswith(f"{domain}_")
        assert not room(name) or own_helper or room(name) in allowed, f"{path.name} imports {name}"


@pytest.mark.parametrize("edge", ["pdf", "records", "platform", "seals", "studio", "verify"])
def test_an_edge_never_imports_a_block_or_the_course_tool(edge):
    for path in modules(edge):
        for name, _node in imports(path):
            assert not room(name).endswith("_block") and room(name) not in {"course", "block"}, (
                f"{path.relative_to(PACKAGE)}: {name}"
            )


@pytest.mark.parametrize(
    ("home", "packages"),
    [("pdf", {"weasyprint", "pydyf"}), ("seals", {"pyhanko", "pyhanko_certvalidator", "asn1crypto", "pypdf"})],
)
def test_what_is_heavy_or_optional_is_imported_in_one_room_only_and_when_called(home, packages):
    for path in modules():
        for name, node in imports(path):
            if name.split(".")[0] in packages:
                assert path.is_relative_to(PACKAGE / home), path
                assert node.col_offset > 0, f"{path.name} imports {name} when it is loaded"


def test_keys_are_the_business_of_the_room_of_seals_only():
    for path in modules():
        for name, _node in imports(path):
            if name.split(".")[0] == "cryptography":
                assert path.is_relative_to(PACKAGE / "seals"), f"{path}: {name}"


@pytest.mark.parametrize("name", ["__init__.py", "keys.py", "file.py", "pades.py", "command.py"])
def test_a_file_is_verified_without_django(name):
    for other, _node in imports(PACKAGE / "seals" / name):
        assert other.split(".")[0] != "django" and other not in {"dti_xblocks.seals.site", "dti_xblocks.seals.make"}, other


def test_open_edx_is_known_to_the_platform_room_only():
    for path in modules():
        for name, _node in imports(path):
            if name.split(".")[0] in OPEN_EDX:
                assert path.is_relative_to(PACKAGE / "platform") or path.is_relative_to(PACKAGE / "course/preview"), (
                    f"{path}: {name}"
                )


def test_block_classes_stand_directly_below_the_package():
    """The platform collects static files from one level too high for classes that are nested deeper."""
    points = [point for point in importlib.metadata.entry_points(group="xblock.v1") if point.value.startswith("dti_xblocks")]
    assert {point.name for point in points} == {"dti_scenario", "dti_case_law", "dti_pledge", "dti_review"}
    for point in points:
        assert point.module.count(".") == 1
        assert point.load().__module__ == point.module


def test_server_only_code_does_not_need_the_preview_or_test_packages():
    extras = {"xblocks_contrib", "waitress", "olxcleaner", "simplejson", "workbench", "pytest", "playwright"}
    for path in modules():
        if not path.is_relative_to(PACKAGE / "course"):
            assert not extras & {name.split(".")[0] for name, _node in imports(path)}, path
