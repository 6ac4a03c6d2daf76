"""The server's side of the review's editor: the page, its words, and how a review stands that is not saved."""

import pytest

from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.studio.kit.form import form_words
from dti_xblocks.studio.review.words import review_words
from tests.browser_words import said_in
from tests.runtime import LEARNER, again, make_block, page, post_json
from tests.studio.pages import data_of

PROMPT = "<prompt><p>What helped?</p></prompt>"


def make(content=PROMPT, **options):
    return make_block(ReviewBlock, content, studio="handler", **options)


def checked(content, title="Our review"):
    return post_json(make(), "studio_check", {"content": content, "settings": {"display_name": title}})


def test_the_page_is_a_form_that_stands_alone_and_knows_how_the_review_stands():
    block = make()
    markup = page(block, "studio_view")
    assert '<form method="post"' in markup and 'name="display_name"' in markup and "What helped?" in markup
    data = data_of(markup)
    assert "studio_check" in data["check"] and data["checked"]["problems"] == []
    assert "What helped?" in data["checked"]["preview"]


def test_every_word_that_the_script_says_is_there():
    words = {**form_words(), **review_words()}
    assert said_in("review-studio") - set(words) == set()
    by_name = {"prompt", "promptHelp", "xml", "moveUp", "moveDown"}  # asked for by a name that is made at run time
    assert set(review_words()) - said_in("review-studio") <= by_name


def test_the_preview_is_the_learners_page_of_what_is_not_saved():
    answer = checked("<prompt><p>What was <em>missing</em>?<script>x</script></p></prompt>", title="Tell us <all>")
    preview = answer.json["preview"]
    assert "What was <em>missing</em>?" in preview and "Tell us &lt;all&gt;" in preview and 'name="stars"' in preview
    assert "<script" not in preview and "For course staff" not in preview
    assert "How was this course for you?" in checked("").json["preview"], "the usual question"
    assert again(make()).content == PROMPT, "nothing was saved"


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("", "RV001", "learners are asked the usual one"),
        (PROMPT * 2, "RV002", "Keep one"),
        (PROMPT + "<odd/>", "RV003", "no meaning in a review"),
        ('<prompt by="x"><p>What?</p></prompt>', "RV004", "no effect"),
        (PROMPT + "loose", "RV005", "outside of the question"),
    ],
)
def test_problems_are_said_in_the_words_of_the_form(content, code, says):
    (problem,) = checked(content).json["problems"]
    assert problem["code"] == code and says in problem["message"] and "<" not in problem["message"]


def test_text_that_cannot_be_read_is_said():
    answer = checked("<prompt>").json
    assert answer["preview"] == "" and answer["problems"][0]["code"] == "RV000"


def test_a_damaged_or_too_large_question_is_refused_and_learners_get_no_answer():
    for body in ({"content": 1, "settings": {}}, {"content": "", "settings": {"display_name": 1}}, {"content": ""}, []):
        assert post_json(make(), "studio_check", body).status_code == 400
    assert checked(" " * 200_001).status_code == 413
    learner = make_block(ReviewBlock, PROMPT, user=LEARNER)
    assert post_json(learner, "studio_check", {"content": "", "settings": {}}).status_code == 403
