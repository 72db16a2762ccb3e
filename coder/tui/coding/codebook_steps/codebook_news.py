"""A codebook that is another now: the suggestions and the screen go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView


def codebook_changed(view: CodingView) -> None:
    """Go on with the study's codebook as it is now; what stands on the keys stays."""
    view.desk.advice.revise(view.desk.study.codebook)
    view.use_codebook()
    view.desk.rerank()
    view.panes.draw_answer()
