"""Files: the course's, the blocks' and the page's own."""

import html
import re
from urllib.parse import quote

import pytest

from dti_xblocks.course.cli import problems_of
from tests.course.preview.made import in_a_unit


def body(answer) -> bytes:
    return answer.getvalue() if answer.streaming else answer.content


def test_byte_ranges(learner, course):
    whole = (course / "static" / "clip.webm").read_bytes()
    size = len(whole)
    answer = learner.get("/static/clip.webm")
    assert (answer.status_code, answer["Content-Type"], body(answer)) == (200, "video/webm", whole)
    assert answer["Accept-Ranges"] == "bytes"
    for asked, first, last in (
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, size - 1),
        ("bytes=-5", size - 5, size - 1),
        (f"bytes=5-{size * 2}", 5, size - 1),
    ):
        answer = learner.get("/static/clip.webm", HTTP_RANGE=asked)
        assert answer.status_code == 206, asked
        assert answer["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert answer["Content-Length"] == str(last - first + 1)
        assert body(answer) == whole[first : last + 1]
    answer = learner.get("/static/clip.webm", HTTP_RANGE=f"bytes={size}-")
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{size}")
    for asked in ("bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4"):
        assert learner.get("/static/clip.webm", HTTP_RANGE=asked).status_code == 200, asked


def test_transcripts_come_from_the_static_folder(learner):
    def transcript(suffix):
        return learner.get(learner.handler("clip", "transcript", suffix))

    assert sorted(transcript("available_translations").json()) == ["de", "en"]
    english = transcript("translation/en").json()
    assert english["text"] == ["A square turns.", "It stops."]
    assert (english["start"], english["end"]) == ([0, 1000], [1000, 2500])
    assert transcript("translation/de").json()["text"] == ["Ein Quadrat dreht sich."]
    assert transcript("translation/fr").status_code == 404
    assert b"Ein Quadrat" in transcript("download").content, "the language last chosen is remembered"
    assert b"A square turns." in transcript("download?lang=en").content


@pytest.mark.parametrize(
    "path",
    [
        "/static/../course.xml",
        "/static/..%2fcourse.xml",
        "/asset/..%2f..%2fetc%2fpasswd",
        "/page/../settings.py",
        "/page/..%2fsettings.py",
        "/page/vendor/input/..%2f..%2fpackage.json",
        "/resource/problem/problem/public/..%2f..%2fcapa_block.py",
        "/resource/problem/capa_block.py",
        "/resource/html/html.py",
        "/resource/course/settings.py",
    ],
)
def test_nothing_else_is_served(learner, path):
    assert learner.get(path).status_code == 404


def test_a_link_out_of_the_static_folder_is_not_followed(learner, course):
    (course / "static" / "link.txt").symlink_to("/etc/hostname")
    from dti_xblocks.course.preview.static_files import StaticFiles

    assert StaticFiles(course / "static").find("link.txt") is None
    assert StaticFiles(course / "static").find("clip.webm")


def test_block_resources_are_served_without_web_fonts(learner):
    sheet = learner.get("/resource/problem/problem/public/css/ProblemBlockDisplay.css")
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "text/css")
    assert b"fonts.googleapis" not in sheet.content
    script = learner.get("/resource/problem/problem/public/js/ProblemBlockDisplay.js")
    assert (script.status_code, script["Content-Type"]) == (200, "text/javascript")


def test_page_scripts_are_those_of_an_open_edx_page(learner):
    assert b"jQuery v2.2.3" in body(learner.get("/page/vendor/jquery.js"))
    assert b"Underscore.js 1.8.3" in body(learner.get("/page/vendor/underscore.js"))
    assert b"Font Awesome 4.7" in body(learner.get("/page/vendor/font-awesome.css"))
    for name in (
        "vendor/jquery-ui.js",
        "vendor/mathjax.js",
        "vendor/output/chtml/fonts/woff-v2/MathJax_Main-Regular.woff",
        "fonts/fontawesome-webfont.woff2",
        "js/capa/src/formula_equation_preview.js",
        "images/spinner.gif",
    ):
        assert learner.get(f"/page/{name}").status_code == 200, name


def test_mathjax_is_loaded_only_where_there_is_mathematics(learner):
    assert "mathjax.js" in learner.unit("numbers")
    assert "mathjax.js" not in learner.unit("exam-unit")


def test_a_page_of_the_course_cannot_act_as_the_preview(learner, course):
    (course / "static" / "page.html").write_text("<script>alert(1)</script>")
    from dti_xblocks.course.preview.course import LiveCourse

    learner.client.defaults["dti.preview"] = LiveCourse(course)
    answer = learner.get("/static/page.html")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "allow-same-origin" not in answer["Content-Security-Policy"]


def test_a_percent_encoded_link_finds_what_the_platform_finds(preview):
    """The platform looks for a file of just that name: validation says so (CX007), and the preview shows no picture either."""
    links = ("Caf%C3%A9.png", "Café.png", "a%20b.png", "a b.png", "100%25.png?x=%25#y%25", "100%.png")
    text = "".join(f'<img src="/static/{link}">' for link in links)
    files = {"static/Café.png": "x", "static/a b.png": "x", "static/100%.png": "x", "static/100%25.png": "literal"}
    visitor = preview({"course.xml": in_a_unit('<html url_name="h" filename="h"/>'), "html/h.html": text, **files})
    shown = [html.unescape(source) for source in re.findall(r'<img src="([^"]*)"', visitor.unit("u"))]
    found = [visitor.get(quote(source, safe="/%?=")).status_code for source in shown]
    assert dict(zip(links, found, strict=True)) == {
        "Caf%C3%A9.png": 404,
        "Café.png": 200,
        "a%20b.png": 404,
        "a b.png": 200,
        "100%25.png?x=%25#y%25": 200,
        "100%.png": 200,
    }
    assert body(visitor.get(shown[4].partition("#")[0])) == b"literal"
    dead = [problem.message for problem in problems_of(visitor.application.course.folder) if problem.code == "CX007"]
    assert len(dead) == 2 and "Caf%C3%A9.png" in dead[0] and "a%20b.png" in dead[1]
