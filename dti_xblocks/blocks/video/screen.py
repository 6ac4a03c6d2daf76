"""The film's screens: the film with its moments, or still by still."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...pages.notices import notice
from ...pages.video import views
from ...pages.video.words import unavailable
from ...platform.addresses import form_action, page_context
from ...platform.films import film_address
from ...platform.learner import Learner, in_studio, is_impersonated
from ...records.access import RecordsUnavailableError
from ...templating import render
from ...video import viewing as viewings
from ...video.model import Video
from ...video.viewing import Viewing
from . import score
from .host import VideoHost
from .loading import problems, share_wanted, spoken, video_of
from .report import sees_report
from .sitting import viewer_of, viewing_of

log = logging.getLogger(__name__)
ACTIONS = {name: name for name in ("watch", "answer", "turn_still", "change_mode")}


def screen(block: VideoHost, learner: Learner | None, viewing: Viewing | None = None, fresh: str = "") -> Any:
    """The present screen; of an act the `viewing` that it has made, and the moment just answered (`fresh`)."""
    video = video_of(block)
    if video is None:
        listing = render("dti/problems.html", {"problems": problems(block)}) if sees_report(block, learner) else ""
        return _joined(notice(_("This film is being edited. Please come back later.")), listing)
    is_view = viewing is None
    try:
        viewing = viewing_of(block, learner) if viewing is None else viewing
    except RecordsUnavailableError:
        log.exception("What was watched cannot be read: are the migrations of dti_records applied?")
        return notice(unavailable(learner is not None and learner.is_staff))
    if is_view and _is_there(block, learner) and viewings.is_complete(viewing, video, share_wanted(block)):
        score.report_completion(block)
    return _shown(block, video, viewing, fresh)


def progress_html(block: VideoHost, video: Video, viewing: Viewing) -> Any:
    """How much is watched and answered."""
    return views.progress(_seen(block, video, viewing), _context(block))


def _shown(block: VideoHost, video: Video, viewing: Viewing, fresh: str) -> Any:
    seen, context = _seen(block, video, viewing), _context(block)
    if block.by_stills and video.stills:
        still = min(max(0, block.still or 0), viewing.still, len(video.stills))
        return views.stills(seen, still, fresh, context)
    return views.film(seen, film_address(video.film.name), spoken(block, video), fresh, context)


def _is_there(block: VideoHost, learner: Learner | None) -> bool:
    """Whether this is the learner in person, where things count."""
    return learner is not None and viewer_of(block, learner) is not None and not is_impersonated(learner)


def _seen(block: VideoHost, video: Video, viewing: Viewing) -> views.Seen:
    return views.Seen(video, viewing, share_wanted(block), bool(block.weight))


def _context(block: VideoHost) -> dict[str, Any]:
    actions = {f"to_{name}": form_action(block, name) for name in ACTIONS}
    return {**page_context(block), **actions, "rehearses": in_studio(block)}


def _joined(first: str, second: str) -> Any:
    return format_html("{}{}", first, second)


def words(block: VideoHost) -> dict[str, str]:
    """What the block's script says."""
    return {
        "saving": _("Saving…"),
        "offline": _("The connection was lost. Your work is still on this page. Check the connection and try again."),
        "failed": _("Something went wrong on the server. Your work is still on this page. Please try again."),
        "signedOut": _("You seem to be signed out. Sign in again in another tab, then try again here."),
        "updated": _("Page updated."),
        "stepIn": _("Press Step in at the moment at which you would act. Space plays and pauses."),
        "practice": _("For practice: your first answer counts."),
        "jumpTo": _("Play from {time}"),
        "firstDecide": _("Decide or answer first: what comes after that can be watched then."),
        "showAnswers": _("Show my answers"),
        "hideAnswers": _("Hide my answers"),
        "otherWay": _("This is the other way. The film goes on afterwards."),
        "notCounted": _("What you watch cannot be saved at the moment. It is tried again."),
    }
