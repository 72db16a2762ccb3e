"""What a column's name tells: whose it is, and which box of which question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from coder.formats.surveys.cell_values import squeeze

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

RESPONDENT = (
    "respondentid", "respondent", "respondentno", "respondentnumber", "responseid", "participantid",
    "participant", "caseid", "case", "personid", "uniqueid", "recordid", "record", "id", "uid", "serial",
    "serialnumber", "serialno", "responsenumber", "reference", "ref", "idnumber",
)  # fmt: skip
"""Names of the column that says who answered, the surest first."""

LONG_RESPONDENT = tuple(name for name in RESPONDENT if name != "responseid")
LONG_RESPONSE = ("responseid", "answerid", "commentid", "id")
LONG_QUESTION = (
    "questionid",
    "question",
    "qid",
    "questionname",
    "questiontext",
    "questionwording",
    "questionlabel",
)
LONG_TEXT_ALONE = ("text", "verbatim", "responsetext", "answertext", "verbatimtext")
LONG_TEXT = (*LONG_TEXT_ALONE, "response", "answer", "comment", "comments")
LONG_ITEM = ("item", "itemnumber", "itemno", "itemid", "box")

_TECHNICAL = frozenset({
    "startdate", "enddate", "starttime", "completiontime", "endtime", "submitdate", "submittime", "submitted",
    "recordeddate", "datestamp", "timestamp", "lastmodifiedtime", "datecreated", "datemodified", "duration",
    "durationinseconds", "interviewtime", "totaltime", "progress", "finished", "status", "collectorid",
    "distributionchannel", "userlanguage", "startlanguage", "responsetype", "externalreference",
    "externaldatareference", "customdata", "customdata1", "sessionid", "refurl", "referrer", "useragent",
    "device", "browser", "operatingsystem", "seed", "lastpage", "networkid", "submissionid", "responseid",
})  # fmt: skip
_PERSON = re.compile(
    r"\b(ip ?addr(ess)?|e ?mail( address)?|(first|last|full|middle|family|your|respondent|contact)? ?names?|"
    r"forename|surname|recipient.*|tele?phone.*|phone.*|mobile.*|post ?code|zip ?code|address|"
    r"(location ?)?(latitude|longitude)|date of birth|dob|nhs (number|no)|national insurance number)$"
)
_LONGEST_NAME = 4
"""Words; a longer header is the wording of a question."""

_QUESTION = re.compile(r"(?:q|question)[ ._]?(\d+)([a-z]?)\b", re.IGNORECASE)
_NUMBERED_WORDING = re.compile(r"(?:q|question)?[ .]?(\d{1,3}[a-z]?)\s*[.):\-]\s+\S", re.IGNORECASE)
_BOX = re.compile(r"(.*?)[ _.\-:\[(]*(?:SQ)?(\d{1,3})[\])]?(?P<other>[ _]+(?:text|other))?", re.IGNORECASE)
_LETTER_BOX = re.compile(r"(.*\d)[ _.\-(]*([a-z])\)?", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\s*q?(uestion)?[ .]?\d+\s*", re.IGNORECASE)
ID_WIDTH = 24
_SHARED_WORDING = 10


@dataclass(frozen=True, slots=True)
class Box:
    """Where a column's name puts it: in which question, as which box."""

    stem: str
    """The question's part of the name; the whole name if it has no box."""
    number: int = 0
    """0 where the name has no box."""
    other: bool = False
    """The text beside one option of a closed question (`Q5_6_TEXT`): the number is the option's."""


def identifies_person(name: str) -> bool:
    """Tell whether a short name says that the column may identify a person."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = re.sub(r"[\W_]+", " ", words).strip().casefold()
    return len(words.split()) <= _LONGEST_NAME and _PERSON.search(words) is not None


def is_technical(name: str) -> bool:
    """Tell whether a survey platform adds this column by itself."""
    return squeeze(name) in _TECHNICAL


def is_wording(name: str) -> bool:
    """Tell whether a header is a question's wording rather than a name."""
    return len(name.split()) > _LONGEST_NAME or len(name) > ID_WIDTH * 2


def box_of(name: str) -> Box:
    """Read a name such as `q15_1`, `Q15.1`, `Q15[SQ001]`, `Q15 a` or `Q15_1_TEXT`."""
    if _BARE_NUMBER.fullmatch(name):
        return Box(name)
    found = _BOX.fullmatch(name)
    if found and found[1].strip(" _.-:"):
        return Box(found[1].strip(" _.-:"), int(found[2]), found["other"] is not None)
    found = _LETTER_BOX.fullmatch(name)
    if found and _BARE_NUMBER.fullmatch(found[1]):
        return Box(found[1], ord(found[2].casefold()) - ord("a") + 1)
    return Box(name)


def is_lettered(name: str) -> bool:
    """Tell whether the box is a letter: alone, `Q11a` is a question and not a box of Q11."""
    return bool(box_of(name).number) and name[-1:].isalpha() and not box_of(name).other


def question_id(name: str, label: str, taken: Container[str]) -> str:
    """Return a short id for a question: `Q15` where the name has its number, else the name shortened.

    Args:
        name: The column's name, or the part of it that stands for the question.
        label: The wording, where there is one beside the name.
        taken: The ids in use.
    """
    wording = _NUMBERED_WORDING.match(name) or _NUMBERED_WORDING.match(label)
    found = _QUESTION.fullmatch(name.strip()) or wording
    if found:
        wanted = "Q" + "".join(found.groups("")).upper()
    elif name.strip().isdigit():
        wanted = f"Q{name.strip()}"
    elif is_wording(name):
        return _first_free("Q", taken)
    else:
        wanted = re.sub(r"[^\w]+", "_", name).strip("_")[:ID_WIDTH].strip("_") or "Q"
    return wanted if wanted not in taken else _first_free(f"{wanted}_", taken)


def shared_wording(labels: Sequence[str]) -> str:
    """Return how the wordings of a question's boxes all begin, or "" if they are different questions."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*labels, strict=False))
    shared = "".join(letters[0] for letters in alike).rstrip(" -:–(0123456789[")
    return shared if len(shared) >= _SHARED_WORDING else ""


def _first_free(stem: str, taken: Container[str]) -> str:
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
