"""How plausible a text is: do its odd letters make words of a language, do marks stand where marks do?"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coder.formats.shared.encodings.east_asian import east_asian_likelihood
from coder.formats.shared.encodings.languages import Language, languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ASCII_WORD = re.compile(rb"(?<![\x80-\xff\w])[A-Za-z]{1,12}(?![\x80-\xff\w])")
# Fractions, powers, ordinal signs and micro count as letters with Python, and are none.
_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u00aa\u00ba\u00b5]"
_WORD = re.compile(rf"{_LETTER}+(?:[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+{_LETTER}*)*")
_ODD = re.compile(r"[^\x00-\x7f]")
_OTHER_LANGUAGE = 0.02
"""How often a word is not in the language of the others: a name, a quotation."""
_UNLIKELY_ELSEWHERE = 1.5
_CAPITAL_INSIDE, _SMALL_AMONG_CAPITALS, _SCRIPTS_MIXED = -5.0, -2.0, -5.0
_BESIDE_A_DIGIT, _ALONE, _LETTER_ALONE = -4.0, -3.0, -6.0
_IMPOSSIBLE, _STRANGE_SIGN, _MISPLACED = -14.0, -10.0, -8.0
_UNPAIRED = -4.0
_FIRST_EAST_ASIAN = "\u2e80"

_MARKS: tuple[tuple[str, str, float], ...] = (
    # Signs, where they stand (a pattern: what is before, the sign as a dot, what is after), how likely.
    ("\u2019", r"\w.\w", -0.4),
    ("\u2019", r"s.(?:\W|$)", -1.0),
    ("\u2019", r"[\w.,!?].(?:\W|$)", -2.5),
    ("\u2018\u201a", r"(?:^|[\s(\"]).\w", -3.0),
    ("\u201c\u201e\u00ab\u2039", r"(?:^|[\s(\"'-]).\w", -2.0),
    ("\u00ab\u2039", r"(?:^|[\s(\"'-]).[\u00a0\u202f ]", -2.0),
    ("\u201d\u201c\u00bb\u203a", r"[\w.,!?)\u00a0\u202f\u2026].(?:[\s.,;:!?)\"-]|$)", -2.2),
    ("\u00bb", r"(?:^|[\s(\"]).\w", -3.5),
    ("\u00ab", r"[\w.,!?].(?:[\s.,;:!?)\"]|$)", -3.5),
    ("\u2013\u2014", r"\s.\s", -2.0),
    ("\u2013", r"\d.\d", -2.5),
    ("\u2014", r"\w.\w", -3.0),
    ("\u2013\u2014", r"[\w,.]\.?.(?:\w|$)|(?:^|\"|,).\s|\w.\s|\s.\w", -4.0),
    ("\u2026", r"(?:[\w!?,)\u2019]|^|\s).(?:[\s\"!?,.)\u201d]|$)", -1.5),
    ("\u2026", r"(?:^|[\s(\"]).\w", -2.5),
    ("\u2026", r"\w.\w", -3.5),
    ("\u00a0", r"[\w.,;:!?)%\u00ab\u2013].[\w?!:;(%\u00bb\u20ac\u2013-]", -3.5),
    ("\u00a0", r"\s.|.\s|.$|^.|\".|.\"", -4.5),
    ("\u2022\u00b7", r"(?:^|\s|\").[\s\w\u00a0]", -4.0),
    ("\u20ac", r"\d.|.\d|\d\s?.(?:\W|$)|\s.(?:\s|[.,;]|$)", -3.0),
    ("\u00a3", r"(?:^|[\s(\"~-]).\d", -2.5),
    ("\u00a3\u20ac", r"(?:^|[\s(\"]).(?:[\s.,;)\"?\w]|$)|\d.", -5.0),
    ("\u00b0", r"\d.|\bn.|[nN].", -3.5),
    ("\u00b0", r"\s.[CF]", -2.0),
    ("\u00b0", r"\s.(?:\s|$)", -5.0),
    ("\u00b5", r"(?:^|[\s\d(]).[a-zA-Z]", -4.0),
    ("\u00ba\u00aa", r"\d.|[nN].", -4.5),
    ("\u00b2\u00b3", r"[mM\d].", -4.5),
    ("\u00bf\u00a1", r"(?:^|[\s(\"]).\w", -2.5),
    ("\u00bd\u00bc\u00be", r"(?:^|[\s\d]).(?:[\s.,;)\"]|$)", -4.0),
    ("\u00b4", r"\w.\w", -4.0),
    ("\u00d7\u00b1\u00f7", r"[\s\d].[\s\d]", -5.0),
    ("\u00a7", r"(?:^|[\s(]).[\s\d\u00a0]", -4.0),
    ("\u00ae\u2122", r"\w.(?:\W|$)", -3.5),
    ("\u00ae\u2122\u00a9", r"\w.(?:\W|$)|(?:^|\s).", -6.0),
    ("\u2116", r"(?:^|\s).[\s\d\u00a0]", -4.0),
    ("\u00ad", r"\w.\w", -6.0),
)  # fmt: skip
_PAIRS = {"\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u201e": "\u201c\u201d"}
"""Signs that a text has only together with another."""
_PARTS_CELLS = frozenset('",;\t|')
_PLACES = [(signs, re.compile(places, re.DOTALL), likelihood) for signs, places, likelihood in _MARKS]
_SEEN_MARKS = frozenset("".join(signs for signs, _, _ in _MARKS))


@dataclass(frozen=True, slots=True)
class Plausibility:
    """How plausible a sample is as text of some language."""

    likelihood: float
    """A logarithm; comparable between readings of the same bytes."""
    odd: int
    """Characters beyond ASCII that were judged."""
    language: str
    is_latin: bool
    """Whether its letters beyond ASCII, if it has any, are Latin ones."""


def language_weights(content: bytes) -> dict[str, float]:
    """Tell from its words in ASCII how likely each language is, as logarithms; 0 is the likeliest."""
    counts = Counter(word.decode("ascii").lower() for word in _ASCII_WORD.findall(content))
    hits = {
        language.name: sum(counts[word] for word in language.plain if len(word) > 1)
        for language in languages()
    }
    most = max(hits.values())
    return {name: math.log((count + 1) / (most + 1)) for name, count in hits.items()}


def plausibility(lines: Iterable[str], weights: Mapping[str, float]) -> Plausibility:
    """Judge lines of text by their characters beyond ASCII."""
    letters: Counter[tuple[str, int]] = Counter()
    marks: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        _count_odd(line, letters, marks)
    total = sum(_mark_likelihood(*mark) * _damped(count) for mark, count in marks.items())
    signs = {sign for _, sign, _ in marks}
    unpaired = [sign for sign in signs & _PAIRS.keys() if signs.isdisjoint(_PAIRS[sign])]
    total += _UNPAIRED * len(unpaired)
    # A letter that English lacks is as unlikely in the tenth word of an English text as in the first.
    scale = _damped(max(letters.total(), 1))
    per_language = {name: weight * scale for name, weight in weights.items()}
    for (word, at), count in letters.items():
        case, likelihoods = _letter_likelihoods(word, at)
        # Words of other languages occur as well: a name, a quotation.
        elsewhere = max(likelihoods) - _UNLIKELY_ELSEWHERE
        total += case * _damped(count)
        for language, likelihood in zip(languages(), likelihoods, strict=True):
            mixed = math.exp(likelihood) * (1 - _OTHER_LANGUAGE) + math.exp(elsewhere) * _OTHER_LANGUAGE
            per_language[language.name] += math.log(mixed) * _damped(count)
    best = max(per_language, key=lambda name: per_language[name])
    odd = sum(map(_damped, letters.values())) + sum(map(_damped, marks.values()))
    latin = all(_is_latin(word[at]) for word, at in letters)
    return Plausibility(total + per_language[best], round(odd), best, latin)


def _damped(count: int) -> float:
    """Return how much something counts that occurs so often: the tenth time says little new."""
    return 1 + math.log(count)


def _count_odd(line: str, letters: Counter[tuple[str, int]], marks: Counter[tuple[str, str, str]]) -> None:
    inside = set()
    others = [match for match in _WORD.finditer(line) if not match.group().isascii()]
    # One letter of another script in a line of Latin ones is no word.
    if sum(len(match.group()) for match in others) == 1 and not _is_latin(others[0].group()):
        others = []
    for match in others:
        word = match.group()
        if word[0] < _FIRST_EAST_ASIAN:
            for at, letter in enumerate(word):
                if letter > "\x7f":
                    letters[_with_digits(line, match), at] += 1
                    inside.add(match.start() + at)
    for match in _ODD.finditer(line):
        at = match.start()
        if at not in inside:
            marks[line[max(at - 1, 0) : at], match.group(), line[at + 1 : at + 2]] += 1


def _with_digits(line: str, match: re.Match[str]) -> str:
    """Return a word, with a digit behind it if one stands at either of its ends."""
    around = line[max(match.start() - 1, 0) : match.start()] + line[match.end() : match.end() + 1]
    return match.group() + ("0" if any(map(str.isdigit, around)) else "")


@lru_cache(maxsize=50_000)
def _mark_likelihood(before: str, sign: str, after: str) -> float:
    if sign >= _FIRST_EAST_ASIAN:
        return east_asian_likelihood(sign)
    category = unicodedata.category(sign)
    if category in {"Cc", "Co", "Cn"} or "\u2500" <= sign <= "\u259f" or sign == "\ufffd":
        return _IMPOSSIBLE
    if sign not in _SEEN_MARKS:
        return _STRANGE_SIGN
    # What parts cells may stand before and behind a sign; a cell begins or ends there.
    contexts = {
        (start, end)
        for start in {before, "" if before in _PARTS_CELLS else before}
        for end in {after, "" if after in _PARTS_CELLS else after}
    }
    fitting = [
        likelihood
        for signs, places, likelihood in _PLACES
        if sign in signs
        and any(_stands(places, f"{start}{sign}{end}", len(start)) for start, end in contexts)
    ]
    return max(fitting, default=_MISPLACED)


def _stands(places: re.Pattern[str], context: str, at: int) -> bool:
    return any(match.start() <= at < match.end() for match in places.finditer(context))


@lru_cache(maxsize=50_000)
def _letter_likelihoods(word: str, at: int) -> tuple[float, tuple[float, ...]]:
    """Return how likely a letter's case is, and the letter itself in each of the languages."""
    beside_digit = word.endswith("0")
    word = word.removesuffix("0")
    lowered = word.lower() if len(word.lower()) == len(word) else word
    case = _BESIDE_A_DIGIT if beside_digit else 0.0
    alone = _is_latin(word[0]) and not any(map(str.isascii, word))
    alone_likelihood = _LETTER_ALONE if len(word) == 1 else _ALONE
    case += _case_likelihood(word, at) + _script_likelihood(lowered, at)
    return case, tuple(
        _in_language(language, lowered, word, at)
        + alone_likelihood * (alone and lowered not in language.words)
        for language in languages()
    )


def _in_language(language: Language, lowered: str, word: str, at: int) -> float:
    if word[at] in language.frequencies and word[at] != lowered[at]:
        # Turkish has a capital of its own.
        return language.frequencies[word[at]]
    return language.likelihood(lowered, at)


def _case_likelihood(word: str, at: int) -> float:
    letter, others = word[at], word[:at] + word[at + 1 :]
    if letter.isupper() and at and any(map(str.islower, others)) and not word[:at].isupper():
        return _CAPITAL_INSIDE
    if letter.isupper() and at and word[at - 1 : at].islower():
        return _CAPITAL_INSIDE
    if (
        letter.islower()
        and len(others) > 1
        and others.isupper()
        and letter.upper() != letter
        and letter != "ß"
    ):
        return _SMALL_AMONG_CAPITALS
    return 0.0


def _script_likelihood(word: str, at: int) -> float:
    """Return how likely a letter is beside those of another script."""
    latin = _is_latin(word[at])
    neighbours = [*word[max(at - 1, 0) : at], *word[at + 1 : at + 2]]
    return sum(_SCRIPTS_MIXED for letter in neighbours if _is_latin(letter) is not latin)


def _is_latin(letter: str) -> bool:
    return letter < "\u0370" or "\u1e00" <= letter < "\u1f00"
