"""What is known of the columns of an export because its platform is known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys import known_platforms
from coder.formats.surveys.cell_values import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.import_choices import TestAnswers
    from coder.formats.surveys.platform import Heading, Platform
    from coder.formats.surveys.raw_tables import RawTable

_UNTOLD_NAME = re.compile(r"V\d{1,2}")
"""As old exports of Qualtrics name the columns of the platform: row 2 says what they are."""
_TEST_WORDS = ("test", "dummy")
_TEST_ID = re.compile(
    r"\s*(?:test|dummy)(?:[\W_]*(?:id|record|case|patient|user))?[\W_]*\d{0,4}\s*", re.IGNORECASE
)
"""Ids of records that somebody made to try the survey out: `test`, `TEST-2`, `test_patient 1`."""
_MOSTLY = 0.5
_SHOWN = 3


def columns_called(platform: Platform | None, heading: Heading) -> dict[int, str]:
    """Return what a platform calls the columns that have another name in its exports, by position."""
    named = enumerate(zip(heading.names, heading.labels, strict=True))
    called = {n: label for n, (name, label) in named if label and _UNTOLD_NAME.fullmatch(name)}
    names = set(map(squeeze, heading.names))
    if platform and platform.first_identifies and not names.intersection(platform.respondent_columns):
        called[0] = platform.respondent_columns[0]
    return called


def columns_left_out(platform: Platform | None, names: Sequence[str]) -> dict[int, str]:
    """Return which columns of an export are left out, by position, with the reason of each."""
    if platform is None:
        return {}
    reasons = {}
    for position, name in enumerate(names):
        if squeeze(name) in platform.personal_columns or name.casefold() in platform.personal_columns:
            reasons[position] = "may identify a person; left out"
        elif platform.is_own(name):
            reasons[position] = f"added by {platform.name}"
    return reasons


def without_tests(raw: RawTable, platform: Platform | None, choice: TestAnswers | None) -> RawTable:
    """Return a table without tests and previews if a person says so; else tell how many there are."""
    position, tests = _find_tests(raw, platform)
    if not tests:
        nothing = (
            ("no row is a test or preview: --drop-tests leaves nothing out",) if choice == "drop" else ()
        )
        return replace(raw, notes=(*raw.notes, *nothing)) if nothing else raw
    verb = agreeing(len(tests), "is a test or preview", "are tests or previews")
    summary = f"{counted(len(tests), 'row')} {verb}, by '{raw.names[position]}'"
    if len(tests) == len(raw.rows):
        return replace(raw, notes=(*raw.notes, f"{summary}: all there are, and kept"))
    if choice is None:
        marks = ", ".join(dict.fromkeys(raw.rows[index][position] for index in tests))
        rows = ", ".join(str(raw.numbers[index]) for index in tests[:_SHOWN])
        message = f"{summary} ({marks}; row {rows}): counted as respondents."
        remedy = "--drop-tests to leave them out; --keep-tests to keep them"
        return replace(raw, doubts=(*raw.doubts, Doubt("test answers", message, remedy)))
    if choice == "keep":
        return replace(raw, notes=(*raw.notes, f"{summary}: kept, as you said"))
    real = sorted({*range(len(raw.rows))}.difference(tests))
    return replace(
        raw,
        rows=[raw.rows[index] for index in real],
        numbers=[raw.numbers[index] for index in real],
        notes=(*raw.notes, f"{summary}: left out, as you said"),
    )


def _find_tests(raw: RawTable, platform: Platform | None) -> tuple[int, list[int]]:
    """Return the column that tells tests and previews, and the indexes of these rows; else (0, [])."""
    squeezed = list(map(squeeze, raw.telling_names))
    for column, marks in platform.test_marks if platform else ():
        if column in squeezed:
            position = squeezed.index(column)
            cells = raw.column(position)
            hits = {cell for cell in set(cells) if _bare(cell) in marks}
            if hits:
                return position, [index for index, cell in enumerate(cells) if cell in hits]
    for column in known_platforms.respondent_columns():
        if column in squeezed:
            position = squeezed.index(column)
            cells = raw.column(position)
            tests = _test_ids(cells) if _may_hold_tests(cells) else []
            if 0 < len(tests) < _MOSTLY * len(raw.rows):
                return position, tests
    return 0, []


def _may_hold_tests(cells: Sequence[str]) -> bool:
    """Tell whether a test may be among ids; to look at all together takes a tenth of the time."""
    together = "\n".join(cells).casefold()
    return any(word in together for word in _TEST_WORDS)


def _test_ids(cells: Sequence[str]) -> list[int]:
    return [index for index, cell in enumerate(cells) if _TEST_ID.fullmatch(cell)]


def _bare(cell: str) -> str:
    return cell.strip().casefold().removesuffix(".0")
