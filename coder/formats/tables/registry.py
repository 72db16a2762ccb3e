"""The file formats that tables can be written in.

Whoever offers formats reads them here: the command line's choices and help, the tables screen, messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.tables.docx import printed_docx
from coder.formats.tables.html import printed_html
from coder.formats.tables.latex import printed_tex
from coder.formats.tables.slides import charted_pptx, printed_pptx
from coder.formats.tables.text import printed_csv, printed_json, printed_markdown
from coder.formats.tables.workbook import charted_xlsx, printed_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.shared.file_contents import Writer

TABLE_FORMATS: dict[str, Writer[Sequence[PrintedTable]]] = {
    "csv": printed_csv,
    "json": printed_json,
    "md": printed_markdown,
    "xlsx": printed_xlsx,
    "docx": printed_docx,
    "html": printed_html,
    "tex": printed_tex,
    "pptx": printed_pptx,
}
"""By the ending of their files. The first is written where nobody names one."""

CHARTED_FORMATS: dict[str, Writer[Sequence[PrintedTable]]] = {"xlsx": charted_xlsx, "pptx": charted_pptx}
"""Those that hold charts of their own beside the tables, where charts are wanted."""
