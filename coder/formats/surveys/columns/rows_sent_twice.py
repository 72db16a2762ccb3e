"""Rows that say, at some length and word for word, what an earlier row says: sent, or pasted, twice."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.surveys.survey_doubts import Doubt

if TYPE_CHECKING:
    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

_FEWEST_COLUMNS = 2
_FEWEST_SAID = 4
"""Cells of a row besides what the platform added, which no two respondents fill alike by chance."""
_LONG = 8
"""So many words are not written twice alike by chance."""
_EXAMPLES = 3
_KEPT = "each is taken for a respondent"


def with_rows_sent_twice(raw: RawTable, layout: SurveyLayout, subject: str, *, is_said: bool) -> SurveyLayout:
    """Return a layout, in which each row is a respondent, with what is to be said of rows like earlier ones.

    Rows that are alike in every cell are a doubt; those that differ in ids or times alone are a note.

    Args:
        raw: The file's rows.
        layout: Which columns hold texts and attributes.
        subject: Of the doubt.
        is_said: Whether a person has said that each row is a respondent.
    """
    layout = replace(layout, notes=tuple(note for note in layout.notes if not note.endswith(_KEPT)))
    texts = [column.position for column in layout.of_role("open")]
    kept = [*texts, *(column.position for column in layout.of_role("attribute") if not column.dates)]
    pairs = _rows_alike(raw, kept, len(texts)) if len(kept) >= _FEWEST_COLUMNS else []
    numbers = raw.numbers
    whole = [pair for pair in pairs if raw.rows[pair[0]] == raw.rows[pair[1]]]
    if whole and not is_said:
        message = (
            f"{counted(len(whole), 'row')} {agreeing(len(whole), 'repeats', 'repeat')} an earlier one in "
            f"every cell, and nothing says who answered: {_KEPT}."
        )
        remedy = "--row-is respondent if each is one; else take the repeats out of the file"
        examples = tuple(
            f"rows {numbers[first]} and {numbers[second]}" for first, second in whole[:_EXAMPLES]
        )
        return replace(layout, doubts=(*layout.doubts, Doubt(subject, message, remedy, examples=examples)))
    said = [pair for pair in pairs if sum(map(bool, itemgetter(*kept)(raw.rows[pair[0]]))) >= _FEWEST_SAID]
    if not said:
        return layout
    first, second = said[0]
    note = (
        f"{counted(len(said), 'row')} {agreeing(len(said), 'says', 'say')} word for word what an earlier one "
        f"says (rows {numbers[first]} and {numbers[second]}): {_KEPT}"
    )
    return replace(layout, notes=(*layout.notes, note))


def _rows_alike(raw: RawTable, kept: list[int], texts: int) -> list[tuple[int, int]]:
    """Return the indexes of rows with long texts that are alike in some columns, the texts first: pairs."""
    if any(len(set(raw.column(position))) == len(raw.rows) for position in kept[:texts]):
        return []
    said = list(map(itemgetter(*kept), raw.rows))
    earlier: dict[tuple[str, ...], int] = {}
    pairs = [(earlier.setdefault(cells, index), index) for index, cells in enumerate(said)]
    return [
        (first, second)
        for first, second in pairs
        if first != second and sum(len(cell.split()) for cell in said[second][:texts]) >= _LONG
    ]
