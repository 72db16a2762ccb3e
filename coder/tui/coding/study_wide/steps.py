"""The history: every step of this coder, to look at and to go to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.log_moments import local_moment
from coder.store import log, surveys
from coder.tui.coding.moving import jump
from coder.tui.kit.windows.window_values import MOST, Option, Pick

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.responses import Response
    from coder.store.log import ListedStep
    from coder.tui.coding.contract import CodingView

NO_ANSWER = 0
"""Where a step leads that changed no answer."""


def history(view: CodingView) -> None:
    """List what this coder did, the latest first; picking a step goes to its answer."""
    desk = view.desk
    database, coder_id = desk.study.database, desk.session.coder_id

    def options(typed: str) -> Sequence[Option[int]]:
        steps = log.steps_of(database, coder_id, typed, MOST)
        texts = surveys.responses(database, [step.response for step in steps if step.response is not None])
        return [_listed(step, texts) for step in steps]

    title = f"What {desk.study.name_of(coder_id)} did · ⏎ goes there"
    nothing = "Nothing yet: what you decide stands here, with the way back to its answer. Esc closes."
    window = Pick(title, options, placeholder="a theme, an answer's id, done, memo ...", nothing=nothing)
    view.ask(window, partial(_go, view))


def _listed(step: ListedStep, texts: Mapping[int, Response]) -> Option[int]:
    when = local_moment(step.at)
    response = texts.get(step.response or NO_ANSWER)
    detail = [step.label, f"{when:%A, %d %B %Y, %H:%M:%S}"]
    detail += ["Taken back since."] if step.undone else []
    detail += [f"In all {counted(step.responses, 'answer')}."] if step.responses > 1 else []
    detail += [f"{response.id}: {response.text}"] if response else []
    note = f"{'taken back · ' if step.undone else ''}{when:%m-%d %H:%M}"
    return Option(step.label, step.response or NO_ANSWER, "\n".join(detail), note)


def _go(view: CodingView, number: int | None) -> None:
    if number == NO_ANSWER:
        view.tell("This step changed no answer.", 3)
    else:
        jump(view, number)
