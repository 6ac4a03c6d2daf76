"""Field data of the running preview: authored values from the course, learners' values from SQLite."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import simplejson
from xblock.exceptions import InvalidScopeError
from xblock.field_data import FieldData
from xblock.fields import BlockScope, Scope, UserScope

from ...records.often import Often, OftenWritten
from .models import BlockState, StudioEdit
from .people import Person
from .tree import CourseTree


class Store:
    """One request's view of the rows of one person. Changes reach the database with `flush`."""

    def __init__(self, person: Person):
        self.person = person
        self._rows: dict[tuple[str, str, str], dict] = {}
        self._changed: set[tuple[str, str, str]] = set()

    def preload(self, places: Iterable[object]) -> None:
        """Read all rows that the blocks in `places` (usage keys) will ask for, with one query."""
        wanted = [str(place) for place in places]
        for place in wanted:
            self._rows.setdefault((self.person.key, "state", place), {})
            self._rows.setdefault(("", "summary", place), {})
        for start in range(0, len(wanted), 400):
            rows = BlockState.objects.filter(owner__in=(self.person.key, ""), place__in=wanted[start : start + 400])
            for row in rows:
                self._rows[(row.owner, row.kind, row.place)] = simplejson.loads(row.fields)

    def row(self, address: tuple[str, str, str]) -> dict:
        """The fields stored under (owner, kind, place)."""
        if address not in self._rows:
            found = _ROW.values(BlockState, *address)
            self._rows[address] = simplejson.loads(found[0][0]) if found else {}
        return self._rows[address]

    def change(self, address: tuple[str, str, str], values: dict) -> None:
        """Set fields. They go through JSON at once: what is read back in this request is what the next one will read."""
        plain = simplejson.loads(simplejson.dumps(values, namedtuple_as_object=True))
        self._rows[address] = {**self.row(address), **plain}
        self._changed.add(address)

    def remove(self, address: tuple[str, str, str], name: str) -> None:
        """Forget one field. Raises KeyError when it is not set."""
        row = dict(self.row(address))
        del row[name]
        self._rows[address] = row
        self._changed.add(address)

    def snapshot(self):
        """For `restore`: what a block that fails half-way must not leave behind."""
        return dict(self._rows), set(self._changed)

    def restore(self, snapshot) -> None:
        """Put back what `snapshot` gave."""
        self._rows, self._changed = dict(snapshot[0]), set(snapshot[1])

    def flush(self) -> None:
        """Write the changed rows. Visitors' changes are dropped: nobody could find them again."""
        changed, self._changed = self._changed, set()
        kept = [address for address in sorted(changed) if address[0] or self.person.is_authenticated]
        for owner, kind, place in kept:  # each is written whether or not it is there: looking first would be a statement more
            fields = simplejson.dumps(self._rows[(owner, kind, place)])
            _WRITTEN.write(BlockState(owner=owner, kind=kind, place=place, fields=fields))


_WRITTEN = OftenWritten(unique=("owner", "kind", "place"), changed=("fields",))
_EDITS = Often(lambda model: model.objects.order_by().values_list("place", "fields"))
_ROW = Often(
    lambda model, owner, kind, place: (
        model.objects.filter(owner=owner, kind=kind, place=place).order_by().values_list("fields", flat=True)
    )
)


class Overlay:
    """Authored values as changed in the preview's Studio, read once per request."""

    @functools.cached_property
    def _edits(self) -> dict[str, dict]:
        return {place: simplejson.loads(fields) for place, fields in _EDITS.values(StudioEdit)}

    def of(self, place: object) -> dict:
        """The fields of a block (its usage key or that as text) that were changed, as JSON values by name."""
        return self._edits.get(str(place), {}) if self._edits else {}

    def change(self, place: str, values: dict) -> None:
        """Keep changed fields of a block, beside those changed before."""
        plain = simplejson.loads(simplejson.dumps(values, namedtuple_as_object=True))
        merged = {**self.of(place), **plain}
        StudioEdit.objects.update_or_create(place=place, defaults={"fields": simplejson.dumps(merged)})
        self._edits[place] = merged

    def remove(self, place: str, name: str) -> None:
        """Give a field back the value that the author wrote."""
        merged = dict(self.of(place))
        merged.pop(name, None)
        StudioEdit.objects.update_or_create(place=place, defaults={"fields": simplejson.dumps(merged)})
        self._edits[place] = merged


class PreviewFieldData(FieldData):
    """The `field-data` service. Authored fields can be written in Studio only, as on the platform.

    Scopes are compared by identity: fields have the constants of XBlock, and to compare those by value takes long.
    """

    def __init__(self, tree: CourseTree, store: Store, overlay: Overlay):
        self.tree = tree
        self.store = store
        self.overlay = overlay
        self._known: tuple[object, str, Any] = (None, "", None)  # usage key, the same as text, definition: of the last block

    def get(self, block, name):
        """A value. Raises `KeyError` where none is set."""
        scope = block.fields[name].scope
        if scope is Scope.children:
            definition = self._definition(block)
            return list(definition.children) if definition else []
        if scope is Scope.parent:
            definition = self._definition(block)
            return definition.parent if definition else None
        if scope.user is UserScope.NONE:
            edits, definition = self.overlay.of(self._place(block)), self._definition(block)
            value = edits[name] if name in edits else definition.fields[name] if definition else _missing(name)
        else:
            value = self.store.row(self._address(block, scope))[name]
        return _copy(value)

    def has(self, block, name):
        """Whether a value is set."""
        scope = block.fields[name].scope
        if scope is Scope.children or scope is Scope.parent:
            return True
        if scope.user is UserScope.NONE:
            definition = self._definition(block)
            return bool(definition and name in definition.fields) or name in self.overlay.of(self._place(block))
        return name in self.store.row(self._address(block, scope))

    def default(self, block, name):
        """The value inherited from above. Raises `KeyError` where there is none."""
        definition = self._definition(block)
        if definition is None:
            raise KeyError(name)
        value = definition.inherited[name]
        return _copy(value)

    def set(self, block, name, value):
        """Keep one value; see `set_many`."""
        self.set_many(block, {name: value})

    def set_many(self, block, update_dict):
        """Keep values by name. Raises `InvalidScopeError` for the author's outside of Studio."""
        authored: dict[str, Any] = {}
        learner: dict[Any, dict[str, Any]] = {}
        for name, value in update_dict.items():
            scope = block.fields[name].scope
            if scope is Scope.children or scope is Scope.parent:
                continue  # the outline is the course's; some blocks save it back unchanged
            if scope.user is UserScope.NONE:
                authored[name] = value
            else:
                learner.setdefault(self._address(block, scope), {})[name] = value
        if authored:
            self._must_be_studio(authored)
            self.overlay.change(self._place(block), authored)
        for address, values in learner.items():
            self.store.change(address, values)

    def delete(self, block, name):
        """Forget a value, so that the default holds."""
        scope = block.fields[name].scope
        if scope.user is UserScope.NONE:
            self._must_be_studio([name])
            self.overlay.remove(self._place(block), name)
        else:
            self.store.remove(self._address(block, scope), name)

    def _must_be_studio(self, names):
        if not self.store.person.in_studio:
            raise InvalidScopeError(f"Authored fields are read-only here: {', '.join(names)}")

    def _of_block(self, block) -> tuple[object, str, Any]:
        """The same block asks for one field after another, and to hash a key takes as long as all the rest."""
        usage = block.scope_ids.usage_id
        if self._known[0] is not usage:
            self._known = (usage, str(usage), self.tree.blocks.get(usage))
        return self._known

    def _definition(self, block):
        return self._of_block(block)[2]

    def _place(self, block) -> str:
        return self._of_block(block)[1]

    def _address(self, block, scope) -> tuple[str, str, str]:
        owner = self.store.person.key if scope.user is UserScope.ONE else ""
        if scope.block is BlockScope.TYPE:
            return owner, "preferences", block.scope_ids.block_type
        if scope.block is BlockScope.ALL:
            return owner, "profile", ""
        return owner, "state" if owner else "summary", self._place(block)


def _copy(value: Any) -> Any:
    """Of a JSON value, a copy that shares nothing; what else authored fields hold (times, named tuples) never changes."""
    if isinstance(value, list):
        return [_copy(one) for one in value]
    if isinstance(value, dict):
        return {name: _copy(one) for name, one in value.items()}
    return value


def _missing(name):
    raise KeyError(name)
