"""Survey files in: read the rows, understand the columns, build the survey."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.errors import CoderError
from coder.formats.shared.encodings.decoding import EncodingChoice, encoding_choices
from coder.formats.shared.encodings.garbled import garbled_doubts
from coder.formats.shared.text_in import MOST_BYTES, bytes_of
from coder.formats.surveys.answers.answer_entities import without_entities
from coder.formats.surveys.building.survey_building import build_survey
from coder.formats.surveys.columns.understanding import understand, understand_anew
from coder.formats.surveys.files.binary_files import read_binary, without_sheets
from coder.formats.surveys.files.delimited import read_delimited
from coder.formats.surveys.files.file_kinds import kind_of, needs_guard
from coder.formats.surveys.header.header_rows import split_header
from coder.formats.surveys.header.turned_tables import turned
from coder.formats.surveys.hidden_rows import settle_hidden_rows
from coder.formats.surveys.raw_tables import FileRows, RawTable, no_progress

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.progress import Progress

__all__ = ["RawTable", "build_survey", "read_rows", "text_encodings", "understand", "understand_anew"]

_JUDGED = 1_000_000
"""Bytes by which encodings are judged."""
_START = 8
"""Bytes that tell a file for another process from text."""


def read_rows(path: Path, choices: ImportChoices = NO_CHOICES, progress: Progress | None = None) -> RawTable:
    """Read a survey file, whatever its kind: delimited text, a workbook or an SPSS file.

    Args:
        path: The file; its content decides how it is read.
        choices: What a person says about the file.
        progress: Called at least every 1,000 rows; may raise CancelledError.

    Raises:
        CoderError: The file cannot be read as a table with a header and rows.
    """
    file_rows = _read_file(path, choices, progress or no_progress)
    if choices.turned:
        file_rows = turned(file_rows)
    raw = settle_hidden_rows(split_header(file_rows, choices), file_rows, choices.hidden_rows)
    return without_entities(raw) if choices.decode_entities else raw


def _read_file(path: Path, choices: ImportChoices, progress: Progress) -> FileRows:
    if needs_guard(_content(path, start=_START)):
        return _read_guarded(path, choices, progress)
    content = _content(path)
    kind_of(path, content)
    if choices.sheet is not None:
        raise without_sheets(path)
    return read_delimited(path, content, progress, choices.encoding)


def text_encodings(path: Path) -> list[EncodingChoice]:
    """Return the encodings that a text file may have, the likeliest first; none for files of other kinds."""
    content = _content(path, start=_JUDGED)
    if needs_guard(content[:_START]):
        return []
    return encoding_choices(content[: content.rfind(b"\n") + 1] if len(content) == _JUDGED else content)


def _read_guarded(path: Path, choices: ImportChoices, progress: Progress) -> FileRows:
    """Read a workbook or an SPSS file; letters may have been garbled before they came into it."""
    file_rows = read_binary(path, choices, progress)
    if any(doubt.subject == "encoding" for doubt in file_rows.doubts):
        return file_rows
    text = "\n".join(map("\t".join, file_rows.rows))
    return replace(file_rows, doubts=(*file_rows.doubts, *garbled_doubts(text, file_rows.rows)))


def _content(path: Path, start: int | None = None) -> bytes:
    """Return what a file holds, or so many bytes from its beginning."""
    if path.is_dir():
        msg = f"{path} is a folder."
        raise CoderError(msg, "Give the survey file inside it.")
    try:
        return bytes_of(path, MOST_BYTES, start=start)
    except FileNotFoundError:
        msg = f"There is no file {path}."
        raise CoderError(msg, "Check the name and the folder.") from None
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise CoderError(msg, "Check that you may open it.") from None
