"""A connection to a database: to write, or only to look at whatever is in it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from coder.domain.text_patterns import has_pattern
from coder.store.row_hashes import add_functions
from coder.store.words_numbers import words_number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Access = Literal["write", "read", "read still"]
"""`read still`: nobody writes to it meanwhile."""
_MODES = {"read": "mode=ro", "read still": "mode=ro&immutable=1"}
"""What the address of a database ends with: without more, SQLite makes files beside it to read as well."""


def connect(path: Path, busy_seconds: float, access: Access) -> sqlite3.Connection:
    """Connect to a database's file.

    Args:
        path: The file.
        busy_seconds: How long a statement waits for another program.
        access: What is to be done with it.
    """
    reads_only = access != "write"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{_MODES[access]}" if reads_only else path,
        uri=reads_only,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    add_functions(connection)
    connection.create_function("nfc", 1, _nfc, deterministic=True)
    connection.create_function("has_pattern", 2, has_pattern, deterministic=True)
    connection.create_function("words_number", 1, words_number_of, deterministic=True)
    if reads_only:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
        connection.set_authorizer(_refusing([name for (name,) in views]))
    return connection


def _nfc(text: str) -> str:
    """Return a text in NFC, as which it is searched: an accent may stand behind its letter."""
    return text if text.isascii() else normalize("NFC", text)


def _refusing(views: Sequence[str]) -> Callable[..., int]:
    """Return what tells SQLite to read no view, and what is in one on behalf of one."""
    refused = {str(name).casefold() for name in views}

    def allowed(
        _action: int, first: str | None, _second: str | None, _base: str | None, by: str | None
    ) -> int:
        is_view = any(name is not None and name.casefold() in refused for name in (first, by))
        return sqlite3.SQLITE_DENY if is_view else sqlite3.SQLITE_OK

    return allowed


@contextmanager
def in_turns(connection: sqlite3.Connection, seconds: float, otherwise: float) -> Iterator[None]:
    """Have a connection wait only so long at a time for other programs.

    Args:
        connection: The connection.
        seconds: How long it waits in the block.
        otherwise: How long it waits afterwards.
    """
    connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {otherwise * 1000:.0f}")
