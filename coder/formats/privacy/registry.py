"""The file formats that a data-flow statement can be written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.privacy.docx import statement_docx
from coder.formats.privacy.markdown import statement_markdown

if TYPE_CHECKING:
    from coder.domain.privacy.data_flows import DataFlow
    from coder.formats.shared.file_contents import Writer

STATEMENT_FORMATS: dict[str, Writer[DataFlow]] = {"md": statement_markdown, "docx": statement_docx}
"""By the ending of their files. The first is written where nobody names one."""
