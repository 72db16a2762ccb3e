"""The tables of a methods note: who answered, who coded, how far coders agree, how codings came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.workflows.study.questions import question_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codings import Origin
    from coder.domain.responses import Question
    from coder.domain.tables.printed import PrintedRowKind, Provenance
    from coder.store.methods_facts import OriginCount
    from coder.store.readings.read_by_coder import CoderWork

    Row = tuple[str, Sequence[float | Cell | None]]

WITHHELD = Cell(None, "suppressed")
ORIGINS: Mapping[Origin, str] = {
    "hand": "Chosen by a coder",
    "suggestion": "Suggested, and accepted by a coder",
    "space": "Suggested first, and accepted together with done",
    "similar": "Given to several like answers at once",
    "same": "Given with another answer of the same words",
    "import": "Imported from a file",
    "rule": "By a rule",
    "merge": "Carried over by a revision of the codebook",
    "adjudication": "Settled by adjudication",
}
"""How codings come about, in words."""


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What became of one open question."""

    question: Question
    asked: int
    """Respondents of the study."""
    answered: int
    """Of these, who gave an answer to it."""
    answers: int
    """Non-responses left out."""
    unread: int
    """Of these, those that nobody has marked as done."""
    blank: int
    """Boxes left empty."""
    listed: int
    """Texts that the list of non-responses met."""


def answers_table(facts: Sequence[QuestionFacts], unit: str, provenance: Provenance) -> PrintedTable:
    """Return how many answered each question, and what else stands in its boxes."""
    columns = (
        PrintedColumn(f"{unit} that answered", "count"),
        PrintedColumn("%", "percent", base=facts[0].asked if facts else 0),
        PrintedColumn("Answers", "count"),
        PrintedColumn("Not yet read", "count"),
        PrintedColumn("Non-responses", "count"),
        PrintedColumn("Blank", "count"),
    )
    rows = [
        (
            question_title(fact.question),
            (
                fact.answered, percent(fact.answered, fact.asked), fact.answers, fact.unread,
                fact.listed, fact.blank,
            ),
        )
        for fact in facts
    ]  # fmt: skip
    return _table(("M1", "Answers to the open questions", "Question"), columns, rows, provenance)


def coders_table(
    coders: Iterable[CoderWork], names: Mapping[str, str], provenance: Provenance, *, sums_withheld: bool
) -> PrintedTable:
    """Return how much each coder has done; without sums of codings where these would tell too much."""
    columns = [
        PrintedColumn(name, "count") for name in ("Answers read", "Of these, without a theme", "Codings")
    ]
    rows: list[Row] = []
    for coder in coders:
        sums = (WITHHELD, WITHHELD) if sums_withheld else (coder.nothing, coder.codings)
        rows.append((names[coder.coder_id], (coder.read, *sums)))
    return _table(("M2", "Work of each coder", "Coder"), columns, rows, provenance)


def origins_table(
    counts: Iterable[OriginCount], provenance: Provenance, *, sums_withheld: bool
) -> PrintedTable:
    """Return how the codings that stand came about; without numbers where these would tell too much."""
    codings = {count.origin: count.codings for count in counts}
    total = sum(codings.values())
    columns = (PrintedColumn("Codings", "count"), PrintedColumn("%", "percent"))
    rows = [
        (label, (WITHHELD, WITHHELD) if sums_withheld else (codings[origin], percent(codings[origin], total)))
        for origin, label in ORIGINS.items()
        if origin in codings
    ]
    names = ("M3", "Origins of the codings", "Origin")
    sums = (WITHHELD, WITHHELD) if sums_withheld else (total, percent(total, total))
    return _table(names, columns, rows, provenance, total=("All codings", sums))


def percent(part: int, whole: int) -> float | None:
    """Return a percentage; None of nothing."""
    return 100 * part / whole if whole else None


def _table(
    names: tuple[str, str, str],
    columns: Sequence[PrintedColumn],
    rows: Sequence[Row],
    provenance: Provenance,
    total: Row | None = None,
) -> PrintedTable:
    """Return a table from its number, title and stub, its columns and its rows."""
    number, title, stub = names
    printed = [_row(row, "value") for row in rows] + ([_row(total, "total")] if total else [])
    return PrintedTable(number, title, stub, tuple(columns), tuple(printed), (), provenance, key=number)


def _row(row: Row, kind: PrintedRowKind) -> PrintedRow:
    label, numbers = row
    cells = (number if isinstance(number, Cell) else Cell(number) for number in numbers)
    return PrintedRow(label, kind, tuple(cells))
