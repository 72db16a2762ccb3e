"""Codings that need a fresh look since the codebook was revised: what each decision does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import Change, write_spans
from coder.errors import CoderError

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook
    from coder.workflows.coding import Standing


def after_choice(standing: Standing, theme_id: str, *, chosen: bool) -> list[Change]:
    """Return what follows when a theme is chosen or taken off.

    A part that is chosen replaces the theme that was split; a theme that is taken off waits no longer.
    """
    changes = []
    for old, choices in standing.recode.items():
        part = chosen and theme_id in choices and old not in choices
        if part:
            changes.append(Change(standing.response, "theme", write_spans(standing.spans[old]), None, old))
        if part or (old == theme_id and not chosen):
            changes.append(_settled(standing, old))
    return changes


def all_settled(standing: Standing) -> list[Change]:
    """Return the changes after which nothing on a response waits any more."""
    return [_settled(standing, old) for old in standing.recode]


def refuse_undecided(standing: Standing, codebook: Codebook, name: str) -> None:
    """Raise CoderError if a theme of a response was split and its parts are yet to be chosen among.

    Args:
        standing: What stands on the response.
        codebook: The codebook in use.
        name: The response's id.
    """
    for old, choices in standing.recode.items():
        if old not in choices:
            parts = ", ".join(codebook.label(choice) for choice in choices)
            label = codebook.label(old)
            msg = f"'{label}' was split: which of its parts is it in {name}?"
            raise CoderError(msg, f"Choose among {parts}; or take '{label}' off.")


def _settled(standing: Standing, old: str) -> Change:
    return Change(standing.response, "recode", " ".join(standing.recode[old]), None, old)
