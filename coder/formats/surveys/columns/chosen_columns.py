"""The columns that a person's choices name: each found, and none of them for two uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name
from coder.domain.surveys.box_choices import BoxChoices
from coder.domain.surveys.import_choices import NUMBERED, ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.columns.named_columns import (
    boxes_joined,
    find_columns,
    find_one_column,
    named_whole,
    of_whole_name,
    refuse_two_uses,
)

if TYPE_CHECKING:
    from coder.formats.surveys.raw_tables import RawTable


@dataclass(frozen=True, slots=True)
class ChosenColumns:
    """Positions of columns, counted from 0; None where a person says nothing about it."""

    id: int | None
    numbered: bool
    """Whether no column is to be the id."""
    open: tuple[int, ...] | None
    attributes: tuple[int, ...] | None
    open_by_name: frozenset[int]
    """Those of `open` that are given by their whole names, not by a pattern or stem."""
    attributes_by_name: frozenset[int]
    boxes: BoxChoices


def find_chosen(raw: RawTable, choices: ImportChoices) -> ChosenColumns:
    """Return the columns that a person's choices name.

    Where a pattern names a column that another option gives by its whole name, the name counts.

    Raises:
        CoderError: A name that no column has; the hint gives the nearest. One column for two uses.
    """
    open_columns, attributes = choices.open_columns, choices.attributes
    open_by_name = named_whole(raw, open_columns or ())
    attributes_by_name = named_whole(raw, attributes or ())
    boxes = BoxChoices(boxes_joined(raw, choices.boxes))
    id_position = chosen_id(raw, choices)
    refuse_two_uses(
        raw,
        [
            ("--id", () if id_position is None else (id_position,)),
            ("--boxes", boxes.settled),
            ("--open", open_by_name - boxes.settled),
            ("--attributes", attributes_by_name),
        ],
    )
    kept = None if attributes is None else find_columns(raw, attributes)
    if kept is not None:
        refuse_two_uses(raw, [("--boxes", boxes.settled), ("--attributes", kept)])
    opened = None if open_columns is None else find_columns(raw, open_columns)
    return ChosenColumns(
        id=id_position,
        numbered=choices.id_column is not None and id_position is None,
        open=None if opened is None else tuple(n for n in opened if n not in attributes_by_name),
        attributes=None if kept is None else tuple(n for n in kept if n not in open_by_name),
        open_by_name=open_by_name,
        attributes_by_name=attributes_by_name,
        boxes=boxes,
    )


def chosen_id(raw: RawTable, choices: ImportChoices) -> int | None:
    """Return the position of the id column that a person names; None if they name none.

    Raises:
        CoderError: No column has that name, or several; or rows of nobody are to be gathered.
    """
    if choices.id_column is None:
        return None
    if fold_name(choices.id_column) != NUMBERED or of_whole_name(raw, choices.id_column):
        return find_one_column(raw, "--id", choices.id_column)
    if choices.row_meaning == "part":
        msg = "--row-is part gathers the rows of each id; --id none says that there are no ids."
        raise CoderError(msg, "Leave one of them out, or name the column with --id.")
    return None
