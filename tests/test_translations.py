"""Words people see go through translation, and the catalogue that translators start from is current."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

pytestmark = pytest.mark.once

PACKAGE = Path(__file__).parent.parent / "dti_xblocks"
CATALOGUE = PACKAGE / "records/locale/en/LC_MESSAGES/django.po"
SKIPPED = ("course/rules", "course/export", "web")  # the course tool speaks English


def known() -> set[str]:
    """The msgids of the catalogue; our texts have no line breaks inside, so wrapped ones need no care."""
    text = re.sub(r'"\n"', "", CATALOGUE.read_text(encoding="utf-8"))
    return {ast.literal_eval(f'"{found}"') for found in re.findall(r'^msgid(?:_plural)? "((?:[^"\\]|\\.)*)"', text, re.MULTILINE)}


def sources(pattern: str):
    for path in PACKAGE.rglob(pattern):
        if not path.relative_to(PACKAGE).as_posix().startswith(SKIPPED):
            yield path


def test_django_finds_the_catalogues():
    assert Path(apps.get_app_config("dti_records").path) / "locale" == PACKAGE / "records/locale"


def test_every_word_of_the_templates_is_in_the_catalogue():
    words = {
        found.replace("\\'", "'")
        for path in sources("*.html")
        for found in re.findall(r'{%\s*translate "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(words) > 100
    assert words - known() == set(), "make extract_translations"


def test_every_word_of_the_code_is_in_the_catalogue():
    words = set()
    for path in sources("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "gettext_lazy"}:
                words |= {part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    assert len(words) > 100
    assert words - known() == set(), "make extract_translations"


def test_no_template_of_ours_speaks_to_people_without_translation():
    for path in (PACKAGE / "templates/dti").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", " ", text, flags=re.DOTALL)
        text = re.sub(
            r"<style.*?</style>|<code.*?</code>|<!--.*?-->|{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL
        )
        assert not set(re.findall(r"[A-Za-z]{3,}", text)) - {"PDF", "CSV", "HTML"}, path.name
