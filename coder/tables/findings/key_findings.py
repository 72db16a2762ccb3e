"""The key findings of a report: what is named most, what differs most, what is uncertain.

Every number is one that the tables print, with its rounding; a cell that is kept back is never looked into.
So a sentence gives away nothing that the tables do not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import counted, listed
from coder.domain.tables.reports import KeyFindings
from coder.domain.tables.tidy_rows import cell_value, decimals_of
from coder.tables.crosstab import TOTAL
from coder.tables.findings.largest_differences import difference_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.domain.tables.reports import Chapter

_NAMED = 3
"""Themes that are named of each question."""
_MOST_TIED = 3
"""Themes as often named as the last of these that are named too; of more the number is given."""
_DOUBT_BEGINS = ("Warning", "Low numbers", "No answer to", "Only ", "Codings as they stood")
_DOUBT_HOLDS = ("not yet read", "have been read", "still to be recoded", "not settled", "count for nothing")
"""What tells those notes of a table that say what is uncertain in its numbers, or of whom or when they are"""


class _NamedTheme(NamedTuple):
    """A theme with what is printed of it."""

    label: str
    number: float
    """By which themes are ordered."""
    figures: str
    """`23 councils, 45.1%`."""
    interval: tuple[float, float] | None


def key_findings(chapters: Sequence[Chapter], respondents: str) -> tuple[KeyFindings, ...]:
    """Return the findings of each chapter of a report that has any.

    Args:
        chapters: The report's tables, as they are printed.
        respondents: What the study calls them, in the plural.
    """
    findings = []
    for chapter in chapters:
        tables = [report_table.table for report_table in chapter.tables]
        sentences = [
            *(sentence for table in _of_all(tables) for sentence in _most_named(table, respondents)),
            *difference_sentences(tables),
        ]
        if sentences:
            findings.append(KeyFindings(chapter.title, (*sentences, *_doubts(tables))))
    return tuple(findings)


def reference(table: PrintedTable) -> str:
    """Return a table as a sentence refers to it: ` (Table 21)`; empty where it has no number."""
    return f" (Table {table.number})" if table.number else ""


def _of_all(tables: Sequence[PrintedTable]) -> Iterator[PrintedTable]:
    """Yield tables of themes by no groups; of questions that have none, the total of their first table."""
    of_themes = [table for table in tables if table.counts is not None]
    without_groups = {table.question_ids for table in of_themes if not table.by}
    seen: set[tuple[str, ...]] = set()
    for table in of_themes:
        if not table.by:
            yield table
        elif table.question_ids not in without_groups | seen:
            seen.add(table.question_ids)
            yield _total_alone(table)


def _total_alone(table: PrintedTable) -> PrintedTable:
    """Return a table with the columns of its total alone."""
    places = [place for place, column in enumerate(table.columns) if column.group == TOTAL]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=tuple(replace(row, cells=tuple(row.cells[place] for place in places)) for row in table.rows),
    )


def _most_named(table: PrintedTable, respondents: str) -> Iterator[str]:
    """Yield which themes of a question most respondents name, and of whom the percentages are."""
    rows = [row for row in table.rows if row.kind == "theme"]
    unit = "mentions" if table.counts == "mentions" else respondents
    themes = sorted(_themes(table, rows, unit), key=lambda theme: -theme.number)
    if not themes:
        return
    hidden = any(cell.mark == "suppressed" for row in rows for cell in row.cells)
    lead = "Of the themes whose numbers are printed, named most" if hidden else "Named most"
    first = themes[:_NAMED]
    names = listed([f"“{theme.label}” ({theme.figures})" for theme in first])
    yield f"{lead}: {names}{reference(table)}."
    yield from _tied(themes, weighted=bool(table.provenance.weight))
    yield from _overlap(first)
    yield from (note for note in table.notes if note.startswith("Base: "))


def _themes(table: PrintedTable, rows: Sequence[PrintedRow], unit: str) -> Iterator[_NamedTheme]:
    """Yield the themes of which a number is printed that is not none."""
    place_of = {column.kind: place for place, column in reversed(list(enumerate(table.columns)))}
    weighted = bool(table.provenance.weight)
    ends = [
        next((place for place, column in enumerate(table.columns) if column.end == end), None)
        for end in ("from", "to")
    ]
    for row in rows:
        count, percent = (_printed(table, row, place_of.get(kind)) for kind in ("count", "percent"))
        low, high = (_printed(table, row, place) for place in ends)
        numbers = [
            *([f"{count:,.0f} {unit}" if count != 1 else f"one of the {unit}"] if count is not None else []),
            *([f"{_text(table, row, place_of['percent'])}%{' weighted' * weighted}"] if percent else []),
            *([f"95% interval {_range(table, row, ends)}"] if low is not None and high is not None else []),
        ]
        # Weighted tables have the theme first that weighs most.
        number = percent if weighted or count is None else count
        if number:
            interval = None if low is None or high is None else (low, high)
            yield _NamedTheme(row.label, number, ", ".join(numbers), interval)


def _printed(table: PrintedTable, row: PrintedRow, place: int | None) -> float | None:
    """Return a number that a reader can rely on; None where there is none, or it is of a small base."""
    if place is None or row.cells[place].mark:
        return None
    return cell_value(table.columns[place], row.cells[place])


def _text(table: PrintedTable, row: PrintedRow, place: int) -> str:
    column, cell = table.columns[place], row.cells[place]
    return f"{cell_value(column, cell) or 0:,.{decimals_of(column, cell)}f}"


def _range(table: PrintedTable, row: PrintedRow, places: Sequence[int | None]) -> str:
    """Return the ends of an interval as they are printed: `27.0 to 52.9`."""
    return " to ".join(_text(table, row, place) for place in places if place is not None)


def _tied(themes: Sequence[_NamedTheme], *, weighted: bool) -> Iterator[str]:
    """Yield which further themes are named as often as the last of the first, be it only by rounding."""
    often = "of the same weighted percentage, rounded," if weighted else "named as often"
    tied = [theme for theme in themes[_NAMED:] if theme.number == themes[_NAMED - 1].number]
    if len(tied) > _MOST_TIED:
        yield f"{counted(len(tied), 'further theme')} are {often} as the last of these."
    elif tied:
        labels = listed([f"“{theme.label}”" for theme in tied])
        yield f"{often[0].upper()}{often[1:]} as the last of these: {labels}."


def _overlap(first: Sequence[_NamedTheme]) -> Iterator[str]:
    """Yield that the order of the first is uncertain, where intervals are printed and say so."""
    intervals = [theme.interval for theme in first]
    for place in range(1, len(first)):
        above, below = intervals[place - 1], intervals[place]
        if above is not None and below is not None and below[1] > above[0]:
            yield "The order of these is uncertain: intervals of neighbours overlap."
            return


def _doubts(tables: Sequence[PrintedTable]) -> Iterator[str]:
    """Yield the notes of tables that say what is uncertain, each once."""
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    for note in notes:
        if note.startswith(_DOUBT_BEGINS) or any(words in note for words in _DOUBT_HOLDS):
            yield note
