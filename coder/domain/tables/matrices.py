"""Who mentions what as a matrix: one row a respondent, one column a theme."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class MatrixAttribute:
    """What is known about each respondent in one respect."""

    name: str
    label: str
    """Its wording; may be empty."""
    cells: Sequence[str]
    """One for each respondent; empty where there is none."""
    order: Sequence[str] = ()
    """Its values, each once, in the order in which tables show them."""
    numbers: Sequence[float | None] = ()
    """The same as numbers, where it holds the respondents' survey weights; None where one cannot be used."""


@dataclass(frozen=True, slots=True)
class MatrixTheme:
    """Who mentions a theme in their answers to a question."""

    question_id: str
    theme_id: str
    label: str
    cells: Sequence[int | None]
    """For each respondent 1 or 0; None for those that did not answer the question."""
    is_net: bool = False
    """Whether it counts the union of the themes under it."""


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
    questions: Mapping[str, str] = field(default_factory=dict)
    """The wording of the questions, by their ids; without those that have none."""
    notes: Sequence[str] = ()
    """What of several coders' codings counts, where it is not all that any of them chose."""


LONG_COLUMNS = ("respondent_id", "question_id", "theme_id", "theme", "kind", "mentioned")
"""What the long form says of each respondent and theme, the attributes apart."""


def long_rows(matrix: Matrix) -> Iterator[tuple[int, MatrixTheme, int]]:
    """Yield the long form of a matrix: a respondent's place, a theme, and 1 or 0, respondent by respondent.

    There is a row for every respondent that answered the question, so that the mean of a theme is its share.
    """
    for place in range(len(matrix.respondent_ids)):
        for theme in matrix.themes:
            mentioned = theme.cells[place]
            if mentioned is not None:
                yield place, theme, mentioned


def attribute_columns(names: Sequence[str], taken: Collection[str]) -> list[str]:
    """Return columns for attributes: their names, `attribute theme` where a column is called so already."""
    return [f"attribute {name}" if name in taken else name for name in names]
