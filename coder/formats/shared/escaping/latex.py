"""Texts in LaTeX, for pdfLaTeX as for its followers."""

from __future__ import annotations

import re
import unicodedata

from coder.formats.shared.escaping.plain_text import plain

_SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
    "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
    ">": "\\textgreater{}", "|": "\\textbar{}", '"': "\\textquotedbl{}", "[": "{[}", "]": "{]}",
    "-": "-{}", "\N{NO-BREAK SPACE}": "~", "`": "\\textasciigrave{}",
    # Behind the end of a row a star would be a command.
    "*": "{*}",
    # pdfLaTeX's fonts have these signs, but not under their own numbers.
    "\u2264": "$\\leq$", "\u2265": "$\\geq$", "\u2260": "$\\neq$", "\u2248": "$\\approx$",
    "\u2212": "$-$", "\u221e": "$\\infty$", "\u221a": "$\\surd$", "\u2032": "$'$", "\u2033": "$''$",
    "\u25cf": "\\textbullet{}", "\u25aa": "\\textbullet{}", "\u2002": " ", "\u2009": "\\,",
    "\u202f": "\\,", "\u3000": " ",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0307": ".", "\u0308": '"',
    "\u0323": "d",
}  # fmt: skip
"""The commands that set them over a letter, or below it."""
_ACCENTED = re.compile("[\u1e00-\u1eff]")
"""Letters with accents that have no place in the encoding T1, such as some of Welsh."""
_JOINED = re.compile("(?<=,),|(?<=')'")
"""Two of them would be set as a quotation mark."""
_UNSEEN = re.compile("[\u00ad\u200b\u200d\u200e\u200f\u2060-\u2064\ufeff]")
"""What shows nothing, and stops pdfLaTeX."""
_UNKNOWN = re.compile("[\x80-\x9f\u2028\u2029\ufffd]")
_LONG_WORD, _BREAK = 24, 8
"""Letters of a word that is broken, and after how many it may be."""


def in_tex(text: str) -> str:
    """Return a text so that LaTeX prints it as it is; words that no column has room for may be broken."""
    seen = _UNKNOWN.sub("?", _UNSEEN.sub("", unicodedata.normalize("NFC", plain(text))))
    return " ".join(map(_word, filter(None, re.split(r"[ \t\r\n\f\v]+", seen))))


def _word(word: str) -> str:
    pieces = [word[start : start + _BREAK] for start in range(0, len(word), _BREAK)]
    escaped = ("".join(map(_letter, piece)) for piece in pieces)
    joined = ("\\allowbreak{}" if len(word) > _LONG_WORD else "").join(escaped)
    return _JOINED.sub(r"{}\g<0>", joined)


def _letter(letter: str) -> str:
    if not _ACCENTED.match(letter):
        return _SPECIAL.get(letter, letter)
    parts = [chr(int(number, 16)) for number in unicodedata.decomposition(letter).split() if number.isalnum()]
    accent = _ACCENTS.get(parts[-1]) if parts else None
    return f"\\{accent}{{{_letter(parts[0])}}}" if accent else letter
