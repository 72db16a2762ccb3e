"""Read a coded data set: responses.csv, codes.csv, themes.csv and, where there is one, split.csv."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.domain.data_sets import CodedDataSet, CodedResponse, DataSetPart
from coder.domain.near_names import fold_name, nearest
from coder.domain.nonresponse import NonResponses
from coder.domain.theme_ids import TakenIds
from coder.errors import CoderError
from coder.formats.codebooks.theme_table import read_theme_table
from coder.formats.codings.coding_files import CodingFile, CodingRow, read_coding_file
from coder.formats.codings.data_set_notes import data_set_notes
from coder.formats.shared.text_in import MOST_BYTES, bytes_of
from coder.formats.surveys.files.delimited import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

RESPONSES, CODES, THEMES, SPLIT = "responses.csv", "codes.csv", "themes.csv", "split.csv"
FILES = (RESPONSES, CODES, THEMES, SPLIT)

_PARTS: dict[str, DataSetPart] = {"train": "train", "test": "test"}
_ADD = f"Take the row out, or add the response to {RESPONSES}."

_NumberedRow = tuple[int, dict[str, str]]
"""A row's number, the header being row 1, and its cells by column."""

Choices = dict[str, dict[str, set[str]]]
"""Response id to coder to the ids of the themes."""


def read_data_set(folder: Path) -> CodedDataSet:
    """Read the files of a folder; see `CodedDataSet`.

    Coders come as they do in the file, those who coded less than half as much as another after the others.
    Left out are responses that the first did not code and others did and, where themes go by question, those
    to questions without any coding. Themes that are used but not listed are candidates like the others.
    The notes say so. Texts such as "None" are answers where somebody coded them.

    Raises:
        CoderError: A file or column is missing, or one file names what another lacks.
    """
    rows = list(_rows(folder / RESPONSES, ("response_id", "respondent_id", "text")))
    codebook = read_theme_table(folder / THEMES)
    responses, doubtful = _responses(rows, _question_column(rows, codebook))
    _check_questions(codebook, responses.values())
    codes = read_coding_file(folder / CODES)
    choices, unlisted = _choices(_rows_with_coders(codes), responses, codebook)
    coder_ids = _main_coders_first(codes.coder_ids or ("",), choices)
    splits = _read_split(folder / SPLIT, responses) if (folder / SPLIT).is_file() else {}
    listed = Codebook((*codebook.themes, *unlisted))
    uncoded = doubtful - choices.keys()
    answers = (replace(r, answered=r.answered and r.id not in uncoded) for r in responses.values())
    coded = tuple(_coded(answers, choices, coder_ids, splits))
    responses_kept = tuple(_of_coded_questions(coded, listed))
    notes = data_set_notes(CodedDataSet(listed, responses_kept, coder_ids), responses, choices, unlisted)
    return CodedDataSet(listed, responses_kept, coder_ids, tuple(notes))


def texts_beside(path: Path) -> dict[str, str]:
    """Return the texts that were coded in a data set's codes.csv, by the ids of the answers.

    Where the file is another one, or there is no responses.csv beside it, there are none.

    Raises:
        CoderError: That one cannot be read, or lacks a column.
    """
    responses = path.with_name(RESPONSES)
    if path.name != CODES or not responses.is_file():
        return {}
    return {row["response_id"]: row["text"] for _, row in _rows(responses, ("response_id", "text"))}


def _check_questions(codebook: Codebook, responses: Iterable[CodedResponse]) -> None:
    """Refuse themes by question where no response says which question it is to."""
    if any(theme.questions for theme in codebook) and not any(response.question_id for response in responses):
        msg = (
            f"{THEMES} lists themes by question, but {RESPONSES} does not say which question an answer is to."
        )
        raise CoderError(msg, f"Add a column question_id to {RESPONSES}, or take it out of {THEMES}.")


def _rows_with_coders(codes: CodingFile) -> Iterator[CodingRow]:
    """Yield the rows; raise CoderError for one without a coder where others have one."""
    for row in codes.rows:
        if codes.coder_ids and not row.coder_id:
            msg = f"{CODES}, {row.where}, column 'coder': The cell is empty, but other rows name a coder."
            raise CoderError(msg, "Name the coder in each row, or in none.")
        yield row


def _main_coders_first(coder_ids: Sequence[str], choices: Choices) -> tuple[str, ...]:
    """Return the coders, those who coded less than half as much as another after the others."""
    coded = Counter(coder_id for by_coder in choices.values() for coder_id in by_coder)
    most = max(coded.values(), default=0)
    return tuple(sorted(coder_ids, key=lambda coder_id: 2 * coded[coder_id] < most))


def _coded(
    responses: Iterable[CodedResponse],
    choices: Choices,
    coder_ids: Sequence[str],
    splits: Mapping[str, DataSetPart],
) -> Iterator[CodedResponse]:
    first_coder, second_coder = coder_ids[0], coder_ids[1] if len(coder_ids) > 1 else None
    for response in responses:
        by_coder = choices.get(response.id, {})
        if by_coder and first_coder not in by_coder:
            continue
        yield replace(
            response,
            theme_ids=frozenset(by_coder.get(first_coder, ())),
            second=frozenset(by_coder[second_coder]) if second_coder in by_coder else None,
            split=splits.get(response.id, ""),
        )


def _of_coded_questions(coded: Sequence[CodedResponse], codebook: Codebook) -> Iterator[CodedResponse]:
    """Yield the responses to questions that are coded; all of them where themes do not go by question."""
    used = {response.question_id for response in coded if response.theme_ids}
    by_question = any(theme.questions for theme in codebook)
    for response in coded:
        if not by_question or not used or response.question_id in used:
            yield response


def _responses(
    rows: Sequence[_NumberedRow], question_column: str
) -> tuple[dict[str, CodedResponse], set[str]]:
    """Return the responses by id, and the ids of those that are no answers if nobody has coded them.

    Those have a text such as "None" in a file without a column that says which are no answers.
    """
    non_responses = NonResponses()
    doubtful: set[str] = set()
    responses: dict[str, CodedResponse] = {}
    for number, row in rows:
        response_id, text = row["response_id"].strip(), row["text"]
        if not response_id or response_id in responses:
            msg = f"{RESPONSES}, row {number}, column 'response_id': '{response_id}' is empty or there twice."
            raise CoderError(msg, "Give each response an id of its own.")
        if "is_placeholder" not in row and text in non_responses:
            doubtful.add(response_id)
        responses[response_id] = CodedResponse(
            response_id,
            row["respondent_id"].strip() or response_id,
            row.get(question_column, "").strip(),
            text,
            frozenset(),
            answered=bool(text.strip()) and row.get("is_placeholder", "").strip() != "1",
        )
    return responses, doubtful


def _question_column(rows: Sequence[_NumberedRow], codebook: Codebook) -> str:
    """Return the column that says which question a response is to: of two the one that the themes go by."""
    listed = {question_id for theme in codebook for question_id in theme.questions}
    columns = [column for column in ("question_id", "question") if rows and column in rows[0][1]]
    matching = (c for c in columns if any(row[c].strip() in listed for _, row in rows))
    return next(matching, columns[0] if columns else "question_id")


def _choices(
    rows: Iterable[CodingRow], responses: Mapping[str, CodedResponse], codebook: Codebook
) -> tuple[Choices, list[Theme]]:
    """Return who chose what, and the themes that the codebook lacks."""
    finder = _Finder(codebook)
    choices: Choices = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if not row.response_id.strip():
            msg = f"{CODES}, {row.where}, column 'response_id': The cell is empty."
            raise CoderError(msg, "Name the response, or take the row out.")
        response = responses.get(row.response_id.strip())
        if response is None:
            msg = f"{CODES}, {row.where}: {RESPONSES} has no response '{row.response_id}'."
            raise CoderError(msg, nearest(row.response_id, responses) or _ADD)
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
        self._taken = TakenIds(codebook.by_id)
        self._ids = {
            _Name(question_id, _folded(theme.label)): theme.id
            for theme in codebook
            if theme.codable
            for question_id in theme.questions or ("",)
        }

    def id_of(self, label: str, question_id: str) -> str:
        """Return the id of the theme that goes by a label."""
        name = _Name(question_id if self._per_question else "", _folded(label))
        theme_id = self._ids.get(name) or self._ids.get(_Name("", name.label))
        if theme_id is None:
            questions = (question_id,) if self._per_question else ()
            theme_id = self._ids[name] = self._taken.new("".join(questions), label)
            self.unlisted.append(Theme(theme_id, label.strip(), questions=questions))
        return theme_id


def _read_split(path: Path, responses: Mapping[str, CodedResponse]) -> dict[str, DataSetPart]:
    splits: dict[str, DataSetPart] = {}
    for number, row in _rows(path, ("response_id", "split")):
        response_id = row["response_id"].strip()
        if response_id not in responses:
            msg = f"{path.name}, row {number}: {RESPONSES} has no response '{response_id}'."
            raise CoderError(msg, nearest(response_id, responses) or _ADD)
        if response_id in splits:
            msg = f"{path.name}, row {number}, column 'response_id': '{response_id}' is there twice."
            raise CoderError(msg, "Take one of the rows out.")
        splits[response_id] = _PARTS.get(row["split"].strip().casefold(), "")
    return splits


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row that is not blank with its number; the header is row 1.

    Raises:
        CoderError: The file cannot be read, lacks a column, or a row has more cells than the header.
    """
    try:
        content = bytes_of(path, MOST_BYTES)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        hint = "A coded data set is a folder with responses.csv, codes.csv and themes.csv."
        raise CoderError(msg, f"{hint} To make one: coder codings export --format dataset") from None
    table = read_table(path, content)
    header = table.header
    for name in needed:
        if name not in header:
            msg = f"{path.name}, row 1: There is no column '{name}'."
            raise CoderError(msg, nearest(name, header) or f"The header has: {', '.join(header)}.")
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        msg = f"{path.name}, row 1: {header.count(twice[0])} columns are called '{twice[0]}'."
        raise CoderError(msg, "Take one out, or give it a name of its own.")
    for number, cells in table.rows:
        if len(cells) > len(header):
            msg = f"{path.name}, row {number}: {len(cells)} cells stand under {len(header)} headers."
            raise CoderError(msg, "Put a cell that holds a comma in quotation marks.")
        if any(cells):
            padded = [*cells, *[""] * (len(header) - len(cells))]
            yield number, dict(zip(header, padded, strict=True))


def _folded(label: str) -> str:
    # Letters with marks may be one character or two, as the program has it that wrote the file.
    return fold_name(label)
