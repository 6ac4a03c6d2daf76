"""Somebody else's course runs nothing on this machine."""

import json
import time

import pytest
from django.test import override_settings

from tests.course.preview.made import PROBLEM, every_page, in_a_unit

SYMBOLIC = (
    '<problem url_name="p"><symbolicresponse expect="{expect}"><textline math="1"/></symbolicresponse></problem>'
    '<html url_name="h"><p>After it.</p></html>'
)


def mathml(text):
    return f"<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>{text}</mi></math>"


@pytest.mark.parametrize("who", ["learner", "staff", "studio"])
@pytest.mark.parametrize("place", ["course", "answer"])
def test_symbolic_mathematics_runs_nothing(preview, tmp_path, place, who):
    mark = tmp_path / "run"
    harm = f"__import__('os').system('touch {mark}')"
    visitor = preview({"course.xml": in_a_unit(SYMBOLIC.format(expect=harm if place == "course" else "x"))}, who)
    page = visitor.unit("u")
    assert "This problem contains Python. The preview runs it only" in page
    assert "After it." in page
    given = harm if place == "answer" else "x"
    answer = visitor.client.post(
        visitor.handler("p", "xmodule_handler", "problem_check"),
        {"input_p_2_1": given, "input_p_2_1_dynamath": mathml(given)},
    )
    assert answer.status_code == 200
    assert "DTI_PREVIEW_RUN_PYTHON=1" in answer.json()["success"]
    for dispatch in ("problem_show", "problem_get", "problem_reset"):
        visitor.client.post(visitor.handler("p", "xmodule_handler", dispatch), {})
    assert not mark.exists()
    assert visitor.records().scores() == {}, "an answer that was not looked at is not wrong"


def test_symbolic_mathematics_runs_for_who_trusts_the_course(preview):
    visitor = preview({"course.xml": in_a_unit(SYMBOLIC.format(expect="x"))})
    with override_settings(DTI_PREVIEW_RUN_PYTHON=True):
        assert "This problem contains Python" not in visitor.unit("u")
        data = {"input_p_2_1": "x", "input_p_2_1_dynamath": mathml("x")}
        answer = visitor.client.post(visitor.handler("p", "xmodule_handler", "problem_check"), data)
    assert answer.json()["success"] == "correct"


def test_every_door_to_eval_is_closed():
    import symmath
    from xblocks_contrib.problem.capa import responsetypes

    from dti_xblocks.course.preview.graders import NotRunError, guard

    guard()  # a second time changes nothing
    for check in (responsetypes.symmath_check, symmath.symmath_check):
        with pytest.raises(NotRunError):
            check("x", "x")
    with pytest.raises(NotRunError):
        symmath.my_sympify("x")
    with pytest.raises(NotRunError):
        symmath.formula("x").sympy  # noqa: B018 - a property that evaluates


@pytest.mark.parametrize(
    "response",
    [
        '<script type="loncapa/python">{harm}</script><numericalresponse answer="1"><textline/></numericalresponse>',
        '<customresponse><textline/><answer type="loncapa/python">{harm}</answer></customresponse>',
        '<customresponse expect="{harm}"><textline/></customresponse>',
        '<schematicresponse><schematic/><answer type="loncapa/python">{harm}</answer></schematicresponse>',
        '<numericalresponse answer="{harm}"><responseparam type="tolerance" default="{harm}"/><textline/></numericalresponse>',
        '<formularesponse type="cs" samples="x@1:2#3" answer="{harm}"><textline/></formularesponse>',
        '<optionresponse><optioninput options="({harm},\'a\')" correct="a"/></optionresponse>',
        "<coderesponse><textbox/><codeparam><grader_payload>{harm}</grader_payload></codeparam></coderesponse>",
        '<externalresponse url="http://127.0.0.1:9/"><textbox/><answer>{harm}</answer></externalresponse>',
        '<stringresponse answer="x"><textline/><hintgroup hintfn="f"/></stringresponse>',
    ],
)
def test_other_responses_run_nothing_either(preview, tmp_path, response):
    mark = tmp_path / "run"
    harm = f"__import__('os').system('touch {mark}')"
    visitor = preview({"course.xml": in_a_unit(f'<problem url_name="p">{response.format(harm=harm)}</problem>')})
    every_page(visitor)
    for dispatch in ("problem_check", "problem_get", "problem_show"):
        answer = visitor.client.post(visitor.handler("p", "xmodule_handler", dispatch), {"input_p_2_1": harm})
        assert "Traceback" not in answer.content.decode()
    assert not mark.exists()


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        (
            "<coderesponse><textbox/><codeparam><grader_payload>x</grader_payload></codeparam></coderesponse>",
            "the preview has no external grader",
        ),
        (
            '<externalresponse url="http://127.0.0.1:9/"><textbox/><answer>x</answer></externalresponse>',
            "a server elsewhere, which the preview does not call",
        ),
        (
            '<formularesponse type="cs" samples="x@1:2#1000000000" answer="x"><textline/></formularesponse>',
            "more samples of its formula than the preview computes (1000)",
        ),
    ],
)
def test_what_cannot_be_graded_is_a_sentence(preview, response, sentence):
    visitor = preview({"course.xml": in_a_unit(f'<problem url_name="p">{response}</problem>')})
    assert sentence in json.dumps(visitor.answer("p", "x"), ensure_ascii=False)


@pytest.mark.parametrize("formula", ["9^9^9^9", "fact(100000000)", "fact(170)^fact(170)"])
def test_a_number_that_takes_years_is_not_computed(preview, formula):
    visitor = preview({"course.xml": in_a_unit(PROBLEM)})
    start = time.process_time()
    assert visitor.answer("p", formula)["success"] not in ("correct", "incorrect")
    assert time.process_time() - start < 10
    assert visitor.answer("p", "2^10 - fact(6) - 303")["success"] == "correct"
