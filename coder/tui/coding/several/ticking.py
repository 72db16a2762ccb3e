"""Ticks: answers of the list that are decided about together, in one step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from coder.store import codings
from coder.tui.coding.listed.listing import reach, ticked
from coder.tui.coding.many_answers import patiently
from coder.tui.coding.modes import Gathered
from coder.tui.coding.moving import go_on, move
from coder.tui.kit.windows.window_values import Option, Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.desk import Desk
    from coder.workflows.coding.session import StepOutcome


class _Way(NamedTuple):
    """What becomes of the ticked."""

    takes_off: bool = False
    done: bool = False


def waits_for_ticks(desk: Desk) -> bool:
    """Tell whether Space ticks and Enter decides nothing: something is ticked, or like answers are listed."""
    return bool(desk.listing.ticks) or desk.mode.key == "s"


def tick(view: CodingView) -> None:
    """Tick the answer, or take its tick away, and go to the next of the list."""
    listing, number = view.desk.listing, view.desk.here.number
    if number is not None and number in listing:
        listing.ticks.toggle(listing.equal.shown_by(number))
        move(view, 1)
        _told(view)


def tick_all(view: CodingView) -> None:
    """Tick every answer of the list; where all are ticked, none."""
    listing = view.desk.listing
    if len(listing.ticks) == len(listing.numbers):
        listing.ticks.drop()
    else:
        listing.ticks.add(listing.numbers)
    _told(view)


def tick_to_here(view: CodingView) -> None:
    """Tick every answer from the top of the list down to this one."""
    listing = view.desk.listing
    listing.ticks.add(listing.numbers[: listing.cursor + 1])
    _told(view)


def remind(view: CodingView) -> None:
    """Say what the keys do while answers are ticked."""
    view.tell(f"{ticked(view.desk.listing):,} ticked: 1-9, / and n are for them; Esc drops the ticks.", 4)


def code(view: CodingView, theme_id: str) -> None:
    """Choose a theme for the ticked, or take it off where all have it, and ask whether they are done then."""
    desk = view.desk
    numbers, label = desk.listing.ticks.numbers, desk.study.codebook.label(theme_id)
    having = codings.origins_on(desk.study.database, desk.session.coder_id, theme_id, numbers)
    if len(having) == len(numbers):
        options = [Option(f"- {label}", _Way(takes_off=True), "All of them have it: it is taken off.")]
    else:
        had = f" {len(having):,} of the rows ticked have it: they keep it." if having else ""
        options = [
            Option(f"+ {label}", _Way(), f"They stay open, or done, as they are.{had}"),
            Option(f"+ {label}, and done", _Way(done=True), f"All of them are marked done as well.{had}"),
        ]

    def source(typed: str) -> Sequence[Option[_Way]]:
        return [option for option in options if typed.casefold() in option.label.casefold()]

    title = f"For {ticked(desk.listing):,} ticked"
    cursor = len(options) - 1 if desk.sitting.ticked_are_done else 0
    view.ask(Pick(title, source, placeholder="⏎ or ↓ ⏎", cursor=cursor), partial(_code, view, theme_id))


def choose(desk: Desk, theme_id: str) -> StepOutcome:
    """Choose a theme for the ticked, whatever has become of them: one that has just been made."""
    listing = desk.listing
    return desk.session.code_many(listing.ticks.numbers, theme_id, reach(listing))


def _code(view: CodingView, theme_id: str, way: _Way | None) -> None:
    if way is not None:
        patiently(view, ticked(view.desk.listing), partial(_code_now, view, theme_id, way))


def _code_now(view: CodingView, theme_id: str, way: _Way) -> None:
    session, listing = view.desk.session, view.desk.listing
    numbers, listed = listing.ticks.numbers, reach(listing)
    if way.takes_off:
        outcome = session.uncode_many(numbers, theme_id, listed)
    else:
        outcome = session.code_many(numbers, theme_id, listed=listed, done=way.done)
        view.desk.sitting.remember_way(done=way.done)
    _stepped(view, outcome, done=way.done)


def nothing(view: CodingView) -> None:
    """Say that no theme is in the ticked: they are done."""
    listing = view.desk.listing
    outcome = view.desk.session.uncode_many(listing.ticks.numbers, None, reach(listing))
    _stepped(view, outcome, done=True)


def _stepped(view: CodingView, outcome: StepOutcome, *, done: bool) -> None:
    view.stepped(outcome)
    mode = view.desk.mode
    if done and isinstance(mode, Gathered) and mode.after:
        mode.after(view)
    elif done:
        view.desk.listing.ticks.drop()
        view.list_anew(view.desk.here.number)
        if view.desk.here.standing.done:
            go_on(view)


def _told(view: CodingView) -> None:
    view.draw_titles()
    count = ticked(view.desk.listing)
    view.tell(f"{count:,} ticked." if count else "None ticked.", 2)
