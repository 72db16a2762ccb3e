"""What becomes of codings that were made for somebody who, elsewhere, had turned out to be another.

They go where the merge of the two says: to the other person or, on answers that the other has decided about,
nowhere, as the other's choice stands there. The steps that do so follow from all acts alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.codings import Aspect, Origin, WordsBy
    from coder.domain.copies.acts import ActPlace
    from coder.domain.copies.logged_steps import LoggedStep

_Key = tuple["Aspect", str]
"""An aspect and a theme."""


class MergedPerson(NamedTuple):
    """That somebody turned out to be another."""

    begins: ActPlace
    source: str
    target: str
    steps: frozenset[str]
    """The names of the steps that made it."""
    ends: ActPlace | None = None
    """Where it was taken back."""


class _Content(NamedTuple):
    """What stands, with what the log tells of it."""

    text: str
    origin: Origin
    words_by: WordsBy


@dataclass(frozen=True, slots=True)
class Moved:
    """What goes from one person to another."""

    source: str
    target: str
    given: list[Change]
    """What is taken off the one."""
    taken: list[Change]
    """What is put on the other."""


class LatePeople:
    """Moves what stands of people who turned out to be others, going through the acts in order.

    Args:
        merges: The merges of people.
    """

    def __init__(self, merges: Iterable[MergedPerson]) -> None:
        self.waiting = sorted(merges, key=lambda merge: merge.begins)
        """Those that have yet to take effect, by place."""
        self.concerned = {person for merge in self.waiting for person in (merge.source, merge.target)}
        self._steps = frozenset[str]().union(*(merge.steps for merge in self.waiting))
        self._into: dict[str, MergedPerson] = {}
        """The merge in effect by who turned out to be another."""
        self._over: set[MergedPerson] = set()
        self._cells: dict[tuple[str, int], dict[_Key, _Content]] = defaultdict(dict)
        self._own: set[tuple[str, int]] = set()
        """Who has decided on which answers themselves, by person and response."""
        self._touched: dict[str, dict[tuple[int, _Key], _Content | None]] = defaultdict(dict)
        """What was changed of a person's, and has yet to go on, with what it came to."""
        self._unlike: dict[str, dict[tuple[int, _Key], _Content | None]] = defaultdict(dict)
        """What a person had made of theirs that a merge, yet to take effect, did not know."""

    def start_at(self, place: ActPlace) -> None:
        """Go on from a place: all that was taken in stands before it, and what was to go on has gone."""
        while self.waiting and self.waiting[0].begins < place:
            merge = self.waiting[0]
            if merge.ends is not None and merge.ends < place:
                self._over.add(merge)
            self._begin_next()
        self._touched.clear()
        self._unlike.clear()

    def begin(self) -> list[Moved]:
        """Have the next merge take effect; return what goes by it."""
        source = self.waiting[0].source
        self._begin_next()
        if source in self._into:
            self._touched[source] = self._unlike.pop(source, {})
            for (person, response), cells in self._cells.items():
                if person == source:
                    self._touched[source] |= {(response, key): content for key, content in cells.items()}
        return self.moved()

    def _begin_next(self) -> None:
        merge = self.waiting.pop(0)
        above = self._into.get(merge.target)
        while above is not None and above.target != merge.source:
            above = self._into.get(above.target)
        # Two people who turned out to be each other, in two copies, are what was said first.
        if above is None and merge not in self._over and merge.source != merge.target:
            self._into[merge.source] = merge

    def take(self, coder_id: str, change: Change, *, is_own: bool) -> None:
        """Take in a change of somebody's: of their own, or by a revision or a merge."""
        if coder_id not in self.concerned:
            return
        cells, key = self._cells[coder_id, change.response], (change.aspect, change.theme_id)
        if change.new is None:
            cells.pop(key, None)
        else:
            cells[key] = _Content(change.new, change.origin, change.words_by)
        if not cells:
            self._own.discard((coder_id, change.response))
        elif is_own:
            self._own.add((coder_id, change.response))
        if coder_id in self._into:
            self._touched[coder_id][change.response, key] = cells.get(key)

    def take_step(self, step: LoggedStep) -> None:
        """Take in a step with a name; one that takes a merge of people back ends it."""
        if step.coder_id not in self.concerned:
            return
        for merge in (*self.waiting, *self._into.values()):
            is_ended = merge.ends is not None and merge.ends <= step.place
            if is_ended or (step.kind == "undo" and step.target in merge.steps):
                self._over.add(merge)
        self._into = {source: merge for source, merge in self._into.items() if merge not in self._over}
        is_of_merge = str(step.place.name) in self._steps or step.target in self._steps
        for change in step.changes:
            key = (change.response, (change.aspect, change.theme_id))
            stood = self._cells[step.coder_id, change.response].get(key[1])
            is_unlike = (stood.text if stood else None) != change.old
            self.take(step.coder_id, change, is_own=not is_of_merge and not step.revision)
            if is_of_merge and change.new is None and is_unlike:
                # The merge did not know what its source had made of it by then: that goes on.
                self._unlike[step.coder_id][key] = stood

    def moved(self) -> list[Moved]:
        """Return what goes on from people who turned out to be others: all that was changed of theirs."""
        result = []
        while sources := [source for source in self._into if self._touched.get(source)]:
            moved = self._move(self._into[sources[0]])
            if moved.given or moved.taken:
                result.append(moved)
        return result

    def _move(self, merge: MergedPerson) -> Moved:
        given: list[Change] = []
        taken: list[Change] = []
        touched = self._touched.pop(merge.source)
        for response, key in sorted(touched):
            content = touched[response, key]
            theirs = self._cells[merge.target, response]
            if (standing := self._cells[merge.source, response].get(key)) is not None:
                given.append(_change(response, key, standing, None))
            if (merge.target, response) not in self._own:
                taken.append(_change(response, key, theirs.get(key), content))
            elif key[0] == "memo" and content is not None:
                taken += _joined(response, key[1], content, theirs)
        taken = [change for change in taken if change.old != change.new]
        for person, changes in ((merge.source, given), (merge.target, taken)):
            for change in changes:
                self.take(person, change, is_own=False)
        self._touched.pop(merge.source, None)
        return Moved(merge.source, merge.target, given, taken)


def _joined(response: int, theme_id: str, content: _Content, theirs: Mapping[_Key, _Content]) -> list[Change]:
    """Return the change by which a memo is kept beside another's."""
    key: _Key = ("memo", theme_id if ("theme", theme_id) in theirs else "")
    stood = theirs.get(key)
    lines = stood.text.split("\n") if stood else []
    if content.text in lines:
        return []
    return [_change(response, key, stood, content._replace(text="\n".join([*lines, content.text])))]


def _change(response: int, key: _Key, old: _Content | None, new: _Content | None) -> Change:
    aspect, theme_id = key
    content = new or old
    return Change(
        response,
        aspect,
        old.text if old else None,
        new.text if new else None,
        theme_id,
        content.origin if content else "hand",
        words_by=new.words_by if new else "",
    )
