"""The notes under tables of closed questions and of response rates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.study_settings import Values
    from coder.tables.attribute_values import Tallies


def closed_notes(
    word: str, names: Sequence[str], tallies: Tallies, values: Sequence[Values], base: int
) -> Iterator[str]:
    """Yield whom a table of closed questions is of, and who is not among them.

    Args:
        word: What the study calls its respondents, in the plural.
        names: The attribute of the rows, and that of the columns if there is one.
        tallies: How many respondents have each pair of values.
        values: What the study says about the values of each attribute.
        base: How many are in the table.
    """
    asked = sum(times for *_, times in tallies)
    both = "both " if len(names) > 1 else ""
    yield f"Base: {word} that answered {both}{' and '.join(names)}, n = {base}."
    for place, (name, chosen) in enumerate(zip(names, values, strict=True)):
        counts = _totals((by if place else value, times) for value, by, times in tallies)
        if silent := counts.get("", 0):
            yield f"No answer to {name} from {silent} of {asked} {word}, who are left out."
        if chosen.excluded:
            listed = ", ".join(f"'{value}' ({counts[value]})" for value in chosen.excluded)
            yield f"Left out, of the base too: {listed} of {name}."


def rate_notes(word: str, name: str, silent: int, asked: int) -> Iterator[str]:
    """Yield what response rates are of, and how many who answered are in no row."""
    yield f"Base: the {asked} {word} that were asked."
    if silent:
        yield f"{silent} of the {word} that answered have no {name} and are in no row."


def _totals(counts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    totals = Counter[str]()
    for value, times in counts:
        totals[value] += times
    return totals
