"""Columns whose values say that some rows are of one person, whatever the column is called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.nonresponse import NonResponses
from coder.domain.texts.invisible import tidied
from coder.formats.surveys.columns.people import identifies_person, personal_kind
from coder.formats.surveys.columns.person_names import says_group, says_wave, says_where, says_who

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.formats.surveys.raw_tables import RawTable

_WAVE_CELL = re.compile(
    r"(?:pre|post|baseline|follow|vor(?:her|test)|nach(?:her|test)|before|after|avant|apr[eè]s|antes|despu[eé]s|"
    r"prima|dopo|voor\b|na\b|start|end\b|visit|wave|welle|time ?\d|t ?\d|w ?\d|mzp ?\d|session|week|day).*",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[\w\-./#:@+]{1,40}")
_DIGIT = re.compile(r"\d")
_MEASURE = re.compile(r"[\d.,]+[^\W\d_]{1,3}")
"""A number with its unit: `172cm`."""
_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[\w\-./#]{2,24}")

_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_EVENLY = 0.8
_FEWEST = 4
_FEWEST_EVEN = 6
MOST_ROWS = 400
"""Rows of a person on average, as in a diary of a year; beyond, a value is no person but a kind of them."""
_MOST_CODED = 20
_MOST_EVEN = 4
_MOST_WAVES = MOST_ROWS
_SAMPLE = 60
_FILLERS = NonResponses()
_SURE_KINDS = frozenset({"e-mail addresses", "account numbers"})
"""Two rows that share one of these are of one person."""
_OF_ONE = _SURE_KINDS | {"", "phone numbers"}
"""What a household, a school or an office does not share."""


@dataclass(frozen=True, slots=True)
class Repeating:
    """A column of which values stand in several rows: each a person, as it seems."""

    position: int
    people: int
    """How many different values it has; a blank one is nobody's."""
    blank: int
    says_who: bool
    """Whether its name says so as well, and its values are no names or addresses."""


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of a column that may be people."""

    rows: int
    counts: Counter[str]
    in_rows: int
    """Rows that have one."""
    sample: tuple[str, ...]

    @property
    def each(self) -> float:
        """In how many rows a value stands on average."""
        return self.in_rows / len(self.counts)

    @property
    def repeated(self) -> float:
        """The share of values that stand in several rows."""
        return sum(n > 1 for n in self.counts.values()) / len(self.counts)

    @property
    def even(self) -> bool:
        """Whether nearly all values stand in the same number of rows: no chance does it."""
        times, values = Counter(self.counts.values()).most_common(1)[0]
        return times > 1 and values >= _EVENLY * len(self.counts) and len(self.counts) >= _FEWEST_EVEN

    @property
    def few_and_even(self) -> bool:
        """Whether nearly all values stand in the same small number of rows, which says it alone."""
        return self.even and self.each <= _MOST_EVEN

    def share(self, pattern: re.Pattern[str]) -> float:
        """Return how many of the values, from 0 to 1, begin as a pattern says."""
        return sum(pattern.search(value) is not None for value in self.sample) / len(self.sample)

    def repeat_a_sure_one(self) -> bool:
        """Tell whether a value that stands in several rows is one that two people do not share."""
        repeated = [value for value in self.sample if self.counts[value] > 1]
        return any(personal_kind([value, value]) in _SURE_KINDS for value in repeated)

    def are_measures(self) -> bool:
        """Tell whether the values are numbers with the same unit."""
        units = {value.lstrip("0123456789.,").casefold() for value in self.sample}
        return len(units) == 1 and all(map(_MEASURE.fullmatch, self.sample))

    def are_tokens(self) -> bool:
        """Tell whether the values are written without blanks."""
        return all(map(_TOKEN.fullmatch, self.sample))


def find_repeating(raw: RawTable, without: Collection[int] = ()) -> Repeating | None:
    """Return the column that says, most likely, that some rows are of one person; None if there is none.

    Args:
        raw: The file's rows.
        without: Columns that are known to be something else.
    """
    positions = [position for position in range(len(raw.names)) if position not in without]
    waves = [position for position in positions if _tells_waves(raw, position)]
    hits = [hit for position in positions if (hit := _as_people(raw, position, waves))]
    return max(hits, key=lambda hit: hit.says_who, default=None)


def _as_people(raw: RawTable, position: int, waves: Sequence[int]) -> Repeating | None:
    """Return a column as one of people whose rows repeat; None if it is not that."""
    cells = raw.column(position)
    values = _values(cells)
    if values is None:
        return None
    name, label = raw.names[position], raw.labels[position]
    apart = _are_told_apart(values, cells, [raw.column(wave) for wave in waves if wave != position])
    kind = personal_kind(values.sample)
    is_personal = bool(kind) or identifies_person(name) or identifies_person(label)
    certain = says_who(name, label)
    if kind or (is_personal and not certain):
        steady = (apart or values.few_and_even) and values.repeated > _MOSTLY and not says_where(name)
        fits = values.repeat_a_sure_one() or (steady and kind in _OF_ONE)
    elif not values.are_tokens() or values.in_rows < _NEARLY_ALL * values.rows:
        return None
    else:
        fits = _fits(values, certain, is_group=says_group(name), apart=apart)
    if not fits:
        return None
    blank = values.rows - values.in_rows
    return Repeating(position, len(values.counts), blank, certain == "surely" and not is_personal)


def _fits(values: _Values, certain: str, *, is_group: bool, apart: bool) -> bool:
    """Tell whether short values may be people, by the name of their column, and by how they repeat."""
    if certain == "surely":
        coded = values.share(_DIGIT) > _MOSTLY and values.each <= _MOST_CODED
        return coded or apart or values.few_and_even
    if values.repeated <= _MOSTLY or is_group:
        return False
    if certain:
        return apart or values.few_and_even
    return (apart or values.few_and_even) and values.share(_MIXED) > _NEARLY_ALL and not values.are_measures()


def _values(cells: Sequence[str]) -> _Values | None:
    """Return the values of a column if some of them repeat, and they are many enough to be people."""
    distinct = len(set(cells))
    if not _FEWEST <= distinct < len(cells) or len(cells) > MOST_ROWS * distinct:
        return None
    counts = Counter(tidied(cells))
    for filler in [
        value for value, times in counts.items() if not value or (times > 1 and value in _FILLERS)
    ]:
        del counts[filler]
    in_rows = counts.total()
    if len(counts) < _FEWEST or in_rows == len(counts):
        return None
    return _Values(len(cells), counts, in_rows, tuple(counts)[:: len(counts) // _SAMPLE + 1])


def _tells_waves(raw: RawTable, position: int) -> bool:
    """Tell whether a column may tell the rows of a person apart."""
    distinct = set(raw.column(position)) - {""}
    if not 1 < len(distinct) <= min(_MOST_WAVES, _MOSTLY * len(raw.rows)):
        return False
    return says_wave(raw.names[position]) or all(map(_WAVE_CELL.match, distinct))


def _are_told_apart(values: _Values, cells: Sequence[str], waves: Sequence[Sequence[str]]) -> bool:
    """Tell whether waves tell the rows of a person apart: one of them, or all (day and signal) of a diary."""
    if any(_are_apart(cells, wave) for wave in waves):
        return True
    return len(waves) > 1 and values.even and _are_apart(cells, list(zip(*waves, strict=True)))


def _are_apart(people: Sequence[str], waves: Sequence[object]) -> bool:
    """Tell whether nearly each row of a person is of another wave."""
    return len(set(zip(people, waves, strict=True))) >= _NEARLY_ALL * len(people)
