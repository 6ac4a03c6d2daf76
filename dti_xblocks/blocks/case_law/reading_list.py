"""What the author placed in a block, over the library of the site."""

from __future__ import annotations

import functools

from django.utils.translation import gettext as _

from ...case_law import jurisdiction, olx, rules
from ...case_law.jurisdiction import Home
from ...case_law.library import Library
from ...case_law.model import Authority, CaseSet
from ...case_law.rules_facts import MOST_ENTRIES
from ...content import ERROR, MalformedContentError, Problem, parse_content
from ..base import RefusedError
from .host import ReadingListHost
from .site_library import site_library, with_entries


class ReadingList:
    """The authorities of a block as they stand when this is made: one lives as long as a request."""

    def __init__(self, block: ReadingListHost):
        self._block = block

    @functools.cached_property
    def case_set(self) -> CaseSet:
        """The set in the content. Raises `MalformedContentError`."""
        return read_content(self._block.content)

    @functools.cached_property
    def library(self) -> Library:
        """Everything there is to read on this site, with what this block changes or adds."""
        base = site_library()
        try:
            return with_entries(base, self._block.content, read_content)
        except MalformedContentError:
            return base

    def authorities(self) -> list[Authority]:
        """The authorities that learners see: known ones, each once, in order; none where the content cannot be read."""
        try:
            entries = self.case_set.entries[:MOST_ENTRIES]
        except MalformedContentError:
            return []
        names = dict.fromkeys(entry.name for entry in entries)
        return [authority for authority in map(self.library.get, names) if authority is not None]

    def readable(self) -> list[Authority]:
        """The same. Raises `RefusedError` where there are none."""
        authorities = self.authorities()
        if not authorities:
            raise RefusedError(being_edited(), 409)
        return authorities

    def as_read(self) -> list[Authority]:
        """The same as `authorities`, as the learner reads them: what controls where they work first."""
        home = self.home()
        return home.first(self.authorities()) if home else self.authorities()

    def in_order(self) -> list[Authority]:
        """The same. Raises `RefusedError` where there are none."""
        self.readable()
        return self.as_read()

    def missing(self) -> list[str]:
        """The names in the list of which nothing can be shown. Raises `MalformedContentError`."""
        return [entry.name for entry in self.case_set.entries if entry.name and entry.name not in self.library]

    def problems(self) -> list[Problem]:
        """See `rules`; CL000 stands for content that is not XML at all."""
        try:
            return rules.check(self.case_set, site_library(), self._block.complete_when)
        except MalformedContentError as error:
            return [Problem("CL000", self._block.display_name, malformed(error))]

    def stopping(self) -> list[Problem]:
        """Those of the problems because of which there is nothing to read."""
        return [] if self.authorities() else [problem for problem in self.problems() if problem.severity == ERROR]

    def home(self) -> Home | None:
        """The law of the place that the learner has chosen; None before that, and where there is nothing to choose."""
        code = self._block.dti_jurisdiction
        return jurisdiction.at_home(self.library, code) if code and self._block.jurisdiction_panel else None


def read_content(content: str) -> CaseSet:
    """The set in a block's `content`. Raises `MalformedContentError`."""
    return olx.read(parse_content(content))


def clean_content(text: str) -> str:
    """The content as it may be saved. Raises `ValueError` with a sentence for what cannot be."""
    try:
        parse_content(text)
    except MalformedContentError as error:
        raise ValueError(malformed(error)) from error
    return text


def malformed(error: MalformedContentError) -> str:
    """The sentence for content that cannot be read."""
    return str(_("The content is not well-formed XML, so nothing can be shown: {reason}")).format(reason=error)


def being_edited() -> str:
    """The sentence for a list in which there is nothing to read."""
    return str(_("This reading list is being edited. Please come back later."))
