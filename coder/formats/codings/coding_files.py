"""Codings as files: what other programs wrote, and what this one writes for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codings import words_picked_by
from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.formats.shared.file_contents import csv_text
from coder.formats.shared.text_in import read_bytes
from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.files.delimited import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.codings import Coding
    from coder.domain.responses import Response

_NAMES = {
    "response_id": ("responseid", "response"),
    "respondent_id": ("respondentid", "respondent"),
    "question_id": ("questionid", "question"),
    "item": ("item",),
    "theme_id": ("themeid",),
    "theme": ("theme",),
    "coder_id": ("coder", "coderid"),
    "start": ("start",),
    "end": ("end",),
    "mention": ("mention",),
    "spans": ("spans",),
    "origin": ("origin",),
    "words_by": ("wordsby",),
    "done": ("done",),
    "text_version": ("textversion",),
    "survey": ("survey",),
    "text": ("text",),
}
"""What a column may be called, once `squeeze` has been over its header."""

_COLUMNS = (
    "response_id", "respondent_id", "question_id", "item", "theme_id", "theme", "coder", "start", "end",
    "mention", "origin", "words_by", "done", "text_version", "survey",
)  # fmt: skip

_EXPORT_AGAIN = "Export it again: coder codings export --format json"

_MARK = ("response_id", "coder", "aspect", "theme_id", "value")


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A theme on a response as a file states it, not yet looked up in a study; "" where it says nothing."""

    where: str
    """Its place in the file: `row 2` is the first under the header; in JSON `coding 1`."""
    response_id: str = ""
    respondent_id: str = ""
    question_id: str = ""
    item: str = ""
    theme_id: str = ""
    theme: str = ""
    coder_id: str = ""
    start: str = ""
    end: str = ""
    mention: str = ""
    spans: str = ""
    """All stretches of words that carry it, as `write_spans` writes them: in place of the three above."""
    origin: str = ""
    words_by: str = ""
    done: str = ""
    """Whether the coder has finished the answer."""
    text_version: str = ""
    """Names the text that was coded, as `text_version` does."""
    survey: str = ""
    """Names the survey that it is of, as `survey_fingerprint` does."""
    text: str = ""
    """The whole answer."""

    @property
    def says_nothing_here(self) -> bool:
        """Tell whether it says that the answer was read, and that no theme is in it."""
        return not (self.theme.strip() or self.theme_id.strip())


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark on a response as a JSON file states it."""

    where: str
    response_id: str
    coder_id: str
    aspect: str
    theme_id: str
    content: str
    text_version: str = ""


@dataclass(frozen=True, slots=True)
class CodingFile:
    """What a file of codings holds."""

    rows: tuple[CodingRow, ...]
    marks: tuple[MarkRow, ...] | None = None
    """None: the file cannot say which responses are done."""

    @property
    def coder_ids(self) -> tuple[str, ...]:
        """The coders it names, each once; empty if it names none."""
        named = [row.coder_id for row in self.rows] + [mark.coder_id for mark in self.marks or ()]
        return tuple(dict.fromkeys(filter(None, named)))


class CodingRecord(NamedTuple):
    """A coding with what a file says beside it; one without a theme says that the answer was read."""

    response: Response
    coding: Coding
    label: str
    done: bool = True
    """Whether its coder has finished the answer."""
    text_version: str = ""


class MarkRecord(NamedTuple):
    """A mark with the name its response goes by."""

    response_id: str
    coder_id: str
    aspect: str
    theme_id: str
    content: str


class SurveyCoded(NamedTuple):
    """The survey that codings are of: what tells that they are taken to the answers that were coded."""

    fingerprint: str = ""
    text_versions: Mapping[str, str] = MappingProxyType({})
    """For each answer that the file speaks of, by its id, the version of its text."""


_UNNAMED = SurveyCoded()


def read_coding_file(path: Path, encoding: str | None = None) -> CodingFile:
    """Read codings from CSV, TSV or the JSON that `codings_json` writes.

    Args:
        path: The file.
        encoding: Of a CSV or TSV file; None: it is found out.

    Raises:
        CoderError: The file cannot be read, or lacks the columns that say which theme stands where.
    """
    content = read_bytes(path)
    if path.suffix.casefold() == ".json":
        return _read_json(path.name, content)
    table = read_table(path, content, encoding)
    names = _fields(path.name, table.header)
    rows = (_row(path.name, number, names, cells) for number, cells in table.rows if any(cells))
    return CodingFile(tuple(rows))


def _fields(name: str, header: Sequence[str]) -> list[str | None]:
    """Return for each column the field of `CodingRow` that it fills; None for a column that is not read."""
    field_of = {alias: field for field, aliases in _NAMES.items() for alias in aliases}
    squeezed = [squeeze(cell) for cell in header]
    # Beside an id, `question` is the question's wording.
    passed_over = {"question"} if "questionid" in squeezed else set()
    names = [None if cell in passed_over else field_of.get(cell) for cell in squeezed]
    needed = "theme" if "theme_id" not in names else ""
    if needed and needed not in names:
        msg = f"{name}, row 1: no column is called 'theme'."
        raise CoderError(msg, nearest("theme", header) or f"Its columns: {', '.join(header)}.")
    if "response_id" not in names and not {"respondent_id", "question_id"} <= set(names):
        msg = f"{name}, row 1: nothing says which response a theme stands on."
        raise CoderError(msg, "Name a column response_id, or two respondent_id and question_id.")
    twice = [field for field in dict.fromkeys(names) if field and names.count(field) > 1]
    if twice:
        msg = f"{name}, row 1: {names.count(twice[0])} columns are the {twice[0]}."
        raise CoderError(msg, "Take one out.")
    return names


def _row(name: str, number: int, names: Sequence[str | None], cells: Sequence[str]) -> CodingRow:
    if len(cells) > len(names) and any(cells[len(names) :]):
        msg = f"{name}, row {number}: {len(cells)} cells, but the header has {len(names)}."
        raise CoderError(msg, "Look for a comma in a cell without quotation marks.")
    return CodingRow(
        f"row {number}",
        **{field: _text(field, cell) for field, cell in zip(names, cells, strict=False) if field},
    )


def _read_json(name: str, text: bytes) -> CodingFile:
    try:
        content = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        msg = f"{name} is not JSON: {error}."
        raise CoderError(msg, _EXPORT_AGAIN) from None
    lists: dict[str, Any] = {"codings": None, "marks": []} | (content if isinstance(content, dict) else {})
    for key in ("codings", "marks"):
        if not isinstance(lists[key], list):
            msg = f"{name} has no list '{key}'."
            raise CoderError(msg, _EXPORT_AGAIN)
    coded = SurveyCoded(
        _text("survey", lists.get("survey")), _texts(name, "answers", lists.get("answers", {}))
    )
    rows: list[CodingRow] = []
    for number, entry in enumerate(lists["codings"], start=1):
        rows.extend(_json_rows(name, number, entry, coded))
    marks = [_json_mark(name, number, entry, coded) for number, entry in enumerate(lists["marks"], start=1)]
    return CodingFile(tuple(rows), tuple(marks) if "marks" in content else None)


def _json_rows(name: str, number: int, entry: Any, coded: SurveyCoded) -> list[CodingRow]:
    fields = _texts(name, f"coding {number}", entry)
    fields = {
        "survey": coded.fingerprint,
        "text_version": coded.text_versions.get(fields.get("response_id", ""), ""),
        **fields,
    }
    columns = {field: fields.get("coder" if field == "coder_id" else field, "") for field in _NAMES}
    row = CodingRow(f"coding {number}", **{**columns, "spans": ""})
    spans = entry.get("spans") or [{}]
    if not isinstance(spans, list):
        msg = f"{name}, coding {number}: {spans!r} is not a list of spans."
        raise CoderError(msg, _EXPORT_AGAIN)
    span_fields = [_texts(name, f"coding {number}", span) for span in spans]
    return [
        replace(
            row,
            start=fields_of_span.get("start", ""),
            end=fields_of_span.get("end", ""),
            mention=fields_of_span.get("mention", ""),
        )
        for fields_of_span in span_fields
    ]


def _json_mark(name: str, number: int, entry: Any, coded: SurveyCoded) -> MarkRow:
    fields = _texts(name, f"mark {number}", entry)
    row = MarkRow(f"mark {number}", *(fields.get(field, "") for field in _MARK))
    return replace(row, text_version=coded.text_versions.get(row.response_id, ""))


def _texts(name: str, where: str, entry: Any) -> dict[str, str]:
    if not isinstance(entry, Mapping):
        msg = f"{name}, {where}: {entry!r} is not an object."
        raise CoderError(msg, _EXPORT_AGAIN)
    return {key: _text(key, json_value) for key, json_value in entry.items()}


def _text(key: str, json_value: Any) -> str:
    text = "" if json_value is None else str(json_value)
    # Spaces around a name would make another person of somebody.
    return text.strip() if key in ("coder", "coder_id") else text


def codings_csv(records: Iterable[CodingRecord], survey: str = "") -> str:
    """Return codings as CSV, one row a span, texts verbatim.

    Positions count Unicode code points; a coding of the whole response has no span.

    Args:
        records: The codings, and the answers that were read with nothing in them.
        survey: What names the survey, as `survey_fingerprint` does.
    """
    return csv_text(_COLUMNS, (row for record in records for row in _csv_rows(record, survey)))


def _csv_rows(record: CodingRecord, survey: str) -> Iterable[Sequence[str | int]]:
    response, coding, label, done, version = record
    head = (
        response.id, response.respondent_id, response.question_id, response.item, coding.theme_id, label,
        coding.coder_id,
    )  # fmt: skip
    tail = (int(done), version, survey)
    for start, end in coding.spans:
        words = response.text[start:end]
        yield (*head, start, end, words, coding.origin, words_picked_by(coding), *tail)
    if not coding.spans:
        yield (*head, "", "", "", coding.origin if coding.theme_id else "", "", *tail)


def codings_json(
    title: str,
    note: str,
    records: Iterable[CodingRecord],
    marks: Iterable[MarkRecord],
    coded: SurveyCoded = _UNNAMED,
) -> str:
    """Return codings and marks as JSON, one object a coding; last what says which texts were coded."""
    content = {
        "study": title,
        "note": note,
        "codings": [_json_coding(record) for record in records],
        "marks": [dict(zip(_MARK, mark, strict=True)) for mark in marks],
        "survey": coded.fingerprint,
        "answers": dict(coded.text_versions),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_coding(record: CodingRecord) -> dict[str, object]:
    response, coding, label = record[:3]
    return {
        "response_id": response.id,
        "respondent_id": response.respondent_id,
        "question_id": response.question_id,
        "item": response.item,
        "theme_id": coding.theme_id,
        "theme": label,
        "coder": coding.coder_id,
        "origin": coding.origin,
        "words_by": words_picked_by(coding),
        "spans": [
            {"start": start, "end": end, "mention": response.text[start:end]} for start, end in coding.spans
        ],
    }
