"""The file formats that tables can be written in.

Whoever offers formats reads them here: the command line's choices and help, the tables screen, messages.
A format is its name and its writer, which is loaded when the format is first written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.shared.file_contents import written_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.shared.file_contents import Writer

TABLE_FORMATS: dict[str, Writer[Sequence[PrintedTable]]] = {
    "csv": written_late("coder.formats.tables.text", "printed_csv"),
    "json": written_late("coder.formats.tables.text", "printed_json"),
    "md": written_late("coder.formats.tables.text", "printed_markdown"),
    "xlsx": written_late("coder.formats.tables.workbook", "printed_xlsx"),
    "docx": written_late("coder.formats.tables.docx", "printed_docx"),
    "html": written_late("coder.formats.tables.html", "printed_html"),
    "tex": written_late("coder.formats.tables.latex", "printed_tex"),
    "pptx": written_late("coder.formats.tables.slides", "printed_pptx"),
}
"""By the ending of their files. The first is written where nobody names one."""

CHARTED_FORMATS: dict[str, Writer[Sequence[PrintedTable]]] = {
    "xlsx": written_late("coder.formats.tables.workbook", "charted_xlsx"),
    "pptx": written_late("coder.formats.tables.slides", "charted_pptx"),
}
"""Those that hold charts of their own beside the tables, where charts are wanted."""
