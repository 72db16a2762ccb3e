"""Writing the table on screen, or its chart, to a file."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coder.tui.kit.ask import Ask

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.formats.charts.canvas import PictureKind
    from coder.tui.tables.screen import TablesScreen

PICTURES: tuple[PictureKind, ...] = ("svg", "png")
_UNFIT = re.compile(r"[^\w.]+")


def ask_file(screen: TablesScreen) -> None:
    """Ask where the table is to be written."""
    if screen.table is not None:
        name = f"{_file_name(screen.table, screen.where)}.csv"
        _ask(screen, screen.table, name, None)


def _file_name(table: PrintedTable, where: tuple[str, str] | None) -> str:
    parts = [f"table-{table.number}" if table.number else table.key, *(where or ())[1:]]
    return _UNFIT.sub("-", "-".join(parts)).strip("-").lower()


def _ask(screen: TablesScreen, table: PrintedTable, name: str, replaced: Path | None) -> None:
    from coder.formats.tables.writers import KINDS

    def named(answer: str | None) -> None:
        screen.guard(_export, screen, table, replaced, answer)

    title, hint = "Write this table to", f"⏎ writes it · .{', .'.join((*KINDS, *PICTURES))}\nin {Path.cwd()}"
    if replaced:
        title = "This file exists already"
        hint = "⏎ again replaces it · another name keeps it · Esc writes nothing"
    screen.app.push_screen(Ask(title, name, hint), named)


def _export(screen: TablesScreen, table: PrintedTable, replaced: Path | None, name: str | None) -> None:
    """Write a table; a file that exists is asked about once more, and then replaced."""
    from coder.formats.shared.files_out import format_of
    from coder.formats.tables.writers import KINDS

    if not name or not name.strip():
        return
    path = Path(name.strip()).expanduser()
    kind = format_of(path.name, (*KINDS, *PICTURES), otherwise="")
    if path.exists() and path != replaced:
        _ask(screen, table, name, path)
    else:
        screen.write(partial(write_table, table, kind, path))


def write_table(table: PrintedTable, kind: str, path: Path) -> Path:
    """Write a table, or its chart, as a file of a kind; return where it is.

    Raises:
        CoderError: It cannot be written.
    """
    from coder.formats.charts.drawing import picture
    from coder.formats.shared.files_out import replace_file
    from coder.formats.tables.writers import tables_as

    chart = next((each for each in PICTURES if each == kind), None)
    replace_file(path, picture(table, chart).data if chart else tables_as(kind, [table]))
    return path.resolve()
