"""The one door to the records table: where it is missing, blocks show a notice instead of failing."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext

from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from django.db import OperationalError, ProgrammingError, connection, transaction


class RecordsUnavailable(Exception):
    """The Django app is not installed, its migrations have not run, or the database does not answer."""


@contextmanager
def records():
    """Yield the models. Raises `RecordsUnavailable`; the transaction around the call stays usable all the same."""
    try:
        from . import models  # fails where the app is not in INSTALLED_APPS
    except (RuntimeError, AppRegistryNotReady, ImproperlyConfigured) as error:
        raise RecordsUnavailable(str(error)) from error
    try:
        # A failed statement spoils a whole PostgreSQL transaction; a savepoint of our own keeps the platform's alive. Outside
        # of one nothing is opened: on SQLite a transaction would lock out other writers while we only read.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield models
    except (OperationalError, ProgrammingError) as error:
        raise RecordsUnavailable(str(error)) from error
