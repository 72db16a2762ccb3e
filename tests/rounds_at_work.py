"""Studies with a round, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from making import small_study

from coder.domain.team.sight import EVERYTHING
from coder.store.team.seeing import see
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.membership import add_people
from coder.workflows.team.rounds.leading import NewRound, begin_round
from coder.workflows.team.rounds.round_draws import Draw, candidates, for_everybody

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study

LOST, PAY, BEDS, BUDGETS, STAYS = 1, 2, 3, 5, 8
"""The answers of the small study."""
JO, SAM, ANNA = "jo", "sam", "anna"


def study_with_people(folder: Path) -> Study:
    """Return a small study with three people, of whom Anna leads; it is looked at as by her."""
    study = small_study(folder)
    add_people(study, [JO, SAM, ANNA], ANNA)
    look_as(study, ANNA)
    return study


def begin(
    study: Study, name: str = "Pilot", members: Sequence[str] = (JO, SAM), *, blind: bool = True
) -> Round:
    """Begin a round on all answers."""
    answers = for_everybody(candidates(study, Draw()), members)
    return begin_round(study, NewRound(name, answers, blind), ANNA)


def code(study: Study, coder_id: str, response: int, *theme_ids: str, done: bool = True) -> None:
    """Have somebody choose themes, as whom they are, and go back to seeing what was seen."""
    sight = study.database.sight
    see(study.database, EVERYTHING)
    session = CodingSession(study, coder_id)
    for theme_id in theme_ids:
        session.toggle(response, theme_id)
    if done:
        session.confirm(response)
    see(study.database, sight)
