"""The signer's own plan on the certificate, if they want it there.

A plan is a learner's own: it is read here for the learner alone, and becomes part of a record only by the learner's own hand. It
comes from `records.own_words`, where activities keep it, and not from the activities.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...pages.own_words import plan_text
from ...pages.pledge import words as pledge_words
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...pledge import seal, signing
from ...records import own_words
from ..base import RefusedError
from .host import PledgeHost


def offered(block: PledgeHost, learner: Learner | None) -> str:
    """The sentence that may be put on the certificate, as it would stand there; "" for none.

    Raises `RecordsUnavailableError`.
    """
    if not block.offer_plan or learner is None or not keeps_records(block) or is_impersonated(learner):
        return ""
    plan = own_words.plan_of(learner.user_id, block.where.course)
    return signing.clean(plan_text(plan.words)) if plan else ""


def mark(plan: str) -> str:
    """What a form says of the plan that was on its page."""
    return seal.text_digest(plan)


def chosen(block: PledgeHost, learner: Learner, form: MultiDict) -> dict[str, str]:
    """What of the plan becomes part of the record: nothing, or the sentence with the words beside the box that was checked.

    Raises `RefusedError` where the plan is not the one that was shown.
    """
    if form.get("plan") != "yes":
        return {}
    plan = offered(block, learner)
    if not plan or form.get("plan_shown") != mark(plan):
        raise RefusedError(
            _("Your plan has changed since you opened this page. Nothing was signed. Reload the page and read it."), 409
        )
    return {"text": plan, "statement": pledge_words.plan_statement()}
