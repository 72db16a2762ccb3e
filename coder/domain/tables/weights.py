"""Survey weights: how much each respondent counts in percentages, and what that does to bases.

Weights are read as the decimal numbers that they are written as, and kept as whole numbers of one unit. So
sums are exact: they do not depend on the order of respondents, and percentages not on what all weights are
multiplied by.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.domain.responses import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WeightFault = Literal["blank", "not a number", "zero", "negative", "out of range"]
"""Why a weight cannot be used."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?(?:0*,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,}))")
"""A comma that cannot separate thousands: after nought, or before other than three digits."""
_SMALLEST, _LARGEST = Decimal("1e-12"), Decimal("1e12")


class FaultyWeight(NamedTuple):
    """A respondent whose weight cannot be used."""

    respondent_id: str
    text: str
    """As the survey has it."""
    fault: WeightFault


class WeightedSize(NamedTuple):
    """Respondents with weights, added up: a base, or a part of one."""

    respondents: int = 0
    """Those whose weight can be used."""
    weight: int = 0
    """The sum of their weights, in the weights' unit."""
    squares: int = 0
    """The sum of the squares."""

    def plus(self, other: WeightedSize) -> WeightedSize:
        """Return both together."""
        return WeightedSize(*map(sum, zip(self, other, strict=True)))

    def minus(self, part: WeightedSize) -> WeightedSize:
        """Return what is left without a part of these respondents."""
        return WeightedSize(*(whole - of_part for whole, of_part in zip(self, part, strict=True)))

    @property
    def effective(self) -> float:
        """The effective base: so many respondents of equal weight would tell as much.

        The square of the sum of the weights, over the sum of their squares (Kish 1965, Survey Sampling,
        11.7).
        """
        return self.weight**2 / self.squares if self.squares else 0.0

    @property
    def design_effect(self) -> float | None:
        """How many times the variance of a percentage is that of equal weights (Kish); None of nobody."""
        return self.respondents * self.squares / self.weight**2 if self.weight else None


NOBODY = WeightedSize()


def together(sizes: Iterable[WeightedSize]) -> WeightedSize:
    """Return several groups that share no respondent as one."""
    return reduce(WeightedSize.plus, sizes, NOBODY)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a study's respondents."""

    name: str
    """The attribute that holds them."""
    label: str
    """What `study.toml` calls it, else its wording; may be empty."""
    units: Mapping[int, int]
    """A respondent's number to their weight, in whole units; 0 where it cannot be used."""
    faulty: tuple[FaultyWeight, ...] = ()
    """In the survey's order."""
    places: int = 0
    """Decimal places of the weights: a unit is one of the last of these."""

    @property
    def title(self) -> str:
        """What it is called where it is published."""
        return Attribute(self.name, self.label).title

    @property
    def size(self) -> WeightedSize:
        """All respondents together."""
        return size_of(self.units.values())

    @property
    def numbers(self) -> list[float | None]:
        """The weights as the survey has them, in its order; None where one cannot be used."""
        return [unit / 10**self.places if unit else None for unit in self.units.values()]


def size_of(units: Iterable[int]) -> WeightedSize:
    """Add weights up; those that are 0 cannot be used."""
    usable = [unit for unit in units if unit]
    return WeightedSize(len(usable), sum(usable), sum(unit * unit for unit in usable))


def read_weights(name: str, label: str, cells: Iterable[tuple[int, str, str]]) -> Weights:
    """Return the weights that an attribute holds.

    A comma is a decimal one where the attribute has no points, and a comma that cannot separate thousands.

    Args:
        name: The attribute.
        label: Its wording.
        cells: Each respondent's number, id and what stands in the attribute, in the survey's order.
    """
    by_respondent = list(cells)
    texts = dict.fromkeys(text for _, _, text in by_respondent)
    commas = _has_decimal_commas(texts)
    plain = {text: _plain(text.strip().replace(",", ".") if commas else text.strip()) for text in texts}
    decimals = max((len(number.partition(".")[2]) for number in plain.values()), default=0)
    unit_of = {text: _units(number, decimals) for text, number in plain.items()}
    faulty = tuple(
        FaultyWeight(respondent_id, text, fault_of(text, commas=commas))
        for _, respondent_id, text in by_respondent
        if not unit_of[text]
    )
    return Weights(
        name, label, {number: unit_of[text] for number, _, text in by_respondent}, faulty, decimals
    )


def fault_of(text: str, *, commas: bool = False) -> WeightFault:
    """Return why a weight cannot be used.

    Args:
        text: One that cannot.
        commas: Whether commas are decimal ones.
    """
    text = text.strip().replace(",", ".") if commas else text.strip()
    if not text:
        return "blank"
    if not _NUMBER.fullmatch(text):
        return "not a number"
    number = Decimal(text)
    return "zero" if not number else "negative" if number < 0 else "out of range"


def fault_counts(faulty: Iterable[FaultyWeight]) -> str:
    """Return how many weights have which fault: `2 blank, 1 zero`."""
    counts = Counter(weight.fault for weight in faulty)
    return ", ".join(f"{times:,} {fault}" for fault, times in sorted(counts.items()))


def _has_decimal_commas(texts: Iterable[str]) -> bool:
    """Tell whether commas in an attribute are decimal ones."""
    numbers = [text.strip() for text in texts]
    return not any("." in text for text in numbers) and any(map(_DECIMAL_COMMA.fullmatch, numbers))


def _plain(text: str) -> str:
    """Return a number above nought without sign and exponent; empty for anything else."""
    if not _NUMBER.fullmatch(text):
        return ""
    number = Decimal(text)
    if not _SMALLEST <= number <= _LARGEST:
        return ""
    return text if _PLAIN.fullmatch(text) else f"{number:f}"


def _units(number: str, decimals: int) -> int:
    whole, _, fraction = number.partition(".")
    return int(whole + fraction.ljust(decimals, "0")) if number else 0
