"""What the coding screen says of codings that are worth a second look."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.second_look import likely
from coder.tui.coding.recode.texts import number_key
from coder.workflows.coding.second_look import waits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.filters import Filter
    from coder.domain.second_look import Doubted
    from coder.tui.coding.screen import CodingScreen


@dataclass
class SecondLook:
    """The answers of a second look, and where one came from."""

    doubts: Mapping[int, tuple[Doubted, ...]]
    """Response to what is doubted of it, the most doubtful response first."""
    before: tuple[Filter, int | None]
    """What was listed, and the answer on screen."""
    left: set[int] = field(default_factory=set)
    """The responses with a doubt that waits."""


def doubts_here(screen: CodingScreen) -> list[Doubted]:
    """Return the doubts about the answer on screen that its coder has not answered."""
    look = screen.navigator.second_look
    doubts = look.doubts.get(screen.standing.response, ()) if look else ()
    return [doubted for doubted in doubts if waits(doubted, screen.standing)]


def asked_of(screen: CodingScreen) -> dict[str, tuple[str, ...]]:
    """Return the themes that something is asked of on this answer, with the themes to choose from."""
    doubted = {each.theme_id: (each.theme_id,) for each in doubts_here(screen)}
    return {**doubted, **screen.standing.recode}


def doubt_lines(screen: CodingScreen, doubted: Doubted) -> list[str]:
    """Return what is doubted, and the keys that answer it."""
    label, chance = screen.study.codebook.label(doubted.theme_id), likely(doubted.probability)
    if doubted.kind == "wrong":
        asked, keep, change = "is it right?", "⏎ it stays", "take it off"
    else:
        asked, keep, change = "is it missing?", "⏎ leave it out", "choose it"
    keys = filter(None, (keep, number_key(screen, [doubted.theme_id], change)))
    return [f"? {label}: {asked} ({chance} by the other answers)", f"    {' · '.join(keys)}"]


def look_title(look: SecondLook) -> str:
    """Return the list's title in a second look."""
    return f"Second look: {len(look.left)} of {len(look.doubts)} left"
