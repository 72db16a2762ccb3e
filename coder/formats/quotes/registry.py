"""The file formats that quotes can be written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.quotes.docx import quotes_docx
from coder.formats.quotes.files import quotes_csv, quotes_html, quotes_json, quotes_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.quotes import QuoteList
    from coder.formats.shared.file_contents import Writer

QUOTE_FORMATS: dict[str, Writer[Sequence[QuoteList]]] = {
    "md": quotes_markdown,
    "docx": quotes_docx,
    "html": quotes_html,
    "csv": quotes_csv,
    "json": quotes_json,
}
"""By the ending of their files. The first is written where nobody names one."""
