"""The places of a search as a person has them before them, and the ways to decide on them; no widgets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.privacy.findings import Certainty, Finding
from coder.workflows.privacy.finding import Search
from coder.workflows.privacy.place_decisions import (
    alike,
    note_decisions,
    take_out_decided,
    tell_places,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.privacy.noted_places import PlaceDecision
    from coder.domain.privacy.removals import Kind
    from coder.workflows.privacy.finding import FindRequest, Found, FoundPlace
    from coder.workflows.privacy.taking_out import TakenOut
    from coder.workflows.study.study import Study


class RedactionDesk:
    """What was found in a study's answers, with what was decided.

    Args:
        study: The study.
        person_id: Who decides.
        request: What is looked for.
    """

    def __init__(self, study: Study, person_id: str, request: FindRequest) -> None:
        self.study = study
        self.person_id = person_id
        self.request = request
        self.answers = 0
        self.remark = ""
        self.places: list[FoundPlace] = []
        self.position = 0
        self.has_taken_out = False
        """Whether answers have changed."""
        self._steps: list[tuple[int, dict[int, FoundPlace]]] = []
        """For each step the position it was made at, and the places as they were before, by number."""

    def search(self) -> Search:
        """Return a search that needs the database no more."""
        return Search(self.study, self.request)

    def take_in(self, search: Found) -> None:
        """Take what a search found; go to the first place that nobody has decided on."""
        self.answers, self.remark, self.places = search.answers, search.remark, list(search.places)
        self._steps.clear()
        self.position = next(iter(self.undecided), 0)

    @property
    def current(self) -> FoundPlace | None:
        """The place at hand; None: nothing was found."""
        return self.places[self.position] if self.places else None

    @property
    def undecided(self) -> list[int]:
        """The numbers of the places that nobody has decided on, from 0."""
        return [number for number, place in enumerate(self.places) if not place.decision]

    def decided(self, decision: PlaceDecision) -> list[FoundPlace]:
        """Return the places on which this was decided."""
        return [place for place in self.places if place.decision == decision]

    def alike(self) -> list[int]:
        """Return the numbers of the places with the words of the one at hand, itself among them."""
        return alike(self.places[self.position], self.places) if self.places else []

    def decide(self, decision: PlaceDecision, numbers: Sequence[int]) -> None:
        """Decide on places, noted at once, and go to the next that nobody has decided on."""
        self._change({number: self.places[number]._replace(decision=decision) for number in numbers})
        self._go_on()

    def rename(self, kind: Kind, numbers: Sequence[int]) -> None:
        """Say of which kind places are."""
        self._change(
            {
                number: self.places[number]._replace(finding=replace(self.places[number].finding, kind=kind))
                for number in numbers
            }
        )

    def say_instead(self, text: str, numbers: Sequence[int]) -> None:
        """Have a text of one's own stand in the place of some; they are taken out."""
        self._change(
            {number: self.places[number]._replace(replacement=text, decision="take") for number in numbers}
        )
        self._go_on()

    def set_edges(self, words: str) -> bool:
        """Have other words of the answer be the place, the nearest to it; tell whether they can be."""
        place = self.places[self.position]
        starts = [start for start in range(len(place.text)) if place.text.startswith(words, start)]
        if not words.strip() or not starts:
            return False
        start = min(starts, key=lambda start: abs(start - place.finding.start))
        span = (start, start + len(words))
        if any(
            other.response == place.response and other.finding.start < span[1] and span[0] < other.finding.end
            for number, other in enumerate(self.places)
            if number != self.position
        ):
            return False
        finding = Finding(*span, place.finding.kind, place.finding.finder, Certainty.LISTED)
        self._change({self.position: place._replace(finding=finding)})
        return True

    def undo(self) -> bool:
        """Take the last decision back, with all that it was made on; tell whether there was one."""
        if not self._steps:
            return False
        position, before = self._steps.pop()
        self._put(before)
        self.position = position
        return True

    def tell_others(self) -> None:
        """Have what was decided go along with what is next sent to other copies of the study."""
        tell_places(self.study, self.person_id)

    def move(self, step: int) -> None:
        """Go to another place."""
        if self.places:
            self.position = max(0, min(len(self.places) - 1, self.position + step))

    def take_out(self) -> TakenOut:
        """Take out what was decided to be; it cannot be undone."""
        taken = take_out_decided(self.study, self.decided("take"), self.person_id)
        self.has_taken_out = True
        return taken

    def note_reviewed(self) -> None:
        """Note that everything was decided on, where a search of all kinds leaves nothing."""
        if not self.undecided and not self.request.kinds and self.request.with_guesses:
            note_decisions(self.study, (), (), reviewed=True)

    def _go_on(self) -> None:
        later = [number for number in self.undecided if number > self.position]
        self.position = next(iter(later or self.undecided), self.position)

    def _change(self, places: dict[int, FoundPlace]) -> None:
        before = {number: self.places[number] for number in places}
        self._put(places)
        self._steps.append((self.position, before))

    def _put(self, places: dict[int, FoundPlace]) -> None:
        before = [self.places[number] for number in places]
        note_decisions(self.study, before, places.values(), reviewed=False)
        for number, place in places.items():
            self.places[number] = place
