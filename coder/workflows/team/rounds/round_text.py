"""Rounds in words: as a list, one with its people, and what was done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.log_moments import local_moment
from coder.domain.team.rounds import AGAIN
from coder.domain.texts.shell_quoting import joined
from coder.store.codebook_versions import versions_after
from coder.store.team.round_rows import progress_in, rounds_of
from coder.workflows.team.rounds.theme_proposals import proposal_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coder.domain.team.rounds import Round
    from coder.store.team.round_rows import RoundProgress
    from coder.store.team.team_rows import TeamEvent
    from coder.workflows.study.study import Study

_DONE_TO_ROUNDS: Mapping[str, str] = {
    "round finished": "{name} has finished {round_name}",
    "round reopened": "{round_name} is open again for {name}",
    "round ended": "{round_name} ended",
    # Which one is for those to see who may: coder team round show.
    "theme proposed": "{name} proposes a theme in {round_name}",
}


def round_event_text(event: TeamEvent) -> str | None:
    """Return what was done to a round, in words; None of what concerns none."""
    content = event.content
    if event.kind == "round begun" and content.get("gold") == AGAIN:
        return f"round {content['name']} began: {', '.join(content['names'])} codes again, set apart"
    if event.kind == "round begun":
        kind = "blind" if content["blind"] else "not blind"
        return f"round {content['name']} began, {kind}: {', '.join(content['names'])}"
    if event.kind == "answers assigned":
        return (
            f"{content['name']} has {counted(len(content['answers']), 'answer')} of {content['round_name']}"
        )
    if event.kind == "handed over":
        queue = "codings to be looked at again"
        given = (
            f"{counted(len(content['answers']), 'answer')} of {content['round_name']}"
            if content["answers"]
            else queue
        )
        return f"{content['name']} hands {given} over to {content['to_name']}"
    form = _DONE_TO_ROUNDS.get(event.kind)
    return form.format(**content) if form else None


def round_lines(study: Study) -> Iterator[str]:
    """Yield a line for each round, with how far its people have come."""
    rounds = list(rounds_of(study.database))
    width = max((len(one_round.name) for one_round in rounds), default=0)
    for one_round in rounds:
        people = people_text(study, one_round, progress_in(study.database, one_round.id))
        yield f"{one_round.name:<{width}}  {state_text(one_round)}  {people}"


def people_text(study: Study, one_round: Round, progress: Mapping[str, RoundProgress]) -> str:
    """Return how far each of a round has come: `jo 12/60 · sam 60/60 finished`."""
    return " · ".join(
        f"{study.name_of(person)} {done:,}/{answers:,}{' finished' if one_round.finished[person] else ''}"
        for person, (done, answers) in progress.items()
    )


def state_text(one_round: Round) -> str:
    """Return how a round stands: `blind`, `open`, `again`, `training`, `finished`, `ended 2026-11-29`."""
    if one_round.ended:
        return f"ended {local_moment(one_round.ended):%Y-%m-%d}"
    if one_round.settled_at():
        return "finished"
    if one_round.layer:
        return "again" if one_round.is_repeat else "training"
    return "blind" if one_round.is_blind else "open"


def show_lines(study: Study, one_round: Round) -> Iterator[str]:
    """Yield what there is to know of a round."""
    yield f"{one_round.name}: began {local_moment(one_round.began):%Y-%m-%d %H:%M}, {state_text(one_round)}."
    version = codebook_number(study, one_round)
    yield f"Answers: {len(one_round.answer_ids):,}; with version {version} of the codebook."
    if one_round.is_training:
        yield f"A training, measured by {study.name_of(one_round.gold)}; to pass: {one_round.to_pass:.2f}."
    if one_round.is_repeat:
        yield "What was coded before is coded again without being seen: how far does one agree with oneself?"
    if one_round.layer:
        yield "What is coded in it is set apart: it counts in no table, and nothing learns from it."
    if one_round.is_blind and not one_round.is_repeat:
        yield (
            "Blind: until all have finished, each sees, counts and exports their own codings alone on its"
            " answers. In one shared folder that is a courtesy: the database holds what everybody has coded."
        )
    yield f"Suggestions: {'on' if one_round.suggests else 'off; themes stand in the order of the codebook'}."
    for person, (done, answers) in progress_in(study.database, one_round.id).items():
        at = one_round.finished[person]
        finished = f", finished {local_moment(at):%Y-%m-%d %H:%M}" if at else ""
        yield f"  {study.name_of(person)}: {done:,} of {answers:,} done{finished}"
    if one_round.layer and one_round.settled_at():
        (person_id,) = one_round.member_ids
        command = ["coder", "agreement", "--round", one_round.name]
        if one_round.is_training:
            command = ["coder", "team", "train", study.name_of(person_id)]
        yield f"What came of it: {joined(command)}"
        command = ["coder", "disagreements", "--round", one_round.name]
        yield f"Answers coded otherwise: {joined(command)}"
    yield from proposal_lines(study, one_round)


def codebook_number(study: Study, one_round: Round) -> int:
    """Return the number of the version of the codebook that a round began with; 0 if it is not there."""
    numbers = [
        version.number
        for version in versions_after(study.database)
        if version.hash.hex() == one_round.codebook and version.at <= one_round.began
    ]
    return numbers[-1] if numbers else 0
