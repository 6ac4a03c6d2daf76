"""The words around a pledge, in the learner's language: consent, button, and what is still missing.

They are part of what is signed. When the disclosure changes in meaning, raise `DISCLOSURE_VERSION`.
"""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .pledge import signing

DISCLOSURE_VERSION = "1"


def surroundings(title: str) -> signing.Surroundings:
    """What stands around the pledge, in the language of this request."""
    return signing.Surroundings(
        title=title,
        language=get_language() or "en",
        disclosure=disclosure(),
        disclosure_version=DISCLOSURE_VERSION,
        consent=_("I have read this and I agree to sign this pledge electronically."),
        button=_("Sign the pledge"),
    )


def disclosure() -> str:
    """What a signer must know before agreeing to sign electronically; paragraphs end with a line break."""
    return "\n".join(
        (
            _(
                "You can sign this pledge on this page. Your typed name, together with your account and the time, is then your "
                "signature and has the same standing as one written by hand."
            ),
            _(
                "You do not have to sign electronically. Your course staff can give you the pledge on paper to sign instead, and "
                "a paper copy of what you sign here."
            ),
            _(
                "Your agreement covers this one pledge. You can take it back at any time before you sign by leaving this page, "
                "and afterward by telling your course staff; what was signed until then stays on record."
            ),
            _("To read and keep the signed pledge you need a web browser and a program that opens PDF files."),
        )
    )


def refusal(gaps: list[signing.Gap]) -> str:
    """One message that names everything missing, in the order of the page."""
    sentences = [_("The pledge is not signed yet.")]
    unticked = [gap.what for gap in gaps if gap.kind == signing.AFFIRMATION]
    if unticked:
        sentences.append(
            ngettext(
                "Affirm the statement “{first}”.",
                "Affirm each statement: {count} are not checked, the first is “{first}”.",
                len(unticked),
            ).format(count=len(unticked), first=_short(unticked[0]))
        )
    sentences += [_sentence(gap) for gap in gaps if gap.kind != signing.AFFIRMATION]
    return " ".join(sentences)


def _sentence(gap: signing.Gap) -> str:
    if gap.kind == signing.ANSWER:
        return _("Fill in “{label}”.").format(label=gap.what)
    if gap.kind == signing.CONSENT:
        return _("Check the box that you agree to sign electronically.")
    if gap.kind == signing.NAME:
        return _("Type your full name.")
    if gap.kind == signing.REASON:
        return _("The name you typed is not the one on your account, {name}. Correct it, or say why it differs.").format(
            name=gap.what
        )
    return _("“{what}” is too long: at most {limit} characters.").format(what=gap.what, limit=gap.limit)


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:80].rsplit(" ", 1)[0] + "…"
