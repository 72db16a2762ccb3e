"""How a theme was coded before: for comparison while an answer is read."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from coder.store import precedents as stored
from coder.suggest.word_stems import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.responses import Response
    from coder.store.database import Database
    from coder.store.precedents import EarlierAnswer

ALIKE = 3
"""Answers shown because they are like the one in question."""
LATEST = 3
"""Answers shown because they were coded last."""
PASSED_OVER = 2
_LOOKED_AT = 100
"""Answers with the theme among which the most alike are looked for where the engine has not named any."""
_LOOKED_AT_PASSED_OVER = 50


class Precedents(NamedTuple):
    """How a coder decided about a theme on other answers to the question."""

    response: int
    """The answer they are compared with."""
    theme_id: str
    others: int
    """How many others have the theme, as `times_coded` counts."""
    alike: tuple[EarlierAnswer, ...]
    """The most alike of these, the most alike first."""
    latest: tuple[EarlierAnswer, ...]
    """The latest coded, as far as they are not among those."""
    passed_over: tuple[EarlierAnswer, ...]
    """Answers where it was among the first suggestions and was not chosen; the most alike first."""


def precedents(
    database: Database, coder_id: str, response: Response, theme_id: str, nearest_ids: Sequence[str] = ()
) -> Precedents:
    """Return how a coder decided about a theme before; meant for a thread, with a connection of its own.

    Args:
        database: The study's.
        coder_id: Whose decisions.
        response: The answer in question.
        theme_id: The theme.
        nearest_ids: The ids of answers with it that are most like this one, if the suggestion engine has
            named any; else they are found by the words they share.
    """
    with closing(stored.connection_beside(database)) as beside:
        of_theme = (beside, coder_id, response.question_id, theme_id)
        coded = [
            earlier
            for earlier in stored.coded_with(*of_theme, _LOOKED_AT + 1)
            if earlier.number != response.number
        ]
        others = stored.times_coded(*of_theme, but=response.number)
        refused = stored.passed_over(*of_theme, _LOOKED_AT_PASSED_OVER)
        named = stored.answers_with(*of_theme, stored.numbers_of(beside, nearest_ids))
    alike = _each_text_once(named or _by_words(response.text, coded))[:ALIKE]
    in_alike = {earlier.number for earlier in alike}
    latest = [earlier for earlier in _each_text_once(coded) if earlier.number not in in_alike][:LATEST]
    refused = [earlier for earlier in refused if earlier.number != response.number]
    closest = _each_text_once([*_by_words(response.text, refused), *refused])[:PASSED_OVER]
    return Precedents(response.number, theme_id, others, tuple(alike), tuple(latest), tuple(closest))


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
    by_words = {
        (
            earlier.number if earlier.same_words is None else earlier.same_words,
            earlier.same_words is None,
        ): earlier
        for earlier in reversed(answers)
    }
    return list(reversed(by_words.values()))
