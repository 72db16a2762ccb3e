"""Rows of a file of codings about respondents who have withdrawn: they are passed over, and told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted
from coder.formats.codings.coding_files import CodingFile, CodingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.privacy.tombstones import Tombstone
    from coder.formats.codings.coding_files import MarkRow


def without_withdrawn(file: CodingFile, stones: Sequence[Tombstone]) -> CodingFile:
    """Return a file without the rows about those who withdrew."""
    if not stones:
        return file
    marks = None if file.marks is None else tuple(row for row in file.marks if not _is_of(row, stones))
    return CodingFile(tuple(row for row in file.rows if not _is_of(row, stones)), marks)


def skipped_note(file: CodingFile, stones: Sequence[Tombstone]) -> str:
    """Return, in words, how many rows of a file are passed over; nothing if none is."""
    rows: list[CodingRow | MarkRow] = [*file.rows, *(file.marks or ())]
    skipped = sum(_is_of(row, stones) for row in rows)
    if not skipped:
        return ""
    verb = agreeing(skipped, "is", "are")
    return f"{counted(skipped, 'row')} about respondents who have withdrawn {verb} passed over."


def _is_of(row: CodingRow | MarkRow, stones: Sequence[Tombstone]) -> bool:
    respondent_id = row.respondent_id if isinstance(row, CodingRow) else ""
    return any(
        row.response_id in stone.answers or (respondent_id and respondent_id == stone.respondent_id)
        for stone in stones
    )
