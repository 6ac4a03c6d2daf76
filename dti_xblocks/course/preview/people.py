"""Who can look at the preview. Nobody signs in: the page has a switch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Person:
    """One entry of the switch. `key` names the person in the database and in handler addresses."""

    key: str
    label: str  # what the switch shows
    user_id: int | None
    username: str
    full_name: str
    is_staff: bool = False
    in_studio: bool = False

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in; False for a visitor."""
        return self.user_id is not None

    @property
    def email(self) -> str:
        """An address that reaches nobody, "" for a visitor."""
        return f"{self.username}@example.com" if self.is_authenticated else ""

    @property
    def anonymous_id(self) -> str:
        """The platform gives blocks an id that does not tell who it is; in Studio it is the word "student"."""
        if self.in_studio:
            return "student"
        return hashlib.sha256(f"dti-preview:{self.key}".encode()).hexdigest()[:32]

    @property
    def tracks_progress(self) -> bool:
        """Whether grades, completion and events are kept: not for visitors, and never in Studio."""
        return self.is_authenticated and not self.in_studio


LEARNER = Person("learner", _("Learner"), 11, "jordan", "Jordan Rivera")
SECOND = Person("second", _("Second learner"), 12, "robin", "Robin Lindqvist")
STAFF = Person("staff", _("Staff"), 13, "casey", "Casey Staff", is_staff=True)
STUDIO = Person("studio", _("Studio (author)"), 13, "casey", "Casey Staff", is_staff=True, in_studio=True)
VISITOR = Person("visitor", _("Visitor, not signed in"), None, "", "")

PEOPLE = {person.key: person for person in (LEARNER, SECOND, STAFF, STUDIO, VISITOR)}


def person_named(key: str | None) -> Person:
    """The person with that key; the learner when there is none."""
    return PEOPLE.get(key or "", LEARNER)
