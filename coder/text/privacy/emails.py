"""E-mail addresses, plain or disguised ("jo (at) example (dot) org")."""

from __future__ import annotations

import re

from coder.text.privacy.finder import PatternFinder, proved

_AT = r"(?:@|\s?[(\[{]\s?at\s?[)\]}]\s?)"
_DOT = r"(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?)"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_SPELT = r"\s+at\s+"
_SPELT_DOT = r"\s+dot\s+"
EMAILS = PatternFinder(
    "e-mail",
    re.compile(
        rf"(?<![\w.+-])[\w][\w.+'-]{{0,63}}(?:{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{0,5}}{_DOT}[^\W\d_]{{2,24}}"
        rf"|{_SPELT}{_LABEL}(?:{_SPELT_DOT}{_LABEL}){{0,5}}{_SPELT_DOT}[^\W\d_]{{2,24}})(?![\w@])",
        re.IGNORECASE,
    ),
    proved,
    re.compile(r"@|\bat\b", re.IGNORECASE),
)
