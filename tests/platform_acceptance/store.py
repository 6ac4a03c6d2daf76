"""MongoDB in this process: mongomock, strict where MongoDB is, and kept in a file between Studio's process and the LMS's."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import bson
import mongomock
import pymongo
from mongomock.collection import Collection
from mongomock.database import Database
from mongomock.gridfs import enable_gridfs_integration
from mongomock.store import ServerStore

LARGEST = 16 * 1024 * 1024  # bytes of a document, as in MongoDB
SERVER = ServerStore()


class Client(mongomock.MongoClient):
    """Every client of this process has the same server."""

    _clients: dict[Any, Any] = {}  # noqa: RUF012 - pymongo looks at it when the process forks

    def __init__(self, host: object = None, port: object = None, **options: Any):
        kept = {name: value for name, value in options.items() if name in ("document_class", "tz_aware")}
        super().__init__("localhost", 27017, _store=SERVER, **kept)


def install() -> None:
    """Put the stand-in in the place of pymongo's client, before the platform is imported."""
    pymongo.MongoClient = pymongo.mongo_client.MongoClient = Client
    enable_gridfs_integration()
    ask, update = Database.command, Collection._update

    def command(self: Database, asked: Any, **options: Any) -> Any:
        name = asked if isinstance(asked, str) else next(iter(asked))
        if str(name).lower() in ("ismaster", "hello", "ping"):
            return {"ok": 1.0, "ismaster": True, "maxWireVersion": 21}
        return ask(self, asked, **options)

    def inserted(self: Collection, document: dict[str, Any]) -> dict[str, Any]:
        return bson.decode(_checked(dict(document)))  # what BSON does not know (sets, keys that are no text) fails here, too

    def updated(self: Collection, spec: Any, document: Any, *rest: Any, **options: Any) -> Any:
        _checked(dict(document))
        return update(self, spec, document, *rest, **options)

    Database.command, Collection._internalize_dict, Collection._update = command, inserted, updated


def save(path: Path) -> None:
    """Keep everything in a file."""
    kept = {
        (database, name): list(collection._documents.items())
        for database, found in SERVER._databases.items()
        for name, collection in found._collections.items()
        if collection._documents
    }
    path.write_bytes(pickle.dumps(kept, protocol=5))


def load(path: Path) -> None:
    """Have what `save` kept. The file is our own, of the same run."""
    for (database, name), documents in pickle.loads(path.read_bytes()).items():
        collection = SERVER[database][name]
        collection.create()
        for key, document in documents:
            collection[key] = document


def _checked(document: dict[str, Any]) -> bytes:
    raw = bson.encode(document)
    if len(raw) > LARGEST:
        raise pymongo.errors.DocumentTooLarge(f"A document of {len(raw)} bytes")
    return raw
