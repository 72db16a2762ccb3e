"""What each step that may change the codebook does."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from coder.tui.coding.codebook_steps import drafts, making, undoing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CodebookStep = Literal["find", "name from words", "define", "undo", "redo", "drafts", "receive drafts"]

STEP_ACTIONS: Mapping[CodebookStep, Callable[..., object]] = MappingProxyType(
    {
        "find": making.find_theme,
        "name from words": making.name_from_words,
        "define": making.define,
        "undo": undoing.undo,
        "redo": undoing.redo,
        "drafts": drafts.open_drafts,
        "receive drafts": drafts.receive_drafts,
    }
)
