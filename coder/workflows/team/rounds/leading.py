"""Leading rounds: beginning one, giving answers to people, ending it, and opening it again."""

from __future__ import annotations

import os
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.grammar import agreeing, counted
from coder.domain.near_names import fold_name
from coder.domain.texts.shell_quoting import joined
from coder.errors import CoderError
from coder.store import log, surveys
from coder.store.team.round_rows import note_round_event, progress_in, rounds_of, write_rounds
from coder.store.team.team_rows import note_event, team
from coder.workflows.study.codebook_file import in_use
from coder.workflows.study.coders import checked_name
from coder.workflows.study.sight_at_work import look_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.team.rounds import Round
    from coder.domain.team.team_people import Person
    from coder.workflows.study.study import Study

_ID_BYTES = 8


class NewRound(NamedTuple):
    """What a round is to be."""

    name: str
    answers: Mapping[str, Sequence[str]]
    """The ids of its members with those of their answers."""
    is_blind: bool = True
    suggests: bool = False
    seed: int = 0
    """By which answers were drawn."""
    gold: str = ""
    """Of a training whose codings it is measured by; `AGAIN` where somebody codes again."""
    to_pass: float = 0.0


def random_seed() -> int:
    """Return a seed for drawing answers, drawn itself."""
    return int.from_bytes(os.urandom(4), "big")


def members_meant(study: Study, names: Sequence[str]) -> list[Person]:
    """Return the people whom names mean, each once.

    Raises:
        CoderError: Nobody is called so, they have left, or nobody is named.
    """
    people = team(study.database)
    meant = list(dict.fromkeys(people.meant(name) for name in names))
    if not meant:
        msg = "A round needs people who code in it."
        raise CoderError(msg, f"Name them: --coders {','.join(people.names) or 'jo,sam'}")
    for person in meant:
        if person.retired:
            msg = f"{person.name} has left the team of this study."
            raise CoderError(msg, f"Back to the team: coder team bring-back {person.name}")
    return meant


def unused_name(study: Study, name: str) -> str:
    """Return a name that no round has: this one, or with the first number that makes it so."""
    names = {fold_name(one_round.name) for one_round in rounds_of(study.database)}
    numbered = (name if place == 1 else f"{name} {place}" for place in count(1))
    return next(candidate for candidate in numbered if fold_name(candidate) not in names)


def begin_round(study: Study, new: NewRound, by: str) -> Round:
    """Begin a round; return it.

    Raises:
        CoderError: Its name is none or another round's, or somebody would have nothing to code.
        ReadOnlyError: The study can only be read.
    """
    name = checked_name(new.name)
    _refuse_no_answers(study, new.answers)
    people = team(study.database)
    for member, answers in new.answers.items():
        if not answers:
            msg = f"{people.name_of(member)} would have no answer in the round."
            raise CoderError(msg, "Draw more answers, or deal them out to fewer people.")
    with study.database.transaction():
        for one_round in rounds_of(study.database):
            if fold_name(one_round.name) == fold_name(name):
                msg = f"There is a round '{one_round.name}' already."
                raise CoderError(msg, "Give it another name; see: coder team round list")
        at, round_id = log.utc_now(), os.urandom(_ID_BYTES).hex()
        content = {
            "round": round_id, "name": name, "blind": new.is_blind, "suggests": new.suggests,
            "codebook": in_use(study).hash.hex(), "members": list(new.answers), "seed": new.seed,
            "names": list(map(people.name_of, new.answers)),
        }  # fmt: skip
        if new.gold:
            content |= {"gold": new.gold, "to_pass": new.to_pass, "apart": True}
        note_round_event(study.database, at, by, "round begun", content)
        _assign(study, round_id, name, new.answers, by)
    look_as(study, study.database.sight.person_id or by)
    return rounds_of(study.database).by_id[round_id]


def assign(study: Study, name: str, answers: Mapping[str, Sequence[str]], by: str) -> Round:
    """Give further answers of a round to people, who are members by that.

    Raises:
        CoderError: There is no such round, or it has ended.
        ReadOnlyError: The study can only be read.
    """
    _refuse_no_answers(study, answers)
    with study.database.transaction():
        going_on = _going_on(study, name)
        if going_on.layer and not going_on.finished.keys() >= answers.keys():
            who = ", ".join(map(study.name_of, going_on.member_ids))
            msg = f"{going_on.name} is {who}'s alone: what is coded in it is set apart."
            raise CoderError(msg, "Give the answers to somebody in another round: coder team round new NAME")
        _assign(study, going_on.id, going_on.name, answers, by)
    return rounds_of(study.database).by_id[going_on.id]


def _refuse_no_answers(study: Study, answers: Mapping[str, Sequence[str]]) -> None:
    """Raise CoderError if nobody would have anything to code, or an id is no answer's."""
    wanted = {answer for theirs in answers.values() for answer in theirs}
    unknown = sorted(wanted.difference(surveys.response_numbers(study.database)))
    if unknown or not wanted:
        msg = f"The study has no answer '{unknown[0]}'." if unknown else "A round needs answers to code."
        raise CoderError(msg, "Name answers by their ids, as coder codings export has them.")


def _assign(study: Study, round_id: str, name: str, answers: Mapping[str, Sequence[str]], by: str) -> None:
    for person, theirs in answers.items():
        content = {
            "round": round_id, "round_name": name, "person": person, "name": study.name_of(person),
            "answers": list(theirs),
        }  # fmt: skip
        note_event(study.database, log.utc_now(), by, "answers assigned", content)
    # Once for all of them: it grows with the answers that everybody has.
    write_rounds(study.database)


def finish(study: Study, name: str, person_id: str, by: str) -> Round:
    """Note that somebody has finished their answers of a round: their codings on them stay from then on.

    Raises:
        CoderError: There is no such round, they are not in it, or answers of theirs are not done.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        going_on = _going_on(study, name)
        _refuse_stranger(study, going_on, person_id)
        done, answers = progress_in(study.database, going_on.id)[person_id]
        if done < answers:
            still_open = answers - done
            are = agreeing(still_open, "is", "are")
            msg = f"{counted(still_open, 'answer')} of {going_on.name} {are} not done yet."
            raise CoderError(msg, "Enter marks one as done, n one in which there is nothing.")
        content = _about(study, going_on, person_id)
        if going_on.finished[person_id]:
            msg = f"{study.name_of(person_id)} has finished {going_on.name} already."
            raise CoderError(msg, f"To open it again: {_reopening(study, going_on, person_id)}")
        note_round_event(study.database, log.utc_now(), by, "round finished", content)
    look_as(study, study.database.sight.person_id or by)
    return rounds_of(study.database).by_id[going_on.id]


def reopen(study: Study, name: str, person_id: str, by: str) -> Round:
    """Let somebody who has finished a round change their codings in it again.

    Raises:
        CoderError: There is no such round, it has ended, or they are not in it or have not finished it.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        going_on = _going_on(study, name)
        _refuse_stranger(study, going_on, person_id)
        if not going_on.finished[person_id]:
            msg = f"{study.name_of(person_id)} has not finished {going_on.name}."
            raise CoderError(msg, "See: coder team round show")
        content = _about(study, going_on, person_id)
        note_round_event(study.database, log.utc_now(), by, "round reopened", content)
    look_as(study, study.database.sight.person_id or by)
    return rounds_of(study.database).by_id[going_on.id]


def end_round(study: Study, name: str, by: str) -> Round:
    """End a round: everybody sees everything, and codings can be changed again.

    Raises:
        CoderError: There is no such round, or it has ended.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        going_on = _going_on(study, name)
        content = {"round": going_on.id, "round_name": going_on.name}
        note_round_event(study.database, log.utc_now(), by, "round ended", content)
    look_as(study, study.database.sight.person_id or by)
    return rounds_of(study.database).by_id[going_on.id]


def _about(study: Study, one_round: Round, person_id: str) -> dict[str, Any]:
    """Return what an event says of somebody in a round: by ids, and by the names of that day."""
    return {
        "round": one_round.id, "round_name": one_round.name, "person": person_id,
        "name": study.name_of(person_id),
    }  # fmt: skip


def joined_round(study: Study, name: str, person_id: str) -> Round:
    """Return a round that somebody is to work in.

    Raises:
        CoderError: There is no such round, it has ended, or they have no answers in it.
    """
    going_on = _going_on(study, name)
    _refuse_stranger(study, going_on, person_id)
    return going_on


def _going_on(study: Study, name: str) -> Round:
    going_on = rounds_of(study.database).meant(name)
    if going_on.ended:
        msg = f"{going_on.name} has ended."
        raise CoderError(msg, "Begin another: coder team round new NAME")
    return going_on


def _refuse_stranger(study: Study, one_round: Round, person_id: str) -> None:
    if person_id not in one_round.finished:
        names = ", ".join(map(study.name_of, one_round.member_ids))
        msg = f"{study.name_of(person_id)} is not in {one_round.name}."
        raise CoderError(msg, f"Who is: {names}.")


def _reopening(study: Study, one_round: Round, person_id: str) -> str:
    return joined(["coder", "team", "round", "reopen", one_round.name, study.name_of(person_id)])
