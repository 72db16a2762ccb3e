"""What the keys of the team screen do with the row at the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from coder.domain.grammar import counted
from coder.text.inert import inert
from coder.tui.kit.windows.window_values import Option, Pick, Show
from coder.tui.settling.screen import open_disagreements
from coder.tui.team.contract import TeamChoice
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.rounds import leading
from coder.workflows.team.rounds.round_text import show_lines
from coder.workflows.team.settling.disagreements import answers_of_round

if TYPE_CHECKING:
    from coder.domain.team.rounds import Round
    from coder.tui.kit.action_screen import ActionScreen
    from coder.tui.team.contract import TeamView


def open_row(view: TeamView) -> None:
    """Code one's answers in the round at the cursor, settle what is disputed there, or go to an answer."""
    row = view.rows.current()
    if row is None:
        return
    if row.kind == "all answers":
        view.dismiss(TeamChoice())
    elif row.kind == "answer":
        view.dismiss(TeamChoice(answer_id=row.answer_id))
    elif row.kind == "theme" and row.theme_id:
        answers = answers_of_round(view.study, view.compared.name if view.compared else "")
        open_disagreements(
            cast("ActionScreen[object]", view),
            view.study,
            view.coder_id,
            row.question_id,
            row.theme_id,
            answers,
            view.read_again,
        )
    elif row.one_round is not None:
        _open_round(view, row.one_round)


def _open_round(view: TeamView, one_round: Round) -> None:
    if one_round.ended:
        view.tell(f"{one_round.name} has ended. g shows how far its coders agree.", 5)
    elif not one_round.assigned.get(view.coder_id):
        view.tell(f"You have no answers in {one_round.name}.", 5)
    else:
        view.dismiss(TeamChoice(one_round))


def show_about(view: TeamView) -> None:
    """Show all there is to know of the round at the cursor."""
    row = view.rows.current()
    if row is None or row.one_round is None:
        view.tell("The cursor is on no round.", 3)
        return
    lines = "\n".join(map(inert, show_lines(view.study, row.one_round)))
    view.ask(Show(row.label, (lines,)))


def finish(view: TeamView) -> None:
    """Ask whether the round at the cursor is to be finished, and finish it."""
    row = view.rows.current()
    one_round = row.one_round if row else None
    if one_round is None or view.coder_id not in one_round.finished:
        view.tell("The cursor is on no round of yours.", 3)
        return
    answers = counted(len(one_round.assigned[view.coder_id]), "answer")
    options = [
        Option("Finish it", choice=True, detail=f"Your codings on its {answers} are locked."),
        Option("Not yet", choice=False),
    ]
    window = Pick(f"Finish {inert(one_round.name)}?", lambda _typed: options)
    view.ask(window, partial(_finish, view, one_round))


def _finish(view: TeamView, one_round: Round, agreed: bool | None) -> None:
    if not agreed:
        return
    finished = leading.finish(view.study, one_round.name, view.coder_id, view.coder_id)
    look_as(view.study, view.coder_id)
    view.count_anew()
    waiting = [view.study.name_of(person) for person, at in finished.finished.items() if not at]
    if waiting:
        view.tell(f"{finished.name} is finished. Still at it: {', '.join(waiting)}.", 8)
    else:
        view.tell(f"{finished.name} is finished by everybody: g shows how far you agree.", 8)
    view.draw_detail()
