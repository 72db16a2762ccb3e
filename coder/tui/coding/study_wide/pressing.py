"""The keys that are about the study as a whole: what they need is loaded with the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.study_wide.study_actions import StudyAction


def press_for_study(view: CodingView, action: StudyAction) -> None:
    """Do what a key stands for."""
    # Not at the top: the first paint can do without journal, history and settings.
    from coder.tui.coding.study_wide.study_actions import STUDY_ACTIONS

    STUDY_ACTIONS[action](view)
