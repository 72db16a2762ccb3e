"""Tables of the same rows by several attributes, put side by side as one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.errors import CoderError
from coder.tables.attribute_values import NOT_STATED
from coder.tables.crosstab import TOTAL
from coder.tables.figures.base_figures import base_note
from coder.tables.figures.column_letters import lettered_on
from coder.tables.small_numbers import KEPT_BACK_NOTES, LOW_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.tables.printed import PrintedColumn, PrintedTable
    from coder.domain.tables.requests import AnswerColumn
    from coder.domain.tables.weights import WeightedSize

_FEW = " Percentages that are marked are of few: one more or less changes them much."


@dataclass(frozen=True, slots=True)
class BannerSide:
    """A part of a table's columns: the values of one attribute, or one value of it alone."""

    attribute: str
    """Its name; empty: everybody together."""
    title: str
    """What stands before the values of several attributes: `region`; of a question's themes its id."""
    called: str = ""
    """What a table by it is called after."""
    only: str = ""
    """The one value that has a column; empty: all have."""
    shown_as: str = ""
    """What that column is called."""
    of_answers: AnswerColumn | None = None
    """That one column, where it is of some answers alone: who gave several is in several columns."""


def before_values(side: BannerSide, sides: Sequence[BannerSide]) -> str:
    """Return what stands before the values of a side in the headings of its columns: `region: `.

    Columns by answers alone are called by their values, as those by any one attribute are.
    """
    are_alone = len({one.title for one in sides if one.attribute}) == 1 and all(
        one.of_answers for one in sides
    )
    return "" if are_alone else f"{side.title}: "


def side_by_side(
    tables: Sequence[PrintedTable], sides: Sequence[BannerSide], respondents: str
) -> PrintedTable:
    """Return tables of the same rows as one, the columns of each after those of the one before, then a total.

    Args:
        tables: One for each side.
        sides: What each is by; one of everybody is the total, else the last table's own is taken.
        respondents: What the study calls its respondents.

    Raises:
        CoderError: Their rows differ.
    """
    tables = lettered_on(tables)
    first_table = tables[0]
    rows = [[(row.key, row.label) for row in table.rows] for table in tables]
    if any(of_table != rows[0] for of_table in rows):
        msg = f"{first_table.heading}: the rows by one attribute are not those by the other."
        raise CoderError(msg, "Make a table of each.")
    titles = list(dict.fromkeys(side.title for side in sides if side.attribute))
    chosen = [
        list(_chosen(table, side, before_values(side, sides)))
        for table, side in zip(tables, sides, strict=True)
    ]
    if all(side.attribute for side in sides):
        total = [(n, column) for n, column in enumerate(tables[-1].columns) if column.group == TOTAL]
        chosen[-1] += total
    noted_bases = tuple(_noted_bases(tables, chosen))
    by_itself, by_all = f", by {sides[0].called}", f", by {listed(titles)}"
    return replace(
        first_table,
        columns=tuple(column for of_table in chosen for _, column in of_table),
        rows=tuple(
            replace(
                row,
                cells=tuple(
                    table.rows[place].cells[number]
                    for table, of_table in zip(tables, chosen, strict=True)
                    for number, _ in of_table
                ),
            )
            for place, row in enumerate(first_table.rows)
        ),
        notes=tuple(_with_bases(_notes(tables, sides, respondents), tables, noted_bases)),
        title=first_table.title.replace(by_itself, by_all),
        key=f"{'-'.join(first_table.question_ids) or first_table.subject}-by-{'-'.join(titles)}",
        by=", ".join(titles),
        noted_bases=noted_bases,
    )


def _noted_bases(
    tables: Sequence[PrintedTable], chosen: Sequence[Sequence[tuple[int, PrintedColumn]]]
) -> Iterator[tuple[str, WeightedSize]]:
    """Yield the bases that notes tell of the columns which are chosen, each group once, as it is called."""
    for table, of_table in zip(tables, chosen, strict=True):
        sizes = dict(table.noted_bases)
        called = {table.columns[number].group: column.group for number, column in of_table}
        yield from ((heading, sizes[group]) for group, heading in called.items() if group in sizes)


def _with_bases(
    notes: Iterable[str], tables: Sequence[PrintedTable], noted_bases: Sequence[tuple[str, WeightedSize]]
) -> Iterator[str]:
    """Yield notes in which one tells the bases of all columns, where each table's own told those of its."""
    own_notes = {base_note(table.noted_bases) for table in tables if table.noted_bases}
    joined_note = base_note(noted_bases) if noted_bases else ""
    yield from filter(None, dict.fromkeys(joined_note if note in own_notes else note for note in notes))


def without_empty_group(table: PrintedTable) -> PrintedTable:
    """Return a table without a column of those not stated if nobody is in it."""
    stay = [
        number
        for number, column in enumerate(table.columns)
        if column.group != NOT_STATED or not _is_empty(table, column.group)
    ]
    groups = {table.columns[number].group for number in stay}
    noted_bases = tuple((group, size) for group, size in table.noted_bases if group in groups)
    return replace(
        table,
        notes=tuple(_with_bases(table.notes, [table], noted_bases)),
        noted_bases=noted_bases,
        columns=tuple(table.columns[number] for number in stay),
        rows=tuple(replace(row, cells=tuple(row.cells[number] for number in stay)) for row in table.rows),
    )


def _is_empty(table: PrintedTable, group: str) -> bool:
    """Tell whether the percentages of a group are of nobody."""
    bases = [column.base for column in table.columns if column.group == group and column.kind == "percent"]
    return bases != [] and not any(bases)


def _notes(tables: Sequence[PrintedTable], sides: Sequence[BannerSide], respondents: str) -> Iterator[str]:
    """Yield the notes of all sides, each once; of the many columns of a question's themes one for all."""
    of_attributes = [(table, side) for table, side in zip(tables, sides, strict=True) if not side.only]
    alone = list(dict.fromkeys(side.title for side in sides if side.only))
    of_answers = list(dict.fromkeys(side.title for side in sides if side.of_answers))
    of_questions = [title for title in alone if title not in of_answers]
    if of_attributes:
        yield from dict.fromkeys(
            _with_attribute(note, side) for table, side in of_attributes for note in table.notes
        )
    else:
        yield from (note for note in tables[0].notes if not note.startswith((LOW_NUMBERS, *KEPT_BACK_NOTES)))
    of_alone = [table for table, side in zip(tables, sides, strict=True) if side.only]
    yield from dict.fromkeys(
        note for table in of_alone for note in table.notes if note.startswith(KEPT_BACK_NOTES)
    )
    if any(column.letter for table in tables for column in table.columns):
        yield "Columns of different attributes share respondents and are not compared."
    if of_answers:
        yield (
            f"The columns of {listed(of_answers)} count what is in such answers alone, as a share of the "
            f"{respondents} that gave one: who gave several is in several columns.{_FEW}"
        )
    if of_questions:
        yield (
            f"The columns of {listed(of_questions)} are the {respondents} that mention a theme there: who "
            f"mentions several is in several columns.{_FEW}"
        )


def _with_attribute(note: str, side: BannerSide) -> str:
    """Return a note on percentages of few that says of which attribute: several may have the same values."""
    lead = f"{LOW_NUMBERS}: the percentages of "
    return note.replace(lead, f"{lead}{side.title}: ", 1) if side.title else note


def _chosen(table: PrintedTable, side: BannerSide, before: str) -> Iterator[tuple[int, PrintedColumn]]:
    """Yield the columns that a side shows, each with its number in its table; headings begin alike."""
    groups = Counter(column.group for column in table.columns)
    for number, column in enumerate(table.columns):
        if not side.attribute:
            yield number, replace(column, group=TOTAL)
        elif side.only:
            if column.group == side.only:
                heading = f"{before}{side.shown_as}"
                yield number, _under(column, heading, groups[column.group], side.attribute)
        elif column.group != TOTAL:
            heading = f"{before}{column.group}"
            attribute = heading if column.group == NOT_STATED else side.attribute
            yield number, _under(column, heading, groups[column.group], attribute)


def _under(column: PrintedColumn, heading: str, columns: int, attribute: str) -> PrintedColumn:
    name = heading if column.alone and columns == 1 else column.name
    return replace(column, group=heading, name=name, attribute=attribute)
