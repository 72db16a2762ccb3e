"""Columns of the same name, told apart by their place and by the question they stand beside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed_few

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_LONGEST_NAME = 40
"""Characters; a longer name is a wording, and says enough by itself."""
_LONGEST_QUESTION = 60
_FEWEST_WORDS = 3
"""Words of a name that is a question's wording, so that it tells a column behind it from another."""
_EXAMPLES = 3
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)


def told_apart(names: Sequence[str], labels: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names of which no two are equal, and notes on those that were.

    A short name gets the question in front of it: `Other [Which area do you live in?]`; where there is none,
    or two have the same one, all but the first get their number: `Other (2nd)`. So do long names.
    """
    counts = Counter(names)
    repeated = [name for name, count in counts.items() if count > 1]
    if not repeated:
        return tuple(names), ()
    unique = list(names)
    taken = set(names)
    for name in repeated:
        positions = [position for position, other_name in enumerate(names) if other_name == name]
        by_question = _by_question(name, positions, names, labels, taken)
        for number, position in enumerate(positions, 1):
            unique[position] = by_question[number - 1] if by_question else _numbered(name, number, taken)
            taken.add(unique[position])
    examples = listed_few([f"'{name}' {counts[name]} times" for name in repeated], _EXAMPLES)
    first = [position for position, name in enumerate(names) if name == repeated[0]]
    renamed = " and ".join(f"'{unique[position]}'" for position in first[:2])
    size = counted(sum(counts[name] for name in repeated), "column")
    note = f"{size} share a name with another ({examples}): told apart by their place, as {renamed}"
    return tuple(unique), (note,)


def _by_question(
    name: str, positions: Sequence[int], names: Sequence[str], labels: Sequence[str], taken: Container[str]
) -> list[str]:
    """Return names with the question in front of each, none if that does not tell them apart."""
    if len(name) > _LONGEST_NAME or any(labels[position] for position in positions):
        return []
    questions = [_question_before(position, names) for position in positions]
    apart = [f"{name} [{question}]" for question in questions]
    if not all(questions) or len(set(apart)) < len(apart) or any(entry in taken for entry in apart):
        return []
    return apart


def _question_before(position: int, names: Sequence[str]) -> str:
    """Return the wording that stands in front of a column, shortened; "" if what stands there is none."""
    question = names[position - 1] if position else ""
    if len(question.split()) < _FEWEST_WORDS:
        return ""
    return (
        question if len(question) <= _LONGEST_QUESTION else f"{question[: _LONGEST_QUESTION - 1].rstrip()}…"
    )


def _numbered(name: str, number: int, taken: Container[str]) -> str:
    if number == 1:
        return name
    while (numbered := f"{name} ({_ordinal(number)})") in taken:
        number += 1
    return numbered


def _ordinal(number: int) -> str:
    # A bare number in brackets would be read as that of a box: see `columns.column_names.box_of`.
    return f"{number}th" if number % 100 in _TEENS else f"{number}{_ENDINGS.get(number % 10, 'th')}"
