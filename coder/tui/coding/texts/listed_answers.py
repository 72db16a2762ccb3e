"""The other answers of a short list, below the one on screen: read at a glance, each with its tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import surveys
from coder.text.inert import inert
from coder.tui.coding.listed.row_names import short_id
from coder.tui.coding.panes.pane_values import EarlierRow

if TYPE_CHECKING:
    from coder.domain.responses import Response
    from coder.tui.coding.desk import Desk

_MOST = 30
"""Answers shown at most: those around the one on screen."""


def other_rows(desk: Desk) -> list[EarlierRow]:
    """Return the heading, then the other answers listed, in their order; nothing where there is no other."""
    listing, here = desk.listing, desk.here
    if here.response is None:
        return []
    first = max(0, listing.cursor - _MOST // 2)
    around = list(listing.numbers[first : first + _MOST + 1])
    texts = surveys.responses(desk.study.database, around)
    rows = [
        EarlierRow(
            _line(texts[number], is_ticked=number in listing.ticks),
            number=number,
            priority=abs(first + place - listing.cursor),
        )
        for place, number in enumerate(around)
        if number in texts and number != here.number
    ]
    return [EarlierRow("the others of the list, x: ticked", is_heading=True), *rows] if rows else []


def _line(response: Response, *, is_ticked: bool) -> str:
    name = short_id(response.id, response.question_id)
    return inert(f"{'x' if is_ticked else '·'} {name}  {' '.join(response.text.split())}")
