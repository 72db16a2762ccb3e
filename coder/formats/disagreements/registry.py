"""The file formats that sheets of disagreements can be written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.disagreements.files import sheets_csv, sheets_json, sheets_markdown
from coder.formats.disagreements.meeting_workbook import sheets_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.team.disagreement_sheets import DisagreementSheet
    from coder.formats.shared.file_contents import Writer

SHEET_FORMATS: dict[str, Writer[Sequence[DisagreementSheet]]] = {
    "md": sheets_markdown,
    "xlsx": sheets_xlsx,
    "csv": sheets_csv,
    "json": sheets_json,
}
"""By the ending of their files. The first is written where nobody names one."""
