"""How far coders agree about all themes of a question: tables by question, by pair of coders, by week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from coder.agreement.measuring import over_all
from coder.domain.grammar import listed
from coder.domain.log_moments import moment_of
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.store.readings.shared_readings import survey_seed
from coder.workflows.study.questions import question_title
from coder.workflows.team.agreement_notes import FEW, overall_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.agreement.measuring import OverallAgreement
    from coder.agreement.resampling import Coefficient
    from coder.agreement.side_by_side import SharedAnswers
    from coder.domain.tables.printed import PrintedRowKind, Provenance
    from coder.workflows.study.study import Study
    from coder.workflows.team.comparing_coders import CodersCompared

WEEKS = "agreement-by-week"
"""What the table of agreement week by week is known by."""
_PAIR = 2
_PAIRS_WITH_INTERVALS = 45
"""Those of ten coders; the pairs of fifty would take minutes."""


class LabelledAgreement(NamedTuple):
    """How far coders agree about a question, or whatever the label says."""

    label: str
    overall: OverallAgreement


def agreements(study: Study, coders: CodersCompared) -> list[LabelledAgreement]:
    """Return the agreement on each question, then on all together if there are several."""
    seed = survey_seed(study.database)
    by_question = [
        LabelledAgreement(question_title(compared.question), over_all([compared.comparison], seed))
        for compared in coders.by_question
    ]
    if len(by_question) > 1:
        overall = over_all(coders.comparisons, seed)
        by_question.append(LabelledAgreement("All questions", overall))
    return by_question


def agreement_table(
    study: Study, number: str, by_question: Sequence[LabelledAgreement], provenance: Provenance
) -> PrintedTable:
    """Return what `agreements` found as a table without notes, which names no coder."""
    rows = _rows(by_question, with_total=len(by_question) > 1)
    columns = _columns(study)
    title = "Agreement between coders"
    return PrintedTable(number, title, "Question", columns, rows, (), provenance, key=number or "agreement")


def overall_table(study: Study, coders: CodersCompared, provenance: Provenance) -> PrintedTable:
    """Return how far coders agree about each question, with what there is to know about the figures."""
    by_question = agreements(study, coders)
    rows = _rows(by_question, with_total=len(by_question) > 1)
    title = (
        f"Self-agreement of {coders.twice}" if coders.twice else f"Agreement of {listed(coders.coder_ids)}"
    )
    notes = tuple(overall_notes(study, coders, by_question))
    return PrintedTable("", title, "Question", _columns(study), rows, notes, provenance, key="agreement")


def pair_tables(study: Study, coders: CodersCompared, provenance: Provenance) -> Iterator[PrintedTable]:
    """Yield the table of each two coders, if there are more than two."""
    if len(coders.coder_ids) <= _PAIR:
        return
    by_pair = []
    pairs = list(combinations(coders.coder_ids, 2))
    for pair in pairs:
        of_pair = [comparison.only(pair) for comparison in coders.comparisons]
        if any(len(comparison.answers) for comparison in of_pair):
            few = len(pairs) <= _PAIRS_WITH_INTERVALS
            by_pair.append(_measured(study, listed(pair), of_pair, with_interval=few))
    note = "" if len(pairs) <= _PAIRS_WITH_INTERVALS else "For the interval of two coders: --coder NAME,NAME"
    notes = tuple(filter(None, (study.settings.note, note)))
    title = "Agreement of each two coders"
    yield PrintedTable(
        "", title, "Coders", _columns(study), _rows(by_pair), notes, provenance, key="agreement-by-pair"
    )


def week_tables(study: Study, coders: CodersCompared, provenance: Provenance) -> Iterator[PrintedTable]:
    """Yield the table of agreement week by week, if answers were read in more than one."""
    weeks: dict[str, list[SharedAnswers]] = defaultdict(list)
    for compared in coders.by_question:
        answers: dict[str, list[int]] = defaultdict(list)
        for answer, moment in compared.finished.items():
            if moment:
                answers[_monday(moment)].append(answer)
        for week, of_week in answers.items():
            weeks[week].append(compared.comparison.of_answers(of_week))
    if len(weeks) < 2:  # noqa: PLR2004  # there is no drift in one week
        return
    by_week = [_measured(study, week, weeks[week]) for week in sorted(weeks)]
    note = "By the week, from Monday, in which the last of an answer’s readers marked it done."
    notes = tuple(filter(None, (study.settings.note, note)))
    yield PrintedTable(
        "", "Agreement week by week", "Week from", _columns(study), _rows(by_week), notes, provenance,
        key=WEEKS,
    )  # fmt: skip


def estimate_columns() -> tuple[PrintedColumn, ...]:
    """Return the columns of alpha with its interval."""
    return tuple(PrintedColumn(name, "number", decimals=2) for name in ("Alpha", "from", "to"))


def estimate_cells(alpha: Coefficient, evidence: int) -> tuple[Cell, ...]:
    """Return the cells of alpha with its interval; marked where fewer than ten speak for it.

    Args:
        alpha: The figure.
        evidence: Respondents compared, or answers on which anybody chose the theme.
    """
    few = alpha.figure is not None and evidence < FEW
    return Cell(alpha.figure, "low" if few else ""), Cell(alpha.low), Cell(alpha.high)


def whole(name: str) -> PrintedColumn:
    """Return a column of whole numbers that no bar is drawn of."""
    return PrintedColumn(name, "number", decimals=0)


def _measured(
    study: Study, label: str, comparisons: Sequence[SharedAnswers], *, with_interval: bool = True
) -> LabelledAgreement:
    seed = survey_seed(study.database)
    return LabelledAgreement(label, over_all(comparisons, seed, with_interval=with_interval))


def _monday(moment: str) -> str:
    """Return the Monday of the week of a moment in UTC."""
    day = moment_of(moment).date()
    return (day - dt.timedelta(days=day.weekday())).isoformat()


def _columns(study: Study) -> tuple[PrintedColumn, ...]:
    word = study.settings.respondents
    respondents = word[:1].upper() + word[1:]
    kappa = PrintedColumn("Kappa", "number", decimals=2)
    return (whole("Answers"), whole(respondents), *estimate_columns(), kappa)


def _rows(labelled: Sequence[LabelledAgreement], *, with_total: bool = False) -> tuple[PrintedRow, ...]:
    kinds: list[PrintedRowKind] = ["value"] * len(labelled)
    if with_total:
        kinds[-1] = "total"
    return tuple(_row(agreement, kind) for agreement, kind in zip(labelled, kinds, strict=True))


def _row(agreement: LabelledAgreement, kind: PrintedRowKind) -> PrintedRow:
    overall = agreement.overall
    cells = (
        Cell(overall.answers),
        Cell(overall.respondents),
        *estimate_cells(overall.alpha, overall.respondents),
        Cell(overall.kappa),
    )
    return PrintedRow(agreement.label, kind, cells, respondents=overall.respondents, key=agreement.label)
