"""Every value of every table, whichever tables there are: to prove that words stand in none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coder.store.database import Database

_TABLES = "SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name"


def values_standing(database: Database, is_standing: Callable[[str], bool]) -> Iterator[str]:
    """Yield, in words, where values stand of which a function tells that they hold something.

    Args:
        database: The study's.
        is_standing: Is given each text, blobs read as UTF-8, and of JSON each text within it.
    """
    for (table,) in database.rows(_TABLES):
        columns = [row[1] for row in database.rows(f"PRAGMA main.table_info({_quoted(table)})")]
        cells = ", ".join(f"CAST({_quoted(column)} AS BLOB)" for column in columns)
        for place, row in enumerate(database.stream(f"SELECT {cells} FROM main.{_quoted(table)}"), start=1):
            for column, cell in zip(columns, row, strict=True):
                if cell is not None and any(map(is_standing, _read(cell))):
                    yield f"{table}.{column}, row {place:,}"


def _read(cell: bytes) -> Iterator[str]:
    text = cell.decode("utf-8", "replace")
    yield text
    if text.startswith(("{", "[", '"')):
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            return
        # Each by itself: within JSON a line end is a letter, and so would be no end of a word.
        yield from _texts_within(content)


def _texts_within(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, member in content.items():
            yield key
            yield from _texts_within(member)
    elif isinstance(content, list):
        for member in content:
            yield from _texts_within(member)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
