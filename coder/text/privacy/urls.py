"""Addresses of pages, with or without "https://"."""

from __future__ import annotations

import re

from coder.text.privacy.finder import PatternFinder, proved

_ENDINGS = "com|org|net|info|biz|eu|uk|ie|scot|wales|cymru|london|gov|edu|io|de|fr|nl|pl|es"
"""Of names without "www." or "https://" before them; those that are words (it, me, to) are left out."""
_TAIL = r"[^\s<>\"'“”’)\]},;:!?.]*(?:[^\s<>\"“”]*[^\s<>\"'“”’)\]},;:!?.])?"
URLS = PatternFinder(
    "URL",
    re.compile(
        rf"(?<![\w@.])(?:https?://[^\s<>\"“”]{{1,2000}}?(?=[)\]}},;:!?.'’]*(?:\s|$|[<>\"“”]))"
        rf"|www\.[\w-]+\.[^\s<>\"“”]{{1,2000}}?(?=[)\]}},;:!?.'’]*(?:\s|$|[<>\"“”]))"
        rf"|(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,4}}(?:{_ENDINGS})(?:/{_TAIL})?(?![\w@.-]*\w))",
        re.IGNORECASE,
    ),
    proved,
    re.compile(r"://|\w\.\w"),
)
