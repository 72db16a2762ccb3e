"""Read a coded data set: responses.csv, codes.csv, themes.csv and, where there is one, split.csv."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme, nearest
from coder.domain.data_sets import CodedDataSet, CodedResponse, Part
from coder.domain.nonresponse import NonResponses
from coder.errors import CoderError
from coder.formats.codebook_nodes import new_id
from coder.formats.coded_files import CodingRow, read_coding_file
from coder.formats.delimited_text import read_delimited
from coder.formats.raw_tables import no_progress
from coder.formats.theme_tables import read_theme_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

RESPONSES, CODES, THEMES, SPLIT = "responses.csv", "codes.csv", "themes.csv", "split.csv"
FILES = (RESPONSES, CODES, THEMES, SPLIT)

_PARTS: dict[str, Part] = {"train": "train", "test": "test"}
_MANY = 5

Choices = dict[str, dict[str, set[str]]]
"""Response id to coder to the ids of the themes."""


def read_data_set(folder: Path) -> CodedDataSet:
    """Read the files of a folder; see `CodedDataSet`.

    A response that only a second coder coded is left out. Themes that are used but not listed are
    candidates like the others, and a note names them.

    Raises:
        CoderError: A file or column is missing, or one file names what another lacks.
    """
    responses = _read_responses(folder / RESPONSES)
    codebook = read_theme_table(folder / THEMES)
    codes = read_coding_file(folder / CODES)
    choices, unlisted = _choices(codes.rows, responses, codebook)
    coder_ids = codes.coder_ids or ("",)
    parts = _read_split(folder / SPLIT, responses) if (folder / SPLIT).is_file() else {}
    coded = _coded(responses.values(), choices, coder_ids, parts)
    notes = [_naming("used but not listed in themes.csv", [theme.label for theme in unlisted])]
    return CodedDataSet(
        Codebook((*codebook.themes, *unlisted)), tuple(coded), coder_ids, tuple(filter(None, notes))
    )


def _coded(
    responses: Iterable[CodedResponse],
    choices: Choices,
    coder_ids: Sequence[str],
    parts: Mapping[str, Part],
) -> Iterator[CodedResponse]:
    first, second = coder_ids[0], coder_ids[1] if len(coder_ids) > 1 else None
    for response in responses:
        by_coder = choices.get(response.id, {})
        if by_coder and first not in by_coder:
            continue
        yield replace(
            response,
            theme_ids=frozenset(by_coder.get(first, ())),
            second=frozenset(by_coder[second]) if second in by_coder else None,
            part=parts.get(response.id, ""),
        )


def _read_responses(path: Path) -> dict[str, CodedResponse]:
    no_answer = NonResponses()
    found: dict[str, CodedResponse] = {}
    for number, row in _rows(path, ("response_id", "respondent_id", "text")):
        response_id, text = row["response_id"], row["text"]
        if not response_id or response_id in found:
            msg = f"{path.name}, row {number}, column 'response_id': '{response_id}' is empty or there twice."
            raise CoderError(msg, "Give each response an id of its own.")
        answered = row["is_placeholder"] != "1" if "is_placeholder" in row else text not in no_answer
        found[response_id] = CodedResponse(
            response_id,
            row["respondent_id"] or response_id,
            row.get("question_id", ""),
            text,
            frozenset(),
            answered=answered and bool(text.strip()),
        )
    return found


def _choices(
    rows: Iterable[CodingRow], responses: Mapping[str, CodedResponse], codebook: Codebook
) -> tuple[Choices, list[Theme]]:
    """Return who chose what, and the themes that the codebook lacks."""
    finder = _Finder(codebook)
    choices: Choices = defaultdict(lambda: defaultdict(set))
    for row in rows:
        response = responses.get(row.response_id)
        if response is None:
            msg = f"{CODES}, {row.where}: {RESPONSES} has no response '{row.response_id}'."
            raise CoderError(msg, nearest(row.response_id, responses))
        if not row.theme.strip():
            msg = f"{CODES}, {row.where}, column 'theme': The cell is empty."
            raise CoderError(msg, "Name the theme, or take the row out: no row means no theme.")
        choices[response.id][row.coder_id].add(finder.id_of(row.theme, response.question_id))
    return choices, finder.unlisted


@dataclass(frozen=True, slots=True)
class _Name:
    question_id: str
    label: str


class _Finder:
    """Finds themes by label within a question; those it lacks it adds."""

    def __init__(self, codebook: Codebook) -> None:
        self.unlisted: list[Theme] = []
        self._per_question = any(theme.questions for theme in codebook)
        self._taken = set(codebook.by_id)
        self._ids = {
            _Name(question_id, _folded(theme.label)): theme.id
            for theme in codebook
            if theme.codable
            for question_id in theme.questions or ("",)
        }

    def id_of(self, label: str, question_id: str) -> str:
        """Return the id of the theme that goes by a label."""
        own = _Name(question_id if self._per_question else "", _folded(label))
        found = self._ids.get(own) or self._ids.get(_Name("", own.label))
        if found is None:
            questions = (question_id,) if self._per_question else ()
            found = self._ids[own] = new_id("".join(questions), label, self._taken)
            self.unlisted.append(Theme(found, label.strip(), questions=questions))
        return found


def _read_split(path: Path, responses: Mapping[str, CodedResponse]) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for number, row in _rows(path, ("response_id", "split")):
        if row["response_id"] not in responses:
            msg = f"{path.name}, row {number}: {RESPONSES} has no response '{row['response_id']}'."
            raise CoderError(msg, nearest(row["response_id"], responses))
        parts[row["response_id"]] = _PARTS.get(row["split"].strip().casefold(), "")
    return parts


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row that is not blank with its number; the header is row 1.

    Raises:
        CoderError: The file cannot be read, lacks a column, or a row has more cells than the header.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        hint = "A coded data set is a folder with responses.csv, codes.csv and themes.csv."
        raise CoderError(msg, f"{hint} To make one: coder codings export --format dataset") from None
    header, *rows = read_delimited(path, data, no_progress).rows or [[]]
    for name in needed:
        if name not in header:
            msg = f"{path.name}, row 1: There is no column '{name}'."
            raise CoderError(msg, nearest(name, header) or f"The header has: {', '.join(header)}.")
    for number, cells in enumerate(rows, start=2):
        if len(cells) > len(header):
            msg = f"{path.name}, row {number}: {len(cells)} cells stand under {len(header)} headers."
            raise CoderError(msg, "Put a cell that holds a comma in quotation marks.")
        if any(cells):
            padded = [*cells, *[""] * (len(header) - len(cells))]
            yield number, dict(zip(header, padded, strict=True))


def _naming(what: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return f"Themes {what} ({len(names)}): {', '.join(names[:_MANY])}{more}."


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
