"""What the objects of this room need of the block: its fields, and its place in the course."""

from __future__ import annotations

from typing import Any, Protocol

from ...platform.where import Where


class ReadingListHost(Protocol):
    """A case-law block, as this room knows it. See the fields of `CaseLawBlock` for what each means."""

    scope_ids: Any
    runtime: Any
    content: str
    # settings of the author
    display_name: str
    packet_title: str
    complete_when: str
    search: bool
    notes: bool
    jurisdiction_panel: bool
    packets: bool
    agency_name: str
    agency_logo: str
    # state of the learner
    read_refs: list[str]
    ended_refs: list[str]
    checked_refs: list[str]
    packet_downloaded: bool
    dti_jurisdiction: str

    @property
    def where(self) -> Where:
        """The course and the place in it."""
