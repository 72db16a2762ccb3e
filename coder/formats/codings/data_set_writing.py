"""The coded data set: three CSV files that other programs can learn from and check against."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

from coder.domain.codings import words_picked_by, write_spans
from coder.domain.tables.matrices import attribute_columns
from coder.errors import CoderError
from coder.formats.shared.file_contents import csv_text
from coder.formats.shared.files_out import make_file, write_new
from coder.formats.shared.folders_out import whole_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from coder.domain.codebook import Codebook
    from coder.domain.responses import Response
    from coder.formats.codings.coding_files import CodingRecord

_RESPONSE = ("response_id", "respondent_id", "question_id", "text")
_THEME = ("theme", "parent", "definition", "keywords", "examples")


def responses_csv(
    responses: Iterable[Response], names: Sequence[str], attributes: Mapping[int, Mapping[str, str]]
) -> str:
    """Return `responses.csv`: one row a response, with what is known of it and of its respondent.

    Args:
        responses: The responses.
        names: The attributes, in the order of their columns.
        attributes: The number of a response to the values of these attributes.
    """
    columns = attribute_columns(names, _RESPONSE)
    rows = (
        (
            r.id,
            r.respondent_id,
            r.question_id,
            r.text,
            *(attributes[r.number].get(name, "") for name in names),
        )
        for r in responses
    )
    return csv_text((*_RESPONSE, *columns), rows)


def codes_csv(records: Iterable[CodingRecord], survey: str = "") -> str:
    """Return `codes.csv`: one row a coding, themes by their labels; its words, who picked them; its text.

    Args:
        records: The codings.
        survey: What names the survey, as `survey_fingerprint` does.
    """
    rows = (
        (
            record.response.id,
            record.label,
            record.coding.coder_id,
            write_spans(record.coding.spans),
            words_picked_by(record.coding),
            record.text_version,
            survey,
        )
        for record in records
    )
    columns = ("response_id", "theme", "coder", "spans", "words_by", "text_version", "survey")
    return csv_text(columns, rows)


def themes_csv(codebook: Codebook, question_ids: Sequence[str]) -> str:
    """Return `themes.csv`: one row a theme and question, its examples on a line each.

    Where every theme is for every question, there is no column for the question.
    """
    if any(theme.questions for theme in codebook):
        rows = [
            (question_id, *row) for question_id in question_ids for row in _theme_rows(codebook, question_id)
        ]
        return csv_text(("question_id", *_THEME), rows)
    return csv_text(_THEME, _theme_rows(codebook, None))


def _theme_rows(codebook: Codebook, question_id: str | None) -> Iterator[tuple[str, ...]]:
    for theme in codebook:
        if theme.codable and (question_id is None or theme.serves(question_id)):
            parent = codebook.label(theme.parent) if theme.parent else ""
            keywords, examples = ";".join(theme.keywords), "\n".join(theme.examples)
            yield theme.label, parent, theme.definition, keywords, examples


def write_data_set(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a data set into a folder: all of them or none.

    A new folder appears when all are in it. In one that is there already they come one after the other, and
    the same data set once more goes on where a killed program stopped.

    Raises:
        CoderError: The folder holds one of the files, but with other content, or all of them; or it cannot be
            written.
    """
    _make_folder(folder.parent)
    if not os.path.lexists(folder):
        with whole_folder(folder, files) as unfinished:
            unfinished.mkdir()
            for name, text in files.items():
                write_new(unfinished / name, text)
    else:
        _write_into(folder, _missing(folder, files))


def _missing(folder: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Return which of the files are to be written yet; the others must be part of the same data set."""
    there = [name for name in files if os.path.lexists(folder / name)]
    for name in there:
        if len(there) == len(files) or not _holds(folder / name, files[name].encode()):
            msg = f"{folder / name} exists already."
            raise CoderError(msg, "Name another folder: data sets are never written over.")
    return {name: text for name, text in files.items() if name not in there}


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a path is an ordinary file with this content, no link."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size != len(content):
        return False
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{folder} cannot be made: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from None


def _write_into(folder: Path, files: Mapping[str, str]) -> None:
    with ExitStack() as on_failure:
        for name, text in files.items():
            make_file(folder / name, text)
            on_failure.callback((folder / name).unlink, missing_ok=True)
        on_failure.pop_all()
