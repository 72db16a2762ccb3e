"""What is in doubt about a survey file: read whole, and agreed to before it is imported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from coder.domain.grammar import agreeing
from coder.domain.surveys.doubt_ways import Way, ways_to_settle
from coder.text.inert import inert
from coder.tui.importing.choosing import ask_encoding
from coder.tui.kit.windows.window_values import Ask, Option, Pick, Show

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
    return f"  [{doubt.key} or d]" if doubt.key else "  [d]"


def show_doubts(view: ImportView) -> None:
    """Show every doubt, each whole with the lines of the file that show it; the one picked is settled."""
    if view.review.plan is None or view.busy:
        return
    doubts = view.review.doubts
    if not doubts:
        view.ask(Show("In doubt", Content("Nothing is in doubt about this file.")))
        return

    def settle(doubt: Doubt | None) -> None:
        if doubt is not None:
            _settle(view, doubt)

    def options(_typed: str) -> Sequence[Option[Doubt]]:
        return [Option(inert(f"{one.subject}: {one.message}"), one, _whole(one), one.key) for one in doubts]

    view.ask(Pick("In doubt: which to settle?", options, placeholder="Esc: back"), settle)


def _settle(view: ImportView, doubt: Doubt) -> None:
    """Ask in which way a doubt is to be settled, and do it."""
    ways = ways_to_settle(doubt)
    if any(way.blank == "encoding" for way in ways):
        ask_encoding(view)
        return

    def use(way: Way | None) -> None:
        if way is None:
            return
        if not way.options:
            view.review.agree(doubt)
            view.show_all()
        elif way.blank:
            fill_in(way)
        else:
            read(way)

    def fill_in(way: Way) -> None:
        view.ask(
            Ask(f"{doubt.subject}: {way.blank} ({way.text})"),
            lambda typed: read(way.filled(typed.strip())) if typed and typed.strip() else None,
        )

    def read(way: Way) -> None:
        view.read(partial(view.review.settling, way), "the file anew")

    def options(_typed: str) -> Sequence[Option[Way]]:
        return [
            Option(inert(way.text), way, _whole(doubt), way.command) for way in (*ways, *_agreement(ways))
        ]

    view.ask(Pick(f"Settle: {doubt.subject}", options, placeholder="Esc: back"), use)


def _agreement(ways: Sequence[Way]) -> tuple[Way, ...]:
    """Return the way to take it as it is, unless one of two others says so."""
    return () if len(ways) > 1 else (Way("take it as it is understood", "", ()),)


def _whole(doubt: Doubt) -> str:
    lines = [f"{doubt.subject}: {doubt.message}", *(f"    {example}" for example in doubt.examples)]
    return inert("\n".join([*lines, f"  On the command line: {doubt.remedy}"]))


def import_file(view: ImportView) -> None:
    """Make the study; if something about the file is in doubt, ask first."""
    plan = view.review.plan
    if plan is None or view.busy:
        return
    if not view.review.doubts:
        view.make_study()
        return

    def take(agreed: bool | None) -> None:
        if agreed:
            view.make_study()
        elif agreed is not None:
            show_doubts(view)

    view.ask(_window(view.review.doubts), take)


def _window(doubts: Sequence[Doubt]) -> Pick[bool]:
    detail = "\n".join(inert(f"? {doubt.subject}: {doubt.message}") for doubt in doubts)

    def options(_typed: str) -> Sequence[Option[bool]]:
        return [
            Option("Settle it first (key d)", False, detail),
            Option("Import it as it is understood", True, detail),
        ]

    count = agreeing(len(doubts), "Something is", f"{len(doubts)} things are")
    return Pick(f"{count} in doubt", options, placeholder="Esc: back")
