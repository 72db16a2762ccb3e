"""Attributes that are worked out for a table, and are not the survey's: crossed ones, who mentions a theme.

For as long as a table is counted, tables of the connection's own stand in for those of attributes, so that
every query that names them sees the derived ones as well. Nothing of the study is written.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.store.database import Database
    from coder.store.scope import Scope


class MentionsMeant(NamedTuple):
    """Which codings decide on a value: those who mention any of some themes have one, others another."""

    scope: Scope
    theme_ids: Sequence[str]
    mentioning: str
    others: str
    is_alone: bool = False
    """Whether no column is of these others, who are then all that do not mention them."""


class DerivedAttribute(NamedTuple):
    """An attribute that is worked out; one of the survey's that has the same name is replaced by it."""

    name: str
    label: str
    value_of: Mapping[int, str]
    """Number of a respondent to the value; lacking are those without one."""
    order: tuple[str, ...] = ()
    """The values in order; empty: their natural order."""
    mentions: MentionsMeant | None = None
    """The codings that decide on its values, if any do."""
    parts: tuple[DerivedAttribute, ...] = ()
    """The attributes that are crossed in it."""


class Overlay:
    """Derived attributes that a connection shows besides the survey's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_laid = False

    def add(self, attributes: Iterable[DerivedAttribute]) -> None:
        """Have the connection show derived attributes from now on."""
        for attribute in attributes:
            self._lay()
            _add(self._database, attribute)

    def _lay(self) -> None:
        """Put tables of the connection's own in front of the survey's, if they are not there."""
        if self._is_laid:
            return
        self._is_laid = True
        for statement in _TABLES:
            self._database.execute(statement)

    def remove(self) -> None:
        """Have the connection show the survey's attributes alone."""
        for table in ("attribute_value", "attribute"):
            self._database.execute(f"DROP TABLE IF EXISTS temp.{table}")


@contextmanager
def derived_values(database: Database) -> Iterator[Overlay]:
    """Yield what derived attributes are added to; they are shown until the block ends."""
    overlay = Overlay(database)
    try:
        yield overlay
    finally:
        overlay.remove()


_TABLES = (
    "CREATE TEMP TABLE attribute AS SELECT * FROM main.attribute",
    """CREATE TEMP TABLE attribute_value (
        respondent INTEGER NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (respondent, attribute)) WITHOUT ROWID""",
    """INSERT INTO temp.attribute_value (respondent, attribute, value)
    SELECT respondent, attribute, value FROM main.attribute_value""",
    "CREATE INDEX temp.derived_value ON attribute_value (attribute, value, respondent)",
)


def _add(database: Database, attribute: DerivedAttribute) -> None:
    database.execute("DELETE FROM temp.attribute_value WHERE attribute = ?", (attribute.name,))
    database.execute(
        """INSERT INTO temp.attribute (name, position, label)
        SELECT :name, COALESCE(MAX(position), 0) + 1, :label FROM temp.attribute
        WHERE NOT EXISTS (SELECT 1 FROM temp.attribute WHERE name = :name)""",
        {"name": attribute.name, "label": attribute.label},
    )
    database.execute_many(
        "INSERT INTO temp.attribute_value (respondent, attribute, value) VALUES (?, ?, ?)",
        (
            (respondent, attribute.name, attribute_value)
            for respondent, attribute_value in attribute.value_of.items()
            if attribute_value
        ),
    )
