"""SurveyMonkey: wordings in row 1, each over the boxes of its question in row 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.platform import WHOLE_ANSWER, Heading, Platform, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

_OWN_COLUMNS = frozenset({
    "collectorid", "startdate", "enddate", "datecreated", "datemodified", "customdata1", "customdata",
})  # fmt: skip
_NO_QUESTIONS = _OWN_COLUMNS | {"respondentid", "ipaddress", "emailaddress", "firstname", "lastname"}


def _read_heading(rows: Rows) -> Heading | None:
    upper = [" ".join(cell.split()) for cell in rows[0]]
    if len(rows) == 1 or len(rows[1]) > len(upper):
        return None
    lower = [" ".join(cell.split()) for cell in rows[1]] + [""] * (len(upper) - len(rows[1]))
    upper = [
        "" if n and name == upper[n - 1] and lower[n] else name for n, name in enumerate(upper)
    ]  # merged
    lower = ["" if box == name else box for box, name in zip(lower, upper, strict=True)]
    has_whole_answers = any(squeeze(cell) in WHOLE_ANSWER for cell in lower)
    if squeeze(upper[0]) == "respondentid":
        if lower[0] or (all(upper) and not has_whole_answers):
            return None
    elif not has_whole_answers or not upper[0]:
        return None
    names: list[str] = []
    labels: list[str] = []
    for number, wording, boxes in _questions(upper, lower):
        for box_number, box in enumerate(boxes, 1):
            if not number:
                names.append(wording)
                labels.append("")
            else:
                names.append(f"Q{number}_{box_number}" if len(boxes) > 1 else f"Q{number}")
                labels.append(wording if squeeze(box) in ("", *WHOLE_ANSWER) else f"{wording} - {box}")
    note = "2 header rows; questions are named Q1, Q2 ... in their order, wording kept"
    return Heading(tuple(names), tuple(labels), 2, note)


def _questions(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[int, str, list[str]]]:
    """Return each question's number (0 for the platform's own columns), wording and boxes."""
    questions: list[tuple[int, str, list[str]]] = []
    number = 0
    for wording, box in zip(upper, lower, strict=True):
        if not wording and questions:
            questions[-1][2].append(box)
        elif squeeze(wording) in _NO_QUESTIONS:
            questions.append((0, wording, [box]))
        else:
            number += 1
            questions.append((number, wording, [box]))
    return questions


PLATFORM = Platform(
    "SurveyMonkey",
    header="two rows: wordings over the boxes in the second; one row in condensed exports",
    own_columns=_OWN_COLUMNS,
    personal_columns=frozenset({"ipaddress", "emailaddress", "firstname", "lastname"}),
    respondent_columns=("respondentid",),
    read_heading=_read_heading,
)
