"""Names as people type them: which two count as the same, how they are listed, what a misspelt one may mean.

Whoever takes a list of names first looks whether the whole argument is a name: names may hold commas,
quotation marks and equals signs. Only an argument that is none is read as a line of CSV.
"""

from __future__ import annotations

import csv
import difflib
import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.texts.invisible import tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_POINT_NOUGHT = re.compile(r"\d+\.0")
_FEWEST_LETTERS = 4
"""Characters from which a part of a name stands for it."""
_SHORT = 6
"""Characters up to which what is near is told by slips of the hand."""
_MOST_NAMED = 2


def fold_case(text: str) -> str:
    """Return a text without case and in one Unicode form (NFC), as texts that are typed are searched for.

    An accent may be joined to its letter or stand behind it: either is found by either.
    """
    if text.isascii():
        return text.lower()
    # The order that Unicode prescribes (D145): a mark behind a letter may change when case is folded.
    return normalize("NFC", normalize("NFD", text).casefold())


def fold_name(name: str) -> str:
    """Return a name as `fold_case` does, with single blanks; names that are equal then count as the same."""
    return " ".join(fold_case(name).split())


def fold_id(identifier: str) -> str:
    """Return an id in one Unicode form (NFC), and `1001.0`, as some programs write 1001, without the `.0`."""
    stripped = tidy(identifier)
    return stripped.removesuffix(".0") if _POINT_NOUGHT.fullmatch(stripped) else stripped


def matching(name: str, names: Iterable[str]) -> str | None:
    """Return the one of some names that is meant, whatever the case: first the one written just so."""
    folded, form = fold_name(name), normalize("NFC", name)
    nearest_first = sorted(names, key=lambda known: (known != name, normalize("NFC", known) != form))
    return next((known for known in nearest_first if fold_name(known) == folded), None)


def nearest(name: str, names: Iterable[str]) -> str:
    """Return "Did you mean ...?" with the one or two names most like this one.

    Returns:
        An empty string where none is near, or so many short names are equally near that it would be a guess.
    """
    by_folded = {fold_name(candidate): candidate for candidate in names}
    folded = fold_name(name)
    if len(folded) <= _SHORT:
        close = _nearest_short(folded, by_folded)
    else:
        close = difflib.get_close_matches(folded, by_folded, n=2, cutoff=0.5)
    if not close and len(folded) >= _FEWEST_LETTERS:
        # `joint-working` for `Joint working with the NHS`.
        typed = folded.replace("-", " ").replace("_", " ")
        close = [candidate for candidate in by_folded if typed in candidate][:2]
    return f"Did you mean {' or '.join(repr(by_folded[match]) for match in close)}?" if close else ""


def _nearest_short(typed: str, names: Collection[str]) -> list[str]:
    """Return the one or two names that begin so, or that the fewest slips part from it: `Q16` for `Q61`."""
    begun = [known for known in names if known.startswith(typed)]
    if begun:
        return begun if len(begun) <= _MOST_NAMED else []
    slips = {known: _slips(typed, known) for known in names}
    least = min(slips.values(), default=0)
    close = [known for known, number in slips.items() if number == least]
    return close if 2 * least <= len(typed) and len(close) <= _MOST_NAMED else []


def _slips(typed: str, meant: str) -> int:
    """Return how many letters were left out, put in, mistaken or exchanged with the next one.

    That is the restricted distance of Damerau and Levenshtein.
    """
    rows = [list(range(len(meant) + 1))]
    for i, letter in enumerate(typed, 1):
        row = [i]
        for j, other in enumerate(meant, 1):
            fewest = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, typed[i - 2]) == (meant[j - 2], other):
                fewest = min(fewest, rows[-2][j - 2] + 1)
            row.append(fewest)
        rows.append(row)
    return rows[-1][-1]


def listed_names(argument: str) -> list[str]:
    """Return the names in a line of CSV, blank ones left out."""
    # Names have no line breaks: see how a header is read.
    line = " ".join(argument.split())
    return [name.strip() for name in next(csv.reader([line], skipinitialspace=True), []) if name.strip()]


def name_list(names: Iterable[str]) -> str:
    """Return names as a line of CSV, which `listed_names` reads."""
    return ",".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    if any(mark in name for mark in ',"') or name != name.strip():
        return '"' + name.replace('"', '""') + '"'
    return name


def names_meant(arguments: Sequence[str], known_names: Iterable[str]) -> list[str]:
    """Return the names that arguments list: a whole known name is that one, whatever the case.

    Of two that differ in case, it is the one as written.
    """
    known = list(known_names)
    names: list[str] = []
    for argument in arguments:
        whole = matching(argument, known)
        names += [whole] if whole is not None else listed_names(argument)
    return list(dict.fromkeys(names))


def one_line(arguments: Sequence[str]) -> str:
    """Return arguments that list names as one; what is a name alone stays as it is."""
    return arguments[0] if len(arguments) == 1 else ",".join(arguments)


def name_and_value(argument: str, known_names: Iterable[str]) -> tuple[str, str] | None:
    """Return the two sides of `NAME=VALUE`; None if it has no name before an equals sign.

    A name with equals signs in it is recognised if it is known (the longest that fits), or stands in
    quotation marks.
    """
    known = {fold_name(name): name for name in known_names}
    cuts = [place for place, letter in enumerate(argument) if letter == "="]
    for cut in reversed(cuts):
        if fold_name(argument[:cut]) in known:
            return argument[:cut].strip(), argument[cut + 1 :].strip()
    quoted = _quoted_name(argument)
    if quoted is not None:
        return quoted
    name, equals, right_side = argument.partition("=")
    return (name.strip(), right_side.strip()) if equals and name.strip() else None


def _quoted_name(argument: str) -> tuple[str, str] | None:
    """Return the sides of `"NAME"=VALUE`, in which the name's own quotation marks are doubled."""
    text = argument.strip()
    if not text.startswith('"'):
        return None
    end = 1
    while (end := text.find('"', end)) >= 0 and text[end + 1 : end + 2] == '"':
        end += 2
    if end < 0 or text[end + 1 :].lstrip()[:1] != "=":
        return None
    name = text[1:end].replace('""', '"').strip()
    return (name, text[end + 1 :].lstrip()[1:].strip()) if name else None
