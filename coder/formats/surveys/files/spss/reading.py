"""SPSS data files: value labels in place of numbers, variable labels as wording."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from coder.domain.grammar import counted, listed_few
from coder.errors import CoderError
from coder.formats.shared.encodings.decoding import decode
from coder.formats.shared.text_in import read_bytes
from coder.formats.surveys.files.cell_texts import cell_text
from coder.formats.surveys.files.spss.declared_encoding import says_encoding
from coder.formats.surveys.files.spss.spss_moments import moment_kind, moment_text
from coder.formats.surveys.raw_tables import MAX_CELL, OddCell, Piece, in_pieces, oversized_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from coder.domain.surveys.survey_doubts import Doubt

_ROWS_IN_A_BYTE = 1_100
"""More than zlib can press together: a file that claims more is damaged, and would fill the memory."""
_BYTE_BY_BYTE = "ISO-8859-1"
"""Each byte becomes the letter of that number: the texts are decoded afterwards."""
_NOT_IN_ITS_ENCODING = "Unable to convert string"
_SHOWN = 5
_LONGEST_ORDER = 60
"""Values of a list that somebody put in order; longer ones are of places and the like."""


def read_spss(path: Path, encoding: str | None = None) -> Iterator[Piece]:
    """Yield the rows of a .sav or .zsav file, names first.

    Args:
        path: The file.
        encoding: The encoding that a person says it has; None: what the file says, else it is found out.

    Raises:
        CoderError: The file is damaged, or not in the encoding given.
    """
    spss = _read(path, encoding)
    meta, decoded = spss.meta, spss.decoded
    names = list(map(decoded, meta.column_names))
    if not all(names):
        raise _unreadable(path, "a column has no name")
    wordings = [decoded(label or "") for label in meta.column_labels]
    rows = max(map(len, spss.cells.values()), default=0)
    columns = [_Column(path, position, name, spss) for position, name in enumerate(meta.column_names, 1)]
    texts = [column.texts() for column in columns]
    notes = ["SPSS file: value labels in place of numbers", *spss.notes, *_set_notes(spss)]
    notes += [note for column in columns for note in column.notes]
    facts = {
        "labels": wordings,
        "notes": notes,
        "doubts": [asdict(doubt) for doubt in spss.doubts],
        "names_certain": True,
        "odd_cells": [cell for column in columns for cell in column.odd_cells],
        "closed_names": [name for name, column in zip(names, columns, strict=True) if column.is_closed],
        "value_orders": {
            name: order
            for name, column in zip(names, columns, strict=True)
            if (order := column.value_order())
        },
    }
    yield Piece(rows=[names], total=rows, facts=facts)
    yield from in_pieces(map(list, zip(*texts, strict=True)), rows)


@dataclass(frozen=True, slots=True)
class _SpssFile:
    """What pyreadstat gives of a file, and how its texts are decoded."""

    cells: Mapping[str, Any]
    meta: Any
    decoded: Callable[[str], str]
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def _read(path: Path, encoding: str | None) -> _SpssFile:
    """Read a file; its texts byte by byte if it does not say their encoding, or it is not the one."""
    import pyreadstat

    try:
        if encoding is None and says_encoding(read_bytes(path)):
            try:
                return _SpssFile(*_contents(path, None), decoded=str)
            except pyreadstat.ReadstatError as error:
                if _NOT_IN_ITS_ENCODING not in str(error):
                    raise
        cells, meta = _contents(path, _BYTE_BY_BYTE)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as error:
        raise _unreadable(path, str(error)) from None
    whole = "\n".join(_all_texts(cells, meta))
    if whole.isascii():
        return _SpssFile(cells, meta, str)
    detected = decode(path.name, whole.encode(_BYTE_BY_BYTE), encoding)

    def decoded(text: str) -> str:
        return text.encode(_BYTE_BY_BYTE).decode(detected.encoding, "replace")

    notes = (f"encoding: {detected.encoding}; the file does not say it", *detected.notes)
    return _SpssFile(cells, meta, decoded, notes, detected.doubts)


def _contents(path: Path, encoding: str | None) -> tuple[Mapping[str, Any], Any]:
    """Return the cells of each column and what the file says about them.

    Raises:
        CoderError: It claims more rows than it can hold.
    """
    import pyreadstat

    _, meta = pyreadstat.read_sav(path, metadataonly=True, encoding=encoding)
    rows, size = meta.number_rows or 0, path.stat().st_size
    if rows > size * _ROWS_IN_A_BYTE:
        raise _unreadable(path, f"it claims {rows:,} rows, more than fit into its size")
    return pyreadstat.read_sav(
        path, output_format="dict", user_missing=True, disable_datetime_conversion=True, encoding=encoding
    )


def _all_texts(cells: Mapping[str, Any], meta: Any) -> Iterator[str]:
    yield from meta.column_names
    yield from (label for label in meta.column_labels if label)
    for labels in meta.variable_value_labels.values():
        yield from labels.values()
    for column in cells.values():
        yield from (cell for cell in column if isinstance(cell, str))


def _unreadable(path: Path, why: str) -> CoderError:
    msg = f"{path.name} cannot be read as an SPSS file: {why}."
    return CoderError(msg, "Save it anew in SPSS, or export it as CSV UTF-8.")


def _set_notes(spss: _SpssFile) -> Iterator[str]:
    """Yield the multiple response sets: boxes of one question, of which several may be ticked."""
    for name, about in (getattr(spss.meta, "mr_sets", None) or {}).items():
        title = spss.decoded(about.get("label") or name)
        columns = list(map(spss.decoded, about.get("variable_list") or ()))
        kind = "boxes to tick" if about.get("is_dichotomy") else "several choices"
        yield f"multiple response set '{title}', {kind}: {listed_few(columns, _SHOWN)}"


@dataclass(slots=True)
class _Column:
    """A variable: its cells as text, and what is to be said of them."""

    path: Path
    position: int
    """Counted from 1."""
    name: str
    spss: _SpssFile
    notes: list[str] = field(default_factory=list)
    odd_cells: list[OddCell] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Tell whether the file says that nobody wrote texts here: numbers, or values with labels."""
        return self.spss.meta.readstat_variable_types.get(self.name) != "string" or bool(self._labels())

    def value_order(self) -> list[str]:
        """Return what values with labels are shown as, in the order of the values, missing ones left out.

        Values without a label stand among them: of a scale often its ends alone have one. Of one value, as
        of a box to tick, or of a long list there is no order.
        """
        labels = self._labels()
        codes = set(self.spss.meta.variable_value_labels.get(self.name, {}))
        if not labels or not all(isinstance(code, (int, float)) for code in codes):
            return []
        stored = self.spss.cells[self.name]
        codes |= {cell for cell in stored if isinstance(cell, (int, float)) and not math.isnan(cell)}
        ranges = self._missing_ranges()
        texts = [
            labels.get(cell_text(code), cell_text(code))
            for code in sorted(codes)
            if not any(_within(code, low, high) for low, high in ranges)
        ]
        order = list(dict.fromkeys(texts))
        return order if 1 < len(order) <= _LONGEST_ORDER else []

    def _missing_ranges(self) -> list[tuple[object, object]]:
        return [(r["lo"], r["hi"]) for r in (self.spss.meta.missing_ranges or {}).get(self.name, ())]

    def texts(self) -> list[str]:
        """Return the cells as text: missing ones blank, others by their label, moments in ISO form."""
        stored = list(self.spss.cells[self.name])
        labels = self._labels()
        missing = self._missing(stored)
        kind = moment_kind(self.spss.meta.original_variable_types.get(self.name) or "")
        cells = []
        for row, cell in enumerate(stored, 2):
            text = cell_text(cell)
            if text in labels:
                text = labels[text]
            elif kind is not None and isinstance(cell, (int, float)):
                shown = moment_text(float(cell), kind)
                if shown is None and cell not in missing:
                    self.odd_cells.append(OddCell(row, self.position, "date", f"{text} seconds"))
                text = shown or ""
            elif isinstance(cell, str):
                text = self.spss.decoded(text)
            cells.append("" if cell in missing else text)
        self._refuse_oversized(cells)
        return cells

    def _labels(self) -> dict[str, str]:
        """Return the label of each value; a blank one says nothing, its value stands."""
        labels = self.spss.meta.variable_value_labels.get(self.name, {})
        decoded = {cell_text(code): self.spss.decoded(label) for code, label in labels.items()}
        return {code: label for code, label in decoded.items() if label.strip()}

    def _missing(self, stored: list[object]) -> set[object]:
        """Return the values that the survey's makers declared as missing, as far as they occur."""
        ranges = self._missing_ranges()
        if not ranges:
            return set()
        missing = {cell for cell in set(stored) if any(_within(cell, low, high) for low, high in ranges)}
        if missing:
            count = sum(cell in missing for cell in stored)
            labels = self._labels()
            names = sorted(labels.get(cell_text(cell), cell_text(cell)) for cell in missing)
            self.notes.append(
                f"{self.spss.decoded(self.name)}: {counted(count, 'cell')} declared as missing in SPSS "
                f"({listed_few(names, _SHOWN)}), taken as blank"
            )
        return missing

    def _refuse_oversized(self, cells: list[str]) -> None:
        longest = max(map(len, cells), default=0)
        if longest > MAX_CELL:
            row = next(n for n, cell in enumerate(cells, 2) if len(cell) == longest)
            raise oversized_cell(self.path, row, self.position, longest)


def _within(cell: object, low: object, high: object) -> bool:
    if isinstance(cell, str):
        return isinstance(low, str) and cell.rstrip() == low.rstrip()
    if isinstance(cell, (int, float)) and isinstance(low, (int, float)) and isinstance(high, (int, float)):
        return not math.isnan(cell) and low <= cell <= high
    return False
