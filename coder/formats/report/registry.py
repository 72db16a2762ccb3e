"""A report in every file format there is, through one door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.report.docx import report_docx
from coder.formats.report.html import report_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.tables.reports import Report

_WRITERS: dict[str, Callable[[Report], str | bytes]] = {"docx": report_docx, "html": report_html}
KINDS = tuple(_WRITERS)


def report_as(kind: str, report: Report) -> str | bytes:
    """Return a report as a file's content: text, or bytes for `docx`.

    Args:
        kind: One of `KINDS`.
        report: The report.
    """
    return _WRITERS[kind](report)
