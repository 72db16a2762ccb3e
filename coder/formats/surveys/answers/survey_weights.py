"""The column with the respondents' survey weights, and the rows whose weight cannot be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.tables.weights import fault_counts, read_weights
from coder.errors import CoderError
from coder.formats.surveys.columns.named_columns import find_one_column

if TYPE_CHECKING:
    from coder.domain.surveys.import_choices import ImportChoices
    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout
    from coder.domain.tables.weights import FaultyWeight
    from coder.formats.surveys.raw_tables import RawTable

SUBJECT = "weights"
_REASON = "the respondents' weights"
_EXAMPLES = 20


def with_weight(raw: RawTable, layout: SurveyLayout, choices: ImportChoices) -> SurveyLayout:
    """Return the layout with the column of weights that a person names kept, and a doubt about faulty ones.

    Raises:
        CoderError: No column answers to the name, or several do; or it has another use.
    """
    doubts = tuple(doubt for doubt in layout.doubts if doubt.subject != SUBJECT)
    columns = tuple(replace(column, is_weight=False) for column in layout.columns)
    layout = replace(layout, doubts=doubts, columns=columns)
    if choices.weight is None:
        return layout
    column = layout.columns[find_one_column(raw, "--weight", choices.weight)]
    if column.role not in ("attribute", "ignore"):
        use = _USES.get(column.role, column.role)
        msg = f"{raw.path.name}: --weight names '{column.name}', which is {use}."
        raise CoderError(msg, "Weights are numbers of the respondents, in a column of their own.")
    layout = layout.with_column(replace(column, role="attribute", reason=_REASON, is_weight=True))
    doubt = _doubt(raw, layout, column)
    return replace(layout, doubts=(*layout.doubts, doubt)) if doubt else layout


_USES = {"id": "the id", "open": "an open question", "text": "the answer"}


def _doubt(raw: RawTable, layout: SurveyLayout, column: SurveyColumn) -> Doubt | None:
    weights = read_weights(column.name, column.label, _cells(raw, layout, column.position))
    if not weights.faulty:
        return None
    if not weights.size.weight:
        msg = f"{raw.path.name}: no row has a number above nought in '{column.name}'."
        raise CoderError(msg, "Name the column with the weights: --weight COLUMN")
    of_all = counted(len(weights.units), "respondent")
    have = agreeing(len(weights.faulty), "has", "have")
    message = (
        f"{len(weights.faulty):,} of {of_all} {have} no weight in {column.name} that can be used "
        f"({fault_counts(weights.faulty)}): to be counted, but in no weighted figure."
    )
    examples = [_told(faulty) for faulty in weights.faulty[:_EXAMPLES]]
    if more := len(weights.faulty) - len(examples):
        examples.append(f"... and {more:,} more")
    remedy = "Mend the file and import it then; --yes takes these weights as they stand"
    return Doubt(SUBJECT, message, remedy, examples=tuple(examples))


def _cells(raw: RawTable, layout: SurveyLayout, position: int) -> list[tuple[int, str, str]]:
    """Return each respondent's place, row and weight: of several rows what the first says that says any."""
    weights = raw.column(position)
    ids = layout.of_role("id")
    if layout.shape == "wide" or not ids:
        return [
            (place, f"row {number}", text)
            for place, (number, text) in enumerate(zip(raw.numbers, weights, strict=True))
        ]
    of_each: dict[str, tuple[int, str]] = {}
    for respondent_id, number, text in zip(raw.column(ids[0].position), raw.numbers, weights, strict=True):
        row, earlier = of_each.get(respondent_id, (number, ""))
        of_each[respondent_id] = row, earlier if earlier.strip() else text
    return [(place, f"row {row}", text) for place, (row, text) in enumerate(of_each.values())]


def _told(faulty: FaultyWeight) -> str:
    return f"{faulty.respondent_id}: {f'{faulty.text!r}' if faulty.text.strip() else 'blank'}"
