"""What the coding screen says of codings that are worth a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.second_look import ground
from coder.tui.coding.texts.themes import number_keys

if TYPE_CHECKING:
    from coder.domain.second_look import Doubted
    from coder.tui.coding.desk import Desk


def doubt_lines(desk: Desk, doubt: Doubted) -> list[str]:
    """Return what is doubted, and the keys that answer it."""
    label = desk.study.codebook.label(doubt.theme_id)
    by = "" if doubt.of_same_words else " by the other answers"
    if doubt.kind == "wrong":
        question, keep, change = "is it right?", "⏎ it stays", "take it off"
    else:
        question, keep, change = "is it missing?", "⏎ leave it out", "choose it"
    keys = filter(None, (keep, number_keys(desk, [doubt.theme_id], change)))
    return [f"? {label}: {question} ({ground(doubt)}{by})", f"    {' · '.join(keys)}"]
