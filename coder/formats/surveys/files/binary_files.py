"""Workbooks and SPSS files, read in a process of its own that may fail without harm."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coder.domain.surveys.survey_doubts import Doubt
from coder.errors import CoderError
from coder.formats.shared.guarded import TooLargeError, read_guarded
from coder.formats.shared.text_in import read_bytes
from coder.formats.surveys.files.file_kinds import kind_of
from coder.formats.surveys.files.spss.reading import read_spss
from coder.formats.surveys.files.workbooks.far_cells import far_cell
from coder.formats.surveys.files.workbooks.reading import read_workbook
from coder.formats.surveys.raw_tables import FileRows, MergedCells, OddCell, Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coder.domain.progress import Progress
    from coder.domain.surveys.import_choices import ImportChoices


def read_binary(path: Path, choices: ImportChoices, progress: Progress) -> FileRows:
    """Read a workbook or an SPSS file.

    Args:
        path: The file; its content decides how it is read.
        choices: Which sheet of a workbook, and the encoding of an SPSS file; else they are found out.
        progress: Called several times a second, and at least every 1,000 rows; may raise CancelledError.

    Raises:
        CoderError: It is neither, is damaged, or needs too much memory or time.
    """
    taken = _Taken(progress)
    try:
        read_guarded(
            pieces_of, path, taken.receive, taken.tick, sheet=choices.sheet, encoding=choices.encoding
        )
    except TooLargeError:
        _blame_far_cell(path, taken)
        raise
    return FileRows(path, taken.rows, **taken.facts)


@dataclass
class _Taken:
    """What has come of a file so far."""

    progress: Progress
    rows: list[list[str]] = field(default_factory=list)
    total: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def receive(self, piece: Piece) -> None:
        self.rows += piece.get("rows", [])
        self.total = piece.get("total", self.total)
        for name, fact in piece.get("facts", {}).items():
            self.facts[name] = tuple(map(_kind_of_fact(name), fact)) if isinstance(fact, list) else fact
        self.tick()

    def tick(self) -> None:
        self.progress(len(self.rows), self.total)


def _kind_of_fact(name: str) -> Callable[[Any], Any]:
    """Return what makes an element of a fact from what JSON has made of it."""
    kinds: dict[str, Callable[[Any], Any]] = {
        "merged": MergedCells._make,
        "odd_cells": OddCell._make,
        "doubts": lambda fields: Doubt(**fields | {"examples": tuple(fields["examples"])}),
    }
    return kinds.get(name, lambda element: element)


def _blame_far_cell(path: Path, taken: _Taken) -> None:
    """Raise CoderError if a stray cell explains why a workbook needs so much memory."""
    cells: list[str] = []
    with suppress(CoderError):
        read_guarded(far_cell, path, cells.append, taken.tick)
    if cells:
        msg = f"{path.name}: a stray cell near {cells[0]} makes a sheet too large to read."
        raise CoderError(msg, "Delete the rows and columns beyond the table, and save it again.")


def pieces_of(path: Path, sheet: str | None, encoding: str | None) -> Iterator[Piece]:
    """Yield what a workbook or an SPSS file holds; runs in the child process."""
    content = read_bytes(path)
    kind = kind_of(path, content)
    if kind == "workbook" and encoding is not None:
        msg = f"{path.name} is no text file: it says itself how its letters are encoded."
        raise CoderError(msg, "Leave --encoding out.")
    if kind == "workbook":
        yield from read_workbook(path, content, sheet)
    elif sheet is not None:
        raise without_sheets(path)
    elif kind == "spss":
        yield from read_spss(path, encoding)
    else:
        msg = f"{path.name} cannot be read as a workbook: it is text."
        raise CoderError(msg, "Give it a name that ends in .csv.")


def without_sheets(path: Path) -> CoderError:
    """Return the error for asking for a sheet of a file that has none."""
    return CoderError(f"{path.name} is not a workbook: it has no sheets.", "Leave --sheet out.")
