"""How a theme was coded before: for comparison while an answer is read."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from coder.store import codings
from coder.store import precedents as stored
from coder.suggest.word_stems import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.responses import Response
    from coder.store.database import Database
    from coder.store.precedents import EarlierAnswer, TimesCoded

ALIKE = 3
"""Answers shown because they are like the one in question."""
LATEST = 3
"""Answers shown because they were coded last."""
PASSED_OVER = 2
SETTLED_BEFORE = 2
"""Answers shown in a blind round because they were settled before it."""
EXAMPLES = 2
"""Examples of the codebook that are shown with them."""
_LOOKED_AT = 100
"""Answers with the theme among which the most alike are looked for where the engine has not named any."""
_LOOKED_AT_PASSED_OVER = 50


class Precedents(NamedTuple):
    """How a coder decided about a theme on other answers to the question.

    Answers of the same words that were decided alike are one, and those decided as the answer in question, if
    it is decided already, are itself.
    """

    response: int
    """The answer they are compared with."""
    theme_id: str
    others: TimesCoded
    """How many others have the theme."""
    alike: tuple[EarlierAnswer, ...]
    """The most alike of these, the most alike first."""
    latest: tuple[EarlierAnswer, ...]
    """The latest coded, as far as they are not among those."""
    passed_over: tuple[EarlierAnswer, ...]
    """Answers where it was among the first suggestions and was not chosen; the most alike first."""
    settled: tuple[EarlierAnswer, ...] = ()
    """In a blind round the most alike of those that the team settled on it before the round began."""
    examples: tuple[str, ...] = ()
    """In a blind round those of the theme in the codebook."""


def precedents(
    database: Database,
    coder_id: str,
    response: Response,
    theme_id: str,
    nearest_ids: Sequence[str] = (),
    examples: Sequence[str] = (),
) -> Precedents:
    """Return how a coder decided about a theme before; meant for a thread, with a connection of its own.

    In a blind round there are worked examples besides: those of the codebook, which stays as it began, and
    what was settled in earlier rounds. They are the same for all of its coders all the time.

    Args:
        database: The study's.
        coder_id: Whose decisions.
        response: The answer in question.
        theme_id: The theme.
        nearest_ids: The ids of answers with it that are most like this one, if the suggestion engine has
            named any; else they are found by the words they share.
        examples: Those of the theme in the codebook.
    """
    rounds = database.sight.rounds
    with closing(stored.connection_beside(database)) as beside:
        others, coded, named, refused = _decisions(beside, coder_id, response, theme_id, nearest_ids)
        alike = _each_text_once(named or _by_words(response.text, coded))[:ALIKE]
        in_alike = {_as_one(earlier) for earlier in alike}
        latest = [earlier for earlier in _each_text_once(coded) if _as_one(earlier) not in in_alike][:LATEST]
        closest = _each_text_once([*_by_words(response.text, refused), *refused])[:PASSED_OVER]
        settled = stored.settled_with(beside, response.question_id, theme_id, rounds, _LOOKED_AT)
        shown = (
            stored.with_times(beside, coder_id, theme_id, alike, coded=True),
            stored.with_times(beside, coder_id, theme_id, latest, coded=True),
            stored.with_times(beside, coder_id, theme_id, closest, coded=False),
        )
    at_least = max(others.times, len(alike) + len(latest))
    return Precedents(
        response.number,
        theme_id,
        others._replace(times=at_least),
        *shown,
        tuple(_each_text_once([*_by_words(response.text, settled), *settled])[:SETTLED_BEFORE]),
        tuple(examples[:EXAMPLES]) if rounds else (),
    )


class _Decisions(NamedTuple):
    """What a coder decided about a theme on other answers than the one in question."""

    others: TimesCoded
    coded: list[EarlierAnswer]
    """Answers with it, the latest coded first."""
    named: list[EarlierAnswer]
    """Those of them that the engine has named, the most alike first."""
    refused: list[EarlierAnswer]
    """Answers where it was suggested and not chosen."""


def _decisions(
    beside: Database, coder_id: str, response: Response, theme_id: str, nearest_ids: Sequence[str]
) -> _Decisions:
    of_theme = (beside, coder_id, response.question_id, theme_id)
    has_theme, is_refused = _decided(beside, coder_id, response.number, theme_id)
    words = stored.words_of(beside, response.number)
    own_words = words if has_theme else None
    named = stored.answers_with(*of_theme, stored.numbers_of(beside, nearest_ids))
    refused = stored.passed_over(*of_theme, _LOOKED_AT_PASSED_OVER)
    return _Decisions(
        stored.times_coded(*of_theme, but=response.number, but_words=own_words),
        _others(stored.coded_with(*of_theme, _LOOKED_AT + 1), response.number, own_words),
        _others(named, response.number, own_words),
        _others(refused, response.number, words if is_refused else None),
    )


def _decided(database: Database, coder_id: str, response: int, theme_id: str) -> tuple[bool, bool]:
    """Tell whether an answer has a theme, and whether it was confirmed without it."""
    value_of = partial(codings.current_value, database, coder_id, response)
    has_theme = value_of("theme", theme_id) is not None
    return has_theme, not has_theme and value_of("done", "") is not None


def _others(answers: Sequence[EarlierAnswer], response: int, own_words: int | None) -> list[EarlierAnswer]:
    """Return answers without the one in question, and without those of its words where they are itself."""
    return [
        earlier
        for earlier in answers
        if earlier.number != response and (own_words is None or earlier.same_words != own_words)
    ]


def _by_words(text: str, answers: Sequence[EarlierAnswer]) -> list[EarlierAnswer]:
    """Return those of some answers that share telling words with a text, the most alike first."""
    words = _telling_words(text)
    likeness = {}
    for earlier in answers:
        others = _telling_words(earlier.text)
        likeness[earlier.number] = len(words & others) / max(1, len(words | others))
    alike = [earlier for earlier in answers if likeness[earlier.number]]
    return sorted(alike, key=lambda earlier: -likeness[earlier.number])


def _telling_words(text: str) -> set[str]:
    return {word for word, _ in stems(text)}


def _each_text_once(answers: Sequence[EarlierAnswer]) -> list[EarlierAnswer]:
    """Return answers without those that say the same in the same words as one before."""
    once: dict[tuple[bool, int], EarlierAnswer] = {}
    for earlier in answers:
        once.setdefault(_as_one(earlier), earlier)
    return list(once.values())


def _as_one(earlier: EarlierAnswer) -> tuple[bool, int]:
    """Return what answers that say the same share, and no others."""
    is_alone = earlier.same_words is None
    return is_alone, earlier.number if earlier.same_words is None else earlier.same_words
