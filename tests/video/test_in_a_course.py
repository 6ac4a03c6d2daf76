"""A film in a course, as the course tool sees it: its rules, its caption files, its missing files."""

import tarfile
from argparse import Namespace

import pytest

from dti_xblocks.course.cli import main, problems_of
from dti_xblocks.course.films import delivery
from tests.video.samples import film_course


def found(root):
    return sorted((problem.code, problem.line) for problem in problems_of(root) if problem.code.startswith(("VD", "CX0")))


def test_a_course_with_the_film_of_the_tests_lacks_only_what_it_lacks(tmp_path):
    root = film_course(tmp_path / "course")
    assert [code for code, _line in found(root)] == ["CX007", "VD008"]  # the second film is lost, and has no captions


def test_caption_files_are_checked_at_the_line_that_names_them(tmp_path):
    root = film_course(tmp_path / "course")
    path = root / "static/film-es.vtt"
    path.write_text(path.read_text("utf-8").replace("00:05.200", "00:02.000"), "utf-8")
    problems = [problem for problem in problems_of(root) if problem.code == "VD032"]
    assert [(problem.where.split(" ")[0], problem.line) for problem in problems] == [("vertical/blocks.xml", 4)]
    assert "static/film-es.vtt, line 6" in problems[0].message


def test_what_an_author_wrote_wrongly_is_found(tmp_path):
    root = film_course(tmp_path / "course")
    path = root / "vertical/blocks.xml"
    path.write_text(path.read_text().replace('until="9"', 'until="6"').replace('weight="4"', 'weight="heavy"'))
    codes = {code for code, _line in found(root)}
    assert {"VD016", "CX024"} <= codes


def test_an_archive_may_be_built_without_the_films(tmp_path, capsys):
    root = film_course(tmp_path / "course")
    path = root / "vertical/blocks.xml"
    path.write_text(path.read_text().replace("/static/lost.mp4", "/static/film.mp4"))
    names = {}
    for folder, options in (("with", []), ("without", ["--without-films"])):
        assert main(["build", str(root), "--into", str(tmp_path / folder), *options]) == 0
        with tarfile.open(capsys.readouterr().out.strip()) as tar:
            names[folder] = set(tar.getnames())
    assert names["with"] - names["without"] == {"course/static/film.mp4"}


def test_a_course_in_spanish_is_shown_with_the_films_in_spanish(tmp_path):
    root = film_course(tmp_path / "course")
    english = (root / "static/film.mp4").read_bytes()
    delivery.put(root, "es-419")
    assert (root / "static/film.mp4").read_bytes() == english  # there is none
    (root / "static/film.es.mp4").write_bytes(b"in Spanish")
    delivery.put(root, "")
    assert (root / "static/film.mp4").read_bytes() == english
    delivery.put(root, "es-419")
    assert (root / "static/film.mp4").read_bytes() == b"in Spanish" and not (root / "static/film.es.mp4").exists()


@pytest.mark.parametrize(
    ("asked", "language", "which"), [(None, "", "en"), (None, "es-419", "es"), ("en", "es-419", "en"), ("all", "", "all")]
)
def test_films_go_with_the_language_of_the_course_unless_others_are_asked_for(asked, language, which):
    assert delivery.chosen(Namespace(films=asked, language=language)) == which


def test_a_film_in_spanish_goes_where_its_film_goes():
    assert delivery.stands_for("film-yours.es.mp4") == "film-yours.mp4"
    assert delivery.stands_for("film-yours.mp4") == "film-yours.mp4" and delivery.stands_for("map.es.webp") == "map.es.webp"


def test_an_archive_has_the_films_in_the_language_that_is_asked_for(tmp_path, capsys):
    root = film_course(tmp_path / "course")
    path = root / "vertical/blocks.xml"
    path.write_text(path.read_text().replace("/static/lost.mp4", "/static/film.mp4"))
    (root / "static/film.es.mp4").write_bytes(b"in Spanish")
    found = {}
    for which in ("none", "en", "es", "all"):
        assert main(["build", str(root), "--into", str(tmp_path / which), "--films", which]) == 0
        with tarfile.open(capsys.readouterr().out.strip()) as tar:
            found[which] = {
                name.removeprefix("course/static/"): tar.extractfile(name).read()
                for name in tar.getnames()
                if name.endswith(".mp4")
            }
    english = (root / "static/film.mp4").read_bytes()
    assert found == {
        "none": {}, "en": {"film.mp4": english}, "es": {"film.mp4": b"in Spanish"},
        "all": {"film.mp4": english, "film.es.mp4": b"in Spanish"},
    }  # fmt: skip
