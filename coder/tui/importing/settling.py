"""What is in doubt about a survey file: read whole, and agreed to before it is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coder.domain.grammar import agreeing
from coder.text.inert import inert
from coder.tui.kit.windows.window_values import Option, Pick, Show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_doubts import Doubt
    from coder.tui.importing.contract import ImportView

_LINES = 3
"""Doubts that the screen itself shows."""


def doubt_lines(doubts: Sequence[Doubt]) -> str:
    """Return the doubts, a line each: what settles each of them, and how many more there are."""
    lines = [f"? {doubt.subject}: {doubt.message}" + _key_text(doubt) for doubt in doubts[:_LINES]]
    if len(doubts) > _LINES:
        lines[-1] += f"  (and {len(doubts) - _LINES} more: key d)"
    return inert("\n".join(lines))


def _key_text(doubt: Doubt) -> str:
    return f"  [{doubt.key}]" if doubt.key else ""


def show_doubts(view: ImportView) -> None:
    """Show every doubt whole, with the lines of the file that show it, and what settles it."""
    plan = view.review.plan
    if plan is None:
        return
    texts = [_whole(doubt) for doubt in plan.layout.doubts] or ["Nothing is in doubt about this file."]
    view.ask(Show("In doubt", Content("\n\n".join(texts))))


def _whole(doubt: Doubt) -> str:
    lines = [f"{doubt.subject}: {doubt.message}", *(f"    {example}" for example in doubt.examples)]
    keys = f"Key {doubt.key} settles it here; " if doubt.key else ""
    return inert("\n".join([*lines, f"  {keys}on the command line: {doubt.remedy}"]))


def import_file(view: ImportView) -> None:
    """Make the study; if something about the file is in doubt, ask first."""
    plan = view.review.plan
    if plan is None or view.busy:
        return
    if not plan.layout.doubts:
        view.make_study()
        return

    def take(agreed: bool | None) -> None:
        if agreed:
            view.make_study()

    view.ask(_window(plan.layout.doubts), take)


def _window(doubts: Sequence[Doubt]) -> Pick[bool]:
    detail = "\n".join(inert(f"? {doubt.subject}: {doubt.message}") for doubt in doubts)

    def options(_typed: str) -> Sequence[Option[bool]]:
        return [
            Option("Go back and settle it first (d shows all)", False, detail),
            Option("Import it as it is understood", True, detail),
        ]

    count = agreeing(len(doubts), "Something is", f"{len(doubts)} things are")
    return Pick(f"{count} in doubt", options, placeholder="Esc: back")
