"""Writing the table on screen, or its chart, to a file."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.path_names import fit_name
from coder.formats.charts.registry import CHART_FORMATS
from coder.formats.shared.file_contents import file_content, format_of
from coder.formats.shared.files_out import replace_file
from coder.formats.tables.registry import TABLE_FORMATS
from coder.tui.kit.windows.window_values import Ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.filters import Having
    from coder.domain.tables.printed import PrintedTable
    from coder.tui.tables.contract import TablesView

_UNFIT = re.compile(r"[^\w.]+")


def formats() -> tuple[str, ...]:
    """Return the formats that a table, or its chart, can be written in."""
    return (*TABLE_FORMATS, *CHART_FORMATS)


def ask_file(view: TablesView) -> None:
    """Ask where the table is to be written."""
    table = view.desk.table
    if table is not None:
        # The folder that the program was started in may be that of a study on a read-only disk.
        place = "" if _is_writable(Path.cwd()) else "~/"
        _ask(view, table, f"{place}{_file_name(table, view.desk.choices.where)}.csv", None)


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _file_name(table: PrintedTable, where: Sequence[Having]) -> str:
    pieces = [
        f"table-{table.number}" if table.number else table.key,
        *(label for condition in where for label in condition.any_of),
    ]
    return fit_name(_UNFIT.sub("-", "-".join(pieces)).strip("-").lower(), "table")


def _ask(view: TablesView, table: PrintedTable, name: str, replaced: Path | None) -> None:
    """Ask for a file's name; `replaced` is a file that Enter on the same name replaces."""
    title, hint = "Write this table to", f"⏎ writes it · .{', .'.join(formats())}\n{_where()}"
    if replaced:
        title = "This file exists already"
        hint = "⏎ again replaces it · another name keeps it · Esc writes nothing"
    view.ask(Ask(title, name, hint), partial(_export, view, table, replaced))


def _where() -> str:
    folder = Path.cwd()
    return f"in {folder}" if _is_writable(folder) else f"{folder} is read only: name a file elsewhere"


def _export(view: TablesView, table: PrintedTable, replaced: Path | None, name: str | None) -> None:
    """Write a table; a file that exists is asked about once more, and then replaced."""
    if not name or not name.strip():
        return
    path = Path(name.strip()).expanduser()
    kind = format_of(path.name, formats(), otherwise="")
    if path.exists() and path != replaced:
        _ask(view, table, name, path)
    else:
        excel = view.desk.study.settings.csv_for_excel
        view.write(partial(write_table, table, kind, path, excel=excel))


def write_table(table: PrintedTable, kind: str, path: Path, *, excel: bool = False) -> Path:
    """Write a table, or its chart, as a file of a kind; return where it is.

    Args:
        table: The table.
        kind: The format.
        path: Where.
        excel: Whether a CSV is for Excel.

    Raises:
        CoderError: It cannot be written.
    """
    if kind in CHART_FORMATS:
        replace_file(path, file_content(CHART_FORMATS, kind, table))
    else:
        replace_file(path, file_content(TABLE_FORMATS, kind, [table], excel=excel))
    return path.resolve()
