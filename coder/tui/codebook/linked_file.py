"""Asking before codebook.yaml is written to another place, because it is a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coder.domain.path_names import on_one_line
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.study.codebook_file import link_to_agree_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window
    from coder.workflows.study.study import Study


class _Asking(Protocol):
    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns."""


def when_agreed(view: _Asking, study: Study, act: Callable[[], object]) -> None:
    """Do what writes codebook.yaml: at once, or if that is a link, once somebody has agreed to it.

    Who has agreed is not asked again while the study is open.
    """
    target = link_to_agree_on(study)
    if target is None:
        act()
        return

    def options(_typed: str) -> Sequence[Option[bool]]:
        detail = (
            f"codebook.yaml is a link. It leads to\n{on_one_line(target)}\nand that file would be written."
        )
        return [Option("Leave all as it is", False, detail), Option("Write to that file", True, detail)]

    def take(agreed: bool | None) -> None:
        if agreed:
            study.follows_link = True
            act()

    view.ask(Pick("codebook.yaml is a link", options, placeholder="↓ and ⏎ to write where it leads"), take)
