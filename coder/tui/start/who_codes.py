"""Who codes: asked where a study has people, and the one at the keyboard is none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.team.team_people import UnknownPersonError
from coder.errors import CoderError
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.study.coders import coder_at_work, coder_called, join, people_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.tui.kit.action_screen import ActionScreen
    from coder.workflows.study.study import Study

_NEW = ""
"""The choice of somebody who joins the team."""


def with_coder(view: ActionScreen[None], study: Study, name: str, go_on: Callable[[str], object]) -> None:
    """Go on with the id of who codes a study; who is nobody of its team is asked first.

    Args:
        view: The screen that asks.
        study: The study.
        name: The name of who is at the keyboard.
        go_on: Called with the id; not called, and the study closed, where nobody is chosen.

    Raises:
        CoderError: The name means several people, or somebody who has left the team.
    """
    if study.read_only:
        go_on(coder_called(study.database, name))
        return
    try:
        go_on(coder_at_work(study.database, name))
    except UnknownPersonError:
        _ask(view, study, name, go_on)


def _ask(view: ActionScreen[None], study: Study, name: str, go_on: Callable[[str], object]) -> None:
    names = people_of(study.database).names
    newcomer = Option(
        f"{name}, new to this study", _NEW, f"{name} joins the team, with codings of their own."
    )
    known = [Option(person, person, f"Go on as {person}.") for person in names]

    def options(typed: str) -> Sequence[Option[str]]:
        return [option for option in (newcomer, *known) if typed.casefold() in option.label.casefold()]

    def take(choice: str | None) -> None:
        if choice is None:
            study.close()
            return
        try:
            chosen = (
                join(study.database, name).id if choice == _NEW else coder_at_work(study.database, choice)
            )
        except CoderError:
            study.close()
            raise
        go_on(chosen)

    view.ask(Pick("Who codes?", options, placeholder="a name"), take)
