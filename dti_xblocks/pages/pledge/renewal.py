"""That a signature runs out: as an entry of a calendar, and as an e-mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ...templating.dates import day_text

PRODUCT = "-//dti-xblocks//Pledge renewal//EN"


def event_file(number: int, label: str, ends: datetime, remind_days: int, address: str, now: datetime) -> bytes:
    """An iCalendar file (RFC 5545) of one whole day, that on which the signature `number` runs out (in UTC), with an alarm
    `remind_days` before. It holds no code, and nothing of what was signed but the pledge's name `label`."""
    from icalendar import Alarm, Calendar, Event

    summary, text = subject(label, ends), body_line(label, ends)
    entry = Event()
    entry.add("uid", f"dti-pledge-{number}@{_host(address) or 'dti-xblocks'}")
    entry.add("dtstamp", now)
    entry.add("dtstart", ends.date())
    entry.add("dtend", ends.date() + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")  # nobody is busy all day
    entry.add("summary", summary)
    entry.add("description", f"{text}\n{address}" if address else text)
    if address:
        entry.add("url", address)
    if remind_days:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", timedelta(days=-remind_days))
        entry.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def subject(label: str, ends: datetime) -> str:
    """One line: what runs out, and when."""
    named: str = _("{pledge}: sign again by {day}").format(pledge=_name(label), day=day_text(ends))
    return named


def body_line(label: str, ends: datetime) -> str:
    """One sentence on what to do."""
    line: str = _(
        "{pledge}: your signature runs out on {day}. Open the pledge in the course, read it again, and sign it again."
    ).format(pledge=_name(label), day=day_text(ends))
    return line


def message(name: str, label: str, ends: datetime, address: str, who: str) -> tuple[str, str]:
    """The subject and the plain text of an e-mail to `name`, from the institution `who`, which may be ""."""
    parts = [
        _("{name},").format(name=name),
        body_line(label, ends),
        address,
        _("What you have signed before stays on record. You get this message once."),
        who,
    ]
    return subject(label, ends).replace("\n", " "), "\n\n".join(part for part in parts if part) + "\n"


def _name(label: str) -> str:
    name: str = label or _("Your pledge")
    return name


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0]
