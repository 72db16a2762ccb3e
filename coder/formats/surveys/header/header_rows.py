"""Which rows of a file are its header, and whether the rest fits under it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.texts.invisible import is_blank
from coder.errors import CoderError
from coder.formats.surveys.header.data_cells import columns_of, looks_like_data
from coder.formats.surveys.header.equal_names import told_apart
from coder.formats.surveys.header.header_choice import read_header_choice
from coder.formats.surveys.header.one_column import first_row_of_list
from coder.formats.surveys.header.plain_wording import plain
from coder.formats.surveys.header.platform_columns import columns_called, columns_left_out, without_tests
from coder.formats.surveys.header.rows_above import rows_above
from coder.formats.surveys.header.rows_below import is_remark, is_total, table_end
from coder.formats.surveys.header.rows_between import without_headers, without_titles
from coder.formats.surveys.header.stacked_headers import header_height, stacked_heading
from coder.formats.surveys.header.turned_tables import turned_doubt
from coder.formats.surveys.known_platforms import platform_of, read_heading
from coder.formats.surveys.platform import Heading
from coder.formats.surveys.raw_tables import FileRows, RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUBJECT = "header"
_UNQUOTED = "Look there for a delimiter or line break in an answer without quotation marks."
_FEWEST_ROWS = 3
"""Rows that all lack the last cells, so that no fault in one of them explains it."""
_SHOWN = 3
_CELL_WIDTH = 30
_LIST_WIDTH = 60


@dataclass
class _Findings:
    """What a person should know of how the rows were read."""

    notes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def split_header(file_rows: FileRows, choices: ImportChoices = NO_CHOICES) -> RawTable:
    """Split the rows of a file into the header and the respondents' rows.

    Args:
        file_rows: The file's rows, as they stand there.
        choices: What a person says about the file: which rows hold the names, and which is the last one.

    Raises:
        CoderError: No rows, no header, or a row with more or fewer cells than names.
    """
    path = file_rows.path
    findings = _Findings()
    numbers, rows, heading = _heading(file_rows, choices, findings)
    once = without_headers(rows[heading.rows :], numbers[heading.rows :], rows[: heading.rows])
    if not once.rows:
        msg = f"{path.name} has a header (row {numbers[0]}) and no answers under it."
        raise CoderError(msg, "Export the survey again with its responses.")
    heading = replace(
        heading, names=tuple(map(plain, heading.names)), labels=tuple(map(plain, heading.labels))
    )
    if not (choices.row_meaning or choices.turned or file_rows.names_certain):
        findings.doubts += turned_doubt(heading.names, once.rows)
    body, row_numbers = _above_the_end(once.rows, once.numbers, len(heading.names), choices, findings)
    _even_out(path, heading.names, body, row_numbers, findings)
    between = without_titles(body, row_numbers, choices.lone_rows, is_remark, is_total)
    body, row_numbers = between.rows, between.numbers
    findings.notes += (*once.notes, *between.notes)
    findings.doubts += between.doubts
    heading, body, places = _named_columns(numbers[0], heading, body, choices, findings)
    platform = platform_of(heading)
    if platform is not None and not heading.platform:
        findings.notes.append(f"{platform.name} export: its own columns are left out")
    names, equal = told_apart(heading.names, heading.labels)
    notes = (*file_rows.notes, *((heading.note,) if heading.note else ()), *findings.notes, *equal)
    doubts = (*file_rows.doubts, *findings.doubts)
    raw = RawTable(
        path, names, heading.labels, body, row_numbers, notes, doubts,
        file_rows.odd_cells, places, file_rows.closed_names, file_rows.value_orders, file_rows.merged,
    )  # fmt: skip
    raw = replace(raw, called=columns_called(platform, heading))
    raw = replace(raw, left_out=columns_left_out(platform, raw.telling_names))
    return without_tests(raw, platform, choices.tests)


def _heading(
    file_rows: FileRows, choices: ImportChoices, findings: _Findings
) -> tuple[Sequence[int], list[list[str]], Heading]:
    """Return the rows from the header on that are not blank, with their numbers, and what the header says."""
    path = file_rows.path
    skipped, remarks = rows_above(file_rows.rows)
    if choices.header is not None:
        chosen = read_header_choice(path, choices.header, len(file_rows.rows))
        if chosen.height:
            skipped = chosen.first - 1
        else:
            findings.notes += remarks
        rows = file_rows.rows[skipped:]
        heading = stacked_heading(rows[: chosen.height]) if chosen.height else _numbered(rows)
        if chosen.height == 1 and file_rows.labels:
            heading = replace(heading, labels=file_rows.labels)
        return *_filled_rows(skipped, rows, chosen.height), heading
    findings.notes += remarks
    numbers, rows = _filled_rows(skipped, file_rows.rows[skipped:])
    if not rows:
        msg = f"{path.name} has no rows."
        raise CoderError(msg, "Export the survey again, or choose another file.")
    if file_rows.names_certain:
        return numbers, rows, Heading(tuple(rows[0]), file_rows.labels or ("",) * len(rows[0]))
    known = read_heading(rows)
    if known is not None:
        return numbers, rows, known
    heading = stacked_heading(rows[: header_height(rows)])
    if len(heading.names) == 1:
        return numbers, rows, _heading_of_list(path, numbers[0], heading, rows, findings)
    suspects = looks_like_data(heading.names, columns_of(rows[1:], len(heading.names)))
    if heading.rows == 1 and suspects and rows[0] not in rows[1:]:
        findings.doubts.append(_no_names(path, numbers[0], suspects))
        heading = _numbered(rows)
    return numbers, rows, heading


def _no_names(path: Path, number: int, suspects: Sequence[str]) -> Doubt:
    examples = ", ".join(f"'{name[:_CELL_WIDTH]}'" for name in suspects[:_SHOWN])
    message = (
        f"row {number} of {path.name}: this looks like data ({examples}), not like column names. It is taken "
        "for the first respondent, and the columns are called column 1, column 2 ..."
    )
    remedy = f"--header none if that is right; --header {number} if row {number} has the names"
    return Doubt(SUBJECT, message, remedy)


def _heading_of_list(
    path: Path, number: int, heading: Heading, rows: Sequence[Sequence[str]], findings: _Findings
) -> Heading:
    """Return the heading of a list of texts, whose first row is its question or the first answer."""
    name = heading.names[0]
    first_row = first_row_of_list(plain(name), [row[0] for row in rows[1:]])
    if heading.rows > 1 or first_row == "question":
        return heading
    is_name = first_row == "perhaps question"
    taken = "the question" if is_name else "the first respondent's answer"
    shown = f"'{name[:_LIST_WIDTH]}{'…' if len(name) > _LIST_WIDTH else ''}'"
    message = (
        f"row {number} of {path.name}: {shown} may be the question or the first answer; taken for {taken}."
    )
    remedy = f"--header {number} if it is the question; --header none if it is an answer"
    findings.doubts.append(Doubt(SUBJECT, message, remedy))
    return heading if is_name else _numbered(rows)


def _numbered(rows: Sequence[Sequence[str]]) -> Heading:
    width = max(map(len, rows))
    names = tuple(f"column {number}" for number in range(1, width + 1))
    return Heading(names, ("",) * width, 0, "no header: the columns are numbered")


def _filled_rows(
    skipped: int, rows: list[list[str]], header: int = 0
) -> tuple[Sequence[int], list[list[str]]]:
    """Return the rows that are not blank with their numbers; so many of a header are kept in any case."""
    while len(rows) > header and not any(map(str.strip, rows[-1])):
        rows = rows[:-1]
    numbers: Sequence[int] = range(skipped + 1, skipped + 1 + len(rows))
    blank = {
        index
        for index, row in enumerate(rows)
        if index >= header and (not row or is_blank(row[0])) and all(map(is_blank, row))
    }
    if blank:
        kept = [index for index in range(len(rows)) if index not in blank]
        numbers = [numbers[index] for index in kept]
        rows = [rows[index] for index in kept]
    return numbers, rows


def _even_out(
    path: Path, names: Sequence[str], rows: list[list[str]], numbers: Sequence[int], findings: _Findings
) -> None:
    """Make every row as long as the header: cells beyond it may be missing or blank, not filled.

    Columns that no row at all has, as those that somebody is to fill in, are blank.
    """
    width = len(names)
    lengths = set(map(len, rows))
    if lengths == {width}:
        return
    needed = max((n for n, name in enumerate(names, 1) if name), default=0)
    if max(lengths) < needed and len(lengths) == 1 and len(rows) >= _FEWEST_ROWS:
        missing = ", ".join(filter(None, names[max(lengths) :]))
        findings.notes.append(f"no row has a cell in the last columns, which are blank: {missing}")
        needed = max(lengths)
    for index, row in enumerate(rows):
        cells = len(row)
        if cells < needed or any(row[width:]):
            msg = f"{path.name}, row {numbers[index]}: {cells} cells where the header has {needed}."
            raise CoderError(msg, _UNQUOTED)
        rows[index] = row[:width] + [""] * (width - cells)


def _above_the_end(
    rows: list[list[str]], numbers: Sequence[int], width: int, choices: ImportChoices, findings: _Findings
) -> tuple[list[list[str]], Sequence[int]]:
    """Return the rows without what stands below the table, which is so many columns wide."""
    if choices.last_row is not None:
        count = sum(number <= choices.last_row for number in numbers)
        if count == 0:
            msg = f"--last-row {choices.last_row}: the first answers stand in row {numbers[0]}."
            raise CoderError(msg, "Give a row below that one.")
        if count < len(rows):
            findings.notes.append(f"the table ends in row {choices.last_row}, as you said")
        return rows[:count], numbers[:count]
    padded = rows
    if min(map(len, rows)) < width:
        padded = [row if len(row) >= width else row + [""] * (width - len(row)) for row in rows]
    end = table_end(padded, numbers)
    findings.notes += end.notes
    findings.doubts += end.doubts
    return (rows, numbers) if end.rows == len(rows) else (rows[: end.rows], numbers[: end.rows])


def _named_columns(
    header_row: int,
    heading: Heading,
    rows: list[list[str]],
    choices: ImportChoices,
    findings: _Findings,
) -> tuple[Heading, list[list[str]], tuple[int, ...]]:
    """Drop columns without name and content, name the others after their place, and tell the places kept."""
    if all(heading.names):
        return heading, rows, ()
    positions = [n for n, name in enumerate(heading.names) if name or any(row[n] for row in rows)]
    unnamed = sum(not heading.names[n] for n in positions)
    if unnamed * 2 > len(positions) and choices.header is None:
        findings.doubts.append(_few_names(header_row, unnamed, len(positions)))
    names = tuple(heading.names[n] or f"column {n + 1}" for n in positions)
    labels = tuple(heading.labels[n] for n in positions)
    if len(positions) == len(heading.names):
        return replace(heading, names=names), rows, ()
    rows = [[row[n] for n in positions] for row in rows]
    return replace(heading, names=names, labels=labels), rows, tuple(n + 1 for n in positions)


def _few_names(header_row: int, unnamed: int, columns: int) -> Doubt:
    message = (
        f"row {header_row}: only {columns - unnamed} of {columns} columns have a name; the others are called "
        "by their place, as column 2."
    )
    remedy = (
        f"--header {header_row} if that is right; --header N if row N has the names (--header 2-3: several)"
    )
    return Doubt(SUBJECT, message, remedy)
