"""Answers of the same words that their coder has coded in different ways: for the second look."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.second_look import Doubted
from coder.store import codings
from coder.workflows.coding.standings import standings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.second_look import DoubtKind
    from coder.domain.standing import Standing
    from coder.store.database import Database


def differing_codings(database: Database, coder_id: str, question_id: str) -> list[Doubted]:
    """Return the codings of a question that differ from those of more answers of the same words.

    Of answers that are coded alike, one stands for all: what is decided about it goes to the others. The most
    lopsided come first.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for number, (same_words, done) in codings.repeated(database, coder_id, question_id).items():
        if done:
            groups[same_words].append(number)
    members = [number for group in groups.values() if len(group) > 1 for number in group]
    standings = standings_of(database, coder_id, members)
    doubts = [
        doubt
        for group in groups.values()
        if len(group) > 1
        for doubt in _differences([standings[number] for number in group])
    ]
    return sorted(doubts, key=lambda doubt: -doubt.strength)


def joined(different: Sequence[Doubted], doubted: Iterable[Doubted]) -> list[Doubted]:
    """Return the differences between equal answers, then the other doubts, each response and theme once."""
    of_equal = {(doubt.response, doubt.theme_id) for doubt in different}
    return [*different, *(doubt for doubt in doubted if (doubt.response, doubt.theme_id) not in of_equal)]


def _differences(group: Sequence[Standing]) -> Iterator[Doubted]:
    ways: dict[object, list[Standing]] = defaultdict(list)
    for standing in group:
        ways[standing.coded_as].append(standing)
    if len(ways) == 1:
        return
    for theme_id in dict.fromkeys(theme_id for standing in group for theme_id in standing.spans):
        having = sum(theme_id in standing.spans for standing in group)
        kind: DoubtKind = "wrong" if 2 * having < len(group) else "missing"
        fewer = having if kind == "wrong" else len(group) - having
        for alike in ways.values():
            is_of_fewer = (theme_id in alike[0].spans) == (kind == "wrong")
            settled = any(standing.settled_doubts.get(theme_id) == kind for standing in alike)
            if fewer and is_of_fewer and not settled:
                strength, share = 1 - fewer / len(group), having / len(group)
                yield Doubted(alike[0].response, theme_id, kind, strength, share, len(group))
