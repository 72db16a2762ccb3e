"""What becomes of codings that were made for somebody who, elsewhere, had turned out to be another.

They go where the merge of the two says: to the other person or, on answers that the other has decided about,
nowhere, as the other's choice stands there. So it is too where the other decided without knowing of the
merge, and where several copies made somebody one with others, or with the same one. The steps that do so
follow from all acts alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.domain.codings import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coder.domain.codings import Aspect, Origin, WordsBy
    from coder.domain.copies.acts import ActPlace
    from coder.domain.copies.logged_steps import LoggedStep

_Key = tuple["Aspect", str]
"""An aspect and a theme."""
_Hand = Literal["own", "merge", "revision"]
"""By what something of a person's was changed: by themselves, a merge of people, or a revision."""


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
    """What goes from one person to another; to themselves where they keep what they had decided."""

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
        self._given: dict[tuple[str, int], set[_Key]] = defaultdict(set)
        """What stands of a person's that a merge alone has made theirs."""
        self._in_line: list[Moved] = []
        """What has yet to be told of people whom a merge gave something where they had decided otherwise."""
        self._touched: dict[str, dict[tuple[int, _Key], _Content | None]] = defaultdict(dict)
        """What was changed of a person's, and has yet to go on, with what it came to."""
        self._unlike: dict[str, dict[tuple[int, _Key], _Content | None]] = defaultdict(dict)
        """What a person had made of theirs that a merge, yet to take effect, did not know."""

    def start_at(self, place: ActPlace) -> None:
        """Go on from a place: all that was taken in stands before it, and what was to go on has gone."""
        self.begin_before(place)
        self._touched.clear()
        self._in_line.clear()

    def begin_before(self, place: ActPlace) -> None:
        """Have the merges before a place take effect, of which all that went by them has gone."""
        while self.waiting and self.waiting[0].begins < place:
            merge = self.waiting[0]
            if merge.ends is not None and merge.ends < place:
                self._over.add(merge)
            self._begin_next()
            self._unlike.pop(merge.source, None)

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

    def take(self, coder_id: str, change: Change, by: _Hand) -> None:
        """Take in a change of somebody's."""
        if coder_id not in self.concerned:
            return
        cells, key = self._cells[coder_id, change.response], (change.aspect, change.theme_id)
        if change.new is None:
            cells.pop(key, None)
        else:
            cells[key] = _Content(change.new, change.origin, change.words_by)
        answer, given = (coder_id, change.response), self._given[coder_id, change.response]
        if by == "merge" and change.new is not None:
            given.add(key)
        elif by == "own" or change.new is None:
            given.discard(key)
        if all(aspect == "memo" for aspect, _ in cells):
            self._own.discard(answer)
        elif by == "own" and change.aspect != "memo":
            self._own.add(answer)
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
        if str(step.place.name) in self._steps or step.target in self._steps:
            self._take_merge(step)
            return
        by: _Hand = "revision" if step.revision else "own"
        for change in step.changes:
            answer, key = (step.coder_id, change.response), (change.aspect, change.theme_id)
            given, stood = self._given[answer], self._cells[answer].get(key)
            # Who puts on what a merge has given them did not know of it.
            is_unaware = by == "own" and change.old is None and change.new is not None and key in given
            self.take(step.coder_id, change, by)
            if is_unaware:
                self._bring_in_line(step.coder_id, list(self._met(answer, key, stood)))

    def _met(self, answer: tuple[str, int], key: _Key, stood: _Content | None) -> Iterator[Change]:
        """Yield what follows where somebody put on what a merge had given them, without knowing of it."""
        cells = self._cells[answer]
        if key[0] == "memo" and stood is not None:
            joined = _with_lines(cells[key], stood)
            if joined != cells[key]:
                yield _change(answer[1], key, cells[key], joined)
        elif key[0] != "memo":
            # They have decided: what stands besides, they did not choose.
            for given in sorted(self._given[answer]):
                if given[0] != "memo":
                    yield _change(answer[1], given, cells[given], None)

    def _take_merge(self, step: LoggedStep) -> None:
        """Take in a step of a merge, or one that takes it back."""
        coder_id, in_line = step.coder_id, []
        for change in step.changes:
            key = (change.aspect, change.theme_id)
            stood = self._cells[coder_id, change.response].get(key)
            has_decided = (coder_id, change.response) in self._own
            if change.new is None:
                reached = self._reached(coder_id, change.response, key)
                if step.kind == "do" and (reached.text if reached else None) != change.old:
                    # The merge did not know what its source had made of it by then: that goes on.
                    self._unlike[coder_id][change.response, key] = reached
            self.take(coder_id, change, "merge")
            if change.new is None or step.kind != "do":
                continue
            # The merge did not know that its target had decided: that stands, with memos of both.
            new = self._cells[coder_id, change.response][key]
            kept = stood if has_decided else new
            if change.aspect == "memo":
                is_known = (stood.text if stood else None) == change.old
                kept = new if is_known else _with_lines(stood, new)
            if kept != new:
                in_line.append(_change(change.response, key, new, kept))
        self._bring_in_line(coder_id, in_line)

    def _reached(self, coder_id: str, response: int, key: _Key) -> _Content | None:
        """Return what stands of somebody's; of what an earlier merge made another's, what stands there."""
        while coder_id in self._into:
            coder_id = self._into[coder_id].target
        return self._cells[coder_id, response].get(key)

    def _bring_in_line(self, person_id: str, changes: list[Change]) -> None:
        """Have somebody keep what they decided themselves, where a merge had given them other things."""
        for change in changes:
            self.take(person_id, change, "own" if change.new is not None else "merge")
        if changes:
            self._in_line.append(Moved(person_id, person_id, [], changes))

    def moved(self) -> list[Moved]:
        """Return what goes on from people who turned out to be others: all that was changed of theirs.

        What brings others in line with what they decided themselves comes first.
        """
        result, self._in_line = self._in_line, []
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
            is_given = key not in theirs or key in self._given[merge.target, response]
            if (merge.target, response) not in self._own and (key[0] != "memo" or is_given):
                taken.append(_change(response, key, theirs.get(key), content))
            elif key[0] == "memo" and content is not None:
                taken += _joined(response, key[1], content, theirs)
        taken = [change for change in taken if change.old != change.new]
        for person, changes in ((merge.source, given), (merge.target, taken)):
            for change in changes:
                self.take(person, change, "merge")
        self._touched.pop(merge.source, None)
        return Moved(merge.source, merge.target, given, taken)


def _joined(response: int, theme_id: str, content: _Content, theirs: Mapping[_Key, _Content]) -> list[Change]:
    """Return the change by which a memo is kept beside another's."""
    key: _Key = ("memo", theme_id if ("theme", theme_id) in theirs else "")
    stood = theirs.get(key)
    joined = _with_lines(stood, content)
    return [] if joined == stood else [_change(response, key, stood, joined)]


def _with_lines(stood: _Content | None, content: _Content) -> _Content:
    """Return a memo with the lines of another that it lacks."""
    if stood is None:
        return content
    lines = stood.text.split("\n")
    further = [line for line in content.text.split("\n") if line not in lines]
    return stood._replace(text="\n".join([*lines, *further]))


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
