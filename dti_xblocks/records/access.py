"""The one door to the records table: where it is missing, blocks show a notice instead of failing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from django.db import Error, OperationalError, connection, transaction
from django.db.models import F

P = ParamSpec("P")
R = TypeVar("R")
DEADLOCK = 1213  # MySQL's number of it
ATTEMPTS = 4
PORTIONS = 64  # of all learners, by their user ids: what reports count again is a portion, not everybody


class RecordsUnavailableError(Exception):
    """The Django app is not installed, its migrations have not run, or the database does not answer or refuses."""


@contextmanager
def records() -> Iterator[Any]:
    """Yield the models. Raises `RecordsUnavailableError`; the transaction around the call stays usable all the same.

    Where it does not, because the connection is gone, the database's own error is raised, which no block answers for: what the
    request wrote before is lost as well, and an answer would say that it is kept.
    """
    try:
        apps.check_models_ready()
        models = apps.get_app_config("dti_records").models_module
    except (LookupError, AppRegistryNotReady, ImproperlyConfigured) as error:
        raise RecordsUnavailableError(str(error)) from error
    try:
        # A failed statement spoils a whole PostgreSQL transaction; a savepoint of our own keeps the platform's alive. Outside
        # of one nothing is opened: on SQLite a transaction would lock out other writers while we only read.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield models
    except Error as error:
        if connection.in_atomic_block and (connection.needs_rollback or connection.closed_in_transaction):
            raise
        raise RecordsUnavailableError(str(error)) from error


def tried_again(act: Callable[P, R]) -> Callable[P, R]:
    """`act`, a transaction of its own, once more where the database ended it because it and another waited for each other.

    MySQL does so when several requests add the row that another one is deleting. Within a transaction of the caller all of it
    is lost, and only whoever sent the request can try again.
    """

    @wraps(act)
    def trying(*values: P.args, **named: P.kwargs) -> R:
        for _attempt in range(0 if connection.in_atomic_block else ATTEMPTS - 1):
            try:
                return act(*values, **named)
            except RecordsUnavailableError as error:
                if not _deadlocked(error):
                    raise
        return act(*values, **named)

    return trying


def _deadlocked(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OperationalError) and error.args[:1] == (DEADLOCK,):
            return True
        error = error.__cause__ or error.__context__
    return False


def present_row(rows: Any) -> Any:
    """The one row among `rows`, named by a unique key, as it now is, or None: also where this transaction's view is older.

    On MySQL that takes a locking read; a shared one, because after a refused insert several requests hold the row so.
    """
    if connection.vendor != "mysql":
        return rows.first()
    sql, parameters = rows.order_by().query.sql_with_params()
    return next(iter(rows.model.objects.raw(f"{sql} LOCK IN SHARE MODE", parameters)), None)


def instead(unique: list[str], changed: list[str]) -> dict[str, Any]:
    """Options of `bulk_create`: where there is a row with the same `unique` columns, its columns `changed` are set instead."""
    target = unique if connection.features.supports_update_conflicts_with_target else None
    return {"update_conflicts": True, "update_fields": changed, "unique_fields": target}


def must_write_first() -> bool:
    """Whether this transaction has to write before it reads: where rows cannot be locked, and it has not begun as a writer."""
    begun_as_writer = connection.in_atomic_block and getattr(connection, "transaction_mode", None) in ("IMMEDIATE", "EXCLUSIVE")
    return not connection.features.has_select_for_update and not begun_as_writer


def write_first(rows: Any, column: str = "attempt") -> None:
    """Where rows cannot be locked, make a write the first act of the transaction; `rows` have a `column` and stay as they are.

    SQLite lets one transaction write at a time, and refuses one that has read before another wrote: so that this one waits for
    its turn, and then reads the newest. A transaction that has begun as a writer (Django's `transaction_mode`) had its turn then.
    """
    if must_write_first():
        rows.update(**{column: F(column)})


def portion(name: str, usage_key: str, after_id: int, limit: int) -> list[Any]:
    """The next `limit` rows of the model `name` in one block after the row `after_id`, in the order recorded."""
    with records() as models:
        return list(getattr(models, name).objects.filter(usage_key=usage_key, id__gt=after_id).order_by("id")[:limit])


def in_portions(name: str, usage_key: str, size: int = 500) -> Iterator[Any]:
    """All rows of the model `name` in one block, in the order recorded, in memory that does not grow with their number.

    Each portion is a query of its own: MySQL's driver takes a whole result into memory, however it is iterated.
    """
    last = 0
    while rows := portion(name, usage_key, last, size):
        yield from rows
        last = rows[-1].id
