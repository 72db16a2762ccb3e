"""Attributes that are worked out for a table, and are not the survey's: crossed ones, who mentions a theme.

For as long as a table is counted, tables of the connection's own stand in for those of attributes, so that
every query that names them sees the derived ones as well. Nothing of the study is written.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.store.database import Database


class DerivedAttribute(NamedTuple):
    """An attribute that is worked out; one of the survey's that has the same name is replaced by it."""

    name: str
    label: str
    value_of: Mapping[int, str]
    """Number of a respondent to the value; lacking are those without one."""
    order: tuple[str, ...] = ()
    """The values in order; empty: their natural order."""


@contextmanager
def with_derived(database: Database, attributes: Sequence[DerivedAttribute]) -> Iterator[None]:
    """Have a connection show derived attributes besides the survey's, in the block."""
    if not attributes:
        yield
        return
    database.execute("CREATE TEMP TABLE attribute AS SELECT * FROM main.attribute")
    try:
        database.execute(
            """CREATE TEMP TABLE attribute_value (
                respondent INTEGER NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL,
                PRIMARY KEY (respondent, attribute)) WITHOUT ROWID"""
        )
        database.execute(
            """INSERT INTO temp.attribute_value (respondent, attribute, value)
            SELECT respondent, attribute, value FROM main.attribute_value"""
        )
        for attribute in attributes:
            _add(database, attribute)
        database.execute("CREATE INDEX temp.derived_value ON attribute_value (attribute, value, respondent)")
        yield
    finally:
        for table in ("attribute_value", "attribute"):
            database.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _add(database: Database, attribute: DerivedAttribute) -> None:
    for table, column in (("attribute", "name"), ("attribute_value", "attribute")):
        database.execute(f"DELETE FROM temp.{table} WHERE {column} = ?", (attribute.name,))
    database.execute(
        """INSERT INTO temp.attribute (name, position, label)
        SELECT ?, COALESCE(MAX(position), 0) + 1, ? FROM temp.attribute""",
        (attribute.name, attribute.label),
    )
    database.execute_many(
        "INSERT INTO temp.attribute_value (respondent, attribute, value) VALUES (?, ?, ?)",
        (
            (respondent, attribute.name, attribute_value)
            for respondent, attribute_value in attribute.value_of.items()
            if attribute_value
        ),
    )
