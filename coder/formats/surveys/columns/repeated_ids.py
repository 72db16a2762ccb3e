"""Files in which a respondent has several rows: they are gathered, and that is said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.texts.invisible import tidy
from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.columns.column_facts import ColumnFacts, facts_of
from coder.formats.surveys.columns.column_names import respondent_names
from coder.formats.surveys.columns.respondent_ids import have_lost_digits
from coder.formats.surveys.row_ids import id_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.surveys.import_choices import RowMeaning
    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

SUBJECT = "rows of one respondent"

_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_MOST_ROWS = 50
"""A respondent who has more rows than that on average is no respondent, but a kind of them."""
_EXAMPLES = 3
_PEOPLE = frozenset({
    "respondentid", "participantid", "participant", "personid", "recordid", "subjectid", "studyid", "caseid",
})  # fmt: skip
"""Columns that say who answered, also where each row has an id of its own beside."""


def find_repeated_id(raw: RawTable, facts: Sequence[ColumnFacts]) -> int | None:
    """Return the position of a column whose name says who answered and whose values repeat; or None."""
    squeezed = [squeeze(name) for name in raw.telling_names]
    for name in respondent_names():
        for position, column_name in enumerate(squeezed):
            cells = raw.column(position) if column_name == name else []
            if cells and _repeats(cells, facts[position]) and not have_lost_digits(cells):
                return position
    return None


def _repeats(cells: Sequence[str], facts: ColumnFacts) -> bool:
    if facts.filled < _NEARLY_ALL * facts.rows or facts.distinct >= _NEARLY_ALL * facts.rows:
        return False
    with_digit = sum(any(map(str.isdigit, cell)) for cell in set(cells))
    return 1 < facts.distinct < 2 * with_digit and facts.rows <= _MOST_ROWS * facts.distinct


def with_row_meaning(raw: RawTable, layout: SurveyLayout, meaning: RowMeaning | None) -> SurveyLayout:
    """Return a wide layout as it is where no id repeats; else have the rows of a respondent gathered.

    Args:
        raw: The file's rows.
        layout: How its columns are understood, in a file that is not long.
        meaning: What a person says that a row holds. Without that, gathering is a doubt.
    """
    layout = replace(
        layout, shape="wide", doubts=tuple(doubt for doubt in layout.doubts if doubt.subject != SUBJECT)
    )
    id_column = next(iter(layout.of_role("id")), None)
    if id_column is None:
        return layout
    rows_by_id = _rows_by_id(id_texts(raw.column(id_column.position)))
    repeated = {identifier: rows for identifier, rows in rows_by_id.items() if identifier and len(rows) > 1}
    if not repeated:
        doubt = None if meaning else _several_rows_of_others(raw, layout, id_column)
        return replace(layout, doubts=(*layout.doubts, doubt)) if doubt else layout
    if meaning == "respondent":
        reason = f"{len(repeated):,} of its values stand in several rows, each a respondent as you said"
        return layout.with_column(replace(id_column, role="attribute", reason=reason))
    columns = tuple(_of_each_row(raw, column, repeated.values()) for column in layout.columns)
    doubts = layout.doubts
    if meaning is None:
        doubts = (*doubts, _doubt(raw, id_column, columns, repeated, len(rows_by_id)))
    return replace(layout, shape="parts", columns=columns, doubts=doubts)


def _several_rows_of_others(raw: RawTable, layout: SurveyLayout, id_column: SurveyColumn) -> Doubt | None:
    """Return the doubt that people answered several times: each row has an id, yet another column repeats."""
    for column in layout.columns:
        if column is id_column or squeeze(column.name) not in _PEOPLE:
            continue
        facts = facts_of(raw.column(column.position))
        if _repeats(raw.column(column.position), facts):
            people = counted(facts.distinct, "respondent")
            message = (
                f"each row has a '{id_column.name}' of its own and is taken for a respondent; by "
                f"'{column.name}' the {counted(len(raw.rows), 'row')} are of {people}."
            )
            remedy = f'--row-is respondent if each row is one; --id "{column.name}" to gather their rows'
            return Doubt(SUBJECT, message, remedy, "i")
    return None


def _rows_by_id(ids: Sequence[str]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for index, identifier in enumerate(ids):
        rows[identifier].append(index)
    return rows


def _of_each_row(raw: RawTable, column: SurveyColumn, groups: Collection[Sequence[int]]) -> SurveyColumn:
    """Leave an attribute out that tells something of the row: it differs within most respondents."""
    if column.role != "attribute":
        return column
    cells = raw.column(column.position)
    differing = sum(len({tidy(cells[row]) for row in rows} - {""}) > 1 for rows in groups)
    if differing <= _MOSTLY * len(groups):
        return column
    return replace(column, role="ignore", reason="differs between the rows of a respondent")


def _doubt(
    raw: RawTable,
    id_column: SurveyColumn,
    columns: Sequence[SurveyColumn],
    repeated: dict[str, list[int]],
    respondents: int,
) -> Doubt:
    size = f"{counted(len(raw.rows), 'row')} hold {counted(respondents, 'respondent')}"
    texts = listed_few([column.name for column in columns if column.role == "open"], _EXAMPLES)
    message = (
        f"'{id_column.name}' says that {size}; {len(repeated):,} have several rows. These are gathered: what "
        f"they wrote ({texts}) becomes boxes of a question, of other columns the first value is kept."
    )
    examples = [
        f"{identifier}: rows {listed_few([str(raw.numbers[row]) for row in indexes], _EXAMPLES)}"
        for identifier, indexes in list(repeated.items())[:_EXAMPLES]
    ]
    remedy = (
        "--row-is part if that is right; --row-is respondent if each row is a respondent; "
        "--long if each row is one answer"
    )
    return Doubt(SUBJECT, message, remedy, "r", tuple(examples))
