"""The team's rounds in the plain mode: printed, and one picked to code in or to finish."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.store.team.round_rows import rounds_of
from coder.tui.coding.study_wide.rounds_at_work import work_in
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.rounds.leading import finish
from coder.workflows.team.rounds.round_text import round_lines

if TYPE_CHECKING:
    from coder.domain.team.rounds import Round
    from coder.tui.plain.view import PlainView


class _Step(NamedTuple):
    """What is to be done."""

    one_round: Round | None
    finishes: bool = False


def rounds_in_lines(view: PlainView) -> None:
    """Print the rounds, and ask which to code in or to finish; agreement is for the command line."""
    study, coder_id = view.desk.study, view.desk.person_id
    lines = list(round_lines(study))
    agreement = "How far coders agree: coder agreement --by-theme"
    view.terminal.print_lines([*(lines or ["No round has begun: coder team round new NAME"]), agreement])
    own = [r for r in rounds_of(study.database) if r.assigned.get(coder_id) and not r.ended]
    if not own:
        return
    options = [
        *(Option(f"code in {one_round.name}", _Step(one_round)) for one_round in own),
        *(
            Option(f"finish {one_round.name}", _Step(one_round, finishes=True))
            for one_round in own
            if not one_round.finished[coder_id]
        ),
        Option("all answers", _Step(None)),
    ]

    def matching(typed: str) -> list[Option[_Step]]:
        return [option for option in options if typed.casefold() in option.label.casefold()]

    def take(step: _Step | None) -> None:
        if step is None:
            return
        if step.finishes and step.one_round is not None:
            finish(study, step.one_round.name, coder_id, coder_id)
            look_as(study, coder_id)
            view.tell(f"{step.one_round.name} is finished: your codings in it are locked.", 5)
        else:
            work_in(view, step.one_round)

    view.ask(Pick("Which round?", matching), take)
