"""The words around a pledge, in the learner's language: consent, button, and what is still missing.

They are part of what is signed. When the disclosure changes in meaning, raise `DISCLOSURE_VERSION`.
"""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ...pledge import signing, strokes, validity
from ...templating.dates import day_text

DISCLOSURE_VERSION = "2"


def surroundings(title: str) -> signing.Surroundings:
    """The words around the pledge, in the language of this request."""
    return signing.Surroundings(
        title=title,
        language=str(get_language() or "en"),
        disclosure=disclosure(),
        disclosure_version=DISCLOSURE_VERSION,
        consent_statement=_("I have read this and I agree to sign this pledge electronically."),
        consent_button=_("I agree to sign electronically"),
        sign_button=_("Sign the pledge"),
        sign_statement=_("By selecting this button I sign the pledge above. My typed name is my signature."),
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
                "Your agreement covers this one pledge. Before you sign you can take it back on this page. After you have "
                "signed, tell your course staff if you want to withdraw; what was signed until then stays on record."
            ),
            _("To read and keep the signed pledge you need a web browser and a program that opens PDF files."),
        )
    )


def plan_statement() -> str:
    """What stands at the box with which the signer's own plan goes on the certificate; it is recorded with the plan."""
    return str(_("Put my plan on the certificate"))


def steps(now: int | None) -> list[dict[str, str]]:
    """The three steps to a signature, each with its name and state: "done", "now", "next". `now` is from 0; None: none yet."""
    names = (_("Read"), _("Agree"), _("Sign"))
    states = ["next" if now is None or place > now else "now" if place == now else "done" for place in range(len(names))]
    return [{"name": name, "state": state} for name, state in zip(names, states, strict=True)]


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
        return str(_("Fill in “{label}”.").format(label=gap.what))
    if gap.kind == signing.FORM:
        return str(_("“{label}” has to look like this: {form}.").format(label=gap.what, form=form_words(gap.detail)))
    if gap.kind == signing.OPTION:
        return str(_("Choose one of the answers to “{label}”.").format(label=gap.what))
    if gap.kind == signing.NAME:
        return str(_("Type your full name."))
    if gap.kind == signing.REASON:
        return str(
            _("The name you typed is not the one on your account, {name}. Correct it, or say why it differs.").format(
                name=gap.what
            )
        )
    return str(_("“{what}” is too long: at most {limit} characters.").format(what=gap.what, limit=gap.limit))


def form_words(mask: str) -> str:
    """A format as people read it: an example, and what its signs stand for."""
    return str(_("{mask} (A: a letter, 9: a digit, *: a letter or digit, [ ]: may be left out)").format(mask=mask))


def origin_kept(address: bool, browser: bool) -> str:
    """What is said of where a request comes from, as far as the site keeps it."""
    if address and browser:
        return str(_("So are the network address and the browser that you sign from."))
    if address:
        return str(_("So is the network address that you sign from."))
    return str(_("So is the browser that you sign with.")) if browser else ""


def drawing_refused(code: str) -> str:
    """Why a drawing cannot be kept."""
    if code == strokes.TOO_MUCH:
        return str(_("The drawing is too large to keep. Clear it and draw your signature again, with fewer strokes."))
    if code == strokes.TOO_LITTLE:
        return str(_("The drawing is too small to be a signature. Clear it, or draw it again. Your typed name alone is enough."))
    return str(_("The drawing arrived damaged. Clear it and draw it again. Your typed name alone is enough."))


def why_again(judged: validity.Validity[validity.Row]) -> str:
    """Why the pledge is to be signed again, as a sentence; "" the first time."""
    if judged.current is not None:
        return str(_("You may sign again now, for the time after that."))
    if judged.why == validity.WORDING:
        return str(
            _(
                "The wording of this pledge has changed since you signed it. Please read it and sign again. What you signed "
                "before stays on record."
            )
        )
    if judged.why == validity.EXPIRED and judged.ends is not None:
        return str(
            _(
                "Your signature ran out on {day}. Please read the pledge and sign again. What you signed before stays on record."
            ).format(day=day_text(judged.ends))
        )
    if judged.why == validity.WITHDRAWN:
        return str(
            _(
                "Your last signature was withdrawn; your course staff know why. You may sign again. What you signed before "
                "stays on record."
            )
        )
    return ""


def unavailable(is_staff: bool) -> str:
    """What is said when the records cannot be read."""
    if is_staff:
        return str(
            _(
                "Signed pledges cannot be kept: the records of dti-xblocks are not set up in this installation's database. "
                "Its operator has to run the migrations of dti_records."
            )
        )
    return str(_("The pledge cannot be signed right now. Please come back later, or tell your course staff."))


def script_words() -> dict[str, str]:
    """What the page's script says. After a lost connection nobody must be left in doubt what to do."""
    return {
        "offline": _(
            "The connection was lost, so it is not certain whether this was saved. What you entered is still here. Try "
            "again: a signature cannot be recorded twice. After reloading, the page says whether you have signed."
        ),
        "padEmpty": _("Nothing is drawn."),
        "padDrawn": _("Signature drawn, strokes: {count}."),
        "padCleared": _("The drawing was cleared."),
        "padUndone": _("The last stroke was removed, strokes left: {count}."),
        "sealWaits": _("This page looks again by itself."),
        "sealLate": _("It takes longer than usual. Nothing is lost: look again later."),
        "padFull": _("The drawing is as large as it can be. Clear it to begin again."),
    }


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:80].rsplit(" ", 1)[0] + "…"
