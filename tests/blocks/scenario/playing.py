"""The scenario block as a browser plays it, for tests."""

import re
from pathlib import Path

from dti_xblocks.records import models
from dti_xblocks.scenario_block import ScenarioBlock
from tests.runtime import again, make_block, page, post
from tests.scenario.example import CONTENT

COURSE = Path(__file__).parents[3] / "course_export"
BROKEN = CONTENT.replace('to="stairs"', 'to="nowhere"')


def make(content=CONTENT, **options):
    return make_block(ScenarioBlock, content, **options)


def hidden_fields(html: str) -> dict:
    """The hidden fields of the form on the page, as a browser would send them."""
    return {name: value for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html) if "csrf" not in name}


def reset(block) -> None:
    """What "delete learner's state" does."""
    for key in [key for key in block.runtime.place.store.db_dict if key.user_id]:
        block.runtime.place.store.delete(key)


def without_links(html: str) -> str:
    """`html` without the marks of links and of languages, as a reader's eyes have it."""
    seen = re.sub(r'<span class="dti-sr">[^<]*</span>|</?a\b[^>]*>', "", html)
    return re.sub(r'<span lang="en">([^<]*)</span>', r"\1", seen).replace('<cite lang="en">', "<cite>")


def went_on(block) -> str:
    """The screen that is present, after what came of the last decision was left if it was still shown."""
    html = page(again(block))
    return gone_on(block, html).json["html"] if "data-dti-feedback" in html else html


def gone_on(block, came: str):
    """The answer to *Continue* on `came`, what came of a decision; at an ending, to having read how the story ends, too."""
    answer = post(again(block), "go_on", hidden_fields(came))
    end = hidden_fields(answer.json["html"])
    return post(again(block), "go_on", end) if end.get("beat") == "end" else answer


def choose(block, choice, **changes):
    return post(block, "choose", {**hidden_fields(went_on(block)), "choice": choice, **changes})


def play(block, path, handler="begin"):
    """Play `path` as a browser would, each request on a freshly loaded block; the last answer, to having gone on."""
    answer = post(again(block), handler, hidden_fields(page(again(block))))
    for scene, choice in path:
        fields = hidden_fields(answer.json["html"])
        assert fields["scene"] == scene
        answer = post(again(block), "choose", {**fields, "choice": choice})
        assert answer.status_code == 200, answer.text
        answer = gone_on(block, answer.json["html"])
    return answer


def runs_of(block):
    return list(models.ScenarioRun.objects.filter(usage_key=str(block.scope_ids.usage_id)))
