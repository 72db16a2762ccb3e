"""The tables of a methods note: who answered, who coded, how far coders agree, how codings came about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.agreement.alpha import nominal_alpha, theme_units
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.store import methods_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codings import Origin
    from coder.domain.responses import Question
    from coder.domain.tables.printed import PrintedRowKind, Provenance
    from coder.store.methods_facts import CoderWork, OriginCount
    from coder.workflows.study.study import Study

    Row = tuple[str, Sequence[float | None]]

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
    """Of these, those that nobody has coded or confirmed."""
    blank: int
    """Boxes left empty."""
    listed: int
    """Texts that the list of non-responses met."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree about a question, or about all of them."""

    label: str
    answers: int
    """Read by two coders or more."""
    themes: int | None
    """To choose from; None where questions differ in that."""
    alpha: float | None


def answers_table(facts: Sequence[QuestionFacts], unit: str, provenance: Provenance) -> PrintedTable:
    """Return how many answered each question, and what else stands in its boxes."""
    columns = (
        PrintedColumn(f"{unit} that answered", "count"),
        PrintedColumn("%", "percent", base=facts[0].asked if facts else 0),
        PrintedColumn("Answers", "count"),
        PrintedColumn("Not yet coded", "count"),
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
    coders: Iterable[CoderWork], names: Mapping[str, str], provenance: Provenance
) -> PrintedTable:
    """Return how much each coder has done."""
    columns = [
        PrintedColumn(name, "count") for name in ("Answers read", "Of these, without a theme", "Codings")
    ]
    rows = [(names[coder.coder_id], (coder.read, coder.nothing, coder.codings)) for coder in coders]
    return _table(("M2", "Work of each coder", "Coder"), columns, rows, provenance)


def origins_table(counts: Iterable[OriginCount], provenance: Provenance) -> PrintedTable:
    """Return how the codings that stand came about."""
    codings = {count.origin: count.codings for count in counts}
    total = sum(codings.values())
    columns = (PrintedColumn("Codings", "count"), PrintedColumn("%", "percent"))
    rows = [
        (label, (codings[origin], percent(codings[origin], total)))
        for origin, label in ORIGINS.items()
        if origin in codings
    ]
    names = ("M3", "Origins of the codings", "Origin")
    return _table(names, columns, rows, provenance, total=("All codings", (total, percent(total, total))))


def agreement_table(by_question: Sequence[Agreement], provenance: Provenance) -> PrintedTable:
    """Return how far coders agree about each question, and about all together if there are several."""
    columns = (
        PrintedColumn("Answers read by several", "count"),
        PrintedColumn("Themes", "count"),
        PrintedColumn("Alpha", "number", decimals=2),
    )
    *rows, total = [
        (agreement.label, (agreement.answers, agreement.themes, agreement.alpha)) for agreement in by_question
    ]
    names = ("M4", "Agreement between coders (Krippendorff’s alpha)", "Question")
    if not rows:
        return _table(names, columns, [total], provenance)
    return _table(names, columns, rows, provenance, total=total)


def agreements(study: Study, questions: Iterable[Question]) -> list[Agreement]:
    """Return the agreement on each question with answers that several coders read, then on all of these."""
    by_question = []
    units: Counter[tuple[int, ...]] = Counter()
    for question in questions:
        shared = methods_facts.shared_readings(study.database, question.id)
        if shared.readers:
            offered = {theme.id for theme in study.codebook.offered(question.id)} | shared.theme_ids
            decisions = theme_units(shared.readers, shared.choices, len(offered))
            units += decisions
            answers = sum(shared.readers.values())
            by_question.append(
                Agreement(question_title(question), answers, len(offered), nominal_alpha(decisions))
            )
    if len(by_question) > 1:
        answers = sum(agreement.answers for agreement in by_question)
        by_question.append(Agreement("All questions", answers, None, nominal_alpha(units)))
    return by_question


def question_title(question: Question) -> str:
    """Return a question's id and wording: `Q16. Three most pressing challenges`."""
    return f"{question.id}. {question.label}" if question.label else question.id


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
    return PrintedRow(label, kind, tuple(map(Cell, numbers)))
