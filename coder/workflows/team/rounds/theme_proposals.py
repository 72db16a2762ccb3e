"""Themes proposed in a blind round: its codebook stays as it began, so they are noted until it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import log, surveys
from coder.store.team.round_rows import rounds_of
from coder.store.team.team_rows import events, note_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study


def propose_theme(study: Study, label: str, response: int, person_id: str) -> str:
    """Note a theme that somebody would make on an answer, in the blind rounds that they are in; return where.

    Raises:
        ReadOnlyError: The study can only be read.
    """
    database = study.database
    answer = surveys.response(database, response)
    rounds = [rounds_of(database).by_id[round_id] for round_id in database.sight.rounds]
    with database.transaction():
        for one_round in rounds:
            content = {
                "round": one_round.id, "round_name": one_round.name, "person": person_id,
                "name": study.name_of(person_id), "label": label, "answer": answer.id if answer else "",
            }  # fmt: skip
            note_event(database, log.utc_now(), person_id, "theme proposed", content)
    return ", ".join(one_round.name for one_round in rounds)


def proposal_lines(study: Study, one_round: Round) -> Iterator[str]:
    """Yield the themes that were proposed in a round: to who is blind in it their own alone."""
    sight = study.database.sight
    for event in events(study.database, "theme proposed"):
        content = event.content
        is_seen = one_round.id not in sight.rounds or content["person"] == sight.person_id
        if content["round"] == one_round.id and is_seen:
            yield f"  proposed by {content['name']}: {content['label']} ({content['answer']})"
