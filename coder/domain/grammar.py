"""Small pieces of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """Return names as a sentence lists them: `a, b and c`."""
    return f" {conjunction} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def listed_few(names: Sequence[str], most: int) -> str:
    """Return the first names as a sentence lists them, and how many more there are: `a, b and 3 more`."""
    more = len(names) - most
    return f"{', '.join(names[:most])} and {more:,} more" if more > 0 else ", ".join(names)


def agreeing(number: int, singular: str, plural: str) -> str:
    """Return the word that goes with a number: `is` with 1, `are` with any other."""
    return singular if number == 1 else plural


def as_name(text: str) -> str:
    """Return a name as a sentence has it: in quotation marks if it has several words."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}" if " " in text else text


def counted(number: int, noun: str) -> str:
    """Return a number with what it counts: `1 answer`, `2,000 answers`."""
    return f"{number:,} {agreeing(number, noun, f'{noun}s')}"
