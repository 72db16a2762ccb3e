"""The file formats that a report can be written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.report.docx import report_docx
from coder.formats.report.html import report_html

if TYPE_CHECKING:
    from coder.domain.tables.reports import Report
    from coder.formats.shared.file_contents import Writer

REPORT_FORMATS: dict[str, Writer[Report]] = {"docx": report_docx, "html": report_html}
"""By the ending of their files; all are written where nobody names one."""
