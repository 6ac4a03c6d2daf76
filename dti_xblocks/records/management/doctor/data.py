"""The checks that ask the database and the storage."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from ....platform import clock, conf
from ....seals import pades
from ....seals.site import site_keys
from ...access import RecordsUnavailableError
from ...pledge import chain as pledge_chain
from ...pledge.check import check, courses
from .finding import NOTE, OK, WRONG, Finding

APP = "dti_records"
MOST_LINKS = 2000  # that are checked one by one; verify_pledges checks any number
SOON = timedelta(days=60)


def tables() -> Iterator[Finding]:
    """Whether every migration has run, and every table can be read."""
    mend = f"./manage.py lms migrate {APP}"
    try:
        executor = MigrationExecutor(connection)
        leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] == APP]
        waiting = [migration.name for migration, _backwards in executor.migration_plan(leaves)]
        present = set(connection.introspection.table_names())
        models = list(apps.get_app_config(APP).get_models())
        missing = [model._meta.db_table for model in models if model._meta.db_table not in present]
        for model in models:
            if model._meta.db_table in present:
                model._base_manager.exists()
    except DatabaseError as error:
        yield Finding(
            "tables", WRONG, f"The database does not answer: {_first_line(error)}", "See to the database, then try again."
        )
        return
    if waiting:
        yield Finding("tables", WRONG, f"Migrations have not run: {', '.join(waiting)}.", mend)
    elif missing:
        says = f"Tables are missing although their migrations have run: {', '.join(missing)}."
        yield Finding("tables", WRONG, says, "Restore them from a back-up.")
    else:
        yield Finding("tables", OK, f"All {len(models)} tables are there and can be read.")


def seals() -> Iterator[Finding]:
    """Whether the keys can seal and sign now."""
    if not conf.pledge_keys():
        return  # `cheap.key_files` says so
    keys, faults = site_keys(), []
    if keys.fault:
        yield Finding("keys", WRONG, keys.fault, "./manage.py lms dti_pledge_keys show FOLDER says more.")
        return
    if keys.missing:
        faults.append(Finding("keys", WRONG, "There is no sealing key: pledges are not sealed.", "dti_pledge_keys make FOLDER"))
    elif keys.ring.key_id not in keys.checking.public:
        faults.append(Finding("keys", WRONG, "institution.pub lacks the sealing key.", "dti_pledge_keys publish FOLDER"))
    faults += _signing(keys.certificate, keys.certificate_key)
    yield from faults or [Finding("keys", OK, f"Pledges are sealed by key {keys.ring.key_id} and PDF files are signed.")]


SIGNING = {
    pades.NOT_INSTALLED: ("pyHanko is not installed: PDF files are sealed, but not signed.", "Install dti-xblocks[sign]."),
    pades.UNREADABLE: (
        "The certificate for PDF files or its key cannot be read.",
        "dti_pledge_keys certificate FOLDER --replace",
    ),
    pades.OTHER_KEY: ("The certificate for PDF files is of another key.", "dti_pledge_keys certificate FOLDER --replace"),
    pades.NOT_YET: ("The certificate for PDF files is not valid yet.", "Set the clock of the server."),
    pades.EXPIRED: ("The certificate for PDF files has expired.", "dti_pledge_keys certificate FOLDER --replace"),
}


def _signing(certificate: str, key: str) -> list[Finding]:
    if not certificate.strip():
        mend = "dti_pledge_keys certificate FOLDER --name INSTITUTION"
        return [Finding("keys", NOTE, "There is no certificate: PDF files are sealed, but not signed.", mend)]
    word = pades.fault(certificate, key, clock.now())
    if word:
        says, mend = SIGNING[word]
        return [Finding("keys", NOTE if word == pades.NOT_INSTALLED else WRONG, says, mend)]
    ends = pades.ends(certificate)
    if ends - clock.now() < SOON:
        mend = "dti_pledge_keys certificate FOLDER --replace"
        return [Finding("keys", NOTE, f"The certificate for PDF files ends on {ends.date()}.", mend)]
    return []


def chain() -> Iterator[Finding]:
    """Whether the records of each course are as they were signed, and all linked."""
    try:
        yield from _chains()
    except RecordsUnavailableError:
        yield Finding("chain", WRONG, "The records of pledges cannot be read.", "See the line about tables.")


def _chains() -> Iterator[Finding]:
    links, pledged, faults = 0, 0, []
    for one in courses():
        state = pledge_chain.state(one)
        links += state["length"]
        pledged += 1
        if state["pending"]:
            says = f"{one or 'Without a course'}: {state['pending']} records wait for their link."
            faults.append(Finding("chain", NOTE, says, "./manage.py lms verify_pledges --complete"))
        if state["length"] <= MOST_LINKS:
            report = check(one, site_keys().checking)
            if not report.sound:
                says = f"{one or 'Without a course'}: {report.faults} faults, the first: {report.first}"
                faults.append(Finding("chain", WRONG, says, f"./manage.py lms verify_pledges {one} lists them."))
        else:
            says = f"{one}: {state['length']} links are too many to check here."
            faults.append(Finding("chain", NOTE, says, f"./manage.py lms verify_pledges {one}"))
    if not pledged:
        yield Finding("chain", OK, "No pledge is on record yet.")
        return
    yield from faults or [Finding("chain", OK, f"{links} links in {pledged} courses are as they were made.")]


def storage() -> Iterator[Finding]:
    """Whether a file can be written, read and removed where shared packets are kept."""
    alias = conf.packet_storage() or "default"
    body, mend = secrets.token_bytes(32), "Give the user of the LMS and its workers the right to write there."
    try:
        kept = storages[alias]
        name = kept.save(f"dti/doctor-{secrets.token_hex(8)}.txt", ContentFile(body))
        try:
            with kept.open(name) as file:
                same = file.read() == body
        finally:
            kept.delete(name)
    except Exception as error:  # the storage's own
        yield Finding("storage", WRONG, f"The storage “{alias}” cannot be written: {_first_line(error)}", mend)
        return
    if same:
        yield Finding("storage", OK, f"A file was written to the storage “{alias}”, read and removed.")
    else:
        yield Finding("storage", WRONG, f"The storage “{alias}” gives back something else than was written.", mend)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0] or type(error).__name__
