"""Printed tables in every file format there is, through one door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.shared.files_out import for_excel, replace_file
from coder.formats.tables.docx import printed_docx
from coder.formats.tables.html import printed_html
from coder.formats.tables.latex import printed_tex
from coder.formats.tables.text import printed_csv, printed_json, printed_markdown
from coder.formats.tables.workbook import printed_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable

_WRITERS: dict[str, Callable[[Sequence[PrintedTable]], str | bytes]] = {
    "csv": printed_csv,
    "json": printed_json,
    "md": printed_markdown,
    "html": printed_html,
    "tex": printed_tex,
    "docx": printed_docx,
    "xlsx": printed_xlsx,
}
KINDS = tuple(_WRITERS)


def tables_as(kind: str, tables: Sequence[PrintedTable], *, excel: bool = False) -> str | bytes:
    """Return tables as a file's content: text, or bytes where the format is no text.

    Args:
        kind: One of `KINDS`.
        tables: The tables, in the order of the report.
        excel: Whether a CSV is for Excel: see `for_excel`.
    """
    content = _WRITERS[kind](tables)
    return for_excel(content) if excel and isinstance(content, str) and kind == "csv" else content


def write_tables(path: Path, kind: str, tables: Sequence[PrintedTable], *, excel: bool = False) -> None:
    """Write tables to a file as a whole, or leave the file as it was; see `tables_as`.

    Raises:
        CoderError: It cannot be written.
    """
    replace_file(path, tables_as(kind, tables, excel=excel))
