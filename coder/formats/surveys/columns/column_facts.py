"""What the values of a column are like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.nonresponse import DEFAULT_NON_RESPONSES, NonResponses
from coder.domain.texts.invisible import tidy, without_blanks
from coder.formats.surveys.cell_values import has_time, is_date, is_number
from coder.formats.surveys.columns.people import personal_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE = 300
_GOLDEN = (5**0.5 - 1) / 2
_PERSONAL_SAMPLE = 60
_SAMPLES_SHOWN = 3
_SAMPLE_WIDTH = 80
_LONGEST_FILLER = 2 * max(map(len, DEFAULT_NON_RESPONSES))
_FILLERS = NonResponses()
_PARTS = re.compile(r"[;,|\n](?![^()\n]*\))")
"""What stands between options that were ticked; an option may have commas within brackets."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MOSTLY = 0.5
_REPEATED_PARTS = 0.3
_FEW_PARTS = 0.5
_MOSTLY_REPEATED = 0.8
_LONG_ENOUGH_TO_SPLIT = 1.5


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """Numbers about one column; shares are of its answers in a sample."""

    rows: int
    filled: int
    """Cells that are not blank."""
    distinct: int
    """Different values among them."""
    answers: int
    """Sampled values that are no fillers such as "n/a"."""
    different: int
    """Different values among those."""
    median_words: int
    """In an answer."""
    most_words: int
    median_characters: int
    numbers: float
    dates: float
    stamps: float
    """Dates with a time of day; their share."""
    years: int
    """From the first year of such dates to the last; -1 where most do not tell their year in four digits."""
    personal_kind: str
    """What most values are that identifies people, such as "phone numbers"; or ""."""
    capitals: float
    """Share of words of several letters that begin with a capital."""
    options_only: bool
    """The values are combinations of the same few parts: boxes ticked, joined in one cell."""
    samples: tuple[str, ...]

    @property
    def variety(self) -> float:
        """Return how many of the answers differ, from 0 to 1."""
        return self.different / self.answers if self.answers else 0.0


def facts_of(cells: Sequence[str]) -> ColumnFacts:
    """Work out the facts of a column from its cells, top to bottom."""
    filled = without_blanks(cells)
    # In one Unicode form: how long a text is, and which characters of it are letters, depends on that.
    sample = [normalize("NFC", cell) for cell in _spread(filled)]
    answers = [cell for cell in sample if len(cell) > _LONGEST_FILLER or cell not in _FILLERS]
    in_words = [answer.split() for answer in answers]
    lengths = list(map(len, in_words))
    are_dates = [is_date(cell) for cell in answers]
    return ColumnFacts(
        rows=len(cells),
        filled=len(filled),
        distinct=_distinct(filled),
        answers=len(answers),
        different=len(set(answers)),
        median_words=_median(lengths),
        most_words=max(lengths, default=0),
        median_characters=_median(list(map(len, answers))),
        numbers=_share([is_number(cell) for cell in answers]),
        dates=_share(are_dates),
        stamps=_share([is_one and has_time(cell) for cell, is_one in zip(answers, are_dates, strict=True)]),
        years=_years([cell for cell, is_one in zip(answers, are_dates, strict=True) if is_one]),
        personal_kind=personal_kind(answers[:: len(answers) // _PERSONAL_SAMPLE + 1]),
        capitals=_share([word[0].isupper() for words in in_words for word in words if len(word) > 1]),
        options_only=_are_options(answers),
        samples=_samples(sample),
    )


def _spread(cells: Sequence[str]) -> Sequence[str]:
    """Return a sample from all over, in order; in no fixed steps, as rows may alternate (visits, groups)."""
    if len(cells) <= _SAMPLE:
        return cells
    return [cells[n] for n in sorted({int(len(cells) * (k * _GOLDEN % 1)) for k in range(_SAMPLE)})]


def _distinct(filled: Sequence[str]) -> int:
    distinct = set(filled)
    return len(distinct) if "".join(distinct).isascii() else len(set(map(tidy, distinct)))


def _median(numbers: Sequence[int]) -> int:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 0.0


def _years(dates: Sequence[str]) -> int:
    """Return how many years lie between the first and the last of some dates; -1 if most do not tell."""
    years = [int(match[0]) for date in dates if (match := _YEAR.search(date))]
    return max(years) - min(years) if years and len(years) >= _MOSTLY * len(dates) else -1


def _are_options(answers: Sequence[str]) -> bool:
    different = set(answers)
    options = [part.strip() for cell in different for part in _PARTS.split(cell) if part.strip()]
    if len(options) < _LONG_ENOUGH_TO_SPLIT * len(different):
        return False
    counts = Counter(options)
    if len(counts) <= _REPEATED_PARTS * len(options):
        return True
    repeated = sum(count for count in counts.values() if count > 1)
    return len(counts) <= _FEW_PARTS * len(options) and repeated >= _MOSTLY_REPEATED * len(options)


def _samples(sample: Sequence[str]) -> tuple[str, ...]:
    distinct_texts = dict.fromkeys(" ".join(cell.split())[:_SAMPLE_WIDTH] for cell in sample[:50])
    return tuple(distinct_texts)[:_SAMPLES_SHOWN]
