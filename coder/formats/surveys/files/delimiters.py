"""What parts the cells of delimited text."""

from __future__ import annotations

import csv
import io
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SEP_LINE = re.compile(r'\ufeff?\s*"?sep=(\\t|[^\w\s"]|\t)"?[,;\t|]*(?=\r?\n|$)', re.IGNORECASE)
"""The first line of what Excel writes and reads: it names the delimiter and is no row."""
_NO_DELIMITERS = "\x1f\x1e\x1d\x1c"
"""One of these parts the cells of a table that has one column: none occurs in text."""
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE = 100_000
_SAMPLE_LINES = 200
_MOST_TITLES = 6
_EVEN, _UNEVEN = 0.9, 0.5
_BELOW_TITLES = 0.6
"""How much even rows count under lines that another sign might cut as well."""


@dataclass(frozen=True, slots=True)
class Delimiter:
    """What parts the cells of a file."""

    sign: str
    note: str
    table: str
    """The file's text; the line that names the delimiter is blank in it."""

    @property
    def one_column(self) -> bool:
        """Whether nothing parts cells: each line is one."""
        return self.sign in _NO_DELIMITERS


def find_delimiter(text: str, suffix: str) -> Delimiter:
    """Return the delimiter that a first line `sep=;` names, or that cuts the rows into the most even columns.

    Text in which none does has one column, whatever commas stand in its lines.
    """
    named = _SEP_LINE.match(text)
    if named:
        sign = "\t" if named[1] == "\\t" else named[1]
        return Delimiter(sign, f"delimiter: {_name(sign)}, as the first line says", text[named.end() :])
    lines = _sample_lines(text)
    order = sorted(_NAMES, key=lambda sign: (sign == "\t") is not (suffix.casefold() == ".tsv"))
    with field_limit(sys.maxsize):
        evenness = {sign: _evenness(lines, sign) for sign in order}
    best = max(order, key=lambda sign: evenness[sign])
    share, width = evenness[best]
    if width == 0:
        return Delimiter(_no_delimiter(text), "one column", text)
    if _is_prose(lines, best) and (share < _UNEVEN or _cuts_sentences(lines, best, even=share >= _EVEN)):
        note = f"one column: each {_name(best)} is followed by a blank, as in a sentence"
        return Delimiter(_no_delimiter(text), note, text)
    return Delimiter(best, f"delimiter: {_name(best)}", text)


@contextmanager
def field_limit(limit: int) -> Iterator[None]:
    """Have cells of so many characters read meanwhile."""
    usual_limit = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(usual_limit)


def _name(sign: str) -> str:
    return _NAMES.get(sign, f"'{sign}'")


def _no_delimiter(text: str) -> str:
    return next((sign for sign in _NO_DELIMITERS if sign not in text), _NO_DELIMITERS[0])


def _sample_lines(text: str) -> list[str]:
    """Return the first lines, without comments above the table."""
    sample = list(io.StringIO(text[:_SAMPLE], newline=""))
    if len(text) > _SAMPLE:
        del sample[-1]
    lines = sample[:_SAMPLE_LINES]
    comments = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    return lines[comments:] or [""]


def _evenness(lines: Sequence[str], sign: str) -> tuple[float, int]:
    """Return the share of rows that are as wide as the header, and its width; 0 and 0 if it has one cell."""
    widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
    titles = next((n for n, width in enumerate(widths) if width > 1), len(widths))
    if titles == len(widths):
        return 0.0, 0
    below = widths[titles:]
    share = sum(width == below[0] for width in below) / len(below)
    if titles and (titles > _MOST_TITLES or share < _EVEN or _is_punctuation(lines, sign)):
        # The lines above are no titles: one of the answers has the sign in it.
        return 0.0, 0
    return share * (_BELOW_TITLES if titles else 1), below[0]


def _is_punctuation(lines: Sequence[str], sign: str) -> bool:
    """Tell whether a blank mostly follows the sign, outside quotation marks, as in sentences."""
    unquoted = _QUOTED.sub("", "".join(lines))
    return 2 * len(re.findall(f"{re.escape(sign)} ", unquoted)) > unquoted.count(sign)


def _is_prose(lines: Sequence[str], sign: str) -> bool:
    """Tell whether the sign is punctuation in sentences: followed by a blank, already in the first line."""
    header = lines[0].rstrip("\r\n").rstrip(sign)
    return sign in ",;" and '"' not in header and not re.search(f"{sign}(?! )", header)


def _cuts_sentences(lines: Sequence[str], sign: str, *, even: bool) -> bool:
    """Tell whether the sign is punctuation in the rows as well: words stand before it, or it is not there.

    Where it cuts evenly it is none if a capital follows it in the first line, nor is a semicolon.
    """
    if even and (sign == ";" or re.search(f"{sign} +[A-Z]", lines[0])):
        return False
    unquoted = _QUOTED.sub("", "".join(lines))
    if len(re.findall(f"{re.escape(sign)} ", unquoted)) < _EVEN * unquoted.count(sign):
        return False
    before = [line.partition(sign)[0] for line in lines[1:] if line.strip()]
    return sum(len(words.split()) > 1 for words in before) > len(before) / 2
