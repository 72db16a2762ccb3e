"""Texts in LaTeX, for pdfLaTeX as for its followers."""

from __future__ import annotations

import re

from coder.formats.shared.escaping.plain_text import plain

_SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
    "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
    ">": "\\textgreater{}", "|": "\\textbar{}", '"': "\\textquotedbl{}", "[": "{[}", "]": "{]}",
    "-": "-{}", "\N{NO-BREAK SPACE}": "~", "`": "\\textasciigrave{}",
    # Behind the end of a row a star would be a command.
    "*": "{*}",
}  # fmt: skip
_JOINED = re.compile("(?<=,),|(?<=')'")
"""Two of them would be set as a quotation mark."""
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What shows nothing, and stops pdfLaTeX."""
_UNKNOWN = re.compile("[\x80-\x9f\u2028\u2029\ufffd]")
_LONG_WORD, _BREAK = 24, 8
"""Letters of a word that is broken, and after how many it may be."""


def in_tex(text: str) -> str:
    """Return a text so that LaTeX prints it as it is; words that no column has room for may be broken."""
    seen = _UNKNOWN.sub("?", _UNSEEN.sub("", plain(text)))
    return " ".join(map(_word, filter(None, re.split(r"[ \t\r\n\f\v]+", seen))))


def _word(word: str) -> str:
    pieces = [word[start : start + _BREAK] for start in range(0, len(word), _BREAK)]
    escaped = ("".join(_SPECIAL.get(letter, letter) for letter in piece) for piece in pieces)
    joined = ("\\allowbreak{}" if len(word) > _LONG_WORD else "").join(escaped)
    return _JOINED.sub(r"{}\g<0>", joined)
