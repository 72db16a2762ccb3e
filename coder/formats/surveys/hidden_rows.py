"""Rows of a workbook that a person does not see: are they meant?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.errors import CoderError

if TYPE_CHECKING:
    from coder.domain.surveys.import_choices import HiddenRows
    from coder.formats.surveys.raw_tables import FileRows, RawTable

_SHOWN = 5


def settle_hidden_rows(raw: RawTable, file_rows: FileRows, choice: HiddenRows | None) -> RawTable:
    """Return the rows without those that are hidden, if a person says so; else tell of them.

    Args:
        raw: The respondents' rows.
        file_rows: The file they come from.
        choice: What a person says. Without that, hidden rows are kept, and that is a doubt: whoever filters a
            sheet may mean the rows that remain.
    """
    hidden = set(file_rows.hidden_rows)
    numbers = [number for number in raw.numbers if number in hidden]
    if not numbers:
        return raw
    count = (
        f"{counted(len(numbers), 'row')} of {len(raw.numbers):,} {agreeing(len(numbers), 'is', 'are')} hidden"
    )
    count += " by a filter" if file_rows.filtered else ""
    count += f" in the workbook ({listed_few([str(number) for number in numbers], _SHOWN)})"
    if choice == "drop" and len(numbers) == len(raw.numbers):
        msg = f"{raw.path.name}: {count}; without them nobody is there to import."
        raise CoderError(msg, "Give --hidden-rows keep, or another sheet with --sheet NAME.")
    if choice == "drop":
        visible = [index for index, number in enumerate(raw.numbers) if number not in hidden]
        return replace(
            raw,
            rows=[raw.rows[index] for index in visible],
            numbers=[raw.numbers[index] for index in visible],
            notes=(*raw.notes, f"{count}: left out as you said"),
        )
    if choice == "keep":
        return replace(raw, notes=(*raw.notes, f"{count}: kept as you said"))
    remedy = (
        "--hidden-rows keep if they belong to the survey; --hidden-rows drop to import the visible rows alone"
    )
    doubt = Doubt("hidden rows", f"{count}. They are imported like the others.", remedy)
    return replace(raw, doubts=(*raw.doubts, doubt))
