"""Questions that are asked at every request of a learner: Django makes the SQL of each once, not each time anew.

To make the statement takes ten times as long as to fill it in, and under the lock of a run others wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

Statement = tuple[str, list[Any]]
NUMBER, WORD = 1_987_654_300, "dti-value-%d-"  # what stands for a value while the statement is made; numbers fit every column


class Often:
    """The query set `ask(models, *values)`, which depends on its values, text or whole numbers, as parameters alone.

    What it says must be the same whatever the values are: no condition on them in Python, no value twice. Of columns that are
    listed, those that are expressions come last: Django before 5.2 puts them there in the statement, wherever they are listed.
    """

    def __init__(self, ask: Callable[..., Any]):
        self._ask = ask
        self._made: dict[tuple[Any, ...], Statement] = {}

    def statement(self, models: Any, *values: int | str) -> Statement:
        """SQL and parameters for the present database. Raises `ValueError` for a value of another type."""
        kinds = tuple(map(type, values))
        key = (connection.vendor, connection.timezone_name, kinds)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(models, kinds)
        sql, places = made
        return sql, [values[place.number] if isinstance(place, _Place) else place for place in places]

    def values(self, models: Any, *values: int | str) -> list[tuple[Any, ...]]:
        """The rows as the database's driver gives them: ask for text and numbers only."""
        sql, parameters = self.statement(models, *values)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    def row(self, model: Any, models: Any, *values: int | str) -> Any:
        """The first row as an instance of `model`, all of whose columns are asked for; None where there is none."""
        sql, parameters = self.statement(models, *values)
        return next(iter(model.objects.raw(sql, parameters)), None)

    def _make(self, models: Any, kinds: Sequence[type]) -> Statement:
        standing = [_standing_for(number, kind) for number, kind in enumerate(kinds)]
        rows = self._ask(models, *standing)
        listed = [column in rows.query.annotation_select for column in getattr(rows, "_fields", None) or ()]
        if listed != sorted(listed):
            raise ValueError("Columns that are expressions must be listed last.")
        sql, parameters = rows.query.sql_with_params()
        places = [_Place(standing.index(one)) if one in standing else one for one in parameters]
        if sorted(place.number for place in places if isinstance(place, _Place)) != list(range(len(kinds))):
            raise ValueError("Each value must be a parameter of the statement, once.")
        return sql, places


class _Place:
    """Where the value of this number goes."""

    def __init__(self, number: int):
        self.number = number


def _standing_for(number: int, kind: type) -> int | str:
    if kind is int:
        return NUMBER + number
    if kind is str:
        return WORD % number
    raise ValueError(f"A value must be text or a whole number, not {kind.__name__}.")
