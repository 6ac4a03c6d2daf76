"""What an officer costs: processor time of each program, rows and bytes of the database."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

from .servers import Server

TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(server: Server) -> float:
    """Processor seconds of a program and of all that it started and that still lives."""
    if server.process is None:
        return 0.0
    children: dict[int, list[int]] = defaultdict(list)
    spent: dict[int, float] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        children[int(fields[1])].append(int(folder.name))
        spent[int(folder.name)] = sum(map(int, fields[11:15])) / TICKS  # its own, and that of children that have ended
    found, left = 0.0, [server.process.pid]
    while left:
        one = left.pop()
        found += spent.get(one, 0.0)
        left += children[one]
    return found


def rows_an_officer(officers: int) -> dict[str, float]:
    """Rows of each table of ours, for one officer."""
    from django.apps import apps

    counts = {model.__name__: model.objects.count() for model in apps.get_app_config("dti_records").get_models()}
    return {name: round(count / officers, 2) for name, count in counts.items() if count and officers}


def bytes_an_officer(officers: int) -> int:
    """Bytes of our tables and their indexes, for one officer; 0 where the database does not say."""
    from django.apps import apps
    from django.db import connection

    tables = [model._meta.db_table for model in apps.get_app_config("dti_records").get_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s) AS name", [tables])
        elif connection.vendor == "mysql":
            for table in tables:
                cursor.execute(f"ANALYZE TABLE {table}")
                cursor.fetchall()
            cursor.execute(
                "SELECT sum(data_length + index_length) FROM information_schema.tables WHERE table_name IN %s", [tuple(tables)]
            )
        else:
            return 0
        return int((cursor.fetchone()[0] or 0) / max(1, officers))
