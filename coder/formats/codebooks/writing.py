"""Write a codebook in any of the formats."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from coder.formats.codebooks.docx import codebook_docx
from coder.formats.codebooks.markdown import codebook_markdown
from coder.formats.codebooks.refi_qda_writing import codebook_qdc
from coder.formats.codebooks.theme_table import HEADER, theme_rows
from coder.formats.codebooks.theme_workbook import codebook_xlsx
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.formats.shared.file_contents import csv_text

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook

CodebookKind = Literal["yaml", "csv", "xlsx", "md", "docx", "qdc"]
KINDS: tuple[CodebookKind, ...] = ("yaml", "csv", "xlsx", "md", "docx", "qdc")

_NO_DATE = dt.date(1980, 1, 1)
"""The first that the archives of Office documents know."""


def codebook_as(
    kind: CodebookKind, codebook: Codebook, *, provenance: str = "", date: dt.date | None = None
) -> str | bytes:
    """Return a codebook as a file's content: text, or bytes for `xlsx` and `docx`.

    All but `docx` read back as an equal codebook, short of blanks at the ends of texts and, in `xlsx`
    and `qdc`, control characters. The same arguments always give the same content.

    Args:
        kind: The format.
        codebook: A codebook without faults.
        provenance: For `docx`, a line that says which version of which codebook it is.
        date: For `docx` and `xlsx`, when the file counts as written.

    Raises:
        CoderError: The format has no room for it: REFI-QDA for no themes, a workbook for very long texts.
    """
    match kind:
        case "yaml":
            return write_codebook(codebook)
        case "csv":
            return csv_text(HEADER, theme_rows(codebook))
        case "xlsx":
            return codebook_xlsx(codebook, date or _NO_DATE)
        case "md":
            return codebook_markdown(codebook)
        case "docx":
            return codebook_docx(codebook, provenance, date or _NO_DATE)
        case "qdc":
            return codebook_qdc(codebook)
