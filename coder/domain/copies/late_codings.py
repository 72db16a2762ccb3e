"""What becomes of codings that were made without knowing a revision of the codebook.

Of a merge they are carried to the target; of a split or a new meaning they are put before their coder. The
steps that do so follow from all acts alone, each at the place where both coding and revision stand before it.
So do those by which an answer opens again that was settled differently (`late_settlings`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.codings import Change
from coder.domain.copies.late_carrying import revision_of
from coder.domain.copies.late_people import LatePeople
from coder.domain.copies.late_settlings import LateSettlings
from coder.domain.copies.logged_steps import (
    GIVEN,
    OPEN_AGAIN,
    OWN_STANDS,
    TAKEN,
    CellContent,
    LateStep,
)
from coder.domain.copies.rival_merges import asked_between, rival_merges
from coder.domain.revising.carrying import RevisedCodings
from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coder.domain.codings import Aspect, WordsBy
    from coder.domain.copies.acts import ActPlace
    from coder.domain.copies.late_people import Moved
    from coder.domain.copies.late_settlings import SettledBefore
    from coder.domain.copies.logged_steps import CodingCell, LoggedStep
    from coder.domain.copies.rival_merges import RivalMerge
    from coder.domain.copies.version_graph import MadeVersion, VersionGraph
    from coder.domain.revising.revisions import Carried

_CARRIED: tuple[Aspect, ...] = ("theme", "memo", "recode")


class LateCodings:
    """Works out the steps that follow from others, going through all acts from some place on.

    Args:
        graph: All versions of the codebook.
        standing: What stands before that place.
        carried_before: The changes of revisions before that place, by version, coder and response: those of
            their own steps and of those that follow. What was there before each is as it stood in the order
            of all copies, whatever the revision knew of it.
        late_before: The steps before that place that follow from others.
        by_hand: Tells of a coder, a response and a theme whether, before that place, it was that coder who
            put the theme on (True) or took it off (False); None where a revision put it on, or nobody. What a
            revision takes off is as if it had not been there.
        settled: What there is of settled answers before that place.
        people: The people who turned out to be others, with what stands of theirs before that place.
    """

    def __init__(
        self,
        graph: VersionGraph,
        standing: Mapping[CodingCell, CellContent],
        carried_before: Mapping[tuple[str, str, int], Sequence[Change]],
        late_before: Sequence[LateStep] = (),
        by_hand: Callable[[str, int, str], bool | None] = lambda *_: None,
        settled: SettledBefore | None = None,
        people: LatePeople | None = None,
    ) -> None:
        self._graph = graph
        self._cells: dict[tuple[str, int], dict[tuple[Aspect, str], CellContent]] = defaultdict(dict)
        for (response, coder_id, aspect, theme_id), content in standing.items():
            self._cells[coder_id, response][aspect, theme_id] = content
        self._carried: dict[tuple[str, str, int], list[Change]] = defaultdict(list)
        for key, changes in carried_before.items():
            self._carried[key] = list(changes)
        self._late: list[LateStep] = []
        self._waiting: list[tuple[ActPlace, MadeVersion]] = []
        """The revisions that have yet to take effect, by place."""
        self._in_effect: list[MadeVersion] = []
        self._late_before = late_before
        self._by_hand_before = by_hand
        self._by_hand: dict[tuple[str, int, str], bool | None] = {}
        self._unaware: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        """For each version the codings that it carried away although their coder had taken them off."""
        self._settlings = LateSettlings(settled)
        self._people = people or LatePeople(())

    def run(self, steps: Iterable[LoggedStep], first: ActPlace) -> list[LateStep]:
        """Return the steps that follow, in order.

        Args:
            steps: The steps with a name from a place on, in order.
            first: That place.
        """
        logged = list(steps)
        ends = {version.name: version.place for version in self._graph.made}
        for step in logged:
            if step.revision in ends:
                ends[step.revision] = max(ends[step.revision], step.place)
        in_order = sorted(self._graph.made, key=lambda version: ends[version.name])
        self._waiting = [(ends[v.name], v) for v in in_order if ends[v.name] >= first]
        self._in_effect = [version for version in in_order if ends[version.name] < first]
        for step in logged:
            self._take_effect_before(step.place)
            settled = self._settled_by(step)
            self._make(step)
            self._carry_late(step)
            self._bring_in_line(step, settled)
            self._go_on(step.place, step.knows, self._people.moved())
        self._take_effect_before(None)
        return self._late

    def _take_effect_before(self, place: ActPlace | None) -> None:
        """Have revisions, and merges of people, take effect in order up to a place; None: all of them."""
        while True:
            version = self._waiting[0][0] if self._waiting else None
            merge = self._people.waiting[0].begins if self._people.waiting else None
            following = min((next_place for next_place in (version, merge) if next_place), default=None)
            if following is None or (place is not None and following >= place):
                return
            if following == version:
                made = self._waiting.pop(0)[1]
                self._take_effect(made, following)
                self._ask_between_rivals(made, following)
                self._in_effect.append(made)
            else:
                self._go_on(following, self._graph.version_until(following), self._people.begin())

    def _go_on(self, place: ActPlace, version: str, moves: Iterable[Moved]) -> None:
        """Make codings of people who turned out to be others those of the others."""
        for moved in moves:
            taken = OWN_STANDS if moved.source == moved.target else TAKEN
            for person, changes, label in (
                (moved.source, moved.given, GIVEN), (moved.target, moved.taken, taken)
            ):  # fmt: skip
                for change in changes:
                    if change.aspect in _CARRIED:
                        self._set(person, change)
                    if change.aspect == "theme":
                        self._by_hand[person, change.response, change.theme_id] = change.new is not None
                if changes:
                    self._late.append(LateStep(place, version, person, tuple(changes), label))

    def _make(self, step: LoggedStep) -> None:
        self._people.take_step(step)
        for change in step.changes:
            if change.aspect not in _CARRIED:
                continue
            if change.aspect == "theme":
                self._note_whose(step, change)
            if step.revision:
                stood = self._cells[step.coder_id, change.response].get((change.aspect, change.theme_id))
                met = change if stood is None else change._replace(old=stood.text)
                self._carried[step.revision, step.coder_id, change.response].append(met)
            self._set(step.coder_id, change)

    def _note_whose(self, step: LoggedStep, change: Change) -> None:
        """Note whether it is the coder who takes a theme off, or a revision that knows nothing of that."""
        key = (step.coder_id, change.response, change.theme_id)
        if step.revision and change.new is None:
            stands = ("theme", change.theme_id) in self._cells[step.coder_id, change.response]
            if not stands and self._hand_at(*key) is False:
                self._unaware[step.revision].append(key)
            return
        self._by_hand[key] = None if step.revision else change.new is not None

    def _hand_at(self, coder_id: str, response: int, theme_id: str) -> bool | None:
        """Tell whether it was the coder who put a theme on last (True), or took it off (False)."""
        key = (coder_id, response, theme_id)
        if key not in self._by_hand:
            self._by_hand[key] = self._by_hand_before(*key)
        return self._by_hand[key]

    def _settled_by(self, step: LoggedStep) -> list[int]:
        """Return the answers on which the settled layer is to be brought in line behind a step."""
        if step.coder_id != SETTLED:
            return []
        return self._settlings.concerned(step, self._cells, self._graph.codebook_until(step.place))

    def _bring_in_line(self, step: LoggedStep, responses: Sequence[int]) -> None:
        """Have the settled layer say on some answers what all decisions say together."""
        if not responses:
            return
        codebook = self._graph.codebook_until(step.place)
        changes: list[Change] = []
        for response in responses:
            cells = self._cells[step.coder_id, response]
            changes += self._settlings.brought_in_line(response, cells, codebook)
        for change in changes:
            if change.aspect in _CARRIED:
                self._set(step.coder_id, change)
            if change.aspect == "theme":
                self._by_hand[step.coder_id, change.response, change.theme_id] = change.new is not None
        if changes:
            late = LateStep(step.place, step.knows, step.coder_id, tuple(changes), OPEN_AGAIN)
            self._late.append(late)

    def _set(self, coder_id: str, change: Change) -> None:
        cells, key = self._cells[coder_id, change.response], (change.aspect, change.theme_id)
        if change.new is None:
            cells.pop(key, None)
        else:
            cells[key] = CellContent(change.new, change.words_by)

    def _take_effect(self, version: MadeVersion, place: ActPlace) -> None:
        """Do what a version does to all codings that it does not know, as it has done it to the others."""
        carried = revision_of(version, self._graph)
        for coder_id, response, theme_id in self._unaware[version.name]:
            gone = list(self._brought_alone(version, carried, coder_id, response, theme_id))
            self._note(place, version.name, coder_id, gone)
        codebook = self._graph.codebook_until(place)
        undone = version.undoes
        by_coder: dict[str, list[int]] = defaultdict(list)
        for coder_id, response in sorted(self._cells):
            by_coder[coder_id].append(response)
        for coder_id, responses in by_coder.items():
            codings = self._codings_of(coder_id, responses)
            for response in responses if undone else ():
                late = self._late_changes_of(undone, coder_id, response)
                codings.take_back([change.inverse() for change in reversed(late)])
            codings.carry(carried)
            codings.choose_among(codebook)
            self._note(place, version.name, coder_id, codings.changes)

    def _ask_between_rivals(self, version: MadeVersion, place: ActPlace) -> None:
        """Put before their coders the codings that a merge has brought, and another that it does not know."""
        for rival in rival_merges(version, _standing(self._in_effect), self._graph):
            carried = {
                (coder_id, response)
                for (name, coder_id, response), changes in self._carried.items()
                if name in rival.versions and any(_takes_off(change, rival.source) for change in changes)
            }
            for coder_id, response in sorted(carried):
                self._ask_between(rival, version, place, coder_id, response)

    def _ask_between(
        self, rival: RivalMerge, version: MadeVersion, place: ActPlace, coder_id: str, response: int
    ) -> None:
        """Put a coding that two merges carry to different themes before its coder, who did not choose one."""
        changes = asked_between(rival, response, self._cells[coder_id, response])
        by_program = [c for c in changes if not self._hand_at(coder_id, response, c.theme_id)]
        self._note(place, version.name, coder_id, by_program)

    def _late_changes_of(self, version: str, coder_id: str, response: int) -> list[Change]:
        return [
            change
            for step in (*self._late_before, *self._late)
            if (step.version, step.coder_id) == (version, coder_id) and not step.label
            for change in step.changes
            if change.response == response
        ]

    def _carry_late(self, step: LoggedStep) -> None:
        unknown = _standing([v for v in self._in_effect if not self._graph.knows(step.knows, v.name)])
        for version in unknown:
            carried = revision_of(version, self._graph)
            themes = carried.themes()
            responses = sorted({c.response for c in step.changes if c.theme_id in themes})
            if not responses:
                continue
            removed = list(self._removals(step, version, carried))
            codings = self._codings_of(step.coder_id, responses)
            codings.carry(carried)
            codings.choose_among(self._graph.codebook_until(step.place))
            self._note(step.place, version.name, step.coder_id, [*removed, *codings.changes])
        for number, version in enumerate(unknown):
            for rival in rival_merges(version, unknown[:number], self._graph):
                for response in sorted({c.response for c in step.changes if _puts_on(c, rival.source)}):
                    self._ask_between(rival, version, step.place, step.coder_id, response)

    def _removals(self, step: LoggedStep, version: MadeVersion, carried: Carried) -> Iterator[Change]:
        """Yield what takes a target off where its only source was taken off, unaware of the merge."""
        for change in step.changes:
            if change.aspect == "theme" and change.new is None and change.old is not None:
                yield from self._brought_alone(
                    version, carried, step.coder_id, change.response, change.theme_id
                )

    def _brought_alone(
        self, version: MadeVersion, carried: Carried, coder_id: str, response: int, source: str
    ) -> Iterator[Change]:
        """Yield what takes off the target of a merge that a source alone has brought, and nobody changed."""
        for merge in carried.merges:
            if source not in merge.sources:
                continue
            made = [
                change
                for change in self._carried.get((version.name, coder_id, response), ())
                if change.aspect == "theme"
            ]
            sources = {change.theme_id for change in made if change.new is None} & set(merge.sources)
            brought = [c for c in made if c.theme_id == merge.target and c.new is not None]
            standing = self._cells[coder_id, response].get(("theme", merge.target))
            is_alone = sources == {source} and brought and brought[0].old is None
            # Who has put the target there by hand since wants it there, whatever becomes of the source.
            is_alone = is_alone and not self._hand_at(coder_id, response, merge.target)
            if is_alone and standing is not None and standing.text == brought[-1].new:
                gone = Change(response, "theme", standing.text, None, merge.target, "merge")
                self._set(coder_id, gone)
                yield gone

    def _codings_of(self, coder_id: str, responses: Iterable[int]) -> RevisedCodings:
        by_aspect: dict[Aspect, dict[tuple[int, str], str]] = {aspect: {} for aspect in _CARRIED}
        pickers: dict[tuple[int, str], WordsBy] = {}
        for response in responses:
            # In one order, whichever came first: so every copy writes the same step.
            for (aspect, theme_id), content in sorted(self._cells[coder_id, response].items()):
                by_aspect[aspect][response, theme_id] = content.text
                if aspect == "theme":
                    pickers[response, theme_id] = content.words_by
        return RevisedCodings(by_aspect["theme"], by_aspect["memo"], by_aspect["recode"], pickers)

    def _note(self, place: ActPlace, version: str, coder_id: str, changes: Sequence[Change]) -> None:
        if not changes:
            return
        for change in changes:
            self._set(coder_id, change)
            if change.aspect == "theme" and change.new is not None:
                self._by_hand[coder_id, change.response, change.theme_id] = None
            self._carried[version, coder_id, change.response].append(change)
            self._people.take(coder_id, change, "revision")
        self._late.append(LateStep(place, version, coder_id, tuple(changes)))


def _puts_on(change: Change, theme_id: str) -> bool:
    return change.aspect == "theme" and change.theme_id == theme_id and change.new is not None


def _takes_off(change: Change, theme_id: str) -> bool:
    return change.aspect == "theme" and change.theme_id == theme_id and change.new is None


def _standing(versions: Sequence[MadeVersion]) -> list[MadeVersion]:
    """Return the versions but for those taken back among them, and those that take these back."""
    standing: dict[str, MadeVersion] = {}
    for version in versions:
        if version.undoes in standing:
            del standing[version.undoes]
        else:
            standing[version.name] = version
    return list(standing.values())
