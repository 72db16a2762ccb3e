"""The natural order of an attribute's values, where they have one: ages, amounts, dates, scales of answers.

What is counted or measured goes from least to most, moments from first to last, and answers on a scale from
the most agreeing, frequent or good to the least, as questionnaires print them. Only where every value can be
placed is there an order: one that is half guessed would be worse than none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    SortKey = tuple[float, ...]

_RESIDUAL = (
    ("other", "others", "other please specify", "other specify", "something else", "another"),
    ("none of these", "none of the above", "none of them"),
    ("not applicable", "n a", "na", "does not apply", "doesn't apply", "not relevant"),
    (
        "don't know", "dont know", "do not know", "don't know not sure", "not sure", "unsure", "can't say",
        "cannot say", "don't remember", "can't remember", "no opinion", "unknown", "too early to say",
    ),
    (
        "prefer not to say", "prefer not to answer", "rather not say", "would rather not say", "refused",
        "i'd prefer not to say", "do not wish to answer",
    ),
    ("no answer", "not answered", "not stated", "no response", "missing"),
)  # fmt: skip
"""What says nothing of the subject: it stands at the end, in this order."""
_RESIDUAL_PLACE = {text: place for place, texts in enumerate(_RESIDUAL) for text in texts}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"(?:(?P<first>\d{4}) )?(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?: (?P<last>\d{4}))?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)(?:s?day|nesday|rsday|urday|rs?|s)?")
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?([T ]\d{2}:\d{2}.*)?")
_QUARTER = re.compile(r"q([1-4]) (\d{4})|(\d{4}) q([1-4])")

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_WORD_NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "once": 1, "twice": 2, "none": 0, "nil": 0,
}  # fmt: skip
_BELOW = re.compile(r"\b(under|below|less than|fewer than|up to|younger than|before|at most)\b|[<≤]")
_ABOVE = re.compile(
    r"\b(over|above|more than|greater than|older than|at least|after)\b|[>≥]|\d ?\+"
    r"|\b(and|or) (over|above|more|older|greater|higher|longer|later|upwards)\b|\bplus\b"
)
_UNITS = {
    "minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1_440, "week": 10_080, "wk": 10_080, "month": 43_800,
    "year": 525_600, "yr": 525_600,
}  # fmt: skip
"""In minutes."""
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_SMALL_WORDS = frozenset([
    "under", "below", "less", "than", "fewer", "up", "to", "younger", "before", "at", "most", "over", "above",
    "more", "greater", "older", "least", "after", "and", "or", "higher", "longer", "later", "upwards", "plus",
    "between", "from", "the", "old", "aged", "age", "but", "not",
])  # fmt: skip

_SCALES: tuple[tuple[str, ...], ...] = (
    (
        "to a very great extent|to a very large extent", "to a great extent|to a large extent",
        "to a moderate extent|to a fair extent", "to some extent|to a certain extent",
        "to a small extent|to a limited extent|to a slight extent|to a little extent|to a minor extent",
        "to a very small extent", "not at all|to no extent",
    ),
    (
        "a great deal", "very much", "a lot|quite a lot", "a fair amount|a moderate amount", "some|somewhat",
        "a little|a bit|slightly", "not very much|not much|hardly at all", "not at all|none|nothing at all",
    ),
    (
        "always|all of the time|all the time", "almost always|nearly always", "very often|very frequently",
        "often|frequently|usually|most of the time", "sometimes|occasionally|some of the time",
        "rarely|seldom|hardly ever|a little of the time", "never|none of the time",
    ),
    (
        "several times a day", "daily|every day|once a day", "several times a week|most days",
        "weekly|once a week", "fortnightly|every two weeks", "several times a month",
        "monthly|once a month", "quarterly",
        "several times a year", "yearly|annually|once a year",
        "less often|less frequently|less than once a year",
        "never",
    ),
    (
        "yes definitely|definitely|yes completely|yes fully", "yes", "yes mostly|yes probably|probably",
        "yes to some extent|yes partly|yes partially|partly|partially|in part|to some extent",
        "maybe|possibly|perhaps", "no but planned|not yet", "probably not|no probably not", "no|not at all",
        "definitely not|no definitely not|no not at all",
    ),
    ("very high", "high", "medium|moderate|average", "low", "very low"),
    ("excellent|outstanding", "very good", "good", "fair|average|satisfactory|ok|okay|adequate|acceptable",
     "requires improvement|poor|bad", "inadequate|very poor|very bad"),
    ("micro", "very small", "small", "medium|medium sized", "large", "very large"),
)  # fmt: skip
"""Scales in their order; words for one step are parted by bars."""
_NEUTRAL = re.compile(
    r"neutral|neither|neither .*\bnor\b.*|about the same|(stayed |remained )?(much )?the same|no change"
    r"|no difference|unchanged|undecided|mixed|neither .*\bor\b.*"
)
_STRENGTHS = (
    ("strongly|completely|totally|extremely|definitely|fully|entirely|significantly", 4.0),
    ("very|much|a lot|greatly", 3.5),
    ("", 3.0),
    ("fairly|quite|mostly|moderately|generally|mainly", 2.5),
    ("tend to|slightly|somewhat|a little|a bit|probably|partly|rather", 2.0),
)
_DENIALS = (
    ("not at all", -4.0),
    ("not", -3.0),
    ("not very|not so|not particularly|not that|not really", -2.0),
)
_OPPOSITES = (
    ("agree", "disagree"), ("satisfied", "dissatisfied"), ("likely", "unlikely"),
    ("important", "unimportant"),    ("positive", "negative"), ("easy", "difficult"), ("easy", "hard"),
    ("better", "worse"),
    ("safe", "unsafe"), ("good", "bad"), ("good", "poor"), ("happy", "unhappy"), ("useful", "useless"),
    ("helpful", "unhelpful"),
    ("effective", "ineffective"), ("aware", "unaware"), ("fair", "unfair"), ("support", "oppose"),
    ("improved", "worsened"), ("increased", "decreased"), ("increase", "decrease"), ("confident", ""),
    ("concerned", ""), ("worried", ""), ("interested", ""), ("familiar", ""), ("involved", ""),
    ("well", "badly"), ("true", "untrue"), ("clear", "unclear"), ("comfortable", "uncomfortable"),
    ("willing", "unwilling"),
    ("prepared", "unprepared"), ("relevant", "irrelevant"), ("supportive", "unsupportive"),
)  # fmt: skip


def natural_order(attribute_values: Iterable[str]) -> tuple[str, ...]:
    """Return values in their natural order; empty where they have none, or fewer than two say anything.

    Values that stand at one place stay in the order given.
    """
    distinct = list(dict.fromkeys(filter(None, attribute_values)))
    substantive = [attribute_value for attribute_value in distinct if residual_place(attribute_value) is None]
    if len(substantive) < 2:  # noqa: PLR2004  # one has no order
        return ()
    for find_keys in (_moments, _leading_numbers, _amounts, *map(_on_scale, _SCALES), _by_opposites):
        keys = find_keys([_plain(text) for text in substantive] if find_keys is not _moments else substantive)
        if keys is not None and len(set(keys)) > 1:
            key_of = dict(zip(substantive, keys, strict=True))
            return (
                *sorted(substantive, key=key_of.__getitem__),
                *residual_last(distinct)[len(substantive) :],
            )
    return ()


def residual_place(attribute_value: str) -> int | None:
    """Return where a value stands among those that say nothing of the subject; None if it says something."""
    plain = _plain(attribute_value)
    if plain.startswith(("other please", "other specify", "other write")):
        return 0
    return _RESIDUAL_PLACE.get(plain)


def residual_last(attribute_values: Iterable[str]) -> list[str]:
    """Return values with those at the end that say nothing of the subject: `Other`, then `Don't know`."""
    places = {attribute_value: residual_place(attribute_value) for attribute_value in attribute_values}
    return sorted(places, key=lambda text: -1 if (place := places[text]) is None else place)


def _plain(text: str) -> str:
    """Return a text in small letters, signs that part words as blanks; those of numbers stay."""
    text = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{EN DASH}", "-")
    text = re.sub(r"[^\w'\s,.+<>≤≥£$€%-]|(?<!\d)[.,-]|[.,-](?!\d)", " ", text)
    return " ".join(text.split())


def _moments(texts: Sequence[str]) -> list[SortKey] | None:
    """Return keys of dates in ISO form, months, quarters or days of the week; None if a text is none."""
    if all(_ISO.fullmatch(text.strip()) for text in texts):
        order = sorted(set(texts))
        return [(order.index(text),) for text in texts]
    plain = [_plain(text) for text in texts]
    if all(months := [_MONTH.fullmatch(text) for text in plain]):
        return [
            (float(match["first"] or match["last"] or 0), _MONTHS.index(match["month"][:3]))
            for match in months
            if match
        ]
    if all(quarters := [_QUARTER.fullmatch(text) for text in plain]):
        return [(float(m[2] or m[3]), float(m[1] or m[4])) for m in quarters if m]
    if all(days := [_WEEKDAY.fullmatch(text) for text in plain]):
        return [(_WEEKDAYS.index(match[1]),) for match in days if match]
    return None


def _leading_numbers(texts: Sequence[str]) -> list[SortKey] | None:
    """Return the numbers that texts begin with, as in `5 strongly agree`; None if one has none."""
    numbers = [re.match(r"(\d+)(?: [a-z']|$)", text) for text in texts]
    if not all(numbers):
        return None
    places: list[SortKey] = [(float(match[1]),) for match in numbers if match]
    return places if len(set(places)) == len(places) else None


def _amounts(texts: Sequence[str]) -> list[SortKey] | None:
    """Return where numbers and ranges begin: `Under 18`, `18-24`, `Wave 2`; None if one does not."""
    amounts = [_amount(text) for text in texts]
    read = [amount for amount in amounts if amount is not None]
    if len(read) < len(texts):
        return None
    # Further words, such as `wave`, are the same in all, or they say something that is no number.
    if len({words for _, _, words in read if words}) > 1:
        return None
    units = {unit for (_, unit), _, _ in read if unit}
    if len(units) > 1 and any(not unit and number for (number, unit), _, _ in read):
        return None
    in_units = len(units) > 1
    return [(number * (unit if in_units else 1), side) for (number, unit), side, _ in read]


def _amount(text: str) -> tuple[tuple[float, int], int, tuple[str, ...]] | None:
    """Return a number with its unit, whether below (-1) or above (1) it is meant, and other words."""
    side = -1 if _BELOW.search(text) else 1 if _ABOVE.search(text) else 0
    text = " ".join(str(_WORD_NUMBERS.get(word, word)) for word in text.split())
    first = _NUMBER.search(text)
    if first is None:
        return None
    number = float(first[0].replace(",", ""))
    unit, words = 0, []
    for word in re.findall(r"[^\W\d_]+", text):
        singular = word.removesuffix("s")
        if singular in _UNITS:
            unit = unit or _UNITS[singular]
        elif word not in _SMALL_WORDS and word not in _TIMES:
            words.append(word)
    if times := re.match(rf"\s?({'|'.join(_TIMES)})\b", text[first.end() :]):
        number *= _TIMES[times[1]]
    return (number, unit), side, tuple(words)


def _on_scale(scale: Sequence[str]) -> Callable[[Sequence[str]], list[SortKey] | None]:
    steps = {text: place for place, texts in enumerate(scale) for text in texts.split("|")}

    def places(texts: Sequence[str]) -> list[SortKey] | None:
        of_texts = [steps.get(text.replace(",", "")) for text in texts]
        return None if None in of_texts else [(float(place or 0),) for place in of_texts]

    return places


def _by_opposites(texts: Sequence[str]) -> list[SortKey] | None:
    """Return keys of answers between two poles: `Very satisfied`, `Neither`; None if one is not."""
    for pole, opposite in _OPPOSITES:
        strengths = [_strength(text, pole, opposite) for text in texts]
        if None not in strengths:
            return [(-(strength or 0.0),) for strength in strengths]
    return None


def _strength(text: str, pole: str, opposite: str) -> float | None:
    if _NEUTRAL.fullmatch(text):
        return 0.0
    before, _, word = f" {text}".rpartition(" ")
    before, _, word = (before, "", word) if word in (pole, opposite) else _pole_first(text, pole, opposite)
    words = before.strip()
    if word and word == opposite:
        strength = _of_words(words, _STRENGTHS)
        return None if strength is None else -strength
    if word != pole:
        return -4.0 if text == "not at all" else None
    strength = _of_words(words, _DENIALS)
    return _of_words(words, _STRENGTHS) if strength is None else strength


def _pole_first(text: str, pole: str, opposite: str) -> tuple[str, str, str]:
    """Return the words behind a pole that stands first: `agree strongly`, `increased a lot`."""
    word, _, behind = text.partition(" ")
    return (behind, "", word) if word in (pole, opposite) else (text, "", "")


def _of_words(words: str, strengths: Iterable[tuple[str, float]]) -> float | None:
    return next((strength for texts, strength in strengths if words in texts.split("|")), None)
