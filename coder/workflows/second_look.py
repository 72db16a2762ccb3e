"""The second look: codings that are worth checking, and what coders said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.workflows.coding import Standing


def forgotten(standing: Standing, theme_ids: Iterable[str]) -> list[Change]:
    """Return the changes after which themes on a response may come up again in the second look."""
    return [
        Change(standing.response, "kept", standing.kept[theme_id], None, theme_id)
        for theme_id in theme_ids
        if theme_id in standing.kept
    ]
