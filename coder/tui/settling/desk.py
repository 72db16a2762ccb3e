"""The disagreements on a question as one person has them before them. Knows no screen and no widget."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal
from zlib import crc32

from coder.domain.team.disagreement_sheets import TO_SETTLE
from coder.store.team.decision_rows import decisions_on
from coder.store.team.settled_rows import SettledMarks, settled_by, settled_marks
from coder.tui.settling.ticked_themes import TickedThemes
from coder.workflows.team.settling.disagreements import disagreements, rivals_of
from coder.workflows.team.settling.settling_answers import Settlement, Settling

if TYPE_CHECKING:
    from collections.abc import Collection

    from coder.domain.codebook import Theme
    from coder.domain.responses import Question
    from coder.workflows.study.study import Study
    from coder.workflows.team.settling.disagreements import Disagreement, ReaderChoice
    from coder.workflows.team.settling.settling_answers import SettlingOutcome

DeskShow = Literal["to settle", "parked", "all"]
SHOWS: tuple[DeskShow, ...] = ("to settle", "parked", "all")
_OPEN, _PARKED = TO_SETTLE, ("parked",)


class SettlingDesk:
    """One person at the disagreements on a question.

    Its own methods, and those of its ticks, alone change it; everybody else reads.

    Args:
        study: The study.
        person_id: Who settles.
        question: The question.
        theme_id: Only where this theme is in dispute.
        answers: These answers alone, those of a round; None: all.
    """

    def __init__(
        self,
        study: Study,
        person_id: str,
        question: Question,
        theme_id: str | None = None,
        answers: Collection[int] | None = None,
    ) -> None:
        self.study = study
        self.question = question
        self.theme_id = theme_id
        self.team = Settling(study, person_id)
        self.show: DeskShow = "to settle"
        self.names_shown = False
        self.numbers: list[int] = []
        """The answers listed: they stay while the list does, also once they are settled."""
        self.position = 0
        self.ticks = TickedThemes()
        self._answers = answers
        self._everything: dict[int, Disagreement] = {}
        self.read_anew()

    def read_anew(self) -> None:
        """Read the disagreements; the list goes on at the answer at hand, with what is ticked there."""
        number, ticks = self.number, self.ticks
        listed = disagreements(self.study, self.question, (), self._answers, self.theme_id)
        self._everything = {disagreement.answer.number: disagreement for disagreement in listed}
        self._list(number)
        if number is not None and self.number == number:
            self.ticks = ticks

    def _list(self, number: int | None) -> None:
        wanted = {"to settle": _OPEN, "parked": _PARKED}.get(self.show)
        self.numbers = [
            disagreement.answer.number
            for disagreement in self._everything.values()
            if wanted is None or disagreement.state in wanted
        ]
        self.position = self.numbers.index(number) if number in self.numbers else 0
        self._begin()

    @property
    def number(self) -> int | None:
        """The number of the answer at hand; None: there is none."""
        return self.numbers[self.position] if self.numbers else None

    @property
    def current(self) -> Disagreement | None:
        """The disagreement at hand."""
        return self._everything[self.numbers[self.position]] if self.numbers else None

    @property
    def columns(self) -> list[ReaderChoice]:
        """What each reader chose, in an order that says nothing of who they are."""
        current = self.current
        if current is None:
            return []
        answer = current.answer.id
        return sorted(current.readers, key=lambda reader: crc32(f"{answer}\x1f{reader.coder_id}".encode()))

    @property
    def states(self) -> Counter[str]:
        """How many answers are in which state."""
        return Counter(disagreement.state for disagreement in self._everything.values())

    @property
    def explained_theme(self) -> Theme | None:
        """The theme whose definition is shown."""
        return self.study.codebook.by_id.get(self.ticks.explained_id or "")

    def like_this(self) -> int:
        """Count the disagreements, this one among them, in which the same themes are in dispute."""
        current = self.current
        if current is None or not current.disputed:
            return 0
        return [other.disputed for other in self._everything.values()].count(current.disputed)

    def go_on(self, step: int) -> None:
        """Go to another answer of the list, the nearest there is."""
        if self.numbers:
            self.position = min(max(self.position + step, 0), len(self.numbers) - 1)
        self._begin()

    def go_to_next(self) -> None:
        """Go to the next answer of the list that is to be settled; where there is none, stay."""
        after = [*range(self.position + 1, len(self.numbers)), *range(self.position)]
        wanted = _PARKED if self.show == "parked" else _OPEN
        states = {place: self._everything[self.numbers[place]].state for place in after}
        self.position = next((place for place in after if states[place] in wanted), self.position)
        self._begin()

    def change_show(self) -> None:
        """List those to settle, those parked, or all, in turn."""
        self.show = SHOWS[(SHOWS.index(self.show) + 1) % len(SHOWS)]
        self._list(self.number)

    def settlement(self, current: Disagreement) -> Settlement:
        """Return what the answer at hand is to be settled on, as it is ticked."""
        return Settlement(
            self.ticks.ticked, current.marks.memo, self.ticks.is_sure, current.marks.definitions
        )

    def take_in(self, outcome: SettlingOutcome) -> None:
        """Take in what a step has left; what is ticked stays."""
        number, database = outcome.response, self.study.database
        if number not in self._everything:
            # A step taken back may be of another question, or of an answer without this theme.
            return
        marks = settled_marks(database, [number]).get(number, SettledMarks())
        person, at = settled_by(database, [number]).get(number, ("", ""))
        name = self.study.name_of(person) if person else ""
        decisions = decisions_on(database, [number]).get(number)
        rivals = decisions.rivals(self.study.codebook) if decisions else ()
        self._everything[number] = replace(
            self._everything[number],
            marks=marks,
            settled_by=name,
            settled_at=at,
            rivals=rivals_of(self.study, rivals),
        )

    def go_to(self, number: int) -> None:
        """Go to an answer, which joins the list if it is not there; to none that is no disagreement here."""
        if number in self._everything:
            self.numbers = sorted({*self.numbers, number})
            self.position = self.numbers.index(number)
            self._begin()

    def _begin(self) -> None:
        current = self.current
        self.ticks = TickedThemes.of(current) if current else TickedThemes()
