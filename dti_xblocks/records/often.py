"""What is asked and written at every request of a learner: Django makes the SQL of each once, not each time anew.

To make the statement takes ten times as long as to fill it in, and under the lock of a run others wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import mark_for_rollback_on_error

Statement = tuple[str, list[Any]]
NUMBER, WORD = 1_987_654_300, "dti-value-%d-"  # what stands for a value while the statement is made; numbers fit every column


class Often:
    """The query set `ask(models, *values)`, which depends on its values, text or whole numbers, as parameters alone.

    In place of the query set `ask` may give the statement of `changing`. What it says must be the same whatever the values are:
    no condition on them in Python, no value twice. Of columns that are listed, those that are expressions come last: Django
    before 5.2 puts them there in the statement, wherever they are listed.
    """

    def __init__(self, ask: Callable[..., Any]):
        self._ask = ask
        self._made: dict[tuple[Any, ...], _Made] = {}

    def statement(self, models: Any, *values: int | str) -> Statement:
        """SQL and parameters for the present database. Raises `ValueError` for a value of another type."""
        made = self._made_for(models, values)
        return made.sql, made.filled(values)

    def values(self, models: Any, *values: int | str) -> list[tuple[Any, ...]]:
        """The rows as the database's driver gives them: ask for text and numbers only."""
        sql, parameters = self.statement(models, *values)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    def change(self, models: Any, *values: int | str) -> int:
        """How many rows the statement of `changing` has set."""
        sql, parameters = self.statement(models, *values)
        with mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return int(cursor.rowcount)

    def row(self, model: Any, models: Any, *values: int | str) -> Any:
        """The first row as an instance of `model`, all of whose columns are asked for; None where there is none."""
        made = self._made_for(models, values)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, made.filled(values))
            found = cursor.fetchone()
        return None if found is None else model.from_db(connection.alias, made.names, made.converted(found))

    def _made_for(self, models: Any, values: Sequence[int | str]) -> _Made:
        kinds = tuple(map(type, values))
        key = (connection.vendor, connection.timezone_name, kinds)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(models, kinds)
        return made

    def _make(self, models: Any, kinds: Sequence[type]) -> _Made:
        standing = [_standing_for(number, kind) for number, kind in enumerate(kinds)]
        asked = self._ask(models, *standing)
        made = _Made(*asked) if isinstance(asked, tuple) else _asking(asked)
        made.places = [_Place(standing.index(one)) if one in standing else one for one in made.places]
        if sorted(place.number for place in made.places if isinstance(place, _Place)) != list(range(len(kinds))):
            raise ValueError("Each value must be a parameter of the statement, once.")
        return made


@dataclass
class _Made:
    """A statement. `places` has its parameters, a `_Place` for each value; `names` the attributes of its columns; `converters`,
    by the index of a column, what makes of the driver's value the field's."""

    sql: str
    places: list[Any]
    names: list[str] = field(default_factory=list)
    converters: dict[int, tuple[list[Callable[..., Any]], Any]] = field(default_factory=dict)

    def filled(self, values: Sequence[int | str]) -> list[Any]:
        """The parameters."""
        return [values[place.number] if isinstance(place, _Place) else place for place in self.places]

    def converted(self, row: Sequence[Any]) -> list[Any]:
        """The values of the fields."""
        found = list(row)
        for column, (steps, expression) in self.converters.items():
            for step in steps:
                found[column] = step(found[column], expression, connection)
        return found


class OftenWritten:
    """Rows of one table, written one by one. Where there is a row with the same columns `unique`, its columns `changed` are set.

    Nothing is given back, not even the id, and no signal is sent: a row that is read again afterwards is made with
    `Model.objects.create`.
    """

    def __init__(self, unique: Sequence[str] = (), changed: Sequence[str] = ()):
        self._unique, self._changed = unique, changed
        self._made: dict[tuple[str, type[Model]], tuple[str, list[Field[Any, Any]]]] = {}

    def write(self, row: Model) -> None:
        """Insert `row`, which has no id yet."""
        key = (connection.vendor, type(row))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(row)
        sql, fields = made
        values = [one.get_db_prep_save(one.pre_save(row, add=True), connection=connection) for one in fields]
        with mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(sql, values)

    def _make(self, row: Model) -> tuple[str, list[Field[Any, Any]]]:
        known = row._meta
        query = InsertQuery(
            type(row),
            on_conflict=OnConflict.UPDATE if self._changed else None,
            update_fields=[known.get_field(name) for name in self._changed],
            unique_fields=[known.get_field(name) for name in self._unique]
            if connection.features.supports_update_conflicts_with_target
            else None,
        )
        fields = [one for one in known.concrete_fields if not one.primary_key]
        query.insert_values(fields, [row])
        [(sql, parameters)] = query.get_compiler(connection=connection).as_sql()
        if len(parameters) != len(fields):
            raise ValueError("Each column must be one parameter of the statement.")
        return sql, fields


def changing(rows: Any, **values: int | str) -> Statement:
    """The statement that sets columns of the query set `rows` to `values`."""
    query = rows.query.chain(UpdateQuery)
    query.add_update_values(values)
    sql, parameters = query.get_compiler(connection=connection).as_sql()
    return sql, list(parameters)


def _asking(rows: Any) -> _Made:
    listed = [column in rows.query.annotation_select for column in getattr(rows, "_fields", None) or ()]
    if listed != sorted(listed):
        raise ValueError("Columns that are expressions must be listed last.")
    compiler = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    columns = [expression for expression, _sql, _alias in compiler.select]
    names = [column.target.attname if hasattr(column, "target") else "" for column in columns]
    return _Made(sql, list(parameters), names, compiler.get_converters(columns))


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
