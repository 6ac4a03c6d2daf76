"""No word of the editors in Studio is left untranslated: their forms, what their scripts say, and their pages without a script."""

import pytest

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.video_block import VideoBlock
from tests.activity.samples import SORT
from tests.pledge.samples import PLEDGE
from tests.pseudo.plain import STATES, greek, may_stay, plain, plain_words
from tests.runtime import STAFF, make_block, page, view
from tests.scenario.timed import CONTENT
from tests.video.samples import FILM

pytestmark = pytest.mark.once

BLOCKS = {
    ActivityBlock: greek(SORT),
    CaseLawBlock: '<authority ref="graham-v-connor"/>',
    PledgeBlock: greek(PLEDGE),
    ReviewBlock: greek("<prompt><p>How was it?</p></prompt>"),
    ScenarioBlock: greek(CONTENT),
    VideoBlock: greek(FILM),
}
each_block = pytest.mark.parametrize("cls", BLOCKS)
# Elements, attributes and ids that an author writes as they are, and files.
WRITTEN = may_stay(
    "static png jpg mp4 vtt seal street name value cite blockquote strong exam url final assessment https Cir "
    "Graham Connor early time late too DTI Esc Ctrl jpeg"
)


def in_studio(cls):
    return make_block(cls, BLOCKS[cls], user=STAFF, studio=True, display_name="τιτλε")


@each_block
def test_the_form(cls):
    assert plain(page(in_studio(cls), "studio_view"), WRITTEN) == []


@each_block
def test_what_the_script_says(cls):
    words = view(in_studio(cls), "studio_view").json_init_args["words"]
    assert len(words) > 40
    assert plain_words(words, WRITTEN) == []


@each_block
def test_the_unit_in_studio(cls):
    assert plain(page(in_studio(cls)), STATES) == []
