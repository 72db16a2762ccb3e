"""Who answered what: questions, respondents and their verbatim answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Question(NamedTuple):
    """An open question of the survey."""

    id: str
    """Short and stable: `Q15`."""
    label: str = ""
    """Its wording, where the file gives one."""
    items: int = 1
    """How many boxes it has; each gives a response of its own."""


AttributeOf = Literal["respondent", "answer", "box"]
"""What an attribute says something about; `box`: it is the number of the box in which an answer stands."""


class Attribute(NamedTuple):
    """Something known about respondents (a closed answer, a region), or about answers (a date, a wave)."""

    name: str
    """Short and unique in the study: the column's name."""
    label: str = ""
    """What `study.toml` calls it, else its wording, where the file gives one."""
    of: AttributeOf = "respondent"

    @property
    def is_of_answers(self) -> bool:
        """Whether answers of one respondent may have different values of it."""
        return self.of != "respondent"

    @property
    def title(self) -> str:
        """What it is called where it is published: its label, else its name in words (`council_type`)."""
        return self.label or self.name.replace("_", " ").strip() or self.name


class Respondent(NamedTuple):
    """Who answered, with what is known about them."""

    id: str
    attributes: Mapping[str, str] = MappingProxyType({})
    """Attribute name to value; a missing or empty value means not answered."""


class Response(NamedTuple):
    """One respondent's answer to one item of one open question, verbatim and immutable.

    A tuple, because an import makes one of every cell.
    """

    number: int
    """Its place in the study, counted from 1; never changes."""
    id: str
    """The name it goes by outside: the file's own response id, or `C017.Q16.1`."""
    respondent_id: str
    question_id: str
    item: int
    """Which box of the question, counted from 1."""
    text: str
    answered: bool = True
    """False for a non-response (blank, "n/a", "see above" ...): kept, never counted as an answer."""


new_response = partial(tuple.__new__, Response)
"""Make a response of its fields, given as one tuple in their order: twice as quick as by name."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything an import takes from a survey file, ready to be stored."""

    questions: Sequence[Question]
    attributes: Sequence[Attribute]
    respondents: Sequence[Respondent]
    responses: Sequence[Response]
    """Numbered 1 ... n in the file's order."""
    answer_attributes: Sequence[Attribute] = ()
    """What is known about answers; no attribute of respondents has the same name."""
    answer_values: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    """By name of such an attribute, and number of the response, its value; lacking are those without one."""


def text_hash(text: str) -> bytes:
    """Return the 32 bytes of SHA-256 over the text's UTF-8 form."""
    return sha256(text.encode()).digest()
