"""What lists of staff pages share: where one is in a long list, and numbers for people."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def short_number(number: int) -> str:
    """A whole number with its thousands apart."""
    return number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True)


@dataclass(frozen=True)
class Pages:
    """Where one is in a long list. `before` and `after` are addresses, "" at an end."""

    page: int
    count: int
    size: int
    before: str
    after: str

    @classmethod
    def of(cls, total: int, size: int, page: int, link: Callable[[int], str]) -> Pages:
        """The pages of `total` items; a `page` behind the last is the last."""
        count = max(1, math.ceil(total / size))
        page = min(page, count)
        return cls(page, count, size, link(page - 1) if page > 1 else "", link(page + 1) if page < count else "")

    @property
    def number_before(self) -> str:
        """The number of the page before, for a form in place of its address."""
        return str(self.page - 1)

    @property
    def number_after(self) -> str:
        """The number of the page after."""
        return str(self.page + 1)

    @property
    def last(self) -> bool:
        """True on the last page."""
        return self.page == self.count

    @property
    def slice(self) -> slice:
        """The items on this page."""
        return slice((self.page - 1) * self.size, self.page * self.size)

    @property
    def in_words(self) -> str:
        """Which page of how many."""
        return _("Page {page} of {count}").format(page=short_number(self.page), count=short_number(self.count))
