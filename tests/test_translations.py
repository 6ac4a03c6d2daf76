"""Words people see go through translation, the catalogue that translators start from is current, and translations are whole."""

import ast
import gettext
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from scripts import catalogue
from scripts.catalogue import Message

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dti_xblocks"
SKIPPED = ("course/rules", "course/export", "web")  # the course tool speaks English
SOURCE = catalogue.read(catalogue.path_of(catalogue.SOURCE))
each_language = pytest.mark.parametrize("language", catalogue.languages())


def known() -> set[str]:
    """The texts of the catalogue."""
    return {text for one in SOURCE for text in (one.text, one.plural) if text}


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
    for path in (PACKAGE / "templates/dti").rglob("*.html"):
        if path.parent.name == "papers" or path.name.endswith("_style.html"):
            continue  # the papers of the course are its content
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}", " ", text, flags=re.DOTALL)
        text = re.sub(r"<style.*?</style>|<code.*?</code>|<!--.*?-->|{#.*?#}|{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
        spoken = " ".join(re.findall(r'\s(?:aria-label|title|placeholder|alt)="([^"]*)"', text))
        text = re.sub(r"<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
        assert not set(re.findall(r"[A-Za-z]{3,}", f"{text} {spoken}")) - {"PDF", "CSV", "HTML"}, path.name


# -- translations ------------------------------------------------------------------------------------------------------


def translations(language: str) -> list[Message]:
    return catalogue.read(catalogue.path_of(language))


def fixed(text: str) -> list[str]:
    return sorted(catalogue.FIXED.findall(text))


def differences(one: Message) -> list[str]:
    """What a translation lacks of what a program fills in and a browser reads, or has too much."""
    meant = [one.text] if one.plural is None else [one.text, one.plural]
    pairs = zip(meant, one.said, strict=True)
    # A singular may spell out the number that its plural has.
    wrong = [said for text, said in pairs if fixed(said) != fixed(text) and not (one.plural and fixed(said) == fixed(one.plural))]
    ends = [said for text, said in zip(meant, one.said, strict=True) if (said[:1].isspace(), said[-1:].isspace()) != _ends(text)]
    return wrong + ends


def _ends(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def test_there_is_a_spanish_translation():
    assert "es" in catalogue.languages()


@each_language
def test_a_translation_has_every_text_and_no_other(language):
    assert [one.key for one in translations(language)] == [one.key for one in SOURCE], "make extract_translations"
    assert [one.text for one in translations(language) if not one.translated] == []


@each_language
def test_a_translation_keeps_placeholders_tags_and_spaces(language):
    assert {one.text: found for one in translations(language) if (found := differences(one))} == {}


def test_what_a_translation_may_lose_is_noticed():
    assert differences(Message("From {a} to <b>%(c)s</b> &amp; %%", ("%% &amp; <b>%(c)s</b> a {a}",))) == []
    for said in ("De a <b>%(c)s</b> &amp; %%", "{a} {a} <b>%(c)s</b> &amp; %%", "{a} %(c)s &amp; %%", "{a} <b>%(c)s</b> y %%"):
        assert differences(Message("From {a} to <b>%(c)s</b> &amp; %%", (said,))) == [said]
    assert differences(Message("One", ("Uno", "{n} unos"), plural="{n} ones")) == []
    assert differences(Message("One", ("Uno", "unos"), plural="{n} ones")) == ["unos"]
    assert differences(Message("One", ("Uno ",))) == ["Uno "]


@each_language
def test_what_django_reads_is_compiled_from_the_words_as_they_are(language):
    shipped = catalogue.path_of(language).with_suffix(".mo").read_bytes()
    assert shipped == catalogue.compiled(translations(language)), "make compile_translations"
    read = gettext.GNUTranslations(io.BytesIO(shipped))
    for one in translations(language):
        if one.plural is not None:
            assert (read.ngettext(one.text, one.plural, 1), read.ngettext(one.text, one.plural, 2)) == one.said
        elif one.context is not None:
            assert read.pgettext(one.context, one.text) == one.said[0]
        else:
            assert read.gettext(one.text) == one.said[0]


@each_language
def test_a_translation_is_written_as_the_tool_writes_it(language):
    path = catalogue.path_of(language)
    assert catalogue.written(catalogue.header(path), translations(language)) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["es-419", "es", "es-es", "es-mx"])
def test_whoever_asks_for_spanish_reads_spanish(code):
    assert translation.check_for_language(code)
    with translation.override(code):
        assert translation.gettext("Sign the pledge") == "Firmar el compromiso"
        assert translation.ngettext("{n} day", "{n} days", 2) == "{n} días"
        assert translation.pgettext("a button", "Answer") == "Responder"
    assert translation.gettext("Sign the pledge") == "Sign the pledge"


def test_new_words_are_without_translation_and_gone_ones_are_dropped():
    old = [Message("Read", ("Leer",)), Message("Gone", ("Ido",))]
    source = [Message("New", ("",)), Message("Read", ("",)), Message("One", ("", ""), plural="Many")]
    assert [(one.text, one.said) for one in catalogue.merged(source, old)] == [
        ("New", ("",)),
        ("Read", ("Leer",)),
        ("One", ("", "")),
    ]


def test_a_doubtful_translation_is_none():
    doubtful = Message("Read", ("Leer",), flags=("fuzzy",))
    assert not doubtful.translated
    assert b"Leer" not in catalogue.compiled([doubtful])


def test_the_glossary_is_kept():
    """Where an English text has one of these words, the Spanish has one of the forms that docs/translating.md gives."""
    texts = [(catalogue.FIXED.sub("", one.text), one.said[0]) for one in translations("es")]
    for english, spanish in TERMS.items():
        has, says = re.compile(rf"\b{english}\b", re.IGNORECASE), re.compile(spanish, re.IGNORECASE)
        assert [(english, text, said) for text, said in texts if has.search(text) and not says.search(said)] == []


TERMS = {
    "duty to intervene": "deber de intervenir",
    "pledges?": "compromiso",
    "badge number": "número de placa",
    "verification code": "código de verificación",
    "course staff": "equipo",
    "agency": "agencia",
    "scenarios?": "escenario",
    "packets?": "cuadernillo|PDF",
    "library": "biblioteca",
    "highlights": "resalt",
    "captions?": "subtítulo",
    "training": "capacita",
}


# -- the pseudo-language -----------------------------------------------------------------------------------------------


def test_the_pseudo_language_has_no_plain_letter_and_is_a_third_longer():
    said = catalogue.pseudo("Read %(n)s <strong>pages</strong> &amp; {what}: 100%%")
    assert fixed(said) == fixed("Read %(n)s <strong>pages</strong> &amp; {what}: 100%%")
    assert said.startswith("⟦") and said.endswith("⟧")
    assert not re.search("[a-z]", catalogue.FIXED.sub("", said), re.IGNORECASE)
    texts = [catalogue.FIXED.sub("", one.text) for one in SOURCE]
    assert 1.25 < sum(len(catalogue.pseudo(text)) - 2 for text in texts) / sum(map(len, texts)) < 1.5


def test_the_tool_writes_the_pseudo_language(tmp_path):
    subprocess.run([sys.executable, ROOT / "scripts/translations.py", "pseudo", tmp_path], check=True)
    made = gettext.GNUTranslations((tmp_path / "en_XA/LC_MESSAGES/django.mo").open("rb"))
    assert made.gettext("Sign the pledge") == catalogue.pseudo("Sign the pledge")
    assert made.ngettext("{n} day", "{n} days", 2) == catalogue.pseudo("{n} days")
