"""Write a codebook as a workbook with one sheet, one theme a row."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from coder.domain.theme_fields import THEME_FIELDS
from coder.formats.codebooks.theme_table import HEADER, theme_rows
from coder.formats.shared.escaping.plain_text import fit_for_xml
from coder.formats.shared.sheet_limits import refuse_large, refuse_long, written

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook

_FORMULA = ("=", "+", "-", "@")
_WIDTHS = {field.column: field.column_width for field in THEME_FIELDS}
_OTHER_WIDTH = 15
_SHORTEN = "Shorten it, or export the codebook in another format."


def codebook_xlsx(codebook: Codebook, date: dt.date) -> bytes:
    """Return a codebook as a workbook that reads back as an equal codebook.

    Every cell is text, also one that looks like a formula.

    Raises:
        CoderError: A text is too long for a cell.
    """
    import xlsxwriter

    refuse_large(1 + len(codebook.themes), len(HEADER), "The codebook")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        moment = dt.datetime.combine(date, dt.time())
        workbook.set_properties({"title": fit_for_xml(codebook.title), "created": moment})
        top = workbook.add_format({"bold": True, "bottom": 1})
        plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
        text, quoted = workbook.add_format(plain), workbook.add_format({**plain, "quote_prefix": True})
        sheet = workbook.add_worksheet("Themes")
        sheet.freeze_panes(1, 2)
        for column, name in enumerate(HEADER):
            written(sheet.set_column(column, column, _WIDTHS.get(name, _OTHER_WIDTH)), name)
            written(sheet.write_string(0, column, name, top), name)
        for row, cells in enumerate(theme_rows(codebook), start=1):
            for column, cell in enumerate(map(fit_for_xml, cells)):
                name = f"{cells[0]}: '{HEADER[column]}'"
                refuse_long(cell, name, _SHORTEN)
                if cell:
                    style = quoted if cell.startswith(_FORMULA) else text
                    written(sheet.write_string(row, column, cell, style), name)
    return content.getvalue()
