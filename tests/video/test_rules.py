"""Each rule of films, by an edit of the sound sample that breaks it and no other."""

import pytest

from dti_xblocks.video import olx, rules
from tests.video.samples import FILM

FEEDBACK = "<feedback>Why.</feedback>"
BROKEN = {
    "VD001": [('<film src="/static/film.mp4" poster="/static/film.jpg" seconds="12"/>', '<film seconds="12"/>')],
    "VD002": [("/static/film.mp4", "https://example.org/film.mp4")],
    "VD003": [(' seconds="12"', ' seconds="0"')],
    "VD004": [("<never>", "<never><feedback>A second.</feedback></never><never>")],
    "VD005": [("</tape>", "<odd/></tape>")],
    "VD006": [('id="knee"', 'id="knee" color="red"')],
    "VD007": [("</tape>", "loose words</tape>")],
    "VD008": [('<captions lang="en" src="/static/film-en.vtt"/>', ""), ('<captions lang="es" src="/static/film-es.vtt"/>', "")],
    "VD009": [('lang="es"', 'lang="en"')],
    "VD010": [('id="heard" at="2"', 'id="heard" at="two"')],
    "VD011": [('id="joke"', 'id="breath"')],
    "VD012": [('id="heard" at="2"', 'id="heard" at="12.5"')],
    "VD013": [('id="heard" at="2"', 'id="heard" at="4"')],
    "VD014": [('id="joke"', 'id="joke" correct="true"')],
    "VD015": [("<feedback>Listen again.</feedback>", "")],
    "VD016": [('until="7" points="2"', 'until="4" points="2"')],
    "VD017": [('until="9" points="1"', 'until="9" points="2"')],
    "VD018": [('<still at="9"', '<still at="8.5"')],
    "VD019": [('<still at="10.5"', '<still at="8"')],
    "VD020": [],
    "VD021": [('other="12 14"', 'other="8 10"')],
    "VD022": [("<never><feedback>Nobody acted.</feedback><followed>He died.</followed></never>", "")],
}


def broken(code: str) -> str:
    text = FILM
    for old, new in BROKEN[code]:
        assert old in text, old
        text = text.replace(old, new, 1)
    if code == "VD020":
        return '<film src="/static/film.mp4" seconds="12"/><captions lang="en" src="/static/film-en.vtt"/>'
    return text


@pytest.mark.parametrize("code", BROKEN)
def test_a_rule_finds_what_it_is_for_and_nothing_else_is_found(code):
    found = {problem.code for problem in olx.examine(broken(code))[1]}
    also = {"VD022": {"VD015"}, "VD016": {"VD018"}}.get(code, set())
    assert code in found and found <= {code, *also}, found


def test_every_rule_is_broken_here():
    assert rules.RULES.codes == sorted(BROKEN)


@pytest.mark.parametrize(
    "edit",
    [
        ('id="breath" correct="true"', 'id="breath"'),
        ('correct="true"', 'correct="yes"'),
        ("<prompt><p>What did you hear?</p></prompt>", ""),
        ("<text>A joke</text>", ""),
        ('<way id="wait"><text>Wait for a sergeant</text><feedback>There is no time.</feedback></way>', ""),
        ('kind="late"', 'kind="in-time"'),
        ('kind="early"', 'kind="soon"'),
        ('at="3" to="10"', 'at="3" to="2"'),
        ('id="knee"', 'id="Knee!"'),
        ('until="10"', 'until="9.5"'),
        ('points="2"', 'points="many"'),
        ('other="12 14"', 'other="12"'),
    ],
)
def test_what_could_not_be_judged_stops_learners(edit):
    assert edit[0] in FILM
    problems = olx.examine(FILM.replace(*edit, 1))[1]
    assert rules.stopping(problems) or any(problem.severity == "error" for problem in problems), problems


def test_where_a_problem_stands():
    [problem] = olx.examine(broken("VD013"))[1]
    assert (problem.where, problem.line, problem.severity) == ("heard", 11, "error")
