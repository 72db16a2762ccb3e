"""Codings that need a fresh look since the codebook was revised: what each decision does to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codings import Change, Span, write_spans
from coder.errors import CoderError
from coder.store.codebook_versions import version
from coder.store.recoding import asking_version
from coder.workflows.study.codebook_file import codebook_now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.standing import Standing
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class RecodeReason:
    """The revision that put a coding before its coder."""

    at: str
    """When, in UTC: `2026-11-21T21:04:05.123Z`."""
    coder_id: str
    """Who revised the codebook."""
    reason: str
    old_theme: Theme
    """The theme as it was until then."""


def recode_reason(study: Study, coder_id: str, response: int, theme_id: str) -> RecodeReason | None:
    """Return why a coding of a coder needs a fresh look; None if no revision asked for one."""
    number = asking_version(study.database, coder_id, response, theme_id)
    if number is None:
        return None
    revised, before = version(study.database, number), version(study.database, number - 1)
    if revised is None or before is None:
        return None
    return RecodeReason(revised.at, revised.coder_id, revised.reason, before.codebook.by_id[theme_id])


def after_choice(standing: Standing, theme_id: str, *, chosen: bool) -> list[Change]:
    """Return what follows when a theme is chosen or taken off.

    A part that is chosen replaces the theme that was split, and takes over the memo on it; a theme
    that is taken off waits no longer.
    """
    if not chosen:
        return [_settled(standing, theme_id)] if theme_id in standing.recode else []
    replaced, changes = _replaced(standing, theme_id), []
    for old in replaced:
        changes.append(Change(standing.response, "theme", write_spans(standing.spans[old]), None, old))
        changes.append(_settled(standing, old))
    return changes + _memos_moved(standing, replaced, theme_id)


def words_for(standing: Standing, theme_id: str, fresh: Iterable[Span]) -> tuple[Span, ...]:
    """Return the words a chosen theme begins with: fresh ones, or those of the split themes it replaces."""
    words = [standing.spans[old] for old in _replaced(standing, theme_id)]
    if not words:
        return tuple(fresh)
    if not all(words):
        # One of them was of the whole response.
        return ()
    return tuple(sorted({span for spans in words for span in spans}))


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


def refuse_retired(study: Study, theme_id: str) -> None:
    """Raise CoderError if a theme is retired, or gone: it can be taken off, but not chosen."""
    theme = codebook_now(study).by_id.get(theme_id)
    if theme is None and theme_id in study.codebook:
        msg = f"'{study.codebook.label(theme_id)}' was taken out of the codebook."
        raise CoderError(msg, "Choose another theme.")
    if theme is not None and theme.status == "retired":
        msg = f"'{theme.label}' is retired, and no longer chosen."
        raise CoderError(msg, "Choose a theme in use; u takes back what was done last.")


def _replaced(standing: Standing, part: str) -> list[str]:
    return [old for old, choices in standing.recode.items() if part in choices and old not in choices]


def _memos_moved(standing: Standing, replaced: Iterable[str], part: str) -> list[Change]:
    moved = {old: standing.theme_memos[old] for old in replaced if old in standing.theme_memos}
    there = standing.theme_memos.get(part)
    changes = [Change(standing.response, "memo", memo, None, old) for old, memo in moved.items()]
    if moved:
        joined = "\n".join(filter(None, (there, *moved.values())))
        changes.append(Change(standing.response, "memo", there, joined, part))
    return changes


def _settled(standing: Standing, old: str) -> Change:
    return Change(standing.response, "recode", " ".join(standing.recode[old]), None, old)
