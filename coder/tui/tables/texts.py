"""What the tables screen says, worked out from the study and a table: no widgets touched."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from coder.formats.tables.cells import all_notes, cell_value, number_text, shorthand
from coder.store.unsettled import unsettled
from coder.text.inert import inert
from coder.tui.kit.fitting import spread

if TYPE_CHECKING:
    from coder.domain.study_settings import TableSetting
    from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
    from coder.workflows.study.study import Study


def status(study: Study, setting: TableSetting, place: str, table: PrintedTable | None, width: int) -> str:
    """Return the top line: the study, which of its tables this is, and whom percentages are of.

    Args:
        study: The study.
        setting: The table's.
        place: Where among its tables this one stands: `2 of 8`.
        table: The table, if it could be made.
        width: Columns of the screen.
    """
    name = f"Table {table.number}" if table is not None and table.number else setting.subject
    base = table.base if table is not None else None
    words = f" · base {base.size:,} {study.settings.respondents}" if base is not None else ""
    return spread(f"{study.settings.title} · Tables", f"{name} · {place}{words}", width)


def not_final(study: Study, question_id: str) -> str:
    """Return what of a question is not coded or not settled, on one line; empty if all is."""
    found = unsettled(study.database, question_id)
    parts = [
        f"{found.unread:,} of {found.answers:,} answers not yet coded" if found.unread else "",
        f"{found.to_recode:,} {_noun('coding', found.to_recode)} to be recoded" if found.to_recode else "",
        f"{found.flagged:,} flagged" if found.flagged else "",
    ]
    return " · ".join(filter(None, parts))


def _noun(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"


def nothing(table: PrintedTable, where: tuple[str, str] | None) -> str:
    """Return what is said in the place of a table without rows."""
    if where is not None:
        return inert(f"No codings of {table.subject} where {where[0]} is {where[1]}.\n\nf counts all again.")
    return inert(
        f"No codings yet for {table.subject}: nothing to count.\n\n"
        "Esc goes back to the answers: keys 1-9 choose a theme there.\n"
        "Codings made elsewhere come in with: coder codings import FILE"
    )


def in_words(study: Study, table: PrintedTable, row: PrintedRow, group: str) -> str:
    """Return a row, or a cell of it, in words: its label whole, then its numbers.

    Args:
        study: The study.
        table: The table.
        row: The row at the cursor.
        group: The heading over the column at the cursor; empty where columns have none.
    """
    pairs = zip(table.columns, row.cells, strict=True)
    parts = [_cell_words(column, cell) for column, cell in pairs if column.group == group]
    if row.mentions is not None and table.counts == "respondents" and not group:
        parts.append(f"mentions: {row.mentions:,}")
    if row.kind == "net":
        themes = len(study.codebook.members(row.key)) - 1
        parts.append(f"a net of {themes} {_noun('theme', themes)}")
    label = f"{row.label} · {group}" if group else row.label
    return inert(f"{label}\n{' · '.join(parts)}")


def _cell_words(column: PrintedColumn, cell: Cell) -> str:
    value = cell_value(column, cell)
    name = column.name if column.kind == "percent" else column.name.lower()
    if value is None:
        return f"{name}: {'kept back' if cell.mark == 'suppressed' else 'not available'}"
    number = number_text(column, value)
    if column.kind != "percent" or column.base is None:
        return f"{name}: {number}"
    few = ", a base too small to rely on" if cell.mark == "low" else ""
    return f"{number}% of {column.base:,}{few}"


def short_notes(table: PrintedTable, said: str, width: int, lines: int) -> str:
    """Return the notes in so many lines; what is cut is a key away.

    Args:
        table: The table.
        said: A note that stands on the screen already.
        width: Columns of the screen.
        lines: How many lines there are.
    """
    notes = " ".join(filter(None, (shorthand(table), *(note for note in table.notes if note != said))))
    wrapped = textwrap.wrap(inert(notes), max(width, 1))
    if len(wrapped) <= lines:
        return "\n".join(wrapped)
    more = " … i: all notes"
    last = textwrap.shorten(" ".join(wrapped[lines - 1 :]), max(width - len(more), 1), placeholder="")
    return "\n".join([*wrapped[: lines - 1], last + more])


def every_note(table: PrintedTable) -> str:
    """Return all notes, and where the numbers come from."""
    return inert("\n\n".join((table.heading, *all_notes(table))))
