"""Decisions about so many answers that a person notices how long they take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.tui.coding.listed.listing import decided_about

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.tui.coding.contract import CodingView

MANY_ANSWERS = 5_000
"""More than so many are said first: writing takes 4 to 15 µs each, and more where other programs run."""


def patiently(view: CodingView, answers: int, act: Callable[[], object]) -> None:
    """Do something about so many answers; where a person would notice how long it takes, say so first."""
    if answers > MANY_ANSWERS:
        view.after_saying(f"For {answers:,} answers …", act)
    else:
        act()


def for_all_alike(act: Callable[..., object]) -> Callable[..., object]:
    """Return what a key does that decides about the ticked, or an answer and all in its row."""

    def run(view: CodingView, **arguments: int) -> None:
        answers = decided_about(view.desk.listing, view.desk.here.number)
        patiently(view, answers, partial(act, view, **arguments))

    return run
