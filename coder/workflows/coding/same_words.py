"""Answers of the same words: to which of them a decision about one goes as well."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coder.domain.codings import NO_WORDS, PickedWords
from coder.domain.texts.equal_words import spans_in
from coder.store import surveys
from coder.store.equal_answers.standing_alike import standing_alike
from coder.workflows.coding.standings import standing_on, standings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

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


class Followers(NamedTuple):
    """Answers that are decided on with another, and on which the same stands to the last."""

    standing: Standing
    """What stands on the first of them."""
    responses: tuple[int, ...]


class EqualGroup(NamedTuple):
    """An answer that is decided on, and the others to its question that say the same in the same words."""

    leader: Standing
    """What stands on the answer that is decided on."""
    followers: tuple[Followers, ...] = ()
    """Those of the coder's list that are coded as it is: they are decided alike."""
    apart: tuple[int, ...] = ()
    """Those that are coded otherwise: they are left as they are."""
    unlisted: tuple[int, ...] = ()
    """Those that the coder's list leaves out: they are left as they are."""


def groups_of(
    database: Database,
    coder_id: str,
    responses: Iterable[int],
    listed: Numbers = ALONE,
    *,
    each_text: bool = False,
) -> list[EqualGroup]:
    """Return some answers, each with those that it decides for: that are coded as it is, in the coder's list.

    Args:
        database: The study's.
        coder_id: Who decides.
        responses: The answers that are decided on; none of them follows another.
        listed: The answers of the coder's list.
        each_text: Whether followers are told apart by their texts as well: see `words_anew`.
    """
    leaders = list(dict.fromkeys(responses))
    standings = standings_of(database, coder_id, leaders)
    if listed is ALONE:
        return [EqualGroup(standing) for standing in standings.values()]
    followed: dict[int, _Following] = {leader: _Following([], [], []) for leader in leaders}
    # Of answers of the same words that are decided on at once, each is followed by those coded as it is.
    heads: dict[tuple[str, int], dict[Hashable, int]] = defaultdict(dict)
    for leader, words in sorted(surveys.groups_by_words(database, leaders).items()):
        heads[words].setdefault(standings[leader].coded_as, leader)
    for answers in standing_alike(database, coder_id, leaders, each_text=each_text):
        others = [number for number in answers.numbers if number not in followed]
        if not others:
            continue
        standing = replace(standing_on(answers), response=others[0])
        by_coding = heads[answers.question_id, answers.same_words]
        head = by_coding.get(standing.coded_as)
        if head is None:
            followed[next(iter(by_coding.values()))].apart.extend(others)
        else:
            followed[head].take(standing, others, listed)
    return [
        EqualGroup(
            standings[leader],
            tuple(following.followers),
            tuple(sorted(following.apart)),
            tuple(sorted(following.unlisted)),
        )
        for leader, following in followed.items()
    ]


class _Following(NamedTuple):
    """What is gathered of a group."""

    followers: list[Followers]
    apart: list[int]
    unlisted: list[int]

    def take(self, standing: Standing, numbers: Sequence[int], listed: Numbers) -> None:
        """Take answers on which the same stands as followers, those that are listed."""
        reached = [number for number in numbers if number in listed]
        if reached:
            self.followers.append(Followers(replace(standing, response=reached[0]), tuple(reached)))
        if len(reached) < len(numbers):
            among = set(reached)
            self.unlisted.extend(number for number in numbers if number not in among)


def words_anew(database: Database, group: EqualGroup, words: PickedWords) -> Callable[[int], PickedWords]:
    """Return what tells for answers of a group where the words of the leader stand in them.

    They are found in each text by its own words: places of one text say nothing of another. It is asked for
    the leader and for the first of those followers on whom the same stands, who are to have one text then.
    """
    if not words.spans or not group.followers:
        return lambda number: words if number == group.leader.response else NO_WORDS
    firsts = [followers.standing.response for followers in group.followers]
    texts = surveys.texts_of(database, (group.leader.response, *firsts))
    text = texts[group.leader.response]
    by_text = {text: words}
    for other in texts.values():
        if other not in by_text:
            spans = spans_in(other, text, words.spans)
            by_text[other] = PickedWords(spans, words.by) if spans else NO_WORDS
    return lambda number: by_text[texts[number]]
