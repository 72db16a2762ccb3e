"""Files in which a respondent has several rows: they are gathered, and that is said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.surveys.survey_layout import CHOSEN
from coder.domain.texts.invisible import tidy
from coder.domain.texts.shell_quoting import quoted
from coder.formats.surveys.cell_values import day_of, squeeze
from coder.formats.surveys.columns.column_names import respondent_names
from coder.formats.surveys.columns.repeating_people import MOST_ROWS, find_repeating
from coder.formats.surveys.columns.respondent_ids import have_lost_digits
from coder.formats.surveys.columns.rows_sent_twice import with_rows_sent_twice
from coder.formats.surveys.row_ids import id_texts, in_one_spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.import_choices import ImportChoices
    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout
    from coder.formats.surveys.columns.column_facts import ColumnFacts
    from coder.formats.surveys.raw_tables import RawTable

SUBJECT = "rows of one respondent"

_NEARLY_ALL = 0.9
_EXAMPLES = 3


def find_repeated_id(raw: RawTable, facts: Sequence[ColumnFacts]) -> int | None:
    """Return the position of a column whose name says who answered and whose values repeat; or None."""
    squeezed = [squeeze(name) for name in raw.telling_names]
    for name in respondent_names():
        for position, column_name in enumerate(squeezed):
            cells = raw.column(position) if column_name == name else []
            if cells and _repeats(cells, facts[position]) and not have_lost_digits(cells):
                return position
    repeating = find_repeating(raw, raw.left_out)
    if repeating is None or not repeating.says_who or have_lost_digits(raw.column(repeating.position)):
        return None
    return repeating.position


def _repeats(cells: Sequence[str], facts: ColumnFacts) -> bool:
    if facts.filled < _NEARLY_ALL * facts.rows or facts.distinct >= _NEARLY_ALL * facts.rows:
        return False
    with_digit = sum(any(map(str.isdigit, cell)) for cell in set(cells))
    return 1 < facts.distinct < 2 * with_digit and facts.rows <= MOST_ROWS * facts.distinct


def with_row_meaning(raw: RawTable, layout: SurveyLayout, choices: ImportChoices) -> SurveyLayout:
    """Return a wide layout as it is where no id repeats; else have the rows of a respondent gathered.

    Args:
        raw: The file's rows.
        layout: How its columns are understood, in a file that is not long.
        choices: What a person says, of what a row holds and who answered. Without that, gathering is a doubt.
    """
    meaning = choices.row_meaning
    doubts = tuple(doubt for doubt in layout.doubts if doubt.subject != SUBJECT)
    layout = replace(layout, shape="wide", doubts=doubts)
    id_column = next(iter(layout.of_role("id")), None)
    rows_by_id = _rows_by_id(raw, layout, id_column) if id_column else {}
    repeated = {identifier: rows for identifier, rows in rows_by_id.items() if identifier and len(rows) > 1}
    if id_column is None or not repeated:
        is_said = meaning or choices.id_column is not None or (id_column and id_column.reason == CHOSEN)
        doubt = None if is_said else _rows_of_one_person(raw, layout, id_column)
        if doubt:
            return replace(layout, doubts=(*doubts, doubt))
        return with_rows_sent_twice(raw, layout, SUBJECT, is_said=bool(is_said or id_column))
    if meaning == "respondent":
        reason = f"{len(repeated):,} of its values stand in several rows, each a respondent as you said"
        return layout.with_column(replace(id_column, role="attribute", reason=reason))
    if meaning is None:
        respondents = len(rows_by_id) + max(len(rows_by_id.get("", ())) - 1, 0)
        doubts = (*doubts, _doubt(raw, id_column, layout.columns, repeated, respondents))
    return replace(layout, shape="parts", doubts=doubts)


def _rows_of_one_person(raw: RawTable, layout: SurveyLayout, id_column: SurveyColumn | None) -> Doubt | None:
    """Return the doubt that people answered several times: by no column that is the id, but by another."""
    no_people = {c.position for c in layout.columns if c.role == "open" or c is id_column}
    repeating = find_repeating(raw, no_people.union(raw.left_out))
    if repeating is None:
        return None
    name = layout.columns[repeating.position].name
    people = counted(repeating.people, "respondent")
    taken = f"has a '{id_column.name}' of its own and is" if id_column else "is"
    of_nobody = f", {repeating.blank:,} of nobody named" if repeating.blank else ""
    message = (
        f"each row {taken} taken for a respondent, but '{name}' repeats: by it the "
        f"{counted(len(raw.rows), 'row')} are of {people}{of_nobody}."
    )
    identified = f"--id {quoted(name)}"
    remedy = (
        f"--row-is respondent if each row is one; {identified} --row-is part to gather the rows of each; "
        f"{identified} --row-is answer if a row is one answer"
    )
    return Doubt(SUBJECT, message, remedy, "i")


def _rows_by_id(raw: RawTable, layout: SurveyLayout, id_column: SurveyColumn) -> dict[str, list[int]]:
    """Return the indexes of each id's rows; of none where all differ."""
    ids = id_texts(raw.column(id_column.position))
    if len(set(ids)) == len(ids) and not layout.alike_ids_are_one:
        return {}
    rows: dict[str, list[int]] = defaultdict(list)
    for index, identifier in enumerate(in_one_spelling(ids) if layout.alike_ids_are_one else ids):
        rows[identifier].append(index)
    return rows


def _doubt(
    raw: RawTable,
    id_column: SurveyColumn,
    columns: Sequence[SurveyColumn],
    repeated: dict[str, list[int]],
    respondents: int,
) -> Doubt:
    size = f"{counted(len(raw.rows), 'row')} hold {counted(respondents, 'respondent')}"
    texts = listed_few([column.name for column in columns if column.role == "open"], _EXAMPLES)
    further = sum(len(indexes) - 1 for indexes in repeated.values())
    same = sum(_same_again(raw, columns, indexes) for indexes in repeated.values())
    again = f"{counted(same, 'row')} {agreeing(same, 'repeats', 'repeat')} an earlier one word for word"
    message = f"'{id_column.name}' says that {size}; {len(repeated):,} have several rows. "
    if same == further:
        message += f"{again}: each respondent is counted once."
    else:
        message += (
            f"These are gathered: what they wrote ({texts}) becomes boxes of a question, and what else "
            "differs between them is kept of the answers in each row."
            f"{f' {again}, which adds nothing.' if same else ''}"
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


def _same_again(raw: RawTable, columns: Sequence[SurveyColumn], indexes: Sequence[int]) -> int:
    """Return how many of a respondent's rows have texts and say in what is kept what an earlier one says."""
    texts = [column.position for column in columns if column.role == "open"]
    known = [column for column in columns if column.role == "attribute"]
    rows = [raw.rows[index] for index in indexes if any(tidy(raw.rows[index][n]) for n in texts)]
    said = {
        (
            *(tidy(row[position]) for position in texts),
            *(_kept(column, tidy(row[column.position])) for column in known),
        )
        for row in rows
    }
    return len(rows) - len(said)


def _kept(column: SurveyColumn, cell: str) -> str:
    return day_of(cell) if column.dates == "stamps" else cell
