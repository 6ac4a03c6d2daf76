"""One writer at a time, and nothing half saved."""

from __future__ import annotations

import contextlib
import threading

import django
from django.db import transaction
from django.db.backends.signals import connection_created
from django.dispatch import receiver

_writer = threading.RLock()


@contextlib.contextmanager
def writing():
    """Everything inside is one transaction, alone in this process; an exception undoes all of it.

    Pages are rendered inside as well: platform blocks write when they are first shown (a problem draws its seed).
    """
    with _writer, transaction.atomic():
        yield


@receiver(connection_created, dispatch_uid="dti-preview-sqlite")
def _prepare(connection, **_kwargs):
    """Readers beside the writer (WAL), each commit on the disk before it is answered (synchronous FULL)."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
    if django.VERSION < (5, 1):
        # Django 5.1 brought the `transaction_mode` option. Before it, a transaction that reads first cannot always
        # become a writer later ("database is locked", without waiting for the timeout).
        connection._start_transaction_under_autocommit = lambda: connection.cursor().execute("BEGIN IMMEDIATE")
