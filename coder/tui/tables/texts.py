"""What the tables screen says, worked out from its desk and its table: no widgets touched."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from coder.domain.filters import phrase_of
from coder.domain.grammar import counted, listed
from coder.domain.tables.bases import BASES
from coder.formats.tables.cells import all_notes, printed_number, shorthand
from coder.store.team.workers import coders_of
from coder.store.unsettled import unsettled
from coder.text.inert import inert
from coder.tui.kit.fitting import spread

if TYPE_CHECKING:
    from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
    from coder.tui.tables.desk import TablesDesk
    from coder.workflows.study.study import Study


def status(desk: TablesDesk, width: int) -> str:
    """Return the top line: the study, which of its tables this is, and whom percentages are of."""
    study, table = desk.study, desk.table
    name = f"Table {table.number}" if table is not None and table.number else desk.setting.subject
    base = table.base if table is not None else None
    base_text = f" · base {base.size:,} {study.settings.respondents}" if base is not None else ""
    position = f"{desk.choices.position + 1} of {len(desk.settings)}"
    facts = f"{name} · {position}{base_text}{read_only(study)}"
    return spread(f"{study.settings.title} · Tables", facts, width)


def read_only(study: Study) -> str:
    """Return what the top line of a study's tables ends with where it can only be read; else nothing."""
    return " · read only" if study.read_only else ""


def heading(desk: TablesDesk) -> str:
    """Return the table's heading; without a table the title that it was to have."""
    return desk.table.heading if desk.table else desk.setting.title


def unsettled_line(desk: TablesDesk) -> str:
    """Return who is counted in a table of themes and what of it is not final; empty if all is."""
    if not desk.of_themes:
        return ""
    return " · ".join(filter(None, (_counted(desk), not_final(desk.study, desk.setting.subject))))


def _counted(desk: TablesDesk) -> str:
    """Return whom percentages are of; nothing if they are of all who answered, and all has been read."""
    base = desk.table.base if desk.table is not None else None
    if base is None or (desk.choices.interim and base.kind == "answered"):
        return ""
    respondents = desk.study.settings.respondents
    if base.kind == "read":
        read = f"{base.size:,} of {base.answered:,} {respondents} fully read"
        return f"{read}: only they are counted (a: others)"
    names = BASES[base.kind].note.format(respondents=respondents, questions=desk.setting.subject)
    return f"Base: {names} (a: others)"


def not_final(study: Study, question_id: str) -> str:
    """Return what of a question is not read or not settled, on one line; empty if all is."""
    counts = unsettled(study.database, question_id)
    to_recode = counts.to_recode
    states = [
        f"{counts.unread:,} of {counts.answers:,} answers not yet read" if counts.unread else "",
        f"{counted(to_recode, 'coding')} to be recoded" if to_recode else "",
        f"{counts.flagged:,} flagged" if counts.flagged else "",
    ]
    return " · ".join(filter(None, states))


def instead_of_rows(desk: TablesDesk) -> str:
    """Return what is said in the place of a table that has no rows or could not be counted; else nothing."""
    if desk.error is not None:
        return inert(f"{desk.error.message}\n\n{desk.error.hint}")
    table, where = desk.table, desk.choices.where
    if table is None or table.rows:
        return ""
    base = table.base
    if base is not None and base.kind == "read" and _is_begun(desk):
        no_theme = ", with no theme on them" if base.size else ""
        return inert(
            f"{base.size:,} of {base.answered:,} {desk.study.settings.respondents} have all their answers to "
            f"{table.subject} read{no_theme}: nothing to count yet.\n\n"
            "a counts all that answered, by what is coded so far.\n"
            "Esc goes back to the answers: Enter marks one as done there."
        )
    if where:
        whose = f"{desk.study.settings.respondents} {phrase_of(where)}"
        return inert(f"No codings of {table.subject} by {whose}.\n\nf counts all again.")
    return inert(
        f"No codings yet for {table.subject}: nothing to count.\n\n"
        "Esc goes back to the answers: keys 1-9 choose a theme there.\n"
        "Codings made elsewhere come in with: coder codings import FILE"
    )


def _is_begun(desk: TablesDesk) -> bool:
    """Tell whether any answer to the table's question is coded or confirmed."""
    counts = unsettled(desk.study.database, desk.setting.subject)
    return counts.unread < counts.answers or bool(coders_of(desk.study.database, desk.setting.subject))


def in_full(desk: TablesDesk, row: PrintedRow, group: str) -> str:
    """Return a row, or a cell of it, as a sentence: its label whole, then its numbers.

    Args:
        desk: The desk; its table has the row.
        row: The row at the cursor.
        group: The heading over the column at the cursor; empty where columns have none.
    """
    table = desk.table
    if table is None:
        return ""
    pairs = zip(table.columns, row.cells, strict=True)
    numbers = [
        f"{_number(row, column, cell, is_weighted=bool(table.provenance.weight))}{_higher(table, cell)}"
        for column, cell in pairs
        if column.group == group and cell.mark != "blank"
    ]
    if row.mentions is not None and table.counts == "respondents" and not group:
        numbers.append(f"mentions: {row.mentions:,}")
    if row.kind == "net":
        themes = len(desk.study.codebook.members(row.key)) - 1
        numbers.append(f"a net of {counted(themes, 'theme')}")
    label = f"{row.label} · {group}" if group else row.label
    return inert(f"{label}\n{' · '.join(numbers)}")


def _higher(table: PrintedTable, cell: Cell) -> str:
    """Return than which other columns a percentage is higher, by its letters; else nothing."""
    letters = cell.letters.split()
    names = dict.fromkeys(column.group for column in table.columns if column.letter in letters)
    return f", higher than {listed(list(names))}" if names else ""


def _number(row: PrintedRow, column: PrintedColumn, cell: Cell, *, is_weighted: bool) -> str:
    number = printed_number(column, cell)
    # Of a column alone in its group the name stands before its numbers already.
    name = "" if column.alone else f"{column.name if column.kind == 'percent' else column.name.lower()}: "
    if not number:
        return f"{name}{'kept back' if cell.mark == 'suppressed' else 'not available'}"
    if row.kind == "base":
        return number
    base = row.base if column.base is None else column.base
    if column.kind != "percent" or base is None:
        return f"{name}{number}{column.sign}"
    few = ", a base too small to rely on" if cell.mark == "low" else ""
    return f"{number}% of {base:,}{', weighted' if is_weighted else ''}{few}"


def short_notes(desk: TablesDesk, width: int, line_count: int) -> str:
    """Return the notes in so many lines, but for the one that stands on the screen already.

    What is cut is a key away.
    """
    if desk.table is None:
        return ""
    notes = (note for note in desk.table.notes if note != desk.study.settings.note)
    text = " ".join(filter(None, (shorthand(desk.table), *notes)))
    lines = textwrap.wrap(inert(text), max(width, 1))
    if len(lines) <= line_count:
        return "\n".join(lines)
    more = " … i: all notes"
    cut = textwrap.shorten(" ".join(lines[line_count - 1 :]), max(width - len(more), 1), placeholder="")
    return "\n".join([*lines[: line_count - 1], cut + more])


def every_note(table: PrintedTable) -> str:
    """Return all notes, and where the numbers come from."""
    return inert("\n\n".join((table.heading, *all_notes(table))))
