"""The pages that staff read: the list of people, one record, the files. `staff` checks who may read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...platform import csrf
from ...platform.addresses import asset, element_id, form_action
from ...platform.learner import Learner
from ...platform.roster import roster_of
from ...records.pledge import roster as pledge_roster
from ...records.pledge.roster import Asked
from ...templating import render
from .host import PledgeHost
from .report import PART
from .staff_files import chain_state, files
from .staff_list import facts, link, people
from .staff_query import number, text
from .staff_record import record


def summary(block: PledgeHost, asked: Asked) -> dict[str, Any]:
    """For the block's own page: numbers, notices and addresses. No personal data."""
    counted = pledge_roster.counts(asked)
    return {
        "facts": facts(block, counted, roster_of(block)),
        "chain": chain_state(block),
        "list_url": form_action(block, "signatures"),
        "csv_url": form_action(block, "signatures_csv"),
        "one_file": counted["signatures"] <= PART,
    }


def page(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> SafeString:
    """One page as HTML. `query` has part ("list", "record" or "files") and what that part asks for."""
    part = text(query, "part")
    if part == "record":
        title, body, context = record(block, learner, number(query, "pledge"))
    elif part == "files":
        title, body, context = _("Files and checks"), "dti/pledge/staff_files.html", files(block, learner)
    else:
        part, title, body, context = "list", _("Signatures"), "dti/pledge/staff_list.html", people(block, learner, query)
    tabs = [
        {"title": name, "address": link(block, part=key), "here": key == part}
        for key, name in (("list", _("Signatures")), ("files", _("Files and checks")))
    ]
    frame = {
        "title": title,
        "tabs": tabs,
        "body": body,
        "stylesheet": asset(block, "css/pledge/staff.css"),
        "script": asset(block, "js/pledge/staff.js"),
        "uid": element_id(block),
        "csrf_token": csrf.token(),
        "list_url": link(block, part="list"),
    }
    return render("dti/pledge/staff_page.html", {**frame, **context})
