"""What becomes of codings that were made without knowing a revision of the codebook.

Of a merge they are carried to the target; of a split or a new meaning they are put before their coder. The
steps that do so follow from all acts alone, each at the place where both coding and revision stand before it.
So do those by which an answer opens again that was settled differently (`late_settlings`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.codings import Change
from coder.domain.copies.late_settlings import LateSettlings
from coder.domain.copies.logged_steps import CellContent, LateStep
from coder.domain.revising.carrying import RevisedCodings
from coder.domain.revising.revisions import Carried, Merge, Split
from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coder.domain.codings import Aspect, WordsBy
    from coder.domain.copies.acts import ActPlace
    from coder.domain.copies.late_settlings import SettledBefore
    from coder.domain.copies.logged_steps import CodingCell, LoggedStep
    from coder.domain.copies.version_graph import MadeVersion, VersionGraph

_CARRIED: tuple[Aspect, ...] = ("theme", "memo", "recode")


def revision_of(version: MadeVersion, graph: VersionGraph) -> Carried:
    """Return what a version does to codings; one that takes another back undoes what that did."""
    undone = graph.by_name(version.undoes) if version.undoes else None
    if undone is None:
        return version.carried
    again = graph.by_name(undone.undoes) if undone.undoes else None
    if again is not None:
        return again.carried
    new = {theme.id for theme in undone.codebook}
    if undone.parent:
        new -= {theme.id for theme in graph.codebook_of(undone.parent)}
    merges = [
        Merge(tuple(part for part in split.parts if part in new), split.source)
        for split in undone.carried.splits
    ]
    splits = [Split(merge.target, merge.sources) for merge in undone.carried.merges if merge.target in new]
    return Carried(tuple(merge for merge in merges if merge.sources), tuple(splits))


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
    """

    def __init__(
        self,
        graph: VersionGraph,
        standing: Mapping[CodingCell, CellContent],
        carried_before: Mapping[tuple[str, str, int], Sequence[Change]],
        late_before: Sequence[LateStep] = (),
        by_hand: Callable[[str, int, str], bool | None] = lambda *_: None,
        settled: SettledBefore | None = None,
    ) -> None:
        self._graph = graph
        self._cells: dict[tuple[str, int], dict[tuple[Aspect, str], CellContent]] = defaultdict(dict)
        for (response, coder_id, aspect, theme_id), content in standing.items():
            self._cells[coder_id, response][aspect, theme_id] = content
        self._carried: dict[tuple[str, str, int], list[Change]] = defaultdict(list)
        for key, changes in carried_before.items():
            self._carried[key] = list(changes)
        self._late: list[LateStep] = []
        self._late_before = late_before
        self._by_hand_before = by_hand
        self._by_hand: dict[tuple[str, int, str], bool | None] = {}
        self._unaware: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        """For each version the codings that it carried away although their coder had taken them off."""
        self._settlings = LateSettlings(settled)

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
        waiting = [version for version in in_order if ends[version.name] >= first]
        in_effect = [version for version in in_order if ends[version.name] < first]
        for step in logged:
            while waiting and ends[waiting[0].name] < step.place:
                self._take_effect(waiting[0], ends[waiting[0].name])
                in_effect.append(waiting.pop(0))
            settled = self._settled_by(step)
            self._make(step)
            self._carry_late(step, in_effect)
            self._bring_in_line(step, settled)
        for version in waiting:
            self._take_effect(version, ends[version.name])
        return self._late

    def _make(self, step: LoggedStep) -> None:
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
            late = LateStep(step.place, step.knows, step.coder_id, tuple(changes), follows_decisions=True)
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

    def _late_changes_of(self, version: str, coder_id: str, response: int) -> list[Change]:
        return [
            change
            for step in (*self._late_before, *self._late)
            if (step.version, step.coder_id) == (version, coder_id) and not step.follows_decisions
            for change in step.changes
            if change.response == response
        ]

    def _carry_late(self, step: LoggedStep, in_effect: Sequence[MadeVersion]) -> None:
        unknown = [version for version in in_effect if not self._graph.knows(step.knows, version.name)]
        for version in _standing(unknown):
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
        self._late.append(LateStep(place, version, coder_id, tuple(changes)))


def _standing(versions: Sequence[MadeVersion]) -> list[MadeVersion]:
    """Return the versions but for those taken back among them, and those that take these back."""
    standing: dict[str, MadeVersion] = {}
    for version in versions:
        if version.undoes in standing:
            del standing[version.undoes]
        else:
            standing[version.name] = version
    return list(standing.values())
