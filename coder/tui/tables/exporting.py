"""Writing the table on screen, or its chart, to a file."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coder.formats.charts.canvas import CHART_FORMATS
from coder.formats.charts.drawing import picture
from coder.formats.shared.files_out import file_content, format_of, replace_file
from coder.formats.tables.registry import TABLE_FORMATS
from coder.tui.kit.ask import Ask

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.tui.tables.screen import TablesScreen

_UNFIT = re.compile(r"[^\w.]+")


def formats() -> tuple[str, ...]:
    """Return the formats that a table, or its chart, can be written in."""
    return (*TABLE_FORMATS, *CHART_FORMATS)


def ask_file(screen: TablesScreen) -> None:
    """Ask where the table is to be written."""
    if screen.table is not None:
        name = f"{_file_name(screen.table, screen.where)}.csv"
        _ask(screen, screen.table, name, None)


def _file_name(table: PrintedTable, where: tuple[str, str] | None) -> str:
    parts = [f"table-{table.number}" if table.number else table.key, *(where or ())[1:]]
    return _UNFIT.sub("-", "-".join(parts)).strip("-").lower()


def _ask(screen: TablesScreen, table: PrintedTable, name: str, replaced: Path | None) -> None:
    def named(answer: str | None) -> None:
        screen.guard(_export, screen, table, replaced, answer)

    title, hint = "Write this table to", f"⏎ writes it · .{', .'.join(formats())}\nin {Path.cwd()}"
    if replaced:
        title = "This file exists already"
        hint = "⏎ again replaces it · another name keeps it · Esc writes nothing"
    screen.app.push_screen(Ask(title, name, hint), named)


def _export(screen: TablesScreen, table: PrintedTable, replaced: Path | None, name: str | None) -> None:
    """Write a table; a file that exists is asked about once more, and then replaced."""
    if not name or not name.strip():
        return
    path = Path(name.strip()).expanduser()
    kind = format_of(path.name, formats(), otherwise="")
    if path.exists() and path != replaced:
        _ask(screen, table, name, path)
    else:
        screen.write(partial(write_table, table, kind, path))


def write_table(table: PrintedTable, kind: str, path: Path) -> Path:
    """Write a table, or its chart, as a file of a kind; return where it is.

    Raises:
        CoderError: It cannot be written.
    """
    chart = next((picture_kind for picture_kind in CHART_FORMATS if picture_kind == kind), None)
    content = picture(table, chart).data if chart else file_content(TABLE_FORMATS, kind, [table])
    replace_file(path, content)
    return path.resolve()
