"""A course in another language: whole, a course of its own, and nothing of it left behind in English."""

import json
import re
import shutil
import tarfile
from pathlib import Path

import pytest
from lxml import etree, html

from dti_xblocks.content import parser
from dti_xblocks.course.cli import main, problems_of
from dti_xblocks.course.identity import identity
from dti_xblocks.course.languages.course import localized, untranslated
from dti_xblocks.course.languages.memory import Memory, languages
from dti_xblocks.course.languages.outlines import SHIPPED, in_language, outline_of, shipped_languages, translation_of
from dti_xblocks.course.olx import read
from dti_xblocks.course.outline import outline
from dti_xblocks.course.source import shipped_course
from tests.course.languages.speaking import pseudo_memory

HERE = Path(__file__).parents[1]
TINY, MEMORY = HERE / "fixtures/tiny", HERE / "fixtures/translated/translations"
PLAIN = re.compile(r"[A-Za-z]{2,}")
# What no learner reads, by the names that OLX, HTML and SVG have for it. Whatever is not here is taken for words.
OF_MACHINES = frozenset(
    [
        "activity",
        "allow_resetting_children",
        "aria-hidden",
        "as",
        "at",
        "attempts-shown",
        "by",
        "cert_html_view_enabled",
        "choice",
        "class",
        "clock",
        "complete_when",
        "correct",
        "course",
        "d",
        "data-authority",
        "data-graphic",
        "data-outcome",
        "decoding",
        "earlier",
        "filename",
        "fill",
        "focusable",
        "font-family",
        "font-style",
        "font-weight",
        "graded",
        "graded_tries",
        "group",
        "height",
        "href",
        "id",
        "initials",
        "kind",
        "lang",
        "language",
        "level",
        "max_attempts",
        "max_count",
        "media",
        "meter",
        "multiple",
        "offer_plan",
        "offered",
        "org",
        "otherwise",
        "over",
        "pass_mark",
        "portrait",
        "poster",
        "ref",
        "rel",
        "require_reading",
        "required",
        "rerandomize",
        "result",
        "scope",
        "seconds",
        "selected",
        "self_paced",
        "show",
        "showanswer",
        "shows_ratings",
        "shuffle",
        "sign",
        "src",
        "srcset",
        "start",
        "stroke",
        "text-anchor",
        "timeout",
        "to",
        "type",
        "until",
        "url_name",
        "viewBox",
        "viewbox",
        "weight",
        "width",
        "{http://www.w3.org/XML/1998/namespace}space",
    ]
)
OF_PROGRAMS = frozenset({"advanced_modules", "certificates_display_behavior", "course_image", "id", "language", "showanswer",
                         "show_correctness", "signature_image_path", "start", "type", "url_slug"})  # fmt: skip


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory) -> Path:
    """Our course in the pseudo-language."""
    folder = tmp_path_factory.mktemp("pseudo")
    missing = localized(shipped_course(), pseudo_memory(shipped_course(), folder / "translations"), folder / "course")
    assert missing == []
    return folder / "course"


@pytest.fixture
def spanish(tmp_path) -> Path:
    """The tiny course in Spanish."""
    localized(TINY, Memory(MEMORY, languages(MEMORY)["es-419"]), tmp_path / "course")
    return tmp_path / "course"


def plain_in(root) -> list[str]:
    """Words in plain letters in a tree of XML or HTML."""
    found = []
    for node in root.iter(etree.Element):
        if node.tag in ("code", "style", "script"):
            continue
        found += [f"{name}={value}" for name, value in node.attrib.items() if name not in OF_MACHINES and PLAIN.search(value)]
        found += [text.strip() for text in (node.text, *(child.tail for child in node)) if text and PLAIN.search(text)]
    return found


@pytest.mark.content
def test_no_plain_letter_is_left_in_the_whole_course(pseudo):
    looked, left = 0, {}
    for path in sorted(pseudo.rglob("*")):
        name = path.relative_to(pseudo).as_posix()
        if name.startswith(("static/", "assets/")) or not path.is_file():
            continue
        if path.suffix == ".html":
            page = html.fromstring(f"<div>{path.read_text(encoding='utf-8')}</div>")
            for drawing in page.xpath("//svg//text[string-length(.) = 2]"):
                drawing.text = ""  # the codes of states on a map
            found = plain_in(page)
        elif path.suffix == ".xml" and name != "course.xml":
            found = plain_in(etree.fromstring(path.read_bytes(), parser()))
        else:
            continue
        looked += 1
        if found:
            left[name] = found
    assert left == {} and looked > 400
    assert plain_in(html.fromstring((shipped_course() / "tabs/faq.html").read_text(encoding="utf-8"))), "English would be seen"


@pytest.mark.content
def test_no_plain_letter_is_left_in_the_policies(pseudo):
    def words(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                if key == "discussion_topics":
                    yield name
                yield from words(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from words(inner, key)
        elif isinstance(value, str) and key not in OF_PROGRAMS:
            yield value

    policy = json.loads((pseudo / "policies/v1-xa/policy.json").read_text(encoding="utf-8"))
    told = list(words(policy))
    assert len(told) > 30 and [each for each in told if PLAIN.search(each)] == []
    grading = json.loads((pseudo / "policies/v1-xa/grading_policy.json").read_text(encoding="utf-8"))
    kinds = {grader["type"] for grader in grading["GRADER"]}
    assert not any(PLAIN.search(kind) for kind in kinds)
    course = read(pseudo)
    assert {block.setting("format") for block in course.blocks("sequential") if block.switch("graded")} == kinds


@pytest.mark.content
def test_links_names_and_files_are_those_of_the_source(pseudo):
    ours, theirs = read(shipped_course()), read(pseudo)
    assert [block.url_name for block in ours.blocks()][1:] == [block.url_name for block in theirs.blocks()][1:]
    for folder in ("html", "tabs", "problem"):
        for path in sorted((shipped_course() / folder).iterdir()):
            links = [re.findall(r'(?:href|src|data-authority)="[^"]*"', (root / folder / path.name).read_text(encoding="utf-8"))
                     for root in (shipped_course(), pseudo)]  # fmt: skip
            assert links[0] == links[1], path.name


@pytest.mark.content
def test_drawings_are_drawn_in_the_language(pseudo):
    page = (pseudo / "html/m08-how-to-intervene-u1-law.html").read_text(encoding="utf-8")
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert "Šííĝñááļ" in drawn and "Signal" not in drawn and 'data-graphic="ladder"' in page


@pytest.mark.content
def test_what_the_blocks_say_of_a_translated_course_is_sound(pseudo):
    course = outline()
    memory = Memory(pseudo.parent / "translations", type(shipped_languages()["es-419"])("en-xa", "", "xa", "-xa"))
    keeps = in_language(course, memory.language, memory.translations())
    by_form = {"CX041", "CX050"}  # how long an answer is changes with its vowels
    assert [problem for problem in problems_of(pseudo, keeps) if problem.code not in by_form] == []


def test_a_translation_is_a_course_of_its_own(spanish):
    own = identity(spanish)
    assert own.key == identity(TINY).key + "-es" and own.title == "Mínimo"
    policy = json.loads((spanish / "policies/run1-es/policy.json").read_text(encoding="utf-8"))
    assert policy["course/run1-es"]["language"] == "es"
    assert [path.name for path in (spanish / "policies").iterdir()] == ["run1-es"]
    assert problems_of(spanish) == []


def test_pictures_and_other_files_come_along_and_those_of_the_language_stand_for_them(tmp_path):
    shutil.copytree(MEMORY, tmp_path / "translations")
    own = tmp_path / "translations/es-419/static/dot.png"
    own.parent.mkdir()
    own.write_bytes(b"punto")
    localized(TINY, Memory(tmp_path / "translations", languages(MEMORY)["es-419"]), tmp_path / "course")
    assert (tmp_path / "course/static/dot.png").read_bytes() == b"punto"


def test_captions_of_the_language_come_first(tmp_path):
    shutil.copytree(TINY, tmp_path / "tiny")
    unit = tmp_path / "tiny/vertical/page.xml"
    film = (
        '<dti_video url_name="f"><film src="/static/f.mp4"/>\n  <captions lang="en" src="/static/f.en.vtt"/>\n'
        '  <captions lang="fr" src="/static/f.fr.vtt"/>\n  <captions lang="es-419" src="/static/f.es-419.vtt"/></dti_video>'
    )
    unit.write_text(f'<vertical display_name="A page">{film}</vertical>', encoding="utf-8")
    localized(tmp_path / "tiny", Memory(MEMORY, languages(MEMORY)["es-419"]), tmp_path / "course")
    node = etree.fromstring((tmp_path / "course/vertical/page.xml").read_bytes())
    assert [one.get("lang") for one in node.iter("captions")] == ["es-419", "en", "fr"]
    assert [one.get("src")[8:] for one in node.iter("captions")] == ["f.es-419.vtt", "f.en.vtt", "f.fr.vtt"]


def test_what_has_no_translation_stays_english_is_marked_and_listed(tmp_path):
    shutil.copytree(MEMORY, tmp_path / "translations")
    po = tmp_path / "translations/es-419/course.po"
    po.write_text(po.read_text(encoding="utf-8").replace('msgstr "Te damos la bienvenida"', 'msgstr ""'), encoding="utf-8")
    missing = localized(TINY, Memory(tmp_path / "translations", languages(MEMORY)["es-419"]), tmp_path / "course")
    assert list(untranslated(missing)) == ["html/text.html: Welcome"]
    assert '<span lang="en">Welcome</span>' in (tmp_path / "course/html/text.html").read_text(encoding="utf-8")


def test_a_translation_for_one_file_wins_there(tmp_path):
    shutil.copytree(MEMORY, tmp_path / "translations")
    po = tmp_path / "translations/es-419/course.po"
    po.write_text(
        po.read_text(encoding="utf-8") + '\nmsgctxt "html/text.html"\nmsgid "Welcome"\nmsgstr "Pasa"\n', encoding="utf-8"
    )
    localized(TINY, Memory(tmp_path / "translations", languages(MEMORY)["es-419"]), tmp_path / "course")
    assert "Pasa" in (tmp_path / "course/html/text.html").read_text(encoding="utf-8")


def test_the_archive_is_built_and_is_the_same_each_time(tmp_path, capsys):
    archives = []
    for number in (1, 2):
        into = tmp_path / str(number)
        assert main(["build", str(TINY), "--into", str(into), "--language", "es-419", "--memory", str(MEMORY)]) == 0
        archives.append(Path(capsys.readouterr().out.strip()))
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with tarfile.open(archives[0]) as tar:
        page = tar.extractfile("course/html/text.html").read().decode()
        assert "Te damos la bienvenida" in page
        assert b'url_name="run1-es"' in tar.extractfile("course/course.xml").read()


def test_a_language_that_is_not_there_is_refused(tmp_path, capsys):
    assert main(["build", str(TINY), "--into", str(tmp_path), "--language", "fr", "--memory", str(MEMORY)]) == 2
    assert "There is no language fr. There are: es-419." in capsys.readouterr().err
    assert main(["build", str(TINY), "--into", str(tmp_path), "--language", "fr", "--memory", str(tmp_path)]) == 2
    assert "languages.toml cannot be read" in capsys.readouterr().err


def test_what_is_missing_is_listed_on_standard_error(tmp_path, capsys):
    shutil.copytree(MEMORY, tmp_path / "translations")
    (tmp_path / "translations/es-419/course.po").unlink()
    assert main(["validate", str(TINY), "--language", "es-419", "--memory", str(tmp_path / "translations")]) == 0
    assert "texts have no translation and stay as they are:" in capsys.readouterr().err


def test_the_key_of_a_shipped_translation_is_known():
    source, language = translation_of("DTI+DTI101+v1-es")
    assert source == outline() and language.code == "es-419"
    assert outline_of("DTI+DTI101+v1-es").language == "es" and outline_of("DTI+DTI101+refresher-es") is not None
    assert translation_of("DTI+DTI101+v1") is None and outline_of("DTI+DTI101+v2-es") is None
    assert (SHIPPED / "languages.toml").is_file()


def test_what_is_shipped_in_spanish_is_called_after_its_source(tmp_path):
    (tmp_path / "course.xml").write_text('<course url_name="v1-es" org="DTI" course="DTI101"/>', encoding="utf-8")
    own = identity(tmp_path)
    assert own.is_shipped and own.slug == "duty-to-intervene-es-419" and own.version == identity(shipped_course()).version
