"""The keys whose steps may change the codebook: what they need is loaded with the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView

CodebookStep = Literal["find", "name from words", "define", "undo", "redo"]


def press(view: CodingView, step: CodebookStep) -> None:
    """Do what a key stands for."""
    # Not at the top: the first paint can do without revisions.
    from coder.tui.coding.codebook_steps import making, undoing

    steps = {
        "find": making.find_theme,
        "name from words": making.name_from_words,
        "define": making.define,
        "undo": undoing.undo,
        "redo": undoing.redo,
    }
    steps[step](view)
