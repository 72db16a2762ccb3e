"""What a column's name says of the column: which question and box it is, or that it holds no answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coder.formats.surveys import known_platforms
from coder.formats.surveys.cell_values import squeeze

if TYPE_CHECKING:
    from collections.abc import Collection, Container

_RESPONDENT = (
    "respondentid", "respondent", "respondentno", "respondentnumber", "responseid", "participantid",
    "participant", "caseid", "case", "personid", "uniqueid", "recordid", "record", "id", "uid", "serial",
    "serialnumber", "serialno", "responsenumber", "reference", "ref", "idnumber", "internalid",
)  # fmt: skip
"""What surveys call the column that says who answered, the surest first."""

_TECHNICAL = frozenset({
    "endtime", "submittime", "timestamp", "totaltime", "responsetype", "sessionid", "referrer", "useragent",
    "networkid", "submissionid",
})  # fmt: skip
"""Columns that several platforms add by themselves, beside those in `platforms`."""
_LONGEST_NAME = 4
"""Words; a longer header is the wording of a question."""

_QUESTION = re.compile(r"(?:q|question)[ ._]?(\d+)([a-z]?)\b", re.IGNORECASE)
_NUMBERED_WORDING = re.compile(
    r"(?:(?:q|question)?[ .]?(\d{1,3}[a-z]?)\s*[.):\-]|(?:q|question)[ .]?(\d{1,3}[a-z]?))\s+\S",
    re.IGNORECASE,
)
_LETTER_BOX = re.compile(r"(.*\d)[ _.\-(]*([a-z])\)?", re.IGNORECASE)
_PATH = re.compile(r"[\w/.\-]+", re.ASCII)
"""A code of any length, or a path of them: `group/subgroup/name`."""
_NO_NAME = re.compile(
    r"(?:column|unnamed:|spalte|colonne|columna|colonna|kolom|kolumna|coluna|\.\.\.) ?\d+", re.IGNORECASE
)
_BESIDE_QUESTION = re.compile(r".* \[.*\]", re.DOTALL)
_BARE_NUMBER = re.compile(r"\s*q?(uestion)?[ .]?\d+\s*", re.IGNORECASE)
ID_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Box:
    """Where a column's name puts it: in which question, as which box."""

    stem: str
    """The question's part of the name; the whole name if it has no box."""
    number: int = 0
    """0 where the name has no box."""
    is_option_text: bool = False
    """Whether it is the text beside an option of a closed question (`Q5_6_TEXT`, of option 6)."""


def respondent_names() -> tuple[str, ...]:
    """Return the squeezed names of the column that says who answered, the surest first."""
    return (*_RESPONDENT, *known_platforms.respondent_columns())


def is_technical(name: str) -> bool:
    """Tell whether a survey platform adds this column by itself."""
    squeezed = squeeze(name)
    return squeezed in _TECHNICAL or known_platforms.is_own_column(squeezed)


def is_wording(name: str) -> bool:
    """Tell whether a header is a question's wording rather than a name."""
    if len(name.split()) > _LONGEST_NAME:
        return True
    return len(name) > ID_WIDTH * 2 and not _PATH.fullmatch(name)


def is_nameless(name: str) -> bool:
    """Tell whether a program made up a name for a column without one: `Unnamed: 3`, `Column13`, `...5`."""
    return _NO_NAME.fullmatch(name) is not None


def box_of(name: str) -> Box:
    """Read a name such as `q15_1`, `Q15.1`, `Q15[SQ001]`, `Q15 a` or `Q15_1_TEXT`."""
    if _BARE_NUMBER.fullmatch(name):
        return Box(name)
    numbered = _box_pattern(known_platforms.box_marks(), known_platforms.text_suffixes()).fullmatch(name)
    if numbered and numbered[1].strip(" _.-:"):
        return Box(numbered[1].strip(" _.-:"), int(numbered[2]), numbered["other"] is not None)
    lettered = _LETTER_BOX.fullmatch(name)
    if lettered and _BARE_NUMBER.fullmatch(lettered[1]):
        return Box(lettered[1], ord(lettered[2].casefold()) - ord("a") + 1)
    return Box(name)


@cache
def _box_pattern(marks: tuple[str, ...], suffixes: tuple[str, ...]) -> re.Pattern[str]:
    mark = "|".join(map(re.escape, marks))
    suffix = "|".join(map(re.escape, ("other", *suffixes)))
    return re.compile(
        rf"(.*?)[ _.\-:\[(]*(?:{mark})?(\d{{1,3}})[\])]?(?P<other>[ _]+(?:{suffix}))?", re.IGNORECASE
    )


def is_lettered(name: str) -> bool:
    """Tell whether the box is a letter: alone, `Q11a` is a question and not a box of Q11."""
    return bool(box_of(name).number) and name[-1:].isalpha() and not box_of(name).is_option_text


def question_id(name: str, label: str, taken: Container[str], numbered: Collection[str] = ()) -> str:
    """Return a short id for a question: `Q15` where the name has its number, else the name shortened.

    Args:
        name: The column's name, or the part of it that stands for the question.
        label: The wording, where there is one beside the name.
        taken: The ids in use.
        numbered: What the file itself numbers (`numbered_id`): no other question is called so.
    """
    if _PATH.fullmatch(name):
        name = name.rstrip("/").rsplit("/", 1)[-1]
    own_number = numbered_id(name, label)
    if own_number:
        identifier = own_number
    elif name.strip().isdigit():
        identifier = f"Q{name.strip()}"
    elif is_wording(name) or _BESIDE_QUESTION.fullmatch(name):
        return _first_free("Q", taken, numbered)
    else:
        identifier = re.sub(r"[^\w]+", "_", name).strip("_")[:ID_WIDTH].strip("_") or "Q"
    return identifier if identifier not in taken else _first_free(f"{identifier}_", taken)


def numbered_id(name: str, label: str = "") -> str:
    """Return the id by the number with which a column's name or wording begins: `Q15`; empty without one."""
    wording = _NUMBERED_WORDING.match(name) or _NUMBERED_WORDING.match(label)
    number = _QUESTION.fullmatch(name.strip()) or wording
    return "Q" + "".join(number.groups("")).upper() if number else ""


def _first_free(stem: str, taken: Container[str], numbered: Collection[str] = ()) -> str:
    number = 1
    while f"{stem}{number}" in taken or f"{stem}{number}" in numbered:
        number += 1
    return f"{stem}{number}"
