"""Numbers as a spreadsheet shows them, where the format says more than how to round.

A format that only rounds, groups digits or names a currency leaves the number as it is stored. One that
writes zeros before it, a percent sign, or letters and signs between its digits (0001, 25%, 020-7946-0958) is
followed: ECMA-376, part 1, 18.8.31.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {9: "0%", 10: "0.00%"}
"""The formats that a file refers to by number alone, as far as they are followed."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<exponent>E[+-])'
    r"|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_KINDS = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent"}
_CURRENCIES = frozenset("$£€¥₹₽₩₺ ")
_DATE_LETTERS = frozenset("ymdhsaebg")
_MOST_DIGITS = 40
_SIMPLE = re.compile(r"(0+)(?:\.(0+))?(%?)")
_UNITS = [Decimal(1).scaleb(-decimals) for decimals in range(15)]
_COMPARISONS = {
    "<": lambda number, bound: number < bound,
    ">": lambda number, bound: number > bound,
    "<=": lambda number, bound: number <= bound,
    ">=": lambda number, bound: number >= bound,
    "=": lambda number, bound: number == bound,
    "<>": lambda number, bound: number != bound,
}


class _Token(NamedTuple):
    kind: str
    """`digit`, `point`, `comma`, `percent`, `general`, `text`; `other` for what is not followed."""
    text: str


@lru_cache(maxsize=256)
def is_followed(code: str) -> bool:
    """Tell whether any section of a format says more than how to round and group."""
    return any(_says_more(tokens) for tokens, _ in _sections(code))


def as_shown(number: Decimal, code: str) -> str | None:
    """Return a number as its format shows it; None where it is better left as it is stored."""
    if simple := _simple(code):
        return _as_simple(number, *simple)
    tokens, sign = _section_for(number, _sections(code))
    if not _says_more(tokens):
        return None
    if any(token.kind == "general" for token in tokens):
        plain = f"{abs(number):f}"
        return sign + "".join(plain if token.kind == "general" else token.text for token in tokens)
    try:
        return sign + _filled(abs(number), tokens)
    except InvalidOperation:
        return None


@lru_cache(maxsize=256)
def _simple(code: str) -> tuple[int, int, int] | None:
    """Return the zeros, the decimals and the percent signs of a format that has nothing else, as most."""
    match = _SIMPLE.fullmatch(code)
    if match is None or not is_followed(code):
        return None
    return len(match[1]), len(match[2] or ""), len(match[3])


def _as_simple(number: Decimal, zeros: int, decimals: int, percents: int) -> str | None:
    try:
        rounded = number.scaleb(2 * percents).quantize(_UNITS[decimals], ROUND_HALF_UP)
    except (InvalidOperation, IndexError):
        return None
    # A sign and a point are no digits.
    width = zeros + bool(decimals) + decimals + rounded.is_signed()
    return f"{rounded:f}".zfill(width) + "%" * percents


@lru_cache(maxsize=256)
def _sections(code: str) -> list[tuple[list[_Token], str]]:
    """Return the sections of a format, each with its condition, if it has one."""
    sections: list[tuple[list[_Token], str]] = [([], "")]
    for match in _TOKEN.finditer(code):
        if match["sign"] == ";":
            sections.append(([], ""))
        elif match["bracket"] is not None:
            tokens, _ = sections[-1]
            if _CONDITION.match(match["bracket"]):
                sections[-1] = (tokens, match["bracket"])
            elif re.fullmatch("[hms]+", match["bracket"], re.IGNORECASE):
                tokens.append(_Token("other", ""))
        elif (token := _token(match)) is not None:
            sections[-1][0].append(token)
    return [(_with_zeros(tokens), condition) for tokens, condition in sections]


def _with_zeros(tokens: list[_Token]) -> list[_Token]:
    """Return a section with a zero for each optional digit that stands after a zero: 0# shows 5 as 05."""
    whole = True
    zero = False
    even = []
    for token in tokens:
        whole = whole and token.kind != "point"
        zero = zero or (whole and token == ("digit", "0"))
        even.append(_Token("digit", "0") if whole and zero and token.kind == "digit" else token)
    return even


def _token(match: re.Match[str]) -> _Token | None:
    text = match["quoted"] if match["quoted"] is not None else match["escaped"]
    if text is not None:
        return _Token("text", text)
    if match["general"]:
        return _Token("general", "")
    sign = match["sign"]
    if sign is None:
        return _Token("other", "") if match["exponent"] else None
    if sign in "@/" or sign.casefold() in _DATE_LETTERS:
        return _Token("other", "")
    return _Token(_KINDS.get(sign, "text"), sign)


def _says_more(tokens: list[_Token]) -> bool:
    kinds = [token.kind for token in tokens]
    if "other" in kinds or not {"digit", "general"} & set(kinds):
        return False
    whole = tokens[: kinds.index("point")] if "point" in kinds else tokens
    zeros = sum(token == ("digit", "0") for token in whole)
    return "percent" in kinds or zeros > 1 or _has_text(tokens)


def _has_text(tokens: list[_Token]) -> bool:
    """Tell whether a section has letters, or signs between its digits. Accounts have brackets and minus."""
    texts = [token.text for token in tokens if token.kind == "text"]
    if any(any(map(str.isalnum, text)) for text in texts):
        return True
    digits = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    between = tokens[digits[0] : digits[-1]] if digits else []
    return any(token.kind == "text" and not set(token.text) <= _CURRENCIES for token in between)


def _section_for(number: Decimal, sections: list[tuple[list[_Token], str]]) -> tuple[list[_Token], str]:
    """Return the section that a number is written by, and the sign before it."""
    minus = "-" if number < 0 else ""
    if any(condition for _, condition in sections):
        for tokens, condition in sections:
            match = _CONDITION.match(condition)
            if match is None or _COMPARISONS[match[1]](number, Decimal(match[2])):
                return tokens, minus
        return [], minus
    numeric = [tokens for tokens, _ in sections[:3]]
    if number < 0 and len(numeric) > 1:
        return numeric[1], ""
    if number == 0 and len(numeric) > 2:  # noqa: PLR2004 - positive; negative; zero
        return numeric[2], ""
    return numeric[0], minus


def _filled(number: Decimal, tokens: list[_Token]) -> str:
    kinds = [token.kind for token in tokens]
    point = kinds.index("point") if "point" in kinds else len(tokens)
    decimals = sum(token.kind == "digit" for token in tokens[point:])
    scaled = number.scaleb(2 * kinds.count("percent"))
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    if len(whole) > _MOST_DIGITS:
        raise InvalidOperation
    return _whole_part(whole, tokens[:point]) + _fraction_part(fraction, tokens[point:])


def _whole_part(digits: str, tokens: list[_Token]) -> str:
    """Fill the digits in from the right; the leftmost place takes those that are left."""
    places = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    if any(token.kind == "comma" for token in tokens[: places[-1]] if places):
        zeros = sum(tokens[place].text == "0" for place in places)
        grouped = f"{int(digits):0{zeros}d}" if zeros > 3 else f"{int(digits):,}"  # noqa: PLR2004 - a group
        return "".join(
            grouped if place == places[0] else token.text
            for place, token in enumerate(tokens)
            if token.kind not in ("digit", "comma") or place == places[0]
        )
    remaining = digits.lstrip("0")
    texts = ["" if token.kind == "comma" else token.text for token in tokens]
    for place in reversed(places):
        taken = remaining if place == places[0] else remaining[-1:]
        remaining = remaining[: len(remaining) - len(taken)]
        texts[place] = taken or ("0" if tokens[place].text == "0" else "")
    return "".join(texts)


def _fraction_part(digits: str, tokens: list[_Token]) -> str:
    texts = []
    optional = len(digits.rstrip("0"))
    used = 0
    for token in tokens:
        if token.kind == "digit":
            texts.append(digits[used] if used < optional or token.text == "0" else "")
            used += 1
        else:
            texts.append("" if token.kind == "comma" else token.text)
    return "".join(texts)
