"""Answers that were coded otherwise in a round that is set apart: than oneself before, or than the gold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codings import read_spans
from coder.store import codings, surveys
from coder.store.team.round_rows import answers_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.codings import Span
    from coder.domain.responses import Response
    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class CodedOtherwise:
    """An answer on which other themes were chosen in the round than before it, or than the gold has."""

    answer: Response
    choices: tuple[Mapping[str, tuple[Span, ...]], Mapping[str, tuple[Span, ...]]]
    """What was chosen before, or by the gold; and in the round: theme to the words that carry it."""

    @property
    def disputed(self) -> set[str]:
        """Themes that were chosen once of the two times."""
        return set(self.choices[0].keys() ^ self.choices[1].keys())


def names_apart(study: Study, one_round: Round) -> tuple[str, str]:
    """Return what the two are called whose codings a round that is set apart compares."""
    (person_id,) = one_round.member_ids
    name = study.name_of(person_id)
    if one_round.is_repeat:
        return f"{name} 1st", f"{name} 2nd"
    return study.name_of(one_round.gold), name


def coded_otherwise(study: Study, one_round: Round) -> list[CodedOtherwise]:
    """Return the answers of a round that is set apart that were coded otherwise in it, in order.

    Args:
        study: The study as it stood when the round was finished: see `round_then`.
        one_round: The round.
    """
    (person_id,) = one_round.member_ids
    numbers = answers_in(study.database, one_round.id, person_id)
    coder_ids = person_id if one_round.is_repeat else one_round.gold, one_round.layer
    first, second = (_chosen(study, coder_id, numbers) for coder_id in coder_ids)
    different = [number for number in numbers if first[number].keys() != second[number].keys()]
    answers = surveys.responses(study.database, different)
    return [CodedOtherwise(answers[number], (first[number], second[number])) for number in different]


def _chosen(
    study: Study, coder_id: str, numbers: Sequence[int]
) -> defaultdict[int, dict[str, tuple[Span, ...]]]:
    chosen: defaultdict[int, dict[str, tuple[Span, ...]]] = defaultdict(dict)
    for response, theme_id, spans, _ in codings.words_on(study.database, coder_id, numbers):
        chosen[response][theme_id] = read_spans(spans)
    return chosen
