"""Who mentions what as a matrix: one row a respondent, one column a theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class MatrixAttribute:
    """What is known about each respondent in one respect."""

    name: str
    label: str
    """Its wording; may be empty."""
    cells: Sequence[str]
    """One for each respondent; empty where there is none."""


@dataclass(frozen=True, slots=True)
class MatrixTheme:
    """Who mentions a theme in their answers to a question."""

    question_id: str
    theme_id: str
    label: str
    cells: Sequence[int | None]
    """For each respondent 1 or 0; None for those that did not answer the question."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A study's respondents with their attributes and the themes they mention."""

    title: str
    note: str
    """What its readers should know: "SYNTHETIC: no council wrote these answers"."""
    respondent_ids: Sequence[str]
    attributes: Sequence[MatrixAttribute]
    themes: Sequence[MatrixTheme]
    """In the order of the questions, then of the codebook."""
    unread: int = 0
    """Answers that nobody has marked as done: their zeros may yet become ones."""
    notes: Sequence[str] = ()
    """What of several coders' codings counts, where it is not all that any of them chose."""
