"""Masks: what gives people away stands as `[name]` in what is written out, and the study stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coder.domain.privacy.text_cuts import TextCut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.privacy.findings import Finding

Mask = Literal["known", "all", "none"]
"""What is masked: what patterns prove and names of lists; guesses too; nothing."""
MASKS: tuple[Mask, ...] = ("known", "all", "none")
_WHAT = {
    "known": "what its form proves (numbers, addresses) and names of columns that were left out are",
    "all": "what its form proves, names of columns that were left out and words that look like names are",
}


def mask_cuts(findings: Iterable[Finding]) -> tuple[TextCut, ...]:
    """Return the cuts that put `[kind]` in the place of what was found, in order."""
    return tuple(TextCut(finding.start, finding.end, f"[{finding.kind}]") for finding in findings)


def mask_note(mask: Mask, passages: int, *, by_default: bool) -> str:
    """Return what is said of masked passages; empty where nothing is, or was to be, masked.

    Args:
        mask: What is masked.
        passages: How many passages are.
        by_default: Whether nobody asked for it: nobody has decided yet on what was found.
    """
    if mask == "none" or (by_default and not passages):
        return ""
    why = (
        " Nobody has yet decided on what gives people away in the answers (coder redact)."
        if by_default
        else ""
    )
    return f"Masked, as [name] or [phone]: {_WHAT[mask]}.{why} Other names may still stand."
