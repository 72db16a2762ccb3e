"""What several coders chose on the answers that they all read, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from coder.agreement.coefficients import Integers

    Booleans = NDArray[np.bool_]


class CoderReading(NamedTuple):
    """What one coder chose on one answer that they have read."""

    answer: int
    respondent: int
    """Who gave the answer."""
    coder_id: str
    theme_ids: frozenset[str]
    """Empty: they read it and found none in it."""
    offered: frozenset[str]
    """The themes that they could have chosen when they read it."""


@dataclass(frozen=True, slots=True)
class SharedAnswers:
    """Answers that two coders or more have read, with what each of them chose.

    A decision is one theme on one answer by one coder. A net is none: what lies under it was decided. Only
    where somebody chose a net by itself, without a theme under it, is that a decision as well.
    """

    coder_ids: tuple[str, ...]
    """K of them, in alphabetical order."""
    theme_ids: tuple[str, ...]
    """T themes that were offered to two readers of an answer, in the codebook's order."""
    answers: Integers
    """(U,) the answers, by number."""
    respondents: Integers
    """(U,) who gave each of them."""
    chosen: Booleans
    """(K, U, T) whether a coder chose a theme on an answer."""
    offered: Booleans
    """(K, U, T) whether it was offered to a coder who read the answer."""

    @property
    def read(self) -> Booleans:
        """Return (K, U) whether a coder has read an answer."""
        import numpy as np

        read: Booleans = np.any(self.offered, axis=2)
        return read

    @property
    def choosers(self) -> Integers:
        """Return (U, T) how many chose a theme on an answer, of those it was offered to."""
        choosers: Integers = (self.chosen & self.offered).sum(axis=0)
        return choosers

    @property
    def readers(self) -> Integers:
        """Return (U, T) to how many of an answer's readers a theme was offered; 0 if not to two."""
        import numpy as np

        readers = self.offered.sum(axis=0)
        return np.where(readers > 1, readers, 0)

    @property
    def shared(self) -> Booleans:
        """Return (U, T) whether a theme was offered to every reader of an answer."""
        shared: Booleans = self.offered.sum(axis=0) == self.read.sum(axis=0)[:, None]
        return shared

    def only(self, coder_ids: Sequence[str]) -> SharedAnswers:
        """Return the comparison of some of the coders, on the answers that two or more of them read."""
        kept = [number for number, coder_id in enumerate(self.coder_ids) if coder_id in coder_ids]
        twice = self.read[kept].sum(axis=0) > 1
        coders = tuple(self.coder_ids[number] for number in kept)
        among = replace(self, coder_ids=coders, chosen=self.chosen[kept], offered=self.offered[kept])
        return among.of_answers(self.answers[twice].tolist())

    def of_answers(self, answers: Sequence[int]) -> SharedAnswers:
        """Return the comparison of some of the answers."""
        import numpy as np

        which = np.isin(self.answers, answers)
        return replace(
            self,
            answers=self.answers[which],
            respondents=self.respondents[which],
            chosen=self.chosen[:, which],
            offered=self.offered[:, which],
        )

    def as_nets(self, members: Mapping[str, Collection[str]]) -> SharedAnswers:
        """Return the comparison of nets: a coder chose one who chose any theme of it.

        Of a net only those themes are regarded that every reader of an answer could choose.

        Args:
            members: Net to the themes that it holds, itself included where it can be chosen.
        """
        import numpy as np

        numbers = {theme_id: number for number, theme_id in enumerate(self.theme_ids)}
        columns = {
            net: [numbers[theme_id] for theme_id in theme_ids if theme_id in numbers]
            for net, theme_ids in members.items()
        }
        columns = {net: held for net, held in columns.items() if held}
        size = (len(self.coder_ids), len(self.respondents), len(columns))
        chosen, offered = np.zeros(size, bool), np.zeros(size, bool)
        shared = self.shared
        for place, held in enumerate(columns.values()):
            offered[:, :, place] = shared[:, held].any(axis=1) & self.read
            chosen[:, :, place] = (self.chosen[:, :, held] & shared[:, held]).any(axis=2)
        return replace(self, theme_ids=tuple(columns), chosen=chosen, offered=offered)


def compared(
    readings: Iterable[CoderReading], members: Mapping[str, Collection[str]], order: Iterable[str] = ()
) -> SharedAnswers:
    """Return the answers that two coders or more have read, side by side.

    The order of the readings is nothing: coders stand in alphabetical order, answers by number.

    Args:
        readings: What each coder chose on each answer that they read; one for each coder and answer.
        members: Net to the themes under it, all the way down.
        order: The codebook's themes; those it lacks follow.
    """
    by_answer: dict[int, dict[str, CoderReading]] = defaultdict(dict)
    for reading in readings:
        by_answer[reading.answer][reading.coder_id] = _without_needless_nets(reading, members)
    twice = [by_answer[answer] for answer in sorted(by_answer) if len(by_answer[answer]) > 1]
    return _side_by_side(twice, _decided(twice, members, order))


def _without_needless_nets(reading: CoderReading, members: Mapping[str, Collection[str]]) -> CoderReading:
    """Return a reading without nets that stand beside a theme of theirs, which says as much."""
    needless = {
        net for net in reading.theme_ids & members.keys() if not reading.theme_ids.isdisjoint(members[net])
    }
    return reading._replace(theme_ids=reading.theme_ids - needless) if needless else reading


def _decided(
    by_answer: Sequence[Mapping[str, CoderReading]],
    members: Mapping[str, Collection[str]],
    order: Iterable[str],
) -> list[str]:
    """Return the themes that were decided on: offered to two readers of an answer, nets only if chosen."""
    combinations = {tuple(reading.offered for reading in readings.values()) for readings in by_answer}
    twice: set[str] = set()
    for combination in combinations:
        once: set[str] = set()
        for offered in combination:
            twice |= once & offered
            once |= offered
    chosen = {
        theme_id for readings in by_answer for reading in readings.values() for theme_id in reading.theme_ids
    }
    decided = {theme_id for theme_id in twice if theme_id not in members or theme_id in chosen}
    listed = [theme_id for theme_id in dict.fromkeys(order) if theme_id in decided]
    return [*listed, *sorted(decided.difference(listed))]


def _side_by_side(by_answer: Sequence[Mapping[str, CoderReading]], theme_ids: Sequence[str]) -> SharedAnswers:
    import numpy as np

    coder_ids = sorted({coder_id for readings in by_answer for coder_id in readings})
    places = {coder_id: place for place, coder_id in enumerate(coder_ids)}
    numbers = {theme_id: number for number, theme_id in enumerate(theme_ids)}
    size = (len(coder_ids), len(by_answer), len(theme_ids))
    chosen, offered = np.zeros(size, bool), np.zeros(size, bool)
    answers, respondents = np.zeros(len(by_answer), np.int64), np.zeros(len(by_answer), np.int64)
    masks: dict[frozenset[str], Booleans] = {}
    for row, readings in enumerate(by_answer):
        for coder_id, reading in readings.items():
            place = places[coder_id]
            answers[row], respondents[row] = reading.answer, reading.respondent
            if reading.offered not in masks:
                masks[reading.offered] = np.array(
                    [theme_id in reading.offered for theme_id in theme_ids], bool
                )
            offered[place, row] = masks[reading.offered]
            chosen[place, row, [numbers[t] for t in reading.theme_ids if t in numbers]] = True
    return SharedAnswers(tuple(coder_ids), tuple(theme_ids), answers, respondents, chosen & offered, offered)
