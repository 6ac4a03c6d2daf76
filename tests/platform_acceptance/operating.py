"""The commands of operators: in Studio those that import a course and offer its blocks, in the LMS those that ready and check it."""

from __future__ import annotations

import json
import time
from typing import Any

from . import courses, logs, more
from .outcome import Ledger
from .studios import Author
from .tables import command, output
from .visitors import Visitor

SHIPPED = "course-v1:DTI+DTI101+shipped"
AUTOMATIC = "certificates.auto_certificate_generation"


def imported(ledger: Ledger, author: Author, course: Any) -> None:
    """In Studio: the course that ships with the package, imported by the command, and offered to its authors."""
    from opaque_keys.edx.keys import CourseKey
    from xmodule.modulestore.django import modulestore

    began = time.monotonic()
    with logs.heard() as entries:
        well, said = output("dti_import", "--course", SHIPPED)
    ledger.note(
        "manage.py dti_import imports the course of the package", well, f"{time.monotonic() - began:.0f} s" if well else said
    )
    ledger.same(
        "nothing of ours logs an error", [str(one) for one in entries if one.loud and "dti_" in one.logger + one.traceback], []
    )
    key = CourseKey.from_string(SHIPPED)
    names = [{block.location.block_id for block in courses.tree(each)[1:]} for each in (course, key)]
    missing = {name for name in names[0] ^ names[1] if not more.is_added(name)}
    ledger.same("it has the blocks of the archive", missing, set(), f"{len(names[1])} blocks")
    ledger.note("it says what to do next", f"dti_setup --course {SHIPPED}" in said)
    well, said = output("dti_import", "--course", SHIPPED)
    ledger.note("it refuses to import over a course that is there", not well and "--again" in said, said)
    ledger.note("with --again it does", *command("dti_import", "--course", SHIPPED, "--again"))

    store = modulestore()
    found = store.get_course(key)
    found.advanced_modules = ["poll", courses.OURS[0]]
    store.update_item(found, author.user.id)
    ledger.note("manage.py dti_setup --menu puts the blocks into the menu", *command("dti_setup", "--course", SHIPPED, "--menu"))
    ledger.same("what was there stays", list(store.get_course(key).advanced_modules), ["poll", *courses.OURS])
    well, said = output("dti_setup", "--course", SHIPPED, "--menu")
    ledger.note("run again, it has nothing to add", well and "nothing to add" in said, said)
    _doctor(ledger, "Studio")


def reminded(ledger: Ledger, learner: Visitor) -> None:
    """In the LMS: who has a pledge that runs out is told by e-mail, once."""
    from django.core import mail

    days = ("--days", "200")
    before = len(getattr(mail, "outbox", []))
    well, said = command("dti_pledge_reminders", *days, "--dry-run")
    ledger.note("manage.py dti_pledge_reminders says how many it would tell", well and said == "Reminders to send: 1.", said)
    well, said = command("dti_pledge_reminders", *days)
    ledger.note("it tells them", well and said == "Reminders sent: 1.", said)
    sent = [(message.to, more.PLEDGE in message.body) for message in getattr(mail, "outbox", [])[before:]]
    ledger.same("by an e-mail to the signer, with the address of the pledge", sent, [([learner.user.email], True)])
    well, said = command("dti_pledge_reminders", *days)
    ledger.note("and not again", well and said == "Reminders sent: 0.", said)


def in_lms(ledger: Ledger, course: Any) -> None:
    """In the LMS: the course that was imported by the command gets its mode, and the doctor looks at everything."""
    from common.djangoapps.course_modes.models import CourseMode
    from waffle.models import Switch

    Switch.objects.filter(name=AUTOMATIC).update(active=False)
    well, said = output("dti_setup", "--course", SHIPPED)
    ledger.note("manage.py dti_setup makes a course earn certificates", well and "now has the mode honor" in said, said)
    kept = CourseMode.objects.filter(course_id=SHIPPED, mode_slug="honor").count(), Switch.objects.get(name=AUTOMATIC).active
    ledger.same("the mode is there, and certificates come by themselves", kept, (1, True))
    well, said = output("dti_setup", "--course", SHIPPED)
    ledger.note("run again, it changes nothing", well and "now" not in said, said)
    well, said = output("dti_setup", "--course", "course-v1:No+No+No")
    ledger.note("of a course that is not there it says so", not well and "no course" in said, said)
    well, said = output("dti_import", "--course", SHIPPED)
    ledger.note("dti_import in the LMS changes nothing, and says why", not well and "--again" in said, said)
    _doctor(ledger, "the LMS", str(course), SHIPPED)
    beat = Visitor().get("/heartbeat?extended")
    ledger.same(
        "the platform's heartbeat asks the records", (beat.status, beat.json.get("dti_records", {}).get("status")), (200, True)
    )


def _doctor(ledger: Ledger, service: str, *keys: str) -> None:
    """What the doctor finds; the acceptance's own stand-ins are no faults of the package."""
    asked = [word for key in keys for word in ("--course", key)]
    with logs.heard() as entries:
        _well, said = output("dti_doctor", "--json", "--wait", "5", *asked)
    found = json.loads(said)["findings"]
    wrong = {f"{one['check']}: {one['says']}" for one in found if one["state"] == "wrong"}
    states = ", ".join(
        f"{sum(one['state'] == state for one in found)} {state}" for state in dict.fromkeys(one["state"] for one in found)
    )
    ledger.same(
        f"manage.py dti_doctor finds nothing wrong in {service}",
        {each for each in wrong if not _is_placeholder(each)},
        set(),
        states,
    )
    ledger.same("it logs no error", [str(entry) for entry in entries if entry.loud], [])
    well, said = output("dti_doctor", "--wait", "5", *asked)
    ledger.same("its exit code says the same", well, not wrong, said.strip().splitlines()[-1:])


def _is_placeholder(finding: str) -> bool:
    """Whether it is the signatory of the shipped course, whom every institution has to name."""
    return "still the placeholder" in finding
