"""Signatures for tests of the records: small, whole ones."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dti_xblocks.pledge import signing
from dti_xblocks.pledge.model import Affirmation, Pledge

PLEDGE = Pledge("<p>I pledge.</p>", (Affirmation("a", "I will step in."),))


@dataclass(frozen=True)
class Signature(signing.Signature):
    """One whose document has another hash of the wording, and `more`, than it would have."""

    wording: str = ""
    more: dict = field(default_factory=dict)

    def document(self, code: str) -> dict:
        document = super().document(code)
        if self.wording:
            document["wording"]["hash"] = self.wording
        return {**document, **self.more}


def signature(
    *,
    user_id: int,
    username: str,
    course: str,
    block: str,
    when: datetime,
    turn: int = 1,
    name: str = "Ana Reyes",
    account: str = "Ana Reyes",
    wording: str = "",
    private: dict | None = None,
    more: dict | None = None,
    **act,
) -> Signature:
    """What `pledges.add` takes. `private` is {"salt", …}: from where it was sent."""
    origin = dict(private or {})
    salt = origin.pop("salt", "")
    return Signature(
        pledge=PLEDGE,
        entries=signing.Entries(frozenset({"a"}), {}, name),
        signer=signing.Signer(user_id, username, account),
        surroundings=signing.Surroundings(
            "The pledge", "en", "Disclosure.", "1", "I agree.", "Agree", "Sign the pledge", "By pressing it I sign."
        ),
        consent=signing.Consent("I agree.", "Agree", "Disclosure.", "1", when - timedelta(minutes=1)),
        reading=signing.Reading(),
        act=signing.Act(course, block, turn, when, origin=origin, salt=salt, **act),
        wording=wording,
        more=more or {},
    )
