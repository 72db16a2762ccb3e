"""The second look: which doubts still wait for their coder, and when one may come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coder.domain.second_look import Doubted
    from coder.domain.standing import Standing


def forgotten(standing: Standing, theme_ids: Iterable[str]) -> list[Change]:
    """Return the changes after which themes on a response may come up again in the second look."""
    return [
        Change(standing.response, "kept", standing.settled_doubts[theme_id], None, theme_id)
        for theme_id in theme_ids
        if theme_id in standing.settled_doubts
    ]


def waits(doubted: Doubted, standing: Standing) -> bool:
    """Tell whether a doubt waits for its coder: what it is about stands, is confirmed, and was not kept."""
    stands = doubted.theme_id in standing.spans
    changed = not standing.done or stands != (doubted.kind == "wrong")
    return not changed and standing.settled_doubts.get(doubted.theme_id) != doubted.kind


def still_doubted(standing_of: Callable[[int], Standing], found: Iterable[Doubted]) -> list[Doubted]:
    """Return the doubts that wait for their coder.

    Args:
        standing_of: Returns what stands on a response for the coder.
        found: What the engine doubts.
    """
    return [doubted for doubted in found if waits(doubted, standing_of(doubted.response))]
