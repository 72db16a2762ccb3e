"""Survey files in: read the rows, understand the columns, build the survey."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.errors import CoderError
from coder.formats.shared.encodings.decoding import BROKEN_BYTES, EncodingChoice, encoding_choices
from coder.formats.shared.encodings.garbled import garbled_doubts
from coder.formats.shared.text_in import MOST_BYTES, bytes_of
from coder.formats.surveys.answers.answer_entities import without_entities
from coder.formats.surveys.building.survey_building import build_survey
from coder.formats.surveys.columns import understanding
from coder.formats.surveys.columns.understanding import understand_anew
from coder.formats.surveys.files.binary_files import read_binary, without_sheets
from coder.formats.surveys.files.delimited import read_delimited
from coder.formats.surveys.files.file_kinds import SPSS_BEGINNINGS, kind_of, needs_guard
from coder.formats.surveys.header.header_rows import split_header
from coder.formats.surveys.header.turned_tables import turned
from coder.formats.surveys.hidden_rows import settle_hidden_rows
from coder.formats.surveys.raw_tables import FileRows, RawTable, no_progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coder.domain.progress import Progress
    from coder.domain.surveys.survey_doubts import Doubt
    from coder.domain.surveys.survey_layout import SurveyLayout

__all__ = ["RawTable", "build_survey", "read_rows", "text_encodings", "understand", "understand_anew"]

_JUDGED = 1_000_000
"""Bytes by which encodings are judged."""
_EVERY_BYTE = "cp437"
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
    with _telling_encoding(file_rows.doubts):
        raw = settle_hidden_rows(split_header(file_rows, choices), file_rows, choices.hidden_rows)
    return without_entities(raw) if choices.decode_entities else raw


def understand(raw: RawTable, choices: ImportChoices = NO_CHOICES) -> SurveyLayout:
    """Say which role each column has, and why, as `understanding.understand`."""
    with _telling_encoding(raw.doubts):
        return understanding.understand(raw, choices)


@contextmanager
def _telling_encoding(doubts: Sequence[Doubt]) -> Iterator[None]:
    """Say with an error that the file's encoding is in doubt: its names may be others."""
    try:
        yield
    except CoderError as error:
        doubt = next((doubt for doubt in doubts if doubt.subject == "encoding"), None)
        if doubt is None or type(error) is not CoderError:
            raise
        hint = f"{error.hint}\nIts encoding is in doubt: {doubt.message} {doubt.remedy}".strip()
        raise CoderError(error.message, hint) from None


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
    if content.startswith(SPSS_BEGINNINGS):
        # Read byte by byte, each as a letter; an encoding that has a letter for every byte gives them back.
        rows = read_binary(path, ImportChoices(encoding=_EVERY_BYTE), no_progress).rows
        content = "\n".join(map("\t".join, rows)).encode(_EVERY_BYTE, "replace")
        return [] if content.isascii() else encoding_choices(content)
    if needs_guard(content[:_START]):
        return []
    return encoding_choices(content[: content.rfind(b"\n") + 1] if len(content) == _JUDGED else content)


def _read_guarded(path: Path, choices: ImportChoices, progress: Progress) -> FileRows:
    """Read a workbook or an SPSS file; letters may have been garbled before they came into it."""
    file_rows = read_binary(path, choices, progress)
    replaced = any(BROKEN_BYTES in note for note in file_rows.notes)
    if replaced or any(doubt.subject == "encoding" for doubt in file_rows.doubts):
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
