"""Names on social networks: @somebody, or "Instagram: somebody_92"."""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import PatternFinder

_NETWORK = (
    r"(?:insta(?:gram)?|twitter|snap(?:chat)?|tik ?tok|facebook|fb|discord|telegram|whats ?app|youtube)"
)
_NO_NAMES = frozenset(
    ("home", "work", "school", "college", "uni", "night", "all", "the", "risk", "once", "least")
)
"""What is written with a sign for "at": "@ work" without its blank."""


def _certainty(match: re.Match[str]) -> Certainty | None:
    name = match["it"]
    if not name.startswith("@"):
        return Certainty.GUESS
    return None if name[1:].casefold() in _NO_NAMES else Certainty.PROVED


HANDLES = PatternFinder(
    "handle",
    re.compile(
        r"(?:(?<![\w@.+-])(?=@)"
        rf"|(?<!\w){_NETWORK}(?:\s+(?:name|handle|id|user ?name))?(?:\s+is)?\s*:?\s+(?=[a-z.]*[\d_]))"
        r"(?P<it>@?(?=[\w.]*[^\W\d_])\w[\w.]{0,28}\w)(?![\w@])",
        re.IGNORECASE,
    ),
    _certainty,
    re.compile(r"@|[\d_]"),
)
