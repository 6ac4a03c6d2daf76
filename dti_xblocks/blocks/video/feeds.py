"""What other parts of the platform get of a film: the mobile apps, and search."""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags

from ...video.model import Video
from .host import VideoHost
from .loading import video_of


def student_view_data(block: VideoHost, context: object = None) -> dict[str, Any]:
    """For the blocks API: the film and its captions, and how many moments there are. Nothing of what they ask, or when."""
    video = video_of(block) or Video()
    return {
        "title": block.display_name,
        "film": video.film.src,
        "poster": video.film.poster,
        "seconds": video.film.seconds,
        "captions": {one.lang: one.src for one in video.captions},
        "stills": len(video.stills),
        "moments": len(video.moments),
    }


def searched(block: VideoHost) -> str:
    """The words that search may find: of the stills, and what is asked. No answer, and nothing that follows one."""
    video = video_of(block) or Video()
    said = [*(still.text for still in video.stills), *(moment.prompt for moment in video.moments)]
    return " ".join(strip_tags(one).strip() for one in said if one)
