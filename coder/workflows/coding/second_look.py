"""The second look: which doubts still wait for their coder, and when one may come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coder.domain.second_look import Doubted
    from coder.domain.standing import Standing


def reopen_doubts(standing: Standing, theme_ids: Iterable[str]) -> list[Change]:
    """Return the changes after which themes on a response may come up again in the second look."""
    return [
        Change(standing.response, "kept", standing.settled_doubts[theme_id], None, theme_id)
        for theme_id in theme_ids
        if theme_id in standing.settled_doubts
    ]


def is_waiting(doubted: Doubted, standing: Standing) -> bool:
    """Tell whether a doubt still waits for its coder.

    It does while what it is about stands and is confirmed, unless its coder left it so in the second look.
    """
    stands = doubted.theme_id in standing.spans
    changed = not standing.done or stands != (doubted.kind == "wrong")
    return not changed and standing.settled_doubts.get(doubted.theme_id) != doubted.kind


def waiting_doubts(standing_of: Callable[[int], Standing], doubts: Iterable[Doubted]) -> list[Doubted]:
    """Return the doubts that still wait for their coder.

    Args:
        standing_of: Returns what stands on a response for the coder.
        doubts: Those of the engine.
    """
    return [doubted for doubted in doubts if is_waiting(doubted, standing_of(doubted.response))]
