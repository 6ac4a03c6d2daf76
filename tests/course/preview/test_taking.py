"""Answers, grades, completion: what is kept and by which rules."""

import pytest

from dti_xblocks.course.preview.grading import rounded
from dti_xblocks.course.preview.models import BlockState, Event, Score


def test_right_wrong_and_partly_right(learner):
    assert learner.answer("one-of-three", "choice_0")["current_score"] == 0
    result = learner.answer("one-of-three", "choice_1")
    assert (result["success"], result["current_score"]) == ("correct", 1)
    assert "Right: two is even." in result["contents"]
    assert learner.answer("several", ["choice_0", "choice_1"])["current_score"] == 2
    assert learner.answer("dropdown", "Steam")["success"] == "correct"
    result = learner.answer("numbers-problem", "3.14159", "green")
    assert result["current_score"] == 2, "one of two responses right, worth four points together"
    assert learner.answer("numbers-problem", "3.139", "AZURE")["current_score"] == 4
    assert learner.answer("formula", "x*x")["success"] == "correct"
    assert learner.answer("practice-problem", "paris")["success"] == "correct"


def test_partial_credit(learner):
    result = learner.answer("several", ["choice_0"])
    assert 0 < result["current_score"] < 2


def test_attempts_run_out(learner):
    learner.answer("exam-problem", "choice_0")
    learner.answer("exam-problem", "choice_0")
    learner.answer("exam-problem", "choice_1", check=500)  # the block itself refuses a closed problem by an exception
    assert learner.records().scores()[learner.key("exam-problem")] == (0.0, 1.0)


def test_hints_and_answers_are_shown(learner):
    url = learner.handler("one-of-three", "xmodule_handler", "hint_button")
    assert "Divide by two." in learner.client.post(url, {"hint_index": "0"}).json()["msg"]
    learner.answer("one-of-three", "choice_0")
    learner.answer("one-of-three", "choice_0")
    shown = learner.client.post(learner.handler("one-of-three", "xmodule_handler", "problem_show"), {}).json()
    assert "Two divides by two." in str(shown["answers"])


def test_the_grade_is_the_platforms(learner):
    text = learner.grade()
    assert "Your grade is 0%. The pass mark is 60%." in text
    assert "Not yet passed" in text
    learner.answer("one-of-three", "choice_1")  # 1 of 1
    learner.answer("several", ["choice_0", "choice_1"])  # 2 of 2
    learner.answer("dropdown", "Ice")  # 0 of 1
    learner.answer("numbers-problem", "3.14", "green")  # 2 of 4
    # Quiz one: 5 of 9 points = 56 %; quiz two: nothing yet; together 28 % of the 40 % for quizzes.
    text = learner.grade()
    assert "Quiz one Quiz 5/9 56% No" in text
    assert "Quiz 40% 28% 11.2%" in text
    assert "Your grade is 11%." in text
    learner.answer("exam-problem", "choice_1")
    assert "Exam Exam 10/10 100% Yes" in learner.grade()
    text = learner.grade()
    assert "Your grade is 71%." in text
    assert "Passed" in text and "Not yet passed" not in text
    assert "Practice practice 0/1 0%" in text, "a subsection that is not graded counts for nothing"


def test_a_drawn_problem_counts_alone(learner):
    text = learner.grade()
    assert "Quiz two Quiz 0/1" in text


def test_people_have_grades_of_their_own(learner, visit):
    learner.answer("exam-problem", "choice_1")
    assert "Your grade is 60%." in learner.grade()
    assert "Your grade is 0%." in visit("second").grade()
    visit("second").answer("exam-problem", "choice_0")
    assert "Your grade is 60%." in learner.grade()


def test_a_page_left_open_acts_for_whom_it_was_shown_to(visit):
    visitor = visit("learner")
    handler = visitor.handler("exam-problem", "xmodule_handler", "problem_check")
    visitor.client.post("/person", {"person": "second"})
    name = f"input_{visitor.tree.named('exam-problem').key.html_id()}_2_1"
    assert visitor.client.post(handler, {name: "choice_1"}).status_code == 200
    assert Score.objects.get().owner == "learner"


def test_reading_completes_and_answering_completes(learner):
    assert learner.completion()["percent"] == 0
    learner.unit("html-unit")
    learner.unit("choices")
    state = learner.completion()["units"]
    assert state["html-unit"] is True
    assert state["choices"] is False
    learner.answer("one-of-three", "choice_0")
    learner.answer("several", [])
    assert learner.completion()["units"]["choices"] is False
    learner.answer("dropdown", "Ice")
    assert learner.completion()["units"]["choices"] is True, "a wrong answer completes as well"
    assert learner.completion()["groups"] | {"quiz-one": False, "grading": False} == learner.completion()["groups"]


def test_the_video_completes_when_it_was_played(learner):
    learner.unit("video-unit")
    assert learner.completion()["units"]["video-unit"] is False
    answer = learner.client.post(
        learner.handler("clip", "publish_completion"), '{"completion": 1.0}', content_type="application/json"
    )
    assert answer.status_code == 200
    assert learner.completion()["units"]["video-unit"] is True


def test_a_unit_with_nothing_to_complete_is_complete_when_seen(learner):
    assert learner.completion()["units"]["nothing"] is False
    learner.unit("nothing")
    assert learner.completion()["units"]["nothing"] is True


def test_ticks_have_words(learner):
    learner.unit("html-unit")
    page = learner.unit("video-unit")
    assert page.count(">completed<") == 2, "in the sidebar and in the strip"
    assert page.count(">not completed<") > 2


def test_all_of_it_can_be_done(learner):
    for _chapter, _sequence, unit in learner.tree.units():
        if unit.key.block_id != "for-staff":
            learner.unit(unit.key.block_id)
    learner.client.post(learner.handler("clip", "publish_completion"), '{"completion": 1.0}', content_type="application/json")
    answers = {
        "one-of-three": ["choice_1"],
        "several": [["choice_0", "choice_1"]],
        "dropdown": ["Steam"],
        "numbers-problem": ["3.14", "blue"],
        "formula": ["x^2"],
        "drawn-1": ["1"],
        "drawn-2": ["1"],
        "drawn-3": ["1"],
        "exam-problem": ["choice_1"],
        "practice-problem": ["Paris"],
        "bare-problem": ["7"],
    }
    for problem, given in answers.items():
        learner.answer(problem, *given)
    assert learner.completion()["percent"] == 100
    assert "Your grade is 100%." in learner.grade()


def test_the_poll_and_the_cloud_count_everybody(learner, visit):
    assert learner.client.post(learner.handler("vote", "handle_submit_state"), "{}", content_type="application/json")
    for person, word in ((learner, "alpha"), (visit("second"), "beta")):
        answer = person.client.post(
            person.handler("cloud", "handle_submit_state"),
            f'{{"student_words": ["{word}"]}}',
            content_type="application/json",
        )
        assert answer.json()["total_count"] >= 1
    assert answer.json()["total_count"] == 2, "both learners' words are in the cloud"


def test_events_are_kept(learner):
    learner.answer("exam-problem", "choice_1")
    assert "problem_check" in set(Event.objects.values_list("name", flat=True))


def test_reset_asks_and_then_forgets_one_person(learner, visit):
    other = visit("second")
    for person in (learner, other):
        person.unit("html-unit")
        person.answer("exam-problem", "choice_1")
    assert "cannot be undone" in learner.page("/reset")
    assert learner.records().scores()
    assert learner.client.post("/reset")["Location"] == "/?reset=1"
    assert "has been reset" in learner.page("/?reset=1")
    assert learner.records().scores() == {}
    assert learner.records().completed() == {}
    assert not BlockState.objects.filter(owner="learner").exists()
    assert other.records().scores()
    assert learner.answer("exam-problem", "choice_0")["attempts_used"] == 1


def test_an_exception_in_a_handler_saves_nothing(learner, monkeypatch):
    learner.answer("exam-problem", "choice_0")
    cls = learner.tree.named("exam-problem").cls

    def fail(self, *args, **kwargs):
        self.attempts = 77
        self.runtime.publish(self, "grade", {"value": 1, "max_value": 1})
        self.save()
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(cls, "submit_problem", fail)
    monkeypatch.setattr(cls, "handle_ajax", lambda self, dispatch, data: self.submit_problem(data))
    learner.answer("exam-problem", "choice_1", check=500)
    monkeypatch.undo()
    assert learner.records().scores()[learner.key("exam-problem")] == (0.0, 1.0)
    assert learner.answer("exam-problem", "choice_1")["attempts_used"] == 2


def test_authored_fields_are_read_only_for_learners(learner, monkeypatch):
    cls = learner.tree.named("exam-problem").cls

    def write(self, dispatch, data):
        self.display_name = "Mine"
        return "{}"

    monkeypatch.setattr(cls, "handle_ajax", write)
    learner.answer("exam-problem", "choice_1", check=403)
    monkeypatch.undo()
    assert "The exam" in learner.unit("exam-unit")


def test_an_unknown_handler_is_refused_in_a_sentence(learner):
    answer = learner.client.post(learner.handler("from-file", "no_such_thing"), {})
    assert answer.status_code == 404
    assert learner.client.post("/xblock/nobody/x/y", {}).status_code == 404


@pytest.mark.parametrize(("value", "digits", "result"), [(0.125, 2, 0.13), (0.124, 2, 0.12), (0.5, 0, 1), (79.95, 0, 80)])
def test_grades_round_half_away_from_zero(value, digits, result):
    assert rounded(value, digits) == result


def test_a_block_can_ask_how_its_learner_stands_in_another_part(learner, visit):
    from dti_xblocks.course.preview import database
    from dti_xblocks.course.preview.people import person_named
    from dti_xblocks.course.preview.runtime import PreviewRuntime

    def result(who, name):
        with database.writing():
            return PreviewRuntime(learner.tree, person_named(who)).course_result(name)

    quiz = learner.tree.named("one-of-three")
    while quiz.block_type != "sequential":
        quiz = learner.tree.blocks[quiz.parent]
    assert result("learner", quiz.key.block_id) == ("Quiz one", 0, 9, False)
    learner.answer("one-of-three", "choice_1")
    assert result("learner", quiz.key.block_id) == ("Quiz one", 1, 9, True)
    assert result("learner", "one-of-three")[1:] == (1, 1, True)
    assert result("second", quiz.key.block_id) == ("Quiz one", 0, 9, False)
    assert result("learner", "no-such-part") is None
