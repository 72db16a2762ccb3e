"""Words and their stems, as the suggestions compare them. Standard library only."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import formed

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")

_STOP_WORDS = """
a about above across after again all also although always am among an and any anyone anything are around as
at be because been before being below between both but by can cannot could did do does doing down during
each either else etc even ever every everyone everything for from further get gets getting give given gives
go goes going got had has have having he her here hers him his how however i if in into is it its itself
just like made make makes making many may me might more most much must my need needs neither no nor not now
of off often on once one only onto or other others our ours out over own per put rather really same say says
see seem several shall she should since so some someone something still such take taken than that the their
theirs them then there these they thing things this those though through to too under until up upon us use
used using very via was we well were what when where whether which while who whom whose why will with within
without would yet you your yours it's don't can't
"""
_STOP = frozenset(_STOP_WORDS.split())
_ENDINGS = (
    "ational", "ations", "ation", "ements", "ement", "ments", "ment", "nesses", "ness", "ities", "ity",
    "ingly", "ings", "ing", "edly", "ies", "ied", "ions", "ion", "ives", "ive", "ally", "als", "al",
    "ers", "er", "ors", "or", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_MIN_STEM = 4


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a lower-case word without its ending; at least four letters stay."""
    word = word.replace("\u2019", "'").removesuffix("'s")
    for _ in range(2):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _MIN_STEM), "")
        word = word.removesuffix(ending)
    return word


_INFLECTIONS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ings", ""),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)


@lru_cache(maxsize=65536)
def inflected_stem(word: str) -> str:
    """Return what the forms of an English verb or noun share: recruit, recruits, recruiting and recruited.

    Words that are made of others (recruit, recruitment) keep their endings.

    Args:
        word: In lower case.
    """
    word = word.replace("\u2019", "'").removesuffix("'s")
    for ending, replacement in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM and not word.endswith("ss"):
            return word.removesuffix(ending) + replacement
    return word


def folded(text: str) -> str:
    """Return the text in lower case; every character keeps its position."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("\u2019", "'")


def is_telling(word: str) -> bool:
    """Tell whether a word in lower case says something: no stop word, no single letter."""
    return word not in _STOP and len(word) > 1


def word_places(low: str) -> dict[str, list[int]]:
    """Return the different words of a text in lower case, each with the places where it begins."""
    places: dict[str, list[int]] = defaultdict(list)
    for match in WORD.finditer(low):
        places[match.group()].append(match.start())
    return places


def stems(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the stem and the span of every word that is no stop word."""
    composed = formed(text)
    for match in WORD.finditer(folded(composed.text)):
        word = match.group()
        if is_telling(word):
            yield stem(word), composed.original(Span(match.start(), match.end()))
