"""Search over the whole library."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...case_law.facets import Filters
from ...content import whole_number
from ...pages.case_law.search import FILTERS, results_screen
from ...platform.learner import Learner
from ..base import RefusedError, reading
from .host import ReadingListHost
from .visit import Visit

LONGEST_QUERY = 200
PAGE = 20  # results shown at first, and with each "more"


@reading
def find(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> SafeString:
    """What answers the words `q` among everything in the library, narrowed by the filters, at least `PAGE` of them and `more`."""
    if not block.search:
        raise RefusedError(_("Search is switched off in this list."), 403)
    visit = Visit(block, learner)
    words = " ".join(query.get("q", "").split())[:LONGEST_QUERY]
    chosen = {name: query.get(name, "")[:100] for name in FILTERS}
    library = visit.reading_list.library
    results = library.find(words, Filters(**chosen))
    shown = _number(query.get("more", ""), PAGE, len(results.hits))
    return results_screen(
        visit.around(),
        library,
        words,
        chosen,
        results,
        shown=shown,
        steps=visit.progress.steps(),
        listed={authority.slug for authority in visit.reading_list.authorities()},
        more=str(shown + PAGE) if shown < len(results.hits) else "",
    )


def _number(text: str, least: int, most: int) -> int:
    """The number in `text`, from `least` to `most`."""
    return max(least, min(whole_number(text, digits=6) or 0, most))
