"""What the platform takes from a case-law block: for its mobile apps, its course search and its reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from ...case_law.progress import CHECKED, ENDED, OPENED, STEPS
from ...pages.case_law.plain_data import plain_authority
from ...records.tables import safe_cell
from .host import ReadingListHost
from .progress import FIELDS
from .reading_list import ReadingList


def for_apps(block: ReadingListHost) -> dict[str, Any]:
    """The whole list for the mobile apps, to be read without a connection. The answers of the questions are not in it."""
    reading_list = ReadingList(block)
    return {
        "title": block.display_name,
        "packet_title": block.packet_title or block.display_name,
        "complete_when": block.complete_when,
        "authorities": [plain_authority(authority, reading_list.library) for authority in reading_list.authorities()],
    }


def for_search(block: ReadingListHost, of_platform: dict[str, Any]) -> dict[str, Any]:
    """What course search knows of the block; `of_platform` is what the platform itself has to say."""
    text = "\n".join(authority.plain_text for authority in ReadingList(block).authorities())
    content = {**of_platform.get("content", {}), "display_name": block.display_name, "text": text}
    return {**of_platform, "content": content, "content_type": "Case law"}


def report_rows(
    block: ReadingListHost, states: Iterable[Any], limit: int | None = None
) -> Iterator[tuple[str, dict[str, str | int | float]]]:
    """Rows of the platform's response report, (username, {title: cell}), of at most `limit` of `states`."""
    slugs = [authority.slug for authority in ReadingList(block).authorities()]
    titles = {
        OPENED: _("Authorities read"),
        ENDED: _("Authorities read to the end"),
        CHECKED: _("Check questions answered"),
    }
    for number, entry in enumerate(states):
        if limit is not None and number >= limit:
            return
        done = {step: set(slugs) & set(entry.state.get(FIELDS[step], [])) for step in STEPS}
        row: dict[str, str | int | float] = {titles[step]: f"{len(done[step])}/{len(slugs)}" for step in STEPS}
        row[_("Packet downloaded")] = _("yes") if entry.state.get("packet_downloaded") else _("no")
        row[_("Not yet read")] = safe_cell(", ".join(slug for slug in slugs if slug not in done[OPENED]))
        yield entry.username, row
