"""Answers of the same words: to which of them a decision about one goes as well."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coder.domain.texts.equal_words import spans_in
from coder.store import surveys
from coder.workflows.coding.standings import standings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coder.domain.codings import Span
    from coder.domain.standing import Standing
    from coder.store.database import Database


class Numbers(Protocol):
    """Numbers of responses, of which it can be told whether one is among them."""

    def __contains__(self, number: object, /) -> bool:
        """Tell whether a number is among them."""


class _Everything:
    """All numbers."""

    def __contains__(self, number: object, /) -> bool:
        """Say yes."""
        return True


ALONE: Numbers = frozenset()
"""A decision is about one answer alone."""
ALL: Numbers = _Everything()
"""It goes to every answer of the same words."""


class EqualGroup(NamedTuple):
    """An answer that is decided on, and the others to its question that say the same in the same words."""

    leader: Standing
    """What stands on the answer that is decided on."""
    followers: tuple[Standing, ...] = ()
    """Those of the coder's list that are coded as it is: they are decided alike."""
    apart: tuple[int, ...] = ()
    """Those that are coded otherwise: they are left as they are."""
    unlisted: tuple[int, ...] = ()
    """Those that the coder's list leaves out: they are left as they are."""


def groups_of(
    database: Database, coder_id: str, responses: Iterable[int], listed: Numbers = ALONE
) -> list[EqualGroup]:
    """Return some answers, each with those that it decides for: that are coded as it is, in the coder's list.

    Args:
        database: The study's.
        coder_id: Who decides.
        responses: The answers that are decided on; none of them follows another.
        listed: The answers of the coder's list.
    """
    leaders = list(dict.fromkeys(responses))
    if listed is ALONE:
        return [EqualGroup(standing) for standing in standings_of(database, coder_id, leaders).values()]
    members = surveys.of_the_same_words(database, leaders)
    numbers = dict.fromkeys((*leaders, *chain.from_iterable(_each_once(members.values()))))
    standings = standings_of(database, coder_id, numbers)
    followed: dict[int, _Following] = {leader: _Following([], [], []) for leader in leaders}
    for of_the_same_words in _each_once(members.values()):
        heads = [number for number in of_the_same_words if number in followed]
        by_coding = {standings[head].coded_as: head for head in reversed(heads)}
        for number in (number for number in of_the_same_words if number not in followed):
            standing = standings[number]
            head = by_coding.get(standing.coded_as)
            if head is None:
                followed[heads[0]].apart.append(number)
            elif number in listed:
                followed[head].followers.append(standing)
            else:
                followed[head].unlisted.append(number)
    return [
        EqualGroup(standings[leader], tuple(followers), tuple(apart), tuple(unlisted))
        for leader, (followers, apart, unlisted) in followed.items()
    ]


class _Following(NamedTuple):
    """What is gathered of a group."""

    followers: list[Standing]
    apart: list[int]
    unlisted: list[int]


def _each_once(lists: Iterable[list[int]]) -> Iterable[list[int]]:
    return {id(numbers): numbers for numbers in lists}.values()


def words_anew(
    database: Database, group: EqualGroup, spans: Sequence[Span]
) -> Callable[[int], tuple[Span, ...]]:
    """Return what tells for each answer of a group where the words stand that spans of the leader hold.

    They are found in each text by its own words: places of one text say nothing of another.
    """
    if not spans or not group.followers:
        return lambda number: tuple(spans) if number == group.leader.response else ()
    numbers = (group.leader.response, *(follower.response for follower in group.followers))
    texts = surveys.texts_of(database, numbers)
    text = texts[group.leader.response]
    by_text = {text: tuple(spans)}
    for other in texts.values():
        if other not in by_text:
            by_text[other] = spans_in(other, text, spans)
    return lambda number: by_text[texts[number]]
