"""Names as people type them: which two count as the same, and which one a misspelt name may mean."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

_POINT_NOUGHT = re.compile(r"\d+\.0")
_FEWEST_LETTERS = 4
"""Characters from which a part of a name stands for it."""


def fold_name(name: str) -> str:
    """Return a name without case, with single blanks and in one Unicode form (NFC).

    Names that are equal then count as the same: an accent may be joined to its letter or stand behind it.
    """
    return " ".join(normalize("NFC", name).casefold().split())


def fold_id(identifier: str) -> str:
    """Return an id in one Unicode form (NFC), and `1001.0`, as some programs write 1001, without the `.0`."""
    stripped = normalize("NFC", identifier).strip()
    return stripped.removesuffix(".0") if _POINT_NOUGHT.fullmatch(stripped) else stripped


def matching(name: str, names: Iterable[str]) -> str | None:
    """Return the one of some names that is meant, whatever the case: first the one written just so."""
    for candidate in sorted(names, key=lambda candidate: candidate != name):
        if fold_name(candidate) == fold_name(name):
            return candidate
    return None


def nearest(name: str, names: Iterable[str]) -> str:
    """Return "Did you mean ...?" with the one or two names most like this one, or an empty string."""
    by_folded = {fold_name(candidate): candidate for candidate in names}
    folded = fold_name(name)
    close = difflib.get_close_matches(folded, by_folded, n=2, cutoff=0.5)
    if not close and len(folded) >= _FEWEST_LETTERS:
        # `joint-working` for `Joint working with the NHS`.
        typed = folded.replace("-", " ").replace("_", " ")
        close = [candidate for candidate in by_folded if typed in candidate][:2]
    return f"Did you mean {' or '.join(repr(by_folded[match]) for match in close)}?" if close else ""
