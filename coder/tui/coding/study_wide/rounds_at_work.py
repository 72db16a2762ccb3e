"""Working in a round: the list is the coder's answers in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import surveys
from coder.tui.coding.moving import jump
from coder.tui.coding.texts.round_texts import round_text
from coder.workflows.study.sight_at_work import look_as

if TYPE_CHECKING:
    from coder.domain.team.rounds import Round
    from coder.tui.coding.contract import CodingView
    from coder.tui.team.contract import TeamChoice


def open_team(view: CodingView) -> None:
    """Show the rounds and how far coders agree; picking a round lists one's answers in it."""
    from coder.tui.team.screen import TeamScreen

    desk = view.desk

    def close(choice: TeamChoice | None) -> None:
        look_as(desk.study, desk.session.coder_id)
        if choice is not None:
            work_in(view, choice.one_round)
            if choice.answer_id:
                jump(view, surveys.response_numbers(desk.study.database).get(choice.answer_id))

    look_as(desk.study, desk.person_id)
    view.ask(TeamScreen(desk.study, desk.person_id, desk.listing.assigned.round_id), close)


def work_in(view: CodingView, one_round: Round | None) -> None:
    """Go to the first open answer of one's own in a round; None: leave the round that one is in."""
    desk = view.desk
    desk.work_in(one_round)
    view.use_codebook()
    view.list_anew(None)
    numbers = desk.listing.numbers
    view.show(desk.listing.next_open(0) or (numbers[0] if numbers else None))
    view.draw_titles()
    if one_round is not None:
        view.tell(round_text(desk), 12)
