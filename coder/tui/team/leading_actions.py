"""What who leads the coding does with the round at the cursor: end it, open it again, hand answers over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.store.team.team_rows import team
from coder.text.inert import inert
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.team.rounds import leading
from coder.workflows.team.rounds.handing_over import hand_over as hand_over_to
from coder.workflows.team.rounds.handing_over import handover_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.team.rounds import Round
    from coder.tui.team.contract import TeamView

_NO_UNDO = (
    "What is done to rounds is no step of coding, and u takes none of it back: others may have gone on from"
    " it. e ends a round, o opens it again for who has finished, h hands answers on, or back."
)


def end(view: TeamView) -> None:
    """Ask whether the round at the cursor is to end, and end it."""
    one_round = _going_on(view)
    if one_round is None:
        return
    waiting = [view.study.name_of(person) for person, at in one_round.finished.items() if not at]
    detail = "Everybody sees everything of it, and nothing in it is locked. It does not go on again."
    if waiting:
        detail = f"Not finished yet: {', '.join(map(inert, waiting))}. {detail}"

    def end_it(agreed: bool | None) -> None:
        if agreed:
            leading.end_round(view.study, one_round.name, view.coder_id)
            view.count_anew()
            view.tell(f"{one_round.name} has ended. That is not taken back: b begins another.", 8)
            view.draw_detail()

    _confirm(view, f"End {inert(one_round.name)}?", "End it", detail, end_it)


def reopen(view: TeamView) -> None:
    """Let somebody who has finished the round at the cursor change their codings in it again."""
    one_round = _going_on(view)
    if one_round is None:
        return
    finished = [person for person, at in one_round.finished.items() if at]
    if not finished:
        view.tell(f"Nobody has finished {one_round.name}: nothing of it is locked.", 5)
        return

    def open_for(person_id: str | None) -> None:
        if person_id is not None:
            leading.reopen(view.study, one_round.name, person_id, view.coder_id)
            view.count_anew()
            name = view.study.name_of(person_id)
            view.tell(f"{one_round.name} is open again for {name}, until they finish it with f.", 8)
            view.draw_detail()

    detail = "Their codings in it can be changed again; a blind round hides those of the others until then."
    options = [Option(f"for {view.study.name_of(person)}", person, detail) for person in finished]
    view.ask(_pick(f"Open {inert(one_round.name)} again", options), open_for)


def hand_over(view: TeamView) -> None:
    """Hand what somebody has yet to do over to another: answers of all rounds, and the queue to recode."""
    people = list(team(view.study.database).people)
    row = view.rows.current()
    here = row.one_round.finished if row is not None and row.one_round is not None else {}
    # Those of the round at the cursor who have not finished come first.
    people.sort(key=lambda person: here.get(person.id, "later"))

    def to_whom(source: str | None) -> None:
        if source is None:
            return
        names = [person.name for person in people if person.name != source and not person.retired]
        view.ask(
            _pick(f"Hand over from {inert(source)} to", list(map(_named, names))), partial(agree, source)
        )

    def agree(source: str, target: str | None) -> None:
        if target is None:
            return
        detail = (
            "Open answers of rounds that go on, and codings that wait to be looked at again. What is coded"
            " stays whose it is. Trainings and what is coded again go to nobody."
        )
        title = f"From {inert(source)} to {inert(target)}?"
        _confirm(view, title, "Hand over", detail, partial(hand, source, target))

    def hand(source: str, target: str, agreed: bool | None) -> None:
        if agreed:
            handed = hand_over_to(view.study, source, target, view.coder_id)
            view.count_anew()
            view.tell(handover_text(handed), 12)
            view.draw_detail()

    view.ask(_pick("Who hands over?", [_named(person.name) for person in people]), to_whom)


def tell_no_undo(view: TeamView) -> None:
    """Say why nothing is taken back here, and what does instead."""
    view.tell(_NO_UNDO, 10)


def _going_on(view: TeamView) -> Round | None:
    """Return the round at the cursor; None, and say so, where there is none or it has ended."""
    row = view.rows.current()
    if row is None or row.one_round is None:
        view.tell("The cursor is on no round.", 3)
        return None
    if row.one_round.ended:
        view.tell(f"{row.one_round.name} has ended.", 4)
        return None
    return row.one_round


def _named(name: str) -> Option[str]:
    return Option(name, name)


def _pick(title: str, options: Sequence[Option[str]]) -> Pick[str]:
    def matching(typed: str) -> list[Option[str]]:
        return [option for option in options if typed.casefold() in option.label.casefold()]

    return Pick(title, matching)


def _confirm(
    view: TeamView, title: str, does: str, detail: str, take: Callable[[bool | None], object]
) -> None:
    options = [Option(does, choice=True, detail=detail), Option("No", choice=False)]
    view.ask(Pick(title, lambda _typed: options), take)
