"""The frame: a CSV that says how many were asked, by attribute and value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.formats.shared.text_in import MOST_TEXT, read_bytes
from coder.formats.surveys.files.delimited import read_table

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = ("attribute", "value", "total")


def read_frame(path: Path, attribute: str) -> dict[str, int]:
    """Return how many were asked for each value of an attribute, in the file's order.

    Raises:
        CoderError: The file cannot be read, lacks a column or says nothing of the attribute, or a total is
            no whole number; the message names file, line and column.
    """
    table = read_table(path, read_bytes(path, MOST_TEXT))
    for column in _COLUMNS:
        if column not in table.header:
            msg = f"{path} has no column '{column}'."
            raise CoderError(msg, f"Its first line must be: {','.join(_COLUMNS)}")
    totals: dict[str, int] = {}
    other_attributes: set[str] = set()
    for number, cells in table.rows:
        row = dict.fromkeys(_COLUMNS, "") | dict(zip(table.header, cells, strict=False))
        if row["attribute"] != attribute:
            other_attributes.add(row["attribute"])
            continue
        attribute_value, total = row["value"], row["total"]
        if attribute_value in totals or not (total.isascii() and total.isdigit()):
            fault = "comes twice" if attribute_value in totals else f"has the total '{total}'"
            msg = f"{path}, line {number}: '{attribute_value}' {fault}."
            raise CoderError(msg, "Give each value one line with a whole number.")
        totals[attribute_value] = int(total)
    if not totals:
        msg = f"{path} has no line for the attribute '{attribute}'."
        raise CoderError(msg, nearest(attribute, other_attributes) or "Add a line for each of its values.")
    return totals
