"""How far coders agree about each theme of a question, as printed tables."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from coder.agreement.measuring import by_theme
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.store.readings.shared_readings import survey_seed
from coder.workflows.study.questions import question_title
from coder.workflows.team.agreement_notes import EVERY_MEASURE, compared_answers, theme_notes
from coder.workflows.team.agreement_overall import estimate_cells, estimate_columns, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.agreement.measuring import ThemeAgreement
    from coder.agreement.side_by_side import SharedAnswers
    from coder.domain.tables.printed import PrintedRowKind, Provenance
    from coder.workflows.study.study import Study
    from coder.workflows.team.comparing_coders import QuestionAnswers

    _Line = tuple[str, PrintedRowKind, ThemeAgreement]


def theme_tables(
    study: Study, compared: QuestionAnswers, provenance: Provenance, *, every_measure: bool
) -> Iterator[PrintedTable]:
    """Yield the tables of a question: agreement by theme, all coefficients if wanted, who mention it."""
    seed, comparison = survey_seed(study.database), compared.comparison
    themes = by_theme(comparison, seed)
    lines = _lines(study, comparison, themes, seed)
    differ = len({theme.answers for _, _, theme in lines}) > 1
    table = _TableOf(study, compared, provenance)
    yield table(
        "Agreement by theme",
        _columns(comparison, with_answers=differ),
        [_row(line, with_answers=differ) for line in lines],
        theme_notes(study, compared, themes),
    )
    base, word = compared_answers(study, compared), study.settings.respondents
    if every_measure:
        notes = (base, EVERY_MEASURE)
        yield table("All measures by theme", _measure_columns(), map(_measure_row, lines), notes, "measures")
    yield table(
        "Who mention each theme",
        tuple(whole(f"by {coder_id}") for coder_id in comparison.coder_ids),
        map(_respondent_row, lines),
        (
            base,
            f"{word[:1].upper()}{word[1:]} with the theme on one of these answers, by each coder’s codings.",
        ),
        "mentions",
    )


class _TableOf(NamedTuple):
    """Makes the tables of one question."""

    study: Study
    compared: QuestionAnswers
    provenance: Provenance

    def __call__(
        self,
        title: str,
        columns: tuple[PrintedColumn, ...],
        rows: Iterable[PrintedRow],
        notes: Iterable[str],
        kind: str = "themes",
    ) -> PrintedTable:
        question = self.compared.question
        return PrintedTable(
            "", f"{title}: {question_title(question)}", "Theme", columns, tuple(rows),
            tuple(filter(None, (self.study.settings.note, *notes))), self.provenance,
            key=f"agreement-{question.id}-{kind}", subject=question.id,
        )  # fmt: skip


def _lines(
    study: Study, comparison: SharedAnswers, themes: Sequence[ThemeAgreement], seed: int
) -> list[_Line]:
    """Return the themes that anybody chose, the least agreed on first, then the nets."""
    codebook = study.codebook
    nets = {theme.id: codebook.members(theme.id) for theme in codebook if codebook.is_net(theme.id)}
    of_nets = by_theme(comparison.as_nets(nets), seed) if nets else []
    lines: list[_Line] = []
    for theme in _least_agreed_first(themes):
        itself = " (itself)" if theme.theme_id in nets else ""
        lines.append((codebook.label(theme.theme_id) + itself, "theme", theme))
    return [*lines, *((codebook.label(net.theme_id), "net", net) for net in _least_agreed_first(of_nets))]


def _least_agreed_first(themes: Sequence[ThemeAgreement]) -> list[ThemeAgreement]:
    chosen = (theme for theme in themes if theme.mentioned)
    return sorted(chosen, key=lambda theme: inf if theme.alpha.figure is None else theme.alpha.figure)


def _columns(comparison: SharedAnswers, *, with_answers: bool) -> tuple[PrintedColumn, ...]:
    counts = ["Both", *(f"only {coder_id}" for coder_id in comparison.coder_ids)]
    if len(comparison.coder_ids) != 2:  # noqa: PLR2004  # of more it is not said who
        counts = ["All", "Some"]
    answers = ["Answers"] if with_answers else []
    return (*map(whole, [*answers, *counts, "Alike %"]), *estimate_columns())


def _row(line: _Line, *, with_answers: bool) -> PrintedRow:
    label, kind, theme = line
    counts = (theme.by_all, *(theme.only or (theme.by_some,)))
    answers = (theme.answers,) if with_answers else ()
    numbers = (*answers, *counts, _percent(theme.positive))
    cells = (*map(Cell, numbers), *estimate_cells(theme.alpha, theme.mentioned))
    return PrintedRow(label, kind, cells, key=theme.theme_id)


def _measure_columns() -> tuple[PrintedColumn, ...]:
    coefficients = (PrintedColumn(name, "number", decimals=2) for name in ("Alpha", "Kappa", "AC1", "PABAK"))
    return (whole("Answers"), PrintedColumn("Alike %", "number"), *coefficients)


def _measure_row(line: _Line) -> PrintedRow:
    label, kind, theme = line
    alpha, *_ = estimate_cells(theme.alpha, theme.mentioned)
    numbers = (theme.kappa, theme.ac1, theme.pabak)
    cells = (Cell(theme.answers), Cell(_percent(theme.alike)), alpha, *map(Cell, numbers))
    return PrintedRow(label, kind, cells, key=theme.theme_id)


def _respondent_row(line: _Line) -> PrintedRow:
    label, kind, theme = line
    return PrintedRow(label, kind, tuple(map(Cell, theme.respondents)), key=theme.theme_id)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
