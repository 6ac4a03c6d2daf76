"""Somebody who takes a film still by still, and decides as well as one can."""

from __future__ import annotations

import re

from dti_xblocks.video import olx
from dti_xblocks.video.model import Question

ONWARD = re.compile(r"^(Next|To the end|Let it go on)$")
A_WHILE = 60  # seconds: enough to read any still


def read_film(visitor, child) -> list[str]:
    """Read the film of the block `child` to its end, in a preview whose time `visitor.forward` lets pass."""
    where, video = visitor.block(child), olx.from_element(child.node)
    where.get_by_role("button", name="Save data: still by still").click()
    for number, still in enumerate(video.stills):
        where.get_by_text(f"Still {number + 1} of {len(video.stills)}").wait_for()
        for moment in video.moments:
            section = where.locator(f"[data-dti-moment='{moment.id}']:not([data-answered])")
            if not section.count():
                continue
            if isinstance(moment, Question):
                for choice in moment.choices:
                    if choice.correct:
                        section.locator(f"[name=choice][value='{choice.id}']").check()
                section.get_by_role("button", name="Answer", exact=True).click()
            else:
                window = moment.window_at(max(still.at, moment.at))
                if window.points < max(one.points for one in moment.windows):
                    continue
                section.locator(f"[name=way][value='{max(moment.ways, key=lambda way: way.points).id}']").check()
                section.get_by_role("button", name="Step in now").click()
            where.locator(f"[data-dti-moment='{moment.id}'][data-answered]").wait_for()
        visitor.forward(A_WHILE)
        where.get_by_role("button", name=ONWARD).click()
    where.get_by_text("The end of the film").wait_for()
    return []
