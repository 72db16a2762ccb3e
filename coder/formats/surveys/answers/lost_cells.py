"""Cells whose content the file has lost: errors of formulas, formulas without a value, dates out of range."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys.files.cell_texts import column_letters
from coder.formats.surveys.raw_tables import OddCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import OddKind, RawTable

SUBJECT = "lost cells"

ERRORS = frozenset({
    "#NAME?", "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#ERROR!",
    # German, French, Spanish, Italian, Dutch, Polish, Portuguese, Swedish.
    "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#¿NOMBRE?",
    "#¡REF!", "#¡VALOR!", "#¡DIV/0!", "#¡NUM!", "#N/D", "#NOME?", "#VALORE!", "#RIF!", "#NAAM?", "#VERW!",
    "#WAARDE!", "#GETAL!", "#DEEL/0!", "#N/B", "#NAZWA?", "#ADR!", "#ARG!", "#LICZBA!", "#DZIEL/0!",
    "#N/D!", "#VALOR!", "#NÚM!", "#NAMN?", "#REFERENS!", "#VÄRDEFEL!", "#OGILTIGT!", "#SAKNAS!",
    "#DIVISION/0!",
    "Err:501", "Err:502", "Err:504", "Err:508", "Err:509", "Err:510", "Err:511", "Err:512", "Err:522",
    "Err:523",
})  # fmt: skip
"""What spreadsheets write in place of a value. Not #NULL!: SPSS writes that for a missing one."""

_SHOWN = 5
_EXAMPLES = 3
_STATED: dict[OddKind, tuple[str, str]] = {
    "error": ("is an error of a formula", "are errors of formulas"),
    "formula": ("is a formula that was never calculated", "are formulas that were never calculated"),
    "date": ("is a date out of range, now blank", "are dates out of range, now blank"),
}
_LOSSES: dict[OddKind, str] = {
    "error": "what was written there is lost; look in the original.",
    "formula": "its value is not in the file; open it in Excel or LibreOffice and save it.",
    "date": "look in the original.",
}


def with_lost_cells(raw: RawTable, layout: SurveyLayout) -> SurveyLayout:
    """Return the layout with a doubt about lost cells of columns that are kept, and a note about others."""
    kept = {column.position: column.name for column in layout.columns if column.role != "ignore"}
    texts = {column.position for column in layout.columns if column.role in ("open", "text")}
    places = {raw.place(position): position for position in range(len(raw.names))}
    cells = sorted({(cell.row, cell.column): cell for cell in _lost_cells(raw)}.values())
    doubts = [doubt for doubt in layout.doubts if doubt.subject != SUBJECT]
    notes = [note for note in layout.notes if not note.startswith(SUBJECT)]
    for kind in _STATED:
        of_kind = [cell for cell in cells if cell.kind == kind and places.get(cell.column) in kept]
        if of_kind:
            answers = sum(places[cell.column] in texts for cell in of_kind)
            names = list(dict.fromkeys(kept[places[cell.column]] for cell in of_kind))
            doubts.append(_doubt(raw, kind, of_kind, answers, names))
    if left_out := [cell for cell in cells if places.get(cell.column) not in kept]:
        notes.append(f"{SUBJECT} in columns that are left out: {_told(raw, left_out)}")
    return replace(layout, doubts=tuple(doubts), notes=tuple(notes))


def _lost_cells(raw: RawTable) -> Iterator[OddCell]:
    """Yield the errors that stand in a file as text, then those cells that its reader knows of."""
    for position in range(len(raw.names)):
        cells = raw.column(position)
        if not ERRORS.isdisjoint(cells):
            for number, cell in zip(raw.numbers, cells, strict=True):
                if cell in ERRORS:
                    yield OddCell(number, raw.place(position), "error")
    if raw.odd_cells:
        numbers = set(raw.numbers)
        yield from (cell for cell in raw.odd_cells if cell.row in numbers)


def _doubt(
    raw: RawTable, kind: OddKind, cells: Sequence[OddCell], answers: int, names: Sequence[str]
) -> Doubt:
    others = len(cells) - answers
    counts = [counted(answers, "answer")] * bool(answers) + [counted(others, "value")] * bool(others)
    message = (
        f"{listed(counts)} of {listed_few(names, _SHOWN)} {agreeing(len(cells), *_STATED[kind])} "
        f"({_told(raw, cells)}): {_LOSSES[kind]}"
    )
    examples = [f"{_name(cell)}: {cell.source}" for cell in cells if cell.source][:_EXAMPLES]
    remedy = "Mend the file and import it then; --yes takes these cells as they stand"
    return Doubt(SUBJECT, message, remedy, examples=tuple(examples))


def _told(raw: RawTable, cells: Sequence[OddCell]) -> str:
    """Return a few cells, each with the error that stands there."""
    rows = {number: index for index, number in enumerate(raw.numbers)}
    positions = {raw.place(position): position for position in range(len(raw.names))}
    texts = []
    for cell in cells[:_SHOWN]:
        text = ""
        if cell.kind == "error" and cell.column in positions:
            text = f"{raw.rows[rows[cell.row]][positions[cell.column]]} in "
        texts.append(text + _name(cell))
    return listed_few([*texts, *[""] * (len(cells) - len(texts))], _SHOWN)


def _name(cell: OddCell) -> str:
    return f"{column_letters(cell.column)}{cell.row}"
