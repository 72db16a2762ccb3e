"""Does a study's database hold the tables, indexes and triggers of a study, and nothing else?

A trigger could take back what was shown as saved, a view could stand in for a table and never end: what no
version of the program has made is not opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from coder.store.schema import Schema

CATALOGUE = "SELECT type, name, sql FROM sqlite_master"
_SQLITES_OWN = re.compile(r"sqlite_(sequence|stat[1-4])")
_SPACES = re.compile(r"\s+")
_AROUND_SIGNS = re.compile(r" ?([(),]) ?")
_NAME = re.compile(r"CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER) (\w+)")


class Member(NamedTuple):
    """Something that SQLite's catalogue lists."""

    kind: str
    """`table`, `index`, `trigger` or `view`."""
    name: str
    sql: str | None
    """How it was made; None for the indexes that SQLite makes by itself."""


def names(schema: Schema) -> set[str]:
    """Return the name of every table, index and trigger that a schema's newest version has."""
    return {_NAME.findall(statement)[0] for statement in (*schema.statements, *schema.rules)}


def strangers(catalogue: Iterable[Member], schema: Schema) -> Iterator[Member]:
    """Yield what no version of the program makes, or makes in another way under this name."""
    made = (*schema.statements, *schema.rules, *schema.older)
    as_made = frozenset(made)
    squeezed_made: frozenset[str] | None = None
    for member in catalogue:
        if member.sql in as_made or _is_sqlites_own(member):
            continue
        # Columns that were added later, and other white space: seldom.
        squeezed_made = squeezed_made or frozenset(map(squeezed, made))
        if squeezed(str(member.sql)) not in squeezed_made:
            yield member


def _is_sqlites_own(member: Member) -> bool:
    if member.sql is None:
        return member.kind == "index" and str(member.name).startswith("sqlite_autoindex_")
    is_named = member.kind == "table" and _SQLITES_OWN.fullmatch(str(member.name))
    return bool(is_named) and str(member.sql).startswith("CREATE TABLE sqlite_")


def squeezed(sql: str) -> str:
    """Return a statement with its white space as it has no meaning."""
    return _AROUND_SIGNS.sub(r"\1", _SPACES.sub(" ", sql.strip()))


def stranger_text(member: Member) -> str:
    """Return what is wrong with something that no version of the program makes."""
    return f"The {member.kind} '{member.name}' is not as coder makes it: it could change or hide codings."


def refuse_strangers(path: Path, catalogue: Iterable[Member], schema: Schema) -> None:
    """Raise CoderError if there is anything in the database that no version of the program makes."""
    # A schema that knows nothing of its past is one of a test.
    stranger = next(strangers(catalogue, schema), None) if schema.older else None
    if stranger is not None:
        msg = f"{path} is not opened. {stranger_text(stranger)}"
        raise CoderError(
            msg, "Restore a copy of the study. To see all that is wrong with this one: coder check"
        )


def refuse_format(path: Path, version: int, schema: Schema) -> None:
    """Raise CoderError if a database has a format that this program does not know."""
    if version > schema.version:
        msg = f"{path} was made by a newer version of coder: format {version}, not {schema.version}."
        raise CoderError(msg, "Install the newer version.")
    if version < 1:
        msg = f"{path} says that it has format {version}, which no version of coder makes."
        raise CoderError(
            msg, "The file was damaged or changed by another program: restore a copy of the study."
        )
