"""What the keys of the settling screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.kit.theme_search import best_themes
from coder.tui.kit.theme_text import theme_summary
from coder.tui.kit.windows.window_values import Ask, Option, Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.settling.contract import SettlingView
    from coder.workflows.team.settling.settling_answers import SettlingOutcome

_SECONDS = 6
_NOT_DECIDED = "Nothing is ticked: 1-9, < or > tick themes; n says that nothing is here."


def settle(view: SettlingView) -> None:
    """Settle the answer on what is ticked, and go on; where nothing is ticked, say what to do."""
    desk, current = view.desk, view.desk.current
    if current is None:
        return
    if not desk.ticks.is_decided():
        view.tell(_NOT_DECIDED, _SECONDS)
        return
    _done(view, desk.team.settle(current.answer.number, desk.settlement(current)), goes_on=True)


def park(view: SettlingView) -> None:
    """Put the answer aside for a meeting, or take it back; go on."""
    if view.desk.number is not None:
        _done(view, view.desk.team.park(view.desk.number), goes_on=True)


def reopen(view: SettlingView) -> None:
    """Take what was settled off the answer."""
    current = view.desk.current
    if current is None:
        return
    if not current.marks.done:
        view.tell("It is not settled.", _SECONDS)
        return
    outcome = view.desk.team.reopen(current.answer.number)
    _done(view, outcome)
    view.desk.go_to(outcome.response)
    view.draw()


def reverse(view: SettlingView, *, undoes: bool) -> None:
    """Take this person's last step back, or do it again; go to its answer."""
    team = view.desk.team
    outcome = team.undo() if undoes else team.redo()
    if outcome is None:
        view.tell(f"Nothing to {'undo' if undoes else 'redo'}.", _SECONDS)
        return
    view.desk.take_in(outcome)
    view.desk.go_to(outcome.response)
    view.draw()
    view.tell(f"{'Undone' if undoes else 'Done again'}: {outcome.label}", _SECONDS)


def take_side(view: SettlingView, step: int) -> None:
    """Tick what one of the readers chose."""
    view.desk.ticks.take_side(view.desk.columns, step)
    view.draw()


def take_all(view: SettlingView) -> None:
    """Tick what any of the readers chose."""
    view.desk.ticks.take_all(view.desk.columns)
    view.draw()


def take_nothing(view: SettlingView) -> None:
    """Say that nothing is in the answer; Enter settles it so."""
    if view.desk.current is not None:
        view.desk.ticks.take_nothing()
        view.draw()


def tick(view: SettlingView, place: int) -> None:
    """Tick the theme with a number, or take its tick away."""
    if not view.desk.ticks.switch_place(place):
        view.tell(f"No theme has the number {place + 1} here.", _SECONDS)
    view.draw()


def find_theme(view: SettlingView) -> None:
    """Find any theme, and tick it or take its tick away."""
    desk = view.desk
    if desk.current is None:
        return
    agreed = [desk.study.codebook.by_id.get(theme_id) for theme_id in desk.current.agreed]
    themes = [*desk.study.codebook.offered(desk.question.id)]
    themes += [theme for theme in agreed if theme is not None and theme not in themes]

    def options(typed: str) -> Sequence[Option[str]]:
        return [
            Option(
                theme.label, theme.id, theme_summary(theme), "ticked" if theme.id in desk.ticks.ticked else ""
            )
            for theme in best_themes(typed, themes)
        ]

    def take(theme_id: str | None) -> None:
        if theme_id is not None:
            desk.ticks.switch(theme_id)
            view.draw()

    view.ask(Pick("Another theme", options, placeholder="type to find a theme"), take)


def say_why(view: SettlingView) -> None:
    """Ask why the answer is settled so, or what is to be talked about."""
    desk = view.desk
    if desk.current is None:
        return
    number = desk.number

    def take(why: str | None) -> None:
        if why is not None and number is not None:
            _done(view, desk.team.say_why(number, why))

    title = f"Why · {desk.current.answer.id}"
    view.ask(Ask(title, desk.current.marks.memo, "^s saves; Esc leaves it as it is", lines=3), take)


def flag_definition(view: SettlingView) -> None:
    """Say that the definition on screen is to change because of this answer."""
    theme, number = view.desk.explained_theme, view.desk.number
    if theme is not None and number is not None:
        _done(view, view.desk.team.flag_definition(number, theme.id))


def _done(view: SettlingView, outcome: SettlingOutcome, *, goes_on: bool = False) -> None:
    """Show what a step has left, and say what it did."""
    view.desk.take_in(outcome)
    if goes_on:
        view.desk.go_to_next()
    view.draw()
    view.tell(f"{outcome.label[:1].upper()}{outcome.label[1:]} · u takes it back", _SECONDS)
