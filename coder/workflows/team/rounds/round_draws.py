"""Which answers a round is of: drawn at random, by what their respondents are, and dealt out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.filters import Filter
from coder.domain.grammar import counted
from coder.domain.team.rounds import drawn, split
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.store.team.round_rows import ids_with_respondents
from coder.workflows.study.conditions import conditions_as_stored
from coder.workflows.study.questions import find_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.filters import Having
    from coder.workflows.study.study import Study


class Draw(NamedTuple):
    """Which answers are wanted."""

    question_names: tuple[str, ...] = ()
    """Of these open questions; empty: of all."""
    most: int | None = None
    """So many, drawn at random; None: all of them."""
    where: tuple[Having, ...] = ()
    """Of respondents, and of answers, that meet all of these conditions."""
    whole_respondents: bool = False
    """Whether respondents are drawn and dealt out, each with all that they answered."""
    seed: int = 0
    """What the order at random goes by."""


def candidates(study: Study, draw: Draw) -> list[list[str]]:
    """Return the answers to choose from, by id: each alone, or with the others of its respondent.

    They are in an order drawn at random, and no more than are wanted.

    Raises:
        CoderError: There is no such question or attribute, no such answer, or fewer than are wanted.
    """
    units: dict[str, list[str]] = defaultdict(list)
    questions = [find_question(study, name) for name in draw.question_names]
    for question in questions or surveys.questions(study.database):
        criteria = Filter(question.id, attributes=conditions_as_stored(study, draw.where))
        numbers = codings.matching(study.database, "", criteria)
        for answer, respondent in ids_with_respondents(study.database, numbers):
            units[respondent if draw.whole_respondents else answer].append(answer)
    wanted = len(units) if draw.most is None else draw.most
    if not units or wanted > len(units) or wanted < 1:
        noun = "respondent" if draw.whole_respondents else "answer"
        msg = f"There are {counted(len(units), noun)} of that kind, of which {wanted:,} cannot be drawn."
        raise CoderError(msg, "Ask for a number from 1 up to those there are: --random N")
    return [units[unit] for unit in drawn(units, draw.seed)[:wanted]]


def for_everybody(units: Sequence[Sequence[str]], member_ids: Sequence[str]) -> dict[str, list[str]]:
    """Give all answers to each member of a round."""
    answers = [answer for unit in units for answer in unit]
    return dict.fromkeys(member_ids, answers)


def dealt_out(
    units: Sequence[Sequence[str]], member_ids: Sequence[str], overlap: float
) -> dict[str, list[str]]:
    """Deal answers out to the members of a round in turn; a share of them to two each."""
    by_place = {str(place): unit for place, unit in enumerate(units)}
    dealt: Mapping[str, set[str]] = split(list(by_place), member_ids, overlap)
    return {
        member: [answer for place, unit in by_place.items() if place in places for answer in unit]
        for member, places in dealt.items()
    }
