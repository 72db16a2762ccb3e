"""Which texts are no answers by the study's list, as the database has it; what a change of the list does."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import agreeing, counted, listed
from coder.domain.nonresponse import NonResponses
from coder.store import bases, codings, surveys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.study_settings import Settings
    from coder.store.database import Database

_CLASSIFIED_BY = "non_responses"
"""The setting that holds the list by which the database tells answers from non-responses."""


class NonResponseEffect(NamedTuple):
    """What a list of non-responses changes: texts that were answers are none, or the other way round."""

    answers: Mapping[str, Sequence[int]]
    """Question to the numbers of its responses that change."""
    coded: int
    """How many of these somebody has coded: they are answers all the same."""
    bases: Mapping[str, tuple[int, int]]
    """Each of these questions to the respondents who answered it, so far and from then on."""

    @property
    def total(self) -> int:
        """How many responses change, in all questions."""
        return sum(map(len, self.answers.values()))


def effect_of(database: Database, settings: Settings) -> NonResponseEffect:
    """Work out what it would do to tell answers from non-responses by these settings."""
    answers: dict[str, list[int]] = {}
    for number, question_id in surveys.misjudged_answers(database, NonResponses(settings.non_responses)):
        answers.setdefault(question_id, []).append(number)
    numbers = [*chain.from_iterable(answers.values())]
    return NonResponseEffect(
        answers, codings.coded_among(database, numbers), bases.answered_if_changed(database, numbers)
    )


def effect_lines(effect: NonResponseEffect, respondents: str) -> list[str]:
    """Return what a change of the list does, a sentence each.

    Args:
        effect: It.
        respondents: What the study calls those who answered.
    """
    lines = [_answers_line(effect)]
    if effect.coded:
        verb = agreeing(effect.coded, "is", "are")
        lines.append(f"{effect.coded:,} of them {verb} coded, and counted all the same.")
    lines += [
        f"{question_id}: {so_far:,} → {from_then:,} {respondents} answered it."
        for question_id, (so_far, from_then) in effect.bases.items()
    ]
    return lines


def _answers_line(effect: NonResponseEffect) -> str:
    """Return `12 answers: 7 to Q15 and 5 to Q16.`."""
    total = counted(effect.total, "answer")
    if len(effect.answers) == 1:
        return f"{total} to {next(iter(effect.answers))}."
    by_question = listed(
        [f"{len(numbers):,} to {question_id}" for question_id, numbers in effect.answers.items()]
    )
    return f"{total}: {by_question}." if by_question else f"{total}."


def classify(database: Database, settings: Settings) -> None:
    """Tell answers from non-responses by these settings; call it inside a transaction."""
    misjudged = surveys.misjudged_answers(database, NonResponses(settings.non_responses))
    surveys.judge_otherwise(database, [number for number, _ in misjudged])
    note_classified(database, settings)


def apply_effect(database: Database, settings: Settings) -> NonResponseEffect:
    """Do what `effect_of` works out, inside a transaction."""
    effect = effect_of(database, settings)
    surveys.judge_otherwise(database, chain.from_iterable(effect.answers.values()))
    note_classified(database, settings)
    return effect


def note_classified(database: Database, settings: Settings) -> None:
    """Note by which list the database tells answers from non-responses."""
    database.set_setting(_CLASSIFIED_BY, _written(settings))


def is_classified(database: Database, settings: Settings) -> bool:
    """Tell whether the database tells answers from non-responses by these settings' list."""
    return database.setting(_CLASSIFIED_BY) == _written(settings)


def _written(settings: Settings) -> str:
    return json.dumps(sorted(settings.non_responses), ensure_ascii=False)
