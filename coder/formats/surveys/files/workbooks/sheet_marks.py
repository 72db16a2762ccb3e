"""What a sheet has besides its values: texts as shown, lost cells, what is hidden or merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coder.domain.grammar import counted
from coder.formats.surveys.files.cell_texts import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.formats.surveys.raw_tables import MergedCells, OddCell


@dataclass(slots=True)
class SheetMarks:
    """What was found on a sheet, in the file's own rows and columns, counted from 1."""

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    """By row and column: the text that a cell shows, where calamine gives another."""
    odd_cells: list[OddCell] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False

    def put(self, place: tuple[int, int], text: str) -> None:
        """Say which text a cell shows."""
        self.texts.setdefault(place[0], {})[place[1]] = text


def with_marks(rows: Iterator[list[str]], marks: SheetMarks) -> Iterator[list[str]]:
    """Yield rows with the texts that their cells show, also those beyond the last value."""
    texts = marks.texts
    number = width = 0
    for number, row in enumerate(rows, 1):
        width = len(row)
        yield _marked(row, texts[number]) if number in texts else row
    for beyond in range(number + 1, max(texts, default=0) + 1):
        yield _marked([""] * width, texts.get(beyond, {}))


def _marked(row: list[str], texts: dict[int, str]) -> list[str]:
    row += [""] * (max(texts, default=0) - len(row))
    for column, text in texts.items():
        row[column - 1] = text
    return row


class FillingDown:
    """Gives cells that are merged with the one above its text."""

    def __init__(self, merged: Sequence[MergedCells]) -> None:
        self._merged = merged
        self._taken = 0
        self._begin: dict[int, list[MergedCells]] = {}
        self._columns: dict[int, int] = {}
        """How many cells of each column were filled."""

    def _take_merged(self) -> None:
        """Take up the merged cells that have come since: some readers find them with the rows."""
        for cells in self._merged[self._taken :]:
            if cells.last_row > cells.first_row:
                self._begin.setdefault(cells.first_row, []).append(cells)
        self._taken = len(self._merged)

    def fill(self, rows: Iterator[list[str]]) -> Iterator[list[str]]:
        """Yield rows with what stands above in cells that are merged downwards."""
        standing: dict[int, tuple[int, str]] = {}
        for number, row in enumerate(rows, 1):
            self._take_merged()
            for column, (last_row, text) in list(standing.items()):
                if number <= last_row and column < len(row) and not row[column]:
                    row[column] = text
                    self._columns[column] = self._columns.get(column, 0) + bool(text)
                elif number > last_row:
                    del standing[column]
            for cells in self._begin.get(number, ()):
                if cells.first_column <= len(row):
                    standing[cells.first_column - 1] = cells.last_row, row[cells.first_column - 1]
            yield row

    def notes(self) -> list[str]:
        """Return what was filled, in words."""
        return [
            f"column {column_letters(column + 1)}: {counted(count, 'merged cell')} given the text above"
            for column, count in sorted(self._columns.items())
            if count
        ]


def mark_notes(marks: SheetMarks) -> list[str]:
    """Return in words what is hidden of a sheet's columns: they are read like the others."""
    letters = [column_letters(column) for column in sorted(set(marks.hidden_columns))]
    if not letters:
        return []
    return [f"hidden, and read like the others: {counted(len(letters), 'column')} ({_shortened(letters)})"]


def mark_facts(marks: SheetMarks | None) -> dict[str, Any]:
    """Return what `FileRows` keeps of a sheet's marks."""
    if marks is None:
        return {}
    return {"odd_cells": marks.odd_cells, "hidden_rows": marks.hidden_rows, "filtered": marks.filtered}


_NAMES_SHOWN = 10


def _shortened(names: Sequence[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
