"""What the keys of the redaction screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from coder.domain.grammar import counted
from coder.domain.privacy.removals import KINDS, refuse_unfit_replacement
from coder.tui.kit.windows.window_values import Ask, Option, Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.privacy.noted_places import PlaceDecision
    from coder.domain.privacy.removals import Kind
    from coder.tui.kit.windows.window_values import OptionSource
    from coder.tui.privacy.contract import RedactionView

T = TypeVar("T")

_SECONDS = 6
_DONE: dict[PlaceDecision, str] = {"take": "To be taken out", "keep": "Kept"}
_NOTHING = "Nothing was found to decide on. Esc goes back."
_NOT_YET = "Nothing is marked to be taken out: y marks the place at hand, a all with the same words."


def _fitting(options: Sequence[Option[T]]) -> OptionSource[T]:
    """Return what gives the options whose labels have what is typed."""
    return lambda typed: [option for option in options if typed.casefold() in option.label.casefold()]


def decide(view: RedactionView, decision: PlaceDecision) -> None:
    """Decide on the place at hand, and go on to the next."""
    place = view.desk.current
    if place is None:
        view.tell(_NOTHING, _SECONDS)
        return
    view.desk.decide(decision, [view.desk.position])
    view.draw()
    view.tell(f"{_DONE[decision]}: {place.words} · u takes it back", _SECONDS)


def decide_all(view: RedactionView) -> None:
    """Ask what becomes of all places with the same words, and do that."""
    place, numbers = view.desk.current, view.desk.alike()
    if place is None:
        view.tell(_NOTHING, _SECONDS)
        return

    def take(decision: PlaceDecision | None) -> None:
        if decision:
            view.desk.decide(decision, numbers)
            view.draw()
            view.tell(f"{_DONE[decision]}: {counted(len(numbers), 'place')} · u takes all back", _SECONDS)

    options: tuple[Option[PlaceDecision], ...] = (
        Option("Take out all", "take", f"{counted(len(numbers), 'place')} with the words “{place.words}”"),
        Option("Keep all", "keep", f"{counted(len(numbers), 'place')} with the words “{place.words}”"),
    )
    view.ask(Pick(f"All {len(numbers)} that say “{place.words}”", _fitting(options)), take)


def edit_edges(view: RedactionView) -> None:
    """Ask for the words that are the place, and take those instead."""
    place = view.desk.current
    if place is None:
        view.tell(_NOTHING, _SECONDS)
        return

    def take(words: str | None) -> None:
        if words is None or words == place.words:
            return
        if view.desk.set_edges(words):
            view.draw()
        else:
            view.tell(f"“{words}” does not stand in this answer, or meets another place.", _SECONDS)

    hint = "The words to take out, as they stand in the answer: more of them, or fewer"
    view.ask(Ask("Edges", place.words, hint), take)


def say_instead(view: RedactionView) -> None:
    """Ask for a vaguer word of one's own, and have it stand for all with the same words."""
    place, numbers = view.desk.current, view.desk.alike()
    if place is None:
        view.tell(_NOTHING, _SECONDS)
        return

    def take(text: str | None) -> None:
        if text is not None and text.strip():
            refuse_unfit_replacement(text.strip())
            view.desk.say_instead(text.strip(), numbers)
            view.draw()
            view.tell(f"{text.strip()} is to stand for {counted(len(numbers), 'place')} · u undoes", _SECONDS)

    hint = f"Stands for “{place.words}”, wherever it was found: a colleague, the manager, a town"
    view.ask(Ask("Another word", place.replacement, hint), take)


def choose_kind(view: RedactionView) -> None:
    """Ask of which kind the place is, and those with the same words."""
    place, numbers = view.desk.current, view.desk.alike()
    if place is None:
        view.tell(_NOTHING, _SECONDS)
        return

    def take(kind: Kind | None) -> None:
        if kind is not None:
            view.desk.rename(kind, numbers)
            view.draw()

    options = tuple(Option(kind, kind) for kind in KINDS)
    view.ask(Pick("Of which kind is it?", _fitting(options), cursor=KINDS.index(place.finding.kind)), take)


def undo(view: RedactionView) -> None:
    """Take the last decision back, with all places that it was made on."""
    if view.desk.undo():
        view.draw()
        view.tell("The last decision is taken back.", _SECONDS)
    else:
        view.tell("Nothing to undo here: what was taken out cannot come back.", _SECONDS)


def take_out(view: RedactionView) -> None:
    """Ask for the last time, and take out what was decided to be."""
    marked, left = len(view.desk.decided("take")), len(view.desk.undecided)
    if not marked:
        view.desk.note_reviewed()
        if view.desk.places and not left:
            view.tell("All is decided, and nothing is to be taken out. Esc goes back.", _SECONDS)
        else:
            view.tell(_NOT_YET if view.desk.places else _NOTHING, _SECONDS)
        return

    def confirmed(answer: bool | None) -> None:
        if answer:
            view.after_saying("Taking the words out, and cleaning what held them ...", done)

    def done() -> None:
        taken = view.desk.take_out()
        line = f"Taken out: {counted(taken.passages, 'passage')} of {counted(taken.answers, 'answer')}."
        if taken.doubtful:
            line += f" {counted(len(taken.doubtful), 'text')} may name a part still."
        view.tell(f"{line} {taken.unfinished}".strip(), _SECONDS)
        view.search_anew()

    undecided = f"; {left:,} not decided yet stay" if left else ""
    options = (
        Option("No, not yet", False, f"Nothing is taken out{undecided}"),
        Option(
            f"Take out {counted(marked, 'place')} for good",
            True,
            "It cannot be undone: the words leave the study for good. Files made before still hold them.",
        ),
    )
    view.ask(
        Pick(
            f"Take out {counted(marked, 'place')}? It cannot be undone.",
            _fitting(options),
            placeholder="↓ and ⏎ to take them out for good",
        ),
        confirmed,
    )
