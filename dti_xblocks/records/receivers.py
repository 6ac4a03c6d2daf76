"""The platform's signal that an account is being retired. Subscribed through `plugin_app` in `apps`."""

from __future__ import annotations

import logging
from typing import Any

from ..platform import clock
from .pledge import retention

log = logging.getLogger(__name__)


class RetirementFailedError(Exception):
    """The records of a learner are as they were before. The message holds nothing about the learner."""


def retire_learner(sender: object, user: Any = None, **_more: object) -> None:
    """Remove what may go of the records of `user`, whose account is being retired.

    A fault is raised: the platform's view answers it with an error and the operator's retirement stops there, visibly, to be run
    again. Nothing is half done then, although that view does not roll back: `retention.retire` is one transaction.
    """
    try:
        found = retention.retire(user.id, user.username, clock.now().replace(microsecond=0))
    except Exception as error:
        # The message of a database holds values; the kind of the fault is enough to look for it.
        cause = error.__cause__ or error
        log.error("The records of user %s could not be retired: %s", getattr(user, "id", None), type(cause).__name__)
        raise RetirementFailedError(f"Duty to Intervene: the records could not be retired ({type(cause).__name__})") from None
    log.info("The records of user %s were retired: %s", user.id, found)
