"""Questions to the team on the coding screen: about the answer, or the theme at the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.store import surveys
from coder.tui.coding.moving import jump
from coder.tui.kit.question_window import TeamTalk, open_questions

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView


def ask_the_team(view: CodingView) -> None:
    """Open the questions to the team; one about the answer on screen is offered first."""
    desk = view.desk
    response, theme_id = desk.here.response, desk.here.cursor_theme
    subjects = [(response.id, "")] if response is not None else []
    if theme_id is not None and not desk.hides:
        subjects.append(("", theme_id))

    def changed() -> None:
        desk.count_anew()
        view.draw_titles()

    go_to = partial(_go_to, view)
    open_questions(view, TeamTalk(desk.study, desk.person_id, subjects, changed, go_to))


def _go_to(view: CodingView, response_id: str) -> None:
    numbers = surveys.response_numbers(view.desk.study.database)
    jump(view, numbers.get(response_id))
