"""The header rows of the survey platforms whose exports have a shape of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder.formats.surveys.cell_values import squeeze

Rows = Sequence[Sequence[str]]

_SURVEYMONKEY_OWN = frozenset({
    "respondentid", "collectorid", "startdate", "enddate", "datecreated", "datemodified", "ipaddress",
    "emailaddress", "firstname", "lastname", "customdata1", "customdata",
})  # fmt: skip
_QUALTRICS_ROWS = 3
_WHOLE_ANSWER = ("response", "openendedresponse")
_FORMS_OWN = {"id", "starttime", "completiontime"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header rows say."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    rows: int = 1
    """How many rows the header takes."""
    note: str = ""


def recognise(rows: Rows) -> Heading | None:
    """Return the heading of a known platform's export, or None."""
    return _qualtrics(rows) or _surveymonkey(rows) or _microsoft_forms(rows)


def _qualtrics(rows: Rows) -> Heading | None:
    names = tuple(name.strip() for name in rows[0])
    own = next((n for n, name in enumerate(names) if squeeze(name) == "responseid"), None)
    if len(rows) == 1 or len(rows[1]) != len(names):
        return None
    marked = any("ImportId" in row[0] for row in rows[2:3])
    if not marked and (own is None or rows[1][own].strip() != "Response ID"):
        return None
    height = _QUALTRICS_ROWS if any("ImportId" in row[0] for row in rows[2:3]) else 2
    labels = tuple(" ".join(cell.split()) for cell in rows[1])
    return Heading(names, labels, height, f"Qualtrics export: {height} header rows, wording kept")


def _surveymonkey(rows: Rows) -> Heading | None:
    first = [" ".join(cell.split()) for cell in rows[0]]
    if squeeze(first[0]) != "respondentid" or len(rows) == 1 or len(rows[1]) != len(first):
        return None
    second = [" ".join(cell.split()) for cell in rows[1]]
    if second[0] or (all(first) and not any(squeeze(cell) in _WHOLE_ANSWER for cell in second)):
        return None
    names: list[str] = []
    labels: list[str] = []
    for number, wording, boxes in _questions(first, second):
        for place, box in enumerate(boxes, 1):
            if not number:
                names.append(wording)
                labels.append("")
            else:
                names.append(f"Q{number}_{place}" if len(boxes) > 1 else f"Q{number}")
                labels.append(wording if squeeze(box) in ("", *_WHOLE_ANSWER) else f"{wording}: {box}")
    note = "SurveyMonkey export: 2 header rows; questions are named Q1, Q2 ... in their order, wording kept"
    return Heading(tuple(names), tuple(labels), 2, note)


def _questions(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, str, list[str]]]:
    """Return each question's number (0 for the platform's own columns), wording and boxes."""
    found: list[tuple[int, str, list[str]]] = []
    number = 0
    for wording, box in zip(first, second, strict=True):
        if not wording and found:
            found[-1][2].append(box)
        elif squeeze(wording) in _SURVEYMONKEY_OWN:
            found.append((0, wording, [box]))
        else:
            number += 1
            found.append((number, wording, [box]))
    return found


def _microsoft_forms(rows: Rows) -> Heading | None:
    names = tuple(" ".join(cell.split()) for cell in rows[0])
    if not {squeeze(name) for name in names[:3]} >= _FORMS_OWN:
        return None
    return Heading(names, ("",) * len(names), 1, "Microsoft Forms export: its own columns are left out")
