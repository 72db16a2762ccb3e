"""The keys whose steps may change the codebook: what they need is loaded with the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.tui.coding.codebook_steps.step_actions import CodebookStep
    from coder.tui.coding.contract import CodingView


def press(view: CodingView, step: CodebookStep, *arguments: object) -> None:
    """Do what a key stands for, or what follows from it."""
    # Not at the top: the first paint can do without revisions.
    from coder.tui.coding.codebook_steps.step_actions import STEP_ACTIONS

    STEP_ACTIONS[step](view, *arguments)
