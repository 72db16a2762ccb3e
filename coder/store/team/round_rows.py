"""Rounds of coding in the database: tables that follow from what was done to the team."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from coder.domain.team.rounds import APART, Round, RoundEventKind, Rounds, is_apart, round_of_layer
from coder.domain.team.sight import Sight
from coder.store.team.team_rows import events, note_event, standing_merges, team

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.store.database import Database

_ROUND = "id, name, blind, suggests, codebook, began, ended, gold, to_pass"
_CODED_AS = f"CASE d.gold WHEN '' THEN {{person}} ELSE '{APART}' || d.id END"
"""Under which id the codings of somebody in a round `d` stand."""


def rounds_of(database: Database) -> Rounds:
    """Return the rounds of a study, those that began first first."""
    by_id = _rounds_alone(database)
    for one_round in by_id.values():
        one_round.assigned = {person: [] for person in one_round.finished}
    for round_id, person, answer in database.stream(
        """SELECT a.round, a.person, r.id FROM assignment a JOIN response r ON r.number = a.response
        ORDER BY a.round, a.person, a.place"""
    ):
        by_id[round_id].assigned[person].append(answer)
    return Rounds(list(by_id.values()))


def round_names(database: Database, round_ids: Iterable[str]) -> list[str]:
    """Return the names of some rounds, in alphabetical order."""
    names = dict(database.rows("SELECT id, name FROM round"))
    return sorted(names[round_id] for round_id in round_ids if round_id in names)


def has_rounds(database: Database) -> bool:
    """Tell whether a study has ever had a round."""
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM round)"))


def note_round_event(
    database: Database, at: str, by: str, kind: RoundEventKind, content: Mapping[str, Any]
) -> None:
    """Note what was done to a round, and bring the tables in line; call it inside a transaction."""
    note_event(database, at, by, kind, content)
    write_rounds(database)


def write_rounds(database: Database) -> None:
    """Work the tables of rounds out anew from what was done to the team; call it inside a transaction."""
    for table in ("assignment", "round_member", "round"):
        database.execute(f"DELETE FROM {table}")
    for one_round in rounds_told(database):
        _write(database, one_round)


def rounds_told(database: Database) -> Rounds:
    """Return the rounds as they follow from what was done to the team."""
    rounds = Rounds()
    standing = {event.number for event in standing_merges(database)}
    for event in events(database, "merged", *get_args(RoundEventKind)):
        if event.kind == "merged" and event.number not in standing:
            continue
        rounds.take(event.kind, event.at, event.content)
    return rounds


def _write(database: Database, one_round: Round) -> None:
    cells = (
        one_round.id, one_round.name, int(one_round.is_blind), int(one_round.suggests), one_round.codebook,
        one_round.began, one_round.ended, one_round.gold, one_round.to_pass,
    )  # fmt: skip
    database.execute(f"INSERT INTO round ({_ROUND}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", cells)
    for place, (person, finished) in enumerate(one_round.finished.items()):
        database.execute(
            "INSERT INTO round_member (round, place, person, finished) VALUES (?, ?, ?, ?)",
            (one_round.id, place, person, finished),
        )
        database.execute(
            """INSERT OR IGNORE INTO assignment (response, round, person, place)
            SELECT r.number, ?, ?, j.key FROM json_each(?) j JOIN response r ON r.id = j.value""",
            (one_round.id, person, json.dumps(one_round.assigned.get(person, []))),
        )


def sight_of(database: Database, coder_id: str) -> Sight:
    """Return whose codings somebody may see: made here, and held by `store.team.seeing`.

    Args:
        database: The study's.
        coder_id: Who looks; or a layer set apart, for who codes in it.
    """
    if not has_rounds(database):
        return Sight(coder_id)
    rounds = _rounds_alone(database)
    away = [person.id for person in team(database).everybody if person.retired]
    person_id = person_in_layer(database, coder_id) or coder_id
    blind = {one_round.id for one_round in rounds.values() if one_round.is_blind_for(person_id, away)}
    if is_apart(coder_id):
        blind |= {round_of_layer(coder_id)} & rounds.keys()
    hides_apart = any(one_round.layer for one_round in rounds.values())
    return Sight(coder_id, tuple(sorted(blind)), hides_apart)


def person_in_layer(database: Database, coder_id: str) -> str | None:
    """Return the id of who codes in a layer set apart; None: the id is no such layer's."""
    if not is_apart(coder_id):
        return None
    sql = "SELECT person FROM round_member WHERE round = ? ORDER BY place LIMIT 1"
    person_id: str | None = database.value(sql, (round_of_layer(coder_id),))
    return person_id


def _rounds_alone(database: Database) -> dict[str, Round]:
    """Return the rounds by id, those that began first first, without who has which answers."""
    rounds = {
        round_id: Round(round_id, name, bool(blind), bool(suggests), codebook, began, ended, gold, to_pass)
        for round_id, name, blind, suggests, codebook, began, ended, gold, to_pass in database.rows(
            f"SELECT {_ROUND} FROM round ORDER BY began, id"
        )
    }
    members = "SELECT round, person, finished FROM round_member ORDER BY round, place"
    for round_id, person, finished in database.rows(members):
        rounds[round_id].finished[person] = finished
    return rounds


def is_codebook_fixed(database: Database) -> bool:
    """Tell whether a blind round goes on, for whomever: its codebook stays as it began."""
    away = [person.id for person in team(database).everybody if person.retired]
    return database.sight.is_blind or any(
        one_round.is_blind_for(person, away)
        for one_round in _rounds_alone(database).values()
        for person in one_round.finished
    )


class RoundProgress(NamedTuple):
    """How far somebody has come with their answers of a round."""

    done: int
    answers: int
    """Those to be read: what became a non-response since it was assigned, and nobody took for an answer, is
    none."""


def progress_in(database: Database, round_id: str) -> dict[str, RoundProgress]:
    """Map the members of a round to how far they have come; how much others have done is nobody's secret."""
    rows = database.rows(
        f"""SELECT m.person, COUNT(k.response),
            COUNT(*) FILTER (WHERE r.answered = 1 OR k.response IS NOT NULL)
        FROM round d JOIN round_member m ON m.round = d.id
        LEFT JOIN assignment a ON a.round = m.round AND a.person = m.person
        LEFT JOIN response r ON r.number = a.response
        LEFT JOIN main.mark k ON k.response = a.response AND k.coder = {_CODED_AS.format(person="m.person")}
            AND k.aspect = 'done' AND k.theme = ''
        WHERE d.id = ? GROUP BY m.person ORDER BY m.place""",
        (round_id,),
    )
    return {person: RoundProgress(done, answers) for person, done, answers in rows}


def open_rounds(database: Database, person_id: str) -> list[tuple[str, int, int]]:
    """Return the rounds in which somebody has yet to finish: name, answers done, answers to be read."""
    rows = database.rows(
        """SELECT d.name, d.id FROM round d JOIN round_member m ON m.round = d.id
        WHERE m.person = ? AND m.finished = '' AND d.ended = '' ORDER BY d.began, d.id""",
        (person_id,),
    )
    return [(name, *progress_in(database, round_id)[person_id]) for name, round_id in rows]


def answers_in(database: Database, round_id: str, person_id: str) -> list[int]:
    """Return the numbers of somebody's answers in a round, in the order of the file."""
    rows = database.rows(
        "SELECT response FROM assignment WHERE person = ? AND round = ? ORDER BY response",
        (person_id, round_id),
    )
    return [number for (number,) in rows]


def questions_in(database: Database, round_id: str, person_id: str) -> set[str]:
    """Return the ids of the questions to which somebody has answers in a round."""
    rows = database.rows(
        """SELECT DISTINCT r.question FROM assignment a JOIN response r ON r.number = a.response
        WHERE a.person = ? AND a.round = ?""",
        (person_id, round_id),
    )
    return {question_id for (question_id,) in rows}


def unread_ids(database: Database, round_id: str, person_id: str) -> list[str]:
    """Return the ids of somebody's answers in a round that are not done, in the order of the file."""
    rows = database.rows(
        f"""SELECT r.id FROM assignment a JOIN response r ON r.number = a.response
        JOIN round d ON d.id = a.round
        WHERE a.round = ? AND a.person = ? AND NOT EXISTS (SELECT 1 FROM main.mark m
            WHERE m.response = a.response AND m.coder = {_CODED_AS.format(person="a.person")}
            AND m.aspect = 'done' AND m.theme = '')
        ORDER BY a.response""",
        (round_id, person_id),
    )
    return [answer for (answer,) in rows]


def moments_done(database: Database, round_id: str, coder_id: str) -> dict[int, str]:
    """Map answers of a round to when somebody last marked them done, in UTC, by what of the log is seen."""
    rows = database.rows(
        """SELECT c.response, MAX(s.at) FROM change c JOIN step s ON s.number = c.step
        WHERE s.coder = ? AND c.aspect = 'done' AND c.after IS NOT NULL AND s.revision IS NULL
            AND c.response IN (SELECT response FROM assignment WHERE round = ?)
        GROUP BY c.response""",
        (coder_id, round_id),
    )
    return dict(rows)


def finished_by(database: Database, coder_id: str) -> list[int]:
    """Return the numbers of the answers that somebody has read, or that the team has settled, in order.

    Which they are is nobody's secret, as how much each has done is not.
    """
    rows = database.rows(
        """SELECT m.response FROM main.mark m WHERE m.coder = ? AND m.aspect = 'done' AND m.theme = ''
        ORDER BY m.response""",
        (coder_id,),
    )
    return [number for (number,) in rows]


def ids_with_respondents(database: Database, numbers: Iterable[int]) -> list[tuple[str, str]]:
    """Return the ids of some answers, however many, each with that of its respondent; in order."""
    return database.rows(
        """SELECT r.id, p.id FROM json_each(?) j JOIN response r ON r.number = j.value
        JOIN respondent p ON p.number = r.respondent ORDER BY r.number""",
        (json.dumps(list(numbers)),),
    )


def locked_for(database: Database, coder_id: str, responses: Iterable[int]) -> str | None:
    """Return the name of a round that keeps some answers as somebody finished them; None if none does."""
    if not has_rounds(database):
        return None
    name: str | None = database.value(
        f"""SELECT d.name FROM (SELECT value AS number FROM json_each(:responses)) j
        CROSS JOIN assignment a ON a.response = j.number AND a.person = :person
        JOIN round_member m ON m.round = a.round AND m.person = a.person AND m.finished <> ''
        JOIN round d ON d.id = a.round AND d.ended = '' AND {_CODED_AS.format(person="a.person")} = :coder
        LIMIT 1""",
        {
            "responses": json.dumps(list(responses)),
            "person": person_in_layer(database, coder_id) or coder_id,
            "coder": coder_id,
        },
    )
    return name
