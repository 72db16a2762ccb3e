"""The respondents that percentages are of."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.tables.counting_words import BaseKind

DEFAULT_BASE: BaseKind = "answered"


@dataclass(frozen=True, slots=True)
class BaseText:
    """How one kind of base is named, and what is true of everybody in it."""

    option: str
    """Where one chooses among bases."""
    note: str
    """In a table's notes, with places for `respondents` (the study's word for them) and `questions`."""
    mentions_a_theme: bool = False
    """Whether everybody in it mentions at least one theme."""


BASES: Mapping[BaseKind, BaseText] = MappingProxyType(
    {
        "asked": BaseText("those asked", "all {respondents} of the survey"),
        "answered": BaseText("those who answered", "{respondents} that answered {questions}"),
        "read": BaseText(
            "those whose answers have all been read",
            "{respondents} that answered {questions}, all of whose answers have been read",
        ),
        "coded": BaseText(
            "those with a coded answer",
            "{respondents} with at least one theme on {questions}",
            mentions_a_theme=True,
        ),
    }
)
"""Every kind of base, the widest first; of `read` and `coded` either may be the wider one.

`store.bases` counts who is in it.
"""


@dataclass(frozen=True, slots=True)
class TableBase:
    """The respondents that a table's percentages are of, and how many are not among them."""

    kind: BaseKind
    size: int
    asked: int
    """Everybody in the study, or everybody of those that the table counts."""
    answered: int
    """Of these, who gave an answer to the question."""
