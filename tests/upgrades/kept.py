"""A frozen site as text: SQL of our tables, what the platform's store had of each block, and public keys. See freeze.py."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from opaque_keys.edx.locator import BlockUsageLocator
from xblock.fields import ScopeIds
from xblock.runtime import KeyValueStore

from dti_xblocks.content import parser
from tests.runtime import AUTHORED, COURSE, LEARNER, OF_LEARNERS, OTHER, STAFF, BlockRuntime, Person, Place

FOLDER = Path(__file__).parent
OURS = "dti_records_"
SCOPES = {scope.name or str(number): scope for number, scope in enumerate((*AUTHORED, *OF_LEARNERS))}
PEOPLE = (LEARNER, OTHER, STAFF)


def classes() -> dict[str, type]:
    """The block class by its tag."""
    from dti_xblocks.activity_block import ActivityBlock
    from dti_xblocks.case_law_block import CaseLawBlock
    from dti_xblocks.pledge_block import PledgeBlock
    from dti_xblocks.review_block import ReviewBlock
    from dti_xblocks.scenario_block import ScenarioBlock
    from dti_xblocks.video_block import VideoBlock

    return {
        "dti_activity": ActivityBlock,
        "dti_case_law": CaseLawBlock,
        "dti_pledge": PledgeBlock,
        "dti_review": ReviewBlock,
        "dti_scenario": ScenarioBlock,
        "dti_video": VideoBlock,
    }


@dataclass
class Site:
    """Blocks by their names, each in its own place of the store, whoever is in front of them."""

    places: dict[str, Place] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def author(self, tag: str, name: str, content: str, **attributes: str) -> None:
        """Write a block as an import would."""
        self.places[name], self.tags[name] = Place(), tag
        given = "".join(f' {key}="{value}"' for key, value in attributes.items())
        node = etree.fromstring(f"<{tag}{given}>{content}</{tag}>", parser())
        self.places[name].authoring = True
        runtime = BlockRuntime(self.places[name], STAFF)
        classes()[tag].parse_xml(node, runtime, self._keys(name, STAFF)).save()
        self.places[name].authoring = False

    def block(self, name: str, person: Person = LEARNER):
        """The block of that name, loaded afresh for somebody."""
        runtime = BlockRuntime(self.places[name], person)
        return runtime.construct_xblock_from_class(classes()[self.tags[name]], self._keys(name, person))

    def _keys(self, name: str, person: Person) -> ScopeIds:
        usage = BlockUsageLocator(COURSE, self.tags[name], name)
        return ScopeIds(f"anonymous-{person.user_id}", self.tags[name], usage, usage)

    # -- as text -------------------------------------------------------------------------------------------------------

    def to_json(self) -> dict:
        """All that is stored, ready for JSON."""
        return {name: {"tag": self.tags[name], "stored": self._stored(name)} for name in self.places}

    def _stored(self, name: str) -> list[list]:
        names = {scope: word for word, scope in SCOPES.items()}
        usage = str(BlockUsageLocator(COURSE, self.tags[name], name))
        kept = []
        for key, text in self.places[name].store.db_dict.items():
            whose = "" if key.block_scope_id is None else "usage" if str(key.block_scope_id) == usage else str(key.block_scope_id)
            kept.append([names[key.scope], key.user_id, whose, key.field_name, text])
        return sorted(kept, key=str)

    @classmethod
    def from_json(cls, data: dict) -> "Site":
        site = cls()
        for name, block in data.items():
            site.places[name], site.tags[name] = Place(), block["tag"]
            usage = BlockUsageLocator(COURSE, block["tag"], name)
            for scope, user, whose, field_name, text in block["stored"]:
                owner = {"": None, "usage": usage}.get(whose, whose)
                key = KeyValueStore.Key(SCOPES[scope], user, owner, field_name)
                site.places[name].store.db_dict[key] = text
        return site


def dumped(database: Path) -> str:
    """SQL that makes our tables with their rows, and says which of our migrations they had."""
    with closing(sqlite3.connect(database)) as connection:
        lines = [line for line in connection.iterdump() if OURS in line.partition("(")[0]]
        ran = connection.execute("select app, name from django_migrations where app = 'dti_records' order by id").fetchall()
    table = "CREATE TABLE django_migrations (id integer PRIMARY KEY AUTOINCREMENT, app text, name text, applied datetime);"
    values = [f"INSERT INTO django_migrations (app, name, applied) VALUES('{app}','{name}','2026-01-01');" for app, name in ran]
    return "\n".join(["BEGIN TRANSACTION;", table, *values, *lines, "COMMIT;", ""])


def loaded(sql: str, database: Path) -> None:
    """Make the database that `dumped` wrote down."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(sql)


def rows(database: Path) -> dict[str, int]:
    """How many rows each of our tables has."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute(f"select name from sqlite_master where type = 'table' and name like '{OURS}%'").fetchall()
        return {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in sorted(names)}


def frozen() -> list[str]:
    """The versions there are."""
    return sorted(path.parent.name for path in FOLDER.glob("*/records.sql"))


def read(version: str) -> dict:
    """What was frozen of a version, but for the SQL."""
    return json.loads((FOLDER / version / "site.json").read_text(encoding="utf-8"))
